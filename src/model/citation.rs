//! Citations of ties and excerpts: for running text, footnotes and the list under a picture.

use std::borrow::Cow;

use super::query::Index;
use super::{Evidence, Map, PartialDate, Relation, Source};

/// A name for use within a sentence. A name with right-to-left letters or with characters that set
/// the direction is enclosed in a first strong isolate (Unicode Standard Annex 9), so that it does
/// not reorder the text around it.
#[must_use]
pub fn isolated(name: &str) -> Cow<'_, str> {
    if name.chars().any(reorders) {
        Cow::Owned(format!("\u{2068}{name}\u{2069}"))
    } else {
        Cow::Borrowed(name)
    }
}

/// An excerpt in quotation marks. Marks inside it become single ones, so that no two of the same
/// kind follow each other.
#[must_use]
pub fn quoted(excerpt: &str) -> String {
    let mut words = String::with_capacity(excerpt.len() + 6);
    let mut before = None;
    for letter in excerpt.chars() {
        let is_opening =
            before.is_none_or(|before: char| before.is_whitespace() || "([{—–".contains(before));
        words.push(match letter {
            '“' | '„' => '‘',
            '"' if is_opening => '‘',
            '”' | '"' => '’',
            other => other,
        });
        before = Some(letter);
    }
    format!("“{}”", isolated(&words))
}

/// True if a character is written from right to left, or sets the direction of others.
fn reorders(letter: char) -> bool {
    use unicode_bidi::BidiClass::{AL, FSI, LRE, LRI, LRO, R, RLE, RLI, RLO};
    // No such character is below the Hebrew block.
    letter > '\u{58F}'
        && matches!(
            unicode_bidi::bidi_class(letter),
            R | AL | RLE | RLO | RLI | LRE | LRO | LRI | FSI
        )
}

/// `Pakistan → Tehreek-e-Taliban Pakistan (armed attack, hostile, reported)`.
#[must_use]
pub fn tie(map: &Map, index: &Index, relation: &Relation) -> String {
    let arrow = if relation.directed { "→" } else { "↔" };
    let from = isolated(index.name(map, &relation.from));
    let to = isolated(index.name(map, &relation.to));
    let facts = relation.kind.words().into_iter().chain([relation.stance.words().to_owned()]);
    let facts: Vec<String> =
        facts.chain([relation.status.key().to_owned()]).chain(relation.period()).collect();
    format!("{from} {arrow} {to} ({})", facts.join(", "))
}

/// `“the words” (speaker, ¶5, “title”, author, publisher, date)`; an excerpt without a speaker is
/// attributed to the actor that asserts `relation`.
#[must_use]
pub fn excerpt(
    map: &Map,
    index: &Index,
    excerpt: &Evidence,
    relation: Option<&Relation>,
) -> String {
    cited(map, index, excerpt, relation, true)
}

/// As [`excerpt`], without the source.
#[must_use]
pub fn excerpt_alone(
    map: &Map,
    index: &Index,
    excerpt: &Evidence,
    relation: Option<&Relation>,
) -> String {
    cited(map, index, excerpt, relation, false)
}

/// `“title”, author, publisher, date`.
#[must_use]
pub fn source(source: &Source) -> String {
    let mut about: Vec<String> = Vec::new();
    about.extend((!source.title.is_empty()).then(|| format!("“{}”", isolated(&source.title))));
    about.push(isolated(&source.byline()).into_owned());
    about.extend(source.date.map(PartialDate::long_words));
    about.extend(source.url.clone());
    about.join(", ")
}

fn cited(
    map: &Map,
    index: &Index,
    excerpt: &Evidence,
    relation: Option<&Relation>,
    says_source: bool,
) -> String {
    let speaker = excerpt
        .speaker
        .as_deref()
        .or(relation.and_then(|relation| relation.asserted_by.as_deref()));
    let mut about: Vec<String> =
        speaker.map(|id| isolated(index.name(map, id)).into_owned()).into_iter().collect();
    about.extend(excerpt.locator());
    if says_source {
        about.extend(index.source(&excerpt.source).and_then(|at| map.sources.get(at)).map(source));
    }
    let words = quoted(&excerpt.excerpt);
    if about.is_empty() { words } else { format!("{words} ({})", about.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::{isolated, quoted};

    #[test]
    fn quotation_marks_inside_an_excerpt_are_single() {
        assert_eq!(quoted("he said “go”"), "“he said ‘go’”");
        assert_eq!(quoted("\"Go\", he (\"Bo\") said"), "“‘Go’, he (‘Bo’) said”");
        assert_eq!(quoted("Bo’s “raid” of 6'"), "“Bo’s ‘raid’ of 6'”");
    }

    #[test]
    fn names_that_could_reorder_a_sentence_are_isolated() {
        for name in ["Müller", "中文", "Иванов"] {
            assert_eq!(isolated(name), name);
        }
        for name in ["طالبان", "דוד", "a\u{202E}b", "\u{202B}a\u{202C}"] {
            assert_eq!(isolated(name), format!("\u{2068}{name}\u{2069}"));
        }
    }
}
