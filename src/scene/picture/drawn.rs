//! The features of a picture that its legend has to explain.

use crate::model::{Map, Relation, RelationIndex, Stance, Status};
use crate::scene::view::{Membership, View};

/// The features of a picture that its legend has to explain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// Sorted, without duplicates.
    pub stances: Vec<Stance>,
    /// Sorted, without duplicates.
    pub statuses: Vec<Status>,
    /// `Nothing` if no actor is part of another.
    pub membership: Membership,
    /// True if a tie has a number.
    pub numbers: bool,
    /// True if ties differ in strength.
    pub widths: bool,
    /// True if a tie is undirected.
    pub undirected: bool,
}

impl Drawn {
    /// The features of a picture of these relations.
    pub fn of<'a>(
        relations: impl Iterator<Item = &'a Relation>,
        membership: Membership,
        numbers: bool,
    ) -> Self {
        let mut drawn = Self { membership, ..Self::default() };
        let mut strengths = Vec::new();
        for relation in relations {
            drawn.stances.push(relation.stance);
            drawn.statuses.push(relation.status);
            drawn.undirected |= !relation.directed;
            drawn.numbers |= numbers && !relation.evidence.is_empty();
            if !strengths.contains(&relation.strength) {
                strengths.push(relation.strength);
            }
        }
        drawn.stances.sort_unstable();
        drawn.stances.dedup();
        drawn.statuses.sort_unstable();
        drawn.statuses.dedup();
        drawn.widths = strengths.len() > 1;
        drawn
    }

    /// The features of a picture of `map` with the ties in `shown`.
    #[must_use]
    pub fn in_view(map: &Map, view: &View, shown: &[RelationIndex]) -> Self {
        let has_parts = map.actors.iter().any(|actor| actor.part_of.is_some());
        let membership = if has_parts { view.membership } else { Membership::Nothing };
        let relations = shown.iter().filter_map(|relation| map.relations.get(*relation));
        Self::of(relations, membership, view.numbers)
    }
}
