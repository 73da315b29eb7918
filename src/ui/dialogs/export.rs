//! The export dialog: format, size, theme, page elements, and a preview of the file.

use std::time::SystemTime;

use egui::{self, Checkbox, ComboBox, DragValue, Grid, RichText, TextureHandle, Ui, vec2};

use crate::export::{
    FORMATS, Format, Page, Paper, SCREEN_DPI, check, export_note, page::SIDE_LIMIT_PX,
};
use crate::geometry::Point;
use crate::model::words::capitalised;
use crate::named::Named as _;
use crate::scene::camera::Camera;
use crate::scene::frame::Frame;
use crate::scene::page::parts::Parts;
use crate::scene::theme::{Theme, ThemeName};
use crate::scene::view::{Emphasis, View};
use crate::ui::widgets::style::bold;

/// The choices of the export dialog. They are kept after the dialog closes.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent choices")]
pub struct ExportChoices {
    pub format: &'static Format,
    size: Size,
    /// Width and height in pixels for [`Size::Custom`].
    custom: [u32; 2],
    /// True for portrait paper.
    is_upright: bool,
    paper_dpi: f32,
    /// Scale factor of text, lines and symbols.
    enlarge: f32,
    theme: Theme,
    parts: Parts,
    is_transparent: bool,
    embeds_fonts: bool,
    has_evidence: bool,
    /// True if the picture states its file name and date.
    shows_file_and_date: bool,
    shows_whole_map: bool,
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
    Sheet(Paper),
    Custom,
}

impl Size {
    const ALL: [Self; 9] = [
        Self::Screen,
        Self::TwiceTheScreen,
        Self::Hd,
        Self::FullHd,
        Self::UltraHd,
        Self::Sheet(Paper::A4),
        Self::Sheet(Paper::A3),
        Self::Sheet(Paper::Letter),
        Self::Custom,
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Screen => "Screen size",
            Self::TwiceTheScreen => "2 × screen size",
            Self::Hd => "1280 × 720",
            Self::FullHd => "1920 × 1080",
            Self::UltraHd => "3840 × 2160",
            Self::Sheet(Paper::A4) => "A4 paper",
            Self::Sheet(Paper::A3) => "A3 paper",
            Self::Sheet(Paper::Letter) => "Letter paper",
            Self::Custom => "Custom size",
        }
    }
}

impl Default for ExportChoices {
    fn default() -> Self {
        Self {
            format: Format::usual(),
            size: Size::TwiceTheScreen,
            custom: [1600, 1000],
            is_upright: false,
            paper_dpi: 150.0,
            enlarge: 1.0,
            theme: Theme::light(),
            parts: Parts::default(),
            is_transparent: false,
            embeds_fonts: false,
            has_evidence: false,
            shows_file_and_date: false,
            shows_whole_map: false,
            is_selection: false,
            keeps_highlight: true,
        }
    }
}

/// The button that was clicked in the dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportAnswer {
    Export,
    Copy,
    Cancel,
}

