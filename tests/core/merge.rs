//! Merging two edited versions of a map, and the difference between two maps.

use allegiance::edit::difference::difference;
use allegiance::edit::merge::{Merged, merge};
use allegiance::edit::{Command, Document, Origin};
use allegiance::geometry::point;
use allegiance::model::{
    Actor, ActorId, Element, Evidence, Map, Note, Relation, RelationId, Stance,
};

use proptest::prelude::*;

use crate::steps::{any_step, cases, opened, step};
use crate::support::{EXAMPLE, map, parse};

fn base() -> Map {
    parse(EXAMPLE)
}

fn edited(commands: Vec<Command>) -> Map {
    let mut document = Document::opened(
        allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"),
        Origin::Example,
    );
    for command in commands {
        let before = document.state();
        document.apply(command);
        assert_ne!(document.state(), before, "the edit did nothing");
    }
    document.map().clone()
}

fn renamed(id: &str, name: &str) -> Command {
    let actor =
        base().actors.into_iter().find(|actor| actor.id.as_str() == id).expect("it is there");
    Command::SetActor(Box::new(Actor { name: name.to_owned(), ..actor }), "name")
}

fn merged(mine: &Map, theirs: &Map) -> Merged {
    merge(&base(), mine, theirs, &[]).expect("the versions can be merged")
}

fn name<'a>(map: &'a Map, id: &str) -> &'a str {
    map.actors.iter().find(|actor| actor.id.as_str() == id).map_or("", |actor| &actor.name)
}

#[test]
fn a_change_on_only_one_side_is_taken() {
    let mine =
        edited(vec![renamed("ttp", "Mine"), Command::Move(vec![("jfm".into(), point(1.0, 2.0))])]);
    let theirs = edited(vec![
        renamed("pakistan", "Theirs"),
        Command::AddActor(
            Box::new(Actor { id: "un".into(), name: "UN".to_owned(), ..Actor::default() }),
            point(5.0, 5.0),
        ),
        Command::Delete(vec![Element::Relation(base().relations.raw[0].id.clone())]),
    ]);
    let both = merged(&mine, &theirs);
    assert_eq!((both.conflicts.len(), both.kept.len()), (0, 0));
    assert_eq!(
        (name(&both.map, "ttp"), name(&both.map, "pakistan"), name(&both.map, "un")),
        ("Mine", "Theirs", "UN")
    );
    assert!((both.map.layout[&ActorId::from("jfm")].x - 1.0).abs() < 0.001);
    assert!(both.map.layout.contains_key(&ActorId::from("un")));
    assert!(both.map.relations.iter().all(|tie| tie.id != base().relations.raw[0].id));
}

#[test]
fn changes_to_two_fields_of_an_actor_merge_and_to_one_field_conflict() {
    let note = |map: &mut Map| map.actors.raw[0].note = "a note".into();
    let mine = edited(vec![renamed("ttp", "Mine"), renamed("pakistan", "Mine too")]);
    let mut theirs = edited(vec![renamed("ttp", "Theirs")]);
    note(&mut theirs);
    let both = merged(&mine, &theirs);
    assert_eq!(both.map.actors.raw[0].note, "a note");
    let [conflict] = both.conflicts.as_slice() else { panic!("{:?}", both.conflicts) };
    assert_eq!((conflict.mine.as_str(), conflict.theirs.as_str()), ("Mine", "Theirs"));
    assert_eq!(conflict.what, "name of the actor “Tehreek-e-Taliban Pakistan”");
    assert_eq!(name(&both.map, "ttp"), "Mine");
    let other = merge(&base(), &mine, &theirs, &[true]).expect("the versions can be merged");
    assert_eq!((name(&other.map, "ttp"), name(&other.map, "pakistan")), ("Theirs", "Mine too"));
}

#[test]
fn excerpts_that_both_sides_add_to_one_tie_are_both_kept() {
    let with = |words: &str| {
        let mut map = base();
        let source = map.sources.raw[0].id.clone();
        map.relations.raw[3].evidence.push(Evidence {
            source,
            excerpt: words.into(),
            ..Evidence::default()
        });
        map
    };
    let both = merged(&with("mine"), &with("theirs"));
    let words: Vec<&str> =
        both.map.relations.raw[3].evidence.iter().map(|excerpt| excerpt.excerpt.as_str()).collect();
    assert!(both.conflicts.is_empty());
    assert!(words.ends_with(&["mine", "theirs"]), "{words:?}");
}

