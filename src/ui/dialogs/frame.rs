//! The frame of every dialog: a heading, a body that scrolls, and buttons that are always visible.

use egui::{self, Color32, Context, Frame, Id, Margin, Modal, RichText, ScrollArea, Ui};

use crate::ui::widgets::style::bold;

/// Distance between a dialog and the edge of the window, in points.
const EDGE: f32 = 8.0;
/// Windows lower than this get narrow margins.
const LOW: f32 = 480.0;
/// Height of one row of buttons with the space above it; only used in the first frame.
const BUTTONS_HEIGHT: f32 = 40.0;
/// Maximum number of characters in a heading.
const HEADING_AT_MOST: usize = 160;

/// A modal window with the frame and backdrop that all dialogs share.
#[must_use]
pub fn modal(ctx: &Context, id: &str) -> Modal {
    let margin = Margin::same(if ctx.content_rect().height() < LOW { 10 } else { 22 });
    let frame = Frame::popup(&ctx.global_style()).inner_margin(margin);
    Modal::new(Id::new(id)).frame(frame).backdrop_color(Color32::from_black_alpha(70))
}

/// Shows the contents of a dialog. The body scrolls if the window is too low for all of it; the
/// buttons stay below it. `width` is the greatest width. Returns the answer of either.
pub fn dialog_ui<T>(
    ui: &mut Ui,
    width: f32,
    heading: &str,
    body: impl FnOnce(&mut Ui) -> Option<T>,
    buttons: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    let screen = ui.ctx().content_rect();
    let margin = if screen.height() < LOW { 10.0 } else { 22.0 } + EDGE;
    ui.set_width((screen.width() - 2.0 * margin).min(width));
    let top = ui.cursor().top();
    let heading: String = heading.chars().take(HEADING_AT_MOST).collect();
    ui.label(RichText::new(heading).font(bold(17.0)));
    ui.add_space(2.0);
    let heading_height = ui.cursor().top() - top;
    // The height of the buttons is known from the frame before.
    let key = ui.id().with("height of the buttons");
    let buttons_height = ui.data(|data| data.get_temp(key)).unwrap_or(BUTTONS_HEIGHT);
    let room = screen.height() - 2.0 * margin - heading_height - buttons_height;
    let room = room.max(24.0);
    // As high as the content needs, in the first frame as well.
    let area = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
    let answer = area.auto_shrink([false, true]).show(ui, body).inner;
    let before = ui.cursor().top();
    ui.add_space(6.0);
    let pressed = ui.horizontal_wrapped(buttons).inner;
    let height: f32 = ui.cursor().top() - before + ui.spacing().item_spacing.y;
    if (height - buttons_height).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(key, height));
        ui.ctx().request_repaint();
    }
    answer.or(pressed)
}

/// Shows a dialog with a button for each choice; the first one has the keyboard focus at first.
pub fn choices_ui<T: Clone>(
    ui: &mut Ui,
    heading: &str,
    choices: &[(&str, T)],
    body: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    dialog_ui(ui, 560.0, heading, body, |ui| {
        let mut answer = None;
        for (number, (text, meaning)) in choices.iter().enumerate() {
            let response = ui.button(*text);
            if number == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                answer = Some(meaning.clone());
            }
        }
        answer
    })
}
