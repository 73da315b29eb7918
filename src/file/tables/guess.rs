//! Guesses how a sheet is to be read, from the names of its columns and from its first rows.

use std::collections::HashSet;

use csv::StringRecord;
use indexmap::IndexMap;

use super::form::Told;
use super::guess_roles::Guesser;
use super::header_names::{by_name, plain_name};
use super::plan::{Choice, Column, Decimal, Plan, Shape};
use super::role::Role;
use super::sheet::{Next, Sheet};
use super::states;
use super::value::{Dated, date, is_day_first, number, usual_choice};

/// How many rows are looked at.
const ROWS: usize = 400;
/// How many rows the values of a column are counted in, and how many values are listed.
const COUNTED_ROWS: usize = 1_000_000;
pub(super) const VALUES_AT_MOST: usize = 400;
/// How many lines can stand before the header.
const LINES_BEFORE: usize = 30;

/// How `sheet` is probably to be read.
pub(super) fn guessed(sheet: &Sheet, told: &Told) -> Plan {
    let rows = sheet.first(ROWS);
    let width = usual_width(&rows);
    let mut plan = Plan { text: told.clone(), ..Plan::default() };
    if let Some(shape) = headless_shape(&rows, width) {
        plan.shape = shape;
        plan.columns = numbered(rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0));
        plan.decimal = decimal_of(&rows, sheet);
        return plan;
    }
    plan.header = header(&rows, width);
    with_header(sheet, plan)
}

/// The plan for another header, which the user has chosen.
pub(super) fn with_header(sheet: &Sheet, mut plan: Plan) -> Plan {
    let rows = sheet.first(ROWS);
    let (names, body) = divided(&rows, plan.header);
    plan.columns = names.into_iter().map(|name| Column { name, ..Column::default() }).collect();
    plan.decimal = decimal_of(body, sheet);
    let columns = Guesser { names: &plan.columns, rows: body, decimal: plan.decimal };
    let (shape, roles) = columns.roles();
    for (column, role) in plan.columns.iter_mut().zip(roles) {
        column.role = role;
    }
    plan.shape = shape;
    plan.is_directed = is_directed(&plan);
    let from = plan.column(Role::From).and_then(|at| plan.columns.get(at));
    plan.states = from.is_some_and(|from| states::is_column(&plain_name(&from.name)));
    with_stances(sheet, plan)
}

/// The plan, with every value of its stance column listed. Choices that were made stay.
pub(super) fn with_stances(sheet: &Sheet, mut plan: Plan) -> Plan {
    let counts = stance_counts(sheet, &plan);
    let known: Vec<String> = counts.into_iter().map(|(value, _)| value).collect();
    let mut stances = IndexMap::new();
    for value in known {
        let before = plan.stances.get(&value).copied();
        let choice = before.or_else(|| usual_choice(&value)).unwrap_or(Choice::Neutral);
        stances.insert(value, choice);
    }
    plan.stances = stances;
    plan.is_day_first = day_order(sheet, &plan);
    plan
}

/// Whether the day comes first in the dates of a sheet.
fn day_order(sheet: &Sheet, plan: &Plan) -> Option<bool> {
    let rows = sheet.first(ROWS);
    let columns: Vec<usize> =
        [Role::Start, Role::End].into_iter().filter_map(|role| plan.column(role)).collect();
    let cells =
        rows.iter().flat_map(|(_, row)| columns.iter().filter_map(|column| row.get(*column)));
    is_day_first(cells)
}

