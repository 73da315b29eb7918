//! The export dialog: the fields for the choices, the preview of the file, and the buttons.

use egui::{self, ComboBox, DragValue, Grid, RichText, TextureHandle, Ui, vec2};

use super::choices::{ExportChoices, OnScreen, Size};
use crate::export::{FORMATS, check, page::SIDE_LIMIT_PX};
use crate::model::words::capitalised;
use crate::named::Named as _;
use crate::scene::theme::{Theme, ThemeName};
use crate::ui::dialogs::frame::dialog_ui;
use crate::ui::widgets::check::{check_if_ui, check_ui};

/// From this width of the window, in points, the preview is beside the choices, else below them.
const WIDE: f32 = 880.0;

/// The button that was clicked in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportAnswer {
    Export,
    Copy,
    Cancel,
}

/// The preview of the exported file.
pub struct Shown<'a> {
    pub picture: Option<&'a TextureHandle>,
    /// Size of the picture and the file, or the error message.
    pub words: &'a str,
    /// True while a new preview is being drawn.
    pub is_drawing: bool,
}

impl ExportChoices {
    /// Shows the dialog. Returns the button that was clicked, if any.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        screen: &OnScreen<'_>,
        shown: &Shown<'_>,
    ) -> Option<ExportAnswer> {
        let is_wide = ui.ctx().content_rect().width() >= WIDE;
        let width = if is_wide { 940.0 } else { 460.0 };
        let is_possible = check(&self.page(screen)).is_ok();
        let body = |ui: &mut Ui| {
            if is_wide {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(390.0);
                        self.options(ui, screen);
                    });
                    ui.add_space(10.0);
                    ui.vertical(|ui| preview(ui, shown));
                });
            } else {
                self.options(ui, screen);
                ui.add_space(8.0);
                preview(ui, shown);
            }
            None
        };
        dialog_ui(ui, width, "Export picture", body, |ui| buttons(ui, is_possible))
    }

    fn options(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) {
        Grid::new("export choices").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
            ui.label("Format");
            ui.horizontal(|ui| {
                for format in FORMATS {
                    ui.selectable_value(&mut self.format, format, format.text)
                        .on_hover_text(format.hint);
                }
            });
            ui.end_row();
            ui.label("Area");
            ui.horizontal(|ui| {
                let mut shows = (self.shows_whole_map, self.is_selection, self.is_steps(screen));
                ui.selectable_value(&mut shows, (false, false, false), "The current view");
                ui.selectable_value(&mut shows, (true, false, false), "The whole map");
                ui.add_enabled_ui(!screen.view.emphasis.is_none(), |ui| {
                    ui.selectable_value(&mut shows, (true, true, false), "The selection");
                });
                ui.add_enabled_ui(screen.steps > 0 && !self.format.is_interactive, |ui| {
                    let steps = ui.selectable_value(&mut shows, (true, false, true), "The steps");
                    steps
                        .on_hover_text("Each step of the briefing: a page, a slide or a file")
                        .on_disabled_hover_text(if self.format.is_interactive {
                            "An HTML file has the map and its steps; see below"
                        } else {
                            "This map has no steps: add one in the panel of steps (B)"
                        });
                });
                let is_steps = if self.format.is_interactive { self.is_steps } else { shows.2 };
                (self.shows_whole_map, self.is_selection, self.is_steps) =
                    (shows.0, shows.1, is_steps);
            });
            ui.end_row();
            self.step_ui(ui, screen);
            if self.format.is_slides {
                ui.label("Slides");
                ui.horizontal(|ui| {
                    ui.selectable_value(&mut self.is_standard_slide, false, "16:9");
                    ui.selectable_value(&mut self.is_standard_slide, true, "4:3");
                });
            } else {
                ui.label("Size");
                self.size_ui(ui, screen);
            }
            ui.end_row();
            ui.label("Text and symbol size");
            let enlarge = DragValue::new(&mut self.enlarge)
                .range(0.5..=4.0)
                .speed(0.02)
                .fixed_decimals(2)
                .suffix(" ×");
            ui.add(enlarge)
                .on_hover_text("Scales text, lines and symbols without changing the picture size");
            ui.end_row();
            ui.label("Theme");
            ui.horizontal(|ui| {
                for name in ThemeName::ALL {
                    ui.selectable_value(
                        &mut self.theme,
                        Theme::from(*name),
                        capitalised(name.key()),
                    )
                    .on_hover_text(name.hint());
                }
            });
            ui.end_row();
            self.parts_ui(ui, screen);
            ui.label("");
            ui.horizontal(|ui| {
                let (is_transparent, embeds) = (&mut self.is_transparent, &mut self.embeds_fonts);
                let format = self.format;
                let words = "Transparent background";
                check_if_ui(ui, format.can_be_transparent, is_transparent, words);
                check_if_ui(ui, format.can_embed_fonts, embeds, "Embed fonts")
                    .on_hover_text("Makes the file larger, but independent of the installed fonts");
            });
            ui.end_row();
            ui.label("");
            let has_selection = !screen.view.emphasis.is_none();
            check_if_ui(ui, has_selection, &mut self.keeps_highlight, "Highlight the selection");
            ui.end_row();
        });
    }

    /// The step in the preview, with the ways to the others.
    fn step_ui(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) {
        let Some(at) = self.previewed_step(screen) else { return };
        ui.label("Preview of");
        ui.horizontal(|ui| {
            if ui.add_enabled(at > 0, egui::Button::new("‹")).on_hover_text("Step before").clicked()
            {
                self.previewed_step = at.saturating_sub(1);
            }
            ui.label(format!("step {} of {}", at + 1, screen.steps));
            let next = egui::Button::new("›");
            if ui.add_enabled(at + 1 < screen.steps, next).on_hover_text("Next step").clicked() {
                self.previewed_step = at + 1;
            }
        });
        ui.end_row();
    }

    /// The optional page elements around the map.
    fn parts_ui(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) {
        ui.label("Include");
        ui.horizontal(|ui| {
            check_ui(ui, &mut self.parts.title, "Title");
            check_ui(ui, &mut self.parts.about, "Date and sources").on_hover_text(
                "The line below the title, which also states how many ties are shown",
            );
            check_ui(ui, &mut self.parts.legend, "Legend");
        });
        ui.end_row();
        ui.label("");
        ui.horizontal(|ui| {
            check_if_ui(ui, screen.has_marking, &mut self.parts.marking, "Marking")
                .on_hover_text("Sharing restrictions, at the top and bottom of the picture")
                .on_disabled_hover_text(
                    "This map has no marking. To add one, edit the fields of the map (F2)",
                );
            check_ui(ui, &mut self.parts.caveat, "Caveat")
                .on_hover_text("The limits stated in the map, or that it has only one source");
            check_ui(ui, &mut self.parts.author, "Author");
            check_ui(ui, &mut self.parts.position, "Layout note")
                .on_hover_text("A note that the positions of actors are a layout choice");
        });
        ui.end_row();
        ui.label("");
        ui.horizontal(|ui| {
            let can_number = !self.format.is_interactive;
            check_if_ui(ui, can_number, &mut self.has_evidence, "Numbered evidence")
                .on_hover_text("Number the ties, and list their excerpts");
            check_ui(ui, &mut self.shows_file_and_date, "File name and date")
                .on_hover_text("The name of the map file and the export date, at the bottom");
        });
        ui.end_row();
        if self.format.is_interactive {
            ui.label("");
            ui.horizontal(|ui| {
                check_if_ui(ui, screen.steps > 0, &mut self.has_steps, "Steps of the briefing")
                    .on_hover_text("They have views of their own, with what those show");
                check_ui(ui, &mut self.has_texts, "Texts of the sources").on_hover_text(
                    "Puts the full texts into the file; only where you may pass them on",
                );
            });
            ui.end_row();
        }
        if self.has_evidence && !self.format.has_pages && !self.is_steps(screen) {
            ui.label("Evidence");
            ui.horizontal(|ui| {
                let is_below = &mut self.is_evidence_below;
                ui.selectable_value(is_below, false, "In a second file")
                    .on_hover_text("A page of the same size, beside the picture");
                ui.selectable_value(is_below, true, "Below the map")
                    .on_hover_text("Makes the picture taller than the chosen size");
            });
            ui.end_row();
        }
    }

    fn size_ui(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) {
        ui.horizontal(|ui| {
            let ([width, height], _) = self.size_px(screen);
            let shown = match self.size {
                Size::Screen | Size::TwiceTheScreen | Size::Sheet(_) => {
                    format!("{} ({width} × {height})", self.size.words())
                }
                _ => self.size.words().to_owned(),
            };
            let combo = ComboBox::from_id_salt("size").height(320.0).selected_text(shown).show_ui(
                ui,
                |ui| {
                    for size in Size::ALL {
                        ui.selectable_value(&mut self.size, size, size.words());
                    }
                },
            );
            combo.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, "Size of the picture")
            });
            match self.size {
                Size::Custom => {
                    for side in &mut self.custom {
                        ui.add(DragValue::new(side).range(16..=SIDE_LIMIT_PX).suffix(" px"));
                    }
                }
                Size::Sheet(_) => {
                    ui.add(
                        DragValue::new(&mut self.paper_dpi)
                            .range(50.0..=600.0)
                            .max_decimals(0)
                            .suffix(" dpi"),
                    );
                    check_ui(ui, &mut self.is_upright, "Portrait");
                }
                _ => {}
            }
        });
    }
}

