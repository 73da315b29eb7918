//! Opening any file gives a map, or an error that says what is wrong and where. It never panics.

use std::path::Path;

use allegiance::file::{self, OpenError, Refusal};
use allegiance::model::{Map, Severity};
use proptest::prelude::*;

use crate::support::EXAMPLE;

fn refusal(text: &str) -> OpenError {
    file::parse(text.as_bytes()).expect_err("this must not open")
}

/// The error report for a map with `inner` as the rest of its JSON object.
fn error_of(inner: &str) -> String {
    let text = format!("{{\"format\": \"relationship-map\", \"version\": 1,\n{inner}}}");
    let error = refusal(&text);
    assert_eq!(error.refusal, Refusal::Invalid, "{error}");
    error.to_string()
}

const TWO: &str = r#""actors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]"#;

#[test]
fn a_file_that_is_not_a_map_is_refused_with_a_reason() {
    for (text, reason) in [
        ("", "the file is empty"),
        ("  \n ", "the file is empty"),
        ("PK\u{3}\u{4}", "this is not a map"),
        ("<html>", "this is not a map"),
        ("[1, 2]", "this is a JSON array"),
        ("{\"a\": 1}", "does not say that it is a map"),
        ("{\"format\": \"graph\"}", "another format: \"graph\""),
        ("{\"format\": \"relationship-map\",", "ends too early"),
        ("{\"format\": \"relationship-map\" \"version\": 1}", "not JSON"),
        (
            "{\"format\": \"relationship-map\", \"version\": 1, \
             \"layout\": {\"a\": {\"x\": NaN, \"y\": 1}}}",
            "not JSON",
        ),
        (
            "{\"format\": \"relationship-map\", \"version\": 1, \
             \"layout\": {\"a\": {\"x\": 1e999, \"y\": 1}}}",
            "too large",
        ),
    ] {
        let error = refusal(text);
        assert_eq!(error.refusal, Refusal::NotAMap, "{text}: {error}");
        assert!(error.to_string().contains(reason), "{text}: {error}");
    }
}

#[test]
fn broken_json_is_reported_with_line_and_column() {
    let error = refusal("{\n  \"format\": \"relationship-map\",\n  \"version\" 1\n}");
    assert_eq!(error.problems[0].place.line_column, Some((3, 13)));
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!(
        "{{\"format\": \"relationship-map\", \"version\": 1, \"x\": {}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(refusal(&deep).to_string().contains("nested more than 127 levels deep"));
}

#[test]
fn every_kind_of_error_names_its_place_and_what_was_expected() {
    for (inner, expected) in [
        (
            r#""actors": 5"#,
            "error: line 2, column 11, actors: invalid type: integer \"5\"; expected a list",
        ),
        (
            r#""actors": [{"id": "a"}]"#,
            "error: line 2, column 12, actors[0]: \"name\" is missing; expected the key \"name\"",
        ),
        (
            r#""actors": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]"#,
            "error: line 2, column 45, actors[1].id: duplicate actor id \"a\", \
             already used by actors[0]; expected each id once",
        ),
        (
            r#""actors": [{"id": "a", "name": "A", "part_of": "x"}]"#,
            "error: line 2, column 48, actors[0].part_of: no actor has the id \"x\"; \
             expected the id of an actor in this map",
        ),
        (
            r#""actors": [], "layout": {"a": {"x": 1, "y": 1}}"#,
            "error: line 2, column 31, layout.a: no actor has the id \"a\"; \
             expected the id of an actor in this map",
        ),
        (
            r#""actors": [{"id": "a", "name": "A"}], "layout": {"a": {"x": 1e30, "y": 1}}"#,
            "error: line 2, column 61, layout.a.x: the coordinate is \
             1000000000000000000000000000000; expected a number from -10000000 to 10000000",
        ),
        (
            r#""meta": {"as_of": "2024-13"}"#,
            "error: line 2, column 19, meta.as_of: invalid value: string \"2024-13\"; \
             expected a date as YYYY, YYYY-MM or YYYY-MM-DD",
        ),
    ] {
        assert_eq!(error_of(inner), expected);
    }
}

#[test]
fn errors_in_relations_are_all_reported_at_once() {
    let relations = r#""relations": [
        {"id": "r1", "from": "a", "to": "b"},
        {"id": "r2", "from": "a", "to": "b", "stance": "friendly", "strength": 9},
        {"id": "r3", "from": "a", "to": "z", "stance": "hostile"},
        {"id": "r4", "from": "a", "to": "b", "stance": "mixed",
         "evidence": [{"source": "s9", "excerpt": 7}]}
    ]"#;
    let report = error_of(&format!("{TWO},\n{relations}"));
    for line in [
        "relations[0]: \"stance\" is missing",
        "relations[1].stance: unknown value \"friendly\"; \
         expected one of \"hostile\", \"cooperative\", \"mixed\", \"neutral\"",
        "relations[1].strength: invalid value: integer \"9\"; expected a strength from 0 to 5",
        "relations[2].to: no actor has the id \"z\"",
        "relations[3].evidence[0].excerpt: invalid type: integer \"7\"; expected a string",
        "relations[3].evidence[0].source: no source has the id \"s9\"",
    ] {
        assert!(report.contains(line), "missing: {line}\nin:\n{report}");
    }
    assert_eq!(report.lines().count(), 6, "{report}");
}

