//! What can be made of a marked passage: an excerpt, a tie between two actors that it names, an
//! actor.

use eframe::egui::{self, ComboBox, RichText, Ui};

use super::{Reader, ReaderWish, cut};
use crate::evidence::mention::within;
use crate::evidence::verify::Prepared;
use crate::model::{Actor, Element, Stance};
use crate::ui::canvas::access;
use crate::ui::panels::inspector::Shown;

/// A tie that is being made out of the marked passage. Actors by their position in the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TieDraft {
    from: usize,
    to: usize,
    stance: Stance,
}

impl Reader {
    pub(super) fn marked_ui(
        &mut self,
        ui: &mut Ui,
        seen: &Shown<'_>,
        prepared: &Prepared,
        wishes: &mut Vec<ReaderWish>,
    ) {
        let (Some(source), Some(marked)) = (self.source.clone(), self.marked.clone()) else {
            return;
        };
        let evidence = || Box::new(cut(&source, prepared, &marked));
        if seen.document.map().actors.len() < 2 {
            self.draft = None;
        }
        if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            self.draft = None;
        }
        // Above the row of buttons, which stays where it is under the pointer.
        if let Some(mut draft) = self.draft {
            let is_made = draft.ui(ui, &seen.document.map().actors);
            self.draft = Some(draft);
            let actors = &seen.document.map().actors;
            if is_made
                && let (Some(from), Some(to)) = (actors.get(draft.from), actors.get(draft.to))
            {
                let (from, to) = (from.id.clone(), to.id.clone());
                wishes.push(ReaderWish::Tie {
                    from,
                    to,
                    stance: draft.stance,
                    evidence: evidence(),
                });
                self.marked = None;
                self.draft = None;
                return;
            }
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 22.0;
            ui.spacing_mut().button_padding.y = 2.0;
            if let Some(name) = selected_name(seen) {
                let button = egui::Button::new(format!("New excerpt for {name}")).truncate();
                if ui.add(button).clicked() {
                    wishes.push(ReaderWish::Cite(evidence()));
                    self.marked = None;
                }
            }
            let is_drafting = self.draft.is_some();
            if ui.add(egui::Button::new("New tie…").selected(is_drafting)).clicked() {
                self.draft = if is_drafting { None } else { self.proposed(seen, &marked) };
            }
            let known = self.known_actor(seen, prepared, &marked);
            let button = ui.add_enabled(known.is_none(), egui::Button::new("New actor"));
            if let Some(known) = known {
                button.on_disabled_hover_text(format!("{known} is on the map already"));
            } else if button.clicked() {
                wishes.push(ReaderWish::NewActor(evidence()));
                self.marked = None;
            }
        });
    }

    /// The actor whose name the passage is, if there is one.
    fn known_actor(
        &self,
        seen: &Shown<'_>,
        prepared: &Prepared,
        marked: &std::ops::Range<usize>,
    ) -> Option<String> {
        let mentions = seen.reading.mentions.get(self.source.as_ref()?)?;
        let whole = mentions.iter().find(|mention| mention.range == *marked)?;
        let actor = seen.document.map().actors.get(whole.actor)?;
        (!prepared.text.slice(marked).is_empty()).then(|| actor.name.clone())
    }

    /// The two actors that the passage names first; else those of its paragraph, or what is
    /// selected.
    fn proposed(&self, seen: &Shown<'_>, marked: &std::ops::Range<usize>) -> Option<TieDraft> {
        let source = self.source.as_ref()?;
        let mentions = seen.reading.mentions.get(source).map_or(&[] as &[_], Vec::as_slice);
        let mut named = within(mentions, marked);
        let segments =
            seen.reading.prepared.get(source).map_or(&[] as &[_], |prepared| &prepared.segments);
        if let Some(segment) = crate::evidence::paragraph::segment_of(segments, marked) {
            named.extend(within(mentions, &segment.range));
        }
        named.extend(seen.selection.actors().filter_map(|id| seen.document.index().actor(id)));
        named.extend(0..seen.document.map().actors.len());
        let from = named.first().copied()?;
        let to = named.iter().copied().find(|actor| *actor != from)?;
        Some(TieDraft { from, to, stance: Stance::Hostile })
    }
}

impl TieDraft {
    /// The fields; true once the tie is to be made.
    fn ui(&mut self, ui: &mut Ui, actors: &[Actor]) -> bool {
        let mut is_made = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 22.0;
            for (label, chosen) in [("Tie from", &mut self.from), ("Tie to", &mut self.to)] {
                let name = |at: usize| actors.get(at).map_or("", Actor::brief_name);
                let combo = ComboBox::from_id_salt(label)
                    .width(118.0)
                    .truncate()
                    .selected_text(name(*chosen));
                let shown = combo.show_ui(ui, |ui| {
                    for at in 0..actors.len() {
                        ui.selectable_value(chosen, at, name(at));
                    }
                });
                shown.response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, label)
                });
            }
            ui.end_row();
            for stance in Stance::ALL {
                ui.selectable_value(&mut self.stance, *stance, stance.words());
            }
            is_made = ui.button(RichText::new("Make the tie")).clicked();
        });
        is_made
    }
}

fn selected_name(seen: &Shown<'_>) -> Option<String> {
    let (map, index) = (seen.document.map(), seen.document.index());
    match seen.selection.only()? {
        Element::Actor(id) => index
            .actor(id)
            .and_then(|at| map.actors.get(at))
            .map(|actor| actor.brief_name().to_owned()),
        Element::Relation(id) => index
            .relation(id)
            .and_then(|at| map.relations.get(at))
            .map(|tie| access::arrow(seen.document, tie)),
    }
}
