//! Pajek networks: vertices with positions, and ties by stance; the values of hostile ones are
//! negative.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::ExchangeFormat;
use crate::model::words::counted;
use crate::model::{ActorId, Map, Relation, Stance};

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
    let kinds = map.relations.iter().filter(|tie| !tie.kind.0.is_empty()).count();
    let dated = map.relations.iter().filter(|tie| tie.start.or(tie.end).is_some()).count();
    let wholes = map.actors.iter().filter(|actor| actor.part_of.is_some()).count();
    let mut lost = vec!["ids, and the kinds and notes of actors".to_owned()];
    let all = [
        (kinds, "kind of tie", "kinds of ties"),
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
    for (number, stance) in Stance::ALL.iter().enumerate() {
        for is_directed in [true, false] {
            let of_both = |tie: &&Relation| tie.stance == *stance && tie.directed == is_directed;
            let ties: Vec<&Relation> = map.relations.iter().filter(of_both).collect();
            if ties.is_empty() {
                continue;
            }
            let section = if is_directed { "Arcs" } else { "Edges" };
            let _ = writeln!(out, "*{section} :{} \"{}\"", number + 1, stance.key());
            for tie in ties {
                let (Some(from), Some(to)) = (numbers.get(&tie.from), numbers.get(&tie.to)) else {
                    continue;
                };
                let sign = if *stance == Stance::Hostile { "-" } else { "" };
                // A tie of strength 0 would be none.
                let _ = writeln!(out, "{from} {to} {sign}{}", tie.strength.value().max(1));
            }
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
