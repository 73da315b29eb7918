//! What is shown: lines, folded wholes, hidden elements, neighbourhoods, and elements that must be
//! shown before they can be selected.

use egui::Context;

use super::program::App;
use crate::edit::{Selection, showing};
use crate::model::citation::isolated;
use crate::model::view::{LineMode, SizeBy};
use crate::model::words::{counted, of};
use crate::model::{ActorId, Element, ViewSettings};
use crate::scene::absence::Absence;
use crate::scene::folding::folded_around;
use crate::scene::left_out::Reason;
use crate::ui::requests::actions::Action;

/// What is told while the camps of a large map are found.
pub(super) const FINDING_CAMPS: &str = "Finding the camps…";

impl App {
    /// Changes what one line stands for.
    pub(super) fn set_lines(&mut self, mode: LineMode) {
        let is_same = self.session.view.settings.line_mode() == mode;
        let (name, words) = match mode {
            LineMode::Ties => ("draw lines by tie", "One line for each tie"),
            LineMode::Stances => ("draw lines by stance", "One line for each pair and stance"),
            LineMode::Pairs => ("draw lines by pair", "One line for each pair of actors"),
        };
        self.change_view(name, |view| view.lines = Some(mode));
        let lines = counted(self.session.shown().lines().len(), "line");
        self.tell(if is_same {
            format!("{words}, as before: {lines}.")
        } else {
            format!("{words}: {lines}.")
        });
    }

    /// Folds the selected wholes and those of the selected parts, or unfolds them if all are
    /// folded.
    pub(super) fn fold_selected(&mut self) {
        let (document, selection) = (&self.session.document, &self.session.selection);
        let (map, index) = (document.map(), document.index());
        let wholes = showing::wholes_of(map, index, self.session.shown(), selection);
        if wholes.is_empty() {
            self.tell(if selection.actors().next().is_none() {
                "Nothing to fold: select an actor that has parts, or one of its parts."
            } else {
                "Nothing to fold: the selection has no parts and is not part of another actor."
            });
            return;
        }
        let folded = &self.session.view.settings.folded;
        let is_wanted = !wholes.iter().all(|whole| folded.contains(whole));
        self.fold(&wholes, is_wanted);
    }

    /// Folds or unfolds all wholes of the map.
    pub(super) fn fold_all(&mut self, is_wanted: bool) {
        let document = &self.session.document;
        let wholes = showing::all_wholes(document.map(), document.index());
        let folded = &self.session.view.settings.folded;
        let is_done = wholes.iter().all(|whole| folded.contains(whole) == is_wanted);
        if wholes.is_empty() || is_done {
            self.tell(match (wholes.is_empty(), is_wanted) {
                (true, _) => "Nothing to fold: no actor of this map is part of another.",
                (false, true) => "Nothing to fold: every whole is folded.",
                (false, false) => "Nothing to unfold: no actor is folded.",
            });
            return;
        }
        self.fold(&wholes, is_wanted);
    }

    /// Folds wholes, so that they stand for their parts, or unfolds them.
    pub(super) fn fold(&mut self, wholes: &[ActorId], is_wanted: bool) {
        let stood_for = self.stood_for(wholes);
        let name = if is_wanted { "fold" } else { "unfold" };
        let folded = &self.session.view.settings.folded;
        let changed: Vec<ActorId> =
            wholes.iter().filter(|whole| folded.contains(*whole) != is_wanted).cloned().collect();
        self.change_view(name, |view| {
            for whole in wholes {
                if is_wanted {
                    view.folded.insert(whole.clone());
                } else {
                    view.folded.remove(whole);
                }
            }
        });
        let document = &self.session.document;
        let what = match changed.as_slice() {
            [whole] => isolated(document.index().name(document.map(), whole)).into_owned(),
            several => counted(several.len(), "whole"),
        };
        self.tell(if is_wanted {
            format!("{} folded into {what}", counted(self.stood_for(wholes), "actor"))
        } else {
            format!("{what} unfolded: {}", counted(stood_for, "actor"))
        });
        self.select_drawn();
    }

