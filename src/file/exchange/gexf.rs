//! GEXF 1.3, for Gephi.

use std::fmt::Write as _;

use super::ExchangeFormat;
use super::fields::{CREATOR, OF_ACTORS, OF_TIES, kept, kept_value, of_actor, of_tie, xml};
use crate::model::Map;

/// Number of letters of a date with a day.
const WHOLE_DATE: usize = 10;

/// Graphs for Gephi.
pub(super) static GEXF: ExchangeFormat = ExchangeFormat {
    name: "GEXF 1.3",
    extension: "gexf",
    hint: "Graphs for Gephi",
    write: |map| write(map).into_bytes(),
    ..ExchangeFormat::USUAL
};

fn write(map: &Map) -> String {
    let of_actors: Vec<String> = OF_ACTORS
        .iter()
        .map(ToString::to_string)
        .chain(kept(map.actors.iter().map(|actor| &actor.extra)))
        .collect();
    let of_ties: Vec<String> = OF_TIES
        .iter()
        .chain(&["start", "end"])
        .map(ToString::to_string)
        .chain(kept(map.relations.iter().map(|tie| &tie.extra)))
        .collect();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n",
    );
    let title = xml(&map.meta.title);
    let _ = write!(
        out,
        "  <meta>\n    <creator>{CREATOR}</creator>\n    <description>{title}</description>\n  \
         </meta>\n  <graph defaultedgetype=\"directed\" mode=\"static\" \
         timeformat=\"date\">\n"
    );
    declare(&mut out, "node", &of_actors);
    declare(&mut out, "edge", &of_ties);
    out.push_str("    <nodes>\n");
    for actor in &map.actors {
        let (id, name) = (xml(actor.id.as_str()), xml(&actor.name));
        let _ = writeln!(out, "      <node id=\"{id}\" label=\"{name}\">");
        let known = of_actor(actor).into_iter();
        let more = of_actors[OF_ACTORS.len()..].iter().map(|name| kept_value(&actor.extra, name));
        values(&mut out, known.chain(more));
        if let Some(place) = map.layout.get(&actor.id) {
            // Gephi's y grows upwards.
            let _ = writeln!(out, "        <viz:position x=\"{}\" y=\"{}\"/>", place.x, -place.y);
        }
        out.push_str("      </node>\n");
    }
    out.push_str("    </nodes>\n    <edges>\n");
    for tie in &map.relations {
        let [id, from, to] = [tie.id.as_str(), tie.from.as_str(), tie.to.as_str()].map(xml);
        let direction = if tie.directed { "directed" } else { "undirected" };
        let _ = write!(
            out,
            "      <edge id=\"{id}\" source=\"{from}\" target=\"{to}\" type=\"{direction}\" \
             weight=\"{}\"",
            tie.strength.value()
        );
        let dates =
            [tie.start, tie.end].map(|date| date.map_or(String::new(), |date| date.to_string()));
        // Only whole dates are dates for Gephi.
        for (name, date) in ["start", "end"].iter().zip(&dates) {
            if date.len() == WHOLE_DATE {
                let _ = write!(out, " {name}=\"{date}\"");
            }
        }
        out.push_str(">\n");
        let known = of_tie(tie).into_iter().chain(dates);
        let more = of_ties[OF_TIES.len() + 2..].iter().map(|name| kept_value(&tie.extra, name));
        values(&mut out, known.chain(more));
        out.push_str("      </edge>\n");
    }
    out.push_str("    </edges>\n  </graph>\n</gexf>\n");
    out
}

fn declare(out: &mut String, class: &str, names: &[String]) {
    let _ = writeln!(out, "    <attributes class=\"{class}\">");
    for (number, name) in names.iter().enumerate() {
        let name = xml(name);
        let _ =
            writeln!(out, "      <attribute id=\"{number}\" title=\"{name}\" type=\"string\"/>");
    }
    out.push_str("    </attributes>\n");
}

fn values(out: &mut String, values: impl Iterator<Item = String>) {
    out.push_str("        <attvalues>\n");
    for (number, value) in values.enumerate().filter(|(_, value)| !value.is_empty()) {
        let value = xml(&value);
        let _ = writeln!(out, "          <attvalue for=\"{number}\" value=\"{value}\"/>");
    }
    out.push_str("        </attvalues>\n");
}
