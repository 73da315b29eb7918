//! References and marked quotations of other programs.

use allegiance::edit::{Command, Document, Origin};
use allegiance::file::{self, Opened};
use allegiance::model::{Element, Map};

use crate::support::{EXAMPLE, shared};

fn opened(text: &str) -> Opened {
    file::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// Title, author, date and address of each source.
fn sources(map: &Map) -> Vec<[String; 4]> {
    let text = |source: &allegiance::model::Source| {
        let date = source.date.map_or(String::new(), |date| date.to_string());
        [source.title.clone(), source.author.clone(), date, source.url.clone().unwrap_or_default()]
    };
    map.sources.iter().map(text).collect()
}

#[test]
fn ris_is_read_with_its_odd_dates_and_lines() {
    let text = "\u{feff}Provider: x\n\n1.\nTY  - JOUR\nAU  - Marx, Karl\nA1  - Lindgren, Astrid\n\
                TI  - The ER  - is no end\n  of a record\nPY  - 1948/07//\nJO  - A Journal\n\
                DO  - 10.1/x\nER  - \nTY  - WEB\nT1  - A page\nY1  - 2014//\nUR  - http://a.example\n";
    let map = opened(text).map;
    assert_eq!(
        sources(&map),
        [
            [
                "The ER  - is no end of a record",
                "Karl Marx, Astrid Lindgren",
                "1948-07",
                "https://doi.org/10.1/x"
            ],
            ["A page", "", "2014", "http://a.example"]
        ]
    );
    assert_eq!(map.sources.raw[0].publisher, "A Journal");
    let other = file::parse(b"FN Clarivate\nVR 1.0\nPT J\nAU Marx, K\nER\n").expect_err("not RIS");
    assert!(other.to_string().contains("Web of Science"), "{other}");
}

#[test]
fn bibtex_is_read_without_its_braces_and_past_mistakes() {
    let text = "@article{one,\n title = {{A}rchigos: a {D}ataset},\n author = {Marx, Karl and Engels, Friedrich},\n \
                year = 2009, journal = {Journal of Peace}, pages = {269--83}, doi = {10.1/y} }\n\
                @book{bad, title = {no end\n@book{two, maintitle = {The Ring}, title = {Part}, date = {1954-07-29}}\n";
    let found = opened(text);
    let all = sources(&found.map);
    assert!(
        all.contains(&["The Ring. Part".into(), String::new(), "1954-07-29".into(), String::new()]),
        "{all:?}"
    );
    let whole = opened(text.split("@book{bad").next().expect("a start"));
    assert_eq!(
        sources(&whole.map),
        [["Archigos: a Dataset", "Karl Marx, Friedrich Engels", "2009", "https://doi.org/10.1/y"]]
    );
}

#[test]
fn csl_json_has_ranges_texts_for_years_and_literal_names() {
    let text = r#"[ { "id": "a", "type": "book", "title": "Open", "issued": { "date-parts": [["2015", 4], [0]] },
                      "author": [ { "literal": "United Nations" }, { "given": "Ann", "family": "Bee" } ] },
                    { "id": "b", "title": "Old", "issued": { "date-parts": [[-400]] }, "DOI": "10.1/z" },
                    { "id": "c", "title": "Raw", "issued": { "raw": "March 2001" } } ]"#;
    let map = opened(text).map;
    let all = sources(&map);
    assert_eq!(all[0], ["Open", "United Nations, Ann Bee", "2015-04", ""]);
    assert_eq!(all[1], ["Old", "", "", "https://doi.org/10.1/z"]);
    assert_eq!(all[2][2], "2001-03");
}

const ANNOTATIONS: &str = r#"{ "annotations": [
  { "uri": "http://news.example/1", "document": { "title": ["The news"] }, "text": "important",
    "tags": ["war", "talks"], "user": "acct:a@b",
    "target": [ { "source": "http://news.example/1", "selector": [
      { "type": "TextPositionSelector", "start": 3, "end": 9 },
      { "type": "TextQuoteSelector", "exact": "Pakistan struck the Afghan Taliban", "prefix": "that ", "suffix": " at night" } ] } ] },
  { "uri": "http://news.example/1", "text": "a note about the page", "target": [ { "source": "x" } ] } ] }"#;

