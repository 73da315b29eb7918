//! Every graph format of other programs that a map can be written in, one row each.

mod cx2;
mod fields;
mod gexf;
mod graphml;
mod kumu;

use crate::model::Map;
use crate::model::words::counted;

/// A graph format that maps can be written in.
#[derive(Debug)]
pub struct ExchangeFormat {
    pub name: &'static str,
    /// File name extension without the dot.
    pub extension: &'static str,
    /// True if it has the places of actors.
    pub has_places: bool,
    pub write: fn(&Map) -> String,
}

/// All of them.
pub static EXCHANGE: &[&ExchangeFormat] = &[&gexf::GEXF, &graphml::GRAPHML, &cx2::CX2, &kumu::KUMU];

/// The format of a file by its name: `map.gexf`, `map.kumu.json`.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static ExchangeFormat> {
    let name = name.to_lowercase();
    let has = |format: &&&ExchangeFormat| name.ends_with(&format!(".{}", format.extension));
    EXCHANGE.iter().find(has).copied()
}

/// The parts of a map that a format cannot carry, in words; empty if there are none.
#[must_use]
pub fn lost(map: &Map, format: &ExchangeFormat) -> Vec<String> {
    let of_actors = map.actors.iter().map(|actor| actor.evidence.len());
    let of_ties = map.relations.iter().map(|tie| tie.evidence.len());
    let excerpts: usize = of_actors.chain(of_ties).sum();
    let counts = [
        (excerpts, "excerpt"),
        (map.sources.len(), "source"),
        (map.notes.len(), "note on the map"),
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
    if !format.has_places && !map.layout.is_empty() {
        lost.push("places".to_owned());
    } else if map.layout.values().any(|place| place.pinned) {
        lost.push("pins".to_owned());
    }
    lost
}
