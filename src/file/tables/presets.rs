//! Plans that are kept by name: those for well-known event data, and the user's own. A preset fits a
//! sheet that has all of its columns.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::guess::{divided, with_stances};
use super::header_names::plain_name;
use super::plan::{Column, Plan, Shape};
use super::role::Role;
use super::sheet::Sheet;

/// The presets for event data.
const EVENTS: &str = include_str!("../../../assets/presets/events.json");

/// A plan with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preset {
    pub name: String,
    /// The names of all columns, for files without a header.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// Columns that are kept or ignored need not be there.
    pub plan: Plan,
}

/// The presets that come with the program.
#[must_use]
pub fn known() -> Vec<Preset> {
    serde_json::from_str(EVENTS).unwrap_or_default()
}

/// The first preset with this name, whatever the case; `own` come first.
#[must_use]
pub fn by_name(own: &[Preset], name: &str) -> Vec<Preset> {
    let is_named = |preset: &Preset| plain_name(&preset.name) == plain_name(name);
    own.iter().cloned().chain(known()).filter(is_named).collect()
}

impl Preset {
    /// The preset's plan for a sheet whose plan was guessed; `None` if it does not fit.
    #[must_use]
    pub fn applied(&self, sheet: &Sheet, guess: &Plan) -> Option<Plan> {
        let rows = sheet.first(50);
        let header;
        let names = if self.names.is_empty() {
            // Files of events can have one row that looks like another header.
            let found =
                rows.iter().find(|(line, _)| self.has_columns(&divided(&rows, Some(*line)).0));
            header = found.map(|(line, _)| *line);
            header?;
            divided(&rows, header).0
        } else {
            let width = rows.first().map_or(0, |(_, row)| row.len());
            let is_headed = rows.first().is_some_and(|(_, row)| {
                row.iter().any(|cell| plain_name(cell) == plain_name(&self.names[0]))
            });
            if width != self.names.len() {
                return None;
            }
            header = is_headed.then(|| rows.first().map_or(1, |(line, _)| *line));
            self.names.clone()
        };
        if !self.has_columns(&names) {
            return None;
        }
        let roles: IndexMap<String, &Column> =
            self.plan.columns.iter().map(|column| (plain_name(&column.name), column)).collect();
        // Of events, only what is gathered is read.
        let usual = if self.plan.shape == Shape::Events { Role::Ignore } else { Role::Keep };
        let columns = names
            .into_iter()
            .map(|name| match roles.get(&plain_name(&name)) {
                Some(column) => Column { name, ..(*column).clone() },
                None => Column { name, role: usual, ..Column::default() },
            })
            .collect();
        let decimal = guess.decimal;
        let plan = Plan { columns, header, decimal, text: guess.text.clone(), ..self.plan.clone() };
        Some(with_stances(sheet, plan))
    }

    /// True if all columns with a role are there.
    fn has_columns(&self, names: &[String]) -> bool {
        let names: Vec<String> = names.iter().map(|name| plain_name(name)).collect();
        let is_wanted = |column: &&Column| !matches!(column.role, Role::Keep | Role::Ignore);
        let mut wanted = self.plan.columns.iter().filter(is_wanted).peekable();
        wanted.peek().is_some() && wanted.all(|column| names.contains(&plain_name(&column.name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_that_comes_with_the_program_has_its_ends() {
        let presets = known();
        assert!(presets.len() > 6);
        for preset in presets {
            assert_eq!(preset.plan.obstacle(), None, "{}", preset.name);
        }
    }
}
