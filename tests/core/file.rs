//! Reading and saving files: unchanged bytes stay, moves change only the layout, unknown keys are
//! kept.

use allegiance::edit::{Command, Document, Origin};
use allegiance::file::{self, Contents, MapFormat, Opened};
use allegiance::geometry::point;
use allegiance::model::{ActorId, ActorKind, Map};
use allegiance::progress::Progress;
use proptest::prelude::*;

use crate::support::{EXAMPLE, map, parse};

fn open(bytes: &[u8]) -> Opened {
    file::parse(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The bytes after moving actors in a map that was opened from `bytes`.
fn moved(bytes: &[u8], moves: &[(&str, f32, f32)]) -> String {
    let mut document = Document::opened(open(bytes), Origin::Example);
    let moves = moves.iter().map(|(id, x, y)| (ActorId::from(*id), point(*x, *y))).collect();
    document.apply(Command::Move(moves));
    String::from_utf8(document.to_bytes().expect("it is written")).expect("UTF-8")
}

fn changed_lines(before: &str, after: &str) -> Vec<(String, String)> {
    assert_eq!(before.lines().count(), after.lines().count());
    let pairs = before.lines().zip(after.lines()).filter(|(before, after)| before != after);
    pairs.map(|(before, after)| (before.trim().to_owned(), after.trim().to_owned())).collect()
}

const ODD: &str = "\u{feff}{\"format\":\"relationship-map\",\r\n\
    \t\"version\":1, \"zoo\":[1,{\"a\":null}],\r\n \
    \"actors\":[{\"name\":\"A\",\"id\":\"a\",\"kind\":\"oracle\"},\
    {\"id\":\"b\",\"name\":\"B\"}],\r\n \
    \"relations\":[],\"layout\":{\"b\":{\"y\":2,\"x\":1.50,\"colour\":\"red\"},\r\n\
    \"a\":{\"x\":1e1,\"y\":20}}\r\n\r\n}\r\n";

#[test]
fn an_unchanged_file_is_written_back_byte_for_byte() {
    for text in [EXAMPLE, ODD] {
        let document = Document::opened(open(text.as_bytes()), Origin::Example);
        assert_eq!(document.to_bytes().expect("it is written"), text.as_bytes());
    }
}

#[test]
fn moving_one_actor_changes_its_line_and_no_other() {
    let after = moved(EXAMPLE.as_bytes(), &[("moderates", 12.5, -3.25)]);
    let changes = changed_lines(EXAMPLE, &after);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].1, r#""moderates": { "x": 12.5, "y": -3.25 },"#);
}

#[test]
fn moving_keeps_the_formatting_of_a_foreign_file() {
    let after = moved(ODD.as_bytes(), &[("b", 7.0, 2.0)]);
    assert_eq!(after, ODD.replace("\"x\":1.50", "\"x\":7.0"));
}

#[test]
fn undoing_a_move_restores_the_old_bytes() {
    let mut document = Document::opened(open(EXAMPLE.as_bytes()), Origin::Example);
    document.apply(Command::Move(vec![("ttp".into(), point(1.0, 2.0))]));
    assert!(document.is_unsaved());
    assert_eq!(document.undo().expect("a step").words, "move Tehreek-e-Taliban Pakistan");
    assert!(!document.is_unsaved());
    assert_eq!(document.to_bytes().expect("it is written"), EXAMPLE.as_bytes());
}

#[test]
fn a_map_without_positions_gets_a_layout_only_when_an_actor_is_moved() {
    let text = "{\n  \"format\": \"relationship-map\",\n  \"version\": 1,\n  \
                \"actors\": [ { \"id\": \"a\", \"name\": \"A\" } ],\n  \
                \"relations\": []\n}\n";
    let document = Document::opened(open(text.as_bytes()), Origin::Example);
    assert!(!document.is_unsaved());
    assert_eq!(document.to_bytes().expect("it is written"), text.as_bytes());
    let after = moved(text.as_bytes(), &[("a", 3.0, 4.0)]);
    assert_eq!(
        after,
        text.replace(
            "[]\n}",
            "[],\n  \"layout\": {\n    \"a\": { \"x\": 3.0, \"y\": 4.0 }\n  }\n}"
        )
    );
    assert_eq!(parse(&after).layout.len(), 1);
}

#[test]
fn an_actor_new_to_the_layout_is_added_at_the_end() {
    let text = r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"A"},{"id":"b","name":"B"}],
        "relations":[],"layout":{"b":{"x":1,"y":2}}}"#;
    let after = parse(&moved(text.as_bytes(), &[("a", 5.0, 6.0)]));
    assert_eq!(after.layout.keys().map(ActorId::as_str).collect::<Vec<_>>(), ["b", "a"]);
}