    /// Number of actors that these stand for.
    fn stood_for(&self, wholes: &[ActorId]) -> usize {
        let index = self.session.document.index();
        let wholes = wholes.iter().filter_map(|whole| index.actor(whole));
        wholes.map(|whole| self.session.shown().stands_for(whole)).sum()
    }

    /// Replaces selected actors that are folded by their wholes.
    fn select_drawn(&mut self) {
        let (document, shown) = (&self.session.document, self.session.shown());
        let drawn = |item: &Element| match item {
            Element::Actor(id) => {
                let by = document.index().actor(id).and_then(|actor| shown.drawn_for(actor));
                let by = by.and_then(|by| document.map().actors.get(by));
                by.map_or_else(|| item.clone(), |actor| Element::Actor(actor.id.clone()))
            }
            Element::Relation(_) | Element::Note(_) => item.clone(),
        };
        let items: Vec<Element> = self.session.selection.items().map(drawn).collect();
        let selection = match <[Element; 1]>::try_from(items) {
            Ok([item]) => Selection::of(item),
            Err(items) => items.into_iter().collect(),
        };
        if !selection.has_same(&self.session.selection) {
            self.session.select(selection);
        }
    }

    /// Hides the selected actors and ties.
    pub(super) fn hide_selected(&mut self, ctx: &Context) {
        self.hide(ctx, &self.session.selection.clone());
    }

    /// Hides actors and ties.
    pub(super) fn hide(&mut self, ctx: &Context, items: &Selection) {
        if items.actors().next().is_none() && items.relations().next().is_none() {
            self.tell("Nothing to hide: select actors or ties first.");
            return;
        }
        self.change_view("hide", |view| showing::hide(view, items));
        if items.items().any(|item| self.session.selection.contains(item)) {
            self.session.select(Selection::default());
        }
        let words = format!("Hidden: {}.", showing::counted_items(items));
        self.tell_with_way_back(ctx, &words);
    }

    /// Shows only what is up to `steps` steps along lines away from the selection.
    pub(super) fn isolate(&mut self, ctx: &Context, steps: u8) {
        let document = &self.session.document;
        let (map, index) = (document.map(), document.index());
        let Some(around) = showing::around(map, index, &self.session.selection, steps) else {
            self.tell("Nothing to isolate: select an actor or a tie first.");
            return;
        };
        let centre = match around.actors.first().filter(|_| around.actors.len() == 1) {
            Some(id) => isolated(index.name(map, id)).into_owned(),
            None => counted(around.actors.len(), "actor"),
        };
        self.change_view("show only the neighbourhood", |view| view.around = Some(around));
        let shown = self.session.shown();
        let apart = shown.left_out().actors(Reason::Apart).count();
        let words = format!(
            "Only within {} of {centre}: {} shown, {apart} left out.",
            counted(steps.into(), "step"),
            counted(shown.shapes(), "actor"),
        );
        self.session.canvas.fit();
        self.tell_with_way_back(ctx, &words);
    }

    /// Clears the filter, hidden elements and the neighbourhood.
    pub(super) fn show_everything(&mut self) {
        if !showing::is_withholding(&self.session.view.settings) {
            self.tell("Nothing is hidden or filtered.");
            return;
        }
        let was_around = self.session.view.settings.around.is_some();
        self.change_view("show everything", showing::show_everything);
        let shown = self.session.shown();
        let actors = of(shown.shapes(), self.session.document.map().actors.len(), "actor");
        let ties = of(shown.ties().len(), self.session.document.map().relations.len(), "tie");
        let folded = Some(shown.folded()).filter(|count| *count > 0);
        let folded = folded.map(|count| format!("{} folded", counted(count, "actor")));
        let forecasts = Some(shown.forecasts_left_out()).filter(|count| *count > 0);
        let forecasts = forecasts.map(|count| format!("{} not shown", counted(count, "forecast")));
        let rest: Vec<String> = folded.into_iter().chain(forecasts).collect();
        let words = if rest.is_empty() {
            format!("Everything is shown: {actors}, {ties}.")
        } else {
            let rest = rest.join(", ");
            format!("Nothing is hidden or filtered any more: {actors}, {ties}; still {rest}.")
        };
        self.tell(words);
        if was_around {
            self.session.canvas.fit();
        }
    }

