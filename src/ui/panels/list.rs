//! The list of actors and ties beside the map, narrowed by what is typed into the search field.

use eframe::egui::{self, RichText, ScrollArea, Ui, WidgetInfo, WidgetType};

use super::inspector::counted;
use crate::edit::{Document, Selection};
use crate::model::Element;
use crate::model::search::Haystack;
use crate::text::visual;
use crate::ui::canvas::access;
use crate::ui::widgets::excerpt_card::badge_ui;
use crate::ui::widgets::style::{bold, scene_theme};

const ROW_HEIGHT: f32 = 26.0;

/// What the search finds; kept while neither the words nor what the map says change.
#[derive(Default)]
pub struct Found {
    made_for: Option<(String, u64, usize)>,
    /// The words of the map as it was then.
    haystack: Option<(u64, usize, Haystack)>,
    actors: Vec<usize>,
    ties: Vec<usize>,
}

impl Found {
    /// Looks again if something changed.
    pub fn refresh(&mut self, words: &str, document: &Document, number: usize) {
        let made_for = (words.to_owned(), document.said(), number);
        if self.made_for.as_ref() == Some(&made_for) {
            return;
        }
        let (map, index) = (document.map(), document.index());
        if words.trim().is_empty() {
            self.actors = (0..map.actors.len()).collect();
            self.actors.sort_by_cached_key(|at| map.actors[*at].name.to_lowercase());
            self.ties = (0..map.relations.len()).collect();
        } else {
            if self
                .haystack
                .as_ref()
                .is_none_or(|(said, of, _)| (*said, *of) != (made_for.1, number))
            {
                self.haystack = Some((made_for.1, number, Haystack::of(map, index)));
            }
            let hits = self
                .haystack
                .as_ref()
                .map(|(.., haystack)| haystack.find(words))
                .unwrap_or_default();
            (self.actors, self.ties) = (hits.actors, hits.relations);
        }
        self.made_for = Some(made_for);
    }

    /// The first hit: what Enter in the search field selects.
    #[must_use]
    pub fn first(&self, document: &Document) -> Option<Element> {
        let actor = self.actors.first().and_then(|at| document.map().actors.get(*at));
        let tie = || self.ties.first().and_then(|at| document.map().relations.get(*at));
        actor
            .map(|actor| Element::Actor(actor.id.clone()))
            .or_else(|| tie().map(|tie| Element::Relation(tie.id.clone())))
    }
}

/// Shows the list and returns what was chosen.
pub fn list_ui(
    ui: &mut Ui,
    found: &Found,
    document: &Document,
    selection: &Selection,
    words: &str,
) -> Option<Element> {
    let mut chosen = None;
    if found.actors.is_empty() && found.ties.is_empty() {
        let text = if words.is_empty() {
            "Nothing on this map yet."
        } else {
            "Nothing found. Try fewer letters."
        };
        ui.label(RichText::new(text).weak());
        return None;
    }
    // Both headings and every row are one height, so that only what is in view is built.
    let (actors, ties) = (found.actors.len(), found.ties.len());
    let rows = actors + ties + 2;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, rows, |ui, range| {
        for row in range {
            if row == 0 {
                heading(ui, &counted(actors, "actor"));
            } else if row <= actors {
                chosen =
                    actor_row(ui, document, selection, found.actors[row - 1]).or(chosen.take());
            } else if row == actors + 1 {
                heading(ui, &counted(ties, "tie"));
            } else {
                chosen = tie_row(ui, document, selection, found.ties[row - actors - 2])
                    .or(chosen.take());
            }
        }
    });
    chosen
}

fn heading(ui: &mut Ui, text: &str) {
    ui.allocate_ui(egui::vec2(ui.available_width(), ROW_HEIGHT), |ui| {
        ui.set_min_height(ROW_HEIGHT);
        ui.label(RichText::new(text).font(bold(12.5)));
    });
}

fn actor_row(
    ui: &mut Ui,
    document: &Document,
    selection: &Selection,
    at: usize,
) -> Option<Element> {
    let actor = document.map().actors.get(at)?;
    let item = Element::Actor(actor.id.clone());
    let name = access::actor_name(document, actor);
    let text = RichText::new(visual(&actor.full_name()));
    row(ui, selection.contains(&item), text, &name).then_some(item)
}

fn tie_row(ui: &mut Ui, document: &Document, selection: &Selection, at: usize) -> Option<Element> {
    let relation = document.map().relations.get(at)?;
    let item = Element::Relation(relation.id.clone());
    let name = access::tie_name(document, relation);
    let kind = relation.kind.words().map_or(String::new(), |kind| format!(" · {kind}"));
    let text = RichText::new(visual(&format!("{}{kind}", access::arrow(document, relation))));
    let clicked = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        badge_ui(ui, relation.stance, relation.status, &scene_theme(ui.ctx()));
        row(ui, selection.contains(&item), text, &name)
    });
    clicked.inner.then_some(item)
}

fn row(ui: &mut Ui, is_selected: bool, text: RichText, name: &str) -> bool {
    // Something on the right, if only a space, keeps the words on the left.
    let button = egui::Button::selectable(is_selected, text).right_text(" ").truncate();
    let button = button.min_size(egui::vec2(ui.available_width(), ROW_HEIGHT));
    let response = ui.add(button);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_selected, name));
    response.on_hover_text(name).clicked()
}
