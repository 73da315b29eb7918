//! The sheets of one or several files with their plans, and the map that is made of them.

use std::collections::HashMap;

use csv::WriterBuilder;

use super::form::Told;
use super::found::{Flaw, Read};
use super::guess::{guessed, stance_counts, with_header, with_stances};
use super::plan::{Plan, Shape};
use super::presets::{Preset, known};
use super::read::read;
use super::role::Role;
use super::sheet::Sheet;
use super::text;
use super::workbook;
use crate::file::formats::draft::refused;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::model::words::counted;
use crate::progress::Progress;

/// The name of the format, for messages and for the origin of a map.
pub const NAME: &str = "table";

/// How many lines with the same fault are named.
const LINES_NAMED: usize = 5;

/// A sheet with its plan.
#[derive(Clone, Debug)]
pub struct Planned {
    pub sheet: Sheet,
    pub plan: Plan,
    /// The name of the preset that the plan comes from; empty if it was guessed.
    pub preset: String,
    /// The file, if it is a text: it can be read with another encoding or separator.
    bytes: Option<Bytes>,
}

/// The sheets of one or several files.
#[derive(Clone, Debug, Default)]
pub struct Book {
    pub sheets: Vec<Planned>,
    /// True if the tables were written here, so that positions are map units.
    is_own: bool,
}

/// A map that was made of tables.
#[derive(Clone, Debug)]
pub struct Imported {
    pub opened: Opened,
    pub flaws: Vec<Flaw>,
    /// Number of all flaws, those that were not kept among them.
    pub flaw_count: usize,
    /// Number of rows that are not in the map because of a flaw.
    pub left_out: usize,
    /// Number of rows that were skipped because the plan says so.
    pub skipped: usize,
    pub rows: usize,
}

impl Book {
    /// Adds the sheets of a file. Plans are those of the first preset that fits, else guessed; `own`
    /// are the user's presets.
    ///
    /// # Errors
    /// If it is a workbook that is damaged, protected or too large.
    pub fn add(
        &mut self,
        name: &str,
        bytes: &Bytes,
        own: &[Preset],
        progress: &Progress,
    ) -> Result<(), OpenError> {
        let start = bytes.get(..4096).unwrap_or(bytes);
        if bytes.is_empty() {
            return Err(refused("the file is empty", "a table with rows"));
        }
        if !workbook::recognises(start) && text::is_binary(start) {
            return Err(refused(
                "this is not a text with a table",
                "a table as CSV, TSV, XLSX, XLS or ODS; save it as one of these in its program",
            ));
        }
        let (sheets, bytes) = if workbook::recognises(start) {
            self.is_own |= workbook::is_own(bytes);
            (workbook::sheets(bytes, progress)?, None)
        } else {
            (vec![text::sheet(name, bytes, &Told::default())], Some(Bytes::clone(bytes)))
        };
        for sheet in sheets {
            progress.check().map_err(|_| OpenError::cancelled())?;
            let guess = guessed(&sheet, &Told::default());
            let planned =
                Planned { sheet, plan: guess, preset: String::new(), bytes: bytes.clone() };
            self.sheets.push(planned.suggested(own));
        }
        Ok(())
    }

    /// The map of all sheets. `title` names it.
    ///
    /// # Errors
    /// If it was cancelled, if a plan has an obstacle, or if nothing was read.
    pub fn import(&self, title: &str, progress: &Progress) -> Result<Imported, OpenError> {
        imported(self.read(progress)?, title)
    }

    /// Like [`Book::import`], for tables that are not needed any more: they are released before the
    /// map is made.
    ///
    /// # Errors
    /// As [`Book::import`].
    pub fn into_map(self, title: &str, progress: &Progress) -> Result<Imported, OpenError> {
        let read = self.read(progress)?;
        drop(self);
        imported(read, title)
    }

    fn read(&self, progress: &Progress) -> Result<Read, OpenError> {
        let used = self.sheets.iter().filter(|sheet| sheet.plan.shape != Shape::Nothing);
        let used: Vec<(&Sheet, &Plan)> = used.map(|one| (&one.sheet, &one.plan)).collect();
        for (sheet, plan) in &used {
            if let Some(obstacle) = plan.obstacle() {
                return Err(refused(format!("“{}” cannot be read yet", sheet.name), obstacle));
            }
        }
        if used.is_empty() {
            return Err(refused(
                "no columns with actors were found",
                "a table of ties, with a column for each of the two actors, or of actors, with a \
                 column of names; say which columns these are",
            ));
        }
        let mut found = read(&used, progress)?;
        found.draft.is_own = self.is_own;
        let broken = used.iter().filter_map(|(sheet, _)| sheet.form()).find(|form| form.has_errors);
        if let Some(form) = broken {
            let name = form.encoding.name();
            found.draft.remark(format!(
                "some letters could not be read as {name}; choose another encoding"
            ));
        }
        Ok(found)
    }
}

fn imported(read: Read, title: &str) -> Result<Imported, OpenError> {
    let Read { mut draft, flaws, flaw_count, left_out, rows, skipped, .. } = read;
    title.clone_into(&mut draft.title);
    if left_out > 0 {
        draft.remark(format!("{} not read", counted(left_out, "row")));
    }
    let opened = draft.into_opened(NAME);
    let opened = opened.map_err(|mut error| {
        // Why the first rows were not read says more than that nothing was.
        if let Some(flaw) = flaws.first() {
            let words = format!("line {}: {}", flaw.line, flaw.reason);
            error.problems.extend(refused(words, "").problems);
        }
        error
    })?;
    Ok(Imported { opened, flaws, flaw_count, left_out, skipped, rows })
}

