//! Every format of other programs that a map can be written in, one row each: graphs and tables.

mod cx2;
mod fields;
mod gexf;
mod graphml;
mod kumu;
mod pajek;
mod tables;
mod workbook;

use crate::model::Map;
use crate::model::words::counted;

/// A format of another program that maps can be written in.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties")]
pub struct ExchangeFormat {
    pub name: &'static str,
    /// File name extension without the dot.
    pub extension: &'static str,
    /// What it is for, in a few words.
    pub hint: &'static str,
    /// True if it has the positions of actors.
    pub has_places: bool,
    /// True if it has the title of the map.
    pub has_title: bool,
    /// True if it has the excerpts with their sources.
    pub has_excerpts: bool,
    /// True if everything but what is told as lost comes back when the file is opened here.
    pub comes_back: bool,
    /// What else this format cannot carry.
    pub lost: fn(&Map) -> Vec<String>,
    pub write: fn(&Map) -> Vec<u8>,
}

/// The same row of the table.
impl PartialEq for ExchangeFormat {
    fn eq(&self, other: &Self) -> bool {
        self.extension == other.extension
    }
}

impl Eq for ExchangeFormat {}

impl ExchangeFormat {
    /// What most formats have in common.
    const USUAL: Self = Self {
        name: "",
        extension: "",
        hint: "",
        has_places: true,
        has_title: true,
        has_excerpts: false,
        comes_back: true,
        lost: |_| Vec::new(),
        write: |_| Vec::new(),
    };
}

/// All of them.
pub static EXCHANGE: &[&ExchangeFormat] = &[
    &workbook::XLSX,
    &gexf::GEXF,
    &graphml::GRAPHML,
    &kumu::KUMU,
    &cx2::CX2,
    &pajek::PAJEK,
    &tables::ACTORS,
    &tables::TIES,
    &tables::LINES,
    &tables::EXCERPTS,
];

/// The format of a file by its name: `map.gexf`, `map.kumu.json`, `map.ties.csv`. A table without a
/// further word is that of the ties.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static ExchangeFormat> {
    let name = name.to_lowercase();
    let has = |format: &&&ExchangeFormat| name.ends_with(&format!(".{}", format.extension));
    let is_table = std::path::Path::new(&name).extension().is_some_and(|ending| ending == "csv");
    let plain = || is_table.then_some(&tables::TIES);
    EXCHANGE.iter().find(has).copied().or_else(plain)
}

/// The parts of a map that a format cannot carry, in words; empty if there are none.
#[must_use]
pub fn lost(map: &Map, format: &ExchangeFormat) -> Vec<String> {
    let of_actors = map.actors.iter().map(|actor| actor.evidence.len());
    let of_ties = map.relations.iter().map(|tie| tie.evidence.len());
    let excerpts: usize = of_actors.chain(of_ties).sum();
    let carried = |count: usize| if format.has_excerpts { 0 } else { count };
    let counts = [
        (carried(excerpts), "excerpt"),
        (carried(map.sources.len()), "source"),
        (map.notes.len(), "note on the map"),
        (map.unassigned.len(), "waiting excerpt"),
    ];
    let mut lost: Vec<String> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| match (count, noun) {
            (1, _) => format!("1 {noun}"),
            (_, "note on the map") => format!("{count} notes on the map"),
            _ => counted(count, noun),
        })
        .collect();
    if map.view.is_some() {
        lost.push("the view".to_owned());
    }
    if !format.has_title && !map.meta.title.is_empty() {
        lost.push("the title".to_owned());
    }
    if !format.has_places && !map.layout.is_empty() {
        lost.push("positions".to_owned());
    } else if map.layout.values().any(|place| place.pinned) {
        lost.push("pins".to_owned());
    }
    lost.extend((format.lost)(map));
    lost
}
