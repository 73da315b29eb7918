//! The first rows of a sheet as they will be read, with the role of each column above it.

use egui::{self, Grid, Id, RichText, ScrollArea, Ui};

use crate::file::tables::Role;
use crate::file::tables::book::Planned;
use crate::file::tables::plan::{Choice, Shape};
use crate::model::words::{capitalised, cut_to};
use crate::named::Named as _;
use crate::text::visual;
use crate::ui::widgets::drop_down::DropDown;
use crate::ui::widgets::style::bold;

/// How many rows and columns are shown.
const ROWS: usize = 8;
const COLUMNS: usize = 60;
/// Width of a column, in points, and most letters of a cell.
const WIDTH: f32 = 128.0;
const LETTERS: usize = 60;
/// Most values of a stance column that are shown at once.
const VALUES: usize = 60;

/// Shows the rows. Returns true if a role was changed.
pub(super) fn rows_ui(ui: &mut Ui, planned: &mut Planned) -> bool {
    let has_roles = matches!(planned.plan.shape, Shape::Ties | Shape::Actors | Shape::Events);
    let mut chosen = None;
    let header = planned.plan.header.unwrap_or(0);
    let rows: Vec<(u64, Vec<String>)> = planned
        .sheet
        .first(ROWS + usize::try_from(header).unwrap_or(0))
        .into_iter()
        .filter(|(line, _)| *line > header)
        .take(ROWS)
        .map(|(line, row)| (line, row.iter().map(str::to_owned).collect()))
        .collect();
    ScrollArea::horizontal().id_salt("rows of the table").show(ui, |ui| {
        Grid::new("rows").striped(true).spacing([8.0, 4.0]).min_col_width(24.0).show(ui, |ui| {
            ui.label(RichText::new("Line").weak());
            for column in planned.plan.columns.iter().take(COLUMNS) {
                ui.allocate_ui([WIDTH, 18.0].into(), |ui| {
                    ui.set_width(WIDTH);
                    let name = RichText::new(visual(&cut_to(&column.name, 24))).font(bold(13.0));
                    ui.add(egui::Label::new(name).truncate()).on_hover_text(&column.name);
                });
            }
            ui.end_row();
            if has_roles {
                ui.label(RichText::new("Role").weak());
                for (at, column) in planned.plan.columns.iter().enumerate().take(COLUMNS) {
                    ui.allocate_ui([WIDTH, ui.spacing().interact_size.y].into(), |ui| {
                        ui.set_width(WIDTH);
                        let label = format!("Role of {}", column.name);
                        if let Some(role) = role_ui(ui, at, &label, column.role) {
                            chosen = Some((at, role));
                        }
                    });
                }
                ui.end_row();
            }
            for (line, cells) in &rows {
                ui.label(RichText::new(line.to_string()).weak());
                for (at, column) in planned.plan.columns.iter().enumerate().take(COLUMNS) {
                    let text = cells.get(at).map_or("", String::as_str).trim();
                    let shown = visual(&cut_to(&text.replace('\n', " "), LETTERS)).into_owned();
                    let is_unread = has_roles && column.role == Role::Ignore;
                    let shown = RichText::new(shown);
                    let shown = if is_unread { shown.weak() } else { shown };
                    ui.allocate_ui([WIDTH, 18.0].into(), |ui| {
                        ui.set_width(WIDTH);
                        let label = ui.add(egui::Label::new(shown).truncate());
                        if text.len() > 18 {
                            label.on_hover_text(visual(&cut_to(text, 600)));
                        }
                    });
                }
                ui.end_row();
            }
        });
        // The scroll bar is below the rows.
        ui.add_space(6.0);
    });
    if planned.plan.columns.len() > COLUMNS {
        let more = planned.plan.columns.len() - COLUMNS;
        ui.label(RichText::new(format!("{more} more columns are not shown.")).weak());
    }
    if let Some((at, role)) = chosen {
        planned.set_role(at, role);
    }
    chosen.is_some()
}

fn role_ui(ui: &mut Ui, at: usize, label: &str, role: Role) -> Option<Role> {
    let drop_down = DropDown {
        id: Id::new(("role of column", at)),
        label,
        shown: role.words(),
        count: Role::ALL.len(),
        current: Role::ALL.iter().position(|other| *other == role),
    };
    let words = |row: usize| {
        Role::ALL
            .get(row)
            .map_or_else(String::new, |role| format!("{}: {}", role.words(), role.hint()))
    };
    let (chosen, response) = drop_down.ui(ui, words);
    response.on_hover_text(capitalised(role.hint()));
    chosen.and_then(|row| Role::ALL.get(row).copied())
}

/// Shows what the values of the stance column stand for. Returns true if it was changed.
pub(super) fn stances_ui(ui: &mut Ui, planned: &mut Planned) -> bool {
    let Some(column) = planned.plan.column(Role::Stance) else { return false };
    let counts = planned.stance_counts();
    let mut is_changed = false;
    let name = planned.plan.columns.get(column).map_or("", |column| column.name.as_str());
    ui.add_space(6.0);
    ui.label(
        RichText::new(format!("What the values of “{}” stand for", visual(name))).font(bold(13.0)),
    );
    if counts.is_empty() {
        ui.horizontal(|ui| {
            let [low, high] = &mut planned.plan.thresholds;
            ui.label("Numbers: hostile below");
            is_changed |= ui.add(egui::DragValue::new(low).speed(0.1)).changed();
            ui.label("cooperative above");
            is_changed |= ui.add(egui::DragValue::new(high).speed(0.1)).changed();
            ui.label("neutral between");
        });
        return is_changed;
    }
    let shown = counts.len().min(VALUES);
    // In columns, as wide as the window allows.
    let per_row = (ui.available_width() / 330.0).floor().max(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
    let per_row = per_row as usize;
    Grid::new("stances").spacing([10.0, 4.0]).show(ui, |ui| {
        for (number, (value, count)) in counts.iter().take(shown).enumerate() {
            let choice = planned.plan.stances.get(value).copied().unwrap_or(Choice::Neutral);
            let words = format!("{} ({count})", visual(&cut_to(value, 24)));
            ui.label(words).on_hover_text(value);
            ui.allocate_ui([120.0, ui.spacing().interact_size.y].into(), |ui| {
                ui.set_width(120.0);
                let drop_down = DropDown {
                    id: Id::new(("stance of value", value)),
                    label: &format!("Stance of {value}"),
                    shown: capitalised(choice.key()),
                    count: Choice::ALL.len(),
                    current: Choice::ALL.iter().position(|other| *other == choice),
                };
                let words = |row: usize| {
                    Choice::ALL.get(row).map_or_else(String::new, |one| capitalised(one.key()))
                };
                let (chosen, _) = drop_down.ui(ui, words);
                if let Some(choice) = chosen.and_then(|row| Choice::ALL.get(row)) {
                    planned.plan.stances.insert(value.clone(), *choice);
                    is_changed = true;
                }
            });
            if (number + 1) % per_row == 0 {
                ui.end_row();
            }
        }
    });
    if counts.len() > shown {
        let more = counts.len() - shown;
        ui.label(RichText::new(format!("{more} more values are neutral.")).weak());
    }
    is_changed
}