    /// Shows an element of the list again, and selects it.
    pub(super) fn show_again(&mut self, ctx: &Context, element: &Element) {
        let document = &self.session.document;
        let (map, index) = (document.map(), document.index());
        let before = self.session.view.settings.clone();
        let after = showing::showing_again(map, index, &before, element);
        let changed = showing::what_changed(map, &before, &after, element);
        let what = self.name_of(element);
        if after != before {
            self.change_view("show", |view| *view = after);
        }
        self.select_and_focus(ctx, element);
        if self.absence(element).is_some() {
            return;
        }
        let degree = element.actor().and_then(|id| self.session.document.index().actor(id));
        let degree = degree.map(|actor| self.session.shown().degree(actor));
        if degree == Some(0) && self.session.view.settings.filter.selects_ties() {
            let words = format!(
                "{what} has no tie that passes the filter, and is drawn while it is selected."
            );
            self.tell_with_way_back(ctx, &words);
        } else {
            let shown = format!("{what} is shown again");
            let words: Vec<String> = std::iter::once(shown).chain(changed).collect();
            self.tell(format!("{}.", words.join("; ")));
        }
    }

    /// An element in words, as the subject of a sentence.
    fn name_of(&self, element: &Element) -> String {
        let document = &self.session.document;
        match element {
            Element::Actor(id) => isolated(document.index().name(document.map(), id)).into_owned(),
            Element::Relation(_) => "This tie".to_owned(),
            Element::Note(_) => "This note".to_owned(),
        }
    }

    /// Why an element is not drawn; `None` if it is.
    pub(super) fn absence(&self, element: &Element) -> Option<Absence> {
        let document = &self.session.document;
        let (settings, shown) = (&self.session.view.settings, self.session.shown());
        Absence::of(document.map(), document.index(), settings, shown, element)
    }

    /// Unfolds the wholes in which an element is not drawn, and shows forecasts if it is one, in
    /// one step.
    pub(super) fn uncover(&mut self, element: &Element) {
        self.session.update_shown();
        let document = &self.session.document;
        let (map, index) = (document.map(), document.index());
        let settings = &self.session.view.settings;
        let (ends, status) = match element {
            Element::Actor(id) => (index.actor(id).into_iter().collect(), None),
            Element::Relation(id) => {
                let Some(tie) = index.relation(id) else { return };
                let ends = index.ends(tie).map_or_else(Vec::new, |(from, to)| vec![from, to]);
                (ends, map.relations.get(tie).map(|tie| tie.status))
            }
            Element::Note(_) => return,
        };
        let around = || -> Vec<ActorId> {
            let wholes = |end| folded_around(map, index, settings, end);
            ends.iter().copied().flat_map(wholes).collect()
        };
        let is_covered = match element {
            Element::Actor(id) => index.actor(id).is_some_and(|actor| {
                self.session.shown().drawn_for(actor).is_some_and(|by| by != actor)
            }),
            Element::Relation(_) => matches!(ends.as_slice(), [from, to] if from != to && {
                let drawn = |end| self.session.shown().drawn_for(end);
                drawn(*from).is_some() && drawn(*from) == drawn(*to)
            }),
            Element::Note(_) => false,
        };
        let unfolded = if is_covered { around() } else { Vec::new() };
        let forecast = status.filter(|status| {
            status.is_outlook() && !settings.filter.shows_status(*status, settings.outlook)
        });
        if unfolded.is_empty() && forecast.is_none() {
            return;
        }
        let name = if unfolded.is_empty() { "show forecasts" } else { "unfold" };
        let names: Vec<String> =
            unfolded.iter().map(|id| isolated(index.name(map, id)).into_owned()).collect();
        self.change_view(name, |view: &mut ViewSettings| {
            view.folded.retain(|id| !unfolded.contains(id));
            if let Some(status) = forecast {
                view.outlook = true;
                view.filter.hidden_statuses.remove(&status);
            }
        });
        if !names.is_empty() {
            self.tell(format!("Unfolded: {}", names.join(", ")));
        }
    }

