//! What the panel shows if several elements are selected: the ties among the actors.

use egui::{self, RichText, Ui};

use super::page::{Page, heading, heading_link, ties_in_words};
use crate::model::query::{ties_among, ties_by_pair};
use crate::model::words::{capitalised, counted, listed};
use crate::model::{ActorIndex, Element, RelationIndex};
use crate::ui::requests::Request;
use crate::ui::widgets::paged_list;

impl Page<'_> {
    pub(super) fn several_ui(&mut self, ui: &mut Ui) {
        let document = self.document;
        let actors: Vec<ActorIndex> =
            self.selection.actors().filter_map(|id| document.index().actor(id)).collect();
        let relations: Vec<RelationIndex> =
            self.selection.relations().filter_map(|id| document.index().relation(id)).collect();
        let notes = self.selection.notes().count();
        let counts = [(actors.len(), "actor"), (relations.len(), "tie"), (notes, "note")];
        let counts = counts.into_iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
        heading(ui, &format!("{} selected", listed(&counts)));
        let at_most = paged_list::shown(ui, "selected");
        ui.horizontal_wrapped(|ui| {
            let names = actors.iter().take(at_most).enumerate();
            for (number, at) in names {
                let Some(actor) = document.map().actors.get(*at) else { continue };
                if number > 0 {
                    ui.label(RichText::new("·").weak());
                }
                self.link(ui, actor);
            }
        });
        paged_list::more_ui(ui, "selected", actors.len());
        if actors.len() > 1 {
            self.among_ui(ui, &actors);
        }
        let at_most = paged_list::shown(ui, "selected ties");
        for tie in relations.iter().take(at_most) {
            if let Some(tie) = document.map().relations.get(*tie) {
                self.tie_ui(ui, tie, None);
            }
        }
        paged_list::more_ui(ui, "selected ties", relations.len());
    }

    /// The ties among several actors, grouped by pair.
    fn among_ui(&mut self, ui: &mut Ui, actors: &[ActorIndex]) {
        let document = self.document;
        let all = ties_among(document.index(), actors);
        let between = if actors.len() == 2 { "between" } else { "among" };
        let words = match all.len() {
            0 => format!("No ties {between} them"),
            count => {
                let ties = ties_in_words(&self.shown_of(&all), count);
                format!("{} them: {ties}", capitalised(between))
            }
        };
        ui.label(RichText::new(words).weak());
        let mut ties = all.clone();
        ties.retain(|tie| self.shown.contains(*tie));
        let count = ties.len();
        ties.truncate(paged_list::shown(ui, "among"));
        for (pair, ties) in ties_by_pair(document.index(), &ties) {
            ui.add_space(2.0);
            self.pair_ui(ui, pair, ties.len());
            for tie in ties.into_iter().filter_map(|tie| document.map().relations.get(tie)) {
                self.tie_ui(ui, tie, None);
            }
        }
        paged_list::more_ui(ui, "among", count);
        self.hidden_ui(ui, &all);
    }

    /// The heading of the ties of a pair; each name leads to its actor.
    fn pair_ui(&mut self, ui: &mut Ui, [one, other]: [ActorIndex; 2], ties: usize) {
        let ends = if one == other { vec![one] } else { vec![one, other] };
        ui.horizontal_wrapped(|ui| {
            for (number, end) in ends.into_iter().enumerate() {
                let Some(actor) = self.document.map().actors.get(end) else { continue };
                if number > 0 {
                    ui.label("–");
                }
                if heading_link(ui, actor.brief_name()).clicked() {
                    self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
                }
            }
            ui.label(RichText::new(counted(ties, "tie")).weak());
        });
    }
}
