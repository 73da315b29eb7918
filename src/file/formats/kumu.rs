//! Kumu: projects, backups and blueprints in JSON.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::values::taken;
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Maps of Kumu.
pub static KUMU: MapFormat =
    MapFormat { name: "Kumu projects", extensions: &["json"], recognises, read };

/// Our own maps have neither of these keys at the top.
fn recognises(start: &[u8]) -> bool {
    let start = text_of(start);
    start.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && !start.contains("\"relationship-map\"")
        && ["\"elements\"", "\"proxyImages\"", "\"attributeRelevance\"", "\"connections\""]
            .iter()
            .any(|key| start.contains(key))
}

#[derive(Deserialize)]
struct Project {
    #[serde(default)]
    name: Option<String>,
    elements: Vec<IndexMap<String, Value>>,
    #[serde(default)]
    connections: Vec<IndexMap<String, Value>>,
    #[serde(default)]
    maps: Vec<Layout>,
    #[serde(default, rename = "defaultMap")]
    default_map: Option<String>,
}

/// One of the maps of a project: where elements are.
#[derive(Deserialize)]
struct Layout {
    #[serde(default, rename = "_id")]
    id: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    elements: Vec<Placed>,
}

#[derive(Deserialize)]
struct Placed {
    #[serde(default)]
    element: Option<String>,
    #[serde(default)]
    position: Option<Position>,
}

#[derive(Deserialize)]
struct Position {
    x: f64,
    y: f64,
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let project: Project =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            refused(format!("this is not a Kumu project: {error}"), "elements and connections")
        })?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let mut draft = Draft { title: project.name.unwrap_or_default(), ..Draft::default() };
    let default = project.default_map;
    let mut maps = project.maps;
    maps.sort_by_key(|map| map.id != default || default.is_none());
    if maps.len() > 1 {
        let names: Vec<&str> = maps.iter().filter_map(|map| map.name.as_deref()).collect();
        let words = format!(
            "the project has {} maps; all are read into one, each with the places it has there: {}",
            maps.len(),
            names.join(", ")
        );
        draft.remark(words);
    }
    // An element of several maps is where the first of them has it.
    let mut places: IndexMap<String, (f64, f64)> = IndexMap::new();
    for placed in maps.into_iter().flat_map(|map| map.elements) {
        if let (Some(element), Some(at)) = (placed.element, placed.position) {
            places.entry(element).or_insert((at.x, at.y));
        }
    }
    let mut by_label: IndexMap<String, String> = IndexMap::new();
    for (number, element) in project.elements.into_iter().enumerate() {
        let mut more = flat(element);
        let label = taken(&mut more, &["label", "name"]);
        let id = taken(&mut more, &["_id", "id"]);
        let id = [id, label.trim().to_owned()].into_iter().find(|id| !id.trim().is_empty());
        let id = id.unwrap_or_else(|| format!("e{}", number + 1));
        by_label.entry(label.trim().to_owned()).or_insert_with(|| id.trim().to_owned());
        let node = Node {
            name: label,
            kind: taken(&mut more, &["element type", "type"]),
            note: taken(&mut more, &["description"]),
            at: places.get(id.as_str()).copied(),
            more,
            ..Node::default()
        };
        draft.add(&id, node);
    }
    for connection in project.connections {
        draft.edges.push(edge_of(connection, &draft.nodes, &by_label));
    }
    draft.into_opened("Kumu")
}

/// A connection. Its ends are ids or labels.
fn edge_of(
    connection: IndexMap<String, Value>,
    nodes: &IndexMap<String, Node>,
    by_label: &IndexMap<String, String>,
) -> Edge {
    let mut more = flat(connection);
    let mut end = |names: &[&str]| {
        let end = taken(&mut more, names).trim().to_owned();
        if nodes.contains_key(&end) { end } else { by_label.get(&end).cloned().unwrap_or(end) }
    };
    let (from, to) = (end(&["from"]), end(&["to"]));
    let direction = match taken(&mut more, &["direction"]).as_str() {
        "undirected" | "mutual" => Direction::None,
        _ => Direction::Forward,
    };
    let mut edge = Edge::new(from, to, direction);
    if more.get("reversed").and_then(Value::as_bool) == Some(true) {
        edge.direction = Direction::Backward;
    }
    for flag in ["reversed", "delayed"] {
        more.shift_remove(flag);
    }
    edge.id = taken(&mut more, &["_id", "id"]);
    edge.kind = taken(&mut more, &["connection type", "type", "label"]);
    edge.stance = taken(&mut more, &["stance", "sign"]);
    edge.note = taken(&mut more, &["description"]);
    edge.start = taken(&mut more, &["start date", "start"]);
    edge.end = taken(&mut more, &["end date", "end"]);
    edge.more = more;
    edge
}

/// The fields of an element with those in its `attributes`. Numbers of ids become text.
fn flat(mut fields: IndexMap<String, Value>) -> IndexMap<String, Value> {
    if let Some(Value::Object(attributes)) = fields.shift_remove("attributes") {
        for (name, value) in attributes {
            fields.entry(name).or_insert(value);
        }
    }
    for name in ["id", "_id", "from", "to", "label"] {
        if let Some(value) = fields.get_mut(name)
            && value.is_number()
        {
            *value = Value::from(value.to_string());
        }
    }
    fields
}
