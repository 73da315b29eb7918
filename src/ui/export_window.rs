//! What picture to export: kind, size, theme, which part of the map.

use std::time::SystemTime;

use eframe::egui::{self, ComboBox, DragValue, Grid, RichText, Ui};

use super::style::bold;
use crate::export::{Format, Page, SCREEN_DPI, SIDE_LIMIT_PX, made_words};
use crate::geometry::Point;
use crate::scene::camera::Camera;
use crate::scene::theme::Theme;
use crate::scene::{Frame, Parts, View};

/// The choices of the export window; they outlive it.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub struct ExportChoices {
    pub format: Format,
    size: Size,
    custom: [u32; 2],
    enlarge: f32,
    theme: Theme,
    parts: Parts,
    is_transparent: bool,
    /// Say when and from which file.
    says_when: bool,
    is_whole_map: bool,
    is_selection: bool,
    keeps_highlight: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Screen,
    TwiceTheScreen,
    Hd,
    FullHd,
    UltraHd,
    Custom,
}

impl Size {
    const ALL: [Self; 6] = [Self::Screen, Self::TwiceTheScreen, Self::Hd, Self::FullHd, Self::UltraHd, Self::Custom];

    fn words(self) -> &'static str {
        match self {
            Self::Screen => "As on the screen",
            Self::TwiceTheScreen => "Twice the screen",
            Self::Hd => "1280 × 720",
            Self::FullHd => "1920 × 1080",
            Self::UltraHd => "3840 × 2160",
            Self::Custom => "Other size",
        }
    }
}

impl Default for ExportChoices {
    fn default() -> Self {
        Self {
            format: Format::Png,
            size: Size::TwiceTheScreen,
            custom: [1600, 1000],
            enlarge: 1.0,
            theme: Theme::light(),
            parts: Parts::default(),
            is_transparent: false,
            says_when: false,
            is_whole_map: false,
            is_selection: false,
            keeps_highlight: true,
        }
    }
}

/// What was chosen in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportAnswer {
    Export,
    Cancel,
}

/// The canvas whose picture is exported.
pub struct OnScreen<'a> {
    /// In points.
    pub page: Point,
    pub camera: Option<Camera>,
    pub frame: Option<&'a Frame>,
    pub pixels_per_point: f32,
    /// The map file's name.
    pub file: &'a str,
    pub view: &'a View,
}

