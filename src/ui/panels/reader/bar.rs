//! The bar below the text while a passage is marked: the tie that it may become, field by field,
//! and the commands for it. Each field shows its key; the order never changes.

use egui::{self, Button, RichText, Ui};

use super::coding::Text;
use super::draft::{Draft, Field};
use super::keys::{Step, key_of};
use super::state::Reader;
use crate::model::words::cut_to;
use crate::model::{Element, Stance, Status};
use crate::ui::requests::{Party, Requests};
use crate::ui::widgets::words::arrow;
use crate::ui::workspace::Workspace;

impl Reader {
    pub(super) fn bar_ui(
        &mut self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        text: &Text<'_>,
        out: &mut Requests,
    ) {
        let mut steps: Vec<Step> = Vec::new();
        ui.spacing_mut().interact_size.y = 20.0;
        ui.spacing_mut().button_padding = egui::vec2(4.0, 1.0);
        ui.spacing_mut().item_spacing = egui::vec2(3.0, 3.0);
        ends_ui(ui, workspace, &self.draft, &mut steps);
        if self.picker.is_some() {
            // In place of the other fields, so that the text stays visible.
            self.picker_ui(ui, workspace, text);
        } else {
            self.fields_ui(ui, workspace, &mut steps);
        }
        for step in steps {
            self.step(step, workspace, text, out);
            self.takes_focus = self.picker.is_none();
        }
    }

    /// The fields after both ends, and the commands.
    fn fields_ui(&self, ui: &mut Ui, workspace: &Workspace<'_>, steps: &mut Vec<Step>) {
        ui.horizontal_wrapped(|ui| {
            for stance in Stance::ALL {
                let is_chosen = self.draft.stance == *stance;
                step_ui(ui, stance.words(), Step::Stance(*stance), is_chosen, steps);
            }
        });
        ui.horizontal_wrapped(|ui| {
            for status in Status::ALL {
                let is_chosen = self.draft.status == *status;
                step_ui(ui, status.words(), Step::Status(*status), is_chosen, steps);
            }
        });
        details_ui(ui, workspace, &self.draft, steps);
        ui.horizontal_wrapped(|ui| {
            let add = ui.add_enabled_ui(self.draft.is_complete(), |ui| {
                step_ui(ui, "Add tie", Step::Add, false, steps);
            });
            add.response.on_disabled_hover_text("Choose two different actors first.");
            let selected = selected_name(workspace);
            let excerpt = selected.as_deref();
            let excerpt = excerpt.map(|name| format!("New excerpt for {name}"));
            let excerpt = excerpt.unwrap_or_else(|| "New excerpt".to_owned());
            let shown = cut_to(&excerpt, 28);
            let add = ui.add_enabled_ui(selected.is_some(), |ui| {
                labelled_step_ui(ui, &shown, &excerpt, Step::Excerpt, false, steps);
            });
            add.response.on_disabled_hover_text("Select an actor or a tie on the map first.");
            let known = self.known_actor(workspace);
            let add = ui.add_enabled_ui(known.is_none(), |ui| {
                step_ui(ui, "New actor", Step::Actor, false, steps);
            });
            if let Some(known) = known {
                add.response.on_disabled_hover_text(format!("{known} is already on the map."));
            }
        });
    }

    /// The name of the actor that the passage names exactly, if there is one.
    fn known_actor(&self, workspace: &Workspace<'_>) -> Option<String> {
        let marked = self.marked.as_ref()?;
        let mentions = workspace.reading.mentions.get(self.source.as_ref()?)?;
        let whole = mentions.iter().find(|mention| mention.range == *marked)?;
        let actor = workspace.document.map().actors.get(whole.actor)?;
        Some(actor.name.clone())
    }
}

/// Both ends of the tie, with the candidates for each.
fn ends_ui(ui: &mut Ui, workspace: &Workspace<'_>, draft: &Draft, steps: &mut Vec<Step>) {
    ui.horizontal_wrapped(|ui| {
        let from = end_words(workspace, "From", draft.from.as_ref(), draft.offered_from());
        step_ui(ui, &from, Step::Open(Field::From), false, steps);
        let offers = Offers { label: "From", chosen: draft.from.as_ref(), step: Step::From };
        offers.ui(ui, workspace, draft.offered_from(), steps);
    });
    ui.horizontal_wrapped(|ui| {
        let to = end_words(workspace, "To", draft.to.as_ref(), draft.offered_to());
        step_ui(ui, &to, Step::Open(Field::To), false, steps);
        let offers = Offers { label: "To", chosen: draft.to.as_ref(), step: Step::To };
        offers.ui(ui, workspace, draft.offered_to(), steps);
        step_ui(ui, "Swap", Step::Swap, false, steps);
    });
}

