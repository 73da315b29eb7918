//! Fills the drafted tie in from the marked passage: actors that it names, and cue words.

use std::ops::Range;

use super::draft::Draft;
use super::snap::overlaps;
use super::state::Reader;
use crate::evidence::cues::cues;
use crate::evidence::mention::Mention;
use crate::evidence::ranking::Ranking;
use crate::evidence::suggest::{Candidate, Named};
use crate::evidence::verify::Prepared;
use crate::model::{ActorIndex, SourceId, Stance};
use crate::ui::requests::{NewTie, Party};
use crate::ui::workspace::Workspace;

/// Number of actors that are remembered from the last ties.
const REMEMBERED: usize = 6;

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
        self.update_for(workspace, text, &marked);
        self.update_to(workspace, text, &marked);
    }

    fn update_for(&mut self, workspace: &Workspace<'_>, text: &Text<'_>, marked: &Range<usize>) {
        let wanted = (workspace.reading.number(), marked.clone());
        if self.draft_for.as_ref() == Some(&wanted) {
            return;
        }
        let is_kept = self.draft.is_changed
            && self.draft_for.as_ref().is_some_and(|(_, before)| overlaps(before, marked));
        let fresh = self.proposed(workspace, text, marked);
        self.draft_for = Some(wanted);
        if is_kept {
            self.draft.from_offers = fresh.from_offers;
            self.draft.lacks_to_offers = true;
        } else {
            self.draft = fresh;
        }
    }

    /// Makes the candidates for the far end anew if the near end has changed, and chooses the first
    /// unless the user has chosen one.
    fn update_to(&mut self, workspace: &Workspace<'_>, text: &Text<'_>, marked: &Range<usize>) {
        let near = self.draft.from.clone();
        if self.draft.to_offers_for == near && !self.draft.lacks_to_offers {
            return;
        }
        let candidate = near.as_ref().and_then(|party| candidate_of(workspace, text, party));
        let ranking = self.ranking(workspace, text, marked);
        let offers = self.parties(workspace, text, &ranking.to(candidate));
        if !self.draft.is_to_chosen {
            self.draft.to = offers.iter().find(|party| Some(*party) != near.as_ref()).cloned();
        }
        self.draft.to_offers = offers;
        self.draft.to_offers_for = near;
        self.draft.lacks_to_offers = false;
    }

    fn ranking(
        &self,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        marked: &Range<usize>,
    ) -> Ranking {
        let (map, index) = (workspace.document.map(), workspace.document.index());
        let recent: Vec<ActorIndex> =
            self.recent.iter().filter_map(|party| index.actor(party.id()?)).collect();
        Named { recent: &recent, ..text.named }.ranking(marked, map, index)
    }

    /// The candidates that the user has not rejected.
    fn parties(
        &self,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        candidates: &[Candidate],
    ) -> Vec<Party> {
        candidates.iter().filter_map(|one| self.party(workspace, text, *one)).collect()
    }

    fn party(
        &self,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        candidate: Candidate,
    ) -> Option<Party> {
        match candidate {
            Candidate::Known(at) => {
                let actor = workspace.document.map().actors.get(at)?;
                Some(Party::Known(actor.id.clone()))
            }
            Candidate::Proposed(at) => {
                let proposal = text.named.outline.proposals.get(at)?;
                (!self.rejected.contains(&proposal.name)).then(|| Party::proposed(proposal))
            }
        }
    }

    /// The draft for a newly marked passage, without its far end.
    fn proposed(&self, workspace: &Workspace<'_>, text: &Text<'_>, marked: &Range<usize>) -> Draft {
        let named = text.named;
        let ranking = self.ranking(workspace, text, marked);
        let from_offers = self.parties(workspace, text, &ranking.from());
        let from = from_offers.first().cloned();
        let sentence = named.sentence_around(marked);
        let cues = cues(&text.prepared.text, &sentence, &named.places(&sentence));
        let speaker = cues.speaker.and_then(|one| self.party(workspace, text, one));
        Draft {
            from,
            stance: cues.stance.or(self.last_stance).unwrap_or(Stance::Hostile),
            status: cues.status.unwrap_or_default(),
            speaker,
            from_offers,
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

/// What an actor is in the text.
fn candidate_of(workspace: &Workspace<'_>, text: &Text<'_>, party: &Party) -> Option<Candidate> {
    match party {
        Party::Known(id) => workspace.document.index().actor(id).map(Candidate::Known),
        Party::New { name, .. } => {
            let proposals = &text.named.outline.proposals;
            proposals.iter().position(|one| one.name == *name).map(Candidate::Proposed)
        }
    }
}
