//! The open field of the bar: a list of actors that typing narrows down, or a text.

use egui::{self, Id, Key, Modifiers, RichText, TextEdit, Ui, WidgetInfo, WidgetType};

use super::bar::{party_name, plain_name};
use super::coding::Text;
use super::draft::{Draft, Field, Picker};
use super::state::Reader;
use crate::model::query::Needle;
use crate::model::{PartialDate, Period, RelationKind};
use crate::ui::requests::Party;
use crate::ui::workspace::Workspace;

/// Maximum number of rows that are listed.
const LISTED: usize = 6;
/// Maximum number of kinds that are listed.
const LISTED_KINDS: usize = 8;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
enum Row {
    Actor(Party),
    /// The author of the source instead of an actor.
    Author,
    Kind(String),
}

impl Reader {
    /// The id of the open field, which takes the keyboard.
    pub(super) fn picker_id() -> Id {
        Id::new("reader's open field")
    }

    pub(super) fn picker_ui(&mut self, ui: &mut Ui, workspace: &Workspace<'_>, text: &Text<'_>) {
        let Some(mut picker) = self.picker.take() else { return };
        let rows = self.rows(workspace, text, &picker);
        let source = workspace.document.source(text.source);
        let year = source.and_then(|source| source.date).map(PartialDate::year);
        let moved = ui.input_mut(|input| {
            let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
            let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
            (down, up)
        });
        picker.row =
            (picker.row + moved.0).saturating_sub(moved.1).min(rows.len().saturating_sub(1));
        let is_entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let is_left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if std::mem::take(&mut picker.is_new) {
            ui.memory_mut(|memory| memory.request_focus(Self::picker_id()));
        }
        let label = picker.field.words();
        let edit = TextEdit::singleline(&mut picker.text)
            .id(Self::picker_id())
            .hint_text(hint(picker.field))
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, label));
        if response.changed() {
            picker.row = 0;
        }
        let mut clicked = None;
        for (number, row) in rows.iter().enumerate() {
            let words = RichText::new(row_words(workspace, row)).size(12.5);
            if ui.selectable_label(number == picker.row, words).clicked() {
                clicked = Some(number);
            }
        }
        if picker.field == Field::Date {
            let (words, color) = match Period::read(&picker.text, year) {
                Ok(period) => (period.words().unwrap_or_default(), ui.visuals().weak_text_color()),
                Err(error) => (error.to_string(), ui.visuals().error_fg_color),
            };
            ui.label(RichText::new(words).size(12.0).color(color));
        }
        let chosen = clicked.or((is_entered).then_some(picker.row));
        let is_closed = match chosen {
            Some(number) => self.draft.choose(&picker, rows.get(number), year),
            None => is_left,
        };
        if is_closed {
            self.takes_focus = true;
        } else {
            self.picker = Some(picker);
        }
    }

    /// The rows that match what was typed.
    fn rows(&self, workspace: &Workspace<'_>, text: &Text<'_>, picker: &Picker) -> Vec<Row> {
        let typed = picker.text.trim();
        let needle = Needle::new(typed);
        let matches = |words: &str| typed.is_empty() || needle.finds(words);
        let map = workspace.document.map();
        match picker.field {
            Field::Date => Vec::new(),
            Field::Kind => {
                // Those of the map first, the most frequent one at the top.
                let of_map = workspace.document.index().kinds();
                let of_map = of_map.iter().map(|(kind, _)| kind.as_str());
                let is_in_map = |kind: &&&str| of_map.clone().any(|other| other == **kind);
                let common = RelationKind::COMMON.iter().filter(|kind| !is_in_map(kind)).copied();
                let kinds = of_map.clone().chain(common).map(|kind| kind.replace('_', " "));
                let kinds = kinds.filter(|kind| !kind.is_empty() && matches(kind));
                kinds.take(LISTED_KINDS).map(Row::Kind).collect()
            }
            field => {
                let offers = if field == Field::To {
                    &self.draft.to_offers
                } else {
                    &self.draft.from_offers
                };
                let others = map.actors.iter().map(|actor| Party::Known(actor.id.clone()));
                let proposals = text.named.outline.proposals.iter().map(Party::proposed);
                let mut rows: Vec<Row> = Vec::new();
                let mut found: Vec<Party> = Vec::new();
                if field == Field::Speaker && typed.is_empty() {
                    rows.push(Row::Author);
                }
                for party in offers.iter().cloned().chain(others).chain(proposals) {
                    let is_found = match &party {
                        Party::Known(id) => workspace
                            .document
                            .actor(id)
                            .is_some_and(|actor| typed.is_empty() || needle.finds_name_of(actor)),
                        Party::New { name, .. } => matches(name),
                    };
                    if is_found && !found.contains(&party) {
                        found.push(party);
                    }
                }
                // Names that begin as typed come first, and the shorter before the longer.
                let typed_lower = typed.to_lowercase();
                found.sort_by_key(|party| {
                    let name = plain_name(workspace, party).to_lowercase();
                    let starts = !typed.is_empty() && name.starts_with(&typed_lower);
                    (!starts, if starts { name.chars().count() } else { 0 })
                });
                let is_known = found
                    .iter()
                    .any(|party| plain_name(workspace, party).to_lowercase() == typed_lower);
                rows.extend(found.into_iter().take(LISTED).map(Row::Actor));
                if !typed.is_empty() && !is_known {
                    rows.push(Row::Actor(Party::named(typed)));
                }
                rows
            }
        }
    }
}

impl Draft {
    /// Takes over a row or what was typed. Returns false if that is not possible.
    fn choose(&mut self, picker: &Picker, row: Option<&Row>, year: Option<u16>) -> bool {
        self.is_changed = true;
        match (picker.field, row) {
            (Field::From, Some(Row::Actor(party))) => self.set_from(party.clone()),
            (Field::To, Some(Row::Actor(party))) => self.set_to(party.clone()),
            (Field::Speaker, Some(Row::Actor(party))) => self.speaker = Some(party.clone()),
            (Field::Speaker, Some(Row::Author)) => self.speaker = None,
            (Field::Kind, Some(Row::Kind(kind))) => self.kind.clone_from(kind),
            (Field::Kind, _) => picker.text.trim().clone_into(&mut self.kind),
            (Field::Date, _) => match Period::read(&picker.text, year) {
                Ok(period) => self.period = period,
                Err(_) => return false,
            },
            _ => return false,
        }
        true
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::From | Field::To | Field::Speaker => "Type a name; Enter chooses or creates",
        Field::Kind => "What the tie is about, such as armed attack",
        Field::Date => "3 May 2026, since 2021, 2021–2024",
    }
}

fn row_words(workspace: &Workspace<'_>, row: &Row) -> String {
    match row {
        Row::Actor(Party::New { name, .. }) => format!("Create “{name}”"),
        Row::Actor(party) => party_name(workspace, party),
        Row::Author => "the author".to_owned(),
        Row::Kind(kind) => kind.clone(),
    }
}
