//! The panel: shows the rows that are in view, and turns clicks on them into requests.

use egui::{self, Key, Response, RichText, ScrollArea, Ui, WidgetInfo, WidgetType};

use super::rows::{Open, Row, Rows};
use crate::edit::Selection;
use crate::model::words::counted;
use crate::model::{ActorIndex, Element, LineIndex, NoteIndex, RelationIndex, Source};
use crate::scene::absence::Absence;
use crate::scene::line_words::counts;
use crate::text::visual;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::{Panel, Place, Width};
use crate::ui::requests::actions::ctrl;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::badge_ui;
use crate::ui::widgets::style::{bold, scene_theme};
use crate::ui::widgets::words::{actor_name, arrow, line_name, note_name, tie_name};
use crate::ui::workspace::{CommandInfo, Workspace};

/// In points.
const ROW_HEIGHT: f32 = 26.0;
/// Indentation of a level, in points.
const INDENT: f32 = 16.0;
/// Width of the control that opens a row, in points.
const OPENER: f32 = 16.0;

/// The list panel.
#[derive(Default)]
pub struct List {
    open: Open,
    rows: Rows,
}

impl Panel for List {
    fn id(&self) -> PanelId {
        PanelId::LIST
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::LIST,
            "List of actors and ties",
            ctrl(Key::L),
            "Show or hide the list",
        ))
    }

    fn place(&self) -> Place {
        Place::Left(Width { usual: 270.0, least: 220.0, most: 480.0 })
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let search = workspace.search;
        let is_empty = search.actors().is_empty() && search.ties().is_empty();
        if is_empty && search.notes().is_empty() && search.passages().is_empty() {
            let is_empty = search.text().is_empty();
            let text =
                if is_empty { "This map is empty." } else { "No results. Try a shorter search." };
            ui.label(RichText::new(text).weak());
            return;
        }
        self.rows.refresh(workspace, &self.open);
        let Self { open, rows } = self;
        // Headings and rows have the same height, so that only visible rows are laid out.
        let count = rows.list.len();
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, count, |ui, range| {
            for row in rows.list.get(range).unwrap_or_default() {
                match row {
                    Row::Heading(text) => heading_ui(ui, text),
                    Row::Actor { at, depth, inside } => {
                        actor_ui(ui, workspace, (*at, *depth, *inside), open, out);
                    }
                    Row::Line { of, line } => line_ui(ui, workspace, (*of, *line), open, out),
                    Row::Tie { at, depth } => tie_ui(ui, workspace, *at, *depth, out),
                    Row::Note(at) => note_ui(ui, workspace, *at, out),
                    Row::Passage(at) => passage_ui(ui, workspace, *at, out),
                }
            }
        });
    }
}

fn heading_ui(ui: &mut Ui, text: &str) {
    ui.allocate_ui(egui::vec2(ui.available_width(), ROW_HEIGHT), |ui| {
        ui.set_min_height(ROW_HEIGHT);
        ui.label(RichText::new(text).font(bold(12.5)));
    });
}

/// A note on the map.
fn note_ui(ui: &mut Ui, workspace: &Workspace<'_>, at: NoteIndex, out: &mut Requests) {
    let Some(note) = workspace.document.map().notes.get(at) else { return };
    let item = Element::Note(note.id.clone());
    let text = RichText::new(visual(&note.brief_text()));
    let name = note_name(workspace.document, note);
    if row_ui(ui, workspace, workspace.selection.contains(&item), text, &name, None).clicked() {
        out.push(Request::Focus(item));
    }
}

/// A place in a source text.
fn passage_ui(ui: &mut Ui, workspace: &Workspace<'_>, at: usize, out: &mut Requests) {
    let Some(passage) = workspace.search.passages().get(at) else { return };
    let source = workspace.document.source(&passage.source);
    let title = source.map_or(passage.source.as_str(), Source::name);
    let [before, words, after] = &passage.words;
    let text = RichText::new(visual(&format!("{}: {before}{words}{after}", passage.label)));
    let name = format!("{title}, {}: …{before}{words}{after}…", passage.label);
    if row_ui(ui, workspace, false, text, &name, None).clicked() {
        out.push(Request::MarkWords(passage.source.clone(), passage.range.clone()));
    }
}

fn actor_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    (at, depth, inside): (ActorIndex, u8, usize),
    open: &mut Open,
    out: &mut Requests,
) {
    let Workspace { document, selection, shown, view, .. } = *workspace;
    let Some(actor) = document.map().actors.get(at) else { return };
    let item = Element::Actor(actor.id.clone());
    let index = document.index();
    let absence = Absence::of_actor(shown, at);
    let name = actor_name(document, shown, actor);
    let text = RichText::new(visual(&actor.full_name()));
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.add_space(INDENT * f32::from(depth));
        let is_open = open.actors.contains(&at);
        if opener_ui(ui, is_open, inside, "line") {
            toggle(&mut open.actors, at);
        }
        row_ui(ui, workspace, selection.contains(&item), text, &name, absence)
    });
    if response.inner.clicked() {
        out.push(match absence {
            Some(Absence::Folded(_)) => Request::Locate(item.clone()),
            _ => Request::Focus(item.clone()),
        });
    }
    let parts = index.parts(at).len();
    let is_folded = view.settings.folded.contains(&actor.id);
    response.inner.context_menu(|ui| {
        showing_menu_ui(ui, &item, absence, out);
        let words = if is_folded { "Unfold" } else { "Fold" };
        if parts > 0 && ui.button(words).clicked() {
            out.push(Request::Fold(actor.id.clone(), !is_folded));
        }
    });
}

