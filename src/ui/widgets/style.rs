//! Fonts, colours and spacing of the window: plain, with thin rules, so that the map stands out.

use std::borrow::Cow;
use std::sync::Arc;

use egui::{
    self, Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow,
    Stroke, TextStyle, vec2,
};

use crate::scene::primitive::Color;
use crate::scene::theme::Theme;
use crate::text::{Fonts, Weight, guarded, held_together, visual};

/// Name of the bold font family.
pub const BOLD: &str = "bold";

/// The bold font; `size` is in points.
#[must_use]
pub fn bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(BOLD.into()))
}

/// The font for the text of a scene.
#[must_use]
pub fn font(size: f32, weight: Weight) -> FontId {
    match weight {
        Weight::Regular => FontId::proportional(size),
        Weight::Bold => bold(size),
    }
}

/// Converts a scene colour to an egui colour.
#[must_use]
pub const fn color(color: Color) -> Color32 {
    Color32::from_rgb(color.red, color.green, color.blue)
}

/// The scene theme that matches the light or dark theme of the window.
#[must_use]
pub fn scene_theme(ctx: &egui::Context) -> Theme {
    if ctx.theme() == egui::Theme::Dark { Theme::dark() } else { Theme::light() }
}

/// Text that may wrap, in visual order. Text with right-to-left script is broken into lines here,
/// because a later line break would start at the wrong end.
#[must_use]
pub fn prose<'a>(ui: &egui::Ui, text: &'a str, size: f32) -> Cow<'a, str> {
    prose_in(ui, text, &FontId::proportional(size))
}

/// Like [`prose`], for a given font.
#[must_use]
pub fn prose_in<'a>(ui: &egui::Ui, text: &'a str, font: &FontId) -> Cow<'a, str> {
    let Cow::Owned(whole) = visual(text) else { return Cow::Borrowed(text) };
    let room = ui.available_width();
    if width_of(ui, text, font) <= room {
        return Cow::Owned(whole);
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(ui, &format!("{line} {word}"), font) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let lines = held_together(text, lines);
    Cow::Owned(lines.iter().map(|line| visual(line)).collect::<Vec<_>>().join("\n"))
}

/// The width of text on one line, in points.
fn width_of(ui: &egui::Ui, words: &str, font: &FontId) -> f32 {
    let words = visual(words).into_owned();
    ui.painter().layout_no_wrap(words, font.clone(), Color32::BLACK).size().x
}

/// Sets the fonts and both themes. Called once, at the start.
pub fn install(ctx: &egui::Context) {
    set_fonts(ctx, &Fonts::default());
    ctx.all_styles_mut(spacing);
    ctx.style_mut_of(egui::Theme::Light, |style| {
        style.visuals = visuals(&Theme::light(), egui::Visuals::light());
    });
    ctx.style_mut_of(egui::Theme::Dark, |style| {
        style.visuals = visuals(&Theme::dark(), egui::Visuals::dark());
    });
}

/// Gives egui the fonts for the text of a map, in the same order as in exported pictures.
pub fn set_fonts(ctx: &egui::Context, fonts: &Fonts) {
    let definitions = definitions_of(fonts, false);
    // egui panics on a font that it cannot read, so the fonts are tried first.
    let is_usable = guarded("a font for the window", || try_fonts(definitions.clone())).is_some();
    ctx.set_fonts(if is_usable { definitions } else { definitions_of(fonts, true) });
}

/// Reads fonts in the same way as egui, which panics if it cannot.
fn try_fonts(definitions: FontDefinitions) {
    drop(egui::epaint::text::Fonts::new(egui::epaint::TextOptions::default(), definitions));
}

/// The fonts for egui: all, or only the first of each weight, which is bundled.
fn definitions_of(fonts: &Fonts, is_first_only: bool) -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    let regular = add_fonts(&mut definitions, fonts, Weight::Regular, is_first_only);
    let bold = add_fonts(&mut definitions, fonts, Weight::Bold, is_first_only);
    definitions.families.insert(FontFamily::Monospace, regular.clone());
    definitions.families.insert(FontFamily::Proportional, regular);
    definitions.families.insert(FontFamily::Name(BOLD.into()), bold);
    definitions
}

