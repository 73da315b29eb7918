//! Imports into the open map, and merging actors.

use allegiance::edit::combine::{Known, combined};
use allegiance::edit::{Command, Document, Origin};
use allegiance::file::{self, EXAMPLE};
use allegiance::model::{Map, Stance};

fn map(text: &str) -> Map {
    let whole = format!("{{ \"format\": \"relationship-map\", \"version\": 1, {text} }}");
    file::parse(whole.as_bytes()).unwrap_or_else(|error| panic!("{error}")).map
}

fn own() -> Map {
    map(r#""sources": [ { "id": "s", "title": "News" } ],
        "actors": [ { "id": "1", "name": "Arland", "kind": "state", "aliases": ["AR"] },
                    { "id": "2", "name": "Borland", "kind": "state" },
                    { "id": "3", "name": "Old one" } ],
        "relations": [ { "id": "r1", "from": "1", "to": "2", "stance": "hostile", "kind": "war",
          "evidence": [ { "source": "s", "excerpt": "They fight." } ] } ],
        "layout": { "1": { "x": 5.0, "y": 6.0 } }"#)
}

fn other() -> Map {
    map(r#""sources": [ { "id": "s", "title": "Wire" }, { "id": "t", "title": "News" } ],
        "actors": [ { "id": "A", "name": "ar", "note": "by its alias" },
                    { "id": "B", "name": "borland ", "kind": "state", "aliases": ["BO"] },
                    { "id": "C", "name": "Carland" } ],
        "relations": [ { "id": "r1", "from": "A", "to": "B", "stance": "cooperative", "kind": "war",
            "evidence": [ { "source": "t", "excerpt": "They fight." },
                          { "source": "s", "excerpt": "They talk." } ] },
          { "id": "r2", "from": "A", "to": "C", "stance": "hostile" } ],
        "layout": { "C": { "x": 900.0, "y": 0.0 } }"#)
}

#[test]
fn actors_are_the_same_by_id_name_and_kind_or_alias() {
    let both = combined(&own(), &other(), Known::Keep, &"".into());
    assert_eq!(both.new_actors, ["Carland"]);
    assert_eq!(both.missing_actors, ["Old one"]);
    assert_eq!((both.new_ties, both.missing_ties, both.new_sources), (1, 0, 1));
    let ties = &both.map.relations.raw;
    assert_eq!(ties.len(), 2);
    assert_eq!((ties[1].from.as_str(), ties[1].to.as_str()), ("1", "C"));
    assert_eq!(ties[0].stance, Stance::Hostile, "what is there stays");
    let words: Vec<&str> = ties[0].evidence.iter().map(|one| one.excerpt.as_str()).collect();
    assert_eq!(words, ["They fight.", "They talk."], "no excerpt is doubled");
    assert_eq!(ties[0].evidence[1].source.as_str(), "s-2", "another source with that id");
    assert_eq!(both.map.layout, own().layout);
    assert!(both.map.actors.raw[0].note.is_empty());
}

#[test]
fn an_update_replaces_what_the_import_tells() {
    let both = combined(&own(), &other(), Known::Update, &"".into());
    let map = &both.map;
    assert_eq!(map.actors.raw[0].name, "Arland", "an alias is no new name");
    assert_eq!(map.actors.raw[0].note.as_str(), "by its alias");
    assert_eq!(map.actors.raw[1].aliases, ["BO"]);
    assert_eq!(map.relations.raw[0].stance, Stance::Cooperative);
    assert_eq!((both.changed_actors.len(), both.changed_ties), (2, 1));
    // Ties that are all neutral say nothing of stances.
    let mut silent = other();
    for tie in &mut silent.relations {
        tie.stance = Stance::Neutral;
    }
    let both = combined(&own(), &silent, Known::Update, &"".into());
    assert_eq!(both.map.relations.raw[0].stance, Stance::Hostile);
}

#[test]
fn a_map_combined_with_itself_stays_the_same() {
    let example = file::parse(EXAMPLE.as_bytes()).expect("it opens").map;
    for known in [Known::Keep, Known::Update] {
        let both = combined(&example, &example, known, &"".into());
        assert!(both.is_empty(), "{known:?}");
        assert_eq!(both.map, example);
    }
    let both = combined(&Map::default(), &example, Known::Keep, &"".into());
    assert_eq!((both.map.actors, both.map.relations), (example.actors, example.relations));
}

#[test]
fn merged_actors_keep_everything_and_the_map_is_valid() {
    let example = file::parse(EXAMPLE.as_bytes()).expect("it opens");
    let ids: Vec<_> = example.map.actors.iter().map(|actor| actor.id.clone()).collect();
    let before = example.map.clone();
    for (one, other) in ids.iter().zip(ids.iter().skip(1)) {
        let mut document = Document::opened(example.clone(), Origin::New);
        document.apply(Command::MergeActors(one.clone(), other.clone()));
        let map = document.map();
        assert_eq!(map.actors.len(), before.actors.len() - 1);
        assert_eq!(map.relations.len(), before.relations.len());
        let text = serde_json::to_vec(map).expect("it is written");
        assert!(!String::from_utf8_lossy(&text).contains(&format!("\"{other}\"")), "{other}");
        file::parse(&text).unwrap_or_else(|error| panic!("{one} and {other}: {error}"));
        document.undo();
        assert_eq!(*document.map(), before);
    }
}

#[test]
fn ties_that_begin_at_other_times_are_others_and_none_is_counted_twice() {
    let tie = |id: &str, start: &str| {
        format!(
            r#"{{ "id": "{id}", "from": "1", "to": "2", "stance": "hostile", "start": "{start}" }}"#
        )
    };
    let of = |ties: &[String]| {
        map(&format!(
            r#""actors": [ {{ "id": "1", "name": "A" }}, {{ "id": "2", "name": "B" }} ],
               "relations": [ {} ]"#,
            ties.join(",")
        ))
    };
    let own = of(&[tie("r1", "2015")]);
    let both =
        combined(&own, &of(&[tie("r1", "2016"), tie("r2", "2015")]), Known::Keep, &"".into());
    assert_eq!((both.new_ties, both.missing_ties, both.map.relations.len()), (1, 0, 2));
}

#[test]
fn the_same_letters_come_before_the_same_words() {
    let own = map(
        r#""actors": [ { "id": "x", "name": "Isis" }, { "id": "y", "name": "Islamic State", "aliases": ["ISIS"] } ]"#,
    );
    let other = map(r#""actors": [ { "id": "n", "name": "ISIS" } ]"#);
    let both = combined(&own, &other, Known::Keep, &"".into());
    assert_eq!(both.missing_actors, ["Isis"]);
}
