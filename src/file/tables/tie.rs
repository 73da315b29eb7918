//! What a row says of a tie.

use csv::StringRecord;

use super::columns::{Columns, Wrong, brief};
use super::role::Role;

/// What a row says of a tie.
pub(super) struct Tie<'a> {
    pub from: &'a str,
    pub to: &'a str,
    /// The key of the stance.
    pub stance: &'static str,
    /// The size of a number that tells the stance.
    pub size: Option<f64>,
    pub strength: Option<f64>,
    /// The names of the two, where `from` and `to` are ids; empty if the row does not have them.
    pub names: [&'a str; 2],
    /// Counts of what is friendly and what is hostile, where a row has both.
    pub counts: (Option<f64>, Option<f64>),
    /// The names of the columns with the largest of these counts.
    pub counted: [&'a str; 2],
}

impl<'a> Tie<'a> {
    /// `None` if the row is to be skipped.
    pub fn of(row: &'a StringRecord, columns: &Columns<'a>) -> Result<Option<Self>, Wrong> {
        let (from, to) = ends(row, columns)?;
        let Some(stand) = columns.stance(row) else { return Ok(None) };
        let strength = columns.number(row, Role::Strength)?;
        let mut counted = [""; 2];
        let mut sums = [None; 2];
        for (at, role) in [Role::Cooperation, Role::Hostility].into_iter().enumerate() {
            let mut largest = 0.0;
            for column in columns.all(role) {
                let number = columns.number_in(row, *column)?.unwrap_or(0.0).max(0.0);
                sums[at] = Some(sums[at].unwrap_or(0.0) + number);
                if number > largest {
                    largest = number;
                    counted[at] = columns.name(*column);
                }
            }
        }
        let counts = (sums[0], sums[1]);
        let is_empty = |count: Option<f64>| count.is_none_or(|count| count == 0.0);
        if counts != (None, None) && is_empty(counts.0) && is_empty(counts.1) {
            // Nothing happened between the two.
            return Ok(None);
        }
        let names = [(Role::FromName, from), (Role::ToName, to)].map(|(role, id)| {
            let name = columns.text(row, role);
            if name.is_empty() { columns.name_of_code(id) } else { name }
        });
        let (stance, size) = (stand.stance.key(), stand.size);
        Ok(Some(Self { from, to, stance, size, strength, names, counts, counted }))
    }
}

/// The two actors of a row.
fn ends<'a>(row: &'a StringRecord, columns: &Columns<'_>) -> Result<(&'a str, &'a str), Wrong> {
    if let Some(column) = columns.first(Role::Pair) {
        let cell = columns.cell(row, column);
        return pair(cell).ok_or_else(|| Wrong {
            column,
            reason: format!("“{}” is not two names joined by one hyphen", brief(cell)),
        });
    }
    let end = |role: Role, which: &str| {
        let column = columns.first(role).unwrap_or_default();
        let text = columns.cell(row, column);
        let missing = || Wrong { column, reason: format!("the row has no {which} actor") };
        if text.is_empty() { Err(missing()) } else { Ok(text) }
    };
    Ok((end(Role::From, "first")?, end(Role::To, "second")?))
}

/// Two names joined by one hyphen, or by a dash between blanks. A number after them counts the
/// rivalries of the two.
fn pair(cell: &str) -> Option<(&str, &str)> {
    let parts = [" - ", " – ", " — ", "–", "—", "-"].into_iter().find_map(|joint| {
        let (one, two) = cell.split_once(joint)?;
        (!two.contains(joint)).then_some((one.trim(), two.trim()))
    });
    let (one, two) = parts.filter(|(one, two)| !one.is_empty() && !two.is_empty())?;
    let bare = two.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let two = if bare.len() < two.len() && bare.ends_with(' ') { bare.trim_end() } else { two };
    Some((one, two))
}