/// The values of the stance column that are no numbers, with their counts, the most frequent first.
pub(super) fn stance_counts(sheet: &Sheet, plan: &Plan) -> Vec<(String, usize)> {
    let Some(column) = plan.column(Role::Stance) else { return Vec::new() };
    let mut counts: IndexMap<String, usize> = IndexMap::new();
    let mut seen = 0;
    sheet.for_each(|line, row| {
        let is_body = plan.header.is_none_or(|header| line > header);
        let value = row.get(column).map_or("", str::trim);
        if is_body && !value.is_empty() && number(value, plan.decimal).is_none() {
            if let Some(count) = counts.get_mut(value) {
                *count += 1;
            } else if counts.len() < VALUES_AT_MOST {
                counts.insert(value.to_owned(), 1);
            }
        }
        seen += 1;
        if seen < COUNTED_ROWS { Next::Continue } else { Next::Stop }
    });
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// The names of the columns, and the rows after them.
pub(super) fn divided(
    rows: &[(u64, StringRecord)],
    header: Option<u64>,
) -> (Vec<String>, &[(u64, StringRecord)]) {
    let at = header.and_then(|line| rows.iter().position(|(other, _)| *other == line));
    let body = at.map_or(rows, |at| rows.get(at + 1..).unwrap_or_default());
    let width = body.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let Some((_, names)) = at.and_then(|at| rows.get(at)) else {
        return ((1..=width).map(|number| number.to_string()).collect(), body);
    };
    let mut taken = HashSet::new();
    // Where every row has a cell more than the header, the first column is without a name.
    let is_shifted =
        !body.is_empty() && body.iter().all(|(_, row)| filled(row) == filled(names) + 1);
    let name = |number: usize| {
        let at = if is_shifted { number.checked_sub(1) } else { Some(number) };
        let own = at.and_then(|at| names.get(at)).map_or("", str::trim).to_owned();
        let own = if own.is_empty() { (number + 1).to_string() } else { own };
        let mut name = own.clone();
        let mut copy = 2;
        while !taken.insert(name.clone()) {
            name = format!("{own} {copy}");
            copy += 1;
        }
        name
    };
    // Columns without a name and without values, at the right of the header, are none.
    let widest = body.iter().map(|(_, row)| filled(row)).max().unwrap_or(0);
    ((0..filled(names).max(widest)).map(name).collect(), body)
}

fn numbered(width: usize) -> Vec<Column> {
    (1..=width).map(|number| Column { name: number.to_string(), ..Column::default() }).collect()
}

/// The number of cells that most rows have.
fn usual_width(rows: &[(u64, StringRecord)]) -> usize {
    let widths: Vec<usize> = rows.iter().map(|(_, row)| filled(row)).collect();
    let count = |width: usize| widths.iter().filter(|other| **other == width).count();
    widths.iter().copied().max_by_key(|width| (count(*width), *width)).unwrap_or(0)
}

/// The number of cells up to the last that is not empty.
fn filled(row: &StringRecord) -> usize {
    let last = row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).last();
    last.map_or(0, |(last, _)| last + 1)
}

/// A matrix, or lists of neighbours; `None` if the rows are records.
fn headless_shape(rows: &[(u64, StringRecord)], width: usize) -> Option<Shape> {
    let (_, first) = rows.first()?;
    let tops: Vec<&str> = first.iter().skip(1).map(str::trim).collect();
    let sides: Vec<&str> =
        rows.iter().skip(1).map(|(_, row)| row.get(0).map_or("", str::trim)).collect();
    let is_same = tops.len() > 1
        && sides.len() >= tops.len().min(ROWS - 1)
        && tops.iter().zip(&sides).all(|(top, side)| top == side);
    if is_same {
        return Some(Shape::Matrix);
    }
    // Rows of different widths without numbers, and names at the start that occur once.
    let widths: HashSet<usize> = rows.iter().map(|(_, row)| row.len()).collect();
    let is_number = |cell: &str| number(cell, Decimal::Point).is_some();
    let has_numbers = rows.iter().any(|(_, row)| row.iter().any(is_number));
    let firsts: HashSet<&str> = rows.iter().filter_map(|(_, row)| row.get(0)).collect();
    let has_long_texts = rows.iter().any(|(_, row)| row.iter().any(|cell| cell.len() > 60));
    let known = |row: &StringRecord| row.iter().filter(|name| by_name(name).is_some()).count();
    let has_names =
        |(_, row): &(u64, StringRecord)| known(row) > 1 || row.len() > 1 && known(row) > 0;
    let has_header = rows.iter().take(LINES_BEFORE).any(has_names);
    let is_ragged = widths.len() > 2 || widths.len() == 2 && width < 2;
    (is_ragged && !has_numbers && !has_long_texts && !has_header && firsts.len() == rows.len())
        .then_some(Shape::Neighbours)
}

