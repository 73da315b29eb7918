//! The actors that are suggested for a passage, measured on the bundled map and its article.

use std::ops::Range;

use allegiance::evidence::allusion::Allusions;
use allegiance::evidence::mention::mentions;
use allegiance::evidence::suggest::{Candidate, Coded, Named, Outline};
use allegiance::evidence::{SourceText, segments};
use allegiance::file::EXAMPLE;
use allegiance::model::query::Index;
use allegiance::model::{Actor, ActorIndex, ActorKind, Map};

use crate::support::shared;

#[test]
fn both_actors_are_among_the_first_suggestions_for_most_coded_passages() {
    let Ok(article) = std::fs::read_to_string(shared("seed/article.txt")) else {
        eprintln!("skipped: the article is not here");
        return;
    };
    let map = allegiance::file::parse(EXAMPLE.as_bytes()).expect("the example").map;
    let index = Index::of(&map);
    let text = SourceText::new(article);
    let segments = segments(&text, &map.sources.raw[0].paragraphs);
    let mentions = mentions(&text, &map.actors);
    let outline = Outline::of(&text, &segments, &mentions);
    let allusions = Allusions::of(&map.actors);
    let mut coded: Vec<Coded> = Vec::new();
    for tie in &map.relations {
        for excerpt in &tie.evidence {
            let (Some(start), Some(end)) = (excerpt.start, excerpt.end) else { continue };
            let range: Range<usize> = start.into()..end.into();
            let ends = index.actor(&tie.from).zip(index.actor(&tie.to));
            let (from, to) = ends.expect("known actors");
            coded.push(Coded { range, from, to });
        }
    }
    coded.sort_by_key(|one| (one.range.start, one.range.end));
    // What else is coded when a passage is looked at: all other ties, the ties before it, or all
    // ties, with those of the passage itself.
    for (what, least) in [("the other ties", 55), ("the ties before", 55), ("all ties", 53)] {
        let mut wrong = Vec::new();
        for (number, one) in coded.iter().enumerate() {
            let mut others = coded.clone();
            match what {
                "the other ties" => drop(others.remove(number)),
                "the ties before" => others.truncate(number),
                _ => {}
            }
            let is_new = what != "all ties";
            let last = coded[..number].last().filter(|_| is_new);
            let recent: Vec<ActorIndex> = last.map_or(Vec::new(), |last| vec![last.from, last.to]);
            let named = Named {
                text: &text,
                segments: &segments,
                mentions: &mentions,
                outline: &outline,
                allusions: &allusions,
                coded: &others,
                recent: &recent,
            };
            let ranking = named.ranking(&one.range, &map, &index);
            let (from, to) = (Candidate::Known(one.from), Candidate::Known(one.to));
            if !ranking.from().iter().take(3).any(|other| *other == from)
                || !ranking.to(Some(from)).iter().take(3).any(|other| *other == to)
            {
                wrong.push(text.slice(&one.range));
            }
        }
        let good = coded.len() - wrong.len();
        eprintln!("with {what}: {good} of {}, without {wrong:?}", coded.len());
        assert!(good >= least && coded.len() == 57, "with {what}: {good}");
    }
}

const ACTORS: [(&str, ActorKind, Option<&str>); 7] = [
    ("Kestria", ActorKind::State, None),
    ("Kestrian army", ActorKind::GovernmentBody, Some("Kestria")),
    ("Front of the Harbours", ActorKind::ArmedGroup, None),
    ("Doves", ActorKind::Faction, Some("Front of the Harbours")),
    ("Hawks", ActorKind::Faction, Some("Front of the Harbours")),
    ("Fishermen and their families", ActorKind::Population, None),
    ("Ivo Dan", ActorKind::Person, None),
];