#[test]
fn an_actor_deleted_on_one_side_stays_if_the_other_adds_a_tie_to_it() {
    let mine = edited(vec![Command::AddRelation(Box::new(Relation::new(
        "new".into(),
        "mujahid".into(),
        "jfm".into(),
        Stance::Hostile,
    )))]);
    let theirs = edited(vec![Command::Delete(vec![Element::Actor("jfm".into())])]);
    let both = merged(&mine, &theirs);
    assert_eq!(both.kept, ["Jaish-e-Fursan-e-Muhammad"]);
    assert!(both.map.relations.iter().any(|tie| tie.id.as_str() == "new"));
    assert!(both.map.layout.contains_key(&ActorId::from("jfm")));
}

#[test]
fn a_deletion_against_a_change_is_a_conflict() {
    let mine = edited(vec![renamed("jfm", "Mine")]);
    let theirs = edited(vec![Command::Delete(vec![Element::Actor("jfm".into())])]);
    let both = merged(&mine, &theirs);
    assert_eq!(both.conflicts.len(), 1);
    assert_eq!(both.conflicts[0].theirs, "(nothing)");
    assert_eq!(name(&both.map, "jfm"), "Mine");
    let gone = merge(&base(), &mine, &theirs, &[true]).expect("the versions can be merged");
    assert_eq!(name(&gone.map, "jfm"), "");
}

#[test]
fn a_merge_that_makes_actors_part_of_each_other_fails() {
    let part_of = |part: &str, whole: &str| {
        let mut map = map(&["a-b", "b+c"]);
        let actor = map.actors.iter_mut().find(|actor| actor.id.as_str() == part).expect("there");
        actor.part_of = Some(Box::new(whole.into()));
        map
    };
    let problems = merge(&map(&["a-b", "b+c"]), &part_of("a", "b"), &part_of("b", "a"), &[])
        .expect_err("a cycle");
    assert!(problems[0].message.contains("part of itself"), "{}", problems[0]);
}

#[test]
fn the_difference_of_two_maps_leads_from_one_to_the_other_and_back() {
    let mut other = base();
    other.actors.raw.rotate_left(3);
    other.actors.raw.remove(4);
    let gone: Vec<ActorId> = base().actors.iter().map(|actor| actor.id.clone()).collect();
    let there = |id: &ActorId| other.actors.iter().any(|actor| actor.id == *id);
    let lost: Vec<&ActorId> = gone.iter().filter(|id| !there(id)).collect();
    other.relations.retain(|tie| !lost.contains(&&tie.from) && !lost.contains(&&tie.to));
    other.relations.reverse();
    other.layout.swap_indices(0, 5);
    other.extra.insert("more".to_owned(), 1.into());
    other.meta.title = "Other".to_owned();
    let mut document = Document::opened(
        allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"),
        Origin::Example,
    );
    document.apply(Command::ReplaceMap("return to an earlier version", Box::new(other.clone())));
    assert_eq!(document.map(), &other);
    let order = |map: &Map| map.layout.keys().cloned().collect::<Vec<_>>();
    assert_eq!(order(document.map()), order(&other));
    assert!(difference(document.map(), &other).is_empty());
    document.undo();
    assert_eq!(document.to_bytes().expect("written"), EXAMPLE.as_bytes());
}

#[test]
fn the_other_version_can_be_taken_and_undone() {
    let theirs = edited(vec![renamed("ttp", "Theirs")]);
    let bytes = allegiance::file::native::write::write(&theirs).expect("written");
    let mut document = Document::opened(
        allegiance::file::parse(EXAMPLE.as_bytes()).expect("it opens"),
        Origin::Example,
    );
    document.apply(renamed("jfm", "Mine"));
    document.accept_disk_version(
        "reload of the file from disk",
        allegiance::file::parse(&bytes).expect("a map"),
        None,
    );
    assert!(!document.is_unsaved());
    assert_eq!(document.to_bytes().expect("written"), bytes);
    document.undo();
    assert_eq!(name(document.map(), "jfm"), "Mine");
    assert!(document.is_unsaved());
    assert_ne!(document.to_bytes().expect("written"), bytes);
}

/// A new actor under `id`, with a tie to the TTP.
fn with_new_actor(id: &str, name: &str) -> Vec<Command> {
    let actor = Actor { id: id.into(), name: name.to_owned(), ..Actor::default() };
    let tie = Relation::new("r900".into(), id.into(), "ttp".into(), Stance::Hostile);
    vec![Command::AddActor(Box::new(actor), point(5.0, 5.0)), Command::AddRelation(Box::new(tie))]
}