/// `From`, followed by the chosen actor if it is not among the candidates, which show it.
fn end_words<'a>(
    workspace: &Workspace<'_>,
    label: &str,
    chosen: Option<&'a Party>,
    mut offers: impl Iterator<Item = &'a Party>,
) -> String {
    match chosen {
        None => format!("{label}: choose"),
        Some(party) if offers.any(|offer| offer == party) => label.to_owned(),
        Some(party) => format!("{label}: {}", party_name(workspace, party)),
    }
}

/// The candidates for one end of the tie.
struct Offers<'a> {
    label: &'static str,
    chosen: Option<&'a Party>,
    step: fn(usize) -> Step,
}

impl Offers<'_> {
    /// Shows the candidates, each with its key.
    fn ui<'a>(
        &self,
        ui: &mut Ui,
        workspace: &Workspace<'_>,
        offers: impl Iterator<Item = &'a Party>,
        steps: &mut Vec<Step>,
    ) {
        for (number, party) in offers.enumerate() {
            let name = short_name(workspace, party);
            let text = if party.id().is_some() { name } else { format!("+ {name}") };
            let label = format!("{}: {}", self.label, party_name(workspace, party));
            let is_chosen = self.chosen == Some(party);
            labelled_step_ui(ui, &text, &label, (self.step)(number), is_chosen, steps);
        }
    }
}

/// Speaker, kind, strength and date.
fn details_ui(ui: &mut Ui, workspace: &Workspace<'_>, draft: &Draft, steps: &mut Vec<Step>) {
    ui.horizontal_wrapped(|ui| {
        let speaker = draft.speaker.as_ref().map(|party| short_name(workspace, party));
        let or_none = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
        let said = format!("Said by: {}", speaker.as_deref().unwrap_or("the author"));
        step_ui(ui, &said, Step::Open(Field::Speaker), false, steps);
        let kind = format!("Kind: {}", or_none(&draft.kind));
        step_ui(ui, &kind, Step::Open(Field::Kind), false, steps);
        let strength = format!("Strength: {}", draft.strength.value());
        step_ui(ui, &strength, Step::Strength, false, steps);
        let date = format!("Date: {}", or_none(&draft.period.words().unwrap_or_default()));
        step_ui(ui, &date, Step::Open(Field::Date), false, steps);
    });
}

/// A button for a step, with the key that does the same.
fn step_ui(ui: &mut Ui, text: &str, step: Step, is_chosen: bool, steps: &mut Vec<Step>) {
    labelled_step_ui(ui, text, text, step, is_chosen, steps);
}

/// Like [`step_ui`], with another text for screen readers.
fn labelled_step_ui(
    ui: &mut Ui,
    text: &str,
    label: &str,
    step: Step,
    is_chosen: bool,
    steps: &mut Vec<Step>,
) {
    let key = RichText::new(key_of(step)).size(10.0).weak();
    let shown = RichText::new(text).size(12.0);
    let button = ui.add(Button::new((shown, key)).selected(is_chosen).truncate());
    let info = || egui::WidgetInfo::selected(egui::WidgetType::Button, true, is_chosen, label);
    button.widget_info(info);
    if button.clicked() {
        steps.push(step);
    }
}

/// The name of an actor, or of one that is still to be added.
pub(super) fn party_name(workspace: &Workspace<'_>, party: &Party) -> String {
    match party {
        Party::Known(id) => {
            workspace.document.actor(id).map_or(String::new(), |one| one.name.clone())
        }
        Party::New { name, .. } => format!("{name} (new)"),
    }
}

/// The name without a remark that it is new.
pub(super) fn plain_name(workspace: &Workspace<'_>, party: &Party) -> String {
    match party {
        Party::Known(id) => {
            workspace.document.actor(id).map_or(String::new(), |one| one.name.clone())
        }
        Party::New { name, .. } => name.clone(),
    }
}

fn short_name(workspace: &Workspace<'_>, party: &Party) -> String {
    let name = match party {
        Party::Known(id) => {
            workspace.document.actor(id).map_or(String::new(), |one| one.brief_name().to_owned())
        }
        Party::New { name, .. } => name.clone(),
    };
    cut_to(&name, 16)
}

fn selected_name(workspace: &Workspace<'_>) -> Option<String> {
    let document = workspace.document;
    match workspace.selection.only()? {
        Element::Actor(id) => document.actor(id).map(|actor| actor.brief_name().to_owned()),
        Element::Relation(id) => document.relation(id).map(|tie| arrow(document, tie)),
        // A passage cannot support a note.
        Element::Note(_) => None,
    }
}