#[test]
fn unknown_keys_and_kinds_are_kept() {
    let map = open(ODD.as_bytes()).map;
    assert_eq!(map.actors.raw[0].kind, ActorKind::Other("oracle".to_owned()));
    let written = parse(
        &String::from_utf8(file::native::write::write(&map).expect("written")).expect("UTF-8"),
    );
    assert_eq!(written, map);
    assert_eq!(written.extra["zoo"][1]["a"], serde_json::Value::Null);
    assert_eq!(written.layout[&ActorId::from("b")].extra["colour"], "red");
}

#[test]
fn a_newer_version_opens_read_only() {
    let text = EXAMPLE.replacen("\"version\": 1", "\"version\": 2", 1);
    let document = Document::opened(open(text.as_bytes()), Origin::Example);
    assert!(document.is_read_only());
}

#[test]
fn saving_replaces_the_file_atomically_and_keeps_its_permissions() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.json");
    std::fs::write(&path, "old").expect("written");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("set");
        let link = folder.path().join("link.json");
        std::os::unix::fs::symlink(&path, &link).expect("linked");
        file::store::atomic::write_atomically(&link, b"new").expect("saved");
        assert!(std::fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
    }
    #[cfg(not(unix))]
    file::store::atomic::write_atomically(&path, b"new").expect("saved");
    assert_eq!(std::fs::read(&path).expect("there"), b"new");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("listed")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".allegiance")), "{left:?}");
}

#[test]
fn the_error_for_a_missing_folder_says_what_to_do() {
    let error = file::store::atomic::write_atomically(
        std::path::Path::new("no/such/folder/map.json"),
        b"x",
    )
    .expect_err("fails");
    assert_eq!(
        error.to_string(),
        "there is no such folder; save the file somewhere else (no/such/folder/map.json)"
    );
}

#[test]
fn the_schema_describes_the_example() {
    let schema: serde_json::Value =
        serde_json::from_str(&file::schema().expect("a schema")).expect("JSON");
    let properties = schema["properties"].as_object().expect("properties");
    let example: serde_json::Value = serde_json::from_str(EXAMPLE).expect("JSON");
    for key in example.as_object().expect("an object").keys() {
        assert!(properties.contains_key(key), "the schema lacks {key}");
    }
    let required = schema["$defs"]["Relation"]["required"].as_array().expect("required keys");
    for key in ["id", "from", "to", "stance"] {
        assert!(required.iter().any(|other| other == key), "{key} is not required");
    }
    assert_eq!(required.len(), 4);
}

proptest! {
    #[test]
    fn any_map_survives_being_written(map in any_map()) {
        let bytes = file::native::write::write(&map).expect("it is written");
        let read = open(&bytes);
        prop_assert_eq!(&read.map, &map);
        let document = Document::opened(read, Origin::Example);
        prop_assert_eq!(document.to_bytes().expect("it is written"), bytes);
    }

    #[test]
    fn any_moves_undone_give_the_opened_bytes(
        map in any_map(),
        moves in proptest::collection::vec((0_usize..12, -1e6_f32..1e6, -1e6_f32..1e6), 1..12),
    ) {
        let bytes: allegiance::file::Bytes =
            file::native::write::write(&map).expect("it is written").into();
        let mut document = Document::opened(open(&bytes), Origin::Example);
        for (actor, x, y) in &moves {
            if let Some(actor) = map.actors.raw.get(*actor) {
                document.apply(Command::Move(vec![(actor.id.clone(), point(*x, *y))]));
            }
        }
        let edited = document.to_bytes().expect("it is written");
        prop_assert_eq!(&open(&edited).map, document.map());
        let mut steps = 0;
        while document.undo().is_some() { steps += 1; }
        prop_assert_eq!(&document.to_bytes().expect("it is written")[..], &bytes[..]);
        for _ in 0..steps { prop_assert!(document.redo().is_some()); }
        prop_assert_eq!(document.to_bytes().expect("it is written"), edited);
    }
}

