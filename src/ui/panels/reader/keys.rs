//! The keys of the reader. With them a text is coded without the mouse: they mark passages and fill
//! in the tie.

use std::ops::Range;

use egui::{Key, Modifiers, Ui};

use super::coding::Text;
use super::draft::{Draft, Field, Picker};
use super::excerpts::cut;
use super::state::Reader;
use crate::evidence::mention::unmapped;
use crate::evidence::sentence::{phrases, words};
use crate::model::{Stance, Status, Strength};
use crate::ui::requests::{Request, Requests};
use crate::ui::workspace::Workspace;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Mark the next (true) or previous sentence, phrase, or sentence with a name.
    Sentence(bool),
    Phrase(bool),
    Named(bool),
    /// Mark the next (true) or previous paragraph that names two actors and has no excerpt.
    Uncoded(bool),
    /// Move the end (or the start) of the mark by a word, forward or back.
    End(bool),
    Start(bool),
    /// Make the mark longer or shorter by a sentence.
    Longer(bool),
    Stance(Stance),
    Status(Status),
    /// Choose a candidate for the near or the far end.
    From(usize),
    To(usize),
    Swap,
    Open(Field),
    Strength,
    Add,
    /// Add the tie and keep the passage marked.
    AddAndStay,
    Excerpt,
    Actor,
    Names,
}

/// The keys of the reader, for the page of keyboard shortcuts: input, and effect.
#[must_use]
pub fn help() -> &'static [(&'static str, &'static str)] {
    &[
        ("Down, Up", "Mark the next or previous sentence"),
        ("Right, Left", "Mark the next or previous phrase"),
        ("Space, Shift+Space", "Mark the next or previous sentence that names an actor"),
        ("U, Shift+U", "Mark the next or previous paragraph that names two actors, uncoded"),
        ("Shift+Right, Shift+Left", "Move the end of the mark by a word"),
        ("Alt+Right, Alt+Left", "Move the start of the mark by a word"),
        ("Shift+Down, Shift+Up", "Make the mark longer or shorter by a sentence"),
        ("1 2 3, 4 5 6", "Choose a suggested actor: from, to"),
        ("F, T, X", "Choose or create the actor from, the actor to; swap them"),
        ("H C M N", "Hostile, cooperative, mixed, neutral"),
        ("R L I O Y", "Reported, claimed, inferred, forecast, hypothetical"),
        ("S K G D", "Said by, kind, strength, date"),
        ("Enter", "Add the tie and mark the next sentence that names an actor"),
        ("Shift+Enter", "Add the tie and keep the passage marked"),
        ("E, A", "New excerpt for the selection; new actor named by the passage"),
        ("P", "List the names in the text that may be actors"),
        ("Esc", "Unmark the passage; then leave the text"),
    ]
}

const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const NONE: Modifiers = Modifiers::NONE;

