//! Notes on the map: a sheet with a text, and a leader to what the note is about.

use foldhash::HashMap;

use super::badge::Badge;
use super::edge::{self, Route};
use super::fading::{FADED_SHARE, Fading};
use super::request::Request;
use super::shape::Body;
use crate::geometry::{Point, Rect, point};
use crate::model::query::about;
use crate::model::{ActorIndex, Element, LineIndex, Note, NoteIndex, RelationIndex};
use crate::scene::note_place::NotePlace;
use crate::scene::primitive::{Anchor, Color, Mark, Outline, Owner, Primitive, Stroke, Text};
use crate::scene::theme::Theme;
use crate::text::{self, Measure, Weight, shortened};

/// Font size at 100 %.
const SIZE_PX: f32 = 12.0;
/// Smallest font size on the page, at scale 1.
const LEGIBLE_PX: f32 = 10.0;
/// Distance of the text from the left and right edges of the sheet, in pixels at 100 %.
const ASIDE_PX: f32 = 9.0;
/// Distance of the text from the upper and lower edges of the sheet, in pixels at 100 %.
const ABOVE_PX: f32 = 7.0;
const LINE_HEIGHT: f32 = 1.32;
/// Most lines of a note that are drawn; the last one ends in an ellipsis if there are more.
const LINES_AT_MOST: usize = 40;
/// Most characters of a note that are looked at.
const LETTERS_AT_MOST: usize = 4000;
/// Radius of the dot where a leader ends on a line, in pixels at 100 %.
const DOT_PX: f32 = 3.0;
/// Distance of that dot from badges, in pixels at 100 %.
const CLEAR_PX: f32 = 7.0;
/// Cost of crossing a shape or a name, as a length in pixels at 100 %.
const CROSSING_PX: f32 = 160.0;
/// Number of points of a line that are tried as the end of a leader.
const TRIED: u8 = 32;
/// Room around a sheet that names and badges keep clear, in pixels at 100 %.
const ROOM_PX: f32 = 3.0;
/// Bisection steps for the end of a leader on an outline.
const STEPS: usize = 24;

/// A note with its place, in map units.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub note: NoteIndex,
    /// The sheet.
    pub rect: Rect,
    /// The lines of its text; true if a line starts at the right.
    pub lines: Vec<(String, bool)>,
    pub leader: Option<Leader>,
    /// Share of its colour that it keeps: 1, or less if it is faded.
    pub share: f32,
}

/// The line from a note to what it is about, in map units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leader {
    /// On the edge of the sheet.
    pub from: Point,
    /// On the outline of an actor, or on a line.
    pub to: Point,
    /// True if it ends on a line, with a dot.
    pub is_on_line: bool,
}

/// The sizes of notes at one zoom, in map units.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Font size.
    pub font: f32,
    /// Map units per pixel at 100 %. At least as much as for shapes, because the text stays
    /// legible.
    pub unit: f32,
}

impl Sizes {
    /// The sizes at a zoom, in page pixels per map unit. `factor` is page pixels per pixel at 100
    /// %.
    #[must_use]
    pub fn at(factor: f32, scale: f32, zoom: f32) -> Self {
        let font = (SIZE_PX * factor).max(LEGIBLE_PX * scale) / zoom;
        Self { font, unit: font / SIZE_PX }
    }

    /// The area that names and badges keep clear of.
    #[must_use]
    pub fn around(&self, sheet: Rect) -> Rect {
        sheet.grown(ROOM_PX * self.unit)
    }
}

/// Lays out the texts of all notes. They have no leaders yet.
#[must_use]
pub fn sheets(request: &Request<'_>, sizes: Sizes, measure: &dyn Measure) -> Vec<Placed> {
    let moved: HashMap<NoteIndex, NotePlace> = request.view.moved_notes.iter().copied().collect();
    let sheet = |(at, note): (NoteIndex, &Note)| {
        let place = moved.get(&at).map_or_else(|| NotePlace::of(note), |place| place.limited());
        let (lines, rect) = sheet(&note.text, place, sizes, measure);
        Placed { note: at, rect, lines, leader: None, share: 1.0 }
    };
    request.map.notes.iter_enumerated().map(sheet).collect()
}

