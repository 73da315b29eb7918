//! VNA, the format of `NetDraw`: sections with a line of names and lines of values.

use indexmap::IndexMap;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node};
use super::pajek::words_of;
use super::values::taken;
use super::xml::{number, text_of};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Networks of `NetDraw`.
pub static VNA: MapFormat =
    MapFormat { name: "NetDraw networks (VNA)", extensions: &["vna"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let start = text_of(start).trim_start().to_ascii_lowercase();
    ["*node data", "*node properties", "*tie data"].iter().any(|name| start.starts_with(name))
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    progress.check().map_err(|_| OpenError::cancelled())?;
    let mut nodes: IndexMap<String, Node> = IndexMap::new();
    let mut draft = Draft { is_upwards: true, ..Draft::default() };
    let (mut section, mut names) = (String::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('*') {
            section = line.to_ascii_lowercase();
            names.clear();
        } else if names.is_empty() {
            names = words_of(&line.replace(',', " "));
        } else {
            let values = words_of(&line.replace(',', " "));
            let fields = names.iter().cloned().zip(values.into_iter().map(Value::from));
            let more: IndexMap<String, Value> = fields.collect();
            match section.as_str() {
                "*node data" | "*node properties" => node(more, &mut nodes),
                "*tie data" => draft.edges.push(edge(more)),
                _ => {}
            }
        }
    }
    for (id, node) in nodes {
        draft.add(&id, node);
    }
    draft.into_opened("VNA")
}

/// Both sections about nodes tell of the same ones.
fn node(mut more: IndexMap<String, Value>, nodes: &mut IndexMap<String, Node>) {
    let node = nodes.entry(taken(&mut more, &["id"])).or_default();
    let name = taken(&mut more, &["shortlabel", "label", "name"]);
    if !name.is_empty() {
        node.name = name;
    }
    let [x, y] = ["x", "y"].map(|axis| number(&taken(&mut more, &[axis])));
    node.at = x.zip(y).or(node.at);
    for about_the_drawing in ["size", "color", "shape", "labelsize", "labelcolor", "active"] {
        more.shift_remove(about_the_drawing);
    }
    node.more.extend(more);
}

fn edge(mut more: IndexMap<String, Value>) -> Edge {
    let (from, to) = (taken(&mut more, &["from"]), taken(&mut more, &["to"]));
    let is_undirected = more.values().any(|value| value.as_str() == Some("undirected-edges"));
    let direction = if is_undirected { Direction::None } else { Direction::Forward };
    let mut edge = Edge::new(from, to, direction);
    edge.weight = number(&taken(&mut more, &["strength", "weight"]));
    edge.kind = taken(&mut more, &["kind", "relation"]);
    edge.more = more;
    edge
}
