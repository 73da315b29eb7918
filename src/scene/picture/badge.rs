//! Badges: the sign of a line with the number of its ties, and the number of its evidence if the
//! view shows numbers.

use super::edge::{Looks, Route};
use super::occupied::OccupiedGrid;
use super::ways::Ways;
use crate::geometry::{Point, Rect, point};
use crate::model::Stance;
use crate::scene::lines::{Firmness, Line, Strand};
use crate::scene::primitive::{Anchor, Color, Outline, Primitive, Stroke, Text};
use crate::scene::shown::Shown;
use crate::text::{Measure, Weight};

/// Radius of a badge without a count, in pixels at 100 %.
pub const BADGE_PX: f32 = 8.5;
/// Smallest radius on the page; smaller badges are illegible and left out.
const LEGIBLE_PX: f32 = 4.0;
/// Font size of a number at 100 %.
const NUMBER_PX: f32 = 10.5;
/// Smallest font size of a number on the page, at scale 1.
const NUMBER_LEGIBLE_PX: f32 = 8.0;
/// Font size of a count at 100 %.
const COUNT_PX: f32 = 12.5;
/// Smallest font size of a count on the page, at scale 1.
const COUNT_LEGIBLE_PX: f32 = 10.0;
/// Gap between the signs of one line, in pixels at 100 %.
const BETWEEN_PX: f32 = 1.0;
/// Number of places that are tried on each side of the middle of a line.
pub(super) const STEPS: u8 = 22;
/// The same for a large map.
const FEW_STEPS: u8 = 5;
/// The farthest of them, as a share of half the line.
const FARTHEST: f32 = 0.8;
/// Cost of being at the end of a line, where its middle costs nothing.
const ASIDE_COST: f32 = 0.7;
/// Cost of lying on another line.
pub(super) const CROSSED_COST: f32 = 1.0;
/// Cost of lying wholly on a shape, a name or another badge.
const COVERING_COST: f32 = 6.0;
/// Room for the arrowhead between a badge and the end of its line, in pixels at 100 %.
const END_PX: f32 = 18.0;
/// Up to this number of lines, badges get the most care, or more than little.
const MOST_AT_MOST: usize = 100;
const MORE_AT_MOST: usize = 250;
/// Number of times that they are placed again.
const ROUNDS: usize = 2;
/// Share of its colour that the ring around an open count keeps.
const PALE: f32 = 0.9;
/// Share of the colour of a stance in the fill of a count of which some are reported.
const TINT: f32 = 0.16;
/// Share of the colour of a stance in the count on an open badge; the rest is ink.
const DARKER: f32 = 0.72;

/// A badge with its position, in map units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Badge {
    /// Its centre.
    pub at: Point,
    /// Position of the centre along the line, 0 to 1.
    pub along: f32,
    /// Half its width and height.
    pub half: Point,
    /// The number of the line's evidence, if it is shown.
    pub number: Option<usize>,
}

impl Badge {
    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        Rect::around(self.at, self.half.x, self.half.y)
    }
}

/// The sizes of badges at one zoom.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Map units per pixel at 100 %.
    pub unit: f32,
    /// Font size of numbers, in map units.
    pub number: f32,
    /// Font size of counts, in map units.
    pub count: f32,
    /// True if signs are large enough to read.
    pub is_legible: bool,
}

impl Sizes {
    /// The sizes at a zoom, in page pixels per map unit. `factor` is page pixels per pixel at 100
    /// %.
    #[must_use]
    pub fn at(factor: f32, scale: f32, zoom: f32, density: f32) -> Self {
        Self {
            unit: factor / zoom,
            number: (NUMBER_PX * factor).max(NUMBER_LEGIBLE_PX * scale) / zoom,
            count: (COUNT_PX * factor).max(COUNT_LEGIBLE_PX * scale) / zoom,
            is_legible: is_legible(factor * density),
        }
    }
}

/// True if signs are large enough to read; `factor` is pixels of the screen per pixel at 100 %.
#[must_use]
fn is_legible(factor: f32) -> bool {
    BADGE_PX * factor >= LEGIBLE_PX
}

/// The sign of a stance as a character; empty for neutral.
fn character(stance: Stance) -> &'static str {
    match stance {
        Stance::Hostile => "\u{2212}",
        Stance::Cooperative => "+",
        Stance::Mixed => "\u{b1}",
        Stance::Neutral => "",
    }
}