#[test]
fn two_new_actors_with_the_same_id_are_both_kept_with_their_ties() {
    let (mine, theirs) =
        (edited(with_new_actor("a3", "Beta")), edited(with_new_actor("a3", "Alpha")));
    let both = merged(&mine, &theirs);
    assert!(both.conflicts.is_empty(), "{:?}", both.conflicts);
    // The other side keeps its ids, because they are in the file already.
    assert_eq!((name(&both.map, "a3"), name(&both.map, "a3-2")), ("Alpha", "Beta"));
    let ends = |id: &str| {
        let tie =
            both.map.relations.iter().find(|tie| tie.id == RelationId::from(id)).expect("a tie");
        (tie.from.to_string(), tie.to.to_string())
    };
    assert_eq!(ends("r900"), ("a3".to_owned(), "ttp".to_owned()));
    assert_eq!(ends("r900-2"), ("a3-2".to_owned(), "ttp".to_owned()));
    assert!(both.map.layout.contains_key(&ActorId::from("a3-2")));
    let renamed = [
        (Element::Actor("a3".into()), Element::Actor("a3-2".into())),
        (Element::Relation("r900".into()), Element::Relation("r900-2".into())),
    ];
    assert_eq!(both.renamed, renamed);
}

#[test]
fn two_new_sources_with_the_same_id_keep_their_own_excerpts() {
    let with = |title: &str, words: &str| {
        let mut map = base();
        let source = allegiance::model::Source {
            id: "s9".into(),
            title: title.into(),
            ..Default::default()
        };
        map.sources.push(source);
        map.relations.raw[3].evidence.push(Evidence {
            source: "s9".into(),
            excerpt: words.into(),
            ..Evidence::default()
        });
        map
    };
    let both = merged(&with("Mine", "my words"), &with("Theirs", "their words"));
    let title_of = |words: &str| {
        let excerpt = both.map.relations.raw[3]
            .evidence
            .iter()
            .find(|one| one.excerpt == words)
            .expect("an excerpt");
        both.map
            .sources
            .iter()
            .find(|source| source.id == excerpt.source)
            .map(|source| source.title.as_str())
    };
    assert_eq!((title_of("my words"), title_of("their words")), (Some("Mine"), Some("Theirs")));
}

#[test]
fn a_conflict_in_an_excerpt_keeps_the_excerpts_that_both_sides_added() {
    let with = |note: &str, words: &str| {
        let mut map = base();
        let evidence = &mut map.relations.raw[3].evidence;
        evidence[0].note = note.into();
        let added = Evidence { excerpt: words.into(), note: "".into(), ..evidence[0].clone() };
        evidence.push(added);
        map
    };
    let both = merged(&with("my note", "my words"), &with("their note", "their words"));
    let words: Vec<&str> =
        both.map.relations.raw[3].evidence.iter().map(|one| one.excerpt.as_str()).collect();
    let before = base().relations.raw[3].evidence.len();
    assert_eq!(&words[before..], ["my words", "their words"]);
    assert_eq!(both.map.relations.raw[3].evidence[0].note, "my note");
    assert_eq!(both.conflicts.len(), 1);
    assert!(
        both.conflicts[0].what.starts_with("note of the excerpt “"),
        "{}",
        both.conflicts[0].what
    );
}

#[test]
fn an_actor_deleted_on_this_side_and_changed_on_the_other_comes_back_by_default() {
    let mine = edited(vec![Command::Delete(vec![Element::Actor("jfm".into())])]);
    let theirs = edited(vec![renamed("jfm", "Theirs")]);
    assert_eq!(name(&merged(&mine, &theirs).map, "jfm"), "Theirs");
    let gone = merge(&base(), &mine, &theirs, &[false]).expect("the versions can be merged");
    assert_eq!(name(&gone.map, "jfm"), "");
}

/// An element and its excerpts, or the text of a note, which a merge must not lose.
type Kept = (Element, Vec<String>);

fn elements(map: &Map) -> Vec<Kept> {
    let words =
        |evidence: &[Evidence]| evidence.iter().map(|one| one.excerpt.to_string()).collect();
    let actors =
        map.actors.iter().map(|one| (Element::Actor(one.id.clone()), words(&one.evidence)));
    let ties =
        map.relations.iter().map(|one| (Element::Relation(one.id.clone()), words(&one.evidence)));
    let notes = map.notes.iter().map(|one| (Element::Note(one.id.clone()), vec![one.text.clone()]));
    actors.chain(ties).chain(notes).collect()
}