/// The canvas as shown on the screen, from which the picture is made.
pub struct OnScreen<'a> {
    /// Size of the canvas in points.
    pub page: Point,
    pub camera: Option<Camera>,
    pub frame: Option<&'a Frame>,
    pub pixels_per_point: f32,
    /// Name of the map file.
    pub file: &'a str,
    pub view: &'a View,
    /// True if the map has a marking.
    pub has_marking: bool,
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
        let room = ui.ctx().content_rect().width() - 80.0;
        let is_wide = room >= 800.0;
        ui.set_width(if is_wide { room.min(940.0) } else { 400.0_f32.min(room) });
        ui.label(RichText::new("Export picture").font(bold(17.0)));
        ui.add_space(4.0);
        let mut answer = None;
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(390.0_f32.min(room));
                self.options(ui, screen);
                ui.add_space(10.0);
                answer = buttons(ui, check(&self.page(screen)).is_ok());
            });
            if is_wide {
                ui.add_space(10.0);
                ui.vertical(|ui| preview(ui, shown));
            }
        });
        answer
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
                let mut shows = (self.shows_whole_map, self.is_selection);
                ui.selectable_value(&mut shows, (false, false), "The current view");
                ui.selectable_value(&mut shows, (true, false), "The whole map");
                ui.add_enabled_ui(!screen.view.emphasis.is_none(), |ui| {
                    ui.selectable_value(&mut shows, (true, true), "The selection");
                });
                (self.shows_whole_map, self.is_selection) = shows;
            });
            ui.end_row();
            ui.label("Size");
            self.size_ui(ui, screen);
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
                let transparent = Checkbox::new(&mut self.is_transparent, "Transparent background");
                ui.add_enabled(self.format.can_be_transparent, transparent);
                ui.add_enabled(
                    self.format.can_embed_fonts,
                    Checkbox::new(&mut self.embeds_fonts, "Embed fonts"),
                )
                .on_hover_text("Makes the file larger, but independent of the installed fonts");
            });
            ui.end_row();
            ui.label("");
            ui.add_enabled(
                !screen.view.emphasis.is_none(),
                Checkbox::new(&mut self.keeps_highlight, "Highlight the selection"),
            );
            ui.end_row();
        });
    }

    /// The optional page elements around the map.
    fn parts_ui(&mut self, ui: &mut Ui, screen: &OnScreen<'_>) {
        ui.label("Include");
        ui.horizontal(|ui| {
            ui.checkbox(&mut self.parts.title, "Title");
            ui.checkbox(&mut self.parts.about, "Date and sources").on_hover_text(
                "The line below the title, which also states how many ties are shown",
            );
            ui.checkbox(&mut self.parts.legend, "Legend");
        });
        ui.end_row();
        ui.label("");
        ui.horizontal(|ui| {
            ui.add_enabled(screen.has_marking, Checkbox::new(&mut self.parts.marking, "Marking"))
                .on_hover_text("Sharing restrictions, at the top and bottom of the picture")
                .on_disabled_hover_text(
                    "This map has no marking. To add one, edit the fields of the map (F2)",
                );
            ui.checkbox(&mut self.parts.caveat, "Caveat")
                .on_hover_text("The limits stated in the map, or that it has only one source");
            ui.checkbox(&mut self.parts.author, "Author");
            ui.checkbox(&mut self.parts.position, "Layout note")
                .on_hover_text("A note that the positions of actors are a layout choice");
        });
        ui.end_row();
        ui.label("");
        ui.horizontal(|ui| {
            let where_to =
                if self.format.has_pages { "on separate pages" } else { "below the map" };
            ui.checkbox(&mut self.has_evidence, "Numbered evidence")
                .on_hover_text(format!("Number the ties, and list their excerpts {where_to}"));
            ui.checkbox(&mut self.shows_file_and_date, "File name and date")
                .on_hover_text("The name of the map file and the export date, at the bottom");
        });
        ui.end_row();
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
                    ui.checkbox(&mut self.is_upright, "Portrait");
                }
                _ => {}
            }
        });
    }

    /// Width and height in pixels, and the resolution in dots per inch.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a screen has a few thousand pixels"
    )]
    fn size_px(&self, screen: &OnScreen<'_>) -> ([u32; 2], f32) {
        let on_screen = screen.page * screen.pixels_per_point;
        let on_screen = if self.size == Size::TwiceTheScreen { on_screen * 2.0 } else { on_screen };
        let size = match self.size {
            Size::Screen | Size::TwiceTheScreen => {
                [on_screen.x.round().max(16.0) as u32, on_screen.y.round().max(16.0) as u32]
            }
            Size::Hd => [1280, 720],
            Size::FullHd => [1920, 1080],
            Size::UltraHd => [3840, 2160],
            Size::Sheet(paper) => {
                return (paper.pixels(self.is_upright, self.paper_dpi).0, self.paper_dpi);
            }
            Size::Custom => self.custom,
        };
        (size, SCREEN_DPI)
    }

    /// True if only the selection is exported.
    #[must_use]
    pub fn is_selection(&self, screen: &OnScreen<'_>) -> bool {
        self.is_selection && !screen.view.emphasis.is_none()
    }

    /// The page that these choices describe.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
    pub fn page(&self, screen: &OnScreen<'_>) -> Page {
        let ([width_px, height_px], dpi) = self.size_px(screen);
        let magnified = (width_px as f32 / screen.page.x).min(height_px as f32 / screen.page.y);
        let camera = screen.camera.filter(|_| !self.shows_whole_map);
        let mut view = View { numbers: self.has_evidence, ..screen.view.clone() };
        if !self.keeps_highlight {
            view.emphasis = Emphasis::default();
        }
        Page {
            width_px,
            height_px,
            scale: (magnified * self.enlarge).clamp(0.1, 20.0),
            theme: self.theme.clone(),
            parts: Parts {
                made: if self.shows_file_and_date {
                    export_note(screen.file, SystemTime::now())
                } else {
                    String::new()
                },
                ..self.parts.clone()
            },
            is_transparent: self.is_transparent && self.format.can_be_transparent,
            embeds_fonts: self.embeds_fonts && self.format.can_embed_fonts,
            dpi,
            view,
            camera: camera.map(|camera| Camera { zoom: camera.zoom * magnified, ..camera }),
            frame: screen.frame.filter(|_| !self.shows_whole_map).cloned(),
        }
    }

    /// Choices that reproduce the screen pixel for pixel.
    #[must_use]
    pub fn of_screen(theme: Theme) -> Self {
        Self { size: Size::Screen, theme, ..Self::default() }
    }

    /// The page for the clipboard: the current view at twice the screen resolution, with the theme
    /// and page elements chosen here.
    #[must_use]
    pub fn page_for_clipboard(&self, screen: &OnScreen<'_>) -> Page {
        let like_the_screen = Self {
            size: Size::TwiceTheScreen,
            enlarge: 1.0,
            shows_whole_map: false,
            is_selection: false,
            has_evidence: false,
            is_transparent: false,
            ..self.clone()
        };
        like_the_screen.page(screen)
    }
}

fn buttons(ui: &mut Ui, is_possible: bool) -> Option<ExportAnswer> {
    let mut answer = None;
    ui.horizontal(|ui| {
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
    });
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
