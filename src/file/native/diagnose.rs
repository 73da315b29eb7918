//! Diagnoses a file that cannot be parsed as a map: not JSON, another format, or a map with errors.

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::locate;
use super::stream::without_bom;
use crate::file::{OpenError, Refusal};
use crate::model::{
    Actor, Evidence, FORMAT, Map, Meta, Place, Placement, Problem, Relation, Severity, Source,
    Stance, Status, Step, check,
};

/// Maximum number of repairs to one value; errors beyond that are not reported.
const REPAIRS_AT_MOST: usize = 40;

/// All reasons why `bytes` cannot be parsed as a map. `error` is the first error from serde.
pub(in crate::file) fn diagnose(bytes: &[u8], error: &serde_json::Error) -> OpenError {
    let text = without_bom(bytes);
    let value: Value = match serde_json::from_slice(text) {
        Ok(value) => value,
        Err(error) => return not_json(text, &error),
    };
    let format = value.get("format");
    if format.and_then(Value::as_str) != Some(FORMAT) {
        let message = match format {
            Some(other) => format!("this is JSON of another format: {other}"),
            None => "this is JSON, but it does not say that it is a map".to_owned(),
        };
        let mut refused = OpenError::not_a_map(
            Place::default().key("format"),
            message,
            format!("\"format\": \"{FORMAT}\""),
        );
        locate::locate_all(bytes, &mut refused.problems);
        return refused;
    }
    let mut problems = type_problems(value);
    if problems.iter().all(|problem| problem.severity == Severity::Warning) {
        // An error that only the text shows, such as a duplicate key in an object.
        let place = Place { steps: Vec::new(), line_column: Some((error.line(), error.column())) };
        let (message, expected) = in_words(&without_position(error));
        problems.push(Problem::error(place, message, expected));
    }
    locate::locate_all(bytes, &mut problems);
    OpenError { path: None, refusal: Refusal::Invalid, problems }
}

fn not_json(text: &[u8], error: &serde_json::Error) -> OpenError {
    let what = without_position(error);
    let (message, expected) = match what.as_str() {
        "recursion limit exceeded" => {
            ("it is nested more than 127 levels deep".to_owned(), "a map with fewer levels")
        }
        "number out of range" => {
            ("a number is too large to be read".to_owned(), "a number below 1e308")
        }
        _ if error.is_eof() => {
            ("the file ends too early".to_owned(), "the whole file; was it cut off?")
        }
        _ => (format!("this is not JSON: {what}"), "JSON"),
    };
    let line =
        text.split(|byte| *byte == b'\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let before = line.get(..error.column().saturating_sub(1)).unwrap_or(line);
    let column = String::from_utf8_lossy(before).chars().count() + 1;
    let place = Place { steps: Vec::new(), line_column: Some((error.line(), column)) };
    OpenError::not_a_map(place, message, expected)
}

/// The message of a serde error, without ` at line 1 column 2`.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rfind(" at line ").map_or(text.clone(), |at| text[..at].to_owned())
}

/// Finds all wrong types, section by section. Each wrong value is repaired in this copy, so that
/// parsing reaches the next one.
fn type_problems(mut value: Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    let root = Place::default();
    if let Some(meta) = value.get_mut("meta") {
        repair::<Meta>(meta, &root.key("meta"), &mut problems);
    }
    repair_items::<Source>(&mut value, "sources", &mut problems);
    repair_items::<Actor>(&mut value, "actors", &mut problems);
    repair_items::<Relation>(&mut value, "relations", &mut problems);
    repair_items::<Evidence>(&mut value, "unassigned", &mut problems);
    if let Some(entries) = value.get_mut("layout").and_then(Value::as_object_mut) {
        for (id, entry) in entries.iter_mut() {
            repair::<Placement>(entry, &root.key("layout").key(id.as_str()), &mut problems);
        }
    }
    repair::<Map>(&mut value, &root, &mut problems);
    if let Ok(map) = serde_json::from_value::<Map>(value) {
        let told: Vec<Place> = problems.iter().map(|problem| problem.place.clone()).collect();
        let is_new = |problem: &Problem| {
            !told.iter().any(|place| problem.place.steps.starts_with(&place.steps))
        };
        problems.extend(check::check(&map).into_iter().filter(is_new));
    }
    problems
}