fn is_changed(base: &Map, side: &Map, element: &Element) -> bool {
    match element {
        Element::Actor(id) => {
            let find = |map: &Map| map.actors.iter().find(|one| one.id == *id).cloned();
            find(base) != find(side)
        }
        Element::Relation(id) => {
            let find = |map: &Map| map.relations.iter().find(|one| one.id == *id).cloned();
            find(base) != find(side)
        }
        Element::Note(id) => {
            let find = |map: &Map| map.notes.iter().find(|one| one.id == *id).cloned();
            find(base) != find(side)
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_merge_loses_nothing_that_either_side_added(
        mine in proptest::collection::vec(any_step(), 1..12),
        theirs in proptest::collection::vec(any_step(), 1..12),
    ) {
        let edit = |steps: Vec<_>| {
            let mut document = opened(EXAMPLE);
            for (serial, aim) in steps.into_iter().enumerate() {
                step(&mut document, aim, serial);
            }
            document.map().clone()
        };
        let base = base();
        let (mine, theirs) = (edit(mine), edit(theirs));
        // The edits may contradict each other: a cycle of parts, or an end before the start.
        let Ok(both) = merge(&base, &mine, &theirs, &[]) else { return Ok(()) };
        let new_id = |element: &Element| {
            let found = both.renamed.iter().find(|(old, _)| old == element);
            found.map_or_else(|| element.clone(), |(_, new)| new.clone())
        };
        let (there, before) = (elements(&both.map), elements(&base));
        for (side, other, is_mine) in [(&mine, &theirs, true), (&theirs, &mine, false)] {
            let (here, others) = (elements(side), elements(other));
            for (element, excerpts) in here {
                let id = if is_mine { new_id(&element) } else { element.clone() };
                let old = before.iter().find(|(one, _)| *one == element);
                let is_deleted_there =
                    old.is_some() && !others.iter().any(|(one, _)| *one == element);
                let Some((_, kept)) = there.iter().find(|(one, _)| *one == id) else {
                    prop_assert!(
                        is_deleted_there && !is_changed(&base, side, &element),
                        "{element:?} is missing"
                    );
                    continue;
                };
                // Two texts for one note of the base are a conflict, which the user decides.
                let there_words = others.iter().find(|(one, _)| *one == element);
                if let (Element::Note(_), Some((_, base)), Some((_, other))) =
                    (&element, old, there_words)
                    && *base != excerpts
                    && base != other
                    && *other != excerpts
                {
                    prop_assert!(!both.conflicts.is_empty(), "{element:?}");
                    continue;
                }
                for words in excerpts {
                    let is_old = old.is_some_and(|(_, old)| old.contains(&words));
                    prop_assert!(
                        is_old || kept.contains(&words),
                        "“{words}” of {element:?} is missing"
                    );
                }
            }
            for source in &side.sources {
                let is_deleted_there =
                    base.sources.contains(source) && !other.sources.contains(source);
                let is_there = both
                    .map
                    .sources
                    .iter()
                    .any(|one| one.id == source.id || one.title == source.title);
                prop_assert!(is_there || is_deleted_there, "the source {} is missing", source.id);
            }
        }
    }
}

fn without_notes() -> Map {
    let mut map = base();
    map.notes.raw.clear();
    map
}

fn with_note(text: &str, about: &str) -> Map {
    let mut map = without_notes();
    let (id, about) = ("n1".into(), Some(about.to_owned()));
    map.notes.push(Note { id, text: text.into(), width: 180.0, about, ..Note::default() });
    map
}

#[test]
fn notes_added_on_both_sides_with_one_id_are_both_kept() {
    let both = merged(&with_note("Mine", "ttp"), &with_note("Theirs", "jfm"));
    let notes: Vec<(&str, &str)> =
        both.map.notes.iter().map(|note| (note.id.as_str(), note.text.as_str())).collect();
    assert_eq!(notes, [("n1-2", "Mine"), ("n1", "Theirs")]);
    assert_eq!(both.renamed, [(Element::Note("n1".into()), Element::Note("n1-2".into()))]);
}

#[test]
fn a_note_about_a_new_actor_that_gets_another_id_follows_it() {
    let mut mine = edited(with_new_actor("a3", "Beta"));
    mine.notes = with_note("About Beta", "a3").notes;
    mine.notes.extend(
        with_note("About its tie", "r900")
            .notes
            .into_iter()
            .map(|note| Note { id: "n2".into(), ..note }),
    );
    let both = merged(&mine, &edited(with_new_actor("a3", "Alpha")));
    let subjects: Vec<_> = both.map.notes.iter().map(|note| note.about.as_deref()).collect();
    assert_eq!(subjects, [Some("a3-2"), Some("r900-2")]);
}

#[test]
fn a_note_stays_without_a_subject_if_the_other_side_deleted_that() {
    let theirs = edited(vec![Command::Delete(vec![Element::Actor("jfm".into())])]);
    let both = merged(&with_note("About JFM", "jfm"), &theirs);
    assert_eq!(both.map.notes.raw[0].about, None);
    assert!(!both.map.actors.iter().any(|actor| actor.id.as_str() == "jfm"));
    // An id that was unknown before is left as it is.
    let both = merged(&with_note("About nothing known", "nothing"), &theirs);
    assert_eq!(both.map.notes.raw[0].about.as_deref(), Some("nothing"));
}
