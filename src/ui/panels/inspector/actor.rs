//! What the panel shows if one actor is selected: its evidence and its ties by the other party.

use egui::{self, RichText, Ui};

use super::page::{Page, heading, heading_link, ties_in_words};
use crate::model::query::ties_by_party;
use crate::model::words::counted;
use crate::model::{Actor, ActorIndex, Element};
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
        let all = document.index().ties(at);
        let ties = self.shown_of(all);
        let excerpts =
            actor.evidence.len() + ties.iter().map(|tie| tie.evidence.len()).sum::<usize>();
        let counts = [ties_in_words(&ties, all.len()), counted(excerpts, "excerpt")];
        ui.label(RichText::new(counts.join(" · ")).weak());
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
        let mut parties = ties_by_party(document.index(), at);
        for (_, ties) in &mut parties {
            ties.retain(|tie| self.shown.contains(*tie));
        }
        parties.retain(|(_, ties)| !ties.is_empty());
        let (count, shown) = (parties.len(), paged_list::shown(ui, actor.id.as_str()));
        for (other, ties) in parties.into_iter().take(shown) {
            let Some(counterpart) = document.map().actors.get(other) else { continue };
            ui.add_space(2.0);
            if heading_link(ui, &counterpart.full_name()).clicked() && other != at {
                self.out.push(Request::Focus(Element::Actor(counterpart.id.clone())));
            }
            for relation in ties.into_iter().filter_map(|tie| document.map().relations.get(tie)) {
                self.tie_ui(ui, relation, Some(&actor.id));
            }
        }
        paged_list::more_ui(ui, actor.id.as_str(), count);
        self.hidden_ui(ui, all);
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