fn repair_items<T: DeserializeOwned>(
    value: &mut Value,
    section: &str,
    problems: &mut Vec<Problem>,
) {
    if let Some(items) = value.get_mut(section).and_then(Value::as_array_mut) {
        for (index, item) in items.iter_mut().enumerate() {
            repair::<T>(item, &Place::default().key(section).index(index), problems);
        }
    }
}

/// Parses `value` as a `T` repeatedly. Each time, it records the error and replaces the wrong value
/// with a valid placeholder.
fn repair<T: DeserializeOwned>(value: &mut Value, at: &Place, problems: &mut Vec<Problem>) {
    for _ in 0..REPAIRS_AT_MOST {
        let Err(error) = serde_path_to_error::deserialize::<_, T>(&*value) else { return };
        let mut steps = at.steps.clone();
        let inner: Vec<Step> = error.path().iter().filter_map(step).collect();
        steps.extend(inner.iter().cloned());
        let text = error.inner().to_string();
        let (message, expected) = in_words(&text);
        let missing = between_backticks(&text).filter(|_| text.starts_with("missing field"));
        let problem =
            Problem::error(Place { steps: steps.clone(), line_column: None }, message, expected);
        if problems
            .iter()
            .any(|told| told.place == problem.place && (missing.is_none() || *told == problem))
        {
            return;
        }
        problems.push(problem);
        let Some(wrong) = descend(value, &inner) else { return };
        match missing {
            Some(field) => {
                let Some(fields) = wrong.as_object_mut() else { return };
                steps.push(Step::Key(field.into()));
                fields.insert(field.to_owned(), stand_in(&steps));
            }
            None => *wrong = stand_in(&steps),
        }
    }
}

fn step(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Key(key.as_str().into())),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

fn descend<'a>(value: &'a mut Value, steps: &[Step]) -> Option<&'a mut Value> {
    steps.iter().try_fold(value, |at, step| match step {
        Step::Key(key) => at.get_mut(key.as_str()),
        Step::Index(index) => at.get_mut(index),
    })
}

/// A placeholder that is valid at the path `steps`, so that the search can continue after it.
fn stand_in(steps: &[Step]) -> Value {
    let in_paragraph = steps.contains(&Step::Key("paragraphs".into()));
    let Some(Step::Key(key)) = steps.last() else { return Value::String(String::new()) };
    match key.as_str() {
        "version" | "strength" | "x" | "y" | "zoom" => 1.into(),
        "start" | "end" if in_paragraph => 0.into(),
        "stance" => Stance::Neutral.key().into(),
        "status" => Status::Reported.key().into(),
        "directed" | "pinned" => true.into(),
        "meta" | "layout" => Value::Object(serde_json::Map::new()),
        "sources" | "actors" | "relations" | "evidence" | "aliases" | "paragraphs" | "notes"
        | "steps" | "focus" => Value::Array(Vec::new()),
        "id" | "name" | "from" | "to" | "source" | "excerpt" | "label" | "format" | "title"
        | "message" | "author" | "marking" | "caveat" | "note" | "kind" | "publisher"
        | "prefix" | "suffix" => "?".into(),
        _ => Value::Null,
    }
}

fn between_backticks(text: &str) -> Option<&str> {
    text.split('`').nth(1)
}

/// Splits a serde message into what was found and what was expected, in plainer words.
fn in_words(text: &str) -> (String, String) {
    if let Some(field) = between_backticks(text).filter(|_| text.starts_with("missing field")) {
        return (format!("\"{field}\" is missing"), format!("the key \"{field}\""));
    }
    match text.split_once(", expected ") {
        Some((found, expected)) => {
            let expected = match expected {
                "a sequence" => "a list",
                "u64" | "usize" | "u32" => "a whole number, 0 or more",
                "f64" => "a number",
                "a boolean" => "true or false",
                other if other.starts_with("struct ") => "an object",
                other => other,
            };
            let found = found
                .replace("invalid type: sequence", "invalid type: list")
                .replace("unknown variant", "unknown value");
            (
                found.replace("invalid type: map", "invalid type: object").replace('`', "\""),
                expected.replace('`', "\""),
            )
        }
        None => (text.replace('`', "\""), String::new()),
    }
}
