//! The steps of a briefing: in the file, in edits and merges, and as pages.

use allegiance::edit::merge::merge;
use allegiance::edit::{Command, Document, Origin};
use allegiance::export::{self, PDF, PNG, Page, Picture, render_steps, step_pages, step_paths};
use allegiance::file::{self, native};
use allegiance::geometry::{Rect, point};
use allegiance::layout;
use allegiance::model::check::check;
use allegiance::model::query::Index;
use allegiance::model::{BriefingStep, Element, Map, Severity, StepCamera};
use allegiance::progress::Progress;
use allegiance::scene::camera::Camera;
use allegiance::scene::step::{camera, step_camera};

use crate::support::{map, parse};

fn step(id: &str, focus: &[&str]) -> BriefingStep {
    BriefingStep {
        id: id.into(),
        title: format!("Title of {id}"),
        focus: focus.iter().map(|id| (*id).to_owned()).collect(),
        ..BriefingStep::default()
    }
}

fn with_steps() -> Map {
    let mut map = map(&["a-b", "b+c", "c-d"]);
    let hides = |id: &str| {
        let mut step = step("p2", &["b", "r2"]);
        step.view.hidden_actors.insert(id.into());
        step
    };
    map.steps = vec![step("p1", &["a", "r0"]), hides("d")];
    map
}

fn opened(map: &Map) -> Document {
    let bytes = native::write::write(map).expect("written");
    Document::opened(file::parse(&bytes).expect("valid"), Origin::Example)
}

#[test]
fn steps_are_in_the_file_as_the_format_says() {
    let mut map = with_steps();
    map.steps[0].camera = Some(StepCamera { x: 1.5, y: -2.0, zoom: 1.2, ratio: Some(1.5) });
    map.steps[0].text = "Two\nlines".to_owned();
    let text = String::from_utf8(native::write::write(&map).expect("written")).expect("UTF-8");
    assert!(
        text.contains(
            "\"steps\": [\n    {\n      \"id\": \"p1\",\n      \"title\": \"Title of p1\""
        )
    );
    assert_eq!(parse(&text), map);
    let twice = text.replacen("\"p2\"", "\"p1\"", 1);
    let error = file::parse(twice.as_bytes()).expect_err("two steps with one id").to_string();
    assert!(error.contains("duplicate step id \"p1\"") && error.contains("steps[1]"), "{error}");
}

#[test]
fn faults_of_steps_are_reported() {
    let mut map = with_steps();
    map.steps[0].camera = Some(StepCamera { x: 0.0, y: f64::NAN, zoom: 0.0, ratio: None });
    map.steps[1].focus.push("nobody".to_owned());
    let problems = check(&map);
    let said = |words: &str, severity: Severity| {
        problems.iter().any(|one| one.severity == severity && one.to_string().contains(words))
    };
    assert!(said("steps[0].camera.zoom", Severity::Error), "{problems:?}");
    assert!(said("steps[0].camera.y", Severity::Error), "{problems:?}");
    assert!(said("“Title of p2”, the focus has \"nobody\"", Severity::Warning), "{problems:?}");
}

#[test]
fn typing_in_one_step_is_one_edit_and_is_undone() {
    let mut document = opened(&with_steps());
    for text in ["T", "Ta", "Tal"] {
        let mut steps = document.map().steps.clone();
        steps[1].text = text.to_owned();
        document.apply(Command::SetSteps(steps, "change the text of a step"));
    }
    let mut steps = document.map().steps.clone();
    steps.reverse();
    document.apply(Command::SetSteps(steps, "reorder the steps"));
    document.apply(Command::SetSteps(document.map().steps.clone(), "nothing"));
    let ids = |document: &Document| -> Vec<String> {
        document.map().steps.iter().map(|step| step.id.to_string()).collect()
    };
    assert_eq!(ids(&document), ["p2", "p1"]);
    assert_eq!(document.undo().expect("a step").words, "reorder the steps");
    assert_eq!(document.map().steps[1].text, "Tal");
    assert_eq!(document.undo().expect("a step").words, "change the text of a step");
    assert_eq!(document.map().steps[1].text, "");
    assert!(document.undo().is_none() && !document.is_unsaved());
}

#[test]
fn steps_follow_new_ids_and_forget_what_is_deleted() {
    let mut document = opened(&with_steps());
    document.apply(Command::RenameActor("b".into(), "beta".into()));
    document.apply(Command::RenameRelation("r0".into(), "first".into()));
    document.apply(Command::RenameActor("d".into(), "delta".into()));
    let steps = &document.map().steps;
    assert_eq!(steps[0].focus, ["a", "first"]);
    assert_eq!(steps[1].focus, ["beta", "r2"]);
    assert!(steps[1].view.hidden_actors.contains(&"delta".into()));
    // A tie goes with its actor.
    document
        .apply(Command::Delete(vec![Element::Actor("a".into()), Element::Actor("delta".into())]));
    let steps = &document.map().steps;
    assert!(steps[0].focus.is_empty());
    assert_eq!(steps[1].focus, ["beta"]);
    assert!(steps[1].view.hidden_actors.is_empty());
    document.apply(Command::MergeActors("c".into(), "beta".into()));
    assert_eq!(document.map().steps[1].focus, ["c"]);
    while document.undo().is_some() {}
    assert_eq!(*document.map(), with_steps());
}

