//! The command line: `allegiance export`.

use std::path::Path;

use crate::cli::{example, quoting, run, text, written};
use crate::support::EXAMPLE;

/// The id of the only source of the example.
const SOURCE: &str = "jamal2024";

#[test]
fn export_writes_pictures_without_a_display() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name).display().to_string();
    for name in ["a.png", "b.svg", "c.PNG"] {
        let output = run(&[
            "export",
            &example(),
            &out(name),
            "--width",
            "320",
            "--height",
            "200",
            "--theme",
            "dark",
        ]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }
    assert!(std::fs::read(out("a.png")).expect("there").starts_with(b"\x89PNG"));
    assert!(std::fs::read(out("b.svg")).expect("there").starts_with(b"<svg"));
    for (arguments, reason) in [
        (vec!["export", "no such file", "x.png"], "there is no such file"),
        (vec!["export", "MAP", "x.gif"], "must end in .png, .svg, .pdf, .pptx or .html"),
        (vec!["export", "MAP", "no/such/folder/x.png"], "there is no such folder"),
        (vec!["export", "MAP", "x.png", "--width", "0"], "is not possible"),
        (
            vec!["export", "MAP", "x.png", "--fold", "ttp"],
            "--fold ttp: no actor of the map is part of this one",
        ),
    ] {
        let path = example();
        let arguments: Vec<&str> = arguments
            .into_iter()
            .map(|word| if word == "MAP" { path.as_str() } else { word })
            .collect();
        let output = run(&arguments);
        assert_ne!(output.status.code(), Some(0));
        assert!(text(&output.stderr).contains(reason), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn several_maps_are_exported_to_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let (one, two) =
        (quoting(folder.path(), "struck", true), written(folder.path(), "two.json", EXAMPLE));
    let out = folder.path().join("pictures");
    std::fs::create_dir(&out).expect("a folder");
    let out = out.display().to_string();
    let exported =
        run(&["export", &one, &two, &out, "--format", "svg", "--paper", "a4", "--theme", "print"]);
    assert_eq!(exported.status.code(), Some(0), "{}", text(&exported.stderr));
    let picture = std::fs::read_to_string(Path::new(&out).join("two.svg")).expect("written");
    // 297 × 210 mm at 150 pixels per inch.
    assert!(picture.contains("width=\"1754\" height=\"1240\""), "{}", &picture[..200]);
    assert!(Path::new(&out).join("map.svg").exists());
    let unsaid = run(&["export", &one, &out]);
    assert_eq!(unsaid.status.code(), Some(2));
    assert!(text(&unsaid.stderr).contains("give --format"));
    let nowhere = run(&["export", &one, &two, "no such folder", "--format", "png"]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert_eq!(
        run(&["export", &one, &format!("{out}/x.png"), "--dpi", "1"]).status.code(),
        Some(2)
    );
}

#[test]
fn evidence_is_a_second_file_of_the_same_size_unless_it_is_wanted_below() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str| folder.path().join(name);
    let export = |name: &str, options: &[&str]| {
        let out = out(name).display().to_string();
        let size = ["--width", "1920", "--height", "1080"];
        run(&[&["export", &example(), &out][..], &size, options].concat())
    };
    let svg = |name: &str| std::fs::read_to_string(out(name)).expect("written");
    assert_eq!(export("a.svg", &["--evidence"]).status.code(), Some(0));
    let (map, list) = (svg("a.svg"), svg("a-evidence.svg"));
    for text in [&map, &list] {
        assert!(text.contains("width=\"1920\" height=\"1080\""), "{}", &text[..300]);
    }
    assert!(map.contains("Number: see the list") && !map.contains("said by the author"));
    assert!(list.contains("Evidence: ") && list.contains("Evidence, page 1 of "));
    assert_eq!(export("b.png", &["--evidence"]).status.code(), Some(0));
    assert!(out("b-evidence.png").exists());
    assert_eq!(export("c.pdf", &["--evidence"]).status.code(), Some(0));
    assert_eq!(export("d.svg", &["--evidence-below"]).status.code(), Some(0));
    assert!(!out("c-evidence.pdf").exists() && !out("d-evidence.svg").exists());
    assert!(svg("d.svg").contains(">Evidence<") && !svg("d.svg").contains("height=\"1080\""));
    // The second file replaces no map.
    let map = written(folder.path(), "e-evidence.svg", allegiance::file::EXAMPLE);
    let picture = out("e.svg").display().to_string();
    let refused = run(&["export", &map, &picture, "--evidence"]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    assert!(!out("e.svg").exists());
    assert_eq!(svg("e-evidence.svg"), allegiance::file::EXAMPLE);
}

#[test]
fn every_choice_of_the_export_window_has_an_option() {
    let folder = tempfile::tempdir().expect("a folder");
    let svg = |options: &[&str]| {
        let out = folder.path().join("x.svg").display().to_string();
        let map = example();
        let output = run(&[&["export", &map, &out][..], options].concat());
        assert_eq!(output.status.code(), Some(0), "{options:?}: {}", text(&output.stderr));
        std::fs::read_to_string(out).expect("written")
    };
    let plain = svg(&[]);
    assert!(plain.contains("part-of-") && !plain.contains("parts-of-"));
    assert!(svg(&["--evidence-below"]).contains(">Evidence<"));
    assert!(svg(&["--tie-labels"]).contains(">affiliated with<"));
    assert!(svg(&["--part-of", "hulls"]).contains("parts-of-"));
    assert!(!svg(&["--part-of", "nothing"]).contains("part-of-"));
    assert!(svg(&["--embed-fonts"]).contains("@font-face"));
    let part = svg(&["--only", "ttp", "--only", "pakistan"]);
    assert!(part.contains("A part of the map: ") && !part.contains("id=\"actor-moderates\""));
    assert!(svg(&["--area", "-10,-10,500,400"]) != plain);
    assert!(svg(&["--paper", "a4", "--upright"]).contains("width=\"1240\" height=\"1754\""));
    let made = svg(&["--made"]);
    assert!(made.contains("exported") && made.contains("UTC"), "the time, if it is requested");
    assert_eq!(svg(&[]), plain, "the same bytes if it is not");
    let out = folder.path().join("never.svg").display().to_string();
    for (options, reason) in [
        (["--only", "nobody"], "no actor and no tie"),
        (["--area", "1,2,3"], "four numbers"),
        (["--width", "0"], "is not possible"),
    ] {
        let output = run(&[&["export", &example(), &out][..], &options].concat());
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(reason), "{}", text(&output.stderr));
        assert!(!Path::new(&out).exists(), "no half-written file");
    }
}

#[test]
fn a_filtered_picture_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("filtered.svg").display().to_string();
    for (options, words) in [
        (&["--stance", "hostile", "--stance", "mixed"][..], "Filtered: only hostile, mixed"),
        (&["--status", "reported"], "Filtered: only reported"),
        (&["--confidence", "low"], "Filtered: only low confidence"),
        (&["--min-strength", "4"], "Filtered: strength from 4"),
        (&["--kind", "accuse", "--kind", "air_strike"], "Filtered: only accuse, air strike"),
        (&["--status", "forecast"], "Filtered: only forecasts"),
        (&["--actor", "ttp"], "Filtered: ties of TTP"),
        (&["--within", "pakistan"], "Filtered: ties of Pakistan and its parts"),
        (&["--speaker", "author"], "Filtered: said by the author"),
        (&["--claimed-by", "pakistan"], "Filtered: claimed by Pakistan"),
        (&["--source", SOURCE], "Filtered: from “"),
        (&["--contested", "yes"], "Filtered: contested"),
        (&["--since", "2021", "--until", "2024-03"], "Filtered: since 2021, until Mar 2024"),
        (
            &["--since", "March 16", "--until", "May 12, 2024"],
            "since 16 Mar 2024, until 12 May 2024",
        ),
        (&["--words", "border"], "Filtered: “border”"),
    ] {
        let done = run(&[&["export", &example(), &out][..], options].concat());
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        let svg = std::fs::read_to_string(&out).expect("written");
        assert!(svg.contains(words), "{options:?}");
        assert!(svg.contains(" of 57 ties"), "{options:?}");
    }
    let plain = folder.path().join("plain.svg").display().to_string();
    assert_eq!(run(&["export", &example(), &plain]).status.code(), Some(0));
    assert!(!std::fs::read_to_string(&plain).expect("written").contains("Filtered"));
    for wrong in [
        &["--stance", "angry"][..],
        &["--kind", "no_such"],
        &["--actor", "no_such"],
        &["--source", "no_such"],
        &["--speaker", "no_such"],
        &["--since", "2024", "--until", "2020"],
        &["--min-strength", "9"],
        &["--since", "last year"],
        &["--since", "3/4/2024"],
    ] {
        assert_eq!(
            run(&[&["export", &example(), &plain][..], wrong].concat()).status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
}

#[test]
fn two_maps_with_the_same_name_are_not_exported_to_one_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("other");
    std::fs::create_dir(&other).expect("a folder");
    let (one, two) =
        (written(folder.path(), "map.json", EXAMPLE), written(&other, "map.json", EXAMPLE));
    let out = folder.path().display().to_string();
    let output = run(&["export", &one, &two, &out, "--format", "png"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("one by one"));
    let picture = folder.path().join("x.png").display().to_string();
    assert_eq!(run(&["export", &one, &picture, "--format", "svg"]).status.code(), Some(2));
}
