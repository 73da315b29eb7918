//! The filter for ties: what it shows, what it says, and what it counts.

use std::collections::BTreeSet;

use allegiance::model::filter::Filter;
use allegiance::model::query::Index;
use allegiance::model::{ActorId, ActorKind, Map, Stance, Status, ViewSettings};
use allegiance::scene::facets::Facets;
use allegiance::scene::shown::Shown;
use allegiance::scene::view::View;

use crate::support::parse;

fn map() -> Map {
    parse(
        r#"{"format":"relationship-map","version":1,
        "sources":[{"id":"s1","title":"River war"},{"id":"s2","title":"Coast"}],
        "actors":[{"id":"a","name":"Arland"},{"id":"army","name":"Army of Arland","part_of":"a"},
          {"id":"unit","name":"First Unit","part_of":"army"},{"id":"b","name":"Borland"},
          {"id":"c","name":"Corland"}],
        "relations":[
          {"id":"r0","from":"unit","to":"b","stance":"hostile","kind":"air_strike","strength":4,
            "status":"claimed","asserted_by":"b","contested_by":"a",
            "evidence":[{"source":"s1","excerpt":"struck"},
                        {"source":"s1","excerpt":"burnt","speaker":"c"}]},
          {"id":"r1","from":"b","to":"c","stance":"cooperative","kind":"trade",
            "evidence":[{"source":"s2","excerpt":"sold"}]},
          {"id":"r2","from":"a","to":"b","stance":"hostile","status":"forecast",
            "evidence":[{"source":"s2","excerpt":"may attack","speaker":"a"}]},
          {"id":"r3","from":"c","to":"a","stance":"neutral"}]}"#,
    )
}

/// The numbers of the shown ties, and the filter in words.
fn shown(filter: &Filter, outlook: bool) -> (Vec<usize>, String) {
    let map = map();
    let ties = filter.shown(&map, &Index::of(&map), outlook);
    (ties.into_iter().map(usize::from).collect(), filter.words(&map, outlook))
}

fn facets(map: &Map, filter: &Filter, outlook: bool) -> Facets {
    facets_of(map, ViewSettings { filter: filter.clone(), outlook, ..ViewSettings::default() })
}

fn facets_of(map: &Map, settings: ViewSettings) -> Facets {
    let (index, view) = (Index::of(map), View { settings, ..View::default() });
    Facets::of(map, &index, &view, &Shown::of(map, &index, &view))
}

fn ids<T: Ord + for<'a> From<&'a str>>(ids: &[&str]) -> BTreeSet<T> {
    ids.iter().map(|id| T::from(id)).collect()
}

fn told(ties: &[usize], words: &str) -> (Vec<usize>, String) {
    (ties.to_vec(), words.to_owned())
}

#[test]
fn without_criteria_everything_is_shown_but_forecasts() {
    assert!(Filter::default().is_none());
    assert!(Filter { text: "  ".to_owned(), ..Filter::default() }.is_none());
    assert_eq!(shown(&Filter::default(), false), told(&[0, 1, 3], ""));
    assert_eq!(shown(&Filter::default(), true), told(&[0, 1, 2, 3], ""));
}

#[test]
fn ties_are_found_by_actor_whole_speaker_claimant_and_source() {
    let none = Filter::default;
    for (filter, expected) in [
        (Filter { actors: ids(&["a"]), ..none() }, told(&[2, 3], "ties of Arland")),
        (
            Filter { wholes: ids(&["a"]), ..none() },
            told(&[0, 2, 3], "ties of Arland and its parts"),
        ),
        (
            Filter { wholes: ids(&["army", "c"]), ..none() },
            told(&[0, 1, 3], "ties of Army of Arland, Corland and their parts"),
        ),
        (Filter { claimants: ids(&["b"]), ..none() }, told(&[0], "claimed by Borland")),
        (Filter { sources: ids(&["s2"]), ..none() }, told(&[1, 2], "from “Coast”")),
        (
            Filter { sources: ids(&["s1", "s2"]), ..none() },
            told(&[0, 1, 2], "from “River war”, “Coast”"),
        ),
        (Filter { contested: Some(true), ..none() }, told(&[0], "contested")),
        (Filter { contested: Some(false), ..none() }, told(&[1, 2, 3], "not contested")),
    ] {
        assert!(!filter.is_none(), "{filter:?}");
        assert_eq!(shown(&filter, true), expected, "{filter:?}");
    }
}

#[test]
fn the_speaker_of_an_excerpt_is_its_own_or_the_claimant_or_the_author() {
    let speakers = |ids: &[Option<&str>]| Filter {
        speakers: ids.iter().map(|id| id.map(ActorId::from)).collect(),
        ..Filter::default()
    };
    // The first excerpt of r0 has no speaker of its own, so its claimant says it.
    assert_eq!(shown(&speakers(&[Some("b")]), true), told(&[0], "said by Borland"));
    assert_eq!(shown(&speakers(&[Some("c")]), true), told(&[0], "said by Corland"));
    assert_eq!(shown(&speakers(&[Some("a")]), true), told(&[2], "said by Arland"));
    assert_eq!(shown(&speakers(&[Some("a")]), false), told(&[], "said by Arland"));
    assert_eq!(shown(&speakers(&[None]), true), told(&[1], "said by the author"));
}