#[test]
fn both_sides_of_a_merge_keep_their_steps() {
    let base = with_steps();
    let (mut mine, mut theirs) = (base.clone(), base.clone());
    mine.steps[0].title = "Mine".to_owned();
    mine.steps.push(step("p3", &["c"]));
    theirs.steps[0].text = "Theirs".to_owned();
    theirs.steps.push(step("p3", &["d"]));
    let merged = merge(&base, &mine, &theirs, &[]).expect("valid");
    assert!(merged.conflicts.is_empty(), "{:?}", merged.conflicts);
    let steps = &merged.map.steps;
    assert_eq!((steps[0].title.as_str(), steps[0].text.as_str()), ("Mine", "Theirs"));
    // Two new steps under one id are different steps.
    assert_eq!(steps.len(), 4);
    theirs.steps[0].title = "Another".to_owned();
    let merged = merge(&base, &mine, &theirs, &[]).expect("valid");
    assert_eq!(merged.conflicts[0].what, "title of the step “Title of p1”");
}

#[test]
fn a_camera_shows_the_same_part_on_every_page() {
    let seen = Camera { centre: point(10.0, -20.0), zoom: 0.8 };
    for (page, area) in [
        (point(800.0, 500.0), Rect { min: point(0.0, 0.0), max: point(800.0, 500.0) }),
        (point(900.0, 900.0), Rect { min: point(10.0, 90.0), max: point(890.0, 840.0) }),
        (point(1900.0, 400.0), Rect { min: point(0.0, 50.0), max: point(1900.0, 400.0) }),
    ] {
        let step = step_camera(&seen, &area, page);
        let again = camera(&step, &area, page);
        assert!((again.zoom / seen.zoom - 1.0).abs() < 1e-3, "{page:?}: {again:?}");
        assert!((again.centre - seen.centre).length() < 0.1, "{page:?}: {again:?}");
        // Captured again and again, it stays where it is.
        let twice = step_camera(&again, &area, page);
        assert!((twice.zoom / step.zoom - 1.0).abs() < 1e-3);
        // All of it is in the free part of another page.
        let (other, free) =
            (point(1280.0, 720.0), Rect { min: point(20.0, 100.0), max: point(1260.0, 640.0) });
        let there = camera(&step, &free, other);
        for corner in [area.min, area.max] {
            let at = there.page_from_map(seen.map_from_page(corner, page), other);
            assert!(free.grown(0.5).contains(at), "{page:?}: {at:?}");
        }
    }
}

#[test]
fn each_step_is_a_page_with_its_words_and_its_view() {
    let map = with_steps();
    let index = Index::of(&map);
    let pages = step_pages(&map, &index, &Page::new(800, 500));
    assert_eq!(pages.len(), 2);
    let words = pages[0].0.parts.step.as_ref().expect("words");
    assert_eq!(words.title, "Title of p1");
    let emphasis = &pages[0].0.view.emphasis;
    assert_eq!(emphasis.bright_actors.len(), 2, "the actor, and the other end of its tie");
    assert!(emphasis.selected_actors.is_empty());
    assert_eq!(pages[1].1.actors().count(), 3, "one actor is hidden in this step");
    let positions = layout::positions(&map);
    let page = Page::new(800, 500);
    let progress = Progress::default();
    let files = render_steps(&map, &positions, &page, &PNG, &progress).expect("drawn").0;
    assert_eq!(files.len(), 2);
    let files = render_steps(&map, &positions, &page, &PDF, &progress).expect("drawn").0;
    let [pdf] = files.as_slice() else { panic!("one file") };
    let read = lopdf::Document::load_mem(pdf).expect("a PDF");
    assert_eq!(read.get_pages().len(), 2);
    let svg = export::render(&map, &positions, &pages[0].0, &export::SVG, &progress);
    let svg = String::from_utf8(svg.expect("drawn")).expect("UTF-8");
    assert!(svg.contains(">Title of p1</text>"), "{svg}");
    assert!(Picture::new(&map, &positions, &pages[1].0).is_ok());
}

#[test]
fn files_of_steps_are_called_after_them() {
    let named = |title: &str| {
        let step = BriefingStep { title: title.to_owned(), ..BriefingStep::default() };
        let map = Map { steps: vec![BriefingStep::default(), step], ..Map::default() };
        let paths = step_paths("folder/map.png".as_ref(), &PNG, &map);
        paths[1].to_string_lossy().replace('\\', "/")
    };
    assert_eq!(named("Who attacks whom?"), "folder/map-02-who-attacks-whom.png");
    assert_eq!(named(" ../ "), "folder/map-02-step.png");
    let map = Map { steps: vec![BriefingStep::default(); 2], ..Map::default() };
    let paths = step_paths("folder/map.pdf".as_ref(), &PDF, &map);
    assert_eq!(paths, [std::path::Path::new("folder/map.pdf")]);
}