/// The sheet of a note at 100 %, with widths of text as `measure` has them.
#[must_use]
pub fn sheet_at_full_size(note: &Note, measure: &dyn Measure) -> Rect {
    sheet_of(note, Sizes::at(1.0, 1.0, 1.0), measure)
}

/// The sheet of a note.
#[must_use]
pub fn sheet_of(note: &Note, sizes: Sizes, measure: &dyn Measure) -> Rect {
    sheet(&note.text, NotePlace::of(note), sizes, measure).1
}

/// The lines of a note's text, and the rectangle of its sheet.
fn sheet(
    words: &str,
    place: NotePlace,
    sizes: Sizes,
    measure: &dyn Measure,
) -> (Vec<(String, bool)>, Rect) {
    let width = place.width * sizes.unit;
    let room = width - 2.0 * ASIDE_PX * sizes.unit;
    let end = words.char_indices().nth(LETTERS_AT_MOST).map_or(words.len(), |(end, _)| end);
    let mut lines: Vec<(String, bool)> = Vec::new();
    for paragraph in words[..end].trim_end().split('\n') {
        let starts_right = text::pieces(paragraph, 0..paragraph.len()).1;
        let mut own = text::lines(paragraph, sizes.font, Weight::Regular, room, measure);
        if own.is_empty() {
            own.push(String::new());
        }
        lines.extend(own.into_iter().map(|line| (line, starts_right)));
        if lines.len() > LINES_AT_MOST {
            break;
        }
    }
    if lines.len() > LINES_AT_MOST {
        let last = lines.get(LINES_AT_MOST - 1).map(|(line, _)| line.clone());
        lines.truncate(LINES_AT_MOST - 1);
        let last = shortened(vec![last.unwrap_or_default(), String::new()], 1);
        lines.extend(last.into_iter().map(|line| (line, false)));
    }
    #[expect(clippy::cast_precision_loss, reason = "a few lines")]
    let height = lines.len() as f32 * sizes.font * LINE_HEIGHT + 2.0 * ABOVE_PX * sizes.unit;
    (lines, Rect::around(place.middle, width * 0.5, height * 0.5))
}

/// What notes can lead to: how the actors and lines of a picture are drawn.
pub struct Ends<'a> {
    pub body: &'a dyn Fn(ActorIndex) -> Option<Body>,
    /// The routes of the lines that are drawn one by one, with their badges.
    pub routes: &'a [(LineIndex, Route)],
    pub badges: &'a [Option<Badge>],
    /// The areas that leaders to lines should not cross: shapes and names.
    pub kept_clear: &'a [Rect],
    /// Map units per pixel at 100 %, of shapes.
    pub unit: f32,
}

/// Finds the leader of each note, and how much of its colour it keeps.
pub fn lead(notes: &mut [Placed], request: &Request<'_>, ends: &Ends<'_>) {
    if notes.is_empty() {
        return;
    }
    let share = Fading::of(request.map.actors.len(), request.shown.lines(), request.view);
    let slots: HashMap<LineIndex, usize> =
        ends.routes.iter().enumerate().map(|(slot, (line, _))| (*line, slot)).collect();
    let emphasis = &request.view.emphasis;
    let rest = if emphasis.is_none() { 1.0 } else { FADED_SHARE };
    for note in notes {
        let target = target(request, note.note);
        note.share = match target {
            _ if emphasis.selected_notes.contains(&note.note) => 1.0,
            Some(Target::Actor(actor)) => share.actors.get(actor).copied().unwrap_or(rest),
            // A forecast is faint, a note about it is not.
            Some(Target::Line(line)) if share.line(line) > FADED_SHARE => 1.0,
            _ => rest,
        };
        note.leader = match target {
            Some(Target::Actor(actor)) => {
                (ends.body)(actor).and_then(|body| to_outline(note.rect, &body))
            }
            Some(Target::Line(line)) => to_line(note.rect, line, &slots, request, ends),
            None => None,
        };
    }
}

/// What is drawn for what a note is about.
#[derive(Clone, Copy)]
enum Target {
    Actor(ActorIndex),
    Line(LineIndex),
}

fn target(request: &Request<'_>, note: NoteIndex) -> Option<Target> {
    let (index, shown) = (request.index, request.shown);
    match about(index, request.map.notes.get(note)?)? {
        Element::Actor(id) => shown.drawn_for(index.actor(&id)?).map(Target::Actor),
        Element::Relation(id) => line_of(request, index.relation(&id)?).map(Target::Line),
        Element::Note(_) => None,
    }
}

