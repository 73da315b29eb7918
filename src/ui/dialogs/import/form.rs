//! The import window.

use egui::{self, Id, RichText, TextEdit, Ui};

use super::preview::{rows_ui, stances_ui};
use super::state::{Content, Import, Into, Tried};
use crate::edit::combine::{Combined, Known};
use crate::file::tables::book::{Planned, grouped};
use crate::file::tables::form::Told;
use crate::file::tables::plan::{Decimal, Shape};
use crate::file::tables::presets::{self, Preset};
use crate::file::tables::text::{ENCODINGS, SEPARATORS};
use crate::model::words::{capitalised, counted, cut_to, listed};
use crate::named::Named as _;
use crate::text::visual;
use crate::ui::dialogs::frame::dialog_ui;
use crate::ui::widgets::check::{check_ui, radio_value_ui};
use crate::ui::widgets::drop_down::DropDown;
use crate::ui::widgets::style::bold;

/// How many kinds of faults and how many names are told.
const FLAWS_TOLD: usize = 4;
const NAMES_TOLD: usize = 8;

/// What was clicked in the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportAnswer {
    Import,
    /// Read a further file together with these.
    AddFile,
    /// Save the rows that could not be read as a table.
    SaveFlaws,
    /// Save the plan of the sheet that is shown by this name.
    SavePreset(String),
    Cancel,
}

/// Shows the window. `own` are the user's presets, `open` is the name of the open map, if the import
/// can go there.
pub fn import_ui(
    ui: &mut Ui,
    import: &mut Import,
    own: &[Preset],
    open: Option<&str>,
) -> Option<ImportAnswer> {
    let heading = match import.paths.len() {
        0 | 1 => format!("Import {}", import.file_name()),
        count => format!("Import {} and {}", import.file_name(), counted(count - 1, "more file")),
    };
    let is_ready = import.progress.is_none()
        && !import.is_stale
        && matches!(&import.tried, Some(Ok(tried)) if tried.changes_something());
    let is_table = matches!(import.content, Content::Tables(_));
    // Beside the buttons, which are always in sight.
    let summary = match &import.tried {
        Some(Ok(tried)) if is_table => {
            let left_out = tried.tables.as_ref().map_or(0, |tables| tables.left_out);
            let rows = counted(left_out, "row");
            let lost = if left_out == 0 { String::new() } else { format!(", {rows} not read") };
            format!("{}{lost}", counts(tried))
        }
        _ => String::new(),
    };
    let width = if is_table { 1180.0 } else { 560.0 };
    let mut answer = None;
    let mut body = |ui: &mut Ui| {
        // Above the table, so that it is in sight in a low window.
        if let Some(open) = open {
            target_ui(ui, import, open);
        }
        if is_table {
            answer = tables_ui(ui, import, own);
            ui.add_space(6.0);
            ui.separator();
        }
        if let Some(Ok(tried)) = &import.tried
            && let Some(combined) = tried.combined.as_ref().filter(|_| import.into != Into::NewMap)
        {
            combined_ui(ui, combined);
        }
        answer = result_ui(ui, import).or(answer.take());
        answer.take()
    };
    dialog_ui(ui, width, &heading, &mut body, |ui| {
        let import = ui.add_enabled(is_ready, egui::Button::new("Import"));
        if ui.memory(|memory| memory.focused().is_none()) && is_ready {
            import.request_focus();
        }
        let add = is_table.then(|| {
            ui.button("Add a file…").on_hover_text(
            "Read another table together with this one: one can list the actors, another the ties",
        )
        });
        let cancel = ui.button("Cancel");
        ui.label(RichText::new(summary.as_str()).weak());
        if import.clicked() {
            Some(ImportAnswer::Import)
        } else if add.is_some_and(|add| add.clicked()) {
            Some(ImportAnswer::AddFile)
        } else if cancel.clicked() {
            Some(ImportAnswer::Cancel)
        } else {
            None
        }
    })
}

impl Tried {
    /// True if the import has anything that is not there yet.
    fn changes_something(&self) -> bool {
        self.combined.as_ref().is_none_or(|combined| !combined.is_empty())
    }
}

