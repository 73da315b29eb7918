//! Blueprints for Kumu: elements and connections in JSON. They have no places.

use serde_json::{Map as Fields, Value, json};

use super::ExchangeFormat;
use super::fields::{OF_ACTORS, OF_TIES, of_actor, of_tie};
use crate::model::{Extra, Map};

/// Blueprints for Kumu.
pub(super) static KUMU: ExchangeFormat = ExchangeFormat {
    name: "Kumu blueprint",
    extension: "kumu.json",
    hint: "Elements and connections for Kumu",
    has_places: false,
    write: |map| write(map).into_bytes(),
    ..ExchangeFormat::USUAL
};

fn write(map: &Map) -> String {
    let elements: Vec<Value> = map
        .actors
        .iter()
        .map(|actor| {
            let mut fields = Fields::new();
            fields.insert("id".to_owned(), actor.id.as_str().into());
            fields.insert("label".to_owned(), actor.name.as_str().into());
            add(&mut fields, &OF_ACTORS, of_actor(actor), &actor.extra);
            Value::Object(fields)
        })
        .collect();
    let connections: Vec<Value> = map
        .relations
        .iter()
        .map(|tie| {
            let direction = if tie.directed { "directed" } else { "undirected" };
            let mut fields = Fields::new();
            for (name, value) in [
                ("id", tie.id.as_str()),
                ("from", tie.from.as_str()),
                ("to", tie.to.as_str()),
                ("direction", direction),
            ] {
                fields.insert(name.to_owned(), value.into());
            }
            for (name, date) in [("start date", tie.start), ("end date", tie.end)] {
                if let Some(date) = date {
                    fields.insert(name.to_owned(), date.to_string().into());
                }
            }
            add(&mut fields, &OF_TIES, of_tie(tie), &tie.extra);
            Value::Object(fields)
        })
        .collect();
    let title = &map.meta.title;
    let file = json!({ "name": title, "elements": elements, "connections": connections });
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// Adds fields that are not empty, under the names that Kumu has for them, and unknown keys.
fn add<const N: usize>(
    fields: &mut Fields<String, Value>,
    names: &[&str; N],
    values: [String; N],
    extra: &Extra,
) {
    for (name, value) in names.iter().zip(values).filter(|(_, value)| !value.is_empty()) {
        let name = match *name {
            "kind" => "type",
            "note" => "description",
            other => other,
        };
        fields.insert(name.to_owned(), value.into());
    }
    for (name, value) in extra.iter() {
        fields.entry(name.clone()).or_insert_with(|| value.clone());
    }
}
