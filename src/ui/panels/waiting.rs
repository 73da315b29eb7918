//! The excerpts that wait to be assigned to actors and ties, one after the other: a number assigns
//! the current one to an actor or tie that it names, Enter to what is selected on the map.

use egui::{
    self, EventFilter, Id, Key, Modifiers, RichText, ScrollArea, Sense, Ui, WidgetInfo, WidgetType,
};

use super::id::PanelId;
use super::panel::{Panel, Place, Width};
use crate::edit::{Command, ContentVersion};
use crate::model::citation::isolated;
use crate::model::query::Index;
use crate::model::words::{counted, cut_to};
use crate::model::{Actor, ActorIndex, Element, Evidence, Map};
use crate::text::visual;
use crate::ui::requests::actions::plain;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::style::bold;
use crate::ui::workspace::{CommandInfo, Workspace};

/// Most actors and ties that are offered; each has a number.
const OFFERED: usize = 9;
/// Most letters of an excerpt that is not the current one.
const LETTERS: usize = 90;
/// How many excerpts after the current one are listed.
const LISTED: usize = 60;

/// The list of waiting excerpts.
#[derive(Default)]
pub struct Waiting {
    /// The index of the current excerpt.
    current: usize,
    /// What is offered for it, and for which content and excerpt that was found.
    offers: Vec<Element>,
    made_for: Option<(ContentVersion, usize)>,
    /// True once the keyboard was moved here.
    has_begun: bool,
    /// What was selected on the map in the last frame.
    selected: Option<Element>,
}

impl Panel for Waiting {
    fn id(&self) -> PanelId {
        PanelId::WAITING
    }

    fn place(&self) -> Place {
        Place::Left(Width { usual: 330.0, least: 240.0, most: 520.0 })
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::WAITING,
            "Excerpts to assign",
            plain(Key::Q),
            "Assign imported quotations to actors and ties",
        ))
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let map = workspace.document.map();
        let count = map.unassigned.len();
        ui.horizontal(|ui| {
            ui.label(RichText::new("Excerpts to assign").font(bold(15.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() {
                    out.push(Request::Show(PanelId::WAITING, false));
                }
            });
        });
        ui.add_space(4.0);
        if count == 0 {
            self.has_begun = false;
            ui.label(
                "None. Import… (F3) reads quotations that were marked in Hypothesis, and coded texts \
                 of NVivo, MAXQDA, ATLAS.ti and QualCoder (QDPX); they wait here.",
            );
            return;
        }
        self.current = self.current.min(count - 1);
        let version = workspace.document.version().content();
        if self.made_for != Some((version, self.current)) {
            let excerpt = map.unassigned.get(self.current);
            let offers = excerpt.map(|excerpt| offers(map, workspace.document.index(), excerpt));
            self.offers = offers.unwrap_or_default();
            self.made_for = Some((version, self.current));
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            self.card_ui(ui, workspace, out);
            ui.add_space(6.0);
            ui.separator();
            self.others_ui(ui, map);
        });
    }
}

