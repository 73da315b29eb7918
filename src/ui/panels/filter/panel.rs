//! The panel itself: the fields of the filter, with the number of ties that each value shows.

use std::collections::{BTreeMap, BTreeSet};

use egui::{self, Id, Key, RichText, ScrollArea, Slider, Ui};

use super::groups::{Row, checks_ui, chosen_ui, heading_ui, removable_ui};
use crate::edit::{ContentVersion, Document};
use crate::model::filter::Filter;
use crate::model::words::{counted, shown_of};
use crate::model::{
    Actor, ActorId, ActorKind, Confidence, Source, SourceId, Stance, Status, Strength, ViewSettings,
};
use crate::scene::facets::Facets;
use crate::ui::panels::id::PanelId;
use crate::ui::panels::panel::{Panel, Place, Width};
use crate::ui::requests::actions::{Action, ctrl_shift};
use crate::ui::requests::{Request, Requests};
use crate::ui::widgets::excerpt_card::badge_ui;
use crate::ui::widgets::form::Form;
use crate::ui::widgets::style::{bold, scene_theme, slider_ui};
use crate::ui::workspace::{CommandInfo, Workspace};

/// The filter panel.
#[derive(Default)]
pub struct FilterPanel {
    /// The filter as this panel last showed it. If the view's filter differs, it was changed
    /// elsewhere.
    last: Filter,
    /// Part of the field ids. Incremented when the filter changes elsewhere, so that the fields
    /// drop unfinished input.
    epoch: u64,
    facets: Facets,
    /// The content of the map and the settings for which `facets` were counted.
    facets_for: Option<(ContentVersion, ViewSettings)>,
}

impl Panel for FilterPanel {
    fn id(&self) -> PanelId {
        PanelId::FILTER
    }

    fn command(&self) -> Option<CommandInfo> {
        Some(CommandInfo::panel(
            PanelId::FILTER,
            "Filter…",
            ctrl_shift(Key::F),
            "Hide ties by actor, stance, status, source, date, text and more",
        ))
    }

    fn place(&self) -> Place {
        Place::Left(Width { usual: 260.0, least: 230.0, most: 420.0 })
    }

    fn ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, out: &mut Requests) {
        let Workspace { document, view, .. } = *workspace;
        if self.last != view.settings.filter {
            self.last = view.settings.filter.clone();
            self.epoch += 1;
        }
        self.refresh(workspace);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Filter").font(bold(15.0)));
            if ui.link("Close").clicked() {
                out.push(Request::Show(PanelId::FILTER, false));
            }
            let show_all = ui.add_enabled(!self.last.is_none(), egui::Link::new("Show everything"));
            if show_all
                .on_hover_text("Clear the filter, and show all that is hidden again (Ctrl+Shift+X)")
                .clicked()
            {
                out.act(Action::ShowAll);
            }
        });
        let (shown, all) = (workspace.shown.ties().len(), document.map().relations.len());
        let words = format!("{}. Exported pictures state the filter.", shown_of(shown, all, "tie"));
        ui.label(RichText::new(words).weak());
        let mut outlook = view.settings.outlook;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 8.0);
            // Compact rows: most windows then show the whole panel without scrolling.
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().interact_size.y = 19.0;
            let key = Id::new(("filter", document.number(), self.epoch));
            let mut form = Form { map: document.map(), key, is_left: false };
            self.fields_ui(ui, &mut form, document, &mut outlook);
            ui.add_space(12.0);
        });
        if (&self.last, outlook) != (&view.settings.filter, view.settings.outlook) {
            out.push(Request::SetFilter(Box::new(self.last.clone()), outlook));
        }
    }
}

impl FilterPanel {
    /// Counts the ties of each value again if an input has changed.
    fn refresh(&mut self, workspace: &Workspace<'_>) {
        let Workspace { document, view, shown, .. } = *workspace;
        let key = (document.version().content(), view.settings.clone());
        if self.facets_for.as_ref() != Some(&key) {
            self.facets = Facets::of(document.map(), document.index(), view, shown);
            self.facets_for = Some(key);
        }
    }

    fn fields_ui(
        &mut self,
        ui: &mut Ui,
        form: &mut Form<'_>,
        document: &Document,
        outlook: &mut bool,
    ) {
        let (filter, facets) = (&mut self.last, &self.facets);
        if let Some(text) = form.line(ui, "Contains", &filter.text) {
            filter.text = text;
        }
        heading_ui(ui, "Stance");
        let rows = rows(Stance::ALL.iter().copied(), &facets.stances, |one| one.words().to_owned());
        let theme = scene_theme(ui.ctx());
        checks_ui(ui, &mut filter.hidden_stances, &rows, |ui, stance| {
            badge_ui(ui, *stance, Status::Reported, &theme);
        });
        heading_ui(ui, "Status");
        statuses_ui(ui, filter, facets, outlook);
        ties_of_ui(ui, form, document, filter, facets);
        actor_kinds_ui(ui, filter, facets);
        heading_ui(ui, "Confidence");
        let confidences = Confidence::ALL.iter().copied().map(Some).chain([None]);
        let rows = self::rows(confidences, &facets.confidences, |one| {
            one.map_or("not given", Confidence::words).to_owned()
        });
        checks_ui(ui, &mut filter.hidden_confidences, &rows, |_, _| {});
        heading_ui(ui, "Strength");
        let (least, most) = &mut filter.strengths;
        slider_ui(ui, Slider::new(least, 0..=*most).text("Minimum"));
        slider_ui(ui, Slider::new(most, *least..=Strength::MAX).text("Maximum"));
        heading_ui(ui, "Date");
        if let Some(since) = form.date(ui, "From", filter.since) {
            filter.since = since;
        }
        if let Some(until) = form.date(ui, "To", filter.until) {
            filter.until = until;
        }
        if facets.undated > 0 {
            let are = if facets.undated == 1 { "is" } else { "are" };
            let words = format!("{} without dates {are} hidden.", counted(facets.undated, "tie"));
            ui.label(RichText::new(words).size(12.0).weak());
        }
        kinds_ui(ui, document, filter, facets);
    }
}

