//! The tie that a marked passage may become: filled in from the passage, then changed by the user.

use std::ops::Range;

use super::state::Reader;
use crate::evidence::cues::cues;
use crate::evidence::mention::Mention;
use crate::evidence::suggest::{Candidate, Named};
use crate::evidence::verify::Prepared;
use crate::model::{ActorIndex, SourceId, Stance, Status, Strength};
use crate::ui::requests::{NewTie, Party};
use crate::ui::workspace::Workspace;

/// Number of candidates that have a key for each end of the tie.
pub(super) const OFFERED: usize = 3;
/// Number of actors that are remembered from the last ties.
const REMEMBERED: usize = 6;

/// The tie that a marked passage may become.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    pub from: Option<Party>,
    pub to: Option<Party>,
    pub stance: Stance,
    pub status: Status,
    pub speaker: Option<Party>,
    pub kind: String,
    pub strength: Strength,
    /// As typed; empty for none.
    pub date: String,
    /// Candidates for both ends, best first.
    pub from_offers: Vec<Party>,
    pub to_offers: Vec<Party>,
    /// True once the user changed anything.
    pub is_changed: bool,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            stance: Stance::Hostile,
            status: Status::Reported,
            speaker: None,
            kind: String::new(),
            strength: Strength::default(),
            date: String::new(),
            from_offers: Vec::new(),
            to_offers: Vec::new(),
            is_changed: false,
        }
    }
}

/// The field of the draft that a list of actors is open for, or that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    From,
    To,
    Speaker,
    Kind,
    Date,
}

impl Field {
    pub fn words(self) -> &'static str {
        match self {
            Self::From => "From",
            Self::To => "To",
            Self::Speaker => "Said by",
            Self::Kind => "Kind",
            Self::Date => "Date",
        }
    }
}

/// An open field of the draft: a text, and the rows that it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picker {
    pub field: Field,
    pub text: String,
    /// Index of the row that Enter chooses.
    pub row: usize,
    /// True until the field has the keyboard.
    pub is_new: bool,
}

impl Draft {
    /// True if the tie can be added.
    pub fn is_complete(&self) -> bool {
        self.from.is_some() && self.to.is_some() && self.from != self.to
    }

    /// The candidates for the far end that have a key: all but the near end.
    pub fn offered_to(&self) -> impl Iterator<Item = &Party> {
        self.to_offers.iter().filter(|party| Some(*party) != self.from.as_ref()).take(OFFERED)
    }

    /// The candidates for the near end that have a key.
    pub fn offered_from(&self) -> impl Iterator<Item = &Party> {
        self.from_offers.iter().take(OFFERED)
    }

    /// Sets the near end. If it was the far end, the two change places.
    pub fn set_from(&mut self, party: Party) {
        if self.to.as_ref() == Some(&party) {
            self.to = self.from.take();
        }
        self.from = Some(party);
        self.is_changed = true;
    }

    /// Sets the far end. If it was the near end, the two change places.
    pub fn set_to(&mut self, party: Party) {
        if self.from.as_ref() == Some(&party) {
            self.from = self.to.take();
        }
        self.to = Some(party);
        self.is_changed = true;
    }

    /// The tie, if both ends are known.
    pub fn tie(&self) -> Option<NewTie> {
        let (Some(from), Some(to)) = (self.from.clone(), self.to.clone()) else { return None };
        self.is_complete().then(|| NewTie {
            from,
            to,
            stance: self.stance,
            status: self.status,
            speaker: self.speaker.clone(),
            kind: self.kind.trim().to_owned(),
            strength: self.strength,
            start: self.date.trim().parse().ok(),
        })
    }
}

/// A source's text with everything that coding it needs.
pub(super) struct Text<'a> {
    pub source: &'a SourceId,
    pub prepared: &'a Prepared,
    pub mentions: &'a [Mention],
    pub named: Named<'a>,
}

impl Reader {
    /// Fills the draft in for a newly marked passage, unless the user has changed it and the new
    /// passage overlaps the old one.
    pub(super) fn update_draft(&mut self, workspace: &Workspace<'_>, text: &Text<'_>) {
        let Some(marked) = self.marked.clone() else {
            self.draft_for = None;
            return;
        };
        let wanted = (workspace.reading.number(), marked.clone());
        if self.draft_for.as_ref() == Some(&wanted) {
            return;
        }
        let is_kept = self.draft.is_changed
            && self.draft_for.as_ref().is_some_and(|(_, before)| overlaps(before, &marked));
        let fresh = self.proposed(workspace, text, &marked);
        self.draft_for = Some(wanted);
        if is_kept {
            self.draft.from_offers = fresh.from_offers;
            self.draft.to_offers = fresh.to_offers;
        } else {
            self.draft = fresh;
        }
    }

    fn proposed(&self, workspace: &Workspace<'_>, text: &Text<'_>, marked: &Range<usize>) -> Draft {
        let (map, index) = (workspace.document.map(), workspace.document.index());
        let recent: Vec<ActorIndex> =
            self.recent.iter().filter_map(|party| index.actor(party.id()?)).collect();
        let named = Named { recent: &recent, ..text.named };
        let ends = named.ends(marked, map, index);
        let parties = |candidates: &[Candidate]| -> Vec<Party> {
            let party = |candidate: &Candidate| match candidate {
                Candidate::Known(at) => {
                    map.actors.get(*at).map(|actor| Party::Known(actor.id.clone()))
                }
                Candidate::Proposed(at) => {
                    let proposal = text.named.outline.proposals.get(*at)?;
                    (!self.rejected.contains(&proposal.name)).then(|| Party::proposed(proposal))
                }
            };
            candidates.iter().filter_map(party).collect()
        };
        let (from_offers, to_offers) = (parties(&ends.from), parties(&ends.to));
        let from = from_offers.first().cloned();
        let to = to_offers.iter().find(|party| Some(*party) != from.as_ref()).cloned();
        let cues = cues(&text.prepared.text, &named.sentence_around(marked), text.mentions);
        let speaker = cues.speaker.and_then(|at| map.actors.get(at));
        Draft {
            from,
            to,
            stance: cues.stance.or(self.last_stance).unwrap_or(Stance::Hostile),
            status: cues.status.unwrap_or_default(),
            speaker: speaker.map(|actor| Party::Known(actor.id.clone())),
            from_offers,
            to_offers,
            ..Draft::default()
        }
    }

    /// Remembers the ends and the stance of a tie that is added.
    pub(super) fn remember(&mut self, tie: &NewTie) {
        for party in [&tie.to, &tie.from] {
            self.recent.retain(|other| other != party);
            self.recent.insert(0, party.clone());
        }
        self.recent.truncate(REMEMBERED);
        self.last_stance = Some(tie.stance);
    }
}

pub(super) fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
