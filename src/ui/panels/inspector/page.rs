//! The read-only view of a selection: headings, cards of excerpts and counts that its kinds share.

use egui::{self, RichText, Ui, WidgetInfo, WidgetType};

use crate::edit::reading::Reading;
use crate::edit::{Document, Selection};
use crate::evidence::verify::Verified;
use crate::model::query::StanceCounts;
use crate::model::words::{counted, shown_of};
use crate::model::{Actor, ActorId, Element, Evidence, Relation, RelationIndex};
use crate::scene::shown::Shown;
use crate::scene::view::View;
use crate::text::visual;
use crate::ui::panels::excerpt_state;
use crate::ui::requests::actions::Action;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::{Card, Carries, badge_ui};
use crate::ui::widgets::style::{bold, prose_in, scene_theme};
use crate::ui::widgets::words::{arrow, tie_name};

/// Width reserved for the Edit button in the upper right corner, in points.
pub(super) const EDIT_WIDTH: f32 = 64.0;

/// The read-only view: the evidence for the selection.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    pub view: &'a View,
    /// The ties that the map shows. Only these are listed and counted.
    pub shown: &'a Shown,
    pub reading: &'a Reading,
    /// True if the first card should take the keyboard focus.
    pub wants_focus: bool,
    pub out: &'a mut Requests,
}

impl<'a> Page<'a> {
    /// Those of `ties` that the map shows.
    pub(super) fn shown_of(&self, ties: &[RelationIndex]) -> Vec<&'a Relation> {
        let shown = ties.iter().filter(|tie| self.shown.contains(**tie));
        shown.filter_map(|tie| self.document.map().relations.get(*tie)).collect()
    }

    /// Says how many of `ties` the map hides, with links that show them. Empty if it hides none.
    pub(super) fn hidden_ui(&mut self, ui: &mut Ui, ties: &[RelationIndex]) {
        let hidden = ties.iter().filter(|tie| !self.shown.contains(**tie));
        let hidden = hidden.filter_map(|tie| self.document.map().relations.get(*tie));
        let is_outlook = |tie: &&Relation| !self.view.settings.outlook && tie.status.is_outlook();
        let (outlooks, others): (Vec<&Relation>, Vec<&Relation>) = hidden.partition(is_outlook);
        let groups = [
            (others.len(), "tie", "on the map", "Show everything", Action::ShowAll),
            (outlooks.len(), "forecast", "on the map", "Show forecasts", Action::Outlook),
        ];
        for (count, noun, how, link, action) in groups.into_iter().filter(|group| group.0 > 0) {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(format!("{} hidden {how}.", counted(count, noun))).weak());
                if ui.link(link).clicked() {
                    self.out.act(action);
                }
            });
        }
    }

    /// The excerpts of a tie, or a row that leads to it if it has none.
    pub(super) fn tie_ui(&mut self, ui: &mut Ui, relation: &Relation, party: Option<&ActorId>) {
        if !relation.evidence.is_empty() {
            return self.cards_of(ui, relation, party);
        }
        let theme = scene_theme(ui.ctx());
        let row = ui.horizontal_wrapped(|ui| {
            badge_ui(ui, relation.stance, relation.status, &theme);
            let kind = relation.kind.words().map_or(String::new(), |kind| format!(" · {kind}"));
            let words = format!("{}{kind}", arrow(self.document, relation));
            let link = ui.link(visual(&words));
            ui.label(RichText::new("No excerpt").color(ui.visuals().warn_fg_color));
            link
        });
        let name = tie_name(self.document, relation);
        row.inner.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &name));
        self.take_focus(&row.inner);
        if row.inner.clicked() {
            self.out.push(Request::Focus(Element::Relation(relation.id.clone())));
        }
    }

    pub(super) fn link(&mut self, ui: &mut Ui, actor: &Actor) {
        if ui.link(visual(&actor.name)).clicked() {
            self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
        }
    }

    pub(super) fn cards_of(&mut self, ui: &mut Ui, relation: &Relation, party: Option<&ActorId>) {
        let item = Element::Relation(relation.id.clone());
        for (number, evidence) in relation.evidence.iter().enumerate() {
            let verified = self.reading.verified(&Element::Relation(relation.id.clone()), number);
            let is_selected = self.selection.len() > 1 && self.selection.contains(&item);
            let carries = Carries::Relation(relation);
            let response =
                Card { document: self.document, evidence, carries, party, is_selected }.ui(ui);
            self.take_focus(&response);
            if response.clicked() {
                self.out.push(Request::Focus(item.clone()));
                if let Some((source, place)) = verified.and_then(Verified::in_source) {
                    self.out.push(Request::Read(source.clone(), place.clone()));
                }
            }
            self.state_ui(ui, evidence, verified);
        }
    }

    /// The state of the excerpt in its source, with actions if it was not found word for word.
    pub(super) fn state_ui(
        &mut self,
        ui: &mut Ui,
        evidence: &Evidence,
        verified: Option<&Verified>,
    ) {
        if let Some(verified) = verified.filter(|one| one.anchor.is_some()) {
            excerpt_state::state_ui(ui, self.reading, evidence, verified, self.out);
        }
    }

    pub(super) fn take_focus(&mut self, response: &egui::Response) {
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
            response.scroll_to_me(None);
            self.out.push(Request::FocusTaken);
        }
    }
}

/// The heading, narrowed to leave room for the Edit button.
pub(super) fn heading(ui: &mut Ui, text: &str) {
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width() - EDIT_WIDTH);
        ui.label(RichText::new(prose_in(ui, text, &bold(18.0))).font(bold(18.0)));
    });
}

pub(super) fn heading_link(ui: &mut Ui, text: &str) -> egui::Response {
    let shown = RichText::new(prose_in(ui, text, &bold(13.5)))
        .font(bold(13.5))
        .color(ui.visuals().text_color());
    let response = ui.add(egui::Link::new(shown));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Link, true, text));
    response
}

/// For example `5 hostile · 2 cooperative`.
pub(super) fn counts_in_words(counts: StanceCounts) -> String {
    let parts = counts.parts().into_iter().map(|(count, stance)| format!("{count} {stance}"));
    parts.collect::<Vec<_>>().join(" · ")
}

/// For example `6 ties (5 hostile · 1 mixed)`, or `4 of 6 ties shown (4 hostile)`.
pub(super) fn ties_in_words(shown: &[&Relation], all: usize) -> String {
    let counts = counts_in_words(StanceCounts::of(shown.iter().copied()));
    match (all, shown) {
        (0, _) => "No ties".to_owned(),
        (_, []) => shown_of(0, all, "tie"),
        _ => format!("{} ({counts})", shown_of(shown.len(), all, "tie")),
    }
}
