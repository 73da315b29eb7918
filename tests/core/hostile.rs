//! No command panics on maps with extreme contents, and each ends with an answer.

use std::path::Path;
use std::process::Command;

use allegiance::analysis::report::ANALYSES;
use allegiance::layout::methods::METHODS;

use crate::hostile_maps::maps;

/// Runs the program; a panic or an end by a signal fails the test.
fn run(arguments: &[&str], about: &str) {
    let output = Command::new(env!("CARGO_BIN_EXE_allegiance"))
        .args(arguments)
        .output()
        .expect("the program runs");
    let words = String::from_utf8_lossy(&output.stderr);
    let is_answered = output.status.code().is_some_and(|code| code <= 2);
    assert!(is_answered && !words.contains("panicked"), "{about}: {arguments:?}: {words}");
}

fn run_all(path: &Path, about: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let map = path.display().to_string();
    run(&["check", &map], about);
    run(&["verify", &map], about);
    for format in ["png", "svg", "pdf"] {
        let out = folder.path().join(format!("out.{format}")).display().to_string();
        let sizes = ["--width=500", "--height=300"];
        let all = ["--evidence", "--tie-labels", "--forecasts", "--part-of=hulls", "--made"];
        run(&[&["export", &map, &out][..], &sizes, &all].concat(), about);
        run(&["export", &map, &out, "--area=-1,-1,2,2", "--width=90", "--height=90"], about);
    }
    if about.starts_with("quoted") {
        return;
    }
    for method in &METHODS {
        run(&["arrange", &map, "--method", method.key], about);
    }
    for analysis in &ANALYSES {
        run(&["analyse", &map, "--by", analysis.key], about);
    }
}

#[test]
fn no_command_panics_on_extreme_maps() {
    let folder = tempfile::tempdir().expect("a folder");
    for (about, map) in maps() {
        if let Err(error) = allegiance::file::parse(map.to_string().as_bytes()) {
            panic!("{about} does not open: {error}");
        }
        let path = folder.path().join("map.json");
        std::fs::write(&path, map.to_string()).expect("written");
        run_all(&path, about);
    }
}