/// One row for each value, with its count.
fn rows<T: Ord + Clone>(
    values: impl Iterator<Item = T>,
    counts: &BTreeMap<T, usize>,
    words: impl Fn(&T) -> String,
) -> Vec<Row<T>> {
    let row = |value: T| Row {
        words: words(&value),
        count: counts.get(&value).copied().unwrap_or(0),
        value,
    };
    values.map(row).collect()
}

/// The statuses. Forecasts and hypotheses are listed if the map has any.
fn statuses_ui(ui: &mut Ui, filter: &mut Filter, facets: &Facets, outlook: &mut bool) {
    let is_listed = |one: &Status| !one.is_outlook() || facets.statuses.contains_key(one);
    let listed: Vec<Status> = Status::ALL.iter().copied().filter(is_listed).collect();
    let rows = rows(listed.iter().copied(), &facets.statuses, |one| one.words().to_owned());
    let is_hidden = |one: &Status| !filter.shows_status(*one, *outlook);
    let mut hidden = listed.iter().copied().filter(is_hidden).collect();
    let before = std::collections::BTreeSet::clone(&hidden);
    checks_ui(ui, &mut hidden, &rows, |_, _| {});
    if hidden != before {
        // The view shows them if one of them is wanted; the filter then hides the others.
        *outlook = listed.iter().any(|one| one.is_outlook() && !hidden.contains(one));
        let is_kept = |one: &Status| *outlook || !one.is_outlook();
        filter.hidden_statuses = hidden.into_iter().filter(is_kept).collect();
    }
}

/// Whose ties are shown, and on whose word.
fn ties_of_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    document: &Document,
    filter: &mut Filter,
    facets: &Facets,
) {
    let map = document.map();
    let name = |id: &ActorId| document.actor(id).map_or(id.to_string(), Actor::full_name);
    heading_ui(ui, "Actors and sources");
    if let Some(id) = form.actor(ui, "Actor", None).flatten() {
        filter.actors.insert(*id);
    }
    removable_ui(ui, &mut filter.actors, name);
    let wholes = document
        .index()
        .wholes()
        .filter_map(|(at, parts)| map.actors.get(at).map(|actor| (actor.id.clone(), parts.len())));
    chosen_ui(ui, form, "Part of", &mut filter.wholes, &wholes.collect(), name);
    let speaker = |id: &Option<ActorId>| id.as_ref().map_or("the author".to_owned(), name);
    chosen_ui(ui, form, "Said by", &mut filter.speakers, &facets.speakers, speaker);
    chosen_ui(ui, form, "Claimed by", &mut filter.claimants, &facets.claimants, name);
    let wholes = (&mut filter.claiming_wholes, &facets.claiming_wholes);
    chosen_ui(ui, form, "Claimed by it or its parts", wholes.0, wholes.1, name);
    let source = |id: &SourceId| {
        let source = document.index().source(id).and_then(|at| map.sources.get(at));
        source.map_or(id.as_str(), Source::name).to_owned()
    };
    chosen_ui(ui, form, "Source", &mut filter.sources, &facets.sources, source);
    let count = |is: bool| facets.contested.get(&is).copied().unwrap_or(0);
    let all = [
        (None, "yes or no".to_owned()),
        (Some(true), format!("yes ({})", count(true))),
        (Some(false), format!("no ({})", count(false))),
    ];
    if let Some(contested) = form.choice(ui, "Contested", filter.contested, &all) {
        filter.contested = contested;
    }
}

/// The kinds of actors; those that are left out are not drawn, nor are their ties.
fn actor_kinds_ui(ui: &mut Ui, filter: &mut Filter, facets: &Facets) {
    let known = facets.actor_kinds.keys().chain(&filter.hidden_actor_kinds).cloned();
    let known: BTreeSet<ActorKind> = known.collect();
    if known.is_empty() {
        return;
    }
    heading_ui(ui, "Kind of actor");
    let rows = rows(known.into_iter(), &facets.actor_kinds, ActorKind::words);
    checks_ui(ui, &mut filter.hidden_actor_kinds, &rows, |_, _| {});
}

fn kinds_ui(ui: &mut Ui, document: &Document, filter: &mut Filter, facets: &Facets) {
    let kinds = document.index().kinds();
    if kinds.is_empty() {
        return;
    }
    ui.horizontal(|ui| {
        heading_ui(ui, "Kind");
        if ui.link("all").clicked() {
            filter.hidden_kinds.clear();
        }
        if ui.link("none").clicked() {
            filter.hidden_kinds = kinds.iter().map(|(kind, _)| kind.clone()).collect();
        }
    });
    let kinds = kinds.iter().map(|(kind, _)| kind.clone());
    let rows = rows(kinds, &facets.kinds, |kind| match kind.as_str() {
        "" => "no kind".to_owned(),
        kind => kind.replace('_', " "),
    });
    checks_ui(ui, &mut filter.hidden_kinds, &rows, |_, _| {});
}