/// The tables: which sheet, how it is read, its first rows.
fn tables_ui(ui: &mut Ui, import: &mut Import, own: &[Preset]) -> Option<ImportAnswer> {
    let Content::Tables(book) = &mut import.content else { return None };
    let sheets = book.sheets.len();
    if sheets > 1 {
        ui.horizontal_wrapped(|ui| {
            ui.label("Sheet");
            for (number, planned) in book.sheets.iter().enumerate() {
                let shape = match planned.plan.shape {
                    Shape::Nothing => "not read",
                    shape => shape.key(),
                };
                let words = format!("{} ({shape})", visual(&cut_to(&planned.sheet.name, 30)));
                ui.selectable_value(&mut import.sheet, number, words);
            }
        });
    }
    import.sheet = import.sheet.min(sheets.saturating_sub(1));
    let planned = book.sheets.get_mut(import.sheet)?;
    let mut answer = None;
    let mut is_changed = false;
    ui.horizontal_wrapped(|ui| {
        is_changed |= shape_ui(ui, planned);
        is_changed |= preset_ui(ui, planned, own);
        answer = save_preset_ui(ui, planned, &mut import.preset_name);
    });
    ui.horizontal_wrapped(|ui| is_changed |= text_ui(ui, planned));
    ui.add_space(4.0);
    is_changed |= rows_ui(ui, planned);
    is_changed |= stances_ui(ui, planned);
    import.is_stale |= is_changed;
    answer
}

/// A list to choose from, with a label before it.
fn choose(
    ui: &mut Ui,
    label: &str,
    width: f32,
    shown: String,
    current: Option<usize>,
    words: &[String],
) -> Option<usize> {
    ui.label(label);
    let mut chosen = None;
    let height = ui.spacing().interact_size.y;
    ui.allocate_ui([width, height].into(), |ui| {
        ui.set_width(width);
        let id = Id::new(("import", label));
        let drop_down = DropDown { id, label, shown, count: words.len(), current };
        chosen = drop_down.ui(ui, |row| words.get(row).cloned().unwrap_or_default()).0;
    });
    chosen
}

fn shape_ui(ui: &mut Ui, planned: &mut Planned) -> bool {
    let words = |shape: &Shape| format!("{}: {}", capitalised(shape.key()), shape.hint());
    let all: Vec<String> = Shape::ALL.iter().map(words).collect();
    let shape = planned.plan.shape;
    let current = Shape::ALL.iter().position(|other| *other == shape);
    let chosen = choose(ui, "Rows are", 130.0, capitalised(shape.key()), current, &all);
    let chosen = chosen.and_then(|row| Shape::ALL.get(row)).filter(|chosen| **chosen != shape);
    if let Some(chosen) = chosen {
        planned.plan.shape = *chosen;
    }
    let is_of_ties = matches!(planned.plan.shape, Shape::Ties | Shape::Events);
    let is_directed = &mut planned.plan.is_directed;
    let is_switched = is_of_ties
        && check_ui(ui, is_directed, "Directed")
            .on_hover_text("Ties go from the first actor to the second")
            .changed();
    let is_named = planned.plan.states_are_likely()
        && check_ui(ui, &mut planned.plan.states, "Numbers are states")
            .on_hover_text(
                "Actors are numbers of states of the Correlates of War, and get their names",
            )
            .changed();
    chosen.is_some() || is_switched || is_named
}

fn preset_ui(ui: &mut Ui, planned: &mut Planned, own: &[Preset]) -> bool {
    let mut presets: Vec<Preset> = own.iter().cloned().chain(presets::known()).collect();
    presets.retain(|preset| preset.applied(&planned.sheet, &planned.plan).is_some());
    let mut words = vec!["As guessed".to_owned()];
    words.extend(presets.iter().map(|preset| preset.name.clone()));
    let current = match planned.preset.as_str() {
        "" => Some(0),
        name => words.iter().position(|other| other == name),
    };
    let shown = if planned.preset.is_empty() { &words[0] } else { &planned.preset };
    match choose(ui, "Mapping", 150.0, shown.clone(), current, &words) {
        None => false,
        Some(0) => {
            planned.guess();
            true
        }
        Some(row) => presets.get(row - 1).is_some_and(|preset| planned.apply(preset)),
    }
}

