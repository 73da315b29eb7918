//! The open file and other programs that write it. A change is noticed at once, and the file is
//! reloaded or the user is asked. It is never overwritten without asking. Also disks that fail or
//! stall.

use std::path::Path;
use std::process::Command;

use allegiance::file::EXAMPLE;
use allegiance::ui::{Picked, Settings};
use egui::{Key, Modifiers};

use crate::support::{Folder, MODERATES, Window, move_an_actor, read};

const ASKED: &str = "was changed by another program";

fn theirs() -> String {
    EXAMPLE.replacen("One article", "Two articles", 1)
}

/// Writes as careful programs do: a temporary file, then a rename.
fn replace(path: &Path, text: &str) {
    let beside = path.with_extension("tmp");
    std::fs::write(&beside, text).expect("written");
    std::fs::rename(beside, path).expect("renamed");
}

fn save(window: &mut Window) {
    window.key(Modifiers::COMMAND, Key::S);
}

fn caveat(window: &Window) -> &str {
    &window.app().document().map().meta.caveat
}

#[test]
fn a_file_that_changed_on_disk_is_reloaded_if_nothing_is_unsaved() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    window.click_containing(MODERATES);
    for write in [|path: &Path, text: &str| std::fs::write(path, text).expect("written"), replace] {
        write(&path, &theirs());
        window.until("the new text", |window| caveat(window).contains("Two articles"));
        assert!(window.sees("map.json was changed by another program and reloaded"));
        assert!(!window.app().document().is_unsaved());
        assert_eq!(window.app().selection().len(), 1, "the selection stays");
        write(&path, EXAMPLE);
        window.until("the old text", |window| caveat(window).contains("One article"));
    }
    save(&mut window);
    assert_eq!(read(&path), EXAMPLE);
}

#[test]
fn a_file_that_changed_on_disk_is_not_overwritten_without_asking() {
    for (answer, expects_mine, expects_theirs) in
        [("Keep mine", true, false), ("Take theirs", false, true), ("Merge", true, true)]
    {
        let folder = Folder::new();
        let path = folder.example();
        let mut window = Window::open(Some(path.clone()));
        let before = window.place("moderates");
        move_an_actor(&mut window);
        let moved = window.place("moderates");
        std::fs::write(&path, theirs()).expect("written");
        window.until("the question", |window| window.sees(ASKED));
        assert_eq!(read(&path), theirs(), "nothing is written before the answer");
        window.click(answer);
        assert_eq!(window.app().document().is_unsaved(), answer != "Take theirs");
        save(&mut window);
        assert_eq!(read(&path).contains("Two articles"), expects_theirs, "{answer}");
        let place = window.place("moderates");
        assert_eq!(place, if expects_mine { moved } else { before }, "{answer}");
        assert!(!window.app().document().is_unsaved());
        if answer != "Keep mine" {
            window.key(Modifiers::COMMAND, Key::Z);
            assert_eq!(
                (window.place("moderates"), caveat(&window).contains("One")),
                (moved, true),
                "undo after {answer}"
            );
        }
    }
}

#[test]
fn conflicts_are_listed_and_can_be_resolved() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    window.key(Modifiers::NONE, Key::F2);
    crate::support::fill(&mut window, "Title", "Mine");
    let other = EXAMPLE.replacen("\"title\": \"", "\"title\": \"Theirs: ", 1);
    std::fs::write(&path, other).expect("written");
    window.until("the question", |window| window.sees(ASKED));
    assert!(window.sees("One thing was changed on both sides"));
    assert!(window.sees("title of the map"));
    window.click_containing("in the file: Theirs: ");
    window.click("Merge");
    assert!(window.app().document().map().meta.title.starts_with("Theirs: "));
}

#[test]
fn a_postponed_question_is_asked_again_at_the_next_save() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    move_an_actor(&mut window);
    std::fs::write(&path, theirs()).expect("written");
    window.until("the question", |window| window.sees(ASKED));
    window.click("Decide later");
    window.settle();
    assert!(!window.sees(ASKED), "the same question is not asked again at once");
    save(&mut window);
    assert!(window.sees(ASKED));
    assert_eq!(read(&path), theirs());
    window.click("Keep mine");
    window.until("the save", |window| !window.app().document().is_unsaved());
    assert!(read(&path).contains("One article"), "the save continues after the answer");
}

#[test]
fn a_file_that_is_no_longer_a_map_leaves_the_open_map_and_a_save_asks() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    std::fs::write(&path, "half a ma").expect("written");
    window.until("the message", |window| window.sees("on disk is no longer a map"));
    assert!(window.app().document().is_unsaved(), "the open map is saved nowhere else");
    save(&mut window);
    assert!(window.sees("The file has changed on disk"));
    window.click("Overwrite it");
    assert_eq!(read(&path), EXAMPLE);
}

#[test]
fn a_deleted_file_is_written_again_by_a_save() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window =
        Window::journalled(Some(path.clone()), Settings::default(), Some(folder.path("state")));
    std::fs::remove_file(&path).expect("removed");
    window.until("the message", |window| window.sees("no longer exists on disk"));
    assert!(window.app().document().is_unsaved());
    // A crash at this point loses nothing.
    drop(window);
    let mut window = Window::journalled(None, Settings::default(), Some(folder.path("state")));
    assert!(window.sees("Recover unsaved work?"));
    window.click("Recover");
    save(&mut window);
    assert_eq!(read(&path), EXAMPLE);
}

