//! The panel that answers "says who?": the evidence for the selection, or a summary of the map if
//! nothing is selected.

use egui::{self, RichText, ScrollArea, Ui};

use super::id::PanelId;
use super::panel::{Panel, Place, Width};
use super::{editor, excerpt_state};
use crate::edit::reading::Reading;
use crate::edit::{Document, Selection};
use crate::evidence::verify::Verified;
use crate::model::citation::isolated;
use crate::model::query::{StanceCounts, ties_among, ties_by_party};
use crate::model::words::counted;
use crate::model::{
    Actor, ActorId, ActorIndex, Element, Evidence, Relation, RelationIndex, Source,
};
use crate::scene::page::title;
use crate::text::visual;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::{Card, Carries, badge_ui, chips, relation_facts};
use crate::ui::widgets::field::select_all;
use crate::ui::widgets::paged_list;
use crate::ui::widgets::style::{bold, prose, prose_in, scene_theme};
use crate::ui::workspace::{Focus, Workspace};

/// Width reserved for the Edit button in the upper right corner, in points.
const EDIT_WIDTH: f32 = 64.0;

/// The inspector panel.
pub struct Inspector;

impl Panel for Inspector {
    fn id(&self) -> PanelId {
        PanelId("inspector")
    }

    fn place(&self) -> Place {
        Place::Right(Width { usual: 374.0, least: 260.0, most: 0.45 })
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let Workspace { document, selection, is_editing, .. } = *workspace;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
            let words = if is_editing { "Done" } else { "Edit" };
            let button = egui::Button::new(RichText::new(words).size(12.0)).small();
            let hint = "Edit the fields of the selection, or of the map (F2)";
            if ui.add(button).on_hover_text(hint).clicked() {
                out.push(Request::ToggleEditing);
            }
        });
        let shows_fields = is_editing && selection.len() <= 1;
        if !shows_fields {
            // The heading shares the row of the Edit button.
            ui.add_space(-24.0);
        }
        back_link_ui(ui, workspace, out);
        if shows_fields {
            editor_ui(ui, document, selection, out);
            take_field(ui, workspace, out);
            return;
        }
        let wants_focus = workspace.wanted_focus == Some(Focus::Evidence);
        let mut page = Page { document, selection, reading: workspace.reading, wants_focus, out };
        let id = selection.only().map_or_else(|| "map".to_owned(), |item| format!("{item:?}"));
        ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            match selection.only() {
                None if selection.is_empty() => page.map_ui(ui),
                None => page.many_ui(ui),
                Some(Element::Actor(id)) => {
                    page.one(ui, document.index().actor(id), Page::actor_ui);
                }
                Some(Element::Relation(id)) => {
                    page.one(ui, document.index().relation(id), Page::relation_ui);
                }
            }
            ui.add_space(12.0);
        });
    }
}

/// A link from a tie back to the actor that was selected before it.
fn back_link_ui(ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let previous = workspace.previous.and_then(Selection::only);
    if let (Some(Element::Relation(_)), Some(Element::Actor(before))) =
        (workspace.selection.only(), previous)
    {
        let name = workspace.document.index().name(workspace.document.map(), before);
        let words = visual(&format!("← {}", isolated(name))).into_owned();
        if ui.link(RichText::new(words).size(12.0)).clicked() {
            out.push(Request::SelectPrevious);
        }
        ui.add_space(2.0);
    }
}

/// Moves the keyboard focus to the requested field once that field is shown.
fn take_field(ui: &Ui, workspace: &Workspace<'_>, out: &mut Requests) {
    let Some(Focus::Field { id, is_replaced }) = workspace.wanted_focus else { return };
    let Some(response) = ui.ctx().read_response(id) else { return };
    if is_replaced {
        select_all(ui.ctx(), id);
    }
    response.request_focus();
    response.scroll_to_me(None);
    ui.ctx().request_repaint();
    out.push(Request::FocusTaken);
}