/// Maps of up to eleven actors with unusual names, some with a position, some with ties.
fn any_map() -> impl Strategy<Value = Map> {
    let names = proptest::collection::vec("\\PC{1,12}", 1..12);
    let ties =
        proptest::collection::vec((0_usize..12, 0_usize..12, 0_usize..4, "\\PC{0,20}"), 0..20);
    let places = proptest::collection::vec(
        proptest::option::of((-1e6_f64..1e6, -1e6_f64..1e6, any::<bool>())),
        12,
    );
    (names, ties, places).prop_map(|(names, ties, places)| {
        let mut map = parse(
            r#"{"format":"relationship-map","version":1,
            "sources":[{"id":"s"}],"actors":[],"relations":[]}"#,
        );
        for (number, name) in names.iter().enumerate() {
            let id = ActorId::from(format!("{number}{name}"));
            if let Some((x, y, pinned)) = places[number] {
                let placement = allegiance::model::Placement { x, y, pinned, ..Default::default() };
                map.layout.insert(id.clone(), placement);
            }
            map.actors.push(allegiance::model::Actor {
                id,
                name: name.clone(),
                ..Default::default()
            });
        }
        for (number, (from, to, stance, excerpt)) in ties.into_iter().enumerate() {
            let (Some(from), Some(to)) = (map.actors.raw.get(from), map.actors.raw.get(to)) else {
                continue;
            };
            let stance = allegiance::model::Stance::ALL[stance];
            let id = allegiance::model::RelationId::from(format!("r{number}"));
            let mut relation =
                allegiance::model::Relation::new(id, from.id.clone(), to.id.clone(), stance);
            relation.evidence.push(Evidence {
                source: "s".into(),
                excerpt: excerpt.into(),
                ..Default::default()
            });
            map.relations.push(relation);
        }
        map
    })
}

use allegiance::model::Evidence;

