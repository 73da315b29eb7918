//! The table of all excerpts of a map, with ties that have no excerpt and sources that are not
//! cited.

use std::collections::HashSet;

use super::verify::{Verified, excerpts};
use crate::model::query::Index;
use crate::model::{ActorId, Confidence, Element, Evidence, Map, Relation, RelationId, SourceId};

/// The column headings, in order.
pub const COLUMNS: [&str; COUNT] = [
    "Actor or tie",
    "Excerpt",
    "Stance",
    "Status",
    "Speaker",
    "Source",
    "Paragraph",
    "State",
    "Kind",
    "Date",
    "Strength",
    "Confidence",
    "Claimed by",
    "Contested by",
];

/// Number of columns.
pub const COUNT: usize = 14;

/// The subject of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// An excerpt of this actor or tie.
    Excerpt(Element),
    /// A tie without an excerpt.
    Bare(RelationId),
    /// A source that no excerpt cites.
    Uncited(SourceId),
}

/// One row: its cells in the order of [`COLUMNS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub about: About,
    pub cells: [String; COUNT],
    /// True if the row needs attention: a tie without an excerpt, an uncited source, or an excerpt
    /// that was not found word for word.
    pub needs_attention: bool,
}

/// The rows for a map. `verified` holds the results of the last check, in file order.
#[must_use]
pub fn rows(map: &Map, index: &Index, verified: &[Verified]) -> Vec<Row> {
    let mut states = verified.iter().peekable();
    let mut rows = Vec::new();
    for (owner, number, excerpt) in excerpts(map) {
        // Both are in file order. An excerpt that was added after the last check has no state yet.
        let found = states.next_if(|one| one.owner == owner && one.number == number);
        rows.push(row(map, index, owner, excerpt, found));
    }
    for relation in map.relations.iter().filter(|relation| relation.evidence.is_empty()) {
        let own = Own {
            what: ends(map, index, relation),
            state: "no excerpt".to_owned(),
            ..Own::default()
        };
        let cells = own.cells(map, index, Some(relation));
        rows.push(Row { about: About::Bare(relation.id.clone()), cells, needs_attention: true });
    }
    let cited: HashSet<&SourceId> = excerpts(map).map(|(_, _, excerpt)| &excerpt.source).collect();
    for unused in map.sources.iter().filter(|source| !cited.contains(&source.id)) {
        let source = unused.name().to_owned();
        let own = Own { source, state: "not cited".to_owned(), ..Own::default() };
        let cells = own.cells(map, index, None);
        rows.push(Row { about: About::Uncited(unused.id.clone()), cells, needs_attention: true });
    }
    rows
}

fn row(
    map: &Map,
    index: &Index,
    owner: Element,
    excerpt: &Evidence,
    verified: Option<&Verified>,
) -> Row {
    let relation = match &owner {
        Element::Relation(id) => index.relation(id).and_then(|at| map.relations.get(at)),
        Element::Actor(_) | Element::Note(_) => None,
    };
    let what = match (&owner, relation) {
        (_, Some(tie)) => ends(map, index, tie),
        (Element::Actor(id), _) => index.name(map, id).to_owned(),
        (Element::Relation(id), None) => id.to_string(),
        (Element::Note(id), _) => id.to_string(),
    };
    let speaker = relation.map_or(excerpt.speaker.as_deref(), |tie| tie.speaker(excerpt));
    let state = verified.and_then(Verified::state);
    let words = match (verified, state) {
        (None, _) => "…",
        (Some(_), None) => "text not attached",
        (Some(_), Some(state)) => state.words(),
    };
    let own = Own {
        what,
        excerpt: excerpt.excerpt.to_string(),
        speaker: speaker.map_or("the author", |id| index.name(map, id)).to_owned(),
        source: source_name(map, index, &excerpt.source),
        paragraph: excerpt.paragraph.as_deref().unwrap_or_default().to_owned(),
        state: words.to_owned(),
    };
    let cells = own.cells(map, index, relation);
    let needs_attention = state.is_some_and(|state| !state.is_exact());
    Row { about: About::Excerpt(owner), cells, needs_attention }
}

/// The cells of a row that do not come from its tie.
#[derive(Default)]
struct Own {
    what: String,
    excerpt: String,
    speaker: String,
    source: String,
    paragraph: String,
    state: String,
}

