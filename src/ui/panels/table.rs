//! The evidence table, shown in place of the map. Every column can sort and filter it. A click on a
//! row selects its actor or tie, or shows its source.

use egui::{self, Key, RichText, ScrollArea, TextEdit, Ui};
use egui_extras::{Column, TableBuilder};

use super::id::PanelId;
use super::panel::{Panel, Place};
use crate::edit::ContentVersion;
use crate::evidence::table::{About, COLUMNS, COUNT, Row, csv, rows, selected};
use crate::model::Element;
use crate::model::words::counted;
use crate::text::visual;
use crate::ui::requests::actions::plain;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::style::bold;
use crate::ui::workspace::{CommandInfo, Workspace};

/// Number of columns at the left whose words may take two lines.
const WIDE: usize = 2;
/// Height of a row, in points.
const ROW_HEIGHT: f32 = 40.0;

/// The evidence table panel.
#[derive(Default)]
pub struct EvidenceTable {
    /// One filter text per column.
    filters: [String; COUNT],
    /// The sorted column; true if the order is ascending.
    sort: Option<(usize, bool)>,
    rows: Vec<Row>,
    /// Indices into `rows` that pass the filters, in display order.
    order: Vec<usize>,
    /// Content version and number of the source reading that `rows` were built from.
    made_from: Option<(ContentVersion, u64)>,
    /// True if `order` must be recomputed.
    is_order_stale: bool,
}

impl Panel for EvidenceTable {
    fn id(&self) -> PanelId {
        PanelId::TABLE
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::TABLE,
            "Evidence table",
            plain(Key::F9),
            "Show all excerpts in a table instead of the map",
        ))
    }

    fn place(&self) -> Place {
        Place::InsteadOfMap
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let document = workspace.document;
        let made_from = (document.version().content(), workspace.reading.number());
        if self.made_from != Some(made_from) {
            self.rows = rows(document.map(), document.index(), &workspace.reading.verified);
            self.made_from = Some(made_from);
            self.is_order_stale = true;
        }
        if std::mem::take(&mut self.is_order_stale) {
            self.order = selected(&self.rows, &self.filters, self.sort);
        }
        ui.horizontal(|ui| {
            ui.label(RichText::new("Evidence").font(bold(17.0)));
            let flagged = self.rows.iter().filter(|row| row.needs_attention).count();
            ui.label(
                RichText::new(format!("{} of {} rows", self.order.len(), self.rows.len())).weak(),
            );
            if flagged > 0 {
                ui.label(
                    RichText::new(format!("{} to check", counted(flagged, "row")))
                        .color(ui.visuals().warn_fg_color),
                );
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").on_hover_text("Back to the map (F9)").clicked() {
                    out.push(Request::Show(PanelId::TABLE, false));
                }
                let hint = "Save the visible rows, in this order, as a CSV file";
                if ui.button("Save as CSV…").on_hover_text(hint).clicked() {
                    let bytes = csv(&self.rows, &self.order);
                    out.push(Request::SaveTable(bytes.map_err(|error| error.to_string())));
                }
            });
        });
        ui.add_space(6.0);
        if self.rows.is_empty() {
            ui.label("This map has no excerpts, ties or sources yet.");
            return;
        }
        ScrollArea::horizontal().show(ui, |ui| self.table_ui(ui, workspace, out));
    }
}

