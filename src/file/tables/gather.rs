//! Gathers events to dyads: one tie for each two actors and stance, with the number of events, the
//! time from the first to the last, and the words of a few of them.

use std::collections::HashMap;

use csv::StringRecord;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::columns::Columns;
use super::role::Role;
use super::tie::Tie;
use super::value::{Dated, whole};
use crate::file::formats::draft::{Direction, Edge};
use crate::file::formats::draft_sources::Said;
use crate::model::PartialDate;

/// How many events of a dyad are kept with their words.
const WORDS_KEPT: usize = 5;
/// Most letters of the words of an event.
const LETTERS: usize = 600;

/// Numbers of texts, so that each is kept once.
#[derive(Default)]
struct Texts {
    numbers: HashMap<String, u32, foldhash::fast::RandomState>,
    texts: Vec<String>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn get(&self, number: u32) -> &str {
        self.texts.get(number as usize).map_or("", String::as_str)
    }
}

/// Events, as they come.
pub(super) struct Gather<'a> {
    columns: &'a Columns<'a>,
    /// True if A against B is told apart from B against A.
    is_ordered: bool,
    actors: Texts,
    /// The names of actors that are known by ids, by their numbers.
    names: FxHashMap<u32, String>,
    kinds: Texts,
    dates: HashMap<String, Option<PartialDate>, foldhash::fast::RandomState>,
    /// By first actor, second actor and stance.
    dyads: FxHashMap<(u32, u32, &'static str), Dyad>,
}

/// The events of two actors and one stance.
#[derive(Default)]
struct Dyad {
    count: u64,
    /// The sum of the strength column, such as deaths.
    sum: f64,
    first: Option<PartialDate>,
    last: Option<PartialDate>,
    kinds: Vec<(u32, u64)>,
    /// The events that are kept, with what they are ranked by.
    kept: Vec<Kept>,
}

struct Kept {
    /// The strength of the event, then its date: the later, the better.
    rank: (f64, Option<PartialDate>),
    said: Said,
}

impl<'a> Gather<'a> {
    pub fn new(columns: &'a Columns<'a>, is_ordered: bool) -> Self {
        Self {
            columns,
            is_ordered,
            actors: Texts::default(),
            names: FxHashMap::default(),
            kinds: Texts::default(),
            dates: HashMap::default(),
            dyads: FxHashMap::default(),
        }
    }

    /// Adds the event of a row.
    pub fn add(&mut self, row: &StringRecord, tie: &Tie<'_>) {
        let (mut from, mut to) = (self.actors.number(tie.from), self.actors.number(tie.to));
        for (actor, name) in [from, to].into_iter().zip(tie.names) {
            if !name.is_empty() {
                self.names.entry(actor).or_insert_with(|| name.to_owned());
            }
        }
        if !self.is_ordered && from > to {
            std::mem::swap(&mut from, &mut to);
        }
        let day = self.date(row, Role::Start);
        let last = self.date(row, Role::End).or(day);
        let kind = self.columns.text(row, Role::Kind);
        for (stance, count, counted) in stances(tie) {
            let kind = if kind.is_empty() { counted } else { kind };
            let kind = (!kind.is_empty()).then(|| self.kinds.number(kind));
            let dyad = self.dyads.entry((from, to, stance)).or_default();
            dyad.count += count;
            dyad.sum += tie.strength.unwrap_or(0.0);
            dyad.first = earlier(dyad.first, day);
            dyad.last = later(dyad.last, last);
            if let Some(kind) = kind {
                match dyad.kinds.iter_mut().find(|(other, _)| *other == kind) {
                    Some((_, count)) => *count += 1,
                    None => dyad.kinds.push((kind, 1)),
                }
            }
            let rank = (tie.strength.or(tie.size).unwrap_or(0.0), day);
            dyad.keep(rank, || said(row, self.columns, day, tie.strength));
        }
    }

