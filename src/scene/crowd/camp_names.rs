//! The names of camps on a map whose actors are dots. A camp is named after the member with the
//! most ties.

use crate::geometry::{Point, Rect, point};
use crate::model::ActorIndex;
use crate::model::words::cut_to;
use crate::scene::picture::request::Request;
use crate::scene::primitive::{Anchor, Mark, Owner, Primitive, Text};
use crate::text::{Measure, Weight};

use super::sheet::Sheet;

/// Number of camps that are named, at most.
const CAMPS_AT_MOST: usize = 12;
/// Share of the actors in view that a camp needs in order to be named.
const SHARE: f32 = 0.015;
/// Font size, in pixels at scale 1.
const SIZE_PX: f32 = 16.0;
/// Most letters of a member's name.
const LETTERS_AT_MOST: usize = 32;

/// The name of a camp and its place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct CampName {
    pub rect: Rect,
    text: Text,
}

impl CampName {
    /// The name as a mark.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark { owner: Owner::Crowd, primitives: vec![Primitive::Text(self.text.clone())] }
    }
}

/// The names of the largest camps among `actors`, each in the middle of its members, none over
/// another.
#[must_use]
pub fn place(
    request: &Request<'_>,
    actors: &[ActorIndex],
    sheet: &Sheet,
    measure: &dyn Measure,
) -> Vec<CampName> {
    let mut members: Vec<Vec<ActorIndex>> = Vec::new();
    for actor in actors.iter().filter(|actor| sheet.area.contains(request.positions[**actor])) {
        if let Some(camp) = request.view.camp(*actor).map(usize::from) {
            if members.len() <= camp {
                members.resize(camp + 1, Vec::new());
            }
            members[camp].push(*actor);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a number of actors")]
    members.retain(|members| members.len() as f32 >= SHARE * actors.len() as f32);
    members.sort_by_key(|members| std::cmp::Reverse(members.len()));
    members.truncate(CAMPS_AT_MOST);
    let size = SIZE_PX * request.scale / request.zoom;
    let mut names: Vec<CampName> = Vec::new();
    for members in &members {
        let Some(name) = named(request, members, size, measure) else { continue };
        if names.iter().all(|other| other.rect.overlap(&name.rect) <= 0.0) {
            names.push(name);
        }
    }
    names
}

fn named(
    request: &Request<'_>,
    members: &[ActorIndex],
    size: f32,
    measure: &dyn Measure,
) -> Option<CampName> {
    let by_ties = |actor: &&ActorIndex| (request.shown.degree(**actor), std::cmp::Reverse(**actor));
    let member = *members.iter().max_by_key(by_ties)?;
    let actor = request.map.actors.get(member)?;
    let name = actor.short.as_deref().unwrap_or(&actor.name);
    let content = format!("Camp of {}", cut_to(name.trim(), LETTERS_AT_MOST));
    let middle = middle_of(request, members);
    let width = measure.width(&content, size, Weight::Bold);
    let rect = Rect::around(middle, 0.5 * width + 0.3 * size, 0.7 * size);
    let text = Text {
        at: middle + point(0.0, 0.36 * size),
        anchor: Anchor::Middle,
        content,
        size,
        weight: Weight::Bold,
        color: request.theme.ink,
        halo: Some((request.theme.ground, 0.3 * size)),
    };
    Some(CampName { rect, text })
}

/// The median of the positions, which stragglers do not move.
fn middle_of(request: &Request<'_>, members: &[ActorIndex]) -> Point {
    let median = |of: fn(&Point) -> f32| {
        let mut values: Vec<f32> =
            members.iter().map(|member| of(&request.positions[*member])).collect();
        let half = values.len() / 2;
        *values.select_nth_unstable_by(half, f32::total_cmp).1
    };
    point(median(|at| at.x), median(|at| at.y))
}
