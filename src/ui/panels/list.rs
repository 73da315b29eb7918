//! The list of actors and ties at the left of the map, filtered by the search field.

use egui::{self, Key, RichText, ScrollArea, Ui, WidgetInfo, WidgetType};

use super::id::PanelId;
use super::panel::{Panel, Place, Width};
use super::search::Passage;
use crate::model::words::{counted, shown_of};
use crate::model::{ActorIndex, Element, RelationIndex, Source};
use crate::text::visual;
use crate::ui::requests::actions::ctrl;
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::badge_ui;
use crate::ui::widgets::style::{bold, scene_theme};
use crate::ui::widgets::words::{actor_name, arrow, tie_name};
use crate::ui::workspace::{CommandInfo, Workspace};

/// In points.
const ROW_HEIGHT: f32 = 26.0;

/// The list panel.
pub struct List;

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
        let (actors, ties, passages) = (search.actors(), search.ties(), search.passages());
        if actors.is_empty() && ties.is_empty() && passages.is_empty() {
            let is_empty = search.text().is_empty();
            let text =
                if is_empty { "This map is empty." } else { "No results. Try a shorter search." };
            ui.label(RichText::new(text).weak());
            return;
        }
        // Headings and rows have the same height, so that only visible rows are laid out.
        let more = if passages.is_empty() { 0 } else { passages.len() + 1 };
        let before_passages = actors.len() + ties.len() + 2;
        let rows = before_passages + more;
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, rows, |ui, range| {
            for row in range {
                let actor = row.checked_sub(1).and_then(|at| actors.get(at));
                let tie = row.checked_sub(actors.len() + 2).and_then(|at| ties.get(at));
                if let Some(at) = row.checked_sub(before_passages) {
                    if let Some(passage) = at.checked_sub(1).and_then(|at| passages.get(at)) {
                        passage_row(ui, workspace, passage, out);
                    } else {
                        let words = counted(passages.len(), "place");
                        heading(ui, &format!("{words} in source texts"));
                    }
                    continue;
                }
                let chosen = match (row, actor, tie) {
                    (0, ..) => heading(ui, &counted(actors.len(), "actor")),
                    (_, Some(actor), _) => actor_row(ui, workspace, *actor),
                    (_, _, Some(tie)) => tie_row(ui, workspace, *tie),
                    _ => {
                        let visible = ties.iter().filter(|tie| workspace.shown.contains(**tie));
                        heading(ui, &shown_of(visible.count(), ties.len(), "tie"))
                    }
                };
                if let Some(element) = chosen {
                    out.push(Request::Focus(element));
                }
            }
        });
    }
}

fn heading(ui: &mut Ui, text: &str) -> Option<Element> {
    ui.allocate_ui(egui::vec2(ui.available_width(), ROW_HEIGHT), |ui| {
        ui.set_min_height(ROW_HEIGHT);
        ui.label(RichText::new(text).font(bold(12.5)));
    });
    None
}

fn actor_row(ui: &mut Ui, workspace: &Workspace<'_>, at: ActorIndex) -> Option<Element> {
    let Workspace { document, selection, shown, .. } = *workspace;
    let actor = document.map().actors.get(at)?;
    let item = Element::Actor(actor.id.clone());
    let name = actor_name(document, shown, actor);
    let text = RichText::new(visual(&actor.full_name()));
    row(ui, selection.contains(&item), text, &name).on_hover_text(&name).clicked().then_some(item)
}

/// The row of a place in a source text.
fn passage_row(ui: &mut Ui, workspace: &Workspace<'_>, passage: &Passage, out: &mut Requests) {
    let source = workspace.document.source(&passage.source);
    let title = source.map_or(passage.source.as_str(), Source::name);
    let [before, words, after] = &passage.words;
    let shown = format!("{}: {before}{words}{after}", passage.label);
    let name = format!("{title}, {}: …{before}{words}{after}…", passage.label);
    let response = row(ui, false, RichText::new(visual(&shown)), &name);
    if response.on_hover_text(&name).clicked() {
        out.push(Request::MarkWords(passage.source.clone(), passage.range.clone()));
    }
}

/// The row of a tie; weak if the map hides the tie.
fn tie_row(ui: &mut Ui, workspace: &Workspace<'_>, at: RelationIndex) -> Option<Element> {
    let Workspace { document, selection, shown, .. } = *workspace;
    let relation = document.map().relations.get(at)?;
    let item = Element::Relation(relation.id.clone());
    let name = tie_name(document, relation);
    let kind = relation.kind.words().map_or(String::new(), |kind| format!(" · {kind}"));
    let text = RichText::new(visual(&format!("{}{kind}", arrow(document, relation))));
    let is_shown = shown.contains(at);
    let text = if is_shown { text } else { text.weak() };
    let hint = if is_shown { name.clone() } else { format!("{name}\n{}", hidden(workspace, at)) };
    let clicked = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        badge_ui(ui, relation.stance, relation.status, &scene_theme(ui.ctx()));
        row(ui, selection.contains(&item), text, &name).on_hover_text(hint).clicked()
    });
    clicked.inner.then_some(item)
}

/// Says why the map does not show a tie.
fn hidden(workspace: &Workspace<'_>, at: RelationIndex) -> String {
    let (document, view) = (workspace.document, workspace.view);
    let status = document.map().relations.get(at).map(|tie| tie.status);
    match status {
        Some(status) if status.is_outlook() && !view.outlook => {
            "Hidden: forecasts and hypotheses are not shown.".to_owned()
        }
        _ => {
            let words = view.filter_words(document.map());
            format!("Hidden by the filter: {words}.")
        }
    }
}

fn row(ui: &mut Ui, is_selected: bool, text: RichText, name: &str) -> egui::Response {
    // Without text on the right, even a space, egui centres the text of the button.
    let button = egui::Button::selectable(is_selected, text).right_text(" ").truncate();
    let button = button.min_size(egui::vec2(ui.available_width(), ROW_HEIGHT));
    let response = ui.add(button);
    response
        .widget_info(|| WidgetInfo::selected(WidgetType::SelectableLabel, true, is_selected, name));
    response
}