fn editor_ui(ui: &mut Ui, document: &Document, selection: &Selection, out: &mut Requests) {
    let map = document.map();
    ScrollArea::vertical().id_salt("editor").auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - 8.0);
        let heading = match selection.only() {
            None => "The map",
            Some(Element::Actor(_)) => "Actor",
            Some(Element::Relation(_)) => "Tie",
        };
        ui.label(RichText::new(heading).font(bold(18.0)));
        match selection.only() {
            None => editor::map_ui(ui, document, out),
            Some(Element::Actor(id)) => {
                if let Some(actor) = document.index().actor(id).and_then(|at| map.actors.get(at)) {
                    editor::actor_ui(ui, document, actor, out);
                }
            }
            Some(Element::Relation(id)) => {
                if let Some(relation) =
                    document.index().relation(id).and_then(|at| map.relations.get(at))
                {
                    editor::relation_ui(ui, document, relation, out);
                }
            }
        }
        ui.add_space(12.0);
    });
}

/// The read-only view: the evidence for the selection.
struct Page<'a> {
    document: &'a Document,
    selection: &'a Selection,
    reading: &'a Reading,
    /// True if the first card should take the keyboard focus.
    wants_focus: bool,
    out: &'a mut Requests,
}

impl Page<'_> {
    fn one<K>(&mut self, ui: &mut Ui, at: Option<K>, show: fn(&mut Self, &mut Ui, K)) {
        if let Some(at) = at {
            show(self, ui, at);
        }
    }

    fn map_ui(&mut self, ui: &mut Ui) {
        let map = self.document.map();
        heading(ui, title::heading(map));
        if !map.meta.message.is_empty() && !map.meta.title.is_empty() {
            ui.label(visual(&map.meta.title));
        }
        let dated = map.meta.as_of.map(|date| format!("As of {}", date.long_words()));
        let written =
            (!map.meta.author.is_empty()).then(|| format!("by {}", visual(&map.meta.author)));
        let about: Vec<String> = dated.into_iter().chain(written).collect();
        if !about.is_empty() {
            ui.label(RichText::new(about.join(" · ")).weak());
        }
        if !map.meta.marking.is_empty() {
            chips(ui, [map.meta.marking.clone()]);
        }
        if !map.meta.caveat.is_empty() {
            ui.label(prose(ui, &map.meta.caveat, 13.0));
        }
        ui.separator();
        let census = self.document.index().census();
        ui.label(format!(
            "{} · {} · {}",
            counted(map.actors.len(), "actor"),
            counted(map.relations.len(), "tie"),
            counted(census.excerpts, "excerpt")
        ));
        if !map.relations.is_empty() {
            ui.label(RichText::new(counts_in_words(census.stances)).weak());
        }
        ui.separator();
        ui.label(
            RichText::new(if map.sources.len() == 1 { "Source" } else { "Sources" })
                .font(bold(13.0)),
        );
        if map.sources.is_empty() {
            ui.label(RichText::new("No sources yet.").weak());
        }
        for source in &map.sources {
            source_ui(ui, source);
        }
        if !map.actors.is_empty() {
            ui.separator();
            ui.label(RichText::new("Click an actor or line to see the evidence.").weak());
        }
    }

    fn many_ui(&mut self, ui: &mut Ui) {
        let document = self.document;
        let actors: Vec<ActorIndex> =
            self.selection.actors().filter_map(|id| document.index().actor(id)).collect();
        let relations = self.selection.relations().count();
        let counts = [(actors.len(), "actor"), (relations, "tie")]
            .into_iter()
            .filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|(count, noun)| counted(count, noun)).collect();
        heading(ui, &format!("{} selected", counts.join(" and ")));
        if actors.len() > 1 {
            let among = ties_among(document.index(), &actors);
            let stances =
                StanceCounts::of(among.iter().filter_map(|tie| document.map().relations.get(*tie)));
            let words = match among.len() {
                0 => "No ties among them.".to_owned(),
                count => {
                    format!("{} among them: {}", counted(count, "tie"), counts_in_words(stances))
                }
            };
            ui.label(RichText::new(words).weak());
        }
        let shown = paged_list::shown(ui, "selected");
        for actor in actors.iter().take(shown).filter_map(|at| document.map().actors.get(*at)) {
            if ui.link(visual(&actor.full_name())).clicked() {
                self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
            }
        }
        let ties =
            self.selection.relations().filter_map(|id| document.index().relation(id)).take(shown);
        for relation in ties.filter_map(|at| document.map().relations.get(at)).collect::<Vec<_>>() {
            self.cards_of(ui, relation, None);
        }
        paged_list::more_ui(ui, "selected", actors.len().max(relations));
    }

    fn actor_ui(&mut self, ui: &mut Ui, at: ActorIndex) {
        let document = self.document;
        let Some(actor) = document.map().actors.get(at) else { return };
        heading(ui, &actor.full_name());
        chips(ui, std::iter::once(actor.kind.words()).chain(actor.aliases.iter().cloned()));
        self.whole_and_parts(ui, actor);
        let ties =
            document.index().ties(at).iter().filter_map(|tie| document.map().relations.get(*tie));
        let ties: Vec<&Relation> = ties.collect();
        let excerpts =
            actor.evidence.len() + ties.iter().map(|tie| tie.evidence.len()).sum::<usize>();
        let stances = counts_in_words(StanceCounts::of(ties));
        let parts = [stances, counted(excerpts, "excerpt")];
        ui.label(
            RichText::new(
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            )
            .weak(),
        );
        if !actor.note.is_empty() {
            ui.label(prose(ui, &actor.note, 13.0));
        }
        for (number, evidence) in actor.evidence.iter().enumerate() {
            let verified = self.reading.verified(&Element::Actor(actor.id.clone()), number);
            let carries = Carries::Actor(actor);
            let card = Card { document, evidence, carries, party: None, is_selected: false };
            let response = card.ui(ui);
            self.take_focus(&response);
            self.state_ui(ui, evidence, verified);
        }
        let parties = ties_by_party(document.index(), at);
        let (count, shown) = (parties.len(), paged_list::shown(ui, actor.id.as_str()));
        for (other, ties) in parties.into_iter().take(shown) {
            let Some(counterpart) = document.map().actors.get(other) else { continue };
            ui.add_space(2.0);
            if heading_link(ui, &counterpart.full_name()).clicked() && other != at {
                self.out.push(Request::Focus(Element::Actor(counterpart.id.clone())));
            }
            for relation in ties.into_iter().filter_map(|tie| document.map().relations.get(tie)) {
                self.cards_of(ui, relation, Some(&actor.id));
            }
        }
        paged_list::more_ui(ui, actor.id.as_str(), count);
    }

    fn whole_and_parts(&mut self, ui: &mut Ui, actor: &Actor) {
        let map = self.document.map();
        let parts = self
            .document
            .index()
            .actor(&actor.id)
            .map_or(&[] as &[ActorIndex], |at| self.document.index().parts(at));
        let parts: Vec<&Actor> = parts
            .iter()
            .take(paged_list::shown(ui, "parts"))
            .filter_map(|at| map.actors.get(*at))
            .collect();
        let whole = actor
            .part_of
            .as_deref()
            .and_then(|id| self.document.index().actor(id))
            .and_then(|at| map.actors.get(at));
        if let Some(whole) = whole {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new("Part of").weak());
                self.link(ui, whole);
            });
        }
        if !parts.is_empty() {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new("Parts:").weak());
                for part in parts {
                    self.link(ui, part);
                }
            });
        }
    }

    fn link(&mut self, ui: &mut Ui, actor: &Actor) {
        if ui.link(&actor.name).clicked() {
            self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
        }
    }

    fn relation_ui(&mut self, ui: &mut Ui, at: RelationIndex) {
        let document = self.document;
        let Some(relation) = document.map().relations.get(at) else { return };
        let theme = scene_theme(ui.ctx());
        let ends = document.index().ends(at);
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(ui.available_width() - EDIT_WIDTH);
            badge_ui(ui, relation.stance, relation.status, &theme);
            if let Some((from, to)) = ends {
                for (number, end) in [from, to].into_iter().enumerate() {
                    let Some(actor) = document.map().actors.get(end) else { continue };
                    if heading_link(ui, actor.brief_name()).clicked() {
                        self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
                    }
                    if number == 0 {
                        ui.label(
                            RichText::new(if relation.directed { "→" } else { "↔" })
                                .font(bold(15.0)),
                        );
                    }
                }
            }
        });
        let strength = match relation.strength.value() {
            0 => "strength not given".to_owned(),
            value => format!("strength {value} of 5"),
        };
        let channel = relation.channel.map(|channel| channel.words().to_owned());
        let tags = std::iter::once(relation.stance.words().to_owned())
            .chain(relation.kind.words())
            .chain(channel);
        chips(ui, tags.chain(std::iter::once(strength)));
        ui.label(RichText::new(relation_facts(document, relation)).weak());
        if relation.evidence.is_empty() {
            if !relation.note.is_empty() {
                ui.label(prose(ui, &relation.note, 13.0));
            }
            ui.label(
                RichText::new("No excerpt supports this tie.").color(ui.visuals().warn_fg_color),
            );
        }
        self.cards_of(ui, relation, None);
    }

    fn cards_of(&mut self, ui: &mut Ui, relation: &Relation, party: Option<&ActorId>) {
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
    fn state_ui(&mut self, ui: &mut Ui, evidence: &Evidence, verified: Option<&Verified>) {
        if let Some(verified) = verified.filter(|one| one.anchor.is_some()) {
            excerpt_state::state_ui(ui, self.reading, evidence, verified, self.out);
        }
    }

    fn take_focus(&mut self, response: &egui::Response) {
        if std::mem::take(&mut self.wants_focus) {
            response.request_focus();
            response.scroll_to_me(None);
            self.out.push(Request::FocusTaken);
        }
    }
}

