//! CX2, the format of Cytoscape and `NDEx`. Attributes can have short names and defaults, which the
//! file declares.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::values::taken;
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Networks of Cytoscape.
pub static CX2: MapFormat =
    MapFormat { name: "Cytoscape networks (CX2)", extensions: &["cx2"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let start = text_of(start);
    start.trim_start().starts_with('[') && start.contains("\"CXVersion\"")
}

type Fields = IndexMap<String, Value>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Aspect {
    #[serde(rename = "attributeDeclarations")]
    declarations: Vec<IndexMap<String, IndexMap<String, Declared>>>,
    #[serde(rename = "networkAttributes")]
    network: Vec<Fields>,
    nodes: Vec<Item>,
    edges: Vec<Item>,
}

/// A declared attribute: its short name and its default.
#[derive(Deserialize)]
struct Declared {
    #[serde(default)]
    a: Option<String>,
    #[serde(default)]
    v: Option<Value>,
}

#[derive(Deserialize)]
struct Item {
    id: i64,
    #[serde(default)]
    s: Option<i64>,
    #[serde(default)]
    t: Option<i64>,
    #[serde(default)]
    x: Option<f64>,
    #[serde(default)]
    y: Option<f64>,
    #[serde(default)]
    v: Fields,
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let aspects: Vec<Aspect> = serde_json::from_str(&text).map_err(|error| {
        refused(format!("this is not a CX2 network: {error}"), "aspects with nodes and edges")
    })?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let mut draft = Draft::default();
    let declared = |of: &str| -> Vec<(&String, &Declared)> {
        let lists = aspects.iter().flat_map(|aspect| &aspect.declarations);
        lists.filter_map(|list| list.get(of)).flatten().collect()
    };
    let (of_nodes, of_edges) = (declared("nodes"), declared("edges"));
    for mut fields in aspects.iter().flat_map(|aspect| aspect.network.clone()) {
        draft.title = taken(&mut fields, &["name"]);
        draft.is_own = taken(&mut fields, &["creator"]) == "Allegiance";
    }
    let mut ids: IndexMap<i64, String> = IndexMap::new();
    for item in aspects.iter().flat_map(|aspect| &aspect.nodes) {
        let mut more = named(&item.v, &of_nodes);
        let id = taken(&mut more, &["id"]);
        let id = if id.is_empty() { item.id.to_string() } else { id };
        ids.insert(item.id, id.clone());
        let node = Node {
            name: taken(&mut more, &["name", "shared name"]),
            kind: taken(&mut more, &["kind", "type"]),
            note: taken(&mut more, &["note", "description"]),
            at: item.x.zip(item.y),
            more,
            ..Node::default()
        };
        draft.add(&id, node);
    }
    for item in aspects.iter().flat_map(|aspect| &aspect.edges) {
        let mut more = named(&item.v, &of_edges);
        let is_directed =
            more.shift_remove("directed").is_none_or(|value| value != Value::Bool(false));
        let direction = if is_directed { Direction::Forward } else { Direction::None };
        let end = |end: Option<i64>| {
            let id = end.map_or_else(String::new, |id| id.to_string());
            end.and_then(|end| ids.get(&end).cloned()).unwrap_or(id)
        };
        let mut edge = Edge::new(end(item.s), end(item.t), direction);
        let id = taken(&mut more, &["id"]);
        edge.id = if id.is_empty() { format!("e{}", item.id) } else { id };
        edge.start = taken(&mut more, &["start"]);
        edge.end = taken(&mut more, &["end"]);
        edge.weight = more.shift_remove("weight").and_then(|weight| weight.as_f64());
        edge.kind = taken(&mut more, &["interaction", "shared interaction", "kind"]);
        edge.stance = taken(&mut more, &["stance", "sign"]);
        edge.note = taken(&mut more, &["note", "description"]);
        edge.more = more;
        draft.edges.push(edge);
    }
    draft.into_opened("CX2")
}

/// The values under their full names, with the defaults of those that are missing.
fn named(values: &Fields, declared: &[(&String, &Declared)]) -> Fields {
    let full = |short: &String| {
        let known = declared.iter().find(|(_, about)| about.a.as_ref() == Some(short));
        known.map_or_else(|| short.clone(), |(name, _)| (*name).clone())
    };
    let mut named: Fields =
        values.iter().map(|(name, value)| (full(name), value.clone())).collect();
    for (name, about) in declared {
        if let Some(value) = &about.v {
            named.entry((*name).clone()).or_insert_with(|| value.clone());
        }
    }
    named
}
