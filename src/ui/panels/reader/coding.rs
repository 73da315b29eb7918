//! Fills the drafted tie in from the marked passage: actors that it names, and cue words.

use std::ops::Range;

use super::draft::Draft;
use super::snap::overlaps;
use super::state::Reader;
use crate::evidence::cues::cues;
use crate::evidence::mention::Mention;
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
        let party = |candidate: &Candidate| match candidate {
            Candidate::Known(at) => map.actors.get(*at).map(|actor| Party::Known(actor.id.clone())),
            Candidate::Proposed(at) => {
                let proposal = text.named.outline.proposals.get(*at)?;
                (!self.rejected.contains(&proposal.name)).then(|| Party::proposed(proposal))
            }
        };
        let parties =
            |candidates: &[Candidate]| candidates.iter().filter_map(party).collect::<Vec<Party>>();
        let (from_offers, to_offers) = (parties(&ends.from), parties(&ends.to));
        let from = from_offers.first().cloned();
        let to = to_offers.iter().find(|party| Some(*party) != from.as_ref()).cloned();
        let sentence = named.sentence_around(marked);
        let cues = cues(&text.prepared.text, &sentence, &named.places(&sentence));
        let speaker = cues.speaker.and_then(|one| party(&one));
        Draft {
            from,
            to,
            stance: cues.stance.or(self.last_stance).unwrap_or(Stance::Hostile),
            status: cues.status.unwrap_or_default(),
            speaker,
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