/// The heading, narrowed to leave room for the Edit button.
fn heading(ui: &mut Ui, text: &str) {
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width() - EDIT_WIDTH);
        ui.label(RichText::new(prose_in(ui, text, &bold(18.0))).font(bold(18.0)));
    });
}

fn heading_link(ui: &mut Ui, text: &str) -> egui::Response {
    let shown = RichText::new(prose_in(ui, text, &bold(13.5)))
        .font(bold(13.5))
        .color(ui.visuals().text_color());
    let response = ui.add(egui::Link::new(shown));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Link, true, text));
    response
}

fn source_ui(ui: &mut Ui, source: &Source) {
    ui.label(visual(source.name()));
    let mut about: Vec<String> = Vec::new();
    if !source.author.is_empty() || !source.publisher.is_empty() {
        about.push(source.byline());
    }
    about.extend(source.date.map(crate::model::date::PartialDate::long_words));
    about.extend(source.reliability.as_ref().map(|code| format!("reliability {code}")));
    if !about.is_empty() {
        ui.label(RichText::new(about.join(" · ")).weak());
    }
    if let Some(url) =
        source.url.as_ref().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
    {
        ui.hyperlink(url);
    }
}

/// For example `5 hostile · 2 cooperative`.
fn counts_in_words(counts: StanceCounts) -> String {
    let parts: Vec<String> =
        counts.parts().into_iter().map(|(count, stance)| format!("{count} {stance}")).collect();
    if parts.is_empty() { "no ties".to_owned() } else { parts.join(" · ") }
}