impl EvidenceTable {
    fn table_ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let widths = [70.0, 66.0, 74.0, 74.0, 62.0, 92.0, 96.0, 84.0, 62.0, 76.0, 90.0, 90.0];
        // Up to the state of the excerpt, the columns fit into most windows. What is left in a
        // wider one goes to the first two, whose words take two lines.
        let gaps = 8.0 * ui.spacing().item_spacing.x;
        let needed = widths.iter().take(6).sum::<f32>() + gaps;
        let wide = ((ui.available_width() - needed) * 0.5).clamp(150.0, 320.0);
        let mut table =
            TableBuilder::new(ui).striped(true).sense(egui::Sense::click()).resizable(true);
        table = table.columns(Column::initial(wide).at_least(80.0).clip(true), WIDE);
        for width in widths {
            table = table.column(Column::initial(width).at_least(50.0).clip(true));
        }
        let (sort, filters) = (&mut self.sort, &mut self.filters);
        let mut is_changed = false;
        let table = table.header(58.0, |mut header| {
            for (number, name) in COLUMNS.iter().enumerate() {
                header.col(|ui| {
                    ui.vertical(|ui| is_changed |= heading_ui(ui, number, name, sort, filters));
                });
            }
        });
        table.body(|body| {
            body.rows(ROW_HEIGHT, self.order.len(), |mut shown| {
                let Some(row) =
                    self.order.get(shown.index()).and_then(|number| self.rows.get(*number))
                else {
                    return;
                };
                shown.set_selected(is_selected(&row.about, workspace));
                for (column, cell) in row.cells.iter().enumerate() {
                    let lines = if column < WIDE { 2 } else { 1 };
                    shown.col(|ui| cell_ui(ui, cell, row.needs_attention, lines));
                }
                let response = shown.response();
                let name = format!("Row: {}", row.cells.join(", "));
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name)
                });
                if response.clicked() {
                    out.push(asked_by(&row.about));
                }
            });
        });
        self.is_order_stale |= is_changed;
    }
}

/// The words of a cell, in up to this many lines. A cell that is cut off shows all of its text
/// under the pointer.
fn cell_ui(ui: &mut Ui, cell: &str, needs_attention: bool, lines: usize) {
    ui.style_mut().interaction.selectable_labels = false;
    let visuals = ui.visuals();
    let color = if needs_attention { visuals.warn_fg_color } else { visuals.text_color() };
    let words = visual(&cell.replace('\n', " ")).into_owned();
    let font = egui::TextStyle::Body.resolve(ui.style());
    let mut job = egui::text::LayoutJob::simple(words, font, color, ui.available_width());
    job.wrap.max_rows = lines;
    ui.add(egui::Label::new(job));
}

/// A column heading: a button that sorts and a field that filters. True if either changed.
fn heading_ui(
    ui: &mut Ui,
    number: usize,
    name: &str,
    sort: &mut Option<(usize, bool)>,
    filters: &mut [String; COUNT],
) -> bool {
    let mark = match sort {
        Some((column, true)) if *column == number => " ▲",
        Some((column, false)) if *column == number => " ▼",
        _ => "",
    };
    let text = RichText::new(format!("{name}{mark}")).font(bold(12.5));
    let button = egui::Button::new(text).frame(false);
    let is_sorted = ui.add(button).on_hover_text("Sort by this column").clicked();
    if is_sorted {
        *sort = match *sort {
            Some((column, true)) if column == number => Some((number, false)),
            Some((column, false)) if column == number => None,
            _ => Some((number, true)),
        };
    }
    let Some(filter) = filters.get_mut(number) else { return is_sorted };
    let edit = TextEdit::singleline(filter).hint_text("filter").desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::WidgetType::TextEdit, true, format!("Filter by {name}"))
    });
    is_sorted || response.changed()
}

/// True if the subject of a row is selected.
fn is_selected(about: &About, workspace: &Workspace<'_>) -> bool {
    match about {
        About::Excerpt(element) => workspace.selection.contains(element),
        About::Bare(id) => workspace.selection.contains(&Element::Relation(id.clone())),
        About::Uncited(_) => false,
    }
}

/// The request that a click on a row sends.
fn asked_by(about: &About) -> Request {
    match about {
        About::Excerpt(element) => Request::Focus(element.clone()),
        About::Bare(id) => Request::Focus(Element::Relation(id.clone())),
        About::Uncited(id) => Request::ShowSource(id.clone()),
    }
}