/// All keys. [`help`] describes them.
pub(super) const KEYS: &[(Modifiers, Key, Step)] = &[
    (SHIFT, Key::ArrowDown, Step::Longer(true)),
    (SHIFT, Key::ArrowUp, Step::Longer(false)),
    (SHIFT, Key::ArrowRight, Step::End(true)),
    (SHIFT, Key::ArrowLeft, Step::End(false)),
    (ALT, Key::ArrowRight, Step::Start(true)),
    (ALT, Key::ArrowLeft, Step::Start(false)),
    (SHIFT, Key::Space, Step::Named(false)),
    (SHIFT, Key::Enter, Step::AddAndStay),
    (NONE, Key::ArrowDown, Step::Sentence(true)),
    (NONE, Key::ArrowUp, Step::Sentence(false)),
    (NONE, Key::ArrowRight, Step::Phrase(true)),
    (NONE, Key::ArrowLeft, Step::Phrase(false)),
    (NONE, Key::Space, Step::Named(true)),
    (SHIFT, Key::U, Step::Uncoded(false)),
    (NONE, Key::U, Step::Uncoded(true)),
    (NONE, Key::H, Step::Stance(Stance::Hostile)),
    (NONE, Key::C, Step::Stance(Stance::Cooperative)),
    (NONE, Key::M, Step::Stance(Stance::Mixed)),
    (NONE, Key::N, Step::Stance(Stance::Neutral)),
    (NONE, Key::R, Step::Status(Status::Reported)),
    (NONE, Key::L, Step::Status(Status::Claimed)),
    (NONE, Key::I, Step::Status(Status::Inferred)),
    (NONE, Key::O, Step::Status(Status::Forecast)),
    (NONE, Key::Y, Step::Status(Status::Hypothetical)),
    (NONE, Key::Num1, Step::From(0)),
    (NONE, Key::Num2, Step::From(1)),
    (NONE, Key::Num3, Step::From(2)),
    (NONE, Key::Num4, Step::To(0)),
    (NONE, Key::Num5, Step::To(1)),
    (NONE, Key::Num6, Step::To(2)),
    (NONE, Key::F, Step::Open(Field::From)),
    (NONE, Key::T, Step::Open(Field::To)),
    (NONE, Key::S, Step::Open(Field::Speaker)),
    (NONE, Key::K, Step::Open(Field::Kind)),
    (NONE, Key::D, Step::Open(Field::Date)),
    (NONE, Key::X, Step::Swap),
    (NONE, Key::G, Step::Strength),
    (NONE, Key::Enter, Step::Add),
    (NONE, Key::E, Step::Excerpt),
    (NONE, Key::A, Step::Actor),
    (NONE, Key::P, Step::Names),
];

/// The letter or sign of the key for a step, as shown on its button.
pub(super) fn key_of(step: Step) -> &'static str {
    let row = KEYS.iter().find(|(_, _, other)| *other == step);
    row.map_or("", |(_, key, _)| match key {
        Key::Enter => "⏎",
        other => other.symbol_or_name(),
    })
}

impl Reader {
    /// Performs the keys pressed in this frame, in order. Called while the text has the keyboard.
    pub(super) fn press_keys(
        &mut self,
        ui: &Ui,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        let events = ui.input_mut(|input| std::mem::take(&mut input.events));
        let mut others = Vec::new();
        let mut is_letter_of_key = false;
        for event in events {
            if std::mem::take(&mut is_letter_of_key) && matches!(event, egui::Event::Text(_)) {
                continue;
            }
            // Once a field is open, what is typed belongs to it.
            if let (Some(picker), egui::Event::Text(typed)) = (&mut self.picker, &event) {
                picker.text.push_str(typed);
                continue;
            }
            match step_of(&event).filter(|_| self.picker.is_none()) {
                Some(step) => {
                    self.step(step, workspace, text, out);
                    // A later key of the same frame needs what this one changed.
                    self.update_draft(workspace, text);
                    // The letter of the key itself is not typed into the field that it opens.
                    is_letter_of_key = true;
                }
                None if is_escape(&event) && self.marked.is_some() => self.remove_mark(),
                None => others.push(event),
            }
        }
        ui.input_mut(|input| input.events = others);
    }

    /// Performs one step.
    pub(super) fn step(
        &mut self,
        step: Step,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        match step {
            Step::Sentence(is_forward) => {
                self.go_to(next(text.sentences(), &self.here(), is_forward));
            }
            Step::Phrase(is_forward) => {
                let phrases = text.phrases();
                self.go_to(next(&phrases, &self.here(), is_forward));
            }
            Step::Named(is_forward) => {
                let here = self.here();
                let from = if is_forward { here.end } else { here.start };
                self.go_to(text.named.naming_sentence(from, is_forward));
            }
            Step::Uncoded(is_forward) => self.go_to_uncoded(is_forward, workspace, text, out),
            Step::End(is_forward) => self.move_end(text, is_forward),
            Step::Start(is_forward) => self.move_start(text, is_forward),
            Step::Longer(is_longer) => self.stretch(text, is_longer),
            Step::Names => self.lists_names = !self.lists_names,
            other if self.marked.is_some() => self.fill_in(other, workspace, text, out),
            _ => {}
        }
    }

