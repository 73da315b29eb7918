//! Additions that two people make to copies of one map are all in the merged map.

use allegiance::edit::Command;
use allegiance::edit::merge::merge;
use allegiance::geometry::point;
use allegiance::model::{
    Actor, ActorId, Element, Evidence, Map, Relation, Source, SourceId, Stance,
};
use proptest::prelude::*;

use crate::steps::{cases, opened};
use crate::support::{EXAMPLE, parse};

/// An addition: its kind, and two numbers that choose the elements that it refers to.
type Addition = (usize, usize, usize);

fn any_additions() -> impl Strategy<Value = Vec<Addition>> {
    proptest::collection::vec((0_usize..4, 0_usize..64, 0_usize..64), 1..12)
}

/// The example with additions, which have the name of the side in their words. Both sides give the
/// same ids to different elements.
fn with_additions(side: &str, additions: &[Addition]) -> Map {
    let mut document = opened(EXAMPLE);
    for (number, (kind, a, b)) in additions.iter().enumerate() {
        let words = format!("{side} {number}");
        let map = document.map();
        let actor =
            |at: usize| map.actors.raw[map.actors.len() - 1 - at % map.actors.len()].clone();
        let source = map.sources.raw[map.sources.len() - 1 - b % map.sources.len()].id.clone();
        let command = match kind {
            0 => {
                let id = document.new_ids().actor();
                let one = Actor { id, name: words, ..Actor::default() };
                Command::AddActor(Box::new(one), point(1.0, 2.0))
            }
            1 => {
                let id = document.new_ids().relation();
                let tie = Relation::new(id, actor(*a).id, actor(*b).id, Stance::Hostile);
                Command::AddRelation(Box::new(Relation { note: words.into(), ..tie }))
            }
            2 => {
                let id = document.new_ids().source();
                Command::AddSource(Box::new(Source { id, title: words, ..Source::default() }))
            }
            _ => {
                let excerpt = Evidence { source, excerpt: words.into(), ..Evidence::default() };
                let tie = &map.relations.raw[map.relations.len() - 1 - a % map.relations.len()];
                let element = match b % 2 {
                    0 => Element::Actor(actor(*a).id),
                    _ => Element::Relation(tie.id.clone()),
                };
                Command::AddExcerpt(element, Box::new(excerpt))
            }
        };
        let before = document.state();
        document.apply(command);
        assert_ne!(document.state(), before, "the addition did nothing");
    }
    document.map().clone()
}

/// Everything in a map as text, with names in place of ids.
fn contents(map: &Map) -> Vec<String> {
    let actor = |id: &ActorId| {
        let found = map.actors.iter().find(|actor| actor.id == *id);
        found.map(|actor| actor.name.clone()).unwrap_or_default()
    };
    let title = |id: &SourceId| {
        let source = map.sources.iter().find(|source| source.id == *id);
        source.map(|source| source.title.clone()).unwrap_or_default()
    };
    let excerpt = |owner: &str, one: &Evidence| {
        format!("excerpt of {owner}: {} in {}", one.excerpt, title(&one.source))
    };
    let mut found: Vec<String> =
        map.sources.iter().map(|one| format!("source {}", one.title)).collect();
    for one in &map.actors {
        found.push(format!("actor {}", one.name));
        found.extend(one.evidence.iter().map(|words| excerpt(&one.name, words)));
    }
    for tie in &map.relations {
        let (from, to) = (actor(&tie.from), actor(&tie.to));
        let about = format!("tie {from} to {to}, {}, {}", tie.kind.0, tie.note);
        found.extend(tie.evidence.iter().map(|words| excerpt(&about, words)));
        found.push(about);
    }
    found.sort();
    found
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn everything_that_both_sides_add_is_in_the_merged_map_once(
        mine in any_additions(),
        theirs in any_additions(),
    ) {
        let (mine, theirs) = (with_additions("mine", &mine), with_additions("theirs", &theirs));
        let base = parse(EXAMPLE);
        let both = merge(&base, &mine, &theirs, &[]).expect("they can be merged");
        prop_assert_eq!(both.conflicts.len(), 0);
        let old = contents(&base);
        let added = |side: &Map| {
            let mut left = old.clone();
            let is_new = |one: &String| {
                let known = left.iter().position(|other| other == one);
                known.map(|at| left.remove(at)).is_none()
            };
            contents(side).into_iter().filter(is_new).collect::<Vec<_>>()
        };
        let mut expected: Vec<String> = added(&mine);
        expected.extend(added(&theirs));
        expected.sort();
        prop_assert_eq!(added(&both.map), expected);
    }
}
