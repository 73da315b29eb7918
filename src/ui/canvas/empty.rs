//! What an empty map offers: ways to start.

use egui::{Align, Button, Layout, Rect, RichText, Ui, UiBuilder, vec2};

use crate::ui::requests::Requests;
use crate::ui::requests::actions::Action;
use crate::ui::widgets::style::bold;
use crate::ui::workspace::Workspace;

/// Size of the area with the buttons, in points.
const SIZE: [f32; 2] = [300.0, 270.0];
/// The ways to start, in order.
const STARTS: &[(Action, &str)] = &[
    (Action::AddArticle, "Add an article…"),
    (Action::Paste, "Paste the text of an article"),
    (Action::Import, "Import a table…"),
    (Action::Open, "Open a map…"),
    (Action::OpenExample, "Open the example"),
];

/// Shows the ways to start in the middle of `area`. Once there is a source, says what comes next.
pub(super) fn empty_ui(ui: &mut Ui, area: Rect, workspace: &Workspace<'_>, out: &mut Requests) {
    let rect = Rect::from_center_size(area.center(), SIZE.into()).intersect(area);
    let layout = Layout::top_down(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        if workspace.document.map().sources.is_empty() {
            ui.label(RichText::new("This map is empty").font(bold(16.0)));
            for (action, text) in STARTS {
                start_ui(ui, workspace, *action, text, out);
            }
            let words = "Or drop a file here, or double-click to add an actor.";
            ui.label(RichText::new(words).weak());
        } else {
            ui.label(RichText::new("No actors yet").font(bold(16.0)));
            let words = "Mark a passage in the text of a source: its tie and its actors are \
                         filled in from what it names. Or double-click here to add an actor.";
            ui.label(RichText::new(words).weak());
            start_ui(ui, workspace, Action::AddArticle, "Add another article…", out);
        }
    });
}

fn start_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    action: Action,
    text: &str,
    out: &mut Requests,
) {
    let Some(about) = workspace.about(action) else { return };
    let button = Button::new(text).shortcut_text(about.key_words(ui.ctx()));
    let is_possible = (about.is_possible)(workspace);
    let button = ui.add_enabled(is_possible, button.min_size(vec2(SIZE[0] - 20.0, 30.0)));
    if button.on_hover_text(about.hint).clicked() {
        out.act(action);
    }
}
