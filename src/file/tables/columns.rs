//! The cells of a row by the roles of their columns.

use csv::StringRecord;
use indexmap::IndexMap;
use serde_json::Value;

use super::plan::{Choice, Plan};
use super::role::Role;
use super::states;
use super::value::{Dated, date_in_order, is_gap, is_no_number, number};
use crate::file::formats::draft::Direction;
use crate::model::Stance;

/// Why a cell could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// The index of the column.
    pub column: usize,
    pub reason: String,
}

/// A plan, with the column of each role looked up.
pub(super) struct Columns<'a> {
    plan: &'a Plan,
    /// The columns of each role, by its place in [`Role`].
    by_role: IndexMap<Role, Vec<usize>>,
}

/// The stance of a row, and how strongly it is meant where it is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    pub stance: Stance,
    pub size: Option<f64>,
}

impl<'a> Columns<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        let mut by_role: IndexMap<Role, Vec<usize>> = IndexMap::new();
        for (at, column) in plan.columns.iter().enumerate() {
            by_role.entry(column.role).or_default().push(at);
        }
        Self { plan, by_role }
    }

    /// The columns with a role.
    pub fn all(&self, role: Role) -> &[usize] {
        self.by_role.get(&role).map_or(&[], Vec::as_slice)
    }

    /// The first column with a role.
    pub fn first(&self, role: Role) -> Option<usize> {
        self.all(role).first().copied()
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.plan.columns.len()
    }

    pub fn name(&self, column: usize) -> &'a str {
        self.plan.columns.get(column).map_or("", |column| column.name.as_str())
    }

    /// The text of a cell without blanks around it; empty if it stands for no value.
    pub fn cell<'r>(&self, row: &'r StringRecord, column: usize) -> &'r str {
        let text = row.get(column).map_or("", trimmed);
        let Some(column) = self.plan.columns.get(column) else { return text };
        if column.has_gaps && is_gap(text) {
            return "";
        }
        // Numbers that name something were made fractions by another program.
        let is_name = matches!(column.role, Role::From | Role::To | Role::Id | Role::Paragraph);
        match text.strip_suffix(".0").filter(|_| is_name) {
            Some(whole) if whole.bytes().all(|byte| byte.is_ascii_digit()) => whole,
            _ => text,
        }
    }

    /// The text of the first column with a role; empty if there is none.
    pub fn text<'r>(&self, row: &'r StringRecord, role: Role) -> &'r str {
        self.first(role).map_or("", |column| self.cell(row, column))
    }

    /// The name of an actor that has only an id in a row: a state by its number.
    pub fn name_of_code(&self, id: &str) -> &'static str {
        if self.plan.states { states::name(id) } else { "" }
    }

    /// The date in the first column with a role.
    pub fn date(&self, row: &StringRecord, role: Role) -> Dated {
        date_in_order(self.text(row, role), self.plan.is_day_first)
    }

    /// The texts of all columns with a role that are not empty.
    pub fn texts<'r>(&self, row: &'r StringRecord, role: Role) -> Vec<&'r str> {
        let texts = self.all(role).iter().map(|column| self.cell(row, *column));
        texts.filter(|text| !text.is_empty()).collect()
    }

    /// The number in a column; `None` if the cell is empty or stands for no value.
    pub fn number_in(&self, row: &StringRecord, column: usize) -> Result<Option<f64>, Wrong> {
        let text = self.cell(row, column);
        match number(text, self.plan.decimal) {
            Some(number) => Ok(Some(number)),
            None if is_no_number(text) => Ok(None),
            None => Err(Wrong { column, reason: format!("“{}” is no number", brief(text)) }),
        }
    }

    /// The number of the first column with a role.
    pub fn number(&self, row: &StringRecord, role: Role) -> Result<Option<f64>, Wrong> {
        self.first(role).map_or(Ok(None), |column| self.number_in(row, column))
    }

    /// The stance of a row; `None` if the row is to be skipped.
    pub fn stance(&self, row: &StringRecord) -> Option<Stand> {
        let text = self.text(row, Role::Stance);
        let size = number(text, self.plan.decimal);
        let choice = match (self.plan.stances.get(text), size) {
            (Some(choice), _) => *choice,
            (None, Some(number)) => self.by_number(number),
            (None, None) => Choice::Neutral,
        };
        choice.stance().map(|stance| Stand { stance, size: size.map(f64::abs) })
    }

    fn by_number(&self, number: f64) -> Choice {
        let [low, high] = self.plan.thresholds;
        if number < low || number <= low && low < 0.0 {
            Choice::Hostile
        } else if number > high || number >= high && high > 0.0 {
            Choice::Cooperative
        } else {
            Choice::Neutral
        }
    }

    /// Which way a tie points.
    pub fn direction(&self, row: &StringRecord) -> Direction {
        let usual = if self.plan.is_directed { Direction::Forward } else { Direction::None };
        let Some(column) = self.first(Role::Direction) else { return usual };
        match self.cell(row, column).to_lowercase().as_str() {
            "directed" | "1" | "true" | "yes" | "forward" | "->" | "→" | "x" => {
                Direction::Forward
            }
            "reversed" | "backward" | "<-" | "←" => Direction::Backward,
            "" if self.name(column).to_lowercase().starts_with("direction") => usual,
            _ => Direction::None,
        }
    }

    /// The cells that have no place in a map, by the names of their columns.
    pub fn kept(&self, row: &StringRecord) -> IndexMap<String, Value> {
        let cells = self.all(Role::Keep).iter();
        let cells = cells.map(|column| (self.name(*column), self.cell(row, *column)));
        let cells = cells.filter(|(_, text)| !text.is_empty());
        cells.map(|(name, text)| (name.to_owned(), Value::from(text))).collect()
    }
}

/// A text without blanks and invisible signs around it.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| {
        letter.is_whitespace()
            || matches!(letter, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
    })
}

/// The start of a text, for messages.
pub(super) fn brief(text: &str) -> String {
    crate::model::words::cut_to(text, 40)
}