#[test]
fn reading_a_large_file_reports_progress_and_can_be_cancelled() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("many.json");
    let actors: Vec<String> =
        (0..9000).map(|at| format!(r#"{{"id":"a{at}","name":"Actor {at}"}}"#)).collect();
    let text = format!(
        r#"{{"format":"relationship-map","version":1,"actors":[{}],"relations":[]}}"#,
        actors.join(",")
    );
    std::fs::write(&path, &text).expect("written");
    let progress = allegiance::progress::Progress::default();
    let opened = file::open_with(&path, &progress).expect("it opens");
    assert_eq!(opened.map.actors.len(), 9000);
    assert_eq!(opened.map.actors.raw[8999].id.as_str(), "a8999");
    assert!(progress.share() > 0.5, "{}", progress.share());
    assert_eq!(**opened.native_bytes().expect("native"), *text.as_bytes());
    // The same map as when parsed in one go.
    assert_eq!(serde_json::from_str::<allegiance::model::Map>(&text).expect("a map"), opened.map);
    progress.cancel();
    let error = file::open_with(&path, &progress).expect_err("it was cancelled");
    assert!(error.to_string().contains("cancelled"), "{error}");
}

/// A long map with every kind of token that the end of a chunk may cut.
fn long() -> String {
    let title = r#""title": "Ünter \u00e9\ud83d\ude00 – “ends” \\ \" 𝄞""#;
    let sources = format!(r#"{{"id": "s", "text": "{}"}}"#, "Wörter ¶ und 𝄞. ".repeat(9000));
    let actors: Vec<String> =
        (0..900).map(|at| format!("{{\"id\":\"a{at}\",\n \"name\": \"Grüppe {at} 𝄞\"}}")).collect();
    let ties: Vec<String> = (0..900)
        .map(|at| {
            format!(
                r#"{{"id": "r{at}", "from": "a{at}", "to": "a0", "stance": "mixed",
                "strength": {}, "n": -1.25e-{at},
                "evidence": [{{"source": "s", "excerpt": "„{at}“", "start": {at}, "end": {}}},
                {{"source": "s", "excerpt": "é"}}]}}"#,
                at % 6,
                at + 123_456
            )
        })
        .collect();
    let places: Vec<String> =
        (0..900).map(|at| format!(r#""a{at}" : {{"x": {at}.125, "y": -{at}e-2}}"#)).collect();
    format!(
        "{{\"zoo\": 1234567, \"format\": \"relationship-map\", \"version\": 1, \
         \"meta\": {{{title}}},\r\n\"sources\": [{sources}],\t\
         \"actors\": [ {} ], \"relations\": [{}], \"layout\": {{{}}}, \
         \"end\": [null, true, {{}}, []], \"last\": 12 }}\n",
        actors.join(" , "),
        ties.join(","),
        places.join(",")
    )
}

#[test]
fn a_long_map_reads_the_same_wherever_its_chunks_end() {
    let text = long();
    let plain = serde_json::from_str::<Map>(&text).expect("a map");
    assert_eq!(
        (plain.sources.raw[0].text.as_ref().map(|text| text.len() > 1 << 17), plain.extra.len()),
        (Some(true), 3)
    );
    for shift in (0..100).chain([1 << 16, 1 << 17]) {
        let shifted = format!("{}{text}{}", " ".repeat(shift), "\n".repeat(shift % 7));
        assert!(open(shifted.as_bytes()).map == plain, "shifted by {shift}");
    }
}

#[test]
fn viewing_a_map_gives_the_same_result_as_opening_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.json");
    let long = long();
    let cut = &long[..long.len() - 3];
    let twice = long.replacen("\"zoo\": 1234567", "\"version\": 1", 1);
    let replaced = long.replacen("\"a899\" :", "\"a898\" :", 1);
    let stranger = long.replacen("\"to\": \"a0\"", "\"to\": \"x0\"", 1);
    let wrong = long.replacen("\"strength\": 5", "\"strength\": 7", 1);
    let foreign = long.replacen("relationship-map", "a picture", 1);
    let newer = EXAMPLE.replacen("\"version\": 1", "\"version\": 7", 1);
    let (text, more) = (format!("{long}{long}"), format!("{long}}}"));
    let texts = [
        EXAMPLE, ODD, &newer, "", "[1]", &long, cut, &twice, &replaced, &stranger, &wrong,
        &foreign, &text, &more,
    ];
    for text in texts {
        std::fs::write(&path, text).expect("written");
        let opened = file::open(&path).map(|opened| (opened.map, opened.warnings));
        assert!(file::view(&path) == opened, "{}", text.get(..100).unwrap_or(text));
    }
    std::fs::write(&path, [long.as_bytes(), &[0xC3]].concat()).expect("written");
    assert_eq!(file::view(&path).err(), file::open(&path).err());
    assert!(file::open(&path).is_err(), "not UTF-8");
    assert!(
        file::view(folder.path()).expect_err("a folder").to_string().contains("this is a folder")
    );
}

/// A format of another program, as a row of the table would describe it.
static FOREIGN: MapFormat = MapFormat {
    name: "Foreign maps",
    extensions: &["foreign"],
    recognises: |start| start.starts_with(b"FOREIGN"),
    read: |_, _| {
        Ok(Opened {
            map: map(&["a-b"]),
            contents: Contents::Imported("Foreign maps"),
            warnings: Vec::new(),
        })
    },
};

#[test]
fn an_imported_map_is_unsaved_leaves_its_file_alone_and_is_whole_in_the_journal() {
    let opened =
        (FOREIGN.read)(&std::sync::Arc::default(), &Progress::default()).expect("it opens");
    let path = std::path::PathBuf::from("folder/map.foreign");
    let mut document = Document::opened(opened, Origin::File(path.clone()));
    assert_eq!(document.origin(), &Origin::Imported(path));
    assert_eq!(document.path(), None, "a save asks for a file");
    assert_eq!(document.file_name(), "map.foreign");
    assert!(document.is_unsaved() && document.undo_name().is_none());
    document.apply(Command::Move(vec![("a".into(), point(1.0, 2.0))]));
    let header = document.journal_header();
    let events: Vec<String> = document
        .take_events()
        .iter()
        .map(|event| serde_json::to_string(event).expect("JSON"))
        .collect();
    let recovered = Document::recovered(&header, &events).expect("it is recovered");
    assert_eq!(recovered.map(), document.map());
    assert!(document.to_bytes().expect("written").starts_with(b"{"));
}

#[test]
fn a_file_of_no_known_format_says_what_was_expected() {
    for (bytes, message) in [
        (&b""[..], "empty"),
        (b"   \n", "empty"),
        (b"[1]", "JSON array"),
        (b"\xFF\xFE{\0", "UTF-16"),
        (b"<svg/>", "not a map"),
    ] {
        let error = allegiance::file::parse(bytes).expect_err("no map");
        assert!(error.to_string().contains(message), "{error}");
        assert!(error.to_string().contains("a relationship map in JSON"), "{error}");
    }
}
