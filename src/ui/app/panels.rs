//! Shows the panels and the map in one frame.

use egui::{CentralPanel, Frame, Margin, Panel as Area, Ui};

use super::program::App;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::{Panel, Place, Width};
use crate::ui::requests::Requests;

impl App {
    /// Shows the panels and the map, and performs what they ask for.
    pub(super) fn panels(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut out = Requests::default();
        let session = &mut self.session;
        let has_list = self.settings.is_open(PanelId::LIST);
        session.search.refresh(&session.document, &session.texts.reading, has_list);
        // Taken out of the session, so that panels can be borrowed mutably while `self` is read.
        let mut panels = std::mem::take(&mut self.session.panels);
        let mut is_map_shown = true;
        let is_open = |panel: &dyn Panel| panel.command().is_none() || self.is_open(panel.id());
        let sides = Sides::of(ui.available_width(), panels.iter().filter(|one| is_open(&***one)));
        let mut below_right: Vec<&mut Box<dyn Panel>> = Vec::new();
        let mut others: Vec<&mut Box<dyn Panel>> = Vec::new();
        for panel in panels.iter_mut().filter(|panel| is_open(&***panel)) {
            match panel.place() {
                Place::BelowRight => below_right.push(panel),
                _ => others.push(panel),
            }
        }
        // A panel in place of the map fills the remaining space, so it must come last.
        others.sort_by_key(|panel| panel.place() == Place::InsteadOfMap);
        for panel in others {
            is_map_shown &= panel.place() != Place::InsteadOfMap;
            self.panel_ui(ui, panel.as_mut(), &mut below_right, sides, &mut out);
        }
        self.session.panels = panels;
        if is_map_shown {
            self.map_ui(ui, &mut out);
            self.update_stills(&ctx);
            self.update_camps(&ctx);
        }
        self.perform_all(&ctx, out);
    }

    fn map_ui(&mut self, ui: &mut Ui, out: &mut Requests) {
        let mut canvas = std::mem::take(&mut self.session.canvas);
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            canvas.ui(ui, &self.workspace(), out);
        });
        self.session.canvas = canvas;
    }

    /// True if a closable panel is open according to the settings, or shown because of a search.
    pub(super) fn is_open(&self, panel: PanelId) -> bool {
        self.settings.is_open(panel) || (panel == PanelId::LIST && self.session.search.opens_list)
    }

    fn panel_ui(
        &self,
        ui: &mut Ui,
        panel: &mut dyn Panel,
        below: &mut [&mut Box<dyn Panel>],
        sides: Sides,
        out: &mut Requests,
    ) {
        let workspace = self.workspace();
        let fill = Frame::new().fill(ui.visuals().panel_fill);
        let name = panel.id().0;
        match panel.place() {
            Place::Top(height) => {
                let frame = fill.inner_margin(Margin::symmetric(12, 6));
                let area = Area::top(name).frame(frame).exact_size(height);
                area.show(ui, |ui| panel.ui(ui, &workspace, out));
            }
            Place::Bottom(height) => {
                let frame = fill.inner_margin(Margin::symmetric(14, 2));
                let area = Area::bottom(name).frame(frame).exact_size(height);
                area.show(ui, |ui| panel.ui(ui, &workspace, out));
            }
            Place::Right(width) => {
                let margin = Margin { left: 18, right: 12, top: 16, bottom: 0 };
                let area = sized(Area::right(name), width, sides).frame(fill.inner_margin(margin));
                area.show(ui, |ui| {
                    for lower in below {
                        let has_text = lower.has_text(&workspace);
                        lower_ui(ui, has_text, |ui| lower.ui(ui, &workspace, out));
                    }
                    panel.ui(ui, &workspace, out);
                });
            }
            Place::Left(width) => {
                let margin = Margin { left: 14, right: 8, top: 10, bottom: 0 };
                let area = sized(Area::left(name), width, sides).frame(fill.inner_margin(margin));
                area.show(ui, |ui| panel.ui(ui, &workspace, out));
            }
            Place::InsteadOfMap => {
                let frame = fill.inner_margin(Margin::symmetric(16, 12));
                CentralPanel::default().frame(frame).show(ui, |ui| panel.ui(ui, &workspace, out));
            }
            // Drawn inside the panel at the right.
            Place::BelowRight => {}
        }
    }
}

/// Height of the area below the panel at the right while it shows no text.
const EMPTY_HEIGHT: f32 = 120.0;
/// Share of the window that the panels at the sides leave to the map.
const MAP_SHARE: f32 = 0.45;
/// Narrowest width of a panel at the side, in points, however narrow the window is.
const NARROWEST: f32 = 150.0;
/// Maximum share of the window for one panel.
const PANEL_SHARE: f32 = 0.45;

/// The usual widths of all open panels at the sides together, and the room that they may take.
#[derive(Clone, Copy)]
struct Sides {
    usual: f32,
    room: f32,
    window: f32,
}

impl Sides {
    fn of<'a>(window: f32, open: impl Iterator<Item = &'a Box<dyn Panel>>) -> Self {
        let width = |place: Place| match place {
            Place::Left(width) | Place::Right(width) => Some(width.usual),
            _ => None,
        };
        Self {
            usual: open.filter_map(|panel| width(panel.place())).sum(),
            room: window * (1.0 - MAP_SHARE),
            window,
        }
    }

    /// The maximum width of a panel: its share of the room. Together they leave the map its share
    /// of the window.
    fn widest(self, width: Width) -> f32 {
        let share = self.room * width.usual / self.usual.max(width.usual);
        share.min(self.window * PANEL_SHARE).min(width.most).max(NARROWEST)
    }
}

/// Sets the default width of a side panel and its range.
fn sized(area: Area, width: Width, sides: Sides) -> Area {
    let most = sides.widest(width);
    area.default_size(width.usual.min(most)).size_range(width.least.min(most)..=most)
}

/// Shows a resizable area at the bottom of the panel at the right; a small one without a text.
fn lower_ui(ui: &mut Ui, has_text: bool, show: impl FnOnce(&mut Ui)) {
    if !has_text {
        let frame = Frame::new().inner_margin(Margin { left: 0, right: 0, top: 8, bottom: 4 });
        Area::bottom("empty, below right").frame(frame).exact_size(EMPTY_HEIGHT).show(ui, show);
        return;
    }
    let tallest = (ui.available_height() - 160.0).max(160.0);
    let usual = ui.available_height() * 0.6;
    let frame = Frame::new().inner_margin(Margin { left: 0, right: 0, top: 8, bottom: 4 });
    let area = Area::bottom("below right").frame(frame).resizable(true);
    area.default_size(usual).size_range(140.0..=tallest).show(ui, |ui| {
        // egui shrinks a panel to its content, so the content takes the full height.
        ui.set_min_height(ui.available_height());
        show(ui);
    });
}