/// The sign and the count of several ties: `−5`, or `−2/5` if only 2 of them are reported.
fn count_words(strand: &Strand) -> String {
    let sign = character(strand.stance);
    match strand.firmness() {
        Firmness::Mixed => format!("{sign}{}/{}", strand.reported, strand.count),
        Firmness::Reported | Firmness::Unreported => format!("{sign}{}", strand.count),
    }
}

/// Half the width and height of the sign of these ties, in map units; `None` if they have none.
fn half_of_sign(strand: &Strand, sizes: &Sizes, measure: &dyn Measure) -> Option<Point> {
    match strand.count {
        _ if !sizes.is_legible => None,
        1 => {
            let radius = BADGE_PX * sizes.unit;
            (strand.stance != Stance::Neutral).then_some(point(radius, radius))
        }
        _ => Some(half_of_count(strand, sizes.count, measure)),
    }
}

/// Half the width and height of a sign with a count, for a font size.
pub fn half_of_count(strand: &Strand, size: f32, measure: &dyn Measure) -> Point {
    let words = measure.width(&count_words(strand), size, Weight::Bold);
    let height = size * 0.86;
    let width = (words * 0.5 + size * 0.3).max(height);
    point(width, if strand.firmness() == Firmness::Mixed { height } else { width })
}

/// Half the sizes of the signs of a line, with what they stand for.
fn signs<'a>(line: &'a Line, sizes: &Sizes, measure: &dyn Measure) -> Vec<(&'a Strand, Point)> {
    let half = |strand| half_of_sign(strand, sizes, measure);
    line.strands().filter_map(|strand| Some((strand, half(strand)?))).collect()
}

/// Half the width and height of a line's badge, in map units; `None` if it has no badge.
#[must_use]
pub fn half(
    line: &Line,
    number: Option<usize>,
    sizes: &Sizes,
    measure: &dyn Measure,
) -> Option<Point> {
    let signs = signs(line, sizes, measure);
    let gap = BETWEEN_PX * sizes.unit;
    let width: f32 = signs.iter().map(|(_, half)| 2.0 * half.x + gap).sum();
    let height = signs.iter().map(|(_, half)| half.y).fold(0.0, f32::max);
    match number {
        None => (!signs.is_empty()).then(|| point((width - gap) * 0.5, height)),
        Some(number) => {
            let size = sizes.number;
            let words = measure.width(&number.to_string(), size, Weight::Bold);
            let signs = if signs.is_empty() { size * 0.4 } else { width - gap };
            Some(point((signs + words + size * 0.55) * 0.5, height.max(size * 0.68)))
        }
    }
}

/// How much care badges get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// They keep clear of shapes, names and other badges.
    Little,
    /// And of other lines.
    More,
    /// And are placed again once all others have a place.
    Most,
}

impl Care {
    /// The care for what is shown: less if there is much.
    #[must_use]
    pub fn of(shown: &Shown) -> Self {
        match shown.lines().len() {
            0..=MOST_AT_MOST => Self::Most,
            lines if lines <= MORE_AT_MOST && shown.is_small() => Self::More,
            _ => Self::Little,
        }
    }

    /// The care for places that are not final.
    #[must_use]
    pub fn less(self) -> Self {
        if self == Self::Most { Self::More } else { self }
    }
}

/// The ways of lines that badges keep clear of.
#[must_use]
pub(super) fn ways(routes: &[Route], care: Care, unit: f32) -> Ways {
    Ways::of(if care == Care::Little { &[] } else { routes }, unit)
}

