//! A journal recovers the edits wherever it was cut off, and is never taken from a running program.

use std::time::{Duration, UNIX_EPOCH};

use allegiance::edit::unsaved::Unsaved;
use allegiance::edit::{Command, Document, Origin};
use allegiance::file::store::journal::{self, Journal};
use allegiance::geometry::point;
use allegiance::model::{Actor, Element, Meta, PartialDate};

/// Small, so that its journal can be cut at every byte.
const SMALL: &str = r#"{"format":"relationship-map","version":1,
    "actors":[{"id":"ttp","name":"TTP"},{"id":"pakistan","name":"پاکستان"},
        {"id":"jfm","name":"JFM","part_of":"ttp"}],
    "relations":[{"id":"r1","from":"pakistan","to":"ttp","stance":"hostile"},
        {"id":"r2","from":"jfm","to":"ttp","stance":"cooperative"}],
    "layout":{"ttp":{"x":1,"y":2},"pakistan":{"x":100.5,"y":-7}}}"#;

/// A document with a dozen edits of several kinds, and the map's bytes after each event.
fn edited() -> (Document, Vec<Vec<u8>>) {
    let mut document = Document::opened(
        allegiance::file::parse(SMALL.as_bytes()).expect("it opens"),
        Origin::Example,
    );
    let mut states = vec![allegiance::file::native::write::write(document.map()).expect("written")];
    let mut note = |document: &Document| {
        states.push(allegiance::file::native::write::write(document.map()).expect("written"));
    };
    for number in 0..4_u8 {
        let at = point(f32::from(number) * 10.0, 5.0);
        document.apply(Command::Move(vec![("ttp".into(), at)]));
        note(&document);
        let actor = Actor {
            id: format!("new{number}").as_str().into(),
            name: "Ünïted نام".to_owned(),
            ..Actor::default()
        };
        document.apply(Command::AddActor(Box::new(actor), at));
        note(&document);
    }
    document.apply(Command::Delete(vec![Element::Actor("pakistan".into())]));
    note(&document);
    document.undo();
    note(&document);
    document.undo();
    note(&document);
    document.redo();
    note(&document);
    (document, states)
}

/// The bytes of a journal of that document.
fn journal_bytes(folder: &std::path::Path) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (mut document, states) = edited();
    let mut journal = Journal::new(Some(folder.to_owned()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    drop(journal);
    let path =
        std::fs::read_dir(folder).expect("a folder").flatten().next().expect("a journal").path();
    (std::fs::read(path).expect("readable"), states)
}

#[test]
fn a_journal_cut_at_any_byte_gives_a_prefix_of_the_edits() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bytes, states) = journal_bytes(folder.path());
    let header_end = bytes.iter().position(|byte| *byte == b'\n').expect("a header") + 1;
    for cut in 0..header_end {
        assert!(journal::read(&bytes[..cut]).is_none(), "half a header is not a header");
    }
    let mut seen = std::collections::BTreeSet::new();
    for cut in header_end..=bytes.len() {
        let (header, events) = journal::read(&bytes[..cut]).expect("a header");
        let whole_lines = bytes[header_end..cut].split(|byte| *byte == b'\n').count() - 1;
        assert_eq!(events.len(), whole_lines, "cut at {cut}");
        let document = Document::recovered(&header, &events).expect("it opens");
        let now = allegiance::file::native::write::write(document.map()).expect("written");
        assert_eq!(now, states[events.len()], "after {} events", events.len());
        assert_eq!(document.is_unsaved(), !events.is_empty());
        seen.insert(events.len());
    }
    assert_eq!(seen.len(), states.len(), "every prefix was seen");
}

#[test]
fn a_journal_is_an_orphan_only_after_its_program_has_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut document, _) = edited();
    let mut journal = Journal::new(Some(folder.path().to_owned()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    // Wait until the thread has created the file.
    while std::fs::read_dir(folder.path()).expect("a folder").count() == 0 {
        std::thread::yield_now();
    }
    assert!(journal::orphans(folder.path()).is_empty(), "its program is still running");
    drop(journal);
    assert_eq!(journal::orphans(folder.path()).len(), 1);
}

#[test]
fn a_saved_map_leaves_no_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut document, _) = edited();
    let mut journal = Journal::new(Some(folder.path().to_owned()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    journal.end();
    drop(journal);
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn other_files_are_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("a.journal", "not json\n"), ("b.journal", ""), ("c.txt", "{}\n")] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    assert!(journal::orphans(folder.path()).is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 3);
}

