//! Runs of capitalised words.

use std::ops::Range;

use super::words::{BODIES, CONNECTING, NO_ACTORS};
use crate::evidence::SourceText;
use crate::evidence::sentence::words;

/// One run of capitalised words.
pub(super) struct Run {
    pub range: Range<usize>,
    /// True if it is one word at the start of a sentence, where every word is capitalised.
    pub is_doubtful: bool,
}

/// True for a line in which nearly every longer word is capitalised: it does not show which are
/// names.
pub(super) fn is_headline(text: &SourceText, sentence: &Range<usize>) -> bool {
    let words = words(text, sentence);
    let long: Vec<&str> =
        words.iter().map(|word| text.slice(word)).filter(|word| word.chars().count() > 3).collect();
    let capitalised = long.iter().filter(|word| is_capitalised(word)).count();
    let is_sentence = text.slice(sentence).ends_with(['.', '!', '?', '”', '"']);
    !is_sentence && long.len() > 3 && capitalised * 10 >= long.len() * 8
}

/// Collects the runs of capitalised words of a sentence.
pub(super) fn runs_in(text: &SourceText, sentence: &Range<usize>, runs: &mut Vec<Run>) {
    let words = words(text, sentence);
    let mut at = 0;
    while at < words.len() {
        if !is_capitalised(text.slice(&words[at])) {
            at += 1;
            continue;
        }
        let mut last = at;
        while let Some(next) = next_part(text, &words, last) {
            last = next;
        }
        let mut first = at;
        at = last + 1;
        // A connecting word cannot begin or end a name.
        while first < last && is_left_out(text, &words, first) {
            first += 1;
        }
        while first < last && is_no_actor_or_connecting(text.slice(&words[last])) {
            last -= 1;
        }
        let range = words[first].start..without_possessive(text, &words[last]);
        let name = text.slice(&range);
        if is_no_actor(name) || name.chars().count() < 2 {
            continue;
        }
        let is_doubtful = first == last && first == 0 && !is_acronym(name);
        runs.push(Run { range, is_doubtful });
    }
}

/// True if the word at `at`, the first of a run, is not part of the name: a word that is no actor,
/// a connecting word, or the first word of a sentence such as “Troops of the Kestrian Army”.
fn is_left_out(text: &SourceText, words: &[Range<usize>], at: usize) -> bool {
    let word = text.slice(&words[at]);
    let is_joined_by_word = words.get(at + 1).is_some_and(|next| !is_capitalised(text.slice(next)));
    is_no_actor_or_connecting(word) || (at == 0 && is_joined_by_word && !BODIES.contains(&word))
}

fn is_no_actor_or_connecting(word: &str) -> bool {
    !is_capitalised(word) || is_no_actor(word)
}

/// The index of the next word of the name whose last word so far is `words[last]`; `None` if the
/// name ends there.
fn next_part(text: &SourceText, words: &[Range<usize>], last: usize) -> Option<usize> {
    let mut end = words[last].end;
    for (at, word) in words.iter().enumerate().skip(last + 1) {
        let gap = text.slice(&(end..word.start));
        let is_joined = matches!(gap, " " | "\n" | "-" | "‑" | "\u{a0}" | ". " | "’ ")
            && (gap != ". " || word.start - end > 0 && is_initial(text.slice(&words[at - 1])));
        if !is_joined || ends_possessive(text.slice(&words[at - 1])) {
            return None;
        }
        let word_text = text.slice(word);
        if is_capitalised(word_text) {
            return Some(at);
        }
        // Up to two connecting words may stand before the next capitalised word. “and” joins only
        // parts of one name, which it cannot do right after the first word.
        let is_and = gap == " " && matches!(word_text, "and" | "и" | "και" | "y" | "e");
        if !CONNECTING.contains(&word_text) || at > last + 2 || is_and {
            return None;
        }
        end = word.end;
    }
    None
}

/// The end of a word without `’s`.
fn without_possessive(text: &SourceText, word: &Range<usize>) -> usize {
    if ends_possessive(text.slice(word)) { word.end - 2 } else { word.end }
}

fn ends_possessive(word: &str) -> bool {
    word.ends_with("’s") || word.ends_with("'s")
}

pub(super) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 1 && is_capitalised(word)
}

/// True for two or more capital letters: such a word is a name even at the start of a sentence.
fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().all(|letter| letter.is_uppercase() || letter == '-')
}

fn is_no_actor(word: &str) -> bool {
    NO_ACTORS.contains(&word.to_lowercase().as_str())
}