    /// Performs a step that needs a marked passage.
    fn fill_in(
        &mut self,
        step: Step,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        let draft = &mut self.draft;
        match step {
            Step::Stance(stance) => draft.change(|draft| draft.stance = stance),
            Step::Status(status) => draft.change(|draft| draft.status = status),
            Step::From(number) => {
                let party = draft.offered_from().nth(number).cloned();
                if let Some(party) = party {
                    draft.set_from(party);
                }
            }
            Step::To(number) => {
                let party = draft.offered_to().nth(number).cloned();
                if let Some(party) = party {
                    draft.set_to(party);
                }
            }
            Step::Swap => {
                draft.change(|draft| {
                    std::mem::swap(&mut draft.from, &mut draft.to);
                    draft.is_to_chosen = true;
                });
            }
            Step::Strength => draft.change(|draft| {
                let next = draft.strength.value() % Strength::MAX + 1;
                draft.strength = Strength::new(next).unwrap_or_default();
            }),
            Step::Open(field) => {
                let text = match field {
                    Field::Kind => draft.kind.clone(),
                    Field::Date => draft.period.words().unwrap_or_default(),
                    _ => String::new(),
                };
                self.picker = Some(Picker { field, text, row: 0, is_new: true });
            }
            Step::Add => self.add(text, true, out),
            Step::AddAndStay => self.add(text, false, out),
            Step::Excerpt if workspace.selection.only().is_some() => {
                self.push_excerpt(text, out, Request::Cite);
            }
            Step::Actor => self.push_excerpt(text, out, Request::AddNamedActor),
            _ => {}
        }
    }

    /// Adds the drafted tie. Then marks the next sentence that names an actor, if `goes_on`.
    pub(super) fn add(&mut self, text: &Text<'_>, goes_on: bool, out: &mut Requests) {
        let (Some(tie), Some(marked)) = (self.draft.tie(), self.marked.clone()) else { return };
        self.remember(&tie);
        let excerpt = cut(text.source, text.prepared, &marked);
        out.push(Request::AddTie(Box::new(tie), Box::new(excerpt)));
        self.draft.is_changed = false;
        self.draft_for = None;
        if goes_on {
            let end = text.named.sentence_around(&marked).end;
            match text.named.naming_sentence(end, true) {
                Some(next) => self.mark(next),
                None => self.remove_mark(),
            }
        }
    }

    /// Sends a request with the marked passage as an excerpt, and unmarks it.
    pub(super) fn push_excerpt(
        &mut self,
        text: &Text<'_>,
        out: &mut Requests,
        request: impl Fn(Box<crate::model::Evidence>) -> Request,
    ) {
        if let Some(marked) = &self.marked {
            out.push(request(Box::new(cut(text.source, text.prepared, marked))));
            self.remove_mark();
        }
    }

    /// The marked passage, or the place of the caret.
    fn here(&self) -> Range<usize> {
        self.marked.clone().unwrap_or(self.caret..self.caret)
    }

    fn go_to(&mut self, place: Option<Range<usize>>) {
        if let Some(place) = place {
            self.mark(place);
        }
    }

    /// Marks the next or previous uncoded paragraph. After the last one comes the first, which the
    /// status line says.
    fn go_to_uncoded(
        &mut self,
        is_forward: bool,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        let places: Vec<Range<usize>> =
            workspace.reading.places(text.source).map(|(_, place)| place.clone()).collect();
        let uncoded = unmapped(&text.prepared.segments, text.mentions, &places);
        let here = self.here().start;
        let (further, start, from) = if is_forward {
            let after = uncoded.iter().find(|one| one.range.start > here);
            (after, uncoded.first(), "the start")
        } else {
            let before = uncoded.iter().rev().find(|one| one.range.end <= here);
            (before, uncoded.last(), "the end")
        };
        let words = match (further, start) {
            (Some(_), _) => String::new(),
            (None, Some(_)) => {
                format!("No further uncoded paragraph names two actors; continued from {from}.")
            }
            (None, None) => "Every paragraph that names two actors has an excerpt.".to_owned(),
        };
        if !words.is_empty() {
            out.push(Request::Tell(words));
        }
        self.go_to(further.or(start).map(|segment| segment.range.clone()));
    }

