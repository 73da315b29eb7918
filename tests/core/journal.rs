//! A journal gives the work back, wherever it was cut off, and never takes it from a program that is alive.

use allegiance::edit::{Command, Document, Item, Origin};
use allegiance::file::recovery::{self, Journal};
use allegiance::geometry::point;
use allegiance::model::Actor;

use crate::support::EXAMPLE;

/// A document with a dozen edits of several kinds, and the map's bytes after each event.
fn edited() -> (Document, Vec<Vec<u8>>) {
    let mut document =
        Document::opened(allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"), Origin::Example);
    let mut states = vec![allegiance::file::json::write(document.map()).expect("written")];
    let mut note = |document: &Document| states.push(allegiance::file::json::write(document.map()).expect("written"));
    for number in 0..4_u8 {
        let at = point(f32::from(number) * 10.0, 5.0);
        document.apply(Command::Move(vec![("ttp".into(), at)]));
        note(&document);
        let actor =
            Actor {
                id: format!("new{number}").as_str().into(), name: "Ünïted نام".to_owned(), ..Actor::default()
            };
        document.apply(Command::AddActor(Box::new(actor), at));
        note(&document);
    }
    document.apply(Command::Delete(vec![Item::Actor("pakistan".into())]));
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
    let path = std::fs::read_dir(folder).expect("a folder").flatten().next().expect("a journal").path();
    (std::fs::read(path).expect("readable"), states)
}

#[test]
fn a_journal_cut_at_any_byte_gives_a_prefix_of_the_edits() {
    let folder = tempfile::tempdir().expect("a folder");
    let (bytes, states) = journal_bytes(folder.path());
    let header_end = bytes.iter().position(|byte| *byte == b'\n').expect("a header") + 1;
    assert!(recovery::read(&bytes[..header_end - 1]).is_none(), "half a header is none");
    let mut seen = 0;
    // Every byte around the ends of lines, and every 97th between them.
    let is_near_an_end = |cut: usize| bytes[cut.saturating_sub(3)..(cut + 3).min(bytes.len())].contains(&b'\n');
    for cut in (header_end..=bytes.len()).rev().filter(|cut| is_near_an_end(*cut) || cut % 97 == 0) {
        let (header, events) = recovery::read(&bytes[..cut]).expect("a header");
        // Only where a line was lost is there something new to replay.
        if cut < bytes.len() && events.len() == seen {
            continue;
        }
        seen = events.len();
        let document = Document::recovered(&header, &events).expect("it opens");
        let now = allegiance::file::json::write(document.map()).expect("written");
        assert_eq!(now, states[events.len()], "after {} events", events.len());
        assert_eq!(document.is_unsaved(), !events.is_empty());
    }
    assert_eq!(seen, 0, "every prefix was seen");
}

#[test]
fn a_journal_is_an_orphan_only_once_its_program_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut document, _) = edited();
    let mut journal = Journal::new(Some(folder.path().to_owned()));
    for event in document.take_events() {
        journal.append(|| document.journal_header(), &event);
    }
    // Wait until the thread has begun the file.
    while std::fs::read_dir(folder.path()).expect("a folder").count() == 0 {
        std::thread::yield_now();
    }
    assert!(recovery::orphans(folder.path()).is_empty(), "its program lives");
    drop(journal);
    assert_eq!(recovery::orphans(folder.path()).len(), 1);
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
fn what_is_no_journal_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("a.journal", "not json\n"), ("b.journal", ""), ("c.txt", "{}\n")] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    assert!(recovery::orphans(folder.path()).is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 3);
}