/// The line of a tie. If the tie is not drawn: the line of another tie of its stance between the
/// same actors.
fn line_of(request: &Request<'_>, tie: RelationIndex) -> Option<LineIndex> {
    let (map, index, shown) = (request.map, request.index, request.shown);
    let own = shown.lines().line_of(tie);
    own.or_else(|| {
        let stance = map.relations.get(tie)?.stance;
        let ends = |tie: RelationIndex| {
            let (from, to) = index.ends(tie)?;
            let [one, other] = [shown.drawn_for(from)?, shown.drawn_for(to)?];
            Some([one.min(other), one.max(other)])
        };
        let (pair, (from, to)) = (ends(tie)?, index.ends(tie)?);
        let beside = index.ties(from).iter().chain(index.ties(to));
        let mut same = beside.filter(|other| {
            map.relations.get(**other).is_some_and(|other| other.stance == stance)
                && ends(**other) == Some(pair)
        });
        same.find_map(|other| shown.lines().line_of(*other))
    })
}

/// The leader from a sheet to the outline of a shape; `None` if the sheet covers it.
fn to_outline(sheet: Rect, body: &Body) -> Option<Leader> {
    let start = sheet.centre();
    if sheet.contains(body.centre) || body.contains(start, 0.0) {
        return None;
    }
    // From the middle of the shape outwards, so that the end is on the outline.
    let (mut inside, mut outside) = (0.0, 1.0);
    for _ in 0..STEPS {
        let middle = 0.5 * (inside + outside);
        if body.contains(body.centre.towards(start, middle), 0.0) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    leader(sheet, body.centre.towards(start, inside), false)
}

/// The leader from a sheet to a line: to a near point of it that is clear of badges.
fn to_line(
    sheet: Rect,
    line: LineIndex,
    slots: &HashMap<LineIndex, usize>,
    request: &Request<'_>,
    ends: &Ends<'_>,
) -> Option<Leader> {
    let drawn = slots.get(&line).and_then(|slot| ends.routes.get(*slot)).map(|(_, route)| *route);
    let route = drawn.or_else(|| route_in_crowd(line, request, ends))?;
    let clear = CLEAR_PX * ends.unit;
    let badges: Vec<Rect> =
        ends.badges.iter().flatten().map(|badge| badge.bounds().grown(clear)).collect();
    let start = sheet.centre();
    let mut best: Option<(f32, Point)> = None;
    for step in 1..TRIED {
        let along = f32::from(step) / f32::from(TRIED);
        let at = route.at(along);
        if sheet.contains(at) {
            continue;
        }
        let covered = badges.iter().filter(|badge| badge.contains(at)).count();
        let crossed = ends.kept_clear.iter().filter(|area| crosses(start, at, area)).count();
        // Near the ends, the leader could be taken for one to the actor there.
        let off_middle = (along - 0.5).abs();
        #[expect(clippy::cast_precision_loss, reason = "a few badges, shapes and names")]
        let cost = (at - start).length() * (1.0 + 0.5 * off_middle)
            + covered as f32 * 1e6
            + crossed as f32 * CROSSING_PX * ends.unit
            + if off_middle > 0.35 { 40.0 * ends.unit } else { 0.0 };
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, at));
        }
    }
    leader(sheet, best?.1, true)
}

/// True if a straight line crosses an area.
fn crosses(start: Point, end: Point, area: &Rect) -> bool {
    let way = end - start;
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    for (from, by, low, high) in
        [(start.x, way.x, area.min.x, area.max.x), (start.y, way.y, area.min.y, area.max.y)]
    {
        if by.abs() < 1e-6 {
            if from < low || from > high {
                return false;
            }
            continue;
        }
        let (one, other) = ((low - from) / by, (high - from) / by);
        first = first.max(one.min(other));
        last = last.min(one.max(other));
    }
    first <= last
}

