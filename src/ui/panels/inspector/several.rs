//! What the panel shows if several elements are selected: the ties among the actors.

use egui::{self, RichText, Ui};

use super::page::{Page, counts_in_words, heading};
use crate::model::query::{StanceCounts, ties_among};
use crate::model::words::counted;
use crate::model::{ActorIndex, Element};
use crate::text::visual;
use crate::ui::requests::Request;
use crate::ui::widgets::paged_list;

impl Page<'_> {
    pub(super) fn many_ui(&mut self, ui: &mut Ui) {
        let document = self.document;
        let actors: Vec<ActorIndex> =
            self.selection.actors().filter_map(|id| document.index().actor(id)).collect();
        let relations = self.selection.relations().count();
        let counts = [(actors.len(), "actor"), (relations, "tie")]
            .into_iter()
            .filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
        heading(ui, &format!("{} selected", counts.join(" and ")));
        if actors.len() > 1 {
            let among = ties_among(document.index(), &actors);
            let stances =
                StanceCounts::of(among.iter().filter_map(|tie| document.map().relations.get(*tie)));
            let words = match among.len() {
                0 => "No ties among them.".to_owned(),
                count => {
                    format!("{} among them: {}", counted(count, "tie"), counts_in_words(stances))
                }
            };
            ui.label(RichText::new(words).weak());
        }
        let shown = paged_list::shown(ui, "selected");
        for actor in actors.iter().take(shown).filter_map(|at| document.map().actors.get(*at)) {
            if ui.link(visual(&actor.full_name())).clicked() {
                self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
            }
        }
        let ties =
            self.selection.relations().filter_map(|id| document.index().relation(id)).take(shown);
        for relation in ties.filter_map(|at| document.map().relations.get(at)).collect::<Vec<_>>() {
            self.cards_of(ui, relation, None);
        }
        paged_list::more_ui(ui, "selected", actors.len().max(relations));
    }
}
