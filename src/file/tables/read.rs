//! Reads sheets with their plans into a map. Good rows are read; the others are listed with line,
//! column and reason.

use std::collections::{HashMap, HashSet};

use csv::StringRecord;
use indexmap::IndexMap;
use serde_json::Value;

use super::columns::{Columns, Wrong, brief, trimmed};
use super::found::{Place, Read};
use super::gather::Gather;
use super::matrix;
use super::plan::{Choice, Plan, Shape};
use super::role::Role;
use super::sheet::{Next, Sheet};
use super::tie::Tie;
use super::value::{Dated, whole};
use crate::file::formats::draft::{Direction, Edge, Node};
use crate::file::formats::draft_sources::Said;
use crate::file::opened::OpenError;
use crate::model::{PartialDate, Status};
use crate::named::Named as _;
use crate::progress::Progress;

/// How many rows are read between two looks at the progress.
const STEP: u64 = 4_096;

/// Reads all sheets: those of actors first, so that ties can name them.
///
/// # Errors
/// If it was cancelled.
pub(super) fn read(sheets: &[(&Sheet, &Plan)], progress: &Progress) -> Result<Read, OpenError> {
    let mut read = Read::default();
    let total: usize = sheets.iter().map(|(sheet, _)| sheet.size()).sum();
    let mut done = 0;
    let actors_first = |is_actors: bool| {
        sheets.iter().filter(move |(_, plan)| (plan.shape == Shape::Actors) == is_actors)
    };
    for (sheet, plan) in actors_first(true).chain(actors_first(false)) {
        let mut rows = Rows { sheet, progress, done, total, is_cancelled: false };
        match plan.shape {
            Shape::Actors => read.actors(&mut rows, plan),
            Shape::Ties => read.ties(&mut rows, plan),
            Shape::Events => read.events(&mut rows, plan),
            Shape::Matrix => matrix::matrix(&mut read, sheet, plan),
            Shape::Neighbours => matrix::neighbours(&mut read, sheet),
            Shape::Nothing => {}
        }
        if rows.is_cancelled {
            return Err(OpenError::cancelled());
        }
        done += sheet.size();
        if plan.shape == Shape::Actors {
            read.find_wholes();
        }
    }
    Ok(read)
}

/// The rows of a sheet below its header, with progress.
struct Rows<'a> {
    sheet: &'a Sheet,
    progress: &'a Progress,
    /// Bytes of the sheets before, and of all.
    done: usize,
    total: usize,
    is_cancelled: bool,
}

impl Rows<'_> {
    fn for_each(&mut self, header: Option<u64>, mut each: impl FnMut(u64, &StringRecord)) {
        let mut count = 0;
        let mut bytes = self.done;
        self.sheet.for_each(|line, row| {
            bytes += row.as_slice().len() + row.len();
            if header.is_none_or(|header| line > header)
                && !row.iter().all(|cell| trimmed(cell).is_empty())
            {
                each(line, row);
            }
            count += 1;
            if count % STEP == 0 && self.progress.reach(share(bytes, self.total)).is_err() {
                self.is_cancelled = true;
                return Next::Stop;
            }
            Next::Continue
        });
    }
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share")]
fn share(done: usize, total: usize) -> f32 {
    (done as f64 / total.max(1) as f64).min(1.0) as f32
}

impl Read {
    fn actors(&mut self, rows: &mut Rows<'_>, plan: &Plan) {
        let columns = Columns::of(plan);
        let sheet = rows.sheet.name.clone();
        let shared = shared_ids(rows.sheet, plan, &columns);
        rows.for_each(plan.header, |line, row| {
            let at = Place { sheet: &sheet, line, row };
            self.rows += 1;
            self.add_actor(at, &columns, &shared);
        });
    }