/// Finds a place on each route for its badge, clear of `taken` and of other badges and lines if
/// possible.
#[must_use]
pub(super) fn place(
    routes: &[Route],
    halves: &[Option<(Point, Option<usize>)>],
    taken: &OccupiedGrid,
    ways: &Ways,
    care: Care,
    unit: f32,
) -> Vec<Option<Badge>> {
    let steps = if care == Care::Little { FEW_STEPS } else { STEPS };
    let mut grid = OccupiedGrid::new(4.0 * BADGE_PX * unit);
    let mut badges: Vec<Option<Badge>> = vec![None; routes.len()];
    for (slot, (route, half)) in routes.iter().zip(halves).enumerate() {
        let badge = half.map(|(half, number)| {
            let others = |rect: &Rect| grid.overlap(rect);
            best_place(route, slot, (half, number), taken, ways, others, (unit, steps)).0
        });
        if let Some(badge) = &badge {
            grid.add(badge.bounds());
        }
        badges[slot] = badge;
    }
    if care != Care::Most {
        return badges;
    }
    // The first ones did not know the places of the later ones.
    for _ in 0..ROUNDS {
        for (slot, (route, half)) in routes.iter().zip(halves).enumerate() {
            let Some(half) = *half else { continue };
            let others = |rect: &Rect| -> f32 {
                let rest = badges.iter().enumerate().filter(|(other, _)| *other != slot);
                rest.filter_map(|(_, badge)| Some(badge.as_ref()?.bounds().overlap(rect))).sum()
            };
            badges[slot] =
                Some(best_place(route, slot, half, taken, ways, others, (unit, steps)).0);
        }
    }
    badges
}

/// The best place for one badge, near the middle of its route, and its cost: at least
/// [`CROSSED_COST`] if it lies on another line. `others` is the area of a rectangle that other
/// badges cover, `steps` the number of places on each side of the middle.
pub(super) fn best_place(
    route: &Route,
    slot: usize,
    (half, number): (Point, Option<usize>),
    taken: &OccupiedGrid,
    ways: &Ways,
    others: impl Fn(&Rect) -> f32,
    (unit, steps): (f32, u8),
) -> (Badge, f32) {
    let room = half + point(2.0 * unit, 2.0 * unit);
    let area = (4.0 * room.x * room.y).max(f32::MIN_POSITIVE);
    let (start, end) = (route.at(0.0), route.at(1.0));
    let mut best = (f32::INFINITY, 0.5);
    for step in 0..=steps {
        for side in [-1.0, 1.0] {
            let aside = f32::from(step) * 0.5 * FARTHEST / f32::from(steps);
            let along = 0.5 + side * aside;
            let penalty = aside * ASIDE_COST;
            if penalty >= best.0 {
                break;
            }
            let at = route.at(along);
            let rect = Rect::around(at, room.x, room.y);
            let ends = [start, end].map(|end| (at - end).length());
            let is_at_end = ends[0].min(ends[1]) < half.x + END_PX * unit;
            let crossed = ways.others_in(&rect, slot);
            #[expect(clippy::cast_precision_loss, reason = "a few points")]
            let crossing = if crossed > 0 { CROSSED_COST + 0.02 * crossed as f32 } else { 0.0 };
            let covered = (taken.overlap(&rect) + others(&rect)) / area * COVERING_COST;
            let cost = covered + crossing + penalty + if is_at_end { 0.8 } else { 0.0 };
            if cost < best.0 {
                best = (cost, along);
            }
        }
    }
    (Badge { at: route.at(best.1), along: best.1, half, number }, best.0)
}

/// Draws the signs of a line, followed by the number if there is one.
#[must_use]
pub fn draw(
    badge: &Badge,
    sizes: &Sizes,
    looks: &Looks<'_>,
    measure: &dyn Measure,
) -> Vec<Primitive> {
    let theme = looks.theme;
    let paper = theme.paper.over(theme.ground, looks.share);
    let signs = signs(looks.line, sizes, measure);
    let mut primitives = Vec::new();
    let mut left = badge.at.x - badge.half.x;
    if let Some(number) = badge.number {
        let size = sizes.number;
        let stance = looks.line.strands().next().map_or(Stance::Neutral, |strand| strand.stance);
        let color = theme.stance(stance).over(theme.ground, looks.share);
        primitives.push(Primitive::Shape {
            outline: Outline::Rounded { rect: badge.bounds(), corner: badge.half.y },
            fill: Some(paper),
            stroke: Some(Stroke::solid(1.2 * looks.unit, color)),
        });
        let gap = BETWEEN_PX * sizes.unit;
        let width: f32 = signs.iter().map(|(_, half)| 2.0 * half.x + gap).sum();
        let start = if signs.is_empty() { left + size * 0.2 } else { left + width - gap };
        let middle = (start + badge.at.x + badge.half.x - size * 0.15) * 0.5;
        primitives.push(Primitive::Text(Text {
            at: point(middle, badge.at.y + size * 0.36),
            anchor: Anchor::Middle,
            content: number.to_string(),
            size,
            weight: Weight::Bold,
            color: theme.ink.over(theme.ground, looks.share),
            halo: None,
        }));
    }
    for (strand, half) in signs {
        let at = point(left + half.x, badge.at.y);
        let color = theme.stance(strand.stance).over(theme.ground, looks.share);
        let on_color = Color::rgb(0x00FF_FFFF).over(color, looks.share.min(1.0));
        let colors = [color, paper, on_color];
        if strand.count > 1 {
            primitives.extend(counted_sign(
                at,
                strand,
                half,
                [sizes.count, looks.unit],
                colors,
                [theme.ground, theme.ink.over(theme.ground, looks.share)],
            ));
        } else {
            let is_open = strand.reported == 0;
            primitives.extend(sign(at, strand.stance, is_open, looks.unit, colors));
        }
        left += 2.0 * half.x + BETWEEN_PX * sizes.unit;
    }
    primitives
}

