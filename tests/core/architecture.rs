//! Imports run downward only, and each outside crate has one place.

use std::path::{Path, PathBuf};

use crate::support::project;

/// Modules from the top to the bottom; each may name those in later groups only, and its own.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli", "ui"],
    &["export", "edit"],
    &["file", "draw", "layout"],
    &["scene", "evidence", "analysis"],
    &["model"],
    &["geometry", "text", "progress", "random", "named"],
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every source file: its path below `src`, its module, its text without comments.
fn files() -> Vec<(String, String, String)> {
    let root = project("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let below =
            path.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let module = below.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(&path).expect("a text");
        let code: Vec<&str> =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (below, module, code.join("\n"))
    };
    found.into_iter().map(read).collect()
}

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&module))
        .unwrap_or_else(|| panic!("{module} has no floor"))
}

/// The modules that `code` names by `crate::` or `allegiance::`.
fn named(code: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for prefix in ["crate::", "allegiance::"] {
        for (at, _) in code.match_indices(prefix) {
            let rest = &code[at + prefix.len()..];
            let list = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![rest],
            };
            for item in list {
                let item = item.trim();
                let end = item
                    .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
                    .unwrap_or(item.len());
                modules.push(item[..end].to_owned());
            }
        }
    }
    modules
}

#[test]
fn imports_run_downward_only() {
    for (path, module, code) in files() {
        if module == "lib" {
            continue;
        }
        for other in named(&code) {
            let is_module = FLOORS.iter().flat_map(|floor| floor.iter()).any(|name| *name == other);
            if is_module && other != module {
                assert!(floor(&other) > floor(&module), "src/{path} may not name {other}");
            }
        }
    }
}

#[test]
fn outside_crates_have_one_place_each() {
    for (path, _, code) in files() {
        let names = |what: &str| {
            code.contains(&format!("{what}::")) || code.contains(&format!("use {what}"))
        };
        assert!(!names("egui") || path.starts_with("ui/"), "src/{path} names egui");
        assert!(
            !names("egui_graphs") || path == "ui/canvas/graph.rs",
            "src/{path} names egui_graphs"
        );
        assert!(!names("rfd") || path == "ui/dialogs/files.rs", "src/{path} names rfd");
        assert!(!names("anyhow") || path == "main.rs", "src/{path} names anyhow");
    }
}

#[test]
fn every_file_says_what_lives_in_it() {
    for path in files().into_iter().map(|(path, _, _)| path) {
        let text = std::fs::read_to_string(project("src").join(&path)).expect("a text");
        assert!(text.starts_with("//!"), "src/{path} does not open with //!");
    }
}

#[test]
fn the_top_level_holds_only_what_was_agreed() {
    let agreed = ["Cargo.toml", "Cargo.lock", "README.md", "src", "assets", "tests", "target"];
    for entry in std::fs::read_dir(project("")).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || agreed.contains(&name.as_str()),
            "{name} at the top level"
        );
    }
}