/// The line of the header: the first row as wide as most rows whose cells are names, and none a
/// number or a date. `None` if the first such row has values.
fn header(rows: &[(u64, StringRecord)], width: usize) -> Option<u64> {
    let is_value = |cell: &&str| {
        let is_date =
            matches!(date(cell), Dated::At(_)) && cell.bytes().any(|b| b.is_ascii_digit());
        number(cell, Decimal::Point).is_some() || number(cell, Decimal::Comma).is_some() || is_date
    };
    let known = |row: &StringRecord| row.iter().filter(|name| by_name(name).is_some()).count();
    let wide = rows.iter().take(LINES_BEFORE).filter(|(_, row)| {
        filled(row) * 2 > width
            && row.iter().filter(|cell| !cell.trim().is_empty()).count() * 2 > width
    });
    let candidates: Vec<&(u64, StringRecord)> = wide.collect();
    // A row with known names of columns is the header wherever it stands.
    let best = candidates.iter().max_by_key(|(line, row)| (known(row), std::cmp::Reverse(*line)));
    if let Some((line, _)) = best.filter(|(_, row)| known(row) > 1) {
        return Some(*line);
    }
    let (line, first) = candidates.first()?;
    let cells: Vec<&str> = first.iter().map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let distinct: HashSet<&&str> = cells.iter().collect();
    if cells.iter().any(is_value) || distinct.len() < cells.len() {
        return None;
    }
    // A row of texts above rows of texts is a header if its texts do not come again below, or if
    // one of them is known.
    let again = |cell: &&str| {
        let below = rows.iter().filter(|(other, _)| other > line);
        below.flat_map(|(_, row)| row.iter()).any(|other| other.trim() == *cell)
    };
    let has_values = rows.iter().any(|(_, row)| row.iter().any(|cell| is_value(&cell)));
    (known(first) > 0 || has_values || !cells.iter().any(again)).then_some(*line)
}

/// The decimal sign: a comma if some cells are numbers only with it.
fn decimal_of(rows: &[(u64, StringRecord)], sheet: &Sheet) -> Decimal {
    let cells = || rows.iter().flat_map(|(_, row)| row.iter());
    let has_fraction = |cell: &&str, sign: char| {
        cell.split_once(sign).is_some_and(|(_, rest)| {
            rest.trim().len() != 3 || !cell.starts_with(|c: char| ('1'..='9').contains(&c))
        })
    };
    let commas = cells()
        .filter(|cell| number(cell, Decimal::Comma).is_some() && has_fraction(cell, ','))
        .count();
    let points = cells()
        .filter(|cell| number(cell, Decimal::Point).is_some() && has_fraction(cell, '.'))
        .count();
    let is_possible = sheet.form().is_none_or(|form| form.separator != b',' || form.is_quoted);
    if is_possible && commas > points { Decimal::Comma } else { Decimal::Point }
}

/// True if ties have a direction, as the names of their ends say.
fn is_directed(plan: &Plan) -> bool {
    let name = plan.column(Role::From).and_then(|at| plan.columns.get(at));
    let name = plain_name(name.map_or("", |column| column.name.as_str()));
    // Ends that differ only by a number or a letter are on a par.
    let are_on_a_par = name.ends_with(['a', '1']) && !name.starts_with("actor");
    !are_on_a_par && plan.shape != Shape::Matrix && !plan.has(Role::Pair)
}
