//! `GraphML`, the format of yEd, Cytoscape, networkx and igraph. Groups of yEd are wholes.

use indexmap::IndexMap;
use roxmltree::Node as Element;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::values::taken;
use super::xml::{attribute, child, children, number, parsed, text_in, text_of};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Graphs of yEd, Cytoscape and others.
pub static GRAPHML: MapFormat =
    MapFormat { name: "Graphs (GraphML)", extensions: &["graphml", "xml"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    text_of(start).contains("<graphml")
}

/// A declared attribute: its name, what it is for, and its default.
struct Key<'a> {
    name: &'a str,
    of: &'a str,
    default: Option<String>,
}

type Keys<'a> = Vec<(&'a str, Key<'a>)>;

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let document = parsed(&text)?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let root = document.root_element();
    let default = |element| child(element, "default").map(text_in);
    let keys: Keys<'_> = children(root, "key")
        .map(|element| {
            let id = attribute(element, "id");
            let name = Some(attribute(element, "attr.name")).filter(|name| !name.is_empty());
            let key = Key {
                name: name.unwrap_or(id),
                of: attribute(element, "for"),
                default: default(element).filter(|text| !text.is_empty()),
            };
            (id, key)
        })
        .collect();
    let Some(graph) = child(root, "graph") else {
        return Err(refused("this GraphML file has no graph", "a <graph> with nodes and edges"));
    };
    let title = taken(&mut values(graph, "graph", &keys), &["title", "name", "label"]);
    let is_own = taken(&mut values(graph, "graph", &keys), &["creator"]) == "Allegiance";
    let mut draft = Draft { title, is_own, ..Draft::default() };
    graph_in(graph, None, &keys, &mut draft);
    draft.into_opened("GraphML")
}

/// Reads a graph, and the graphs inside of its nodes.
fn graph_in(graph: Element<'_, '_>, inside: Option<&str>, keys: &Keys<'_>, draft: &mut Draft) {
    for element in children(graph, "node") {
        let id = attribute(element, "id").trim();
        let mut more = values(element, "node", keys);
        let mut node = Node {
            name: taken(&mut more, &["label", "name", "d_label", "shared name"]),
            kind: taken(&mut more, &["kind", "type"]),
            note: taken(&mut more, &["note", "notes", "description"]),
            inside: inside.map(str::to_owned),
            ..Node::default()
        };
        let [x, y] = ["x", "y"].map(|axis| number(&taken(&mut more, &[axis])));
        node.at = x.zip(y);
        node.more = more;
        drawn(element, &mut node);
        draft.add(id, node);
        for inner in children(element, "graph") {
            graph_in(inner, Some(id), keys, draft);
        }
    }
    let is_directed = attribute(graph, "edgedefault") != "undirected";
    for element in children(graph, "edge") {
        let is_directed = match attribute(element, "directed") {
            "true" => true,
            "false" => false,
            _ => is_directed,
        };
        let mut more = values(element, "edge", keys);
        let is_directed = match taken(&mut more, &["directed"]).as_str() {
            "true" => true,
            "false" => false,
            _ => is_directed,
        };
        let direction = if is_directed { Direction::Forward } else { Direction::None };
        let [from, to] = ["source", "target"].map(|end| attribute(element, end));
        let mut edge = Edge::new(from, to, direction);
        attribute(element, "id").clone_into(&mut edge.id);
        edge.weight = number(&taken(&mut more, &["weight"]));
        edge.kind = taken(&mut more, &["kind", "relation", "interaction", "label", "type"]);
        edge.stance = taken(&mut more, &["stance", "sign", "polarity"]);
        edge.note = taken(&mut more, &["note", "notes", "description"]);
        edge.start = taken(&mut more, &["start"]);
        edge.end = taken(&mut more, &["end"]);
        edge.more = more;
        arrows(element, &mut edge);
        draft.edges.push(edge);
    }
}

/// The attributes of an element by name, with the defaults of those that it lacks.
fn values(element: Element<'_, '_>, of: &str, keys: &Keys<'_>) -> IndexMap<String, Value> {
    let is_for = |key: &Key<'_>| key.of.is_empty() || key.of == "all" || key.of == of;
    let known = |id: &str| {
        let same = || keys.iter().filter(|(other, _)| *other == id).map(|(_, key)| key);
        same().find(|key| is_for(key)).or_else(|| same().next())
    };
    let mut values = IndexMap::new();
    for data in children(element, "data") {
        let id = attribute(data, "key");
        let name = known(id).map_or(id, |key| key.name);
        // What has elements inside is a drawing, which is read elsewhere.
        if !data.children().any(|child| child.is_element()) {
            values.insert(name.to_owned(), Value::from(text_in(data)));
        }
    }
    for (_, key) in keys.iter().filter(|(_, key)| key.of == of) {
        if let Some(default) = &key.default
            && !values.contains_key(key.name)
        {
            values.insert(key.name.to_owned(), Value::from(default.as_str()));
        }
    }
    values
}

/// Label and place of a node as yEd and yFiles draw it. The place is that of the upper left corner.
fn drawn(element: Element<'_, '_>, node: &mut Node) {
    let own = children(element, "data").flat_map(|data| data.descendants());
    let own: Vec<Element<'_, '_>> = own.filter(Element::is_element).collect();
    let named = |name: &str| own.iter().find(|one| one.tag_name().name() == name).copied();
    if node.name.trim().is_empty() {
        let labels = ["NodeLabel", "Label.Text", "Label"].into_iter().filter_map(named);
        let mut labels = labels.map(label_text).filter(|text| !text.is_empty());
        node.name = labels.next().unwrap_or_default();
    }
    if let Some(place) = named("Geometry").or_else(|| named("RectD")) {
        let side = |name: &str, other: &str| {
            number(attribute(place, name)).or_else(|| number(attribute(place, other)))
        };
        let (x, y) = (side("x", "X"), side("y", "Y"));
        let half = |name, other| side(name, other).unwrap_or(0.0) / 2.0;
        let (width, height) = (half("width", "Width"), half("height", "Height"));
        node.at = x.zip(y).map(|(x, y)| (x + width, y + height)).or(node.at);
    }
}

/// The text of a label, without that of elements inside of it.
fn label_text(label: Element<'_, '_>) -> String {
    let own = label.children().filter_map(|child| child.text().filter(|_| child.is_text()));
    own.collect::<String>().trim().to_owned()
}

/// The label and the arrows of an edge as yEd draws it.
fn arrows(element: Element<'_, '_>, edge: &mut Edge) {
    let own = children(element, "data").flat_map(|data| data.descendants());
    let own: Vec<Element<'_, '_>> = own.filter(Element::is_element).collect();
    let named = |name: &str| own.iter().find(|one| one.tag_name().name() == name).copied();
    if edge.kind.trim().is_empty() {
        edge.kind = named("EdgeLabel").map(label_text).unwrap_or_default();
    }
    if let Some(arrows) = named("Arrows") {
        let has = |end: &str| !matches!(attribute(arrows, end), "" | "none");
        edge.direction = match (has("source"), has("target")) {
            (false, true) => Direction::Forward,
            (true, false) => Direction::Backward,
            (true, true) | (false, false) => Direction::None,
        };
    }
}
