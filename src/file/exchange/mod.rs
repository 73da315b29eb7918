//! Every graph format of other programs that a map can be written in, one row each.

mod fields;
mod gexf;
mod graphml;

use crate::model::Map;
use crate::model::words::counted;

/// A graph format that maps can be written in.
#[derive(Debug)]
pub struct ExchangeFormat {
    pub name: &'static str,
    /// File name extension without the dot.
    pub extension: &'static str,
    pub write: fn(&Map) -> String,
}

/// All of them.
pub static EXCHANGE: &[&ExchangeFormat] = &[&gexf::GEXF, &graphml::GRAPHML];

/// The format of a file name's extension.
#[must_use]
pub fn by_extension(extension: &str) -> Option<&'static ExchangeFormat> {
    EXCHANGE.iter().find(|format| format.extension.eq_ignore_ascii_case(extension)).copied()
}

/// What of a map these formats cannot carry, in words; empty if they carry all of it.
#[must_use]
pub fn lost(map: &Map) -> Vec<String> {
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
    if map.layout.values().any(|place| place.pinned) {
        lost.push("pins".to_owned());
    }
    lost
}
