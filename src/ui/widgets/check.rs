//! Check boxes and radio buttons that can be told apart at a glance: filled with the accent colour if
//! ticked.

use egui::{Checkbox, RadioButton, Response, Stroke, Ui, Widget};

use super::style::{color, scene_theme};

/// A check box.
pub fn check_ui(ui: &mut Ui, is_ticked: &mut bool, words: &str) -> Response {
    check_if_ui(ui, true, is_ticked, words)
}

/// A check box that is disabled unless `is_enabled`.
pub fn check_if_ui(ui: &mut Ui, is_enabled: bool, is_ticked: &mut bool, words: &str) -> Response {
    let is_filled = *is_ticked;
    filled_ui(ui, is_enabled, is_filled, Checkbox::new(is_ticked, words))
}

/// A radio button; the caller handles clicks.
pub fn radio_ui(ui: &mut Ui, is_chosen: bool, words: &str) -> Response {
    filled_ui(ui, true, is_chosen, RadioButton::new(is_chosen, words))
}

/// A radio button that sets `current` to `value`.
pub fn radio_value_ui<T: PartialEq>(
    ui: &mut Ui,
    current: &mut T,
    value: T,
    words: &str,
) -> Response {
    let response = radio_ui(ui, *current == value, words);
    if response.clicked() {
        *current = value;
    }
    response
}

fn filled_ui(ui: &mut Ui, is_enabled: bool, is_filled: bool, widget: impl Widget) -> Response {
    let theme = scene_theme(ui.ctx());
    let shown = ui.scope(|ui| {
        let ink = color(theme.ink);
        let visuals = ui.visuals_mut();
        // The text would otherwise have the colour of the tick.
        visuals.override_text_color = Some(ink);
        let widgets = &mut visuals.widgets;
        for widget in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            widget.bg_stroke = Stroke::new(1.0, color(theme.muted));
            if is_filled {
                widget.bg_fill = color(theme.accent);
                widget.fg_stroke = Stroke::new(1.8, color(theme.paper));
            }
        }
        ui.add_enabled(is_enabled, widget)
    });
    shown.inner
}
