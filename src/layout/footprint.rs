//! The space that an actor's shape and name, or a note, occupy.

use crate::geometry::{Point, Rect, point};
use crate::model::{Actor, Note};
use crate::scene::picture::notes::sheet_at_full_size;
use crate::text::{Measure, Weight, roomy_width, wrapped};

/// Half the width of the widest shape and half the height of the tallest, with a margin, in map
/// units.
const BODY: Point = point(45.0, 38.0);
/// Font size of a name, in map units.
const LETTER: f32 = 13.0;
/// Line height of a name, in map units.
const LINE: f32 = 16.0;
/// Margin on the left and the right of a name, in map units.
const MARGIN: f32 = 6.0;

/// Distance of actors from notes, in map units.
const FROM_NOTES: f32 = 8.0;

/// Measures text without a font: widths are upper bounds.
struct Roomy;

impl Measure for Roomy {
    fn width(&self, text: &str, size: f32, _: Weight) -> f32 {
        roomy_width(text) * size
    }
}

/// The middle of a note.
pub(super) fn middle(note: &Note) -> Point {
    sheet_at_full_size(note, &Roomy).centre()
}

/// How far the shape and name of each actor extend from its position, in map units: to each side,
/// upwards, and downwards.
#[derive(Clone, Debug, Default)]
pub(super) struct Sizes(Vec<(f32, f32, f32)>);

impl Sizes {
    pub fn of<'a>(actors: impl Iterator<Item = &'a Actor>) -> Self {
        Self(actors.map(Self::extent).collect())
    }

    /// How far an actor extends to each side, upwards, and downwards.
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    fn extent(actor: &Actor) -> (f32, f32, f32) {
        let lines = wrapped(&actor.name);
        let width = lines.iter().map(|line| roomy_width(line)).fold(0.0, f32::max) * LETTER;
        (BODY.x.max(width * 0.5 + MARGIN), BODY.y, BODY.y + lines.len().max(1) as f32 * LINE)
    }

    /// The same, followed by the sizes of notes.
    pub fn with_notes<'a>(mut self, notes: impl Iterator<Item = &'a Note>) -> Self {
        self.0.extend(notes.map(|note| {
            let sheet = sheet_at_full_size(note, &Roomy).grown(FROM_NOTES);
            let half = (sheet.max - sheet.min) * 0.5;
            (half.x, half.y, half.y)
        }));
        self
    }

    /// The sizes of some actors, in their order.
    pub fn part(&self, actors: &[usize]) -> Self {
        Self(actors.iter().filter_map(|actor| self.0.get(*actor)).copied().collect())
    }

    /// The rectangle that an actor covers at a position.
    pub fn rect(&self, actor: usize, at: Point) -> Rect {
        let (half, up, down) = self.0.get(actor).copied().unwrap_or((BODY.x, BODY.y, BODY.y));
        Rect { min: at - point(half, up), max: at + point(half, down) }
    }

    /// The largest width and the largest height.
    pub fn largest(&self) -> Point {
        self.0.iter().fold(point(1.0, 1.0), |most, (half, up, down)| {
            point(most.x.max(2.0 * half), most.y.max(up + down))
        })
    }

    /// The rectangles that all actors cover at `places`.
    pub fn rects(&self, places: &[Point]) -> Vec<Rect> {
        places.iter().enumerate().map(|(actor, at)| self.rect(actor, *at)).collect()
    }

    /// The mean width and the mean height.
    #[expect(clippy::cast_precision_loss, reason = "a mean")]
    pub fn mean(&self) -> Point {
        let sum = self
            .0
            .iter()
            .fold(Point::default(), |sum, (half, up, down)| sum + point(2.0 * half, up + down));
        sum * (1.0 / self.0.len().max(1) as f32)
    }
}

/// Side of the mean square cell per actor, ignoring 5 % outliers on each side.
#[expect(clippy::cast_precision_loss, reason = "counts of actors")]
pub(super) fn mean_spacing(places: &[Point]) -> f32 {
    let width = range_without_outliers(places.iter().map(|at| at.x));
    let height = range_without_outliers(places.iter().map(|at| at.y));
    // 90 % along each axis: about 81 % of the actors.
    (width * height / (0.81 * places.len().max(1) as f32)).sqrt()
}

/// The difference between the largest and the smallest value, without 5 % outliers on each side.
fn range_without_outliers(values: impl Iterator<Item = f32>) -> f32 {
    let mut values: Vec<f32> = values.collect();
    values.sort_by(f32::total_cmp);
    let cut = values.len() / 20;
    values
        .get(values.len().saturating_sub(1 + cut))
        .zip(values.get(cut))
        .map_or(0.0, |(high, low)| high - low)
}