/// The route of a line that is not drawn one by one, but as part of a crowd.
fn route_in_crowd(line: LineIndex, request: &Request<'_>, ends: &Ends<'_>) -> Option<Route> {
    let [from, to] = request.shown.lines().get(line)?.ends;
    // The middle of the ties that are drawn side by side.
    let beside = request.part.map_or(0.0, |part| {
        let looks = part.overview.line_looks.get(part.overview.looks_of(line));
        match looks.unwrap_or_default() {
            [first, .., last] => f32::midpoint(first.lane, last.lane),
            [only] => only.lane,
            [] => 0.0,
        }
    });
    let [start, end] = [(ends.body)(from)?, (ends.body)(to)?];
    let ends_of = if from == to { [&start, &start] } else { [&start, &end] };
    Some(edge::route(ends_of, beside, 0.0, ends.unit))
}

/// The leader that ends at `to`; `None` if that is under the sheet.
fn leader(sheet: Rect, to: Point, is_on_line: bool) -> Option<Leader> {
    if sheet.contains(to) {
        return None;
    }
    let start = sheet.centre();
    let way = to - start;
    let half = point(sheet.width() * 0.5, sheet.height() * 0.5);
    let share = (half.x / way.x.abs().max(1e-6)).min(half.y / way.y.abs().max(1e-6)).min(1.0);
    Some(Leader { from: start + way * share, to, is_on_line })
}

/// Draws the leaders, which come below shapes and names.
#[must_use]
pub fn draw_leaders(notes: &[Placed], sizes: Sizes, theme: &Theme) -> Vec<Mark> {
    let mark = |note: &Placed| {
        let color = theme.muted.over(theme.ground, note.share);
        let primitives = draw_leader(&note.leader?, sizes.unit, color);
        Some(Mark { owner: Owner::Note(note.note), primitives })
    };
    notes.iter().filter_map(mark).collect()
}

/// Draws the sheets, which come above everything else of the map.
#[must_use]
pub fn draw_sheets(notes: &[Placed], sizes: Sizes, request: &Request<'_>) -> Vec<Mark> {
    let selected = &request.view.emphasis.selected_notes;
    let mark = |note: &Placed| {
        let is_selected = selected.contains(&note.note);
        let primitives = draw_sheet(note, sizes, is_selected, request.theme);
        Mark { owner: Owner::Note(note.note), primitives }
    };
    notes.iter().map(mark).collect()
}

fn draw_leader(leader: &Leader, unit: f32, color: Color) -> Vec<Primitive> {
    let line = Primitive::Shape {
        outline: Outline::Line(leader.from, leader.to),
        fill: None,
        stroke: Some(Stroke::solid(1.1 * unit, color)),
    };
    let dot = Primitive::Shape {
        outline: Outline::Circle { centre: leader.to, radius: DOT_PX * unit },
        fill: Some(color),
        stroke: None,
    };
    if leader.is_on_line { vec![line, dot] } else { vec![line] }
}

fn draw_sheet(note: &Placed, sizes: Sizes, is_selected: bool, theme: &Theme) -> Vec<Primitive> {
    let unit = sizes.unit;
    let color = |color: Color| color.over(theme.ground, note.share);
    let sheet = |rect: Rect, fill: Option<Color>, stroke: Stroke| Primitive::Shape {
        outline: Outline::Rounded { rect, corner: 3.0 * unit },
        fill,
        stroke: Some(stroke),
    };
    let mut primitives = Vec::new();
    if is_selected {
        let glow = theme.accent.over(theme.ground, 0.35);
        primitives.push(sheet(note.rect.grown(1.5 * unit), None, Stroke::solid(5.0 * unit, glow)));
    }
    let edge = if is_selected { theme.accent } else { color(theme.note_edge) };
    primitives.push(sheet(note.rect, Some(color(theme.note)), Stroke::solid(1.2 * unit, edge)));
    let line_height = sizes.font * LINE_HEIGHT;
    let mut baseline = note.rect.min.y + ABOVE_PX * unit + sizes.font * 1.02;
    for (line, starts_right) in &note.lines {
        let (x, anchor) = if *starts_right {
            (note.rect.max.x - ASIDE_PX * unit, Anchor::End)
        } else {
            (note.rect.min.x + ASIDE_PX * unit, Anchor::Start)
        };
        if !line.is_empty() {
            primitives.push(Primitive::Text(Text {
                at: point(x, baseline),
                anchor,
                content: line.clone(),
                size: sizes.font,
                weight: Weight::Regular,
                color: color(theme.ink),
                halo: None,
            }));
        }
        baseline += line_height;
    }
    primitives
}
