//! Functions that several test files use.

use std::path::PathBuf;

use allegiance::model::view::LineMode;
use allegiance::model::{Map, ViewSettings};
use allegiance::scene::view::View;

/// The bundled example.
pub const EXAMPLE: &str = allegiance::file::EXAMPLE;

/// The path of a file of the project.
pub fn project(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The path of a file that is not part of the project: beside it, or in the folder that the
/// variable `ALLEGIANCE_SHARED` names. Tests skip what is not there.
pub fn shared(path: &str) -> PathBuf {
    let folder =
        std::env::var_os("ALLEGIANCE_SHARED").map_or_else(|| project("../shared"), PathBuf::from);
    folder.join(path)
}

/// A view that draws each tie as a line of its own, with some settings changed.
pub fn looking(change: impl FnOnce(&mut ViewSettings)) -> View {
    let mut settings = ViewSettings { lines: Some(LineMode::Ties), ..ViewSettings::default() };
    change(&mut settings);
    View { settings, ..View::default() }
}

/// Compares with a file under `tests/golden`. If `UPDATE_GOLDEN` is set, writes the file first.
pub fn assert_golden(name: &str, actual: &str) {
    let path = project("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, actual).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name} differs. Check the new text, then accept it with UPDATE_GOLDEN=1:\n{actual}"
    );
}

/// A map with these relations: `a-b` is hostile, `a+b` cooperative. The actors are in order of
/// first mention.
pub fn map(ties: &[&str]) -> Map {
    let mut actors: Vec<String> = Vec::new();
    let mut relations = Vec::new();
    for (number, tie) in ties.iter().enumerate() {
        let (from, sign, to) = (&tie[..1], &tie[1..2], &tie[2..]);
        for id in [from, to] {
            if !actors.iter().any(|actor| actor == id) {
                actors.push(id.to_owned());
            }
        }
        let stance = if sign == "+" { "cooperative" } else { "hostile" };
        relations.push(format!(
            r#"{{"id":"r{number}","from":"{from}","to":"{to}","stance":"{stance}"}}"#
        ));
    }
    let actors: Vec<String> = actors
        .iter()
        .map(|id| format!(r#"{{"id":"{id}","name":"{}"}}"#, id.to_uppercase()))
        .collect();
    parse(&format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{}],"relations":[{}]}}"#,
        actors.join(","),
        relations.join(",")
    ))
}

/// The layout method with this key.
pub fn method(key: &str) -> &'static allegiance::layout::methods::Method {
    allegiance::layout::methods::Method::from_key(key).expect("a method")
}

/// Parses a map from JSON, which must be valid.
pub fn parse(text: &str) -> Map {
    allegiance::file::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}")).map
}
