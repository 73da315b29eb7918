//! One excerpt as a card: its actor or tie, its words, then who said them and where.

use egui::{
    self, Color32, CornerRadius, Frame, Margin, Painter, Pos2, Rect, Response, RichText, Sense,
    Stroke, Ui, UiBuilder, WidgetInfo, WidgetType, vec2,
};

use super::style::{bold, color, prose, scene_theme};
use super::words::{status_words, tie_name};
use crate::edit::Document;
use crate::model::citation::{isolated, quoted};
use crate::model::{Actor, ActorId, Evidence, Relation, Stance, Status};
use crate::scene::theme::Theme;
use crate::text::visual;

/// The actor or tie that an excerpt belongs to.
#[derive(Clone, Copy)]
pub enum Carries<'a> {
    Actor(&'a Actor),
    Relation(&'a Relation),
}

/// A card for one excerpt.
pub struct Card<'a> {
    pub document: &'a Document,
    pub evidence: &'a Evidence,
    pub carries: Carries<'a>,
    /// The actor whose name is bold in the heading.
    pub party: Option<&'a ActorId>,
    pub is_selected: bool,
}

impl Card<'_> {
    /// Shows the card. It can be clicked and can take the keyboard focus.
    pub fn ui(&self, ui: &mut Ui) -> Response {
        let theme = scene_theme(ui.ctx());
        let stripe = match self.carries {
            Carries::Actor(_) => color(theme.rule),
            Carries::Relation(relation) => color(theme.stance(relation.stance)),
        };
        let width = ui.available_width();
        let response = ui
            .scope_builder(UiBuilder::new().sense(Sense::click()), |ui| {
                let response = ui.response();
                let fill = if self.is_selected {
                    ui.visuals().selection.bg_fill
                } else if response.hovered() || response.has_focus() {
                    color(theme.rule.over(theme.paper, 0.3))
                } else {
                    color(theme.rule.over(theme.paper, 0.1))
                };
                let margin = Margin { left: 16, right: 12, top: 9, bottom: 10 };
                let shown = Frame::new().fill(fill).inner_margin(margin).show(ui, |ui| {
                    ui.set_width(width - 28.0);
                    ui.spacing_mut().item_spacing.y = 3.0;
                    ui.spacing_mut().interact_size.y = 0.0;
                    // No text selection on a card: a press on its text must click the card.
                    ui.style_mut().interaction.selectable_labels = false;
                    self.contents(ui, &theme);
                });
                let bar = Rect::from_min_size(
                    shown.response.rect.min,
                    vec2(4.0, shown.response.rect.height()),
                );
                ui.painter().rect_filled(bar, CornerRadius::ZERO, stripe);
                if response.has_focus() {
                    let focus = Stroke::new(1.0, color(theme.accent));
                    ui.painter().rect_stroke(
                        shown.response.rect,
                        2.0,
                        focus,
                        egui::StrokeKind::Inside,
                    );
                }
            })
            .response;
        let name = self.name();
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
        response.on_hover_cursor(egui::CursorIcon::PointingHand)
    }

    fn contents(&self, ui: &mut Ui, theme: &Theme) {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            self.heading(ui, theme);
        });
        let words = quoted(&self.evidence.excerpt);
        ui.label(RichText::new(prose(ui, &words, 15.0)).size(15.0));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            self.citation(ui);
        });
        ui.label(RichText::new(visual(&self.facts())).size(12.0).weak());
        let notes = match self.carries {
            Carries::Relation(relation) => [self.evidence.note.as_str(), relation.note.as_str()],
            Carries::Actor(_) => [self.evidence.note.as_str(), ""],
        };
        for note in notes.into_iter().filter(|note| !note.is_empty()) {
            ui.label(RichText::new(prose(ui, note, 12.0)).size(12.0));
        }
    }

    fn heading(&self, ui: &mut Ui, theme: &Theme) {
        let Carries::Relation(relation) = self.carries else {
            ui.label(RichText::new("About the actor").size(12.5));
            return;
        };
        badge_ui(ui, relation.stance, relation.status, theme);
        let document = self.document;
        for (number, id) in [&relation.from, &relation.to].into_iter().enumerate() {
            let actor = document.index().actor(id).and_then(|at| document.map().actors.get(at));
            let name = actor.map_or(id.as_str(), Actor::brief_name);
            let text = RichText::new(visual(name));
            ui.label(if self.party == Some(id) { text.font(bold(12.5)) } else { text.size(12.5) });
            if number == 0 {
                ui.label(RichText::new(if relation.directed { "→" } else { "↔" }).size(12.5));
            }
        }
        if let Some(kind) = relation.kind.words() {
            ui.label(RichText::new(format!("· {kind}")).size(12.5));
        }
    }

    fn citation(&self, ui: &mut Ui) {
        let source = self
            .document
            .index()
            .source(&self.evidence.source)
            .and_then(|at| self.document.map().sources.get(at));
        let small = |text: String| RichText::new(text).size(12.0);
        if let Some(locator) = self.evidence.locator() {
            ui.label(small(format!("{locator} · ")));
        }
        match source {
            Some(source) if !source.author.is_empty() && !source.publisher.is_empty() => {
                ui.label(small(format!("{}, ", source.author)));
                ui.label(small(source.publisher.clone()).italics());
            }
            Some(source) => {
                ui.label(small(source.byline()));
            }
            None => {
                ui.label(small(self.evidence.source.to_string()));
            }
        }
    }

    /// The name of the speaker of the excerpt, else of the tie, else "the author".
    fn speaker(&self) -> &str {
        let id = match self.carries {
            Carries::Relation(relation) => relation.speaker(self.evidence),
            Carries::Actor(_) => self.evidence.speaker.as_deref(),
        };
        id.map_or("the author", |id| self.document.index().name(self.document.map(), id))
    }

    /// For example `Said by: Pakistan · Claimed by Pakistan · moderate confidence · Mar 2024`.
    fn facts(&self) -> String {
        let mut facts = format!("Said by: {}", isolated(self.speaker()));
        if let Carries::Relation(relation) = self.carries {
            facts.push_str(" · ");
            facts.push_str(&relation_facts(self.document, relation));
        }
        facts
    }

    /// The accessible name.
    fn name(&self) -> String {
        let what = match self.carries {
            Carries::Actor(actor) => actor.name.clone(),
            Carries::Relation(relation) => tie_name(self.document, relation),
        };
        let place = self.evidence.locator().map_or(String::new(), |locator| format!(", {locator}"));
        format!("Excerpt: {}{place}: {what}", quoted(&self.evidence.excerpt))
    }
}