    /// Ids of actors with their names.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(actor, name)| (self.actors.get(*actor), name.as_str()))
    }

    /// The date in a column. The same dates come again and again.
    fn date(&mut self, row: &StringRecord, role: Role) -> Option<PartialDate> {
        let text = self.columns.text(row, role);
        if text.is_empty() {
            return None;
        }
        if let Some(date) = self.dates.get(text) {
            return *date;
        }
        let found = match self.columns.date(row, role) {
            Dated::At(date) => Some(date),
            Dated::Open | Dated::Unknown => None,
        };
        self.dates.insert(text.to_owned(), found);
        found
    }

    /// One tie for each dyad and stance, the ones with most events first.
    pub fn into_edges(self, actor: impl Fn(&str) -> String) -> Vec<Edge> {
        let Self { columns, is_ordered, actors, kinds, dyads, .. } = self;
        let mut dyads: Vec<((u32, u32, &'static str), Dyad)> = dyads.into_iter().collect();
        dyads.sort_by_key(|(key, dyad)| (std::cmp::Reverse(dyad.count), *key));
        let sums = columns.first(Role::Strength).map(|column| columns.name(column));
        let ranks_by_sum = sums.is_some() && dyads.iter().any(|(_, dyad)| dyad.sum > 0.0);
        let direction = if is_ordered { Direction::Forward } else { Direction::None };
        let edge = |((from, to, stance), mut dyad): ((u32, u32, &'static str), Dyad)| {
            let [from, to] = [from, to].map(|end| actor(actors.get(end)));
            let mut edge = Edge::new(from, to, direction);
            stance.clone_into(&mut edge.stance);
            // Halves keep the ranks from being taken for strengths.
            edge.rank = Some(if ranks_by_sum { dyad.sum } else { count(dyad.count) } + 0.5);
            dyad.kinds.sort_by_key(|(kind, count)| (std::cmp::Reverse(*count), *kind));
            if let Some((kind, _)) = dyad.kinds.first() {
                kinds.get(*kind).clone_into(&mut edge.kind);
            }
            let text =
                |date: Option<PartialDate>| date.map_or(String::new(), |date| date.to_string());
            edge.start = text(dyad.first);
            edge.end = text(dyad.last);
            edge.more.insert("events".to_owned(), Value::from(dyad.count));
            if let Some(name) = sums.filter(|_| dyad.sum != 0.0) {
                edge.more.insert(name.to_owned(), whole(dyad.sum));
            }
            dyad.kept.sort_by_key(|kept| kept.said.date);
            edge.said = dyad.kept.into_iter().map(|kept| kept.said).collect();
            edge
        };
        dyads.into_iter().map(edge).collect()
    }
}

/// The stances of a row with the number of events of each, and what they are called.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts")]
fn stances<'a>(tie: &Tie<'a>) -> impl Iterator<Item = (&'static str, u64, &'a str)> + use<'a> {
    let count = |count: Option<f64>| count.map_or(0, |count| count.round() as u64);
    let [friendly, hostile] = tie.counted;
    let all = match tie.counts {
        (None, None) => [(tie.stance, 1, ""), ("", 0, "")],
        (Some(_) | None, _) => [
            ("cooperative", count(tie.counts.0), friendly),
            ("hostile", count(tie.counts.1), hostile),
        ],
    };
    all.into_iter().filter(|(_, count, _)| *count > 0)
}

#[expect(clippy::cast_precision_loss, reason = "ranks")]
fn count(count: u64) -> f64 {
    count as f64
}

impl Dyad {
    /// Keeps an event if it ranks among the first.
    fn keep(&mut self, rank: (f64, Option<PartialDate>), said: impl FnOnce() -> Option<Said>) {
        if self.kept.len() < WORDS_KEPT {
            self.kept.extend(said().map(|said| Kept { rank, said }));
            return;
        }
        let least = self.kept.iter_mut().min_by(|one, other| before(one.rank, other.rank));
        if let Some(least) = least.filter(|least| before(least.rank, rank).is_lt())
            && let Some(said) = said()
        {
            *least = Kept { rank, said };
        }
    }
}

fn before(
    one: (f64, Option<PartialDate>),
    other: (f64, Option<PartialDate>),
) -> std::cmp::Ordering {
    one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
}

fn earlier(one: Option<PartialDate>, other: Option<PartialDate>) -> Option<PartialDate> {
    one.into_iter().chain(other).min_by_key(|date| date.first_day())
}

fn later(one: Option<PartialDate>, other: Option<PartialDate>) -> Option<PartialDate> {
    one.into_iter().chain(other).max_by_key(|date| date.first_day())
}

/// The words of an event; `None` if the row has none.
fn said(
    row: &StringRecord,
    columns: &Columns<'_>,
    date: Option<PartialDate>,
    strength: Option<f64>,
) -> Option<Said> {
    let words = columns.texts(row, Role::Excerpt).join(" ");
    let words = if words.is_empty() { columns.texts(row, Role::Note).join(" ") } else { words };
    let source = columns.texts(row, Role::Source).join("; ");
    if words.is_empty() && source.is_empty() {
        return None;
    }
    // The data has a source, but not its words.
    let is_quoted = !words.is_empty();
    let words = if is_quoted { words } else { format!("[{}]", columns.text(row, Role::Kind)) };
    let mut note: Vec<String> = date.map(PartialDate::long_words).into_iter().collect();
    if let (Some(column), Some(strength)) = (columns.first(Role::Strength), strength)
        && strength > 0.0
    {
        note.push(format!("{} {strength}", columns.name(column)));
    }
    if !is_quoted {
        note.push("the data has no words of the source".to_owned());
    }
    let paragraph = [Role::Paragraph, Role::Id].map(|role| columns.text(row, role));
    let paragraph = paragraph.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    Some(Said {
        words: crate::model::words::cut_to(&words, LETTERS),
        source,
        address: String::new(),
        paragraph: paragraph.to_owned(),
        speaker: String::new(),
        note: note.join("; "),
        date,
    })
}
