//! How a sheet is read: what its rows are, where they start, and what each column means.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::form::Told;
use super::header_names::plain_name;
use super::role::Role;
use super::states::is_column;
use crate::model::Stance;
use crate::named::Named;

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A tie in each row.
    #[default]
    Ties,
    /// An actor in each row.
    Actors,
    /// The names of actors in the first row and the first column; a tie in each other cell.
    Matrix,
    /// An actor at the start of each row, and those it has ties with after it.
    Neighbours,
    /// Many rows for the same two actors: events, which are counted.
    Events,
    /// The sheet is not read.
    Nothing,
}

impl Named for Shape {
    const ALL: &'static [Self] =
        &[Self::Ties, Self::Actors, Self::Events, Self::Matrix, Self::Neighbours, Self::Nothing];

    fn key(self) -> &'static str {
        match self {
            Self::Ties => "ties",
            Self::Actors => "actors",
            Self::Events => "events",
            Self::Matrix => "matrix",
            Self::Neighbours => "neighbours",
            Self::Nothing => "nothing",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Ties => "a tie in each row",
            Self::Actors => "an actor in each row",
            Self::Events => "an event in each row; those of the same two actors are counted",
            Self::Matrix => "actors in the first row and the first column, ties in the cells",
            Self::Neighbours => "an actor first in each row, after it those it has ties with",
            Self::Nothing => "the sheet is not read",
        }
    }
}

/// What a value of the stance column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Hostile,
    Cooperative,
    Mixed,
    Neutral,
    /// Rows with this value are not read.
    Skip,
}

impl Named for Choice {
    const ALL: &'static [Self] =
        &[Self::Hostile, Self::Cooperative, Self::Mixed, Self::Neutral, Self::Skip];

    fn key(self) -> &'static str {
        match self {
            Self::Hostile => "hostile",
            Self::Cooperative => "cooperative",
            Self::Mixed => "mixed",
            Self::Neutral => "neutral",
            Self::Skip => "skip",
        }
    }
}

impl Choice {
    /// The stance; `None` for rows that are not read.
    #[must_use]
    pub fn stance(self) -> Option<Stance> {
        match self {
            Self::Hostile => Some(Stance::Hostile),
            Self::Cooperative => Some(Stance::Cooperative),
            Self::Mixed => Some(Stance::Mixed),
            Self::Neutral => Some(Stance::Neutral),
            Self::Skip => None,
        }
    }
}

impl From<Stance> for Choice {
    fn from(stance: Stance) -> Self {
        match stance {
            Stance::Hostile => Self::Hostile,
            Stance::Cooperative => Self::Cooperative,
            Stance::Mixed => Self::Mixed,
            Stance::Neutral => Self::Neutral,
        }
    }
}

/// The sign between whole numbers and their fractions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    #[default]
    Point,
    Comma,
}

/// A column, by the name in the header, or by its number from 1 where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    #[serde(default)]
    pub role: Role,
    /// True if `NA` and the like stand for no value here. In a column of names they can be names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_gaps: bool,
}

/// How the rows of a sheet are read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    pub shape: Shape,
    /// How the text is read, where the user has decided it.
    pub text: Told,
    /// The line of the header, from 1; `None` if there is no header.
    pub header: Option<u64>,
    /// The columns of the table from left to right, each with its name and its role.
    pub columns: Vec<Column>,
    pub decimal: Decimal,
    /// True if ties without a column for it have a direction.
    pub is_directed: bool,
    /// True if the day comes first in dates such as `2/3/2012`, false if the month does; `None` if that
    /// is not known, and then only the year is read.
    #[serde(skip)]
    pub is_day_first: Option<bool>,
    /// True if actors are numbers of states of the Correlates of War.
    pub states: bool,
    /// What the values of the stance column stand for.
    pub stances: IndexMap<String, Choice>,
    /// Numbers up to the first are hostile, those from the second cooperative, those between them
    /// neutral. Zero is neutral if both are zero.
    pub thresholds: [f64; 2],
}

impl Plan {
    /// The first column with this role, by its index.
    #[must_use]
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == role)
    }

    /// True if some column has this role.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.column(role).is_some()
    }

    /// True if the first actor of a tie may be the number of a state.
    #[must_use]
    pub fn states_are_likely(&self) -> bool {
        let from = self.column(Role::From).and_then(|at| self.columns.get(at));
        self.states || from.is_some_and(|from| is_column(&plain_name(&from.name)))
    }

    /// Sets the role of a column. Of the actors of a row there is one each.
    pub fn set(&mut self, column: usize, role: Role) {
        const ONCE: [Role; 5] = [Role::From, Role::To, Role::Pair, Role::Stance, Role::Name];
        if ONCE.contains(&role) {
            for other in &mut self.columns {
                if other.role == role {
                    other.role = Role::Keep;
                }
            }
        }
        if let Some(column) = self.columns.get_mut(column) {
            column.role = role;
        }
    }

    /// Why nothing can be read with this plan; `None` if something can.
    #[must_use]
    pub fn obstacle(&self) -> Option<&'static str> {
        let has_ends = self.has(Role::Pair) || self.has(Role::From) && self.has(Role::To);
        match self.shape {
            Shape::Ties | Shape::Events if !has_ends => {
                Some("choose the columns with the two actors of a tie: From and To")
            }
            Shape::Actors if !self.has(Role::Name) && !self.has(Role::Id) => {
                Some("choose the column with the names of the actors: Name")
            }
            _ => None,
        }
    }
}
