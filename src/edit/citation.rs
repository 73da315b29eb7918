//! The selection in words, with what it rests on: for a text, a mail, a footnote.

use std::fmt::Write as _;

use super::Selection;
use crate::model::query::Index;
use crate::model::{Evidence, Map, Relation};

/// A line for each selected actor and tie, and below it each of its excerpts with speaker, place and source.
#[must_use]
pub fn cited(map: &Map, index: &Index, selection: &Selection) -> String {
    let mut text = String::new();
    for actor in selection.actors().filter_map(|id| index.actor(id)).filter_map(|at| map.actors.get(at)) {
        let _ = writeln!(text, "{} ({})", actor.full_name(), actor.kind.words());
        excerpts(&mut text, map, index, &actor.evidence, None);
    }
    for relation in selection.relations().filter_map(|id| index.relation(id)).filter_map(|at| map.relations.get(at)) {
        let arrow = if relation.directed { "→" } else { "↔" };
        let (from, to) = (index.name(map, &relation.from), index.name(map, &relation.to));
        let facts = relation.kind.words().into_iter().chain([relation.stance.words().to_owned()]);
        let facts: Vec<String> = facts.chain([relation.status.key().to_owned()]).chain(relation.period()).collect();
        let _ = writeln!(text, "{from} {arrow} {to} ({})", facts.join(", "));
        excerpts(&mut text, map, index, &relation.evidence, Some(relation));
    }
    text
}

fn excerpts(text: &mut String, map: &Map, index: &Index, evidence: &[Evidence], relation: Option<&Relation>) {
    for excerpt in evidence {
        let speaker = excerpt.speaker.as_ref().or(relation.and_then(|relation| relation.asserted_by.as_ref()));
        let speaker = speaker.map(|id| format!("{}, ", index.name(map, id))).unwrap_or_default();
        let source = index.source(&excerpt.source).and_then(|at| map.sources.get(at));
        let mut about: Vec<String> = excerpt.locator().into_iter().collect();
        if let Some(source) = source {
            about.extend((!source.title.is_empty()).then(|| format!("“{}”", source.title)));
            about.push(source.byline());
            about.extend(source.date.map(crate::model::PartialDate::long_words));
            about.extend(source.url.clone());
        }
        let _ = writeln!(text, "    “{}” ({speaker}{})", excerpt.excerpt, about.join(", "));
    }
}
