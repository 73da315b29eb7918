//! The read-only view of a selection: headings, cards of excerpts and counts that its kinds share.

use egui::{self, RichText, Ui};

use crate::edit::reading::Reading;
use crate::edit::{Document, Selection};
use crate::evidence::verify::Verified;
use crate::model::query::StanceCounts;
use crate::model::{Actor, ActorId, Element, Evidence, Relation};
use crate::ui::panels::excerpt_state;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::{Card, Carries};
use crate::ui::widgets::style::{bold, prose_in};

/// Width reserved for the Edit button in the upper right corner, in points.
pub(super) const EDIT_WIDTH: f32 = 64.0;

/// The read-only view: the evidence for the selection.
pub(super) struct Page<'a> {
    pub document: &'a Document,
    pub selection: &'a Selection,
    pub reading: &'a Reading,
    /// True if the first card should take the keyboard focus.
    pub wants_focus: bool,
    pub out: &'a mut Requests,
}

impl Page<'_> {
    pub(super) fn link(&mut self, ui: &mut Ui, actor: &Actor) {
        if ui.link(&actor.name).clicked() {
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
    let parts: Vec<String> =
        counts.parts().into_iter().map(|(count, stance)| format!("{count} {stance}")).collect();
    if parts.is_empty() { "no ties".to_owned() } else { parts.join(" · ") }
}