#[test]
fn wrong_types_in_steps_are_reported_once_each() {
    let error = error_of(&format!(
        r#"{TWO}, "notes": {{}}, "steps": [
        {{"id": "p", "title": 3, "focus": "a"}},
        {{"id": "q", "camera": "all"}},
        {{"id": "r", "camera": {{"x": 1, "y": 2}}}}]"#
    ));
    for place in ["notes", "steps[0].title", "steps[0].focus", "steps[1].camera"] {
        assert_eq!(error.matches(&format!("{place}: invalid type")).count(), 1, "{place}: {error}");
    }
    let missing = "steps[2].camera: \"zoom\" is missing";
    assert_eq!(error.matches("steps[2]").count(), error.matches(missing).count(), "{error}");
}

#[test]
fn an_actor_placed_twice_is_an_error() {
    let report = error_of(&format!(
        "{TWO}, \"layout\": {{\"a\": {{\"x\": 1, \"y\": 1}}, \"a\": {{\"x\": 2, \"y\": 1}}}}"
    ));
    assert!(report.contains("actor \"a\" is placed twice"), "{report}");
}

#[test]
fn gaps_are_warnings_and_the_map_opens() {
    let text = format!(
        r#"{{"format": "relationship-map", "version": 1, "strange": 1, {TWO},
        "relations": [{{"id": "r", "from": "a", "to": "b", "stance": "hostile",
        "status": "claimed"}}]}}"#
    );
    let warnings = file::parse(text.as_bytes()).expect("it opens").warnings;
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    assert!(warnings.iter().all(|problem| problem.severity == Severity::Warning));
    let lines: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "warning: line 1, column 57, strange: unknown key \"strange\"; \
             expected a key of the format (it is kept and written back)",
            "warning: line 2, column 23, relations[0]: A → B has no excerpt; \
             expected at least one excerpt that supports it",
            "warning: line 2, column 23, relations[0]: \
             A → B is claimed, but it is not said by whom; \
             expected the actor that claims it, under Claimed by (\"asserted_by\")",
        ]
    );
}

#[test]
fn folders_and_missing_files_are_refused() {
    let folder = file::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect_err("a folder");
    assert!(folder.to_string().contains("this is a folder"), "{folder}");
    let missing = file::open(Path::new("no such file.json")).expect_err("missing");
    assert!(missing.to_string().contains("there is no such file"), "{missing}");
}

#[test]
fn a_large_file_that_is_not_a_map_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.json");
    // A sparse file: zeros that take no disk space.
    std::fs::File::create(&path).and_then(|file| file.set_len(200 << 20)).expect("made");
    let error = file::open(&path).expect_err("no map");
    assert_eq!(error.refusal, Refusal::NotAMap);
}

