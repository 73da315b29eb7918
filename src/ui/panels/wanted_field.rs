//! The field of a panel that should get the keyboard focus.

use egui::Ui;

use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::field::select_all;
use crate::ui::workspace::{Focus, Workspace};

/// Moves the keyboard focus to the requested field once that field is shown.
pub(super) fn take_field(ui: &Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let Some(Focus::Field { id, is_replaced }) = workspace.wanted_focus else { return };
    let Some(response) = ui.ctx().read_response(id) else { return };
    if is_replaced {
        select_all(ui.ctx(), id);
    }
    response.request_focus();
    response.scroll_to_me(None);
    ui.ctx().request_repaint();
    out.push(Request::FocusTaken);
}
