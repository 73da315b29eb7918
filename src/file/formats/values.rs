//! Values of other programs as those of a map: stances, kinds, dates, and what has no place here.

use std::str::FromStr as _;

use indexmap::IndexMap;
use serde_json::Value;

use crate::model::{Extra, PartialDate, Stance};

/// Keys of actors and ties that other programs' attributes must not take.
const TAKEN: [&str; 27] = [
    "id",
    "name",
    "short",
    "kind",
    "aliases",
    "part_of",
    "wikidata",
    "weight",
    "note",
    "evidence",
    "from",
    "to",
    "directed",
    "stance",
    "channel",
    "strength",
    "status",
    "asserted_by",
    "contested_by",
    "confidence",
    "start",
    "end",
    "x",
    "y",
    "pinned",
    "about",
    "extra",
];

/// A value of a closed list by its key; `None` if there is no such value.
pub(super) fn key_of<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    serde_json::from_value(Value::from(key)).ok()
}

/// The stance that a word of another program stands for.
pub(super) fn stance_of(word: &str) -> Option<Stance> {
    match word.trim().to_lowercase().as_str() {
        "hostile" | "negative" | "enemy" | "-" | "−" | "-1" => Some(Stance::Hostile),
        "cooperative" | "positive" | "friend" | "ally" | "+" | "1" | "+1" => {
            Some(Stance::Cooperative)
        }
        "mixed" | "±" | "+-" => Some(Stance::Mixed),
        "neutral" | "0" => Some(Stance::Neutral),
        _ => None,
    }
}

/// A kind as a key: `Armed group` is `armed_group`. Empty if there is none.
pub(super) fn kind_key(kind: &str) -> String {
    let words: Vec<String> = kind.split_whitespace().map(str::to_lowercase).collect();
    let key = words.join("_");
    // As other programs call what is known here.
    match key.as_str() {
        "organization" => "organisation".to_owned(),
        _ => key,
    }
}

/// A date, without the time of the day; unknown days and months may be 0.
pub(super) fn date_of(text: &str) -> Option<PartialDate> {
    let day = text.split(['T', ' ']).next().unwrap_or_default();
    let day = day.strip_suffix(".0").unwrap_or(day);
    let known: Vec<&str> =
        day.split('-').take_while(|part| !part.trim_matches('0').is_empty()).collect();
    PartialDate::from_str(&known.join("-")).ok()
}

/// Attributes as unknown keys, under names that no own key has.
pub(super) fn kept(more: &IndexMap<String, Value>) -> Extra {
    let mut extra = Extra::new();
    for (name, value) in more {
        let is_empty = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        if !is_empty {
            let taken = TAKEN.contains(&name.as_str());
            let name = if taken { format!("x_{name}") } else { name.clone() };
            extra.insert(name, value.clone());
        }
    }
    extra
}

/// Takes the first of these attributes that has a value; upper and lower case are alike.
pub(super) fn taken(more: &mut IndexMap<String, Value>, names: &[&str]) -> String {
    for name in names {
        let found = more.iter().position(|(key, value)| {
            key.eq_ignore_ascii_case(name)
                && value.as_str().is_some_and(|text| !text.trim().is_empty())
        });
        if let Some((_, Value::String(text))) = found.and_then(|at| more.shift_remove_index(at)) {
            return text;
        }
    }
    String::new()
}