    fn add_actor(&mut self, at: Place<'_>, columns: &Columns<'_>, shared: &HashSet<String>) {
        let row = at.row;
        let name = columns.text(row, Role::Name);
        let id = columns.text(row, Role::Id);
        // An id of several names is none: it stands for "unknown".
        let id = if shared.contains(id) { "" } else { id };
        if name.is_empty() && id.is_empty() {
            let column = columns.first(Role::Name).or(columns.first(Role::Id)).unwrap_or_default();
            self.flaw(at, columns.name(column), "the actor has no name", true);
            return;
        }
        let key = if id.is_empty() { name } else { id };
        if self.draft.nodes.contains_key(key) {
            self.flaw(at, "", format!("“{}” is listed twice", brief(key)), true);
            return;
        }
        let mut more = columns.kept(row);
        let place = || -> Result<Option<(f64, f64)>, Wrong> {
            let (x, y) = (columns.number(row, Role::X)?, columns.number(row, Role::Y)?);
            Ok(x.zip(y))
        };
        let place = match place() {
            Ok(place) => place,
            Err(wrong) => {
                self.wrong(at, columns, wrong, false);
                None
            }
        };
        let aliases = columns.texts(row, Role::Alias).join("|").replace(';', "|");
        let aliases: Vec<&str> =
            aliases.split('|').map(str::trim).filter(|alias| !alias.is_empty()).collect();
        if !aliases.is_empty() {
            more.insert("aliases".to_owned(), Value::from(aliases.join("|")));
        }
        keep_texts(&mut more, columns, row, &[Role::Excerpt, Role::Source, Role::Paragraph]);
        match columns.number(row, Role::Strength) {
            Ok(Some(size)) => {
                let column = columns.first(Role::Strength).unwrap_or_default();
                more.insert(columns.name(column).to_owned(), whole(size));
            }
            Ok(None) => {}
            Err(wrong) => self.wrong(at, columns, wrong, false),
        }
        let inside = columns.text(row, Role::PartOf);
        let node = Node {
            name: name.to_owned(),
            kind: columns.text(row, Role::Kind).to_owned(),
            note: columns.texts(row, Role::Note).join("\n"),
            inside: Some(inside.to_owned()).filter(|inside| !inside.is_empty()),
            at: place,
            said: Vec::new(),
            more,
        };
        for other in aliases.iter().copied().chain([name]).filter(|text| !text.is_empty()) {
            self.known.entry(other.to_owned()).or_insert_with(|| key.to_owned());
        }
        // An id stands for its actor, even where another has it as a name.
        self.known.insert(key.to_owned(), key.to_owned());
        self.draft.add(key, node);
    }

    fn ties(&mut self, rows: &mut Rows<'_>, plan: &Plan) {
        let columns = Columns::of(plan);
        let sheet = rows.sheet.name.clone();
        rows.for_each(plan.header, |line, row| {
            let at = Place { sheet: &sheet, line, row };
            self.rows += 1;
            match Tie::of(row, &columns) {
                Ok(Some(tie)) => self.add_tie(at, &columns, &tie),
                Ok(None) => self.skipped += 1,
                Err(_) if self.is_about_actor(row, &columns) => {}
                Err(wrong) => self.wrong(at, &columns, wrong, true),
            }
        });
    }

    /// Adds the words of a row about one actor, as our own tables of excerpts have them. False if it
    /// is none.
    fn is_about_actor(&mut self, row: &StringRecord, columns: &Columns<'_>) -> bool {
        let is_own = columns.first(Role::Id).is_some_and(|column| columns.name(column) == "Tie");
        let (from, to) = (columns.text(row, Role::From), columns.text(row, Role::To));
        let id = self.actor(from);
        let mut edge = Edge::new(id.clone(), "", Direction::None);
        self.words(columns, row, &mut edge);
        if !is_own || from.is_empty() || !to.is_empty() || edge.said.is_empty() {
            return false;
        }
        let node = self.draft.nodes.entry(id).or_default();
        node.said.append(&mut edge.said);
        true
    }