/// Damages the bytes of a text. Each edit is (position, value, kind of change).
fn mutate(text: &str, edits: &[(usize, u8, usize)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (place, value, kind) in edits {
        let at = place % bytes.len().max(1);
        match kind % 5 {
            0 => bytes[at] = *value,
            1 => bytes.insert(at, *value),
            2 => drop(bytes.remove(at)),
            3 => bytes.truncate(at.max(1)),
            // Copies a piece to another position.
            _ => {
                let piece: Vec<u8> =
                    bytes[at..(at + usize::from(*value)).min(bytes.len())].to_vec();
                let to = (place / 7) % bytes.len();
                bytes.splice(to..to, piece);
            }
        }
        if bytes.is_empty() {
            bytes.push(*value);
        }
    }
    bytes
}

/// A short map with every key of the format, so that a random change is likely to hit something.
const SMALL: &str = r#"{"format":"relationship-map","version":1,
"meta":{"title":"T","as_of":"2024-04"},
"sources":[{"id":"s","title":"S","date":"2024","paragraphs":[{"label":"P1","start":0,"end":9}]}],
"actors":[{"id":"a","name":"A","kind":"state","aliases":["x"],
"evidence":[{"source":"s","paragraph":"P1","excerpt":"e"}]},
{"id":"b","name":"B","part_of":"a"}],
"relations":[{"id":"r","from":"a","to":"b","directed":false,"stance":"mixed","kind":"k",
"channel":"verbal","strength":3,"status":"claimed","asserted_by":"a","contested_by":"b",
"confidence":"low","start":"2023-01-02","end":"2024","note":"n",
"evidence":[{"source":"s","excerpt":"e","speaker":"a","start":1,"end":2}]}],
"layout":{"a":{"x":1.5,"y":-2,"pinned":true},"b":{"x":0,"y":0}}}"#;

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_map_never_panics(
        edits in proptest::collection::vec((any::<usize>(), any::<u8>(), any::<usize>()), 1..6),
    ) {
        let bytes = mutate(SMALL, &edits);
        match file::parse(&bytes) {
            Ok(opened) => {
                let written =
                    file::native::write::write(&opened.map).expect("what opens can be written");
                prop_assert!(file::parse(&written).is_ok());
                // Reading in chunks gives the same map as parsing in one go.
                let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
                prop_assert_eq!(serde_json::from_slice::<Map>(bytes).ok(), Some(opened.map));
            }
            Err(error) => {
                prop_assert!(
                    error.problems.iter().any(|problem| problem.severity == Severity::Error)
                );
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn a_wrong_value_anywhere_never_panics(key in any::<usize>(), value in 0_usize..9) {
        let values = ["null", "true", "-1", "1e300", "\"\"", "[]", "{}", "[[1]]", "\"\\u0000\""];
        let colons: Vec<usize> = SMALL.match_indices(':').map(|(at, _)| at).collect();
        let at = colons[key % colons.len()] + 1;
        let rest = &SMALL[at..];
        let end = rest.find([',', '}', ']']).unwrap_or(rest.len());
        let text = format!("{}{}{}", &SMALL[..at], values[value], &rest[end..]);
        if let Err(error) = file::parse(text.as_bytes()) {
            prop_assert!(!error.problems.is_empty());
        }
    }
}

/// The number of random cases: 10,000 in CI, 1,000 elsewhere.
fn cases() -> u32 {
    if std::env::var_os("CI").is_some() { 10_000 } else { 1_000 }
}

#[test]
fn the_example_cut_at_any_byte_is_an_error() {
    for at in (0..EXAMPLE.len()).step_by(97) {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        bytes.truncate(at);
        assert!(file::parse(&bytes).is_err(), "cut at {at}");
    }
}

#[test]
fn notes_are_checked_like_other_elements() {
    let text = r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"A"}],
        "notes":[{"id":"n1","x":0,"y":0,"about":"a"},{"id":"n1","text":"Far","x":1e9,"y":0,
            "width":-5},{"id":"n2","text":"Lost","x":0,"y":0,"about":"nobody","shade":1}]}"#;
    let problems = allegiance::model::check::check(&serde_json::from_str(text).expect("a map"));
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "error: notes[1].id: duplicate note id \"n1\", already used by notes[0]; expected each id once",
        "error: notes[1].x: the coordinate is 1000000000; expected a number from -10000000 to 10000000",
        "error: notes[1].width: the width of the note “Far” is -5; expected a number above 0, up to \
         10000000",
        "warning: notes[2].shade: unknown key \"shade\" in the note “Lost”; expected a key of the \
         format (it is kept and written back)",
        "warning: notes[2].about: the note “Lost” is about \"nobody\", which is not in the map; \
         expected the id of an actor or relation",
    ];
    assert_eq!(told, expected);
}
