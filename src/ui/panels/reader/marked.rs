//! Commands for a marked passage: create an excerpt, a tie between two actors that it names, or an
//! actor.

use std::ops::Range;

use egui::{self, ComboBox, RichText, Ui};

use super::excerpts::cut;
use super::state::{Reader, TieDraft};
use crate::evidence::mention::within;
use crate::evidence::paragraph::segment_of;
use crate::evidence::verify::Prepared;
use crate::model::{Actor, ActorId, Element, Stance};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::words::arrow;
use crate::ui::workspace::Workspace;

impl Reader {
    /// The row of buttons below the text. Above it, the fields of a new tie while it is drafted.
    pub(super) fn marked_ui(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        prepared: &Prepared,
        out: &mut Requests,
    ) {
        let (Some(source), Some(marked)) = (self.source.clone(), self.marked.clone()) else {
            return;
        };
        let evidence = || Box::new(cut(&source, prepared, &marked));
        let actors = &workspace.document.map().actors;
        if actors.len() < 2 || ui.input(|input| input.key_pressed(egui::Key::Escape)) {
            self.draft = None;
        }
        // Above the row of buttons, so that the buttons do not move under the pointer.
        if let Some(draft) = &mut self.draft
            && draft_ui(ui, draft, &actors.raw)
        {
            let TieDraft { from, to, stance } = draft.clone();
            out.push(Request::AddTie { from, to, stance, evidence: evidence() });
            self.marked = None;
            self.draft = None;
            return;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 22.0;
            ui.spacing_mut().button_padding.y = 2.0;
            if let Some(name) = selected_name(workspace) {
                let button = egui::Button::new(format!("New excerpt for {name}")).truncate();
                if ui.add(button).clicked() {
                    out.push(Request::Cite(evidence()));
                    self.marked = None;
                }
            }
            let is_drafting = self.draft.is_some();
            if ui.add(egui::Button::new("New tie…").selected(is_drafting)).clicked() {
                self.draft = if is_drafting { None } else { self.proposed(workspace, &marked) };
            }
            let known = self.known_actor(workspace, &marked);
            let button = ui.add_enabled(known.is_none(), egui::Button::new("New actor"));
            if let Some(known) = known {
                button.on_disabled_hover_text(format!("{known} is already on the map"));
            } else if button.clicked() {
                out.push(Request::AddNamedActor(evidence()));
                self.marked = None;
            }
        });
    }

    /// The name of the actor that the passage names exactly, if there is one.
    fn known_actor(&self, workspace: &Workspace<'_>, marked: &Range<usize>) -> Option<String> {
        let mentions = workspace.reading.mentions.get(self.source.as_ref()?)?;
        let whole = mentions.iter().find(|mention| mention.range == *marked)?;
        let actor = workspace.document.map().actors.get(whole.actor)?;
        (!marked.is_empty()).then(|| actor.name.clone())
    }

    /// A draft between the first two actors found in this order: the passage, its paragraph, the
    /// selection, the whole map.
    fn proposed(&self, workspace: &Workspace<'_>, marked: &Range<usize>) -> Option<TieDraft> {
        let source = self.source.as_ref()?;
        let (map, index) = (workspace.document.map(), workspace.document.index());
        let mentions = workspace.reading.mentions.get(source).map_or(&[] as &[_], Vec::as_slice);
        let mut named = within(mentions, marked);
        let prepared = workspace.reading.prepared.get(source);
        let segments = prepared.map_or(&[] as &[_], |prepared| &prepared.segments);
        if let Some(segment) = segment_of(segments, marked) {
            named.extend(within(mentions, &segment.range));
        }
        named.extend(workspace.selection.actors().filter_map(|id| index.actor(id)));
        named.extend(map.actors.keys());
        let mut ids = named.iter().filter_map(|at| map.actors.get(*at)).map(|actor| &actor.id);
        let from = ids.next()?.clone();
        let to = ids.find(|id| **id != from)?.clone();
        Some(TieDraft { from, to, stance: Stance::Hostile })
    }
}

/// The fields of a new tie. Returns true if the button that adds it was clicked.
fn draft_ui(ui: &mut Ui, draft: &mut TieDraft, actors: &[Actor]) -> bool {
    let mut is_made = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        end_ui(ui, "Tie from", &mut draft.from, actors);
        ui.label("→");
        end_ui(ui, "Tie to", &mut draft.to, actors);
        ui.end_row();
        for stance in Stance::ALL {
            ui.selectable_value(&mut draft.stance, *stance, stance.words());
        }
        is_made = ui.button(RichText::new("Add tie")).clicked();
    });
    is_made
}

fn end_ui(ui: &mut Ui, label: &str, chosen: &mut ActorId, actors: &[Actor]) {
    let shown = actors.iter().find(|actor| actor.id == *chosen).map_or("", Actor::brief_name);
    let combo = ComboBox::from_id_salt(label).width(118.0).truncate().selected_text(shown);
    let combo = combo.show_ui(ui, |ui| {
        for actor in actors {
            ui.selectable_value(chosen, actor.id.clone(), actor.brief_name());
        }
    });
    combo
        .response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, label));
}

fn selected_name(workspace: &Workspace<'_>) -> Option<String> {
    let document = workspace.document;
    match workspace.selection.only()? {
        Element::Actor(id) => document.actor(id).map(|actor| actor.brief_name().to_owned()),
        Element::Relation(id) => document.relation(id).map(|tie| arrow(document, tie)),
    }
}
