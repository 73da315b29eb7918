//! The actors, ties, lines and excerpts of a map as tables, with the names of columns that Gephi
//! reads. Columns that would be empty are left out.

use std::collections::BTreeMap;

use csv::WriterBuilder;

use super::ExchangeFormat;
use super::fields::{OF_ACTORS, OF_TIES, kept, kept_value, of_actor, of_tie};
use crate::evidence::table::escape_formula;
use crate::model::{Actor, ActorId, Evidence, Map, Relation, Source, Stance};

/// A table: names of columns and rows of texts, all of the same length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub names: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// A table with one row for each actor.
pub(super) static ACTORS: ExchangeFormat = ExchangeFormat {
    name: "Table of actors (CSV)",
    extension: "actors.csv",
    hint: "A row for each actor, as Gephi reads nodes",
    has_title: false,
    comes_back: false,
    lost: |map| some(map.relations.len(), "ties"),
    write: |map| csv(&actors(map, ["Id", "Label", "kind"])),
    ..ExchangeFormat::USUAL
};

/// A table with one row for each tie.
pub(super) static TIES: ExchangeFormat = ExchangeFormat {
    name: "Table of ties (CSV)",
    extension: "ties.csv",
    hint: "A row for each tie, as Gephi reads edges",
    has_title: false,
    has_places: false,
    comes_back: false,
    lost: |map| some(map.actors.len(), "names and kinds of actors"),
    write: |map| csv(&ties(map, &OF_EDGES, ToString::to_string)),
    ..ExchangeFormat::USUAL
};

/// A table with one row for each two actors and stance, as the map shows them.
pub(super) static LINES: ExchangeFormat = ExchangeFormat {
    name: "Table of lines (CSV)",
    extension: "lines.csv",
    hint: "A row for each two actors and stance, with the number of ties",
    has_title: false,
    has_places: false,
    comes_back: false,
    lost: |map| some(map.relations.len(), "the ties one by one"),
    write: |map| csv(&lines(map)),
    ..ExchangeFormat::USUAL
};

/// A table with one row for each excerpt.
pub(super) static EXCERPTS: ExchangeFormat = ExchangeFormat {
    name: "Table of excerpts (CSV)",
    extension: "excerpts.csv",
    hint: "A row for each excerpt, with what it supports, source, paragraph and speaker",
    has_title: false,
    has_places: false,
    has_excerpts: true,
    comes_back: false,
    lost: |map| {
        let bare = map.relations.iter().filter(|tie| tie.evidence.is_empty()).count();
        some(bare, "ties without an excerpt")
    },
    write: |map| csv(&excerpts(map)),
};

/// The names for a tie's ends, direction, kind and id that Gephi has, and those of Kumu.
pub(super) const OF_EDGES: [&str; 5] = ["Source", "Target", "Type", "kind", "Id"];
pub(super) const OF_CONNECTIONS: [&str; 5] = ["From", "To", "Direction", "Type", "ID"];

/// These words, if there is something that they are about.
fn some(count: usize, words: &str) -> Vec<String> {
    if count == 0 { Vec::new() } else { vec![words.to_owned()] }
}

/// The actors; `names` are those of id, name and kind.
pub(super) fn actors(map: &Map, names: [&str; 3]) -> Table {
    let [id, name, kind] = names;
    let more = kept(map.actors.iter().map(|actor| &actor.extra));
    let mut table = Table::default();
    table.names.extend([id, name, kind].map(str::to_owned));
    table.names.extend(OF_ACTORS[1..].iter().map(ToString::to_string));
    table.names.extend(["X", "Y"].map(str::to_owned));
    table.names.extend(more.iter().cloned());
    for actor in &map.actors {
        let mut row = vec![actor.id.to_string(), actor.name.clone()];
        row.extend(of_actor(actor));
        let place = map.layout.get(&actor.id);
        row.extend([place.map(|at| at.x), place.map(|at| at.y)].map(number));
        row.extend(more.iter().map(|name| kept_value(&actor.extra, name)));
        table.rows.push(row);
    }
    table.without_empty(2)
}

/// The ties; `names` are those of their ends, direction, kind and id, and `end` names an actor.
pub(super) fn ties(map: &Map, names: &[&str; 5], end: impl Fn(&ActorId) -> String) -> Table {
    let [from, to, direction, kind, id] = *names;
    let more = kept(map.relations.iter().map(|tie| &tie.extra));
    let mut table = Table::default();
    table.names.extend([from, to, direction, id].map(str::to_owned));
    let fields = OF_TIES.iter().map(|name| if *name == "kind" { kind } else { name });
    table.names.extend(fields.map(str::to_owned));
    table.names.extend(["start", "end"].map(str::to_owned));
    table.names.extend(more.iter().cloned());
    for tie in &map.relations {
        let direction = if tie.directed { "Directed" } else { "Undirected" };
        let mut row = vec![end(&tie.from), end(&tie.to), direction.to_owned(), tie.id.to_string()];
        row.extend(of_tie(tie));
        row.extend(dates(tie));
        row.extend(more.iter().map(|name| kept_value(&tie.extra, name)));
        table.rows.push(row);
    }
    table.without_empty(4)
}