fn buttons(ui: &mut Ui, is_possible: bool) -> Option<ExportAnswer> {
    let mut answer = None;
    for (words, chosen, hint) in [
        ("Choose a file…", ExportAnswer::Export, "Choose where to save the picture"),
        ("Copy", ExportAnswer::Copy, "Copy this picture to the clipboard"),
        ("Cancel", ExportAnswer::Cancel, "Close without exporting"),
    ] {
        let is_enabled = is_possible || chosen == ExportAnswer::Cancel;
        if ui.add_enabled(is_enabled, egui::Button::new(words)).on_hover_text(hint).clicked() {
            answer = Some(chosen);
        }
    }
    answer
}

/// The preview picture, or empty space until there is one.
fn preview(ui: &mut Ui, shown: &Shown<'_>) {
    let size = shown.picture.map_or(vec2(16.0, 9.0) * 100.0, TextureHandle::size_vec2);
    let room = vec2(ui.available_width(), 350.0);
    let size = size * (room.x / size.x).min(room.y / size.y).min(1.0);
    // A fixed size, so that nothing moves when the picture changes.
    let (rect, response) = ui.allocate_exact_size(room, egui::Sense::hover());
    if let Some(picture) = shown.picture {
        let place = egui::Align2::LEFT_TOP.align_size_within_rect(size, rect);
        // Visible through a transparent picture.
        ui.painter().rect_filled(place, 0.0, ui.visuals().faint_bg_color);
        egui::Image::new(picture).paint_at(ui, place);
        ui.painter().rect_stroke(
            place,
            0.0,
            ui.visuals().widgets.inactive.bg_stroke,
            egui::StrokeKind::Outside,
        );
    }
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::WidgetType::Image, true, "Preview of the picture")
    });
    ui.horizontal(|ui| {
        if shown.is_drawing {
            ui.label(RichText::new("Drawing…").weak());
        } else {
            ui.add(egui::Label::new(RichText::new(shown.words).weak()).wrap());
        }
    });
}