#[test]
fn annotations_wait_to_be_assigned_with_their_codes_and_contexts() {
    let found = opened(ANNOTATIONS);
    let map = &found.map;
    assert_eq!((map.sources.len(), map.unassigned.len()), (1, 1));
    assert_eq!(sources(map)[0], ["The news", "", "", "http://news.example/1"]);
    let one = &map.unassigned[0];
    assert_eq!(one.excerpt.as_str(), "Pakistan struck the Afghan Taliban");
    assert_eq!((one.prefix.as_str(), one.suffix.as_str()), ("that ", " at night"));
    assert_eq!(one.note.as_str(), "[war; talks] important");
    let told: Vec<&str> = found.warnings.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "1 excerpt to be assigned to actors and ties",
            "1 notes about whole documents or without marked words left out"
        ]
    );
    let w3c = r#"{ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation",
        "body": [ { "type": "TextualBody", "value": "why" }, { "purpose": "tagging", "value": "code" } ],
        "target": { "source": "http://a.example", "selector": { "type": "FragmentSelector", "value": "x",
          "refinedBy": { "type": "TextQuoteSelector", "exact": "the words" } } } }"#;
    let map = opened(w3c).map;
    assert_eq!(
        (map.unassigned[0].excerpt.as_str(), map.unassigned[0].note.as_str()),
        ("the words", "[code] why")
    );
    let table = "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n\
                 2024-01-01,http://a.example,Public,Annotation,\"the, words\",ann,why,\"a,b\",7\n\
                 2024-01-01,http://a.example,Public,Page Note,,ann,whole page,,\n";
    let map = opened(table).map;
    assert_eq!(map.unassigned.len(), 1);
    assert_eq!(map.unassigned[0].note.as_str(), "[a; b] why");
    assert_eq!(map.unassigned[0].paragraph.as_deref(), Some("7"));
}

#[test]
fn waiting_excerpts_are_assigned_in_one_step_and_survive_a_save() {
    let mut map = opened(EXAMPLE).map;
    let source = map.sources.raw[0].id.clone();
    let quote = |words: &str| allegiance::model::Evidence {
        source: source.clone(),
        excerpt: words.into(),
        ..Default::default()
    };
    map.unassigned = vec![quote("one"), quote("two")];
    let bytes = serde_json::to_vec(&map).expect("it is written");
    let again = file::parse(&bytes).expect("it is read");
    assert_eq!(again.map, map);
    assert!(again.warnings.is_empty(), "{:?}", again.warnings);
    let mut document = Document::opened(again, Origin::New);
    let tie = map.relations.raw[0].id.clone();
    document.apply(Command::AssignExcerpt(1, Element::Relation(tie.clone())));
    let found = document.map();
    assert_eq!(found.unassigned.len(), 1);
    let last = found.relations.raw[0].evidence.last().expect("an excerpt");
    assert_eq!(last.excerpt.as_str(), "two");
    document.undo();
    assert_eq!(*document.map(), map);
    document.apply(Command::AssignExcerpt(7, Element::Relation(tie)));
    document.apply(Command::AssignExcerpt(0, Element::Actor("nobody".into())));
    assert_eq!(*document.map(), map, "neither is there");
    document.apply(Command::DeleteSource(source));
    assert!(document.map().unassigned.is_empty());
    let broken = r#"{ "format": "relationship-map", "version": 1, "unassigned": [ { "source": "x", "excerpt": "y" } ] }"#;
    let error = file::parse(broken.as_bytes()).expect_err("no such source");
    assert!(
        error.to_string().contains("unassigned[0].source: no source has the id \"x\""),
        "{error}"
    );
}

#[test]
fn real_references_and_projects_have_what_other_readers_find() {
    let folder = shared("data/files");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let open =
        |name: &str| file::open(&folder.join(name)).unwrap_or_else(|error| panic!("{error}")).map;
    for (name, count) in [
        ("refs/ps_bib.bib", 47),
        ("refs/hayagriva-lotr.bib", 1),
        ("refs/bbt-dates-360-811.csl.json", 7),
        ("refs/rispy-example_full.ris", 2),
        ("refs/rispy-example_extraneous_data.ris", 2),
        ("refs/rispy-example_multiline.ris", 3),
        ("refs/rispy-example_urls.ris", 4),
        ("refs/rispy-example_utf_chars.ris", 1),
    ] {
        assert_eq!(open(name).sources.len(), count, "{name}");
    }
    let refused = file::open(&folder.join("refs/rispy-example_wos.ris")).expect_err("not RIS");
    assert!(refused.to_string().contains("Web of Science"));
    let csl = open("refs/bbt-dates-360-811.csl.json");
    let urls: Vec<&str> = csl.sources.iter().filter_map(|source| source.url.as_deref()).collect();
    assert!(urls.contains(&"http://www.jstor.org/stable/1225428"), "{urls:?}");
    let project = open("qda/qc-demo.qdpx");
    assert_eq!((project.sources.len(), project.unassigned.len()), (2, 158));
    let text = project.sources.raw[0].text.as_deref().expect("a text");
    assert_eq!(text.chars().count(), 52_543);
    let first = &project.unassigned[0];
    assert_eq!(first.note.as_str(), "[fun]");
    assert_eq!(
        first.excerpt.as_str(),
        "This district goal is engage every student in joyful, purposeful learning that"
    );
}