impl ExportChoices {
    /// Shows the choices.
    pub fn ui(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) -> Option<ExportAnswer> {
        ui.set_width(360.0);
        ui.label(RichText::new("Export the picture").font(bold(17.0)));
        ui.add_space(4.0);
        Grid::new("export choices").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
            ui.label("File");
            ui.horizontal(|ui| {
                ui.selectable_value(&mut self.format, Format::Png, "PNG")
                    .on_hover_text("Pixels, for slides and the web");
                ui.selectable_value(&mut self.format, Format::Svg, "SVG")
                    .on_hover_text("Lines and words, for editors and the web");
                ui.selectable_value(&mut self.format, Format::Pdf, "PDF")
                    .on_hover_text("Lines and words, for print and mail");
            });
            ui.end_row();
            ui.label("Shows");
            ui.horizontal(|ui| {
                let mut shows = (self.is_whole_map, self.is_selection);
                ui.selectable_value(&mut shows, (false, false), "What is on the screen");
                ui.selectable_value(&mut shows, (true, false), "The whole map");
                ui.add_enabled_ui(!screen.view.emphasis.is_none(), |ui| {
                    ui.selectable_value(&mut shows, (true, true), "The selection");
                });
                (self.is_whole_map, self.is_selection) = shows;
            });
            ui.end_row();
            ui.label("Size");
            self.size_ui(ui, screen);
            ui.end_row();
            ui.label("Enlarge");
            let enlarge = DragValue::new(&mut self.enlarge).range(0.5..=4.0).speed(0.02).fixed_decimals(2).suffix(" ×");
            ui.add(enlarge).on_hover_text("Makes words, lines and symbols larger within the same size");
            ui.end_row();
            ui.label("Theme");
            ui.horizontal(|ui| {
                ui.selectable_value(&mut self.theme, Theme::light(), "Light");
                ui.selectable_value(&mut self.theme, Theme::dark(), "Dark");
                ui.selectable_value(&mut self.theme, Theme::print(), "Print").on_hover_text("Greys on white");
            });
            ui.end_row();
            ui.label("With");
            ui.horizontal_wrapped(|ui| {
                ui.checkbox(&mut self.parts.title, "Title");
                ui.checkbox(&mut self.parts.legend, "Legend");
                ui.checkbox(&mut self.parts.marking, "Marking");
                ui.checkbox(&mut self.parts.notes, "Notes");
                ui.checkbox(&mut self.says_when, "File and time");
                ui.add_enabled(
                    self.format != Format::Pdf,
                    egui::Checkbox::new(&mut self.is_transparent, "No background"),
                );
            });
            ui.end_row();
            ui.label("");
            ui.add_enabled(
                !screen.view.emphasis.is_none(),
                egui::Checkbox::new(&mut self.keeps_highlight, "Keep the highlight of the selection"),
            );
            ui.end_row();
        });
        ui.add_space(8.0);
        let mut answer = None;
        ui.horizontal(|ui| {
            if ui.button("Choose a file…").clicked() {
                answer = Some(ExportAnswer::Export);
            }
            if ui.button("Cancel").clicked() {
                answer = Some(ExportAnswer::Cancel);
            }
        });
        answer
    }

    fn size_ui(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) {
        ui.horizontal(|ui| {
            let [width, height] = self.size_px(screen);
            let shown = if matches!(self.size, Size::Screen | Size::TwiceTheScreen) {
                format!("{} ({width} × {height})", self.size.words())
            } else {
                self.size.words().to_owned()
            };
            let combo = ComboBox::from_id_salt("size").selected_text(shown).show_ui(ui, |ui| {
                for size in Size::ALL {
                    ui.selectable_value(&mut self.size, size, size.words());
                }
            });
            combo
                .response
                .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, "Size of the picture"));
            if self.size == Size::Custom {
                for side in &mut self.custom {
                    ui.add(DragValue::new(side).range(16..=SIDE_LIMIT_PX).suffix(" px"));
                }
            }
        });
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen has a few thousand pixels")]
    fn size_px(&self, screen: &OnScreen<'_>) -> [u32; 2] {
        let on_screen = screen.page * screen.pixels_per_point;
        let on_screen = if self.size == Size::TwiceTheScreen { on_screen * 2.0 } else { on_screen };
        match self.size {
            Size::Screen | Size::TwiceTheScreen => {
                [on_screen.x.round().max(16.0) as u32, on_screen.y.round().max(16.0) as u32]
            }
            Size::Hd => [1280, 720],
            Size::FullHd => [1920, 1080],
            Size::UltraHd => [3840, 2160],
            Size::Custom => self.custom,
        }
    }

    /// True where only what is selected is to be shown.
    #[must_use]
    pub fn is_selection(&self, screen: &OnScreen<'_>) -> bool {
        self.is_selection && !screen.view.emphasis.is_none()
    }

    /// The page these choices ask for.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
    pub fn page(&self, screen: &OnScreen<'_>) -> Page {
        let [width_px, height_px] = self.size_px(screen);
        let magnified = (width_px as f32 / screen.page.x).min(height_px as f32 / screen.page.y);
        let camera = screen.camera.filter(|_| !self.is_whole_map);
        let mut view = screen.view.clone();
        if !self.keeps_highlight {
            view.emphasis = crate::scene::Emphasis::default();
        }
        Page {
            width_px,
            height_px,
            scale: (magnified * self.enlarge).clamp(0.1, 20.0),
            theme: self.theme.clone(),
            parts: Parts {
                made: if self.says_when { made_words(screen.file, SystemTime::now()) } else { String::new() },
                ..self.parts.clone()
            },
            is_transparent: self.is_transparent && self.format != Format::Pdf,
            embeds_fonts: false,
            dpi: SCREEN_DPI,
            view,
            camera: camera.map(|camera| Camera { zoom: camera.zoom * magnified, ..camera }),
            frame: screen.frame.filter(|_| !self.is_whole_map).cloned(),
        }
    }
}
