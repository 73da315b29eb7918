//! Oligrapher maps of `LittleSis`, of both versions: with fields of their own, or under `display`.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::values::taken;
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Maps of Oligrapher.
pub static OLIGRAPHER: MapFormat =
    MapFormat { name: "Oligrapher maps", extensions: &["json"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let start = text_of(start);
    start.trim_start().starts_with('{')
        && !start.contains("\"relationship-map\"")
        && start.contains("\"nodes\"")
        && ["\"edgeIds\"", "\"node1_id\"", "\"display\""].iter().any(|key| start.contains(key))
}

type Fields = IndexMap<String, Value>;

#[derive(Deserialize)]
struct File {
    graph: Option<Graph>,
    #[serde(flatten)]
    own: Graph,
    #[serde(default)]
    attributes: Option<Fields>,
}

#[derive(Default, Deserialize)]
struct Graph {
    #[serde(default)]
    nodes: IndexMap<String, Fields>,
    #[serde(default)]
    edges: IndexMap<String, Fields>,
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let file: File = serde_json::from_str(&text).map_err(|error| {
        refused(format!("this is not an Oligrapher map: {error}"), "nodes and edges")
    })?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let mut attributes = file.attributes.unwrap_or_default();
    let graph = file.graph.unwrap_or(file.own);
    let mut draft = Draft { title: taken(&mut attributes, &["title"]), ..Draft::default() };
    for (id, fields) in graph.nodes {
        let mut more = flat(fields);
        let [x, y] = ["x", "y"].map(|axis| more.shift_remove(axis).and_then(|at| at.as_f64()));
        let node = Node {
            name: taken(&mut more, &["name"]),
            note: taken(&mut more, &["description"]),
            at: x.zip(y),
            more: kept(more, &["url", "image"]),
            ..Node::default()
        };
        draft.add(&id, node);
    }
    for (id, fields) in graph.edges {
        let mut more = flat(fields);
        let direction = match more.get("arrow").and_then(Value::as_str) {
            Some("1->2") => Direction::Forward,
            Some("2->1") => Direction::Backward,
            _ => Direction::None,
        };
        let mut end = |name: &str| match more.shift_remove(name) {
            Some(Value::String(id)) => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => String::new(),
        };
        let (from, to) = (end("node1_id"), end("node2_id"));
        let mut edge = Edge::new(from, to, direction);
        edge.id = id;
        edge.kind = taken(&mut more, &["label"]);
        edge.more = kept(more, &["url", "dash"]);
        draft.edges.push(edge);
    }
    draft.into_opened("Oligrapher")
}

/// The fields with those of the drawing, which the old version has apart.
fn flat(mut fields: Fields) -> Fields {
    if let Some(Value::Object(display)) = fields.shift_remove("display") {
        for (name, value) in display {
            fields.entry(name).or_insert(value);
        }
    }
    fields
}

/// What is not only about the drawing.
fn kept(mut fields: Fields, names: &[&str]) -> Fields {
    fields.retain(|name, value| names.contains(&name.as_str()) && *value != Value::Bool(false));
    fields
}
