//! Presenting: the steps of the briefing on the full screen, one after the other.

use egui::{self, CentralPanel, Context, Event, Frame, Key, Margin, RichText, ScrollArea, Ui};
use egui::{PointerButton, ViewportCommand};

use super::presentation::Presentation;
use super::program::App;
use crate::edit::{Document, Selection};
use crate::model::query::{element_of, ties_among};
use crate::model::{BriefingStep, Evidence, RelationIndex};
use crate::scene;
use crate::scene::page::parts::StepWords;
use crate::text::visual;
use crate::ui::canvas::Canvas;
use crate::ui::widgets::excerpt_card::{Card, Carries};
use crate::ui::widgets::style::bold;
use crate::ui::workspace::Presented;

/// Width and height in points of the smallest screen; a larger one shows everything larger, to be
/// read from a distance.
const SCREEN: (f32, f32) = (1280.0, 720.0);

/// How far a key scrolls the excerpts, in points.
const SCROLL_POINTS: f32 = 120.0;

/// Most excerpts that are shown beside the map.
const EXCERPTS_AT_MOST: usize = 60;

/// What a key or a click does in a presentation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    By(isize),
    To(usize),
    Words,
    Leave,
}

impl App {
    /// True while the steps are presented.
    #[must_use]
    pub fn is_presenting(&self) -> bool {
        self.session.presentation.is_some()
    }

    /// Starts to present the steps, from the open one or the first.
    pub(super) fn present(&mut self, ctx: &Context, is_from_open: bool) {
        let session = &mut self.session;
        let steps = &session.document.map().steps;
        if steps.is_empty() {
            self.tell("There are no steps to present: add one in the panel of steps (B).");
            return;
        }
        let open = session.open_step.as_ref().filter(|_| is_from_open);
        let at = steps.iter().position(|step| Some(&step.id) == open).unwrap_or(0);
        let canvas = Canvas::new(session.document.number());
        let was_full_screen = ctx.input(|input| input.viewport().fullscreen).unwrap_or(false);
        session.presentation = Some(Presentation {
            at,
            has_words: false,
            canvas: std::mem::replace(&mut session.canvas, canvas),
            selection: std::mem::take(&mut session.selection),
            previous: session.previous.take(),
            own_view: session.own_view.take(),
            expanded: std::mem::take(&mut session.view.expanded),
            was_full_screen,
            zoom_factor: ctx.zoom_factor(),
        });
        ctx.send_viewport_cmd(ViewportCommand::Fullscreen(true));
        ctx.memory_mut(egui::Memory::stop_text_input);
        self.turn_to(at);
    }

    /// Shows the map as it was before the presentation.
    pub(super) fn leave_presentation(&mut self, ctx: &Context) {
        let session = &mut self.session;
        let Some(before) = session.presentation.take() else { return };
        session.canvas = before.canvas;
        session.selection = before.selection;
        session.previous = before.previous;
        session.own_view = before.own_view;
        session.view.expanded = before.expanded;
        session.presented = None;
        session.forget_shown();
        session.update_shown();
        ctx.set_zoom_factor(before.zoom_factor);
        if !before.was_full_screen {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(false));
        }
        ctx.request_repaint();
    }

    /// Shows a step of the presentation.
    fn turn_to(&mut self, at: usize) {
        let session = &mut self.session;
        let (map, index) = (session.document.map(), session.document.index());
        let Some(step) = map.steps.get(at) else { return };
        let focus: Selection = step.focus.iter().filter_map(|id| element_of(index, id)).collect();
        let words = StepWords { title: step.title.clone(), text: step.text.clone() };
        let (settings, camera) = (scene::step::settings(map, step), step.camera);
        session.presented = Some(Presented { focus, words });
        session.own_view = Some(settings);
        session.canvas.fly_to(camera);
        if let Some(presentation) = &mut session.presentation {
            presentation.at = at;
        }
        session.forget_shown();
        session.update_shown();
    }

    /// Shows one frame of the presentation, instead of the panels.
    pub(super) fn present_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let count = self.session.document.map().steps.len();
        let Some(presentation) = &self.session.presentation else { return };
        let (at, has_words) = (presentation.at, presentation.has_words);
        enlarge(&ctx);
        let turn = |event: &Event| turn_of(event, has_words);
        let mut turn = ctx.input(|input| input.events.iter().find_map(turn));
        if has_words {
            self.words_ui(ui);
        }
        let step = self.session.document.map().steps.get(at);
        let words = step.map_or(String::new(), |step| spoken(step, at, count));
        let mut canvas = std::mem::take(&mut self.session.canvas);
        let map = CentralPanel::default()
            .frame(Frame::NONE)
            .show(ui, |ui| canvas.present(ui, &self.workspace(), &words));
        self.session.canvas = canvas;
        self.update_stills(&ctx);
        self.update_camps(&ctx);
        if map.inner.clicked_by(PointerButton::Primary) {
            turn = Some(Turn::By(1));
        } else if map.inner.clicked_by(PointerButton::Secondary) {
            turn = Some(Turn::By(-1));
        }
        let Some(turn) = turn else { return };
        match turn {
            Turn::Leave => self.leave_presentation(&ctx),
            Turn::Words => {
                if let Some(presentation) = &mut self.session.presentation {
                    presentation.has_words = !has_words;
                }
            }
            Turn::To(to) => self.turn_to(to.min(count.saturating_sub(1))),
            // There is nothing after the last step: the presentation stays there.
            Turn::By(by) => {
                let to = at.saturating_add_signed(by);
                if to != at && to < count {
                    self.turn_to(to);
                }
            }
        }
        ctx.request_repaint();
    }

    /// The excerpts of what is in focus, beside the map.
    fn words_ui(&self, ui: &mut Ui) {
        let document = &self.session.document;
        let Some(presented) = &self.session.presented else { return };
        let frame = Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin {
            left: 16,
            right: 8,
            top: 16,
            bottom: 8,
        });
        egui::Panel::right("words of the presentation").frame(frame).exact_size(420.0).show(
            ui,
            |ui| {
                ui.label(RichText::new("Who says so").font(bold(17.0)));
                ui.add_space(8.0);
                ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
                    let cards = cards(document, &presented.focus);
                    if cards.is_empty() {
                        ui.label(if presented.focus.is_empty() {
                            "Nothing stands out in this step."
                        } else {
                            "What stands out in this step has no excerpts."
                        });
                    }
                    let down = ui.input(|input| scrolled(&input.events));
                    if down != 0.0 {
                        ui.scroll_with_delta(egui::vec2(0.0, -down));
                    }
                    for (carries, evidence) in cards {
                        let card =
                            Card { document, evidence, carries, party: None, is_selected: false };
                        card.ui(ui);
                        ui.add_space(8.0);
                    }
                });
            },
        );
    }
}

