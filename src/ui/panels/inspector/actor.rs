//! What the panel shows if one actor is selected: its evidence and its ties by the other party.

use egui::{self, RichText, Ui};

use super::kept::kept_ui;
use super::line::{firmest_first, lines_of};
use super::page::{Page, heading, heading_link, ties_in_words};
use crate::model::words::counted;
use crate::model::{Actor, ActorIndex, Element, RelationIndex};
use crate::scene::line_words::counts;
use crate::ui::requests::Request;
use crate::ui::widgets::excerpt_card::{Card, Carries, chips};
use crate::ui::widgets::paged_list;
use crate::ui::widgets::style::prose;

impl Page<'_> {
    pub(super) fn actor_ui(&mut self, ui: &mut Ui, at: ActorIndex) {
        let document = self.document;
        let Some(actor) = document.map().actors.get(at) else { return };
        heading(ui, &actor.full_name());
        let camp = self.shown.camp(at).map(|camp| format!("camp {}", camp + 1));
        let weight = actor.weight.map(|weight| format!("weight {weight}"));
        let facts = std::iter::once(actor.kind.words()).chain(camp).chain(weight);
        chips(ui, facts.chain(actor.aliases.iter().cloned()));
        self.whole_and_parts(ui, actor);
        // A shape that stands for its parts has their ties as well.
        let parts = self.shown.folded_in(at);
        let mut all: Vec<RelationIndex> = document.index().ties(at).to_vec();
        all.extend(parts.iter().flat_map(|part| document.index().ties(*part)));
        all.sort_unstable();
        all.dedup();
        // Ties among the parts are inside the shape.
        let is_part = |end| end == at || parts.contains(&end);
        all.retain(|tie| {
            let ends = document.index().ends(*tie);
            ends.is_none_or(|(from, to)| from == to || !is_part(from) || !is_part(to))
        });
        let ties = self.shown_of(&all);
        let excerpts =
            actor.evidence.len() + ties.iter().map(|tie| tie.evidence.len()).sum::<usize>();
        let census = [ties_in_words(&ties, all.len()), counted(excerpts, "excerpt")];
        ui.label(RichText::new(census.join(" · ")).weak());
        kept_ui(ui, &actor.extra);
        if !actor.note.is_empty() {
            ui.label(prose(ui, &actor.note, 13.0));
        }
        for (number, evidence) in actor.evidence.iter().enumerate() {
            let verified = self.reading.verified(&Element::Actor(actor.id.clone()), number);
            let carries = Carries::Actor(actor);
            let card = Card { document, evidence, carries, party: None, is_selected: false };
            let response = card.ui(ui);
            self.take_focus(&response);
            self.state_ui(ui, evidence, verified);
        }
        let lines = lines_of(self.shown, at, &all);
        let (count, shown) = (lines.len(), paged_list::shown(ui, actor.id.as_str()));
        let mut last = None;
        for (other, ties) in lines.into_iter().take(shown) {
            let Some(counterpart) = document.map().actors.get(other) else { continue };
            if last.replace(other) != Some(other) {
                ui.add_space(2.0);
                if heading_link(ui, &counterpart.full_name()).clicked() && other != at {
                    self.out.push(Request::Focus(Element::Actor(counterpart.id.clone())));
                }
            }
            if ties.len() > 1 {
                ui.label(RichText::new(counts(document.map(), &ties)).weak());
            }
            for tie in firmest_first(document, ties) {
                self.through_ui(ui, tie);
                if let Some(relation) = document.map().relations.get(tie) {
                    self.tie_ui(ui, relation, Some(&actor.id));
                }
            }
        }
        paged_list::more_ui(ui, actor.id.as_str(), count);
        self.hidden_ui(ui, &all);
    }

    fn whole_and_parts(&mut self, ui: &mut Ui, actor: &Actor) {
        let map = self.document.map();
        let parts = self
            .document
            .index()
            .actor(&actor.id)
            .map_or(&[] as &[ActorIndex], |at| self.document.index().parts(at));
        let parts: Vec<&Actor> = parts
            .iter()
            .take(paged_list::shown(ui, "parts"))
            .filter_map(|at| map.actors.get(*at))
            .collect();
        let whole = actor
            .part_of
            .as_deref()
            .and_then(|id| self.document.index().actor(id))
            .and_then(|at| map.actors.get(at));
        if let Some(whole) = whole {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new("Part of").weak());
                self.link(ui, whole);
            });
        }
        if !parts.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new("Parts:").weak());
                for part in parts {
                    self.link(ui, part);
                }
            });
        }
    }
}
