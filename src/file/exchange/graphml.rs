//! `GraphML`, for yEd, Cytoscape, networkx and igraph.

use std::fmt::Write as _;

use super::ExchangeFormat;
use super::fields::{CREATOR, OF_ACTORS, OF_TIES, kept, kept_value, of_actor, of_tie, xml};
use crate::model::Map;

/// Graphs for yEd, Cytoscape and others.
pub(super) static GRAPHML: ExchangeFormat = ExchangeFormat {
    name: "GraphML",
    extension: "graphml",
    hint: "Graphs for yEd, Cytoscape, igraph and networkx",
    write: |map| write(map).into_bytes(),
    ..ExchangeFormat::USUAL
};

fn write(map: &Map) -> String {
    let names = |first: &[&str], more: Vec<String>| -> Vec<String> {
        first.iter().map(ToString::to_string).chain(more).collect()
    };
    let of_actors = names(
        &[&["label", "x", "y"], OF_ACTORS.as_slice()].concat(),
        kept(map.actors.iter().map(|actor| &actor.extra)),
    );
    let of_ties = names(
        &[&["weight", "start", "end", "directed"], OF_TIES.as_slice()].concat(),
        kept(map.relations.iter().map(|tie| &tie.extra)),
    );
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (of, letter, names) in [
        ("graph", 'g', &vec!["title".to_owned(), "creator".to_owned()]),
        ("node", 'n', &of_actors),
        ("edge", 'e', &of_ties),
    ] {
        for (number, name) in names.iter().enumerate() {
            let kind = if ["x", "y", "weight"].contains(&name.as_str()) && number < 3 {
                "double"
            } else {
                "string"
            };
            let name = xml(name);
            let _ = writeln!(
                out,
                "  <key id=\"{letter}{number}\" for=\"{of}\" attr.name=\"{name}\" \
                 attr.type=\"{kind}\"/>"
            );
        }
    }
    let is_directed = map.relations.is_empty() || map.relations.iter().any(|tie| tie.directed);
    let usual = if is_directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "  <graph edgedefault=\"{usual}\">");
    data(&mut out, 'g', [map.meta.title.clone(), CREATOR.to_owned()].into_iter());
    for actor in &map.actors {
        let _ = writeln!(out, "    <node id=\"{}\">", xml(actor.id.as_str()));
        let place = map.layout.get(&actor.id);
        let [x, y] = [place.map(|at| at.x), place.map(|at| at.y)]
            .map(|at| at.map_or(String::new(), |at| at.to_string()));
        let own = [actor.name.clone(), x, y].into_iter().chain(of_actor(actor));
        let more = of_actors[3 + OF_ACTORS.len()..].iter();
        data(&mut out, 'n', own.chain(more.map(|name| kept_value(&actor.extra, name))));
        out.push_str("    </node>\n");
    }
    for tie in &map.relations {
        let [id, from, to] = [tie.id.as_str(), tie.from.as_str(), tie.to.as_str()].map(xml);
        let _ = writeln!(out, "    <edge id=\"{id}\" source=\"{from}\" target=\"{to}\">");
        let dates =
            [tie.start, tie.end].map(|date| date.map_or(String::new(), |date| date.to_string()));
        // An attribute of its own, because some programs refuse graphs with both kinds of edges.
        let differs = tie.directed != is_directed;
        let direction = if differs { tie.directed.to_string() } else { String::new() };
        let own = std::iter::once(tie.strength.value().to_string()).chain(dates);
        let own = own.chain([direction]).chain(of_tie(tie));
        let more = of_ties[4 + OF_TIES.len()..].iter();
        data(&mut out, 'e', own.chain(more.map(|name| kept_value(&tie.extra, name))));
        out.push_str("    </edge>\n");
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn data(out: &mut String, letter: char, values: impl Iterator<Item = String>) {
    for (number, value) in values.enumerate().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "      <data key=\"{letter}{number}\">{}</data>", xml(&value));
    }
}
