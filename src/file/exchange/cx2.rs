//! CX2, for Cytoscape.

use serde_json::{Map as Fields, Value, json};

use super::ExchangeFormat;
use super::fields::{CREATOR, OF_ACTORS, OF_TIES, of_actor, of_tie};
use crate::model::{ActorId, Extra, Map};

/// Networks for Cytoscape.
pub(super) static CX2: ExchangeFormat = ExchangeFormat {
    name: "CX2",
    extension: "cx2",
    hint: "Networks for Cytoscape",
    write: |map| write(map).into_bytes(),
    ..ExchangeFormat::USUAL
};

fn write(map: &Map) -> String {
    let mut numbers: foldhash::HashMap<&ActorId, usize> = foldhash::HashMap::default();
    let mut nodes: Vec<Value> = Vec::new();
    for (number, actor) in map.actors.iter().enumerate() {
        numbers.insert(&actor.id, number);
        let mut values = fields(&OF_ACTORS, of_actor(actor), &actor.extra);
        values.insert("name".to_owned(), actor.name.as_str().into());
        values.insert("id".to_owned(), actor.id.as_str().into());
        let mut node = json!({ "id": number, "v": values });
        if let Some(place) = map.layout.get(&actor.id) {
            node["x"] = place.x.into();
            node["y"] = place.y.into();
        }
        nodes.push(node);
    }
    let edge = |(number, tie): (usize, &crate::model::Relation)| {
        let [from, to] = [&tie.from, &tie.to].map(|end| numbers.get(end).copied());
        let mut values = fields(&OF_TIES, of_tie(tie), &tie.extra);
        if let Some(kind) = values.remove("kind") {
            values.insert("interaction".to_owned(), kind);
        }
        values.insert("id".to_owned(), tie.id.as_str().into());
        values.insert("directed".to_owned(), tie.directed.into());
        for (name, date) in [("start", tie.start), ("end", tie.end)] {
            if let Some(date) = date {
                values.insert(name.to_owned(), date.to_string().into());
            }
        }
        json!({ "id": number, "s": from, "t": to, "v": values })
    };
    let edges: Vec<Value> = map.relations.iter().enumerate().map(edge).collect();
    let declared = |items: &[Value]| {
        let mut names = Fields::new();
        for values in items.iter().filter_map(|item| item["v"].as_object()) {
            for (name, value) in values {
                let kind = if value.is_boolean() { "boolean" } else { "string" };
                names.entry(name.clone()).or_insert_with(|| json!({ "d": kind }));
            }
        }
        names
    };
    let about = json!({ "name": map.meta.title, "creator": CREATOR });
    let aspects = json!([
        { "CXVersion": "2.0", "hasFragments": false },
        { "metaData": [
            { "name": "attributeDeclarations", "elementCount": 1 },
            { "name": "networkAttributes", "elementCount": 1 },
            { "name": "nodes", "elementCount": nodes.len() },
            { "name": "edges", "elementCount": edges.len() },
        ] },
        { "attributeDeclarations": [{
            "networkAttributes": { "name": { "d": "string" }, "creator": { "d": "string" } },
            "nodes": declared(&nodes),
            "edges": declared(&edges),
        }] },
        { "networkAttributes": [about] },
        { "nodes": nodes },
        { "edges": edges },
        { "status": [{ "success": true }] },
    ]);
    serde_json::to_string(&aspects).unwrap_or_default() + "\n"
}

/// Fields that are not empty, and unknown keys.
fn fields<const N: usize>(
    names: &[&str; N],
    values: [String; N],
    extra: &Extra,
) -> Fields<String, Value> {
    let known = names.iter().zip(values).filter(|(_, value)| !value.is_empty());
    let known = known.map(|(name, value)| ((*name).to_owned(), Value::from(value)));
    let more = extra.iter().map(|(name, value)| (name.clone(), value.clone()));
    // Own fields win.
    more.chain(known).collect()
}