#[test]
fn the_words_name_what_is_shown_or_what_is_hidden_whichever_is_shorter() {
    let statuses = |hidden: &[Status]| Filter {
        hidden_statuses: hidden.iter().copied().collect(),
        ..Filter::default()
    };
    let only = statuses(&[Status::Reported, Status::Claimed, Status::Inferred]);
    assert_eq!(shown(&only, true), told(&[2], "only forecasts"));
    assert_eq!(
        shown(&only, false),
        told(&[], "without reported, claimed, inferred"),
        "the view shows no forecasts"
    );
    assert_eq!(shown(&statuses(&[Status::Forecast]), true), told(&[0, 1, 3], "without forecasts"));
    let filter = Filter {
        hidden_stances: [Stance::Neutral].into(),
        hidden_statuses: [Status::Claimed, Status::Inferred].into(),
        hidden_kinds: ids(&["air_strike"]),
        strengths: (3, 5),
        since: "2020".parse().ok(),
        text: " border ".to_owned(),
        ..Filter::default()
    };
    let words = "without neutral, only reported, without air strike, strength from 3, \
                 since 2020, “border”";
    assert_eq!(shown(&filter, false).1, words);
    let one_kind = Filter { hidden_kinds: ids(&["air_strike", ""]), ..Filter::default() };
    assert_eq!(shown(&one_kind, false), told(&[1], "only trade"));
    let nothing = Filter { hidden_kinds: ids(&["air_strike", "", "trade"]), ..Filter::default() };
    assert_eq!(shown(&nothing, false), told(&[], "without no kind, air strike, trade"));
    let many = Filter { actors: ids(&["a", "b", "c", "army", "unit"]), ..Filter::default() };
    let words = "ties of Arland, Army of Arland, Borland and 2 more";
    assert_eq!(shown(&many, false).1, words);
}

#[test]
fn a_filter_shows_the_same_ties_of_a_part_that_lacks_the_actors_it_names() {
    let map = map();
    let index = Index::of(&map);
    let filter = Filter { wholes: ids(&["a"]), claimants: ids(&["b"]), ..Filter::default() };
    let fixed = filter.fixed(&map, &index, false);
    let mut part = map.clone();
    part.actors.retain(|actor| actor.id != "a".into() && actor.id != "army".into());
    part.relations.raw[0].asserted_by = Some(Box::new("Somebody else".into()));
    assert_eq!(filter.shown(&part, &Index::of(&part), false).len(), 0);
    let shown: Vec<usize> =
        fixed.shown(&part, &Index::of(&part), false).into_iter().map(usize::from).collect();
    assert_eq!(shown, [0]);
    assert_eq!(fixed.words(&part, false), "ties of Arland and its parts, claimed by Borland");
    assert!(Filter::default().fixed(&map, &index, false).is_none());
}

#[test]
fn a_value_counts_the_ties_that_it_would_show_under_the_other_criteria() {
    let map = map();
    let of = |filter: &Filter, outlook| facets(&map, filter, outlook);
    let facets = of(&Filter::default(), false);
    assert_eq!(facets.stances[&Stance::Hostile], 1, "the forecast is not shown");
    assert_eq!(facets.statuses[&Status::Forecast], 1, "what showing forecasts would add");
    assert_eq!(facets.kinds[""], 1);
    let facets =
        of(&Filter { hidden_stances: [Stance::Hostile].into(), ..Filter::default() }, true);
    assert_eq!(facets.stances[&Stance::Hostile], 2, "its own criterion does not count");
    assert_eq!((facets.statuses[&Status::Claimed], facets.statuses[&Status::Reported]), (0, 2));
    assert_eq!(facets.sources[&"s2".into()], 1);
    let facets = of(&Filter { actors: ids(&["b"]), ..Filter::default() }, true);
    assert_eq!((facets.stances[&Stance::Hostile], facets.stances[&Stance::Neutral]), (2, 0));
    assert_eq!(facets.speakers[&None], 1);
    assert_eq!(facets.sources[&"s1".into()], 1, "two excerpts of one source count once");
}

