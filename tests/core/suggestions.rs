//! The actors that are suggested for a passage, measured on the bundled map and its article.

use std::ops::Range;

use allegiance::evidence::allusion::Allusions;
use allegiance::evidence::mention::mentions;
use allegiance::evidence::suggest::{Candidate, Coded, Named, Outline};
use allegiance::evidence::{SourceText, segments};
use allegiance::file::EXAMPLE;
use allegiance::model::ActorIndex;
use allegiance::model::query::Index;

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
    let mut good = 0;
    for number in 0..coded.len() {
        // As if this passage had not been coded yet.
        let mut others = coded.clone();
        let one = others.remove(number);
        let recent: Vec<ActorIndex> =
            coded[..number].last().map_or(Vec::new(), |last| vec![last.from, last.to]);
        let named = Named {
            text: &text,
            segments: &segments,
            mentions: &mentions,
            outline: &outline,
            allusions: &allusions,
            coded: &others,
            recent: &recent,
        };
        let ends = named.ends(&one.range, &map, &index);
        let is_from = ends.from.iter().take(3).any(|other| *other == Candidate::Known(one.from));
        let others = ends.to.iter().filter(|other| **other != Candidate::Known(one.from));
        let is_to = others.take(3).any(|other| *other == Candidate::Known(one.to));
        good += usize::from(is_from && is_to);
    }
    eprintln!("both actors among the first three: {good} of {}", coded.len());
    assert!(good * 10 >= coded.len() * 7, "{good} of {}", coded.len());
}
