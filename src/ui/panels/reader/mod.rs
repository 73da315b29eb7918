//! The source beside the map: its text in a reading face, every excerpt marked in the colour of its
//! tie. Clicking a mark selects the tie; selecting a tie scrolls to its mark; marking a passage
//! makes an excerpt, a tie or an actor.

mod marked;
mod page;

use std::ops::Range;

use eframe::egui::{self, RichText, Ui};

use super::inspector::{Shown, counted};
use crate::edit::Document;
use crate::edit::reading::Reading;
use crate::evidence::mention::{Mention, unmapped};
use crate::evidence::verify::{Prepared, Verified};
use crate::model::{ActorId, Element, Evidence, Paragraph, SourceId, Stance};
use crate::ui::widgets::style::bold;

/// What the reader wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderWish {
    Select(Element),
    /// A new excerpt behind what is selected.
    Cite(Box<Evidence>),
    Tie {
        from: ActorId,
        to: ActorId,
        stance: Stance,
        evidence: Box<Evidence>,
    },
    NewActor(Box<Evidence>),
    /// This excerpt takes the words at this place.
    Place(Element, usize, Range<usize>),
    /// The source's paragraphs are these.
    Label(SourceId, Vec<Paragraph>),
    /// Choose a text for this source.
    Attach(SourceId),
    /// Read the texts from their files again.
    ReadAgain,
    Close,
}

/// The reader between frames.
#[derive(Default)]
pub struct Reader {
    source: Option<SourceId>,
    /// Scroll to this place once.
    target: Option<Range<usize>>,
    /// What was scrolled to last, so that it happens once for each selection.
    shown_for: Option<Element>,
    /// The passage that is marked with the mouse or the keyboard.
    marked: Option<Range<usize>>,
    draft: Option<marked::TieDraft>,
    shows_names: bool,
    /// The name that was gone to last.
    found: Option<Range<usize>>,
    /// Where the part of a long text begins that is shown, as a paragraph's position.
    first_segment: usize,
}

impl Reader {
    /// Turns to a source.
    pub fn show(&mut self, source: SourceId) {
        if self.source.as_ref() != Some(&source) {
            self.turn_to(source);
        }
    }

    /// The source that is shown.
    #[must_use]
    pub fn source(&self) -> Option<&SourceId> {
        self.source.as_ref()
    }

    /// Turns to a place of a source.
    pub fn go(&mut self, source: SourceId, place: Range<usize>) {
        self.show(source);
        self.target = Some(place);
    }

    fn turn_to(&mut self, source: SourceId) {
        *self = Self { source: Some(source), shows_names: self.shows_names, ..Self::default() };
    }

    /// Shows the reader.
    pub fn ui(&mut self, ui: &mut Ui, seen: &Shown<'_>) -> Vec<ReaderWish> {
        let mut wishes = Vec::new();
        let sources = &seen.document.map().sources;
        if self.source.as_ref().is_none_or(|id| seen.document.index().source(id).is_none()) {
            let with_text =
                sources.iter().find(|source| seen.reading.prepared.contains_key(&source.id));
            self.source = with_text.or(sources.first()).map(|source| source.id.clone());
        }
        self.follow_selection(seen);
        self.bar_ui(ui, seen, &mut wishes);
        let Some(id) = self.source.clone() else {
            hint(
                ui,
                "This map names no source yet. Add one under the map's own fields, or drop a text on the window.",
            );
            return wishes;
        };
        match (seen.reading.prepared.get(&id), seen.reading.errors.get(&id)) {
            (Some(prepared), _) => {
                if self.marked.is_some() {
                    // Below the text, which must not move while it is being marked.
                    let frame = egui::Frame::new().inner_margin(egui::Margin {
                        left: 0,
                        right: 0,
                        top: 6,
                        bottom: 2,
                    });
                    egui::Panel::bottom("marked").frame(frame).show(ui, |ui| {
                        self.marked_ui(ui, seen, prepared, &mut wishes);
                    });
                } else {
                    self.draft = None;
                }
                self.page_ui(ui, seen, prepared, &mut wishes);
            }
            (None, Some(error)) => {
                let words = RichText::new(error.to_string()).color(ui.visuals().error_fg_color);
                ui.label(words);
                attach_ui(ui, &id, &mut wishes);
            }
            (None, None) => {
                hint(
                    ui,
                    "The text of this source is not at hand. With it every excerpt is looked up and shown here.",
                );
                attach_ui(ui, &id, &mut wishes);
            }
        }
        wishes
    }

    /// Turns to the first excerpt of what was selected, once.
    fn follow_selection(&mut self, seen: &Shown<'_>) {
        let owner = match seen.selection.only() {
            Some(Element::Actor(id)) => Some(Element::Actor(id.clone())),
            Some(Element::Relation(id)) => Some(Element::Relation(id.clone())),
            None => None,
        };
        if owner == self.shown_for {
            return;
        }
        let first = owner.as_ref().and_then(|owner| first_place(seen.reading, owner));
        if let Some((source, place)) = first {
            // A mark that was clicked is in view already.
            self.go(source, place);
            self.shown_for = owner;
        } else if owner.is_none() || !seen.reading.verified.is_empty() {
            self.shown_for = owner;
        }
    }

