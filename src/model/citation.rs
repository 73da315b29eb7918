//! Ties and excerpts in words, as they are cited: for a text, a footnote, the list under a picture.

use super::query::Index;
use super::{Evidence, Map, PartialDate, Relation};

/// `Pakistan → Tehreek-e-Taliban Pakistan (armed attack, hostile, reported)`.
#[must_use]
pub fn tie(map: &Map, index: &Index, relation: &Relation) -> String {
    let arrow = if relation.directed { "→" } else { "↔" };
    let (from, to) = (index.name(map, &relation.from), index.name(map, &relation.to));
    let facts = relation.kind.words().into_iter().chain([relation.stance.words().to_owned()]);
    let facts: Vec<String> = facts.chain([relation.status.key().to_owned()]).chain(relation.period()).collect();
    format!("{from} {arrow} {to} ({})", facts.join(", "))
}

/// `“the words” (speaker, ¶5, “title”, author, publisher, date)`; the speaker of an excerpt without one is whoever
/// asserts the `relation` it stands behind.
#[must_use]
pub fn excerpt(map: &Map, index: &Index, excerpt: &Evidence, relation: Option<&Relation>) -> String {
    let speaker = excerpt.speaker.as_ref().or(relation.and_then(|relation| relation.asserted_by.as_ref()));
    let speaker = speaker.map(|id| format!("{}, ", index.name(map, id))).unwrap_or_default();
    let source = index.source(&excerpt.source).and_then(|at| map.sources.get(at));
    let mut about: Vec<String> = excerpt.locator().into_iter().collect();
    if let Some(source) = source {
        about.extend((!source.title.is_empty()).then(|| format!("“{}”", source.title)));
        about.push(source.byline());
        about.extend(source.date.map(PartialDate::long_words));
        about.extend(source.url.clone());
    }
    format!("“{}” ({speaker}{})", excerpt.excerpt, about.join(", "))
}
