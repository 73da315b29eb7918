//! What stands around a name: an abbreviation or a description after it.

use super::runs::is_capitalised;
use super::words::VERBS;
use crate::evidence::SourceText;

/// A description longer than this is a clause rather than a title.
const LONGEST_DESCRIPTION: usize = 60;

/// The first letters of the capitalised words of a name: `KA` for `Kestrian Army`. `None` for names
/// of one word, and for those whose letters have no cases.
#[must_use]
pub fn abbreviation(name: &str) -> Option<String> {
    let capitals = name.split([' ', '-']).filter(|word| is_capitalised(word));
    let short: String = capitals.filter_map(|word| word.chars().next()).collect();
    (2..=5).contains(&short.chars().count()).then_some(short)
}

/// The abbreviation in brackets right after a name: `TTP` in `… Pakistan (TTP)`.
pub(super) fn abbreviation_after(text: &SourceText, end: usize) -> Option<String> {
    let rest = text.slice(&(end..end + 16)).trim_start();
    let inside = rest.strip_prefix('(')?.split_once(')')?.0;
    let short = inside.trim_matches(|letter: char| !letter.is_alphanumeric());
    let capitals = short.chars().filter(|letter| letter.is_uppercase()).count();
    let is_short = (2..=8).contains(&short.chars().count()) && !short.contains(' ');
    (is_short && capitals >= 2).then(|| short.to_owned())
}

/// The description between commas right after a name: `the army chief` in `X, the army chief,`.
pub(super) fn description_after(text: &SourceText, end: usize) -> Option<String> {
    let rest = text.slice(&(end..end + LONGEST_DESCRIPTION + 4)).strip_prefix(',')?.trim_start();
    let is_title = ["the ", "a ", "an ", "leader ", "head ", "chief ", "its ", "their "]
        .iter()
        .any(|start| rest.starts_with(start));
    let description = rest.split_once([',', '.', ';', '\n'])?.0.trim();
    let has_verb = description.split(' ').any(|word| VERBS.contains(&word));
    (is_title && !has_verb && description.chars().count() <= LONGEST_DESCRIPTION)
        .then(|| description.to_owned())
}
