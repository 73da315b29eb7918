//! The fields of actors and ties as named texts, the same for every format.

use quick_xml::escape::escape;

use crate::model::{Actor, ActorKind, Extra, Relation};

/// The name that marks a file as written here, so that its places keep their scale.
pub(super) const CREATOR: &str = "Allegiance";

/// Names of the fields of actors.
pub(super) const OF_ACTORS: [&str; 6] = ["kind", "short", "note", "aliases", "part_of", "weight"];
/// Names of the fields of ties.
pub(super) const OF_TIES: [&str; 9] = [
    "stance",
    "kind",
    "strength",
    "status",
    "channel",
    "confidence",
    "asserted_by",
    "contested_by",
    "note",
];

/// A value as the native format writes it.
fn key(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Null) | Err(_) => String::new(),
        Ok(other) => other.to_string(),
    }
}

/// The fields of an actor, in the order of [`OF_ACTORS`]; empty where it has none.
pub(super) fn of_actor(actor: &Actor) -> [String; 6] {
    [
        if actor.kind == ActorKind::Unknown { String::new() } else { actor.kind.key().to_owned() },
        actor.short.clone().unwrap_or_default(),
        actor.note.to_string(),
        actor.aliases.join("|"),
        actor.part_of.as_deref().map_or(String::new(), ToString::to_string),
        actor.weight.map_or(String::new(), |weight| weight.to_string()),
    ]
}

/// The fields of a tie, in the order of [`OF_TIES`].
pub(super) fn of_tie(tie: &Relation) -> [String; 9] {
    let id = |id: &Option<Box<crate::model::ActorId>>| {
        id.as_deref().map_or(String::new(), ToString::to_string)
    };
    [
        key(&tie.stance),
        tie.kind.0.to_string(),
        tie.strength.value().to_string(),
        key(&tie.status),
        tie.channel.as_ref().map_or(String::new(), key),
        tie.confidence.as_ref().map_or(String::new(), key),
        id(&tie.asserted_by),
        id(&tie.contested_by),
        tie.note.to_string(),
    ]
}

/// Names of the unknown keys of elements, sorted.
pub(super) fn kept<'a>(extras: impl Iterator<Item = &'a Extra>) -> Vec<String> {
    let mut names: Vec<String> = extras.flat_map(|extra| extra.keys().cloned()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The value of an unknown key as a text.
pub(super) fn kept_value(extra: &Extra, name: &str) -> String {
    match extra.get(name) {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A text for an attribute or an element of XML. Characters that XML cannot hold become blanks.
pub(super) fn xml(text: &str) -> String {
    let allowed = |letter: char| match letter {
        '\n' | '\r' | '\t' => letter,
        '\u{FFFE}' | '\u{FFFF}' => ' ',
        letter if letter < ' ' => ' ',
        letter => letter,
    };
    let text: String = text.chars().map(allowed).collect();
    // Line ends in attributes would become blanks.
    escape(&text).replace('\n', "&#10;").replace('\r', "&#13;").replace('\t', "&#9;")
}