/// Shows everything larger on a large screen.
fn enlarge(ctx: &Context) {
    let size = ctx.content_rect().size() * ctx.zoom_factor();
    let wanted = (size.x / SCREEN.0).min(size.y / SCREEN.1).clamp(1.0, 4.0);
    if (wanted / ctx.zoom_factor() - 1.0).abs() > 0.02 {
        ctx.set_zoom_factor(wanted);
    }
}

/// The excerpts of what is in focus: of its ties, and of its actors with the ties among them.
fn cards<'a>(document: &'a Document, focus: &Selection) -> Vec<(Carries<'a>, &'a Evidence)> {
    let (map, index) = (document.map(), document.index());
    let actors: Vec<_> = focus.actors().filter_map(|id| index.actor(id)).collect();
    let mut ties: Vec<RelationIndex> =
        focus.relations().filter_map(|id| index.relation(id)).collect();
    match actors.as_slice() {
        [one] if ties.is_empty() => ties.extend(index.ties(*one)),
        several => ties.extend(ties_among(index, several)),
    }
    ties.sort_unstable();
    ties.dedup();
    let of_ties = ties
        .into_iter()
        .filter_map(|tie| map.relations.get(tie))
        .flat_map(|tie| tie.evidence.iter().map(move |excerpt| (Carries::Relation(tie), excerpt)));
    let of_actors = actors.into_iter().filter_map(|at| map.actors.get(at)).flat_map(|actor| {
        actor.evidence.iter().map(move |excerpt| (Carries::Actor(actor), excerpt))
    });
    of_ties.chain(of_actors).take(EXCERPTS_AT_MOST).collect()
}

/// What is read aloud for a step.
fn spoken(step: &BriefingStep, at: usize, count: usize) -> String {
    let words = format!("Step {} of {count}: {}. {}", at + 1, step.name(at + 1), step.text);
    visual(words.trim()).into_owned()
}

/// How far the excerpts are scrolled down by these events, in points.
fn scrolled(events: &[Event]) -> f32 {
    let by = |event: &Event| match event {
        Event::Key { key: Key::ArrowDown, pressed: true, .. } => SCROLL_POINTS,
        Event::Key { key: Key::ArrowUp, pressed: true, .. } => -SCROLL_POINTS,
        _ => 0.0,
    };
    events.iter().map(by).sum()
}

/// What an input does in a presentation. While excerpts are shown, they are scrolled by Up and
/// Down.
fn turn_of(event: &Event, has_words: bool) -> Option<Turn> {
    let Event::Key { key, pressed: true, .. } = event else { return None };
    match key {
        Key::ArrowDown | Key::ArrowUp if has_words => None,
        Key::ArrowRight | Key::ArrowDown | Key::PageDown | Key::Space | Key::Enter => {
            Some(Turn::By(1))
        }
        Key::ArrowLeft | Key::ArrowUp | Key::PageUp | Key::Backspace => Some(Turn::By(-1)),
        Key::Home => Some(Turn::To(0)),
        Key::End => Some(Turn::To(usize::MAX)),
        Key::E => Some(Turn::Words),
        Key::Escape | Key::F5 => Some(Turn::Leave),
        _ => None,
    }
}
