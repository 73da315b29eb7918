//! The filter for ties: by stance, status, confidence, strength, kind, date and words. A setting of
//! the view, not part of the content of a map.

use std::collections::BTreeSet;

use ecow::EcoString;

use super::query::{Index, Needle};
use super::{Confidence, Map, PartialDate, Relation, RelationIndex, Stance, Status, Strength};

/// Maximum number of hidden kinds that the description lists by name. Further ones are counted.
const NAMED_AT_MOST: usize = 3;

/// Which ties are hidden; by default none.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    pub hidden_stances: BTreeSet<Stance>,
    pub hidden_statuses: BTreeSet<Status>,
    /// `None` stands for ties without a confidence.
    pub hidden_confidences: BTreeSet<Option<Confidence>>,
    /// The empty string stands for ties without a kind.
    pub hidden_kinds: BTreeSet<EcoString>,
    /// Minimum and maximum strength of shown ties, both inclusive.
    pub strengths: (u8, u8),
    /// Ties that ended before this date are hidden. If `since` or `until` is given, ties without
    /// dates are hidden too.
    pub since: Option<PartialDate>,
    /// Ties that began after this date are hidden.
    pub until: Option<PartialDate>,
    /// Words that a shown tie contains: in the names of its ends, its kind, its note or its
    /// excerpts.
    pub text: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            hidden_stances: BTreeSet::new(),
            hidden_statuses: BTreeSet::new(),
            hidden_confidences: BTreeSet::new(),
            hidden_kinds: BTreeSet::new(),
            strengths: (0, Strength::MAX),
            since: None,
            until: None,
            text: String::new(),
        }
    }
}

impl Filter {
    /// True if nothing is hidden.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.words().is_empty()
    }

    /// The ties that pass the filter.
    #[must_use]
    pub fn shown(&self, map: &Map, index: &Index) -> Vec<RelationIndex> {
        if self.is_none() {
            return map.relations.keys().collect();
        }
        let words = Some(Needle::new(&self.text)).filter(|_| !self.text.trim().is_empty());
        let has_words = |tie: &Relation| {
            words.as_ref().is_none_or(|words| words.finds_relation(map, index, tie))
        };
        let ties = map.relations.iter_enumerated();
        ties.filter(|(_, tie)| self.lets_through(tie) && has_words(tie)).map(|(at, _)| at).collect()
    }

    fn lets_through(&self, tie: &Relation) -> bool {
        let (least, most) = self.strengths;
        !self.hidden_stances.contains(&tie.stance)
            && !self.hidden_statuses.contains(&tie.status)
            && !self.hidden_confidences.contains(&tie.confidence)
            && !self.hidden_kinds.contains(&tie.kind.0)
            && (least..=most).contains(&tie.strength.value())
            && self.is_in_time(tie)
    }

    fn is_in_time(&self, tie: &Relation) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        if tie.start.is_none() && tie.end.is_none() {
            return false;
        }
        let ended = tie.end.zip(self.since).is_some_and(|(end, since)| end.is_surely_before(since));
        let began_later =
            tie.start.zip(self.until).is_some_and(|(start, until)| until.is_surely_before(start));
        // A tie with a start and no end is ongoing.
        !ended && !began_later
    }

    /// The filter in words, for the picture; empty if nothing is hidden.
    #[must_use]
    pub fn words(&self) -> String {
        let mut parts = Vec::new();
        let stances = Stance::ALL
            .iter()
            .map(|one| (one.words().to_owned(), self.hidden_stances.contains(one)));
        parts.extend(named(stances.collect()));
        let statuses = Status::ALL.iter().filter(|status| !status.is_outlook());
        let statuses =
            statuses.map(|one| (one.key().to_owned(), self.hidden_statuses.contains(one)));
        parts.extend(named(statuses.collect()));
        let confidences = Confidence::ALL.iter().copied().map(Some).chain([None]);
        let confidences = confidences.map(|one| {
            let words = one.map_or("no".to_owned(), |one| one.words().to_owned());
            (format!("{words} confidence"), self.hidden_confidences.contains(&one))
        });
        parts.extend(named(confidences.collect()));
        if !self.hidden_kinds.is_empty() {
            let named_kinds = self.hidden_kinds.iter().take(NAMED_AT_MOST);
            let kinds: Vec<String> = named_kinds.map(|kind| kind_words(kind)).collect();
            let more = self.hidden_kinds.len() - kinds.len();
            let more = match more {
                0 => String::new(),
                1 => " and 1 more kind".to_owned(),
                more => format!(" and {more} more kinds"),
            };
            parts.push(format!("without {}{more}", kinds.join(", ")));
        }
        match self.strengths {
            (0, Strength::MAX) => {}
            (0, most) => parts.push(format!("strength up to {most}")),
            (least, Strength::MAX) => parts.push(format!("strength from {least}")),
            (least, most) => parts.push(format!("strength {least} to {most}")),
        }
        parts.extend(self.since.map(|date| format!("since {}", date.words())));
        parts.extend(self.until.map(|date| format!("until {}", date.words())));
        if !self.text.trim().is_empty() {
            parts.push(format!("“{}”", self.text.trim()));
        }
        parts.join(", ")
    }
}

/// A kind in words.
fn kind_words(kind: &str) -> String {
    if kind.is_empty() { "no kind".to_owned() } else { kind.replace('_', " ") }
}

/// `only hostile, mixed` or `without neutral`, whichever lists fewer values. `all` holds the name
/// of each value and whether it is hidden.
fn named(all: Vec<(String, bool)>) -> Option<String> {
    let (hidden, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, is_hidden)| *is_hidden);
    match (hidden.len(), shown.len()) {
        (0, _) => None,
        (hiding, showing) if showing > 0 && showing <= hiding => {
            Some(format!("only {}", listed(shown)))
        }
        _ => Some(format!("without {}", listed(hidden))),
    }
}

/// The names, separated by commas.
fn listed(names: Vec<(String, bool)>) -> String {
    names.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_is_left_out() {
        assert!(Filter::default().is_none());
        let filter = Filter {
            hidden_stances: [Stance::Neutral].into(),
            hidden_statuses: [Status::Claimed, Status::Inferred].into(),
            hidden_kinds: ["air_strike".into()].into(),
            strengths: (3, 5),
            since: "2020".parse().ok(),
            text: " border ".to_owned(),
            ..Filter::default()
        };
        let words = "without neutral, only reported, without air strike, strength from 3, \
                     since 2020, “border”";
        assert_eq!(filter.words(), words);
    }
}