    fn add_tie(&mut self, at: Place<'_>, columns: &Columns<'_>, tie: &Tie<'_>) {
        let row = at.row;
        let extra = row.iter().skip(columns.width()).any(|cell| !trimmed(cell).is_empty());
        if extra {
            let reason = "the row has more cells than the header; the last ones were not read";
            self.flaw(at, "", reason, false);
        }
        for (id, name) in [tie.from, tie.to].into_iter().zip(tie.names) {
            self.name_actor(id, name);
        }
        let mut edge = Edge::new(self.actor(tie.from), self.actor(tie.to), columns.direction(row));
        columns.text(row, Role::Id).clone_into(&mut edge.id);
        columns.text(row, Role::Kind).clone_into(&mut edge.kind);
        edge.note = columns.texts(row, Role::Note).join("\n");
        edge.more = columns.kept(row);
        edge.rank = tie.strength.or(tie.size);
        if let (Some(column), Some(size)) = (columns.first(Role::Strength), tie.strength) {
            keep_number(&mut edge.more, columns.name(column), size);
        }
        if let (Some(column), Some(_)) = (columns.first(Role::Stance), tie.size) {
            let size = columns.number_in(row, column).ok().flatten().unwrap_or_default();
            keep_number(&mut edge.more, columns.name(column), size);
        } else if edge.kind.is_empty() && columns.first(Role::Kind).is_none() {
            // A word for the stance often tells the kind as well; not if it is the stance itself.
            let word = columns.text(row, Role::Stance);
            if Choice::from_key(word).is_none() {
                word.clone_into(&mut edge.kind);
            }
        }
        keep_texts(&mut edge.more, columns, row, &[Role::Alias, Role::PartOf]);
        for (role, field) in [(Role::Start, "start"), (Role::End, "end")] {
            let text = columns.text(row, role);
            match columns.date(row, role) {
                Dated::At(date) if role == Role::Start => edge.start = date.to_string(),
                Dated::At(date) => edge.end = date.to_string(),
                Dated::Open => {}
                Dated::Unknown => {
                    let column = columns.first(role).unwrap_or_default();
                    let reason = format!("“{}” is no date; it is kept as text", brief(text));
                    self.flaw(at, columns.name(column), reason, false);
                    edge.more.insert(field.to_owned(), Value::from(text));
                }
            }
        }
        let dates = [&edge.start, &edge.end].map(|date| date.parse::<PartialDate>());
        if let [Ok(start), Ok(end)] = dates
            && end.is_surely_before(start)
        {
            let column = columns.first(Role::End).unwrap_or_default();
            let reason =
                format!("the end ({end}) is before the start ({start}); it is kept as text");
            self.flaw(at, columns.name(column), reason, false);
            edge.more.insert("end".to_owned(), Value::from(std::mem::take(&mut edge.end)));
        }
        keep_status(&mut edge.more, columns, row);
        self.words(columns, row, &mut edge);
        if let Some(known) = self.known_tie(&edge) {
            // A further excerpt of a tie that is there.
            known.said.append(&mut edge.said);
            return;
        }
        if !edge.id.is_empty() {
            self.ties.entry(edge.id.clone()).or_insert(self.draft.edges.len());
        }
        if tie.counts == (None, None) {
            tie.stance.clone_into(&mut edge.stance);
            self.draft.edges.push(edge);
            return;
        }
        let counts = [("cooperative", tie.counts.0), ("hostile", tie.counts.1)];
        for ((stance, count), kind) in counts.into_iter().zip(tie.counted) {
            if let Some(count) = count.filter(|count| *count > 0.0) {
                let mut one = edge.clone();
                stance.clone_into(&mut one.stance);
                if one.kind.is_empty() {
                    kind.clone_into(&mut one.kind);
                }
                // Halves keep the ranks from being taken for strengths.
                one.rank = Some(count + 0.5);
                one.more.insert("count".to_owned(), whole(count));
                self.draft.edges.push(one);
            }
        }
    }

    /// The tie that a row with an excerpt belongs to: one with the same id between the same actors.
    fn known_tie(&mut self, edge: &Edge) -> Option<&mut Edge> {
        if edge.said.is_empty() || edge.id.is_empty() {
            return None;
        }
        let at = self.ties.get(&edge.id)?;
        let known = self.draft.edges.get_mut(*at)?;
        let is_same = known.from == edge.from && known.to == edge.to;
        is_same.then_some(known)
    }