/// For example `Claimed by Pakistan · moderate confidence · Mar 2024`.
#[must_use]
pub fn relation_facts(document: &Document, relation: &Relation) -> String {
    let mut facts = vec![status_words(document, relation)];
    facts
        .extend(relation.confidence.map(|confidence| format!("{} confidence", confidence.words())));
    facts.extend(relation.period());
    if let Some(id) = &relation.contested_by {
        facts.push(format!("contested by {}", isolated(document.index().name(document.map(), id))));
    }
    facts.join(" · ")
}

/// Shows the badge of a tie inline with text.
pub fn badge_ui(ui: &mut Ui, stance: Stance, status: Status, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
    badge(ui.painter(), rect.center(), stance, status != Status::Reported, theme);
}

/// Paints the badge of a tie, centred on `at`. An open badge is an outline.
pub fn badge(painter: &Painter, at: Pos2, stance: Stance, is_open: bool, theme: &Theme) {
    let ink = color(theme.stance(stance));
    let (fill, sign) = if is_open { (color(theme.paper), ink) } else { (ink, Color32::WHITE) };
    painter.circle(at, 7.0, fill, Stroke::new(1.4, ink));
    let line = Stroke::new(1.6, sign);
    let bar = |from: egui::Vec2, to: egui::Vec2| {
        painter.line_segment([at + from, at + to], line);
    };
    match stance {
        Stance::Hostile => bar(vec2(-3.2, 0.0), vec2(3.2, 0.0)),
        Stance::Cooperative => {
            bar(vec2(-3.2, 0.0), vec2(3.2, 0.0));
            bar(vec2(0.0, -3.2), vec2(0.0, 3.2));
        }
        Stance::Mixed => {
            bar(vec2(-2.8, -1.2), vec2(2.8, -1.2));
            bar(vec2(0.0, -4.0), vec2(0.0, 1.6));
            bar(vec2(-2.8, 3.4), vec2(2.8, 3.4));
        }
        Stance::Neutral => {}
    }
}

/// Small rounded tags in a row, for example kind and aliases.
pub fn chips(ui: &mut Ui, words: impl IntoIterator<Item = String>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
        ui.spacing_mut().button_padding = vec2(8.0, 1.0);
        ui.spacing_mut().interact_size.y = 18.0;
        let stroke = ui.visuals().widgets.hovered.bg_stroke;
        for word in words {
            // In a wrapping row, a button wraps like a word; a frame does not.
            let tag = egui::Button::new(RichText::new(&word).size(12.0))
                .sense(Sense::hover())
                .stroke(stroke);
            let response =
                ui.add(tag.corner_radius(CornerRadius::same(10)).fill(Color32::TRANSPARENT));
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &word));
        }
    });
}
