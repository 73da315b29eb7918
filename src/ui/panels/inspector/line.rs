//! What the panel shows if a line for several ties is selected: what it stands for, then its ties.

use egui::{self, RichText, Ui};

use super::page::{EDIT_WIDTH, Page, heading_link};
use crate::edit::Document;
use crate::model::citation::isolated;
use crate::model::{ActorIndex, Element, LineIndex, RelationIndex};
use crate::scene::line_words::counts;
use crate::scene::shown::Shown;
use crate::text::visual;
use crate::ui::requests::Request;
use crate::ui::widgets::paged_list;
use crate::ui::widgets::style::bold;

impl Page<'_> {
    /// The ties of the line that is selected, or of the one that is expanded; `None` if something
    /// else is selected.
    pub(super) fn selected_line(&self) -> Option<Vec<RelationIndex>> {
        let index = self.document.index();
        if self.selection.len() < 2 || self.selection.actors().next().is_some() {
            return None;
        }
        let selected = self.selection.relations().map(|id| index.relation(id));
        let mut selected: Vec<RelationIndex> = selected.collect::<Option<_>>()?;
        selected.sort_unstable();
        let line = self.shown.lines().line_of(*selected.first()?)?;
        let is_line = self.shown.lines().ties(line) == selected.as_slice();
        (is_line || self.view.expanded == selected).then_some(selected)
    }

    /// The ties of a line, the firmest first.
    pub(super) fn line_ui(&mut self, ui: &mut Ui, ties: Vec<RelationIndex>) {
        let document = self.document;
        let line = ties.first().and_then(|tie| self.shown.lines().line_of(*tie));
        let Some(line) = line.and_then(|line| self.shown.lines().get(line)) else { return };
        let is_at = |end: usize| {
            let tie = |tie: &RelationIndex| {
                let relation = document.map().relations.get(*tie)?;
                let (_, to) = document.index().ends(*tie).filter(|_| relation.directed)?;
                Some(self.shown.drawn_for(to)? == line.ends[end])
            };
            ties.iter().filter_map(tie).any(|is| is)
        };
        let arrow = match [is_at(0), is_at(1)] {
            [false, true] => "→",
            [true, false] => "←",
            _ => "↔",
        };
        let ends = line.ends;
        ui.horizontal_wrapped(|ui| {
            ui.set_max_width(ui.available_width() - EDIT_WIDTH);
            for (number, end) in ends.into_iter().enumerate() {
                let Some(actor) = document.map().actors.get(end) else { continue };
                if heading_link(ui, actor.brief_name()).clicked() {
                    self.out.push(Request::Focus(Element::Actor(actor.id.clone())));
                }
                if number == 0 {
                    ui.label(RichText::new(arrow).font(bold(15.0)));
                }
            }
        });
        ui.label(RichText::new(counts(document.map(), &ties)).font(bold(13.5)));
        let is_expanded = !self.view.expanded.is_empty();
        let (words, request) = if is_expanded {
            ("Show as one line", Request::CollapseLine)
        } else {
            ("Show one by one", Request::ExpandLine)
        };
        if ui.link(words).on_hover_text("On the map (Enter)").clicked() {
            self.out.push(request);
        }
        let (count, listed) = (ties.len(), paged_list::shown(ui, "line"));
        for tie in firmest_first(document, ties).into_iter().take(listed) {
            self.through_ui(ui, tie);
            if let Some(relation) = document.map().relations.get(tie) {
                self.tie_ui(ui, relation, None);
            }
        }
        paged_list::more_ui(ui, "line", count);
    }

    /// Says through which parts a tie belongs to the shapes that it joins, if these stand for
    /// others.
    pub(super) fn through_ui(&mut self, ui: &mut Ui, tie: RelationIndex) {
        let document = self.document;
        let Some((from, to)) = document.index().ends(tie) else { return };
        let is_folded = |end: &ActorIndex| self.shown.drawn_for(*end).is_some_and(|by| by != *end);
        let parts = [from, to].into_iter().filter(is_folded);
        let parts = parts.filter_map(|part| document.map().actors.get(part));
        let names: Vec<String> = parts.map(|part| isolated(&part.name).into_owned()).collect();
        if !names.is_empty() {
            let words = format!("through {}", names.join(" and "));
            ui.label(RichText::new(visual(&words)).weak().italics());
        }
    }
}

/// Ties in the order in which they are listed: the firmest and strongest first.
pub(super) fn firmest_first(
    document: &Document,
    mut ties: Vec<RelationIndex>,
) -> Vec<RelationIndex> {
    ties.sort_by_key(|tie| {
        let tie = document.map().relations.get(*tie);
        tie.map(|tie| (tie.status, std::cmp::Reverse(tie.strength.value())))
    });
    ties
}

/// The shown lines of an actor with those of `ties` that they stand for, grouped by the actor at
/// the other end. If the actor is folded, they are lines of its whole.
pub(super) fn lines_of(
    shown: &Shown,
    actor: ActorIndex,
    ties: &[RelationIndex],
) -> Vec<(ActorIndex, Vec<RelationIndex>)> {
    let drawn = shown.drawn_for(actor).unwrap_or(actor);
    let line = |tie: &RelationIndex| {
        let line = shown.lines().line_of(*tie)?;
        Some((shown.lines().get(line)?.other_end(drawn), line, *tie))
    };
    let mut entries: Vec<(ActorIndex, LineIndex, RelationIndex)> =
        ties.iter().filter_map(line).collect();
    // Parties in the order of their first ties.
    let mut first: foldhash::HashMap<ActorIndex, RelationIndex> = foldhash::HashMap::default();
    for (party, _, tie) in &entries {
        let known = first.entry(*party).or_insert(*tie);
        *known = (*known).min(*tie);
    }
    entries.sort_by_key(|(party, line, tie)| (first.get(party).copied(), *line, *tie));
    let groups = entries.chunk_by(|a, b| a.1 == b.1);
    let group = |group: &[(ActorIndex, LineIndex, RelationIndex)]| {
        Some((group.first()?.0, group.iter().map(|(_, _, tie)| *tie).collect()))
    };
    groups.filter_map(group).collect()
}