/// Adds the fonts of one weight to the definitions and returns their names, in the same order.
fn add_fonts(
    definitions: &mut FontDefinitions,
    fonts: &Fonts,
    weight: Weight,
    is_first_only: bool,
) -> Vec<String> {
    let mut names = Vec::new();
    let count = if is_first_only { 1 } else { usize::MAX };
    for font in fonts.of(weight).iter().take(count) {
        let data = FontData { index: font.index, ..FontData::from_static(font.bytes) };
        definitions.font_data.insert(font.name.clone(), Arc::new(data));
        names.push(font.name.clone());
    }
    names
}

fn spacing(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(11.5)),
        (TextStyle::Body, FontId::proportional(13.0)),
        (TextStyle::Button, FontId::proportional(13.0)),
        (TextStyle::Monospace, FontId::monospace(12.5)),
        (TextStyle::Heading, bold(17.0)),
    ]
    .into();
    style.spacing.item_spacing = vec2(8.0, 6.0);
    style.spacing.button_padding = vec2(11.0, 5.0);
    style.spacing.interact_size.y = 26.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.menu_spacing = 2.0;
    // The handle of a scroll bar has the colours of a button, not of text.
    style.spacing.scroll.foreground_color = false;
    style.interaction.selectable_labels = true;
    style.interaction.tooltip_delay = 0.4;
}

/// Shows a slider. Its rail is grey; check boxes, which egui fills with the same colour, are not.
pub fn slider_ui(ui: &mut egui::Ui, slider: egui::Slider<'_>) -> egui::Response {
    let shown = ui.scope(|ui| {
        let theme = scene_theme(ui.ctx());
        ui.visuals_mut().widgets.inactive.bg_fill = color(theme.rule.over(theme.paper, 0.5));
        ui.add(slider)
    });
    shown.inner
}

fn visuals(theme: &Theme, base: egui::Visuals) -> egui::Visuals {
    let (paper, ink, ground) = (color(theme.paper), color(theme.ink), color(theme.ground));
    let rule = Stroke::new(1.0, color(theme.rule.over(theme.paper, 0.55)));
    let accent = color(theme.accent);
    let mut visuals = base;
    visuals.panel_fill = paper;
    visuals.window_fill = paper;
    visuals.window_stroke = rule;
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_shadow =
        Shadow { offset: [0, 6], blur: 24, spread: 0, color: Color32::from_black_alpha(50) };
    visuals.popup_shadow =
        Shadow { offset: [0, 3], blur: 12, spread: 0, color: Color32::from_black_alpha(36) };
    visuals.extreme_bg_color = paper;
    visuals.faint_bg_color = color(theme.rule.over(theme.paper, 0.12));
    visuals.weak_text_color = Some(color(theme.muted));
    visuals.hyperlink_color = accent;
    visuals.selection.bg_fill = accent.gamma_multiply(if theme.is_dark { 0.42 } else { 0.2 });
    visuals.selection.stroke = Stroke::new(1.0, if theme.is_dark { ink } else { accent });
    visuals.error_fg_color =
        color(if theme.is_dark { Color::rgb(0x00FF_8A80) } else { Color::rgb(0x00B4_2318) });
    visuals.warn_fg_color =
        color(if theme.is_dark { Color::rgb(0x00F5_B94A) } else { Color::rgb(0x0093_5A00) });
    // A blinking cursor would repaint an idle window twice a second.
    visuals.text_cursor.blink = false;
    let corner = CornerRadius::same(5);
    let widgets = &mut visuals.widgets;
    for (widget, fill, stroke, text) in [
        (&mut widgets.noninteractive, paper, rule, ink),
        (&mut widgets.inactive, paper, rule, ink),
        (&mut widgets.hovered, ground, Stroke::new(1.0, color(theme.rule)), ink),
        (&mut widgets.active, ground, Stroke::new(1.0, accent), ink),
        (&mut widgets.open, ground, Stroke::new(1.0, color(theme.rule)), ink),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = stroke;
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = corner;
        widget.expansion = 0.0;
    }
    visuals.slider_trailing_fill = true;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_that_the_window_uses_can_be_read_and_others_are_refused() {
        let all = definitions_of(&Fonts::default(), false);
        assert!(all.font_data.len() >= 4, "two families in two weights");
        assert_eq!(definitions_of(&Fonts::default(), true).font_data.len(), 2);
        assert!(guarded("a test", || try_fonts(all.clone())).is_some());
        let mut damaged = all;
        let data = Arc::new(FontData::from_static(b"no font"));
        damaged.font_data.insert("damaged".to_owned(), data);
        assert!(guarded("a test", || try_fonts(damaged)).is_none());
    }
}