impl Own {
    /// All cells, in the order of [`COLUMNS`].
    fn cells(self, map: &Map, index: &Index, tie: Option<&Relation>) -> [String; COUNT] {
        let of_tie = |words: &dyn Fn(&Relation) -> String| tie.map_or(String::new(), words);
        let name = |id: Option<&ActorId>| id.map_or("", |id| index.name(map, id)).to_owned();
        [
            self.what,
            self.excerpt,
            of_tie(&|tie| tie.stance.words().to_owned()),
            of_tie(&|tie| tie.status.words().to_owned()),
            self.speaker,
            self.source,
            self.paragraph,
            self.state,
            of_tie(&|tie| tie.kind.words().unwrap_or_default()),
            of_tie(&|tie| tie.period().unwrap_or_default()),
            of_tie(&|tie| tie.strength.value().to_string()),
            of_tie(&|tie| tie.confidence.map_or("", Confidence::words).to_owned()),
            of_tie(&|tie| name(tie.asserted_by.as_deref())),
            of_tie(&|tie| name(tie.contested_by.as_deref())),
        ]
    }
}

/// `Pakistan → Tehreek-e-Taliban Pakistan`: the names of both ends of a tie.
fn ends(map: &Map, index: &Index, tie: &Relation) -> String {
    let arrow = if tie.directed { "→" } else { "↔" };
    format!("{} {arrow} {}", index.name(map, &tie.from), index.name(map, &tie.to))
}

/// The name of a source; its id if the map does not have it.
fn source_name(map: &Map, index: &Index, id: &SourceId) -> String {
    let source = index.source(id).and_then(|at| map.sources.get(at));
    source.map_or(id.to_string(), |source| source.name().to_owned())
}

/// The indices of the rows whose cells contain the filter text of their column, ignoring case.
/// `sort` is a column and whether it is ascending. Numbers sort by value: P2 before P10.
#[must_use]
pub fn selected(
    rows: &[Row],
    filters: &[String; COUNT],
    sort: Option<(usize, bool)>,
) -> Vec<usize> {
    let wanted: Vec<String> = filters.iter().map(|filter| filter.trim().to_lowercase()).collect();
    let holds = |row: &Row| {
        row.cells
            .iter()
            .zip(&wanted)
            .all(|(cell, wanted)| wanted.is_empty() || cell.to_lowercase().contains(wanted))
    };
    let mut order: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| holds(row)).map(|(number, _)| number).collect();
    if let Some((column, is_up)) = sort {
        let key = |number: &usize| {
            rows.get(*number).and_then(|row| row.cells.get(column)).map(|cell| natural(cell))
        };
        order.sort_by_cached_key(key);
        if !is_up {
            order.reverse();
        }
    }
    order
}

/// The sort key of a cell: split at the first number, so that numbers sort by value.
fn natural(cell: &str) -> (String, u64, String) {
    let lower = cell.to_lowercase();
    let start = lower.find(|letter: char| letter.is_ascii_digit()).unwrap_or(lower.len());
    let (head, rest) = lower.split_at(start);
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, tail) = rest.split_at(end);
    (head.to_owned(), digits.parse().unwrap_or(0), tail.to_owned())
}

/// The rows at the indices `order` as CSV (RFC 4180), with a header line. A cell that a spreadsheet
/// would interpret as a formula gets a leading apostrophe.
///
/// # Errors
/// Writing to memory does not fail; the error type is that of the CSV writer.
pub fn csv(rows: &[Row], order: &[usize]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in order.iter().filter_map(|number| rows.get(*number)) {
        writer.write_record(row.cells.iter().map(|cell| escape_formula(cell)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell that no spreadsheet takes for a formula. Numbers stay numbers.
#[must_use]
pub fn escape_formula(cell: &str) -> String {
    let is_number = cell.parse::<f64>().is_ok();
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row with this first and second cell, paragraph and state.
    fn row(first: &str, second: &str, paragraph: &str, state: &str) -> Row {
        let mut cells: [String; COUNT] = Default::default();
        for (at, words) in [(0, first), (1, second), (6, paragraph), (7, state)] {
            words.clone_into(&mut cells[at]);
        }
        Row { about: About::Bare("r".into()), cells, needs_attention: false }
    }

    #[test]
    fn rows_are_filtered_and_sorted_by_any_column() {
        let rows = [
            row("Arland", "one", "P10", ""),
            row("Borland", "two", "P2", ""),
            row("Arland", "three", "T", ""),
        ];
        let none: [String; COUNT] = Default::default();
        assert_eq!(selected(&rows, &none, Some((6, true))), [1, 0, 2]);
        assert_eq!(selected(&rows, &none, Some((6, false))), [2, 0, 1]);
        let mut filters = none;
        filters[0] = " ARL".to_owned();
        assert_eq!(selected(&rows, &filters, None), [0, 2]);
    }

    #[test]
    fn the_csv_is_quoted_and_no_cell_is_a_formula() {
        let rows = [row("A", "", "", "“x”, \"y\"\nz"), row("=1+1", "", "", "")];
        let text = String::from_utf8(csv(&rows, &[1, 0]).expect("written")).expect("a text");
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let cells: Vec<String> =
            reader.records().flatten().map(|record| record[0].to_owned() + &record[7]).collect();
        assert_eq!(cells, ["'=1+1", "A“x”, \"y\"\nz"]);
    }
}