#[test]
fn a_deleted_folder_is_reported_and_the_map_can_be_saved_elsewhere() {
    let folder = Folder::new();
    let inner = folder.path("inner");
    std::fs::create_dir(&inner).expect("a folder");
    let path = inner.join("map.json");
    std::fs::write(&path, EXAMPLE).expect("written");
    let mut window = Window::open(Some(path));
    move_an_actor(&mut window);
    std::fs::remove_dir_all(&inner).expect("removed");
    save(&mut window);
    assert!(window.sees("The map was not saved"));
    assert!(window.sees("there is no such folder"));
    assert!(window.app().document().is_unsaved());
    let elsewhere = folder.path("elsewhere.json");
    window.will_pick(Picked::File(elsewhere.clone()));
    window.click("Save as…");
    assert!(!window.app().document().is_unsaved());
    assert!(allegiance::file::open(&elsewhere).is_ok());
}

#[test]
fn each_save_keeps_the_previous_version_and_it_can_be_restored() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window =
        Window::journalled(Some(path.clone()), Settings::default(), Some(folder.path("state")));
    let before = window.place("moderates");
    window.key(Modifiers::NONE, Key::F7);
    assert!(window.sees("None yet."));
    window.click("Close");
    move_an_actor(&mut window);
    let moved = window.place("moderates");
    save(&mut window);
    assert_eq!(
        std::fs::read_dir(path.parent().expect("a folder")).expect("a folder").count(),
        2,
        "only the map and the state folder"
    );
    window.key(Modifiers::NONE, Key::F7);
    window.click_containing(" bytes");
    assert_eq!(window.place("moderates"), before);
    assert!(window.app().document().is_unsaved());
    assert_eq!(window.app().document().undo_name(), Some("return to an earlier version"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.place("moderates"), moved);
}

#[test]
fn two_windows_on_one_file_keep_a_journal_each() {
    let folder = Folder::new();
    let path = folder.example();
    let state = Some(folder.path("state"));
    let mut first = Window::journalled(Some(path.clone()), Settings::default(), state.clone());
    let mut second = Window::journalled(Some(path.clone()), Settings::default(), state.clone());
    move_an_actor(&mut first);
    second.key(Modifiers::COMMAND, Key::A);
    second.key(Modifiers::SHIFT, Key::ArrowRight);
    save(&mut first);
    second.until("the question", |window| window.sees(ASKED));
    // The second window crashes before the question is answered.
    drop(second);
    drop(first);
    let mut next = Window::journalled(None, Settings::default(), state);
    assert!(next.sees("Recover unsaved work?"));
    next.click("Recover");
    assert_eq!(next.app().document().path(), Some(path.as_path()));
    next.until("the question", |window| window.sees(ASKED));
}

#[test]
fn a_stalled_drive_is_reported_and_the_window_stays_responsive() {
    let folder = Folder::new();
    let path = folder.example();
    let mut window = Window::open(Some(path.clone()));
    move_an_actor(&mut window);
    // A pipe without a writer: reading it blocks forever, like a dead network drive.
    std::fs::remove_file(&path).expect("removed");
    if !Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
        eprintln!("skipped: this system has no named pipes");
        return;
    }
    window.until("the message", |window| window.sees("no longer a map"));
    window.harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    // More than ten seconds of simulated time.
    window.harness.run_steps(630);
    assert!(window.sees("The drive is not responding"));
    assert!(window.app().document().is_unsaved());
    let elsewhere = folder.path("elsewhere.json");
    window.will_pick(Picked::File(elsewhere.clone()));
    window.harness.run_steps(2);
    egui_kittest::kittest::Queryable::get_by_label(&window.harness, "Save elsewhere…").click();
    window.until("the save elsewhere", |window| !window.app().document().is_unsaved());
    assert_eq!(window.app().document().path(), Some(elsewhere.as_path()));
    // The drive responds at last. Changes made in the meantime stay untouched.
    drop(std::fs::OpenOptions::new().write(true).open(&path).expect("the reader waits"));
    window.until("the end of the stalled save", |window| window.sees("The save that stalled"));
    assert_eq!(window.app().document().path(), Some(elsewhere.as_path()));
    assert!(!window.app().document().is_unsaved());
}

#[test]
fn a_full_disk_keeps_the_map_open_and_unsaved() {
    let folder = Folder::new();
    let disk = folder.path("disk");
    std::fs::create_dir(&disk).expect("a folder");
    let mut mount = Command::new("mount");
    mount.args(["-t", "tmpfs", "-o", "size=96k", "tmpfs"]).arg(&disk);
    if !cfg!(target_os = "linux") || !mount.output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: cannot mount a disk here (it takes root on Linux)");
        return;
    }
    let path = disk.join("map.json");
    std::fs::write(&path, EXAMPLE).expect("it fits");
    let mut window = Window::open(Some(path.clone()));
    move_an_actor(&mut window);
    // Another file fills the remaining space.
    let rest = std::fs::write(disk.join("rest"), vec![0; 1 << 20]);
    save(&mut window);
    let said = window.sees("The map was not saved") && window.sees("the disk is full");
    let (whole, unsaved) = (read(&path) == EXAMPLE, window.app().document().is_unsaved());
    std::fs::remove_file(disk.join("rest")).expect("removed");
    window.click("Try again");
    let saved = !window.app().document().is_unsaved();
    drop(window);
    let unmounted = Command::new("umount").arg(&disk).output();
    assert!(
        rest.is_err() && said && whole && unsaved && saved,
        "{rest:?} {said} {whole} {unsaved} {saved}"
    );
    assert!(unmounted.is_ok_and(|output| output.status.success()));
}
