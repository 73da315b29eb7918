//! The reader panel: choice of the source, commands for its text, and the text itself.

use std::collections::BTreeSet;
use std::ops::Range;

use egui::{self, Key, RichText, Ui};

use super::coding::Text;
use super::state::Reader;
use crate::edit::reading::Reading;
use crate::evidence::mention::{Mention, unmapped};
use crate::evidence::suggest::{Coded, Named};
use crate::evidence::verify::{Prepared, Verified};
use crate::file::source::formats;
use crate::model::words::{capitalised, counted};
use crate::model::{ActorIndex, Element, PerActor, SourceId};
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::{Panel, Place};
use crate::ui::requests::actions::{Action, plain};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::style::bold;
use crate::ui::workspace::{CommandInfo, Workspace};

impl Panel for Reader {
    fn id(&self) -> PanelId {
        PanelId::READER
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::READER,
            "Source text",
            plain(Key::R),
            "Show or hide the text of the source",
        ))
    }

    fn place(&self) -> Place {
        Place::BelowRight
    }

    fn read(&mut self, source: &SourceId, place: Option<&Range<usize>>) {
        match place {
            Some(place) => self.go(source.clone(), place.clone()),
            None => self.show(source.clone()),
        }
    }

    fn mark_words(&mut self, source: &SourceId, place: &Range<usize>) {
        self.go(source.clone(), place.clone());
        self.mark(place.clone());
    }

    fn take_keyboard(&mut self) {
        self.takes_focus = true;
    }

    fn has_mark(&self) -> bool {
        self.marked.is_some()
    }

    fn unmark(&mut self) -> bool {
        // The innermost of what is open.
        if self.picker.take().is_some() || std::mem::take(&mut self.lists_names) {
            self.takes_focus = true;
            return true;
        }
        let was_marked = self.marked.is_some();
        self.remove_mark();
        was_marked
    }

    fn has_text(&self, workspace: &Workspace<'_>) -> bool {
        let texts = &workspace.reading.prepared;
        match &self.source {
            Some(id) if workspace.document.index().source(id).is_some() => texts.contains_key(id),
            // Another source is shown if this one is gone.
            _ => !texts.is_empty(),
        }
    }

    fn source(&self) -> Option<&SourceId> {
        self.source.as_ref()
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let sources = &workspace.document.map().sources;
        if self.source.as_ref().is_none_or(|id| workspace.document.index().source(id).is_none()) {
            let with_text =
                sources.iter().find(|source| workspace.reading.prepared.contains_key(&source.id));
            self.source = with_text.or(sources.first()).map(|source| source.id.clone());
            self.target = Some(0..0);
        }
        self.follow_selection(workspace);
        self.head_ui(ui, workspace, out);
        let Some(id) = self.source.clone() else {
            hint(ui, "No sources yet. Add an article, paste its text, or drop its file here.");
            if ui.button("Add an article…").clicked() {
                out.act(Action::AddArticle);
            }
            return;
        };
        match (workspace.reading.prepared.get(&id), workspace.reading.errors.get(&id)) {
            (Some(prepared), _) => {
                self.text_ui(ui, workspace, &id, prepared, out);
            }
            (None, Some(error)) => {
                let words = RichText::new(error.to_string()).color(ui.visuals().error_fg_color);
                ui.label(words);
                attach_ui(ui, &id, out);
            }
            (None, None) => {
                hint(ui, "No text attached. Attach it to see the quotations in place.");
                attach_ui(ui, &id, out);
            }
        }
    }
}

impl Reader {
    /// The text, and below it what can be done with the marked passage. The lower part is at the
    /// bottom, so that the text does not move while a passage is marked.
    fn text_ui(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        source: &SourceId,
        prepared: &Prepared,
        out: &mut Requests,
    ) {
        let mentions = workspace.reading.mentions.get(source).map_or(&[] as &[_], Vec::as_slice);
        let Some(outline) = workspace.reading.outlines.get(source) else { return };
        let coded = coded(workspace, source);
        let named = Named {
            text: &prepared.text,
            segments: &prepared.segments,
            mentions,
            outline,
            allusions: &workspace.reading.allusions,
            coded: &coded,
            recent: &[],
        };
        let text = Text { source, prepared, mentions, named };
        if self.added.0 != workspace.reading.number() {
            self.added = (workspace.reading.number(), BTreeSet::new());
        }
        self.update_draft(workspace, &text);
        let margin = egui::Margin { left: 0, right: 0, top: 6, bottom: 2 };
        let frame = egui::Frame::new().inner_margin(margin);
        egui::Panel::bottom("marked").frame(frame).show(ui, |ui| {
            if self.lists_names {
                self.names_ui(ui, &text, out);
            } else if self.marked.is_some() {
                self.bar_ui(ui, workspace, &text, out);
            } else {
                self.hint_ui(ui, &text);
            }
        });
        self.page_ui(ui, workspace, &text, out);
    }

    /// Says how a text is coded.
    fn hint_ui(&mut self, ui: &mut Ui, text: &Text<'_>) {
        ui.horizontal_wrapped(|ui| {
            let words = "Mark a passage with the mouse, or with ↓ and Space, to make a tie of it.";
            ui.label(RichText::new(words).weak().size(12.0));
            let count = self.open_names(text).len();
            if count > 0 && ui.small_button(counted(count, "suggested actor")).clicked() {
                self.lists_names = true;
                self.takes_focus = true;
            }
        });
    }