#[test]
fn claims_of_a_part_are_found_through_its_whole() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"Arland"},{"id":"army","name":"Army of Arland","part_of":"a"},
          {"id":"unit","name":"First Unit","part_of":"army"},{"id":"b","name":"Borland"}],
        "relations":[
          {"id":"r0","from":"a","to":"b","stance":"hostile","status":"claimed",
            "asserted_by":"unit"},
          {"id":"r1","from":"a","to":"b","stance":"hostile","status":"claimed","asserted_by":"a"},
          {"id":"r2","from":"a","to":"b","stance":"hostile","status":"claimed","asserted_by":"b"},
          {"id":"r3","from":"a","to":"b","stance":"hostile"}]}"#,
    );
    let index = Index::of(&map);
    let shown = |filter: &Filter| -> Vec<usize> {
        filter.shown(&map, &index, false).into_iter().map(usize::from).collect()
    };
    let whole = Filter { claiming_wholes: ids(&["a"]), ..Filter::default() };
    assert_eq!(shown(&whole), [0, 1]);
    assert_eq!(whole.words(&map, false), "claimed by Arland or its parts");
    let both = Filter { claimants: ids(&["b"]), claiming_wholes: ids(&["army"]), ..whole };
    assert_eq!(shown(&both), [0, 2], "either of them");
    let facets = facets(&map, &Filter::default(), false);
    let counts: Vec<(&str, usize)> =
        facets.claiming_wholes.iter().map(|(id, count)| (id.as_str(), *count)).collect();
    assert_eq!(counts, [("a", 2), ("army", 1)]);
}

#[test]
fn undated_ties_that_a_date_filter_hides_are_counted() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"Arland"},{"id":"b","name":"Borland"}],
        "relations":[
          {"id":"r0","from":"a","to":"b","stance":"hostile","start":"2024"},
          {"id":"r1","from":"a","to":"b","stance":"hostile","start":"2020","end":"2021"},
          {"id":"r2","from":"a","to":"b","stance":"hostile"},
          {"id":"r3","from":"b","to":"a","stance":"cooperative"}]}"#,
    );
    let index = Index::of(&map);
    let undated = |filter: &Filter| facets(&map, filter, false).undated;
    let since = "2023".parse().ok();
    assert_eq!(undated(&Filter::default()), 0);
    assert_eq!(undated(&Filter { since, ..Filter::default() }), 2);
    let friendly = [Stance::Cooperative].into();
    let hostile = Filter { since, hidden_stances: friendly, ..Filter::default() };
    assert_eq!(undated(&hostile), 1, "the other one is hidden anyway");
    assert_eq!(hostile.shown(&map, &index, false).len(), 1);
}

#[test]
fn values_count_what_the_rest_of_the_view_leaves() {
    let map = parse(
        r#"{"format":"relationship-map","version":1,
        "actors":[{"id":"a","name":"Arland","kind":"state"},
          {"id":"army","name":"Army of Arland","kind":"government_body","part_of":"a"},
          {"id":"unit","name":"First Unit","kind":"government_body","part_of":"army"},
          {"id":"b","name":"Borland","kind":"state"},
          {"id":"c","name":"Corland","kind":"armed_group"}],
        "relations":[
          {"id":"r0","from":"unit","to":"b","stance":"hostile"},
          {"id":"r1","from":"b","to":"c","stance":"cooperative"},
          {"id":"r2","from":"army","to":"a","stance":"cooperative"},
          {"id":"r3","from":"c","to":"a","stance":"neutral"}]}"#,
    );
    let counts = |settings: &ViewSettings| {
        let facets = facets_of(&map, settings.clone());
        let stance = |stance| facets.stances[&stance];
        let kind = |kind: ActorKind| facets.actor_kinds[&kind];
        (
            [Stance::Hostile, Stance::Cooperative, Stance::Neutral].map(stance),
            [ActorKind::State, ActorKind::GovernmentBody, ActorKind::ArmedGroup].map(kind),
        )
    };
    let all = ViewSettings::default();
    assert_eq!(counts(&all), ([1, 2, 1], [2, 2, 1]));
    let mut settings = all.clone();
    settings.filter.hidden_actor_kinds = [ActorKind::GovernmentBody].into();
    assert_eq!(counts(&settings), ([0, 1, 1], [2, 2, 1]), "ties of bodies are not shown");
    settings.filter.hidden_stances = [Stance::Neutral, Stance::Hostile].into();
    assert_eq!(counts(&settings), ([0, 1, 1], [1, 1, 1]), "the unit has only a hostile tie");
    let mut settings = ViewSettings { folded: ids(&["a"]), ..all.clone() };
    assert_eq!(counts(&settings), ([1, 1, 1], [2, 0, 1]), "what is folded has no shape");
    settings.hidden_actors = ids(&["c"]);
    assert_eq!(counts(&settings), ([1, 0, 0], [2, 0, 0]));
    settings.filter.hidden_actor_kinds = [ActorKind::State].into();
    assert_eq!(
        counts(&settings).1,
        [2, 2, 0],
        "a whole that is left out does not stand for its parts"
    );
    let mut settings = ViewSettings { hidden_ties: ids(&["r0"]), ..all };
    settings.filter.hidden_stances = [Stance::Hostile].into();
    assert_eq!(counts(&settings).0, [0, 2, 1], "showing hostile ties adds none");
}