impl Waiting {
    /// The current excerpt, and what it can be assigned to.
    fn card_ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let (map, index) = (workspace.document.map(), workspace.document.index());
        let Some(excerpt) = map.unassigned.get(self.current) else { return };
        // Room for the mark of the focus.
        ui.add_space(4.0);
        let shown = egui::Frame::new().inner_margin(4.0).show(ui, |ui| {
            let place =
                format!("{} of {}", self.current + 1, counted(map.unassigned.len(), "excerpt"));
            ui.label(RichText::new(place).weak());
            ui.label(visual(&format!("“{}”", excerpt.excerpt)));
            let source = map.sources.iter().find(|source| source.id == excerpt.source);
            let page =
                excerpt.paragraph.as_deref().map_or(String::new(), |page| format!(", {page}"));
            let source = source.map_or(excerpt.source.as_str(), |source| source.name());
            ui.label(RichText::new(visual(&format!("{source}{page}"))).weak().size(12.0));
            if !excerpt.note.is_empty() {
                ui.label(visual(&excerpt.note));
            }
        });
        let card = ui.interact(shown.response.rect, Id::new("waiting excerpt"), Sense::click());
        let words = format!("Excerpt to assign: {}", excerpt.excerpt);
        card.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, words.as_str()));
        // After a click on the map, Enter assigns to what was clicked.
        let selected = workspace.selection.only().cloned();
        let is_new = selected != self.selected;
        let is_chosen = is_new
            && selected.is_some()
            && ui.input(|input| input.pointer.time_since_last_click() < 0.5);
        self.selected = selected;
        if card.clicked() || is_chosen || !std::mem::replace(&mut self.has_begun, true) {
            card.request_focus();
        }
        if card.has_focus() {
            let ink = ui.visuals().selection.stroke;
            ui.painter().rect_stroke(card.rect, 4.0, ink, egui::StrokeKind::Inside);
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(card.id, filter));
            self.keys(ui, workspace, out);
        }
        ui.add_space(4.0);
        for (number, element) in self.offers.iter().enumerate() {
            let name = element_name(map, index, element);
            let button = ui.button(visual(&format!("{}  {name}", number + 1)));
            if button.on_hover_text("Assign the excerpt to it").clicked() {
                out.push(assign(self.current, element));
            }
        }
        let selected = workspace.selection.only().filter(|one| !matches!(one, Element::Note(_)));
        let words = match selected {
            Some(element) => format!("Enter  {}", element_name(map, index, element)),
            None => "Enter  what is selected on the map".to_owned(),
        };
        ui.horizontal_wrapped(|ui| {
            let button = ui.add_enabled(selected.is_some(), egui::Button::new(visual(&words)));
            if let Some(element) = selected.filter(|_| button.clicked()) {
                out.push(assign(self.current, element));
            }
            if ui
                .button("Remove")
                .on_hover_text("Remove the excerpt from the list (Delete)")
                .clicked()
            {
                out.push(Request::Edit(Command::RemoveUnassigned(self.current)));
            }
        });
    }

    fn keys(&mut self, ui: &Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        const NUMBERS: [Key; OFFERED] = [
            Key::Num1,
            Key::Num2,
            Key::Num3,
            Key::Num4,
            Key::Num5,
            Key::Num6,
            Key::Num7,
            Key::Num8,
            Key::Num9,
        ];
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        for (element, key) in self.offers.iter().zip(NUMBERS) {
            if pressed(key) {
                out.push(assign(self.current, element));
            }
        }
        if pressed(Key::Enter)
            && let Some(element) = workspace.selection.only()
        {
            out.push(assign(self.current, element));
        }
        if pressed(Key::Delete) {
            out.push(Request::Edit(Command::RemoveUnassigned(self.current)));
        }
        let last = workspace.document.map().unassigned.len().saturating_sub(1);
        if pressed(Key::ArrowDown) {
            self.current = (self.current + 1).min(last);
        }
        if pressed(Key::ArrowUp) {
            self.current = self.current.saturating_sub(1);
        }
    }

    /// The excerpts before and after the current one; a click goes there.
    fn others_ui(&mut self, ui: &mut Ui, map: &Map) {
        let start = self.current.saturating_sub(2);
        let mut wanted = None;
        for (number, excerpt) in map.unassigned.iter().enumerate().skip(start).take(LISTED) {
            let words = visual(&cut_to(&excerpt.excerpt.replace('\n', " "), LETTERS)).into_owned();
            if ui.selectable_label(number == self.current, words).clicked() {
                wanted = Some(number);
            }
        }
        let more = map.unassigned.len().saturating_sub(start + LISTED);
        if more > 0 {
            ui.label(RichText::new(format!("and {more} more")).weak());
        }
        if let Some(number) = wanted {
            self.current = number;
            self.has_begun = false;
        }
    }
}

fn assign(number: usize, element: &Element) -> Request {
    Request::Edit(Command::AssignExcerpt(number, element.clone()))
}

/// The ties between actors that an excerpt names, in its words or its note, and these actors.
fn offers(map: &Map, index: &Index, excerpt: &Evidence) -> Vec<Element> {
    let text = format!("{} {}", excerpt.excerpt, excerpt.note).to_lowercase();
    let is_named = |actor: &Actor| {
        let names = std::iter::once(&actor.name).chain(&actor.short).chain(&actor.aliases);
        names.into_iter().any(|name| has_words(&text, &name.to_lowercase()))
    };
    let named: Vec<ActorIndex> = map
        .actors
        .iter_enumerated()
        .filter(|(_, actor)| is_named(actor))
        .map(|(at, _)| at)
        .collect();
    let mut found: Vec<Element> = Vec::new();
    for actor in &named {
        for at in index.ties(*actor) {
            let is_between = index.ends(*at).is_some_and(|(from, to)| {
                from != to && named.contains(&from) && named.contains(&to)
            });
            let tie = map.relations.get(*at).map(|tie| Element::Relation(tie.id.clone()));
            if let Some(tie) = tie.filter(|tie| is_between && !found.contains(tie)) {
                found.push(tie);
            }
        }
    }
    // Room is left for the actors themselves.
    found.truncate(OFFERED - named.len().min(3));
    found.extend(named.iter().map(|at| Element::Actor(map.actors[*at].id.clone())));
    found.truncate(OFFERED);
    found
}

/// True if `words` are in the text, and no part of longer words.
fn has_words(text: &str, words: &str) -> bool {
    let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    words.chars().count() > 1
        && text.match_indices(words).any(|(at, found)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + found.len()..).and_then(|after| after.chars().next());
            is_edge(before) && is_edge(after)
        })
}

fn element_name(map: &Map, index: &Index, element: &Element) -> String {
    match element {
        Element::Actor(id) => index.name(map, id).to_owned(),
        Element::Relation(id) => {
            let tie = index.relation(id).and_then(|at| map.relations.get(at));
            tie.map_or_else(
                || id.to_string(),
                |tie| {
                    let arrow = if tie.directed { "→" } else { "↔" };
                    let [from, to] =
                        [&tie.from, &tie.to].map(|end| isolated(index.name(map, end)).into_owned());
                    let kind = tie.kind.words().map_or(String::new(), |kind| format!(" ({kind})"));
                    format!("{from} {arrow} {to}, {}{kind}", tie.stance.words())
                },
            )
        }
        Element::Note(id) => id.to_string(),
    }
}