    /// The words, source and speaker of a row.
    fn words(&mut self, columns: &Columns<'_>, row: &StringRecord, edge: &mut Edge) {
        let excerpts = columns.texts(row, Role::Excerpt);
        let speaker = columns.text(row, Role::Speaker);
        let sources = columns.texts(row, Role::Source);
        if excerpts.is_empty() {
            keep_texts(&mut edge.more, columns, row, &[Role::Source, Role::Paragraph]);
            if !speaker.is_empty() {
                let id = self.actor(speaker);
                if self.known.contains_key(speaker) {
                    edge.more.insert("asserted_by".to_owned(), Value::from(id));
                } else {
                    edge.more.insert("speaker".to_owned(), Value::from(speaker));
                }
            }
            return;
        }
        let (address, title): (Vec<&str>, Vec<&str>) =
            sources.into_iter().partition(|text| text.starts_with("http"));
        let (address, title) =
            (address.first().copied().unwrap_or_default().to_owned(), title.join("; "));
        for words in excerpts {
            edge.said.push(Said {
                words: words.to_owned(),
                source: title.clone(),
                address: address.clone(),
                paragraph: columns.text(row, Role::Paragraph).to_owned(),
                speaker: if speaker.is_empty() { String::new() } else { self.actor(speaker) },
                ..Said::default()
            });
        }
    }

    fn events(&mut self, rows: &mut Rows<'_>, plan: &Plan) {
        let columns = Columns::of(plan);
        let sheet = rows.sheet.name.clone();
        let mut gather = Gather::new(&columns, plan.is_directed);
        rows.for_each(plan.header, |line, row| {
            let at = Place { sheet: &sheet, line, row };
            self.rows += 1;
            match Tie::of(row, &columns) {
                Ok(Some(tie)) => gather.add(row, &tie),
                Ok(None) => self.skipped += 1,
                Err(wrong) => self.wrong(at, &columns, wrong, true),
            }
        });
        for (id, name) in gather.names() {
            self.name_actor(id, name);
        }
        let edges = gather.into_edges(|text| self.actor(text));
        self.draft.edges.extend(edges);
    }
}

/// Ids that stand beside several names.
fn shared_ids(sheet: &Sheet, plan: &Plan, columns: &Columns<'_>) -> HashSet<String> {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut shared = HashSet::new();
    if columns.first(Role::Id).is_none() || columns.first(Role::Name).is_none() {
        return shared;
    }
    sheet.for_each(|line, row| {
        let (id, name) = (columns.text(row, Role::Id), columns.text(row, Role::Name));
        if plan.header.is_none_or(|header| line > header) && !id.is_empty() && !name.is_empty() {
            let first = names.entry(id.to_owned()).or_insert_with(|| name.to_owned());
            if first != name {
                shared.insert(id.to_owned());
            }
        }
        Next::Continue
    });
    // Two names can be a slip; an id that says "none" has many.
    shared.retain(|id| super::value::is_gap(id) || id.is_empty());
    shared
}

/// The status, if it is one that is known; else it is kept by the name of its column.
fn keep_status(more: &mut IndexMap<String, Value>, columns: &Columns<'_>, row: &StringRecord) {
    let text = columns.text(row, Role::Status);
    let Some(column) = columns.first(Role::Status).filter(|_| !text.is_empty()) else { return };
    let is_known = Status::ALL.iter().any(|status| status.key().eq_ignore_ascii_case(text));
    let name = match (is_known, columns.name(column)) {
        (true, _) => "status",
        (false, "status") => "x_status",
        (false, name) => name,
    };
    let text = if is_known { text.to_lowercase() } else { text.to_owned() };
    more.insert(name.to_owned(), Value::from(text));
}

/// Keeps the texts of roles that have no place here, by the names of their columns.
fn keep_texts(
    more: &mut IndexMap<String, Value>,
    columns: &Columns<'_>,
    row: &StringRecord,
    roles: &[Role],
) {
    for column in roles.iter().flat_map(|role| columns.all(*role)) {
        let text = columns.cell(row, *column);
        if !text.is_empty() {
            more.insert(columns.name(*column).to_owned(), Value::from(text));
        }
    }
}

/// Keeps a number under the name of its column.
fn keep_number(more: &mut IndexMap<String, Value>, name: &str, number: f64) {
    // The strength of a tie is its own field.
    if !name.eq_ignore_ascii_case("strength") {
        more.insert(name.to_owned(), whole(number));
    }
}