fn dates(tie: &Relation) -> [String; 2] {
    [tie.start, tie.end].map(|date| date.map_or(String::new(), |date| date.to_string()))
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

/// What a line gathers.
#[derive(Default)]
struct Line {
    ties: usize,
    excerpts: usize,
    strength: u8,
    /// Whether ties go from the first to the second, and back.
    ways: [bool; 2],
}

/// Two actors and a stance in each row.
pub(super) fn lines(map: &Map) -> Table {
    let mut lines: BTreeMap<(ActorId, ActorId, Stance), Line> = BTreeMap::new();
    for tie in &map.relations {
        let is_turned = tie.from > tie.to;
        let (one, other) = if is_turned { (&tie.to, &tie.from) } else { (&tie.from, &tie.to) };
        let line = lines.entry((one.clone(), other.clone(), tie.stance)).or_default();
        line.ties += 1;
        line.excerpts += tie.evidence.len();
        line.strength = line.strength.max(tie.strength.value());
        line.ways[usize::from(is_turned)] |= tie.directed;
    }
    let names = names(map);
    let mut table = Table::default();
    let columns = ["Source", "Target", "Type", "stance", "Weight", "ties", "excerpts"];
    table.names.extend(columns.map(str::to_owned));
    for ((one, other, stance), line) in lines {
        let (from, to) = if line.ways == [false, true] { (other, one) } else { (one, other) };
        let is_directed = line.ways[0] != line.ways[1];
        let name = |id: &ActorId| names.get(id).copied().unwrap_or(id.as_str()).to_owned();
        table.rows.push(vec![
            name(&from),
            name(&to),
            if is_directed { "Directed" } else { "Undirected" }.to_owned(),
            stance.key().to_owned(),
            line.strength.to_string(),
            line.ties.to_string(),
            line.excerpts.to_string(),
        ]);
    }
    table
}

fn names(map: &Map) -> BTreeMap<&ActorId, &str> {
    map.actors.iter().map(|actor| (&actor.id, actor.name.as_str())).collect()
}

/// The excerpts of actors and ties.
pub(super) fn excerpts(map: &Map) -> Table {
    let names = names(map);
    let sources: BTreeMap<_, &Source> =
        map.sources.iter().map(|source| (&source.id, source)).collect();
    let name = |id: &ActorId| names.get(id).copied().unwrap_or(id.as_str()).to_owned();
    let mut table = Table::default();
    let columns = [
        "From",
        "To",
        "Type",
        "Stance",
        "kind",
        "status",
        "Excerpt",
        "Citation",
        "Author",
        "Date",
        "URL",
        "Paragraph",
        "Speaker",
        "note",
        "Tie",
    ];
    table.names.extend(columns.map(str::to_owned));
    let mut add = |ends: [String; 6], excerpt: &Evidence, speaker: Option<&ActorId>, tie: &str| {
        let source = sources.get(&excerpt.source);
        let of_source = |text: fn(&Source) -> String| source.map_or(String::new(), |one| text(one));
        let mut row: Vec<String> = ends.into();
        row.extend([
            excerpt.excerpt.to_string(),
            of_source(|source| source.name().to_owned()),
            of_source(|source| source.author.clone()),
            of_source(|source| source.date.map_or(String::new(), |date| date.to_string())),
            of_source(|source| source.url.clone().unwrap_or_default()),
            excerpt.paragraph.as_deref().unwrap_or_default().to_owned(),
            speaker.map_or(String::new(), name),
            excerpt.note.to_string(),
            tie.to_owned(),
        ]);
        table.rows.push(row);
    };
    for actor in &map.actors {
        for excerpt in &actor.evidence {
            let none = String::new;
            let ends = [actor.name.clone(), none(), none(), none(), kind(actor), none()];
            add(ends, excerpt, excerpt.speaker.as_deref(), "");
        }
    }
    for tie in &map.relations {
        let fields = of_tie(tie);
        for excerpt in &tie.evidence {
            let [stance, kind, _, status, ..] = fields.clone();
            let way = if tie.directed { "Directed" } else { "Undirected" }.to_owned();
            let ends = [name(&tie.from), name(&tie.to), way, stance, kind, status];
            add(ends, excerpt, tie.speaker(excerpt), tie.id.as_str());
        }
    }
    table.without_empty(7)
}

fn kind(actor: &Actor) -> String {
    actor.kind.key().to_owned()
}

impl Table {
    /// Leaves out columns after the first `fixed` that are empty in all rows.
    fn without_empty(mut self, fixed: usize) -> Self {
        let is_used: Vec<bool> = (0..self.names.len())
            .map(|column| {
                let is_filled =
                    |row: &Vec<String>| row.get(column).is_some_and(|text| !text.is_empty());
                column < fixed || self.rows.iter().any(is_filled)
            })
            .collect();
        let keep = |row: &mut Vec<String>| {
            let mut column = 0;
            row.retain(|_| {
                column += 1;
                is_used.get(column - 1) == Some(&true)
            });
        };
        keep(&mut self.names);
        self.rows.iter_mut().for_each(keep);
        self
    }
}

/// A table as CSV, with a byte order mark, so that Excel reads it as UTF-8.
fn csv(table: &Table) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(&table.names);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(|cell| escape_formula(cell)));
    }
    writer.into_inner().unwrap_or_default()
}
