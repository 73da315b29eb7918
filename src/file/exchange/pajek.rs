//! Pajek networks: vertices with positions, and ties with their strength: negative for hostile ones,
//! 0 for mixed and neutral ones. The kind is the label of a line.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::ExchangeFormat;
use crate::model::words::counted;
use crate::model::{ActorId, Map, Stance};

/// Networks for Pajek.
pub(super) static PAJEK: ExchangeFormat = ExchangeFormat {
    name: "Pajek network",
    extension: "net",
    hint: "Signed networks for Pajek: hostile ties have negative values",
    comes_back: false,
    lost,
    write: |map| write(map).into_bytes(),
    ..ExchangeFormat::USUAL
};

fn lost(map: &Map) -> Vec<String> {
    let unsigned = map
        .relations
        .iter()
        .filter(|tie| matches!(tie.stance, Stance::Mixed | Stance::Neutral))
        .count();
    let dated = map.relations.iter().filter(|tie| tie.start.or(tie.end).is_some()).count();
    let wholes = map.actors.iter().filter(|actor| actor.part_of.is_some()).count();
    let mut lost = vec!["ids, and the kinds and notes of actors".to_owned()];
    let all = [
        (unsigned, "mixed or neutral stance", "mixed and neutral stances"),
        (dated, "date", "dates"),
        (wholes, "membership", "memberships"),
    ];
    for (count, one, many) in all {
        match count {
            0 => {}
            1 => lost.push(counted(1, one)),
            count => lost.push(format!("{count} {many}")),
        }
    }
    lost
}

fn write(map: &Map) -> String {
    let mut out = String::new();
    let title = map.meta.title.replace(['\n', '\r'], " ");
    if !title.trim().is_empty() {
        let _ = writeln!(out, "*Network {}", title.trim());
    }
    let _ = writeln!(out, "*Vertices {}", map.actors.len());
    let place = places(map);
    let mut numbers: HashMap<&ActorId, usize> = HashMap::new();
    for (number, actor) in map.actors.iter().enumerate() {
        numbers.insert(&actor.id, number + 1);
        let name = actor.name.replace('"', "'").replace(['\n', '\r'], " ");
        let _ = write!(out, "{} \"{}\"", number + 1, name.trim());
        if let Some((x, y)) = place(&actor.id) {
            let _ = write!(out, " {x:.4} {y:.4} 0.5");
        }
        out.push('\n');
    }
    for (section, is_directed) in [("Arcs", true), ("Edges", false)] {
        let mut ties = map.relations.iter().filter(|tie| tie.directed == is_directed).peekable();
        if ties.peek().is_none() {
            continue;
        }
        let _ = writeln!(out, "*{section}");
        for tie in ties {
            let (Some(from), Some(to)) = (numbers.get(&tie.from), numbers.get(&tie.to)) else {
                continue;
            };
            // A tie of strength 0 would be none.
            let strength = i32::from(tie.strength.value().max(1));
            let value = match tie.stance {
                Stance::Hostile => -strength,
                Stance::Cooperative => strength,
                Stance::Mixed | Stance::Neutral => 0,
            };
            let words = tie.kind.words().unwrap_or_else(|| tie.stance.words().to_owned());
            let words = words.replace('"', "'").replace(['\n', '\r'], " ");
            let _ = writeln!(out, "{from} {to} {value} l \"{words}\"");
        }
    }
    out
}

/// Positions from 0 to 1, as Pajek has them, with equal scales.
fn places(map: &Map) -> impl Fn(&ActorId) -> Option<(f64, f64)> + use<'_> {
    let all = || map.layout.values();
    let low = |of: fn(&crate::model::Placement) -> f64| all().map(of).fold(f64::INFINITY, f64::min);
    let high =
        |of: fn(&crate::model::Placement) -> f64| all().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (left, top) = (low(|at| at.x), low(|at| at.y));
    let side = (high(|at| at.x) - left).max(high(|at| at.y) - top);
    move |id: &ActorId| {
        let at = map.layout.get(id).filter(|_| side > 0.0)?;
        Some((0.05 + 0.9 * (at.x - left) / side, 0.05 + 0.9 * (at.y - top) / side))
    }
}
