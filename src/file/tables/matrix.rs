//! Matrices and lists of neighbours.

use super::columns::trimmed;
use super::found::{Place, Read};
use super::plan::Plan;
use super::sheet::{Next, Sheet};
use super::value::{is_no_number, number, whole};
use crate::file::formats::draft::{Direction, Edge, Node};

/// The name of the actor without one.
const NAMELESS: &str = "(no name)";

fn name(text: &str) -> &str {
    let text = trimmed(text);
    if text.is_empty() { NAMELESS } else { text }
}

/// Reads a matrix: a tie for each number that is not zero. If all numbers are the same in both
/// directions, the ties have no direction. If some are negative, the sign is the stance.
pub(super) fn matrix(read: &mut Read, sheet: &Sheet, plan: &Plan) {
    let mut tops: Vec<String> = Vec::new();
    let mut cells: Vec<(usize, usize, f64)> = Vec::new();
    let mut sides: Vec<String> = Vec::new();
    sheet.for_each(|line, row| {
        if tops.is_empty() {
            tops = row.iter().skip(1).map(|top| name(top).to_owned()).collect();
            return Next::Continue;
        }
        let side = sides.len();
        sides.push(name(row.get(0).unwrap_or_default()).to_owned());
        read.rows += 1;
        for (top, cell) in row.iter().skip(1).enumerate().take(tops.len()) {
            match number(cell, plan.decimal) {
                Some(value) if value != 0.0 => cells.push((side, top, value)),
                Some(_) => {}
                None if is_no_number(cell) => {}
                None => {
                    let at = Place { sheet: &sheet.name, line, row };
                    let column = tops.get(top).cloned().unwrap_or_default();
                    let reason = format!("“{}” is no number", super::columns::brief(cell));
                    read.flaw(at, &column, reason, true);
                }
            }
        }
        Next::Continue
    });
    for actor in sides.iter().chain(&tops) {
        if !read.draft.nodes.contains_key(actor) {
            read.draft.add(actor, Node { name: actor.clone(), ..Node::default() });
        }
    }
    let is_signed = cells.iter().any(|(.., value)| *value < 0.0);
    let values: std::collections::HashMap<(usize, usize), u64> =
        cells.iter().map(|(side, top, value)| ((*side, *top), value.to_bits())).collect();
    let is_square = sides == tops.get(..sides.len().min(tops.len())).unwrap_or_default();
    let is_symmetric = is_square
        && values.iter().all(|((side, top), value)| values.get(&(*top, *side)) == Some(value));
    for (side, top, value) in cells {
        if is_symmetric && side > top {
            continue;
        }
        let (Some(from), Some(to)) = (sides.get(side), tops.get(top)) else { continue };
        let direction = if is_symmetric { Direction::None } else { Direction::Forward };
        let mut edge = Edge::new(from.clone(), to.clone(), direction);
        edge.rank = Some(value.abs());
        edge.more.insert("value".to_owned(), whole(value));
        if is_signed {
            let stance = if value < 0.0 { "hostile" } else { "cooperative" };
            stance.clone_into(&mut edge.stance);
        }
        read.draft.edges.push(edge);
    }
}

/// Reads lists of neighbours: from the actor at the start of a row to all others in it.
pub(super) fn neighbours(read: &mut Read, sheet: &Sheet) {
    sheet.for_each(|_, row| {
        let mut names = row.iter().map(trimmed).filter(|name| !name.is_empty());
        let Some(first) = names.next() else { return Next::Continue };
        read.rows += 1;
        if !read.draft.nodes.contains_key(first) {
            read.draft.add(first, Node { name: first.to_owned(), ..Node::default() });
        }
        for other in names {
            read.draft.edges.push(Edge::new(first, other, Direction::Forward));
        }
        Next::Continue
    });
}
