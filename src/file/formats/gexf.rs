//! GEXF, the format of Gephi, in all versions.

use indexmap::IndexMap;
use roxmltree::Node as Element;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::values::taken;
use super::xml::{attribute, child, children, number, parsed, text_in, text_of};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Graphs of Gephi.
pub static GEXF: MapFormat =
    MapFormat { name: "Gephi graphs (GEXF)", extensions: &["gexf"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    text_of(start).contains("<gexf")
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let document = parsed(&text)?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let root = document.root_element();
    let Some(graph) = child(root, "graph") else {
        return Err(refused("this GEXF file has no graph", "a <graph> with nodes and edges"));
    };
    let mut draft = Draft { is_upwards: true, ..Draft::default() };
    if let Some(title) =
        child(root, "meta").and_then(|meta| child(meta, "title").or_else(|| child(meta, "Title")))
    {
        draft.title = text_in(title);
    }
    let meta = |name| child(root, "meta").and_then(|meta| child(meta, name)).map(text_in);
    draft.is_own = meta("creator").as_deref() == Some("Allegiance");
    if draft.title.is_empty() && draft.is_own {
        draft.title = meta("description").unwrap_or_default();
    }
    let usual = attribute(graph, "defaultedgetype");
    let names = |class: &'static str| -> IndexMap<&str, &str> {
        let lists = children(graph, "attributes").filter(|list| attribute(*list, "class") == class);
        let all = lists.flat_map(|list| children(list, "attribute"));
        all.map(|one| (attribute(one, "id"), attribute(one, "title"))).collect()
    };
    let (of_nodes, of_edges) = (names("node"), names("edge"));
    for list in children(graph, "nodes") {
        nodes(list, None, &of_nodes, &mut draft);
    }
    for edge in children(graph, "edges").flat_map(|list| children(list, "edge")) {
        draft.edges.push(edge_of(edge, usual, &of_edges));
    }
    draft.into_opened("GEXF")
}

/// Reads a list of nodes, and the nodes inside of them.
fn nodes(
    list: Element<'_, '_>,
    inside: Option<&str>,
    names: &IndexMap<&str, &str>,
    draft: &mut Draft,
) {
    for element in children(list, "node") {
        let id = attribute(element, "id").trim();
        let (mut node, mut more) = (Node::default(), values(element, names));
        attribute(element, "label").clone_into(&mut node.name);
        if let Some(place) = child(element, "position") {
            let at = |axis| number(attribute(place, axis));
            node.at = at("x").zip(at("y"));
        }
        node.kind = taken(&mut more, &["kind", "type"]);
        node.note = taken(&mut more, &["note", "notes", "description"]);
        let whole = attribute(element, "pid");
        node.inside = inside.or(Some(whole).filter(|id| !id.is_empty())).map(str::to_owned);
        node.more = more;
        draft.add(id, node);
        for list in children(element, "nodes") {
            nodes(list, Some(id), names, draft);
        }
    }
}

fn edge_of(element: Element<'_, '_>, usual: &str, names: &IndexMap<&str, &str>) -> Edge {
    let own = attribute(element, "type");
    let direction = match if own.is_empty() { usual } else { own } {
        "directed" | "mutual" => Direction::Forward,
        _ => Direction::None,
    };
    let direction = if own == "mutual" { Direction::None } else { direction };
    let mut more = values(element, names);
    let [from, to] = ["source", "target"].map(|end| attribute(element, end));
    let mut edge = Edge::new(from, to, direction);
    attribute(element, "id").clone_into(&mut edge.id);
    edge.weight = number(attribute(element, "weight"));
    let label = attribute(element, "label");
    edge.kind = [attribute(element, "kind"), label]
        .into_iter()
        .find(|kind| !kind.is_empty())
        .map_or_else(|| taken(&mut more, &["kind", "relation", "relationship"]), str::to_owned);
    edge.stance = taken(&mut more, &["stance", "sign", "polarity"]);
    edge.note = taken(&mut more, &["note", "notes", "description"]);
    for (name, date) in [("start", &mut edge.start), ("end", &mut edge.end)] {
        *date = taken(&mut more, &[name]);
        if date.is_empty() {
            attribute(element, name).clone_into(date);
        }
    }
    edge.more = more;
    edge
}

/// The attribute values of an element by title, or by id if the title was not declared.
fn values(element: Element<'_, '_>, names: &IndexMap<&str, &str>) -> IndexMap<String, Value> {
    let lists = children(element, "attvalues");
    let all = lists.flat_map(|list| children(list, "attvalue"));
    all.map(|one| {
        let id = [attribute(one, "for"), attribute(one, "id")];
        let id = id.into_iter().find(|id| !id.is_empty()).unwrap_or_default();
        let name = names.get(id).copied().filter(|name| !name.is_empty()).unwrap_or(id);
        (name.to_owned(), Value::from(attribute(one, "value")))
    })
    .collect()
}