/// Draws a sign with a count: filled if all ties are reported, tinted if some are, else open. The
/// numbers are the font size and map units per pixel at 100 %; for `colors` see [`sign`]; then
/// follow the ground and the ink. The legend uses this as well.
#[must_use]
pub fn counted_sign(
    at: Point,
    strand: &Strand,
    half: Point,
    [size, unit]: [f32; 2],
    colors: [Color; 3],
    [ground, ink]: [Color; 2],
) -> Vec<Primitive> {
    let [color, paper, on_color] = colors;
    let (fill, ring, text) = match strand.firmness() {
        Firmness::Reported => (color, color, on_color),
        Firmness::Mixed => (color.over(paper, TINT), color, color.over(ink, DARKER)),
        Firmness::Unreported => (paper, color.over(paper, PALE), color.over(ink, DARKER)),
    };
    let shape = |more: f32, fill: Color, stroke: Option<Stroke>| {
        let rect = Rect::around(at, half.x + more, half.y + more);
        let outline = Outline::Rounded { rect, corner: half.y + more };
        Primitive::Shape { outline, fill: Some(fill), stroke }
    };
    // The gap keeps the sign apart from the line, which has the same colour.
    let mut primitives = vec![
        shape(2.0 * unit, ground, None),
        shape(-0.8 * unit, fill, Some(Stroke::solid(1.4 * unit, ring))),
    ];
    primitives.push(Primitive::Text(Text {
        at: at + point(0.0, size * 0.36),
        anchor: Anchor::Middle,
        content: count_words(strand),
        size,
        weight: Weight::Bold,
        color: text,
        halo: None,
    }));
    primitives
}

/// Draws a sign. `colors` are the colour of the stance, the fill of an open circle, and the colour
/// of the symbol on a filled circle. The legend uses this as well.
#[must_use]
pub fn sign(
    at: Point,
    stance: Stance,
    is_open: bool,
    unit: f32,
    colors: [Color; 3],
) -> Vec<Primitive> {
    let [color, paper, sign] = colors;
    let (fill, sign) = if is_open { (paper, color) } else { (color, sign) };
    let mut primitives = vec![Primitive::Shape {
        outline: Outline::Circle { centre: at, radius: (BADGE_PX - 0.8) * unit },
        fill: Some(fill),
        stroke: Some(Stroke::solid(1.6 * unit, color)),
    }];
    let stroke = Some(Stroke::solid(1.8 * unit, sign));
    let arm = 3.8 * unit;
    let mut bar = |start: Point, end: Point| {
        primitives.push(Primitive::Shape {
            outline: Outline::Line(at + start, at + end),
            fill: None,
            stroke,
        });
    };
    match stance {
        Stance::Hostile => bar(point(-arm, 0.0), point(arm, 0.0)),
        Stance::Cooperative => {
            bar(point(-arm, 0.0), point(arm, 0.0));
            bar(point(0.0, -arm), point(0.0, arm));
        }
        Stance::Mixed => {
            let raise = 1.4 * unit;
            bar(point(-arm * 0.8, -raise), point(arm * 0.8, -raise));
            bar(point(0.0, -raise - arm * 0.8), point(0.0, -raise + arm * 0.8));
            bar(point(-arm * 0.8, arm), point(arm * 0.8, arm));
        }
        Stance::Neutral => {}
    }
    primitives
}
