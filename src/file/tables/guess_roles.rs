//! Guesses what the columns of a sheet mean, from their names and their values.

use std::collections::HashSet;

use csv::StringRecord;

use super::header_names::{by_name, plain_name};
use super::plan::{Column, Decimal, Shape};
use super::role::Role;
use super::value::{Dated, date, is_no_number, number, usual_choice};

/// How many columns are compared with each other.
const COMPARED: usize = 14;

/// The columns of a sheet and its first rows.
pub(super) struct Guesser<'a> {
    pub names: &'a [Column],
    pub rows: &'a [(u64, StringRecord)],
    pub decimal: Decimal,
}

impl Guesser<'_> {
    /// The values of a column that are not empty.
    fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |(_, row)| row.get(column).map(str::trim));
        cells.filter(|cell| !cell.is_empty())
    }

    /// True if a column has values, and all of them fit.
    fn are_all(&self, column: usize, fits: impl Fn(&str) -> bool) -> bool {
        let mut values = self.values(column).peekable();
        values.peek().is_some() && values.all(fits)
    }

    /// True if the other values of a column are few enough to be mistakes.
    fn are_most(fitting: usize, others: usize) -> bool {
        others * 2 < fitting
    }

    /// True if the values of a column are numbers, but for a few.
    fn is_numeric(&self, column: usize) -> bool {
        let is_number = |value: &&str| number(value, self.decimal).is_some();
        let numbers = self.values(column).filter(is_number).count();
        let is_other = |value: &&str| !is_number(value) && !is_no_number(value);
        let others = self.values(column).filter(is_other).count();
        numbers > 0 && Self::are_most(numbers, others)
    }

    /// The shape of the sheet and the role of each column.
    pub fn roles(&self) -> (Shape, Vec<Role>) {
        let mut roles: Vec<Role> = (0..self.names.len()).map(|at| self.named(at)).collect();
        let ends = self.ends(&roles);
        let Some((from, to)) = ends else {
            self.free_ends(&mut roles);
            let is_named = roles.contains(&Role::Name);
            if let Some(pair) = self.pair().filter(|_| !is_named) {
                roles[pair] = Role::Pair;
                self.of_ties(&mut roles);
                return (Shape::Ties, roles);
            }
            self.of_actors(&mut roles);
            let has_name = roles.iter().any(|role| matches!(role, Role::Name | Role::Id));
            return (if has_name { Shape::Actors } else { Shape::Nothing }, roles);
        };
        self.free_ends(&mut roles);
        roles[from] = Role::From;
        roles[to] = Role::To;
        self.of_ties(&mut roles);
        (Shape::Ties, roles)
    }

    /// Takes the roles of the two actors from columns that have them by name alone. A source can also
    /// be where the words stand.
    fn free_ends(&self, roles: &mut [Role]) {
        for (role, column) in roles.iter_mut().zip(self.names) {
            if matches!(role, Role::From | Role::To) {
                let is_source = plain_name(&column.name) == "source";
                *role = if is_source { Role::Source } else { Role::Keep };
            }
        }
    }

    /// The role of a column by its name, if its values fit.
    fn named(&self, column: usize) -> Role {
        let Some(role) = by_name(&self.names[column].name) else { return Role::Keep };
        let fits = match role {
            Role::Strength | Role::Cooperation | Role::Hostility | Role::X | Role::Y => {
                self.is_numeric(column) || self.values(column).next().is_none()
            }
            Role::Start | Role::End => {
                let is_unknown = |value: &&str| date(value) == Dated::Unknown;
                let unknown = self.values(column).filter(is_unknown).count();
                unknown <= self.values(column).count() - unknown
            }
            _ => true,
        };
        match (fits, role) {
            (true, _) => role,
            // Words for the stance.
            (false, Role::Hostility) => Role::Stance,
            (false, _) => Role::Keep,
        }
    }

    /// The columns of the two actors.
    fn ends(&self, roles: &[Role]) -> Option<(usize, usize)> {
        let first = |role: Role| roles.iter().position(|other| *other == role);
        if let (Some(from), Some(to)) = (first(Role::From), first(Role::To)) {
            return Some((from, to));
        }
        self.twins().or_else(|| self.without_names(roles))
    }

    /// Two columns whose names differ only by `1` and `2`, `A` and `B`, or `i` and `j`.
    fn twins(&self) -> Option<(usize, usize)> {
        const PAIRS: [(&str, &str); 5] =
            [("1", "2"), ("a", "b"), ("i", "j"), ("x", "y"), ("from", "to")];
        let names: Vec<String> = self.names.iter().map(|column| plain_name(&column.name)).collect();
        for (at, name) in names.iter().enumerate() {
            for (one, two) in PAIRS {
                let whole = name == one;
                let Some(stem) = name.strip_suffix(one).filter(|stem| whole || stem.len() > 1)
                else {
                    continue;
                };
                // Coordinates are no actors.
                if whole && one == "x" {
                    continue;
                }
                let twin = format!("{stem}{two}");
                let found = names.iter().position(|other| *other == twin);
                if let Some(twin) = found
                    && self.values(at).next().is_some()
                    && !self.are_measures(at, twin)
                {
                    return Some((at, twin));
                }
            }
        }
        None
    }

    /// True if two columns hold quantities rather than names: fractions or negative numbers.
    fn are_measures(&self, one: usize, other: usize) -> bool {
        let is_measure =
            |value: &str| number(value, self.decimal).is_some_and(|number| number.fract() != 0.0);
        [one, other].into_iter().any(|column| self.values(column).any(is_measure))
    }

    /// Without names that are known: the two columns that have the most actors in common; of rows
    /// without a header, the first two.
    fn without_names(&self, roles: &[Role]) -> Option<(usize, usize)> {
        let is_named =
            self.names.iter().enumerate().any(|(at, column)| column.name != (at + 1).to_string());
        // Columns that are known as something else are no actors.
        let is_free = |column: &usize| {
            matches!(roles.get(*column), Some(Role::Keep | Role::From | Role::To))
                && self.values(*column).next().is_some()
        };
        if !is_named {
            let is_tie = is_free(&0) && is_free(&1);
            let is_text = !self.is_numeric(1) || self.is_numeric(0);
            return (is_tie && is_text).then_some((0, 1));
        }
        let free: Vec<(usize, HashSet<&str>)> = (0..roles.len().min(COMPARED))
            .filter(is_free)
            .filter(|column| !self.is_numeric(*column))
            .map(|column| (column, self.values(column).collect()))
            .collect();
        let mut best: Option<(usize, usize, usize)> = None;
        for (at, (one, values)) in free.iter().enumerate() {
            for (other, others) in free.iter().skip(at + 1) {
                let shared = values.intersection(others).count();
                let is_tie = shared > 0 && shared * 4 > values.len().min(others.len());
                // Few values that come again and again are kinds, not actors.
                let is_many = values.len().max(others.len()) > 2 && !self.are_alike(*one, *other);
                if is_tie && is_many && best.is_none_or(|(most, ..)| shared > most) {
                    best = Some((shared, *one, *other));
                }
            }
        }
        best.map(|(_, one, other)| (one, other))
    }

    /// True if two columns often have the same value in a row: few actors have ties with themselves.
    fn are_alike(&self, one: usize, other: usize) -> bool {
        let cells = self.rows.iter().filter_map(|(_, row)| row.get(one).zip(row.get(other)));
        let pairs: Vec<(&str, &str)> = cells
            .map(|(one, other)| (one.trim(), other.trim()))
            .filter(|pair| !pair.0.is_empty())
            .collect();
        pairs.iter().filter(|(one, other)| one.eq_ignore_ascii_case(other)).count() * 4
            > pairs.len()
    }

    /// A column with two names in each cell, joined by a hyphen.
    fn pair(&self) -> Option<usize> {
        let is_pair = |value: &str| {
            let parts: Vec<&str> = value.split(['-', '–', '—']).map(str::trim).collect();
            parts.len() == 2 && parts.iter().all(|part| part.starts_with(char::is_alphabetic))
        };
        (0..self.names.len())
            .find(|column| self.values(*column).count() > 2 && self.are_all(*column, is_pair))
    }

    /// Roles that mean something else for ties than for actors.
    fn of_ties(&self, roles: &mut [Role]) {
        const DIRECTIONS: [&str; 3] = ["directed", "undirected", "mutual"];
        for (at, role) in roles.iter_mut().enumerate() {
            let is_direction = |value: &str| DIRECTIONS.contains(&value.to_lowercase().as_str());
            if matches!(*role, Role::Kind | Role::Keep) && self.are_all(at, is_direction) {
                *role = Role::Direction;
            }
            // A place on the map belongs to an actor, a whole has parts.
            if matches!(*role, Role::X | Role::Y | Role::Alias | Role::PartOf) {
                *role = Role::Keep;
            }
        }
        let has = |roles: &[Role], role: Role| roles.contains(&role);
        // The name of a tie tells of which kind it is.
        if let Some(name) = roles.iter().position(|role| *role == Role::Name) {
            let is_free = !has(roles, Role::Kind)
                && self.values(name).any(|value| number(value, self.decimal).is_none());
            roles[name] = if is_free { Role::Kind } else { Role::Keep };
        }
        if has(roles, Role::Cooperation) != has(roles, Role::Hostility) {
            for role in
                roles.iter_mut().filter(|role| matches!(role, Role::Cooperation | Role::Hostility))
            {
                *role = Role::Strength;
            }
        }
        if has(roles, Role::Cooperation) {
            Self::once(roles);
            return;
        }
        if !has(roles, Role::Stance) {
            let column = self.stance(roles);
            if let Some(column) = column {
                roles[column] = Role::Stance;
            }
        }
        Self::once(roles);
    }

    /// The column that tells friend from foe: words that are known, or numbers of both signs.
    fn stance(&self, roles: &[Role]) -> Option<usize> {
        let is_free =
            |column: &usize| matches!(roles[*column], Role::Keep | Role::Kind | Role::Strength);
        let words = (0..roles.len()).filter(is_free).find(|column| {
            let values: HashSet<&str> = self.values(*column).collect();
            let known = values.iter().filter(|value| usual_choice(value).is_some()).count();
            values.len() <= 40 && known * 2 >= values.len() && known > 0
        });
        let is_signed = |column: &usize| {
            let numbers = || self.values(*column).filter_map(|value| number(value, self.decimal));
            self.is_numeric(*column)
                && numbers().any(|number| number < 0.0)
                // A lone spelling of "unknown", such as -9.
                && !numbers().all(|number| number >= 0.0 || is_no_number(&number.to_string()))
                && numbers().any(|number| number > 0.0)
        };
        let numbers = || (0..roles.len()).filter(is_free).find(is_signed);
        let unnamed = |column: &usize| matches!(roles[*column], Role::Strength);
        words.or_else(|| (0..roles.len()).filter(unnamed).find(is_signed)).or_else(numbers)
    }

    /// Roles that mean something else for actors than for ties.
    fn of_actors(&self, roles: &mut [Role]) {
        for role in roles.iter_mut() {
            if matches!(
                role,
                Role::Stance
                    | Role::Direction
                    | Role::Speaker
                    | Role::Cooperation
                    | Role::Hostility
                    | Role::Status
                    | Role::Start
                    | Role::End
            ) {
                *role = Role::Keep;
            }
        }
        Self::once(roles);
        let has_name = roles.contains(&Role::Name) || roles.contains(&Role::Id);
        if !has_name {
            let is_free = |column: &usize| roles[*column] == Role::Keep;
            let is_names = |column: &usize| {
                let values: HashSet<&str> = self.values(*column).collect();
                !self.is_numeric(*column)
                    && values.len() > 1
                    && values.len() * 10 >= self.values(*column).count() * 9
                    && values.iter().all(|value| value.chars().count() < 80)
            };
            if let Some(column) = (0..roles.len()).filter(is_free).find(is_names) {
                roles[column] = Role::Name;
            }
        }
    }

    /// Of columns with one role, only the first keeps it, but for texts.
    fn once(roles: &mut [Role]) {
        const MANY: [Role; 7] = [
            Role::Keep,
            Role::Ignore,
            Role::Note,
            Role::Source,
            Role::Cooperation,
            Role::Hostility,
            Role::Alias,
        ];
        for at in 1..roles.len() {
            let (before, rest) = roles.split_at_mut(at);
            if !MANY.contains(&rest[0]) && before.contains(&rest[0]) {
                rest[0] = Role::Keep;
            }
        }
    }
}
