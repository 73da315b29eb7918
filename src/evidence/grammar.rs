//! The words before a name that tell whether it is a subject or an object. The words are English,
//! and the answers are guesses: no sentence is parsed.

use std::ops::Range;

use super::SourceText;
use super::sentence::words;

/// Words that may stand between a verb or a preposition and a name.
const DETERMINERS: &[&str] = &[
    "a", "all", "an", "any", "both", "each", "every", "her", "his", "its", "many", "most", "other",
    "our", "several", "some", "that", "the", "their", "these", "this", "those", "which", "who",
];

/// Prepositions before a name that is no subject. After “by” there may be one.
const PREPOSITIONS: &[&str] = &[
    "against", "among", "at", "between", "for", "from", "in", "inside", "into", "of", "on", "onto",
    "over", "to", "toward", "towards", "upon", "with", "within",
];

/// Words between two names of which both do the same: “the TTP or any of its allies”.
const JOINING: &[&str] = &["and", "of", "or"];

/// A text, and the sentence that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Grammar<'a> {
    pub text: &'a SourceText,
    pub sentence: &'a Range<usize>,
}

impl<'a> Grammar<'a> {
    /// The words from the start of the sentence to a position, the last one first.
    fn before(&self, start: usize) -> impl Iterator<Item = &'a str> {
        let text = self.text;
        let words = words(text, &(self.sentence.start..start.max(self.sentence.start)));
        words.into_iter().rev().map(move |word| text.slice(&word))
    }

    /// True if a verb or another such word stands between two positions.
    pub fn has_verb_between(&self, start: usize, end: usize) -> bool {
        words(self.text, &(start..end.max(start))).iter().any(|word| {
            let word = self.text.slice(word);
            word.starts_with(char::is_lowercase) && !DETERMINERS.contains(&word) && word != "of"
        })
    }

    /// True if the word before a name is a preposition.
    pub fn is_after_preposition(&self, start: usize) -> bool {
        let mut is_quantified = false;
        let word = self.before(start).find(|word| {
            // Not “any of the allies”.
            let is_skipped = DETERMINERS.contains(word) || (*word == "of" && is_quantified);
            is_quantified = is_skipped;
            !is_skipped
        });
        word.is_some_and(|word| PREPOSITIONS.contains(&word))
    }

    /// True for the name after “by” and for the one to which an act is attributed: “attributed the
    /// attack to the rebels”.
    pub fn is_agent(&self, start: usize) -> bool {
        if self.before(start).take(3).any(|word| word == "by") {
            return true;
        }
        let has = |verb| self.before(start).any(|word| word.to_lowercase().starts_with(verb));
        match self.before(start).find(|word| !DETERMINERS.contains(word)) {
            Some("to") => has("attribut"),
            Some("on" | "for") => has("blam"),
            _ => false,
        }
    }

    /// True for the name after “according to”.
    pub fn is_authority(&self, start: usize) -> bool {
        let mut before = self.before(start).filter(|word| !DETERMINERS.contains(word));
        before.next() == Some("to")
            && before.next().is_some_and(|word| word.eq_ignore_ascii_case("according"))
    }

    /// True if the word before a name says that the one mentioned before is not meant.
    pub fn is_another(&self, start: usize) -> bool {
        self.before(start).next().is_some_and(|word| ["another", "other", "rival"].contains(&word))
    }

    /// True if nothing stands between two positions but words that join two names.
    pub fn is_joined(&self, start: usize, end: usize) -> bool {
        words(self.text, &(start..end.max(start))).iter().all(|word| {
            let word = self.text.slice(word);
            DETERMINERS.contains(&word) || JOINING.contains(&word)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer for the place of a word in a sentence.
    fn asked(sentence: &str, word: &str, ask: impl Fn(Grammar<'_>, usize) -> bool) -> bool {
        let text = SourceText::new(sentence.to_owned());
        let at = text.scalar(sentence.find(word).expect("in the sentence"));
        let sentence = 0..text.length();
        ask(Grammar { text: &text, sentence: &sentence }, at)
    }

    #[test]
    fn prepositions_and_agents_are_told_by_the_words_before_a_name() {
        let governed =
            |sentence, word| asked(sentence, word, |one, at| one.is_after_preposition(at));
        assert!(governed("They fired at the Harbour Guild.", "Harbour"));
        assert!(!governed("Any of its allies may fire.", "allies"));
        assert!(!governed("They hit the Harbour Guild.", "Harbour"));
        let agent = |sentence, word| asked(sentence, word, |one, at| one.is_agent(at));
        assert!(agent("The raid was planned by the Guild.", "Guild"));
        assert!(agent("Officials attributed the raid to the Guild.", "Guild"));
        assert!(agent("They blamed the raid on Arland.", "Arland"));
        assert!(!agent("They gave the harbour to Arland.", "Arland"));
        let authority = |sentence, word| asked(sentence, word, |one, at| one.is_authority(at));
        assert!(authority("According to the Guild, it rained.", "Guild"));
        assert!(!authority("It fell to the Guild.", "Guild"));
    }

    #[test]
    fn joined_names_have_no_verb_between_them() {
        let sentence = "The Guild or any of its allies struck Arland.";
        let place = |word: &str| sentence.find(word).expect("in the sentence");
        let joined = |end| asked(sentence, "or", |one, at| one.is_joined(at, end));
        assert!(joined(place("allies")) && !joined(place("Arland")));
        let verb = |end| asked(sentence, "or", |one, at| one.has_verb_between(at + 3, end));
        assert!(verb(place("Arland")));
    }
}