/// The candidates for the near end, and those for the far end of a tie that starts at `near`.
fn suggested(article: &str, passage: &str, near: &str, coded: &[(&str, &str)]) -> [Vec<String>; 2] {
    let actor = |(name, kind, whole): &(&str, ActorKind, Option<&str>)| Actor {
        id: (*name).into(),
        name: (*name).to_owned(),
        kind: kind.clone(),
        part_of: whole.map(|whole| Box::new(whole.into())),
        ..Actor::default()
    };
    let actors: Vec<Actor> = ACTORS.iter().map(actor).collect();
    let map = Map { actors: actors.into(), ..Map::default() };
    let index = Index::of(&map);
    let at = |name: &str| index.actor(&name.into()).expect("an actor");
    let text = SourceText::new(article.to_owned());
    let segments = segments(&text, &[]);
    let mentions = mentions(&text, &map.actors);
    let coded: Vec<Coded> =
        coded.iter().map(|(from, to)| Coded { range: 0..1, from: at(from), to: at(to) }).collect();
    let named = Named {
        text: &text,
        segments: &segments,
        mentions: &mentions,
        outline: &Outline::of(&text, &segments, &mentions),
        allusions: &Allusions::of(&map.actors),
        coded: &coded,
        recent: &[],
    };
    let start = text.scalar(article.find(passage).expect("in the article"));
    let range = start..start + passage.chars().count();
    let ranking = named.ranking(&range, &map, &index);
    let listed = |candidates: Vec<Candidate>| {
        let known = candidates.into_iter().filter_map(|one| match one {
            Candidate::Known(at) => map.actors.get(at).map(|actor| actor.name.clone()),
            Candidate::Proposed(_) => None,
        });
        known.collect::<Vec<String>>()
    };
    let to = ranking.to(Some(Candidate::Known(at(near))));
    [listed(ranking.from()), listed(to)]
}

#[test]
fn words_around_a_passage_tell_subject_and_object() {
    let cases = [
        // Active and passive voice.
        ("Kestria bombed the Front of the Harbours.", "bombed", "Kestria", "Front of the Harbours"),
        ("Ivo Dan was caught by Kestria at noon.", "caught by Kestria", "Kestria", "Ivo Dan"),
        // A noun for a kind of actor.
        (
            "The Front of the Harbours shot at soldiers.",
            "shot at",
            "Front of the Harbours",
            "Kestrian army",
        ),
        (
            "Kestria starved women and children.",
            "starved",
            "Kestria",
            "Fishermen and their families",
        ),
        // A pronoun.
        ("Ivo Dan spoke. He cursed Kestria.", "cursed Kestria", "Ivo Dan", "Kestria"),
        // Another one of a kind, a part of an actor that is named.
        (
            "The Doves left. Another faction of the Front of the Harbours hates Kestria.",
            "hates Kestria",
            "Hawks",
            "Kestria",
        ),
        // An act that is attributed to an actor.
        (
            "Ivo Dan attributed the raid on Kestria to the Hawks.",
            "raid on Kestria",
            "Hawks",
            "Kestria",
        ),
    ];
    for (article, passage, from, to) in cases {
        let [near, far] = suggested(article, passage, from, &[]);
        let first = |names: &[String]| names.iter().take(2).cloned().collect::<Vec<_>>();
        assert!(first(&near).contains(&from.to_owned()), "{article} from {near:?}");
        assert!(first(&far).contains(&to.to_owned()), "{article} to {far:?}");
    }
}

#[test]
fn the_far_end_of_a_tie_is_probably_one_that_the_near_end_has_ties_with() {
    let coded = [("Kestria", "Hawks"), ("Hawks", "Kestria"), ("Ivo Dan", "Doves")];
    let [near, far] = suggested("It rained. Kestria was angry.", "was angry", "Kestria", &coded);
    assert_eq!(near[0], "Kestria");
    assert_eq!(far[0], "Hawks");
    let [near, far] = suggested("It rained. Ivo Dan was angry.", "was angry", "Ivo Dan", &coded);
    assert_eq!((near[0].as_str(), far[0].as_str()), ("Ivo Dan", "Doves"));
}