/// A button that asks for a name, and the field for it.
fn save_preset_ui(
    ui: &mut Ui,
    planned: &Planned,
    name: &mut Option<String>,
) -> Option<ImportAnswer> {
    let Some(text) = name else {
        let hint =
            "Keep these roles by a name; they are suggested for the next file with these columns";
        let is_possible = planned.plan.obstacle().is_none() && planned.plan.header.is_some();
        let button = ui.add_enabled(is_possible, egui::Button::new("Save this mapping…"));
        if button.on_hover_text(hint).clicked() {
            *name = Some(planned.sheet.name.clone());
        }
        return None;
    };
    let field = ui.add(TextEdit::singleline(text).desired_width(140.0).hint_text("Name"));
    let is_entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let is_saved = ui.button("Keep").clicked() || is_entered;
    let is_named = !text.trim().is_empty();
    if is_saved && is_named {
        return name.take().map(|name| ImportAnswer::SavePreset(name.trim().to_owned()));
    }
    None
}

/// Encoding, separator, decimal sign and header.
fn text_ui(ui: &mut Ui, planned: &mut Planned) -> bool {
    let mut is_changed = false;
    if let Some(form) = planned.sheet.form().copied().filter(|_| planned.is_text()) {
        let mut told = planned.plan.text.clone();
        let encodings: Vec<String> = ENCODINGS.iter().map(|name| (*name).to_owned()).collect();
        let current = encodings.iter().position(|name| name == form.encoding.name());
        let shown = form.encoding.name().to_owned();
        if let Some(row) = choose(ui, "Encoding", 130.0, shown, current, &encodings) {
            told.encoding = encodings.get(row).cloned();
        }
        let signs: Vec<String> = SEPARATORS.iter().map(|(_, name)| capitalised(name)).collect();
        let current = SEPARATORS.iter().position(|(sign, _)| *sign == form.separator);
        let shown = current.and_then(|at| signs.get(at)).cloned();
        let shown = shown.unwrap_or_else(|| char::from(form.separator).to_string());
        if let Some(row) = choose(ui, "Separator", 110.0, shown, current, &signs) {
            told.separator = SEPARATORS.get(row).map(|(sign, _)| char::from(*sign));
        }
        if told != planned.plan.text {
            let told: Told = told;
            planned.tell(&told);
            is_changed = true;
        }
    }
    let decimals = ["Point".to_owned(), "Comma".to_owned()];
    let at = usize::from(planned.plan.decimal == Decimal::Comma);
    if let Some(row) = choose(ui, "Decimal sign", 90.0, decimals[at].clone(), Some(at), &decimals) {
        planned.plan.decimal = if row == 1 { Decimal::Comma } else { Decimal::Point };
        is_changed = true;
    }
    if !matches!(planned.plan.shape, Shape::Matrix | Shape::Neighbours) {
        let mut words = vec!["None".to_owned()];
        let lines: Vec<u64> = planned.sheet.first(12).iter().map(|(line, _)| *line).collect();
        words.extend(lines.iter().map(|line| format!("Line {line}")));
        let header = planned.plan.header;
        let at = header.and_then(|header| lines.iter().position(|line| *line == header));
        let shown = header.map_or_else(|| "None".to_owned(), |line| format!("Line {line}"));
        let current = at.map_or(0, |at| at + 1);
        if let Some(row) = choose(ui, "Header", 90.0, shown, Some(current), &words) {
            planned.set_header(row.checked_sub(1).and_then(|at| lines.get(at).copied()));
            is_changed = true;
        }
    }
    is_changed
}