#[test]
fn a_restarted_journal_holds_the_unsaved_changes_and_replaces_the_old_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut document, states) = edited();
    let mut journal = Journal::new(Some(folder.path().to_owned()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    journal.restart(document.journal_header(), &document.unsaved_event().expect("a map on disk"));
    drop(journal);
    let [orphan] = journal::orphans(folder.path()).try_into().expect("one journal");
    assert_eq!(orphan.events.len(), 1);
    let recovered = Document::recovered(&orphan.header, &orphan.events).expect("it opens");
    assert_eq!(
        Some(&allegiance::file::native::write::write(recovered.map()).expect("written")),
        states.last()
    );
}

#[test]
fn a_journal_that_cannot_be_written_is_reported_and_restarts_later() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("journals");
    std::fs::write(&folder, "a file where the folder should be").expect("written");
    let (mut document, states) = edited();
    let mut journal = Journal::new(Some(folder.clone()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    let start = std::time::Instant::now();
    let trouble = loop {
        if let Some(trouble) = journal.take_error() {
            break trouble;
        }
        assert!(start.elapsed().as_secs() < 10, "no error was reported");
        std::thread::yield_now();
    };
    assert!(!trouble.is_empty());
    std::fs::remove_file(&folder).expect("removed");
    journal.restart(document.journal_header(), &document.unsaved_event().expect("a map on disk"));
    drop(journal);
    let [orphan] = journal::orphans(&folder).try_into().expect("one journal");
    let recovered = Document::recovered(&orphan.header, &orphan.events).expect("it opens");
    assert_eq!(
        Some(&allegiance::file::native::write::write(recovered.map()).expect("written")),
        states.last()
    );
}

#[test]
fn unsaved_work_is_described_by_name_place_changes_and_age() {
    let folder = tempfile::tempdir().expect("a folder");
    journal_bytes(folder.path());
    let [mut orphan] = journal::orphans(folder.path()).try_into().expect("one journal");
    orphan.header.file = Some("/maps/merge.json".into());
    let start = UNIX_EPOCH + Duration::from_hours(24 * 20_780);
    orphan.written = Some(start);
    let work = Unsaved::of(&orphan);
    assert_eq!((work.name.as_str(), work.place().as_str()), ("merge.json", "/maps/merge.json"));
    for (seconds, words) in [
        (0, "12 changes, less than a minute ago"),
        (59, "12 changes, less than a minute ago"),
        (60, "12 changes, 1 minute ago"),
        (150, "12 changes, 2 minutes ago"),
        (3600, "12 changes, 1 hour ago"),
        (86_399, "12 changes, 23 hours ago"),
        (86_400, "12 changes, 1 day ago, 23 November 2026"),
        (5 * 86_400 + 7, "12 changes, 5 days ago, 23 November 2026"),
    ] {
        assert_eq!(work.words(start + Duration::from_secs(seconds)), words);
    }
    // A clock that was set back, and one from before 1970.
    assert_eq!(work.words(UNIX_EPOCH), "12 changes, 23 November 2026");
    let long_ago = Unsaved { written: Some(UNIX_EPOCH - Duration::from_secs(1)), ..work };
    assert!(long_ago.words(start).starts_with("12 changes, 20780 days ago"));
    assert_eq!(
        long_ago.words(UNIX_EPOCH - Duration::from_secs(9)),
        "12 changes, at an unknown time"
    );
}

#[test]
fn typing_in_one_field_counts_as_one_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut document, _) = edited();
    document.take_events();
    for title in ["L", "Lo", "Lon", "Long"] {
        let meta = Meta { title: title.to_owned(), ..document.map().meta.clone() };
        document.apply(Command::SetMeta(Box::new(meta), "title"));
    }
    let mut journal = Journal::new(Some(folder.path().to_owned()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    drop(journal);
    let [orphan] = journal::orphans(folder.path()).try_into().expect("one journal");
    assert_eq!((orphan.events.len(), Unsaved::of(&orphan).changes), (4, 1));
}

#[test]
fn days_since_1970_are_dates() {
    let date = |day| PartialDate::of_day(day).map(|date| date.to_string());
    for (day, text) in [
        (0, "1970-01-01"),
        (58, "1970-02-28"),
        (59, "1970-03-01"),
        (11_016, "2000-02-29"),
        (11_017, "2000-03-01"),
        (20_780, "2026-11-23"),
        (2_932_896, "9999-12-31"),
    ] {
        assert_eq!(date(day).as_deref(), Some(text));
    }
    assert_eq!((date(2_932_897), date(u64::MAX)), (None, None));
}

#[test]
fn two_programs_on_one_file_keep_two_journals() {
    let folder = tempfile::tempdir().expect("a folder");
    let two: Vec<(Journal, Vec<Vec<u8>>)> = (0..2)
        .map(|_| {
            let (mut document, states) = edited();
            let mut journal = Journal::new(Some(folder.path().to_owned()));
            for event in document.take_events() {
                journal.append(|| document.journal_header(), &event);
            }
            (journal, states)
        })
        .collect();
    let mut left = two.into_iter();
    let (mut saved, _) = left.next().expect("the first");
    saved.end();
    drop(saved);
    let (crashed, states) = left.next().expect("the second");
    drop(crashed);
    let [orphan] = journal::orphans(folder.path()).try_into().expect("the second one's journal");
    assert_eq!(orphan.events.len() + 1, states.len());
}
