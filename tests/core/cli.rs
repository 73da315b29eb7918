//! The program from outside: its words and its exit codes.

use std::path::Path;
use std::process::{Command, Output};

use crate::support::{EXAMPLE, project};

/// Runs the program without a display.
fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"] {
        command.env_remove(name);
    }
    command.args(arguments).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn example() -> String {
    project("assets/maps/pakistan-afghan-taliban.json").display().to_string()
}

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_it_names_the_command_that_needs_none() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.contains("there is no display") && said.contains("allegiance export MAP OUT.png"), "{said}");
}

#[test]
fn check_tells_good_wrong_and_foreign_files_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong =
        written(folder.path(), "wrong.json", &EXAMPLE.replacen("\"from\": \"pakistan\"", "\"from\": \"nobody\"", 1));
    let foreign = written(folder.path(), "foreign.json", "{\"nodes\": []}");
    let good = run(&["check", &example()]);
    assert_eq!(good.status.code(), Some(0));
    assert_eq!(text(&good.stdout), format!("{}: 0 errors, 0 warnings\n", example()));
    let bad = run(&["check", &wrong]);
    assert_eq!(bad.status.code(), Some(1));
    assert!(text(&bad.stdout).contains("relations[0].from: no actor has the id \"nobody\""), "{}", text(&bad.stdout));
    assert_eq!(run(&["check", &foreign]).status.code(), Some(2));
    assert_eq!(run(&["check", "no such file"]).status.code(), Some(2));
    assert_eq!(run(&["check", &example(), &wrong, &foreign]).status.code(), Some(2));
    assert_eq!(run(&["check"]).status.code(), Some(2));
    assert_eq!(run(&["no-such-command", "x"]).status.code(), Some(2));
}

#[test]
fn check_speaks_json() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = written(folder.path(), "wrong.json", &EXAMPLE.replacen("\"stance\": \"hostile\"", "\"stance\": 7", 1));
    let output = run(&["check", "--json", &wrong]);
    assert_eq!(output.status.code(), Some(1));
    let problems: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let first = &problems[0];
    assert_eq!((first["severity"].as_str(), first["path"].as_str()), (Some("error"), Some("relations[0].stance")));
    assert!(first["line"].is_u64() && first["column"].is_u64());
    assert!(!first["expected"].as_str().unwrap_or_default().is_empty());
}

#[test]
fn export_writes_pictures_without_a_display() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    for name in ["a.png", "b.svg", "c.PNG"] {
        let output = run(&["export", &example(), &out(name), "--width", "320", "--height", "200", "--theme", "dark"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    assert!(std::fs::read(out("a.png")).expect("there").starts_with(b"\x89PNG"));
    assert!(std::fs::read(out("b.svg")).expect("there").starts_with(b"<svg"));
    for (arguments, reason) in [
        (vec!["export", "no such file", "x.png"], "there is no such file"),
        (vec!["export", "MAP", "x.gif"], "must end in .png or .svg"),
        (vec!["export", "MAP", "no/such/folder/x.png"], "there is no such folder"),
        (vec!["export", "MAP", "x.png", "--width", "0"], "cannot be made"),
    ] {
        let path = example();
        let arguments: Vec<&str> =
            arguments.into_iter().map(|word| if word == "MAP" { path.as_str() } else { word }).collect();
        let output = run(&arguments);
        assert_ne!(output.status.code(), Some(0));
        assert!(text(&output.stderr).contains(reason), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn schema_prints_a_json_schema() {
    let output = run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(schema["$schema"].as_str().unwrap_or_default().contains("json-schema.org"));
    assert_eq!(schema["title"], "Relationship map");
}
