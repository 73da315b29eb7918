//! Adjectives of other names: `Pakistani` beside `Pakistan`, `Afghan` beside `Afghanistan`. Alone
//! they are no actors; with the noun after them they may be: `Pakistani officials`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::words::COLLECTIVES;
use crate::evidence::SourceText;

/// Endings by which an English adjective differs from the name of its country.
const ENDINGS: &[&str] = &["i", "n", "an", "ian", "ese", "ish"];

/// True if a name is the adjective of one of `names`.
pub(super) fn is_adjective(name: &str, names: &BTreeSet<&str>) -> bool {
    let is_stem_of = |stem: &str, other: &str| {
        other == stem || other.strip_suffix(['a', 'e', 'y']) == Some(stem)
    };
    let of_shorter = ENDINGS
        .iter()
        .filter_map(|ending| name.strip_suffix(ending))
        .any(|stem| stem.chars().count() > 2 && names.iter().any(|other| is_stem_of(stem, other)));
    of_shorter || names.contains(format!("{name}istan").as_str())
}

/// An adjective together with the noun after it, if that names a body.
pub(super) fn with_noun(text: &SourceText, adjective: &Range<usize>) -> Option<Range<usize>> {
    let rest = text.slice(&(adjective.end..adjective.end + 24)).strip_prefix(' ')?;
    let noun = rest.split(|letter: char| !letter.is_alphabetic()).next()?;
    COLLECTIVES.contains(&noun).then(|| adjective.start..adjective.end + 1 + noun.chars().count())
}