    /// Tells why an element is not drawn and how to show it, if it is not.
    pub(super) fn tell_absence(&mut self, ctx: &Context, element: &Element) {
        self.session.update_shown();
        let Some(absence) = self.absence(element) else { return };
        let what = self.name_of(element);
        let map = self.session.document.map();
        let words = format!("{what} is {}.", absence.words(map));
        match absence {
            Absence::Folded(_) | Absence::Inside(_) => {
                let key = self.key_words(ctx, Action::Fold);
                self.tell(format!("{words} Unfold: {key}"));
            }
            Absence::Forecast => {
                let key = self.key_words(ctx, Action::Outlook);
                self.tell(format!("{words} Show forecasts: {key}"));
            }
            _ => self.tell_with_way_back(ctx, &words),
        }
    }

    /// Selects what is drawn for an element, and tells where it is.
    pub(super) fn locate(&mut self, ctx: &Context, element: &Element) {
        self.session.update_shown();
        let Some(Absence::Folded(whole)) = self.absence(element) else {
            self.select_and_focus(ctx, element);
            return;
        };
        let Some(whole) = self.session.document.map().actors.get(whole) else { return };
        let whole = Element::Actor(whole.id.clone());
        self.select_and_focus(ctx, &whole);
        self.tell_absence(ctx, element);
    }

    /// Changes what the size of a shape shows to the next measure.
    pub(super) fn switch_size(&mut self) {
        let (next, words) = match self.session.view.settings.size {
            SizeBy::Ties => (SizeBy::Excerpts, "Size: number of excerpts"),
            SizeBy::Excerpts => (SizeBy::Weight, "Size: weight given by the analyst"),
            SizeBy::Weight => (SizeBy::Ties, "Size: number of ties"),
        };
        self.change_view("show another measure as size", |view| view.size = next);
        let actors = &self.session.document.map().actors;
        let without = actors.iter().filter(|actor| actor.weight.is_none()).count();
        self.tell(if next != SizeBy::Weight || without == 0 {
            format!("{words}.")
        } else if without == actors.len() {
            format!("{words}. No actor has a weight yet; it is a field of the actor (F2).")
        } else {
            let of_all = of(actors.len() - without, actors.len(), "actor");
            format!("{words}: {of_all} have one. It is a field of the actor (F2).")
        });
    }

    /// Tints the shapes of actors by camp, or not.
    pub(super) fn switch_camps(&mut self) {
        let is_on = !self.session.view.settings.camps;
        let name = if is_on { "colour by camp" } else { "do not colour by camp" };
        self.change_view(name, |view| view.camps = is_on);
        self.tell(match (is_on, self.session.camps()) {
            (false, _) => "Actors are not coloured by camp.".to_owned(),
            (true, None) => FINDING_CAMPS.to_owned(),
            (true, Some(count)) => camp_words(count),
        });
    }

    /// Tells something that is undone by showing everything, with the key for that.
    fn tell_with_way_back(&mut self, ctx: &Context, words: &str) {
        let key = self.key_words(ctx, Action::ShowAll);
        self.tell(format!("{words} Show everything: {key}"));
    }

    fn key_words(&self, ctx: &Context, action: Action) -> String {
        let about = self.workspace().about(action);
        about.map_or_else(String::new, |about| about.key_words(ctx))
    }
}

/// A message that says how many camps there are.
pub(super) fn camp_words(count: usize) -> String {
    if count == 0 {
        return "No camps: no two actors are friends.".to_owned();
    }
    format!("{}: groups with many friends and few enemies.", counted(count, "camp"))
}
