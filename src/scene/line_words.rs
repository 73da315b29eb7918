//! Lines in words: what they stand for, and how firm that is.

use super::lines::Lines;
use crate::model::citation::{self, isolated};
use crate::model::query::Index;
use crate::model::words::counted;
use crate::model::{LineIndex, Map, RelationIndex, Stance, Status};

/// A line in words: the tie that it stands for, or its ends and [`counts`].
#[must_use]
pub fn line(map: &Map, index: &Index, lines: &Lines, at: LineIndex) -> String {
    let ties = lines.ties(at);
    let Some(line) = lines.get(at) else { return String::new() };
    if let [tie] = ties
        && index.ends(*tie).is_some_and(|(from, to)| [from, to] == line.ends)
    {
        return map
            .relations
            .get(*tie)
            .map_or_else(String::new, |tie| citation::tie(map, index, tie));
    }
    let [from, to] = line.ends.map(|end| {
        map.actors.get(end).map_or_else(String::new, |actor| isolated(&actor.name).into_owned())
    });
    format!("{from} {} {to}: {}", line.arrow(), counts(map, ties))
}

/// `5 hostile ties: 2 reported, 3 inferred`; of several stances, one after the other.
#[must_use]
pub fn counts(map: &Map, ties: &[RelationIndex]) -> String {
    let ties = || ties.iter().filter_map(|tie| map.relations.get(*tie));
    let of_stance = |stance: &Stance| {
        let ties = || ties().filter(|tie| tie.stance == *stance);
        let count = ties().count();
        let firmness = |status: &Status| {
            let count = ties().filter(|tie| tie.status == *status).count();
            (count > 0).then_some((count, *status))
        };
        let firmness: Vec<(usize, Status)> = Status::ALL.iter().filter_map(firmness).collect();
        let words = |(count, status): &(usize, Status)| format!("{count} {}", status.key());
        let how = match firmness.as_slice() {
            [] => return None,
            [(1, status)] => status.key().to_owned(),
            [(2, status)] => format!("both {}", status.key()),
            [(_, status)] => format!("all {}", status.key()),
            several => several.iter().map(words).collect::<Vec<_>>().join(", "),
        };
        Some(format!("{}: {how}", counted(count, &format!("{} tie", stance.words()))))
    };
    Stance::ALL.iter().filter_map(of_stance).collect::<Vec<_>>().join("; ")
}
