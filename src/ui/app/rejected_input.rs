//! Input that fields did not accept: a save leads to it, and it counts as unsaved.

use egui::Context;

use super::program::App;
use crate::edit::Selection;
use crate::ui::panels::editor::fields::selection_with;
use crate::ui::widgets::rejected::{self, Rejected};
use crate::ui::workspace::Focus;

impl App {
    /// True if the map has unsaved changes, or if a field of it has rejected input.
    pub(super) fn has_unsaved(&self, ctx: &Context) -> bool {
        self.session.document.is_unsaved() || self.rejected(ctx).is_some()
    }

    /// Moves the keyboard focus to the first field with rejected input, if there is one, and says
    /// why the map was not saved.
    pub(super) fn leads_to_rejected(&mut self, ctx: &Context) -> bool {
        let Some((rejected, selection)) = self.rejected(ctx) else { return false };
        let Rejected { field, label, reason, .. } = rejected;
        self.tell(format!("Not saved: check the field “{label}”. {reason}"));
        // An action that was to follow the save is no longer wanted.
        self.lifecycle.give_up();
        if self.session.selection != selection {
            self.session.select(selection);
        }
        self.session.is_editing = true;
        self.session.wanted_focus = Some(Focus::Field { id: field, is_replaced: true });
        ctx.request_repaint();
        true
    }

    /// The first field of the map with rejected input, and the selection that shows it.
    fn rejected(&self, ctx: &Context) -> Option<(Rejected, Selection)> {
        rejected::all(ctx).into_iter().find_map(|rejected| {
            let selection = selection_with(&self.session.document, rejected.form)?;
            Some((rejected, selection))
        })
    }
}