    fn bar_ui(&mut self, ui: &mut Ui, seen: &Shown<'_>, wishes: &mut Vec<ReaderWish>) {
        let line = egui::vec2(ui.available_width(), 28.0);
        ui.allocate_ui_with_layout(line, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().button_padding.x = 8.0;
            if ui.button("×").on_hover_text("Close the source (R)").clicked() {
                wishes.push(ReaderWish::Close);
            }
            self.more_ui(ui, seen, wishes);
            ui.toggle_value(&mut self.shows_names, "Names")
                .on_hover_text("Underline the names of actors");
            let sources = &seen.document.map().sources;
            let name = |id: &SourceId| {
                let at = seen.document.index().source(id);
                at.and_then(|at| sources.get(at))
                    .map_or(String::new(), |source| source.name().to_owned())
            };
            let mut chosen = self.source.clone();
            let shown = chosen.as_ref().map(name).unwrap_or_default();
            let room = (ui.available_width() - 24.0).max(60.0);
            let combo = egui::ComboBox::from_id_salt("reader's source")
                .width(room)
                .truncate()
                .selected_text(shown);
            let combo = combo.show_ui(ui, |ui| {
                for source in sources {
                    ui.selectable_value(&mut chosen, Some(source.id.clone()), source.name());
                }
            });
            combo.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, "Source that is read")
            });
            if let Some(chosen) = chosen.filter(|chosen| Some(chosen) != self.source.as_ref()) {
                self.turn_to(chosen);
            }
        });
    }

    /// Mentions without an excerpt, and what concerns the text as a whole.
    fn more_ui(&mut self, ui: &mut Ui, seen: &Shown<'_>, wishes: &mut Vec<ReaderWish>) {
        let menu = ui.menu_button("…", |ui| {
            ui.set_min_width(280.0);
            let Some(id) = self.source.clone() else { return };
            if let (Some(prepared), Some(mentions)) =
                (seen.reading.prepared.get(&id), seen.reading.mentions.get(&id))
            {
                let places: Vec<Range<usize>> =
                    seen.reading.places(&id).map(|(_, place)| place.clone()).collect();
                let unmapped = unmapped(&prepared.segments, mentions, &places);
                let words = counted(unmapped.len(), "unmapped mention");
                ui.label(RichText::new(words).font(bold(13.0)));
                if unmapped.is_empty() {
                    ui.label(
                        RichText::new("Every paragraph that names two actors carries an excerpt.")
                            .weak(),
                    );
                }
                egui::ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
                    for segment in unmapped {
                        let start: String =
                            prepared.text.slice(&segment.range).chars().take(44).collect();
                        if ui.button(format!("{}: {start}…", segment.label)).clicked() {
                            self.target = Some(segment.range.clone());
                            ui.close();
                        }
                    }
                });
                ui.separator();
                self.names_ui(ui, seen, mentions);
            }
            if ui.button("Attach another text…").clicked() {
                wishes.push(ReaderWish::Attach(id));
                ui.close();
            }
            if ui.button("Read the texts again").clicked() {
                wishes.push(ReaderWish::ReadAgain);
                ui.close();
            }
        });
        menu.response.on_hover_text("Unmapped mentions, attaching a text");
    }
}

impl Reader {
    /// The actors that the text names, most often first; a click goes to the next place.
    fn names_ui(&mut self, ui: &mut Ui, seen: &Shown<'_>, mentions: &[Mention]) {
        let actors = &seen.document.map().actors;
        let mut counts = vec![0_usize; actors.len()];
        for mention in mentions {
            if let Some(count) = counts.get_mut(mention.actor) {
                *count += 1;
            }
        }
        let mut named: Vec<usize> = (0..actors.len()).filter(|actor| counts[*actor] > 0).collect();
        named.sort_by_key(|actor| std::cmp::Reverse(counts[*actor]));
        ui.label(RichText::new("Names in this text").font(bold(13.0)));
        egui::ScrollArea::vertical().id_salt("names").max_height(200.0).show(ui, |ui| {
            for actor in named {
                let words = format!("{} ({})", actors[actor].name, counts[actor]);
                if ui.button(words).on_hover_text("Go to the next place that names it").clicked() {
                    let mut places = mentions
                        .iter()
                        .filter(|mention| mention.actor == actor)
                        .map(|one| &one.range);
                    let after = self.found.as_ref().map_or(0, |found| found.end);
                    let next =
                        places.clone().find(|place| place.start >= after).or_else(|| places.next());
                    self.found = next.cloned();
                    self.target.clone_from(&self.found);
                    self.shows_names = true;
                }
            }
        });
        ui.separator();
    }
}

/// Where the first excerpt of an actor or tie stands that was found.
fn first_place(reading: &Reading, owner: &Element) -> Option<(SourceId, Range<usize>)> {
    let mut of_owner = reading.verified.iter().filter(|one| one.owner == *owner);
    of_owner.find_map(|one: &Verified| Some((one.source.clone(), one.place()?.clone())))
}

fn hint(ui: &mut Ui, words: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(words).weak());
}

fn attach_ui(ui: &mut Ui, id: &SourceId, wishes: &mut Vec<ReaderWish>) {
    ui.add_space(6.0);
    if ui
        .button("Attach its text…")
        .on_hover_text("Plain text, Markdown, a web page or a PDF")
        .clicked()
    {
        wishes.push(ReaderWish::Attach(id.clone()));
    }
}

/// The stance of the tie that an excerpt stands behind; none for an actor's.
fn stance_of(document: &Document, owner: &Element) -> Option<Stance> {
    let Element::Relation(id) = owner else { return None };
    document
        .index()
        .relation(id)
        .and_then(|at| document.map().relations.get(at))
        .map(|tie| tie.stance)
}

/// An excerpt cut from a place of a source.
fn cut(source: &SourceId, prepared: &Prepared, place: &Range<usize>) -> Evidence {
    let excerpt = Evidence { source: source.clone(), ..Evidence::default() };
    crate::evidence::anchor::placed(&excerpt, place, &prepared.text, &prepared.segments)
}
