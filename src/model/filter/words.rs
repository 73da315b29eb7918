//! The filter in words, for the picture and the status line.

use ecow::EcoString;

use super::settings::Filter;
use crate::model::citation::isolated;
use crate::model::{ActorId, ActorKind, Confidence, Map, Stance, Status, Strength};

/// Maximum number of values that the description lists by name. Further ones are counted.
const NAMED_AT_MOST: usize = 3;

impl Filter {
    /// The filter in words; empty if nothing is hidden. `outlook` is true if the view shows
    /// forecasts and hypotheses.
    #[must_use]
    pub fn words(&self, map: &Map, outlook: bool) -> String {
        if let Some(fixed) = &self.fixed {
            return fixed.words.clone();
        }
        let mut parts = Vec::new();
        parts.extend(self.stance_words());
        parts.extend(self.status_words(map, outlook));
        parts.extend(self.confidence_words());
        parts.extend(self.kind_words(map));
        parts.extend(self.actor_kind_words(map));
        match self.strengths {
            (0, Strength::MAX) => {}
            (0, most) => parts.push(format!("strength up to {most}")),
            (least, Strength::MAX) => parts.push(format!("strength from {least}")),
            (least, most) => parts.push(format!("strength {least} to {most}")),
        }
        let name = |id: &ActorId| actor_name(map, id);
        let speaker = |id: &Option<ActorId>| id.as_ref().map_or("the author".to_owned(), name);
        parts.extend(among("ties of", self.actors.iter().map(name).collect()));
        let its = if self.wholes.len() == 1 { "its" } else { "their" };
        let wholes = among("ties of", self.wholes.iter().map(name).collect());
        parts.extend(wholes.map(|wholes| format!("{wholes} and {its} parts")));
        parts.extend(among("said by", self.speakers.iter().map(speaker).collect()));
        parts.extend(among("claimed by", self.claimants.iter().map(name).collect()));
        let its = if self.claiming_wholes.len() == 1 { "its" } else { "their" };
        let wholes = among("claimed by", self.claiming_wholes.iter().map(name).collect());
        parts.extend(wholes.map(|wholes| format!("{wholes} or {its} parts")));
        let sources = self.sources.iter().map(|id| {
            let source = map.sources.iter().find(|source| source.id == *id);
            format!("“{}”", isolated(source.map_or(id.as_str(), |source| source.name())))
        });
        parts.extend(among("from", sources.collect()));
        parts.extend(
            self.contested.map(|is| if is { "contested" } else { "not contested" }.to_owned()),
        );
        parts.extend(self.since.map(|date| format!("since {}", date.words())));
        parts.extend(self.until.map(|date| format!("until {}", date.words())));
        if !self.text.trim().is_empty() {
            parts.push(format!("“{}”", self.text.trim()));
        }
        parts.join(", ")
    }

    fn stance_words(&self) -> Option<String> {
        let all = Stance::ALL.iter();
        named(all.map(|one| (one.words().to_owned(), self.hidden_stances.contains(one))).collect())
    }

    fn status_words(&self, map: &Map, outlook: bool) -> Option<String> {
        if self.hidden_statuses.is_empty() {
            return None;
        }
        // Forecasts and hypotheses are mentioned if the view shows them and the map has any.
        let is_known = |status: &&Status| {
            !status.is_outlook()
                || (outlook && map.relations.iter().any(|tie| tie.status == **status))
        };
        let words = |status: &Status| match status {
            Status::Forecast => "forecasts".to_owned(),
            Status::Hypothetical => "hypotheses".to_owned(),
            other => other.key().to_owned(),
        };
        let all = Status::ALL.iter().filter(is_known);
        named(all.map(|one| (words(one), self.hidden_statuses.contains(one))).collect())
    }

    fn confidence_words(&self) -> Option<String> {
        let all = Confidence::ALL.iter().copied().map(Some).chain([None]);
        let words = all.map(|one| {
            let words = one.map_or("no".to_owned(), |one| one.words().to_owned());
            (format!("{words} confidence"), self.hidden_confidences.contains(&one))
        });
        named(words.collect())
    }

    fn actor_kind_words(&self, map: &Map) -> Option<String> {
        if self.hidden_actor_kinds.is_empty() {
            return None;
        }
        let mut kinds: Vec<&ActorKind> = map.actors.iter().map(|actor| &actor.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let is_hidden = |kind: &ActorKind| self.hidden_actor_kinds.contains(kind);
        let words = |kind: &ActorKind| match kind {
            ActorKind::Unknown => "actors without a kind".to_owned(),
            kind => format!("actors of kind {}", kind.words()),
        };
        named(kinds.into_iter().map(|kind| (words(kind), is_hidden(kind))).collect())
    }

    fn kind_words(&self, map: &Map) -> Option<String> {
        if self.hidden_kinds.is_empty() {
            return None;
        }
        let mut kinds: Vec<&EcoString> = map.relations.iter().map(|tie| &tie.kind.0).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let words = |kind: &EcoString| match kind.as_str() {
            "" => "no kind".to_owned(),
            kind => kind.replace('_', " "),
        };
        let all = kinds.into_iter();
        named(all.map(|kind| (words(kind), self.hidden_kinds.contains(kind))).collect())
    }
}

/// The brief name of an actor; the id if the map does not have it.
fn actor_name(map: &Map, id: &ActorId) -> String {
    let actor = map.actors.iter().find(|actor| actor.id == *id);
    isolated(actor.map_or(id.as_str(), |actor| actor.brief_name())).into_owned()
}

/// `only hostile, mixed` or `without neutral`, whichever lists fewer values. `all` holds the name
/// of each value and whether it is hidden.
fn named(all: Vec<(String, bool)>) -> Option<String> {
    let (hidden, shown): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, is_hidden)| *is_hidden);
    let names = |values: Vec<(String, bool)>| values.into_iter().map(|(name, _)| name).collect();
    match (hidden.len(), shown.len()) {
        (0, _) => None,
        (hiding, showing) if showing > 0 && showing <= hiding => {
            Some(format!("only {}", listed(names(shown))))
        }
        _ => Some(format!("without {}", listed(names(hidden)))),
    }
}

/// `claimed by Pakistan, TTP`; `None` without a name.
fn among(words: &str, names: Vec<String>) -> Option<String> {
    (!names.is_empty()).then(|| format!("{words} {}", listed(names)))
}

/// The names, separated by commas. From a certain number on, the others are counted.
fn listed(mut names: Vec<String>) -> String {
    // A single further name is as short as its count.
    let more = names.len().saturating_sub(NAMED_AT_MOST);
    if more <= 1 {
        return names.join(", ");
    }
    names.truncate(NAMED_AT_MOST);
    format!("{} and {more} more", names.join(", "))
}
