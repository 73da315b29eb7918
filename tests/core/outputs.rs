//! No output replaces the map or a file that the map depends on.

use std::path::{Path, PathBuf};
use std::process::Command;

use allegiance::file::store::output::{Inputs, check_target, write_output};
use allegiance::model::{Map, Source};

const TEXT: &str = "Arland struck Borland.\n";

/// A folder with a map and the text of its source, and several paths that lead to the two.
struct Inputted {
    folder: tempfile::TempDir,
    map: PathBuf,
    /// Paths that lead to the map or to the text, directly and through links.
    names: Vec<PathBuf>,
}

/// All files have this `extension`, so that an output could have the same names.
fn folder_with_inputs(extension: &str) -> Inputted {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(format!("{name}.{extension}"));
    let (map, text) = (at("map"), at("text"));
    std::fs::create_dir(folder.path().join("inner")).expect("a folder");
    let source = format!(r#"{{"id":"s","text_file":"text.{extension}"}}"#);
    let actors = r#"{"id":"a","name":"A"},{"id":"b","name":"B"}"#;
    let json = format!(
        r#"{{"format":"relationship-map","version":1,"sources":[{source}],
        "actors":[{actors}],"relations":[]}}"#
    );
    std::fs::write(&map, json).expect("written");
    std::fs::write(&text, TEXT).expect("written");
    let mut names = Vec::new();
    for (input, name) in [(&map, "map"), (&text, "text")] {
        names.push(input.clone());
        names.push(folder.path().join(format!("inner/../{name}.{extension}")));
        #[cfg(unix)]
        {
            let link = at(&format!("link-to-{name}"));
            std::os::unix::fs::symlink(input, &link).expect("a link");
            let hard = at(&format!("hard-link-to-{name}"));
            std::fs::hard_link(input, &hard).expect("a link");
            let linked = folder.path().join(format!("folder-of-{name}"));
            std::os::unix::fs::symlink(folder.path(), &linked).expect("a link");
            names.extend([link, hard, linked.join(format!("{name}.{extension}"))]);
        }
    }
    Inputted { folder, map, names }
}

/// Runs the program with each path of an input as the output, and checks that it refuses and that
/// no input changes.
fn assert_refused(extension: &str, arguments: impl Fn(&Path, &Path) -> Vec<String>) {
    let files = folder_with_inputs(extension);
    let before = std::fs::read(&files.map).expect("there");
    for name in &files.names {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
        let output = command.args(arguments(&files.map, name)).output().expect("the program runs");
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{}: {words}", name.display());
        assert!(words.contains("give another name"), "{words}");
        assert_eq!(std::fs::read(&files.map).expect("there"), before, "{}", name.display());
        let text = files.folder.path().join(format!("text.{extension}"));
        assert_eq!(std::fs::read_to_string(text).expect("there"), TEXT, "{}", name.display());
    }
}

fn words(list: &[&dyn AsRef<std::ffi::OsStr>]) -> Vec<String> {
    list.iter().map(|word| word.as_ref().to_string_lossy().into_owned()).collect()
}

#[test]
fn no_picture_replaces_the_map_or_a_text() {
    for extension in ["svg", "png", "pdf"] {
        assert_refused(extension, |map, out| words(&[&"export", &map, &out]));
    }
}

#[test]
fn no_arrangement_replaces_the_map_or_a_text() {
    assert_refused("json", |map, out| words(&[&"arrange", &map, &"--out", &out]));
}

#[test]
fn pictures_in_a_folder_replace_none_of_the_maps() {
    let files = folder_with_inputs("svg");
    let other = files.folder.path().join("other.json");
    std::fs::copy(&files.map, &other).expect("copied");
    let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
    let arguments =
        words(&[&"export", &other, &files.map, &files.folder.path(), &"--format", &"svg"]);
    let output = command.args(arguments).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::fs::read_to_string(&files.map).expect("there").starts_with('{'));
    assert!(!files.folder.path().join("other.svg").exists(), "refused before anything is written");
}

#[test]
fn recovered_work_replaces_no_text_of_its_map() {
    let state = tempfile::tempdir().expect("a folder");
    let folder = tempfile::tempdir().expect("a folder");
    let map = folder.path().join("map.json");
    let json = r#"{"format":"relationship-map","version":1,
        "sources":[{"id":"s","text_file":"text.txt"}],
        "actors":[],"relations":[]}"#;
    std::fs::write(&map, json).expect("written");
    let journals = allegiance::file::store::journal::folder(&state.path().join("allegiance"));
    let opened = allegiance::file::open(&map).expect("it opens");
    let mut document =
        allegiance::edit::Document::opened(opened, allegiance::edit::Origin::File(map.clone()));
    let meta = allegiance::model::Meta { title: "T".to_owned(), ..Default::default() };
    document.apply(allegiance::edit::Command::SetMeta(Box::new(meta), "title"));
    let mut journal = allegiance::file::store::journal::Journal::new(Some(journals));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    drop(journal);
    // The text does not exist. A map at its path would be read as the text.
    for (out, code) in [("text.txt", 2), ("map.json", 2), ("new.json", 0)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allegiance"));
        command
            .env("XDG_STATE_HOME", state.path())
            .arg("recover")
            .arg("--out")
            .arg(folder.path().join(out));
        let output = command.output().expect("the program runs");
        assert_eq!(
            output.status.code(),
            Some(code),
            "{out}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(!folder.path().join("text.txt").exists());
    assert_eq!(std::fs::read_to_string(&map).expect("there"), json);
}

#[test]
fn targets_that_cannot_be_written_are_refused_before_any_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |path: &Path| check_target(path, &Inputs::default());
    let refused = |path: &Path| check(path).expect_err("refused").to_string();
    assert!(refused(&folder.path().join("nowhere/map.png")).contains("no such folder"));
    assert!(refused(folder.path()).contains("this is a folder"));
    assert!(check(&folder.path().join("map.png")).is_ok());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "no file is left");
}

#[test]
fn any_other_file_is_written() {
    let files = folder_with_inputs("json");
    let map = Map {
        sources: vec![Source { text_file: Some("text.json".to_owned()), ..Source::default() }]
            .into(),
        ..Map::default()
    };
    let inputs = Inputs::of(Some(&files.map), &map);
    let other = files.folder.path().join("other.json");
    write_output(&other, b"one", &inputs).expect("written");
    write_output(&other, b"two", &inputs).expect("an older output may be replaced");
    assert_eq!(std::fs::read(&other).expect("there"), b"two");
}