    fn move_end(&mut self, text: &Text<'_>, is_forward: bool) {
        let here = self.here();
        let words = words(&text.prepared.text, &text.around(&here));
        let moved = if is_forward {
            words.iter().map(|word| word.end).find(|end| *end > here.end)
        } else {
            words.iter().rev().map(|word| word.end).find(|end| *end < here.end)
        };
        let end = moved.unwrap_or(here.end);
        self.go_to((end > here.start).then_some(here.start..end));
    }

    fn move_start(&mut self, text: &Text<'_>, is_forward: bool) {
        let here = self.here();
        let words = words(&text.prepared.text, &text.around(&here));
        let moved = if is_forward {
            words.iter().map(|word| word.start).find(|start| *start > here.start)
        } else {
            words.iter().rev().map(|word| word.start).find(|start| *start < here.start)
        };
        let start = moved.unwrap_or(here.start);
        self.go_to((start < here.end).then_some(start..here.end));
    }

    fn stretch(&mut self, text: &Text<'_>, is_longer: bool) {
        let here = self.here();
        let ends = text.sentences().iter().map(|sentence| sentence.end);
        let end = if is_longer {
            ends.into_iter().find(|end| *end > here.end)
        } else {
            ends.rev().find(|end| *end < here.end)
        };
        self.go_to(end.filter(|end| *end > here.start).map(|end| here.start..end));
    }
}

impl Draft {
    /// Changes the draft on behalf of the user.
    pub fn change(&mut self, change: impl FnOnce(&mut Self)) {
        change(self);
        self.is_changed = true;
    }
}

impl Text<'_> {
    fn sentences(&self) -> &[Range<usize>] {
        &self.named.outline.sentences
    }

    fn phrases(&self) -> Vec<Range<usize>> {
        let text = &self.prepared.text;
        self.sentences().iter().flat_map(|sentence| phrases(text, sentence)).collect()
    }

    /// The paragraph of a range, with the one before and the one after.
    fn around(&self, range: &Range<usize>) -> Range<usize> {
        let segments = &self.prepared.segments;
        let first = segments.partition_point(|segment| segment.range.end < range.start);
        let last = segments.partition_point(|segment| segment.range.end < range.end) + 1;
        let start = segments.get(first.saturating_sub(1)).map_or(0, |segment| segment.range.start);
        let end = segments.get(last).or(segments.last());
        start..end.map_or(range.end, |segment| segment.range.end)
    }
}

/// The first range after (or the last before) `here`; with the caret inside a range, that range.
fn next(ranges: &[Range<usize>], here: &Range<usize>, is_forward: bool) -> Option<Range<usize>> {
    let is_caret = here.is_empty();
    let found = if is_forward {
        ranges.iter().find(
            |one| {
                if is_caret { one.end > here.start } else { one.start >= here.end }
            },
        )
    } else {
        ranges.iter().rev().find(|one| one.end <= here.start)
    };
    // A mark that is longer than a phrase leads to the phrases inside it.
    let inside = ranges.iter().filter(|one| one.start >= here.start && one.end <= here.end);
    if is_forward && !is_caret && inside.clone().count() > 1 {
        return inside.min_by_key(|one| one.start).cloned();
    }
    found.cloned()
}

/// The step of a key that was pressed with exactly the modifiers of its row.
fn step_of(event: &egui::Event) -> Option<Step> {
    let egui::Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let row = KEYS.iter().find(|(held, other, _)| other == key && modifiers.matches_exact(*held));
    row.map(|(_, _, step)| *step)
}

fn is_escape(event: &egui::Event) -> bool {
    matches!(event, egui::Event::Key { key: Key::Escape, pressed: true, .. })
}