/// A line below one of its actors: `→ TTP, 5 hostile ties: 2 reported, 3 inferred`.
fn line_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    (of, at): (ActorIndex, LineIndex),
    open: &mut Open,
    out: &mut Requests,
) {
    let Workspace { document, selection, shown, .. } = *workspace;
    let (map, ties) = (document.map(), shown.lines().ties(at));
    let (Some(line), Some(first)) = (shown.lines().get(at), ties.first()) else { return };
    let other = map.actors.get(line.other_end(of)).map_or("", |actor| actor.brief_name());
    let arrow = match (line.arrow(), line.ends[0] == of) {
        ("→", false) => "←",
        ("←", false) => "→",
        (arrow, _) => arrow,
    };
    let text = RichText::new(visual(&format!("{arrow} {other}, {}", counts(map, ties))));
    let items: Selection = ties
        .iter()
        .filter_map(|tie| map.relations.get(*tie))
        .map(|tie| Element::Relation(tie.id.clone()))
        .collect();
    let is_selected = items.items().all(|item| selection.contains(item));
    let name = line_name(document, shown, at);
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.add_space(INDENT);
        let key = (of, *first);
        let inside = if ties.len() > 1 { ties.len() } else { 0 };
        if opener_ui(ui, open.lines.contains(&key), inside, "tie") {
            toggle(&mut open.lines, key);
        }
        for strand in line.strands() {
            badge_ui(ui, strand.stance, strand.status, &scene_theme(ui.ctx()));
        }
        row_ui(ui, workspace, is_selected, text, &name, None)
    });
    if response.inner.clicked() {
        out.push(match items.only() {
            Some(tie) => Request::Focus(tie.clone()),
            None => Request::Select(items.clone()),
        });
    }
    response.inner.context_menu(|ui| {
        if ui.button("Hide").clicked() {
            out.push(Request::Hide(items.clone()));
        }
    });
}

fn tie_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    at: RelationIndex,
    depth: u8,
    out: &mut Requests,
) {
    let Workspace { document, selection, shown, view, .. } = *workspace;
    let (map, index) = (document.map(), document.index());
    let Some(relation) = map.relations.get(at) else { return };
    let item = Element::Relation(relation.id.clone());
    let absence = Absence::of_tie(map, index, &view.settings, shown, at);
    let name = tie_name(document, relation);
    let kind = relation.kind.words().map_or(String::new(), |kind| format!(" · {kind}"));
    let text = RichText::new(visual(&format!("{}{kind}", arrow(document, relation))));
    let response = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if depth > 0 {
            ui.add_space(INDENT * f32::from(depth) + OPENER);
        }
        badge_ui(ui, relation.stance, relation.status, &scene_theme(ui.ctx()));
        row_ui(ui, workspace, selection.contains(&item), text, &name, absence)
    });
    if response.inner.clicked() {
        out.push(Request::Focus(item.clone()));
    }
    response.inner.context_menu(|ui| showing_menu_ui(ui, &item, absence, out));
}

/// The control that opens a row with rows inside; an empty space for a row without.
fn opener_ui(ui: &mut Ui, is_open: bool, inside: usize, noun: &str) -> bool {
    let size = egui::vec2(OPENER, ROW_HEIGHT);
    if inside == 0 {
        ui.add_space(OPENER);
        return false;
    }
    let sign = if is_open { "▾" } else { "▸" };
    let button = egui::Button::new(RichText::new(sign).size(12.0)).frame(false).min_size(size);
    let response = ui.add(button);
    let verb = if is_open { "Close" } else { "Open" };
    let name = format!("{verb} {}", counted(inside, noun));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &name));
    response.on_hover_text(&name).clicked()
}

/// Adds a value to a set, or removes it.
fn toggle<T: Ord>(set: &mut std::collections::BTreeSet<T>, value: T) {
    if !set.remove(&value) {
        set.insert(value);
    }
}

/// What can be done about an element being shown or not.
fn showing_menu_ui(ui: &mut Ui, item: &Element, absence: Option<Absence>, out: &mut Requests) {
    if absence.is_some() && ui.button("Show on the map").clicked() {
        out.push(Request::ShowAgain(item.clone()));
    }
    if absence.is_none() && ui.button("Hide").clicked() {
        out.push(Request::Hide(Selection::of(item.clone())));
    }
}

/// A row; grey if its element is not drawn, and the tooltip then says why.
fn row_ui(
    ui: &mut Ui,
    workspace: &Workspace<'_>,
    is_selected: bool,
    text: RichText,
    name: &str,
    absence: Option<Absence>,
) -> Response {
    let text = if absence.is_some() { text.weak() } else { text };
    // Without text on the right, even a space, egui centres the text of the button.
    let button = egui::Button::selectable(is_selected, text).right_text(" ").truncate();
    let button = button.min_size(egui::vec2(ui.available_width(), ROW_HEIGHT));
    let response = ui.add(button);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_selected, name));
    let why = absence.map(|absence| absence.words(workspace.document.map()));
    let hint = why.map_or_else(|| name.to_owned(), |why| format!("{name}\nNot on the map: {why}"));
    response.on_hover_text(hint)
}