    /// Scrolls to the first excerpt of the selected element, once per selection.
    fn follow_selection(&mut self, workspace: &Workspace<'_>) {
        let owner = workspace.selection.only().cloned();
        if owner == self.shown_for {
            return;
        }
        if self.has_focus {
            // The selection changed because a tie was added from here.
            self.shown_for = owner;
            return;
        }
        let first = owner.as_ref().and_then(|owner| first_place(workspace.reading, owner));
        if let Some((source, place)) = first {
            self.go(source, place);
            self.shown_for = owner;
        } else if owner.is_none() || !workspace.reading.verified.is_empty() {
            self.shown_for = owner;
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let line = egui::vec2(ui.available_width(), 28.0);
        ui.allocate_ui_with_layout(line, egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().button_padding.x = 8.0;
            if ui.button("×").on_hover_text("Close the source (R)").clicked() {
                out.push(Request::Show(PanelId::READER, false));
            }
            self.more_ui(ui, workspace, out);
            ui.toggle_value(&mut self.shows_names, "Names")
                .on_hover_text("Underline the names of actors");
            let sources = &workspace.document.map().sources;
            let name = |id: &SourceId| {
                let at = workspace.document.index().source(id);
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
                egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, "Source shown")
            });
            if let Some(chosen) = chosen.filter(|chosen| Some(chosen) != self.source.as_ref()) {
                self.turn_to(chosen);
            }
        });
    }

    /// The menu: paragraphs without an excerpt, names in the text, and commands for the text.
    fn more_ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let menu = ui.menu_button("…", |ui| {
            ui.set_min_width(280.0);
            let Some(id) = self.source.clone() else { return };
            if let (Some(prepared), Some(mentions)) =
                (workspace.reading.prepared.get(&id), workspace.reading.mentions.get(&id))
            {
                let places: Vec<Range<usize>> =
                    workspace.reading.places(&id).map(|(_, place)| place.clone()).collect();
                let unmapped = unmapped(&prepared.segments, mentions, &places);
                let words = counted(unmapped.len(), "uncoded mention");
                ui.label(RichText::new(words).font(bold(13.0)));
                if unmapped.is_empty() {
                    ui.label(
                        RichText::new("Every paragraph that names two actors has an excerpt.")
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
                self.mentions_ui(ui, workspace, mentions);
            }
            if ui.button("Suggested actors (P)").clicked() {
                self.lists_names = true;
                self.takes_focus = true;
                ui.close();
            }
            if ui.button("Attach another text…").clicked() {
                out.push(Request::AttachText(id));
                ui.close();
            }
            if ui.button("Reload texts").clicked() {
                out.push(Request::ReloadTexts);
                ui.close();
            }
        });
        menu.response.on_hover_text("Uncoded mentions, names, text files");
    }
}

impl Reader {
    /// The actors that the text names, most frequent first. A click scrolls to the next mention.
    fn mentions_ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, mentions: &[Mention]) {
        let actors = &workspace.document.map().actors;
        let mut counts: PerActor<usize> = vec![0; actors.len()].into();
        for mention in mentions {
            if let Some(count) = counts.get_mut(mention.actor) {
                *count += 1;
            }
        }
        let mut named: Vec<ActorIndex> = actors.keys().filter(|actor| counts[*actor] > 0).collect();
        named.sort_by_key(|actor| std::cmp::Reverse(counts[*actor]));
        ui.label(RichText::new("Names in this text").font(bold(13.0)));
        egui::ScrollArea::vertical().id_salt("names").max_height(200.0).show(ui, |ui| {
            for actor in named {
                let words = format!("{} ({})", actors[actor].name, counts[actor]);
                if ui.button(words).on_hover_text("Go to the next mention").clicked() {
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

/// The excerpts of ties in a text.
fn coded(workspace: &Workspace<'_>, source: &SourceId) -> Vec<Coded> {
    let index = workspace.document.index();
    let coded = |(one, place): (&Verified, &Range<usize>)| {
        let Element::Relation(id) = &one.owner else { return None };
        let tie = workspace.document.relation(id)?;
        let (from, to) = (index.actor(&tie.from)?, index.actor(&tie.to)?);
        Some(Coded { range: place.clone(), from, to })
    };
    workspace.reading.places(source).filter_map(coded).collect()
}

/// The place of the first excerpt of an actor or tie that was found in its source.
fn first_place(reading: &Reading, owner: &Element) -> Option<(SourceId, Range<usize>)> {
    let mut of_owner = reading.verified.iter().filter(|one| one.owner == *owner);
    of_owner.find_map(|one: &Verified| Some((one.source.clone(), one.place()?.clone())))
}

fn hint(ui: &mut Ui, words: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(words).weak());
}

fn attach_ui(ui: &mut Ui, id: &SourceId, out: &mut Requests) {
    ui.add_space(6.0);
    if ui.button("Attach its text…").on_hover_text(capitalised(&formats::names())).clicked() {
        out.push(Request::AttachText(id.clone()));
    }
}
