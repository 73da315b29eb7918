//! What the panel shows if one actor is selected: its evidence and its ties by the other party.

use egui::{self, RichText, Ui};

use super::page::{Page, counts_in_words, heading, heading_link};
use crate::model::query::{StanceCounts, ties_by_party};
use crate::model::words::counted;
use crate::model::{Actor, ActorIndex, Element, Relation};
use crate::ui::requests::Request;
use crate::ui::widgets::excerpt_card::{Card, Carries, chips};
use crate::ui::widgets::paged_list;
use crate::ui::widgets::style::prose;

impl Page<'_> {
    pub(super) fn actor_ui(&mut self, ui: &mut Ui, at: ActorIndex) {
        let document = self.document;
        let Some(actor) = document.map().actors.get(at) else { return };
        heading(ui, &actor.full_name());
        chips(ui, std::iter::once(actor.kind.words()).chain(actor.aliases.iter().cloned()));
        self.whole_and_parts(ui, actor);
        let ties =
            document.index().ties(at).iter().filter_map(|tie| document.map().relations.get(*tie));
        let ties: Vec<&Relation> = ties.collect();
        let excerpts =
            actor.evidence.len() + ties.iter().map(|tie| tie.evidence.len()).sum::<usize>();
        let stances = counts_in_words(StanceCounts::of(ties));
        let parts = [stances, counted(excerpts, "excerpt")];
        ui.label(
            RichText::new(
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            )
            .weak(),
        );
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
        let parties = ties_by_party(document.index(), at);
        let (count, shown) = (parties.len(), paged_list::shown(ui, actor.id.as_str()));
        for (other, ties) in parties.into_iter().take(shown) {
            let Some(counterpart) = document.map().actors.get(other) else { continue };
            ui.add_space(2.0);
            if heading_link(ui, &counterpart.full_name()).clicked() && other != at {
                self.out.push(Request::Focus(Element::Actor(counterpart.id.clone())));
            }
            for relation in ties.into_iter().filter_map(|tie| document.map().relations.get(tie)) {
                self.cards_of(ui, relation, Some(&actor.id));
            }
        }
        paged_list::more_ui(ui, actor.id.as_str(), count);
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
