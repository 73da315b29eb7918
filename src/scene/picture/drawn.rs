//! The features of a picture that its legend has to explain.

use foldhash::HashSet;

use crate::model::view::{Membership, SizeBy};
use crate::model::{ActorId, ActorIndex, Map, Stance, Status};
use crate::scene::lines::{Firmness, Line};
use crate::scene::shown::Shown;
use crate::scene::view::View;

use super::shape::Build;

/// The features of a picture that its legend has to explain.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent features")]
pub struct Drawn {
    /// Sorted, without duplicates.
    pub stances: Vec<Stance>,
    /// Sorted, without duplicates.
    pub statuses: Vec<Status>,
    /// Of the actors; in the order of [`Build::ALL`].
    pub shapes: Vec<Build>,
    /// `Nothing` if no actor that is drawn is part of another one that is.
    pub membership: Membership,
    /// True if a line has a number.
    pub numbers: bool,
    /// True if lines differ in strength.
    pub widths: bool,
    /// True if a line has no arrowhead.
    pub undirected: bool,
    /// True if a line for a single tie has a filled circle.
    pub filled: bool,
    /// True if a line for a single tie has an open circle.
    pub open: bool,
    /// Lines for several ties of one stance: whether there are any of which all, some, none are
    /// reported.
    pub counts: [bool; 3],
    /// True if a shape stands for its parts.
    pub folded: bool,
    /// Number of camps, if shapes are tinted by camp.
    pub camps: u16,
    /// What the size of shapes shows; `None` if they have one size.
    pub size: Option<SizeBy>,
    /// True if there are so many lines that they are counted where they are not seen close up.
    pub is_counted: bool,
    /// The highest number of ties in a pixel of the picture, if lines are counted in it.
    pub busiest: Option<u32>,
}

impl Drawn {
    /// The features of a picture of these lines.
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let mut drawn = Self { membership: Membership::Nothing, ..Self::default() };
        let mut strengths = Vec::new();
        for line in lines {
            let has_head = line.strands().any(|strand| strand.heads.contains(&true));
            drawn.undirected |= !has_head;
            for strand in line.strands() {
                if !drawn.stances.contains(&strand.stance) {
                    drawn.stances.push(strand.stance);
                }
                if !drawn.statuses.contains(&strand.status) {
                    drawn.statuses.push(strand.status);
                }
                let firmness = match strand.firmness() {
                    Firmness::Reported => 0,
                    Firmness::Mixed => 1,
                    Firmness::Unreported => 2,
                };
                if strand.count > 1 {
                    drawn.counts[firmness] = true;
                } else {
                    drawn.filled |= firmness == 0 && strand.stance != Stance::Neutral;
                    drawn.open |= firmness == 2 && strand.stance != Stance::Neutral;
                }
                if !strengths.contains(&strand.strength) {
                    strengths.push(strand.strength);
                }
            }
        }
        drawn.stances.sort_unstable();
        drawn.statuses.sort_unstable();
        drawn.widths = strengths.len() > 1;
        drawn
    }

    /// The features of a picture of `map` in this view.
    #[must_use]
    pub fn in_view(map: &Map, view: &View, shown: &Shown) -> Self {
        let wholes: HashSet<&ActorId> =
            shown.actors().filter_map(|actor| map.actors[actor].part_of.as_deref()).collect();
        let is_whole =
            |actor: ActorIndex| shown.is_drawn(actor) && wholes.contains(&map.actors[actor].id);
        let has_parts = !wholes.is_empty() && map.actors.keys().any(is_whole);
        let mut shapes: Vec<Build> = Vec::new();
        for build in shown.actors().map(|actor| Build::of(&map.actors[actor].kind)) {
            if !shapes.contains(&build) {
                shapes.push(build);
            }
        }
        shapes.sort_unstable();
        let has_excerpts =
            || shown.ties().iter().any(|tie| !map.relations[*tie].evidence.is_empty());
        Self {
            membership: if has_parts { view.settings.membership } else { Membership::Nothing },
            numbers: view.numbers && has_excerpts(),
            shapes,
            folded: shown.folded() > 0,
            camps: shown
                .actors()
                .filter_map(|actor| view.camp(actor))
                .max()
                .map_or(0, |last| last + 1),
            is_counted: shown.lines().len() > crate::scene::lines::DRAWN_AT_MOST,
            size: Some(view.settings.size)
                .filter(|_| shown.actors().any(|at| shown.size(at) > 0.0)),
            ..Self::of(shown.lines().list().iter())
        }
    }
}