/// What could not be read, by reason and column: how often, and in which lines first.
#[must_use]
pub fn grouped(flaws: &[Flaw]) -> Vec<FlawGroup> {
    let mut groups: Vec<FlawGroup> = Vec::new();
    let mut known: HashMap<(&str, &str, &str), usize> = HashMap::new();
    for flaw in flaws {
        // A value in the reason makes it another one for each value.
        let kind = flaw.reason.rsplit('”').next().unwrap_or(&flaw.reason);
        let at = *known.entry((&flaw.sheet, &flaw.column, kind)).or_insert_with(|| {
            groups.push(FlawGroup { first: flaw.clone(), count: 0, lines: Vec::new() });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.count += 1;
            if group.lines.len() < LINES_NAMED {
                group.lines.push(flaw.line);
            }
        }
    }
    groups
}

/// Rows with the same fault.
#[derive(Clone, Debug)]
pub struct FlawGroup {
    pub first: Flaw,
    pub count: usize,
    /// The first lines.
    pub lines: Vec<u64>,
}

impl FlawGroup {
    /// `lines 3, 9 and 12 more, column to: the row has no second actor`.
    #[must_use]
    pub fn words(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(u64::to_string).collect();
        let noun = if self.count == 1 { "line" } else { "lines" };
        let more = match self.count - self.lines.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let column = match self.first.column.as_str() {
            "" => String::new(),
            name => format!(", column {name}"),
        };
        format!("{noun} {}{more}{column}: {}", lines.join(", "), self.first.reason)
    }
}

impl Planned {
    /// With the plan of the first preset that fits.
    fn suggested(mut self, own: &[Preset]) -> Self {
        for preset in own.iter().cloned().chain(known()) {
            if let Some(plan) = preset.applied(&self.sheet, &self.plan) {
                self.plan = plan;
                self.preset = preset.name;
                break;
            }
        }
        self
    }

    /// Applies a preset; false if the sheet lacks its columns.
    pub fn apply(&mut self, preset: &Preset) -> bool {
        let Some(plan) = preset.applied(&self.sheet, &self.plan) else { return false };
        self.plan = plan;
        self.preset.clone_from(&preset.name);
        true
    }

    /// Guesses the plan again.
    pub fn guess(&mut self) {
        self.plan = guessed(&self.sheet, &self.plan.text);
        self.preset.clear();
    }

    /// Reads the text with what the user has said of it.
    pub fn tell(&mut self, told: &Told) {
        if let Some(bytes) = &self.bytes {
            self.sheet = text::sheet(&self.sheet.name.clone(), bytes, told);
            let before = std::mem::replace(&mut self.plan, guessed(&self.sheet, told));
            self.keep_roles(&before);
        }
    }

    /// Takes the row in this line as the header; `None` for none.
    pub fn set_header(&mut self, line: Option<u64>) {
        let mut plan = std::mem::take(&mut self.plan);
        let before = plan.clone();
        plan.header = line;
        plan.columns.clear();
        self.plan = with_header(&self.sheet, plan);
        self.keep_roles(&before);
    }

    /// Keeps the roles that columns had before, where there are as many; and the stances.
    fn keep_roles(&mut self, before: &Plan) {
        if before.columns.len() != self.plan.columns.len() || before.columns.len() < 2 {
            self.preset.clear();
            return;
        }
        let has_roles = before.columns.iter().any(|column| column.role != Role::Keep);
        if !has_roles {
            return;
        }
        for (column, old) in self.plan.columns.iter_mut().zip(&before.columns) {
            column.role = old.role;
        }
        (self.plan.shape, self.plan.is_directed) = (before.shape, before.is_directed);
        self.plan.stances.clone_from(&before.stances);
        self.plan.thresholds = before.thresholds;
        self.plan = with_stances(&self.sheet, std::mem::take(&mut self.plan));
    }

    /// Gives a column a role. The values of a new stance column are listed.
    pub fn set_role(&mut self, column: usize, role: Role) {
        self.plan.set(column, role);
        if role == Role::Stance {
            self.plan.stances.clear();
        }
        self.plan = with_stances(&self.sheet, std::mem::take(&mut self.plan));
    }

    /// The values of the stance column that are no numbers, with their counts.
    #[must_use]
    pub fn stance_counts(&self) -> Vec<(String, usize)> {
        stance_counts(&self.sheet, &self.plan)
    }

    /// True if the text can be read in another way.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.bytes.is_some()
    }
}

/// What could not be read, as a table: line, column and reason, and then the cells of the row.
///
/// # Errors
/// Never; the table is written to memory.
pub fn flaws_table(flaws: &[Flaw]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    writer.write_record(["Sheet", "Line", "Column", "Reason", "Read", "Cells of the row"])?;
    for flaw in flaws {
        let line = flaw.line.to_string();
        let is_read = if flaw.is_left_out { "no" } else { "yes" };
        let start = [flaw.sheet.as_str(), &line, &flaw.column, &flaw.reason, is_read];
        writer.write_record(start.into_iter().chain(flaw.cells.iter().map(String::as_str)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