/// What comes of the import, and what could not be read.
fn result_ui(ui: &mut Ui, import: &Import) -> Option<ImportAnswer> {
    if let Some(progress) = &import.progress {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(format!("Reading, {:.0} %", progress.share() * 100.0));
        });
    }
    let tried = match import.tried.as_ref()? {
        Ok(tried) => tried,
        Err(why) => {
            ui.label(RichText::new(why).color(ui.visuals().warn_fg_color));
            return None;
        }
    };
    ui.label(RichText::new(counts(tried)).font(bold(14.0)));
    for warning in tried.warnings.iter().take(FLAWS_TOLD) {
        ui.label(visual(&warning.sentence()));
    }
    let tables = tried.tables.as_ref()?;
    if tables.skipped > 0 {
        let rows = counted(tables.skipped, "row");
        ui.label(format!("{rows} skipped, as the stances say."));
    }
    if tables.flaw_count == 0 {
        return None;
    }
    let groups = grouped(&tables.flaws);
    for group in groups.iter().take(FLAWS_TOLD) {
        ui.label(visual(&capitalised(&group.words())));
    }
    if groups.len() > FLAWS_TOLD {
        ui.label(format!("… and {} more faults.", groups.len() - FLAWS_TOLD));
    }
    let hint = "A table with line, column, reason and the cells of each of these rows";
    let save = ui.button("Save these rows…").on_hover_text(hint);
    save.clicked().then_some(ImportAnswer::SaveFlaws)
}

/// `3 actors, 5 ties, 2 excerpts`.
fn counts(tried: &Tried) -> String {
    let mut found = vec![
        counted(tried.map.actors.len(), "actor"),
        counted(tried.map.relations.len(), "tie"),
        counted(excerpts(tried), "excerpt"),
    ];
    if tried.map.actors.is_empty() {
        found = vec![counted(tried.map.sources.len(), "source")];
    }
    if !tried.map.unassigned.is_empty() {
        found.push(format!("{} to assign", counted(tried.map.unassigned.len(), "excerpt")));
    }
    found.join(", ")
}

fn excerpts(tried: &Tried) -> usize {
    let of_ties: usize = tried.map.relations.iter().map(|tie| tie.evidence.len()).sum();
    let of_actors: usize = tried.map.actors.iter().map(|actor| actor.evidence.len()).sum();
    of_ties + of_actors
}

/// A new map, or the open one.
fn target_ui(ui: &mut Ui, import: &mut Import, open: &str) {
    let before = import.into;
    ui.add_space(4.0);
    radio_value_ui(ui, &mut import.into, Into::NewMap, "Open as a new map");
    let keep = Into::OpenMap(Known::Keep);
    radio_value_ui(ui, &mut import.into, keep, &format!("Add what is new to {open}"));
    let update = Into::OpenMap(Known::Update);
    radio_value_ui(
        ui,
        &mut import.into,
        update,
        &format!("Add to {open}, and update what is there"),
    )
    .on_hover_text(
        "Actors are the same by id, else by name and kind, else by another name; ties by their \
             actors and kind. Positions stay.",
    );
    import.is_stale |= import.into != before;
    ui.add_space(4.0);
}

/// What is new, what changes, and what only the open map has.
fn combined_ui(ui: &mut Ui, combined: &Combined) {
    if combined.is_empty() {
        ui.label("All of this is in the map already.");
        return;
    }
    let some = |parts: &[(usize, &str)]| -> String {
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        listed(&parts.map(|(count, noun)| counted(*count, noun)).collect::<Vec<_>>())
    };
    let new = some(&[
        (combined.new_actors.len(), "actor"),
        (combined.new_ties, "tie"),
        (combined.new_excerpts, "excerpt"),
        (combined.new_sources, "source"),
        (combined.new_waiting, "waiting excerpt"),
    ]);
    ui.indent("combined", |ui| {
        ui.label(format!("New: {new}")).on_hover_text(names(&combined.new_actors));
        let changed = [(combined.changed_actors.len(), "actor"), (combined.changed_ties, "tie")];
        ui.label(format!("Changed: {}", some(&changed)))
            .on_hover_text(names(&combined.changed_actors));
        let missing = [(combined.missing_actors.len(), "actor"), (combined.missing_ties, "tie")];
        ui.label(format!("Only in the map, and kept: {}", some(&missing)))
            .on_hover_text(names(&combined.missing_actors));
    });
}

fn names(all: &[String]) -> String {
    let mut shown: Vec<String> = all.iter().take(NAMES_TOLD).cloned().collect();
    if all.len() > NAMES_TOLD {
        shown.push(format!("{} more", all.len() - NAMES_TOLD));
    }
    listed(&shown)
}
