//! The legend. It explains only what the picture contains.

use std::borrow::Cow;

use crate::geometry::{Point, Rect, point};
use crate::model::view::{Membership, SizeBy};
use crate::model::{Stance, Status};
use crate::scene::lines::Strand;
use crate::scene::picture::badge::{BADGE_PX, counted_sign, half_of_count, sign};
use crate::scene::picture::drawn::Drawn;
use crate::scene::picture::edge::dash;
use crate::scene::picture::fading::FAINT_SHARE;
use crate::scene::picture::painter::tether;
use crate::scene::picture::pill;
use crate::scene::picture::shape::{Body, Build};
use crate::scene::primitive::{Anchor, Color, Dash, Mark, Outline, Owner, Primitive, Stroke, Text};
use crate::scene::theme::{CAMPS, Theme};
use crate::text::{Measure, Weight};

const WHITE: Color = Color::rgb(0x00FF_FFFF);
const SIZE_PX: f32 = 12.0;
const ROW_PX: f32 = 21.0;
/// Preferred number of rows in a column. There are more if the page is too narrow for the columns.
const ROWS_AT_BEST: usize = 5;
/// Share of the page's width that the legend may take.
const WIDTH_SHARE: f32 = 0.5;
/// Share of the page's height that the legend may take.
const HEIGHT_SHARE: f32 = 0.34;
/// What it may take of a page on which it would be left out otherwise.
const WIDE: (f32, f32) = (0.94, 0.4);
/// How much smaller it is there.
const WIDE_SCALE: f32 = 0.8;
/// Such a page is at least so wide and high, in pixels at 100 %.
const WIDE_AT_LEAST_PX: (f32, f32) = (440.0, 400.0);
/// Smallest factor by which the legend may be reduced.
const SMALLEST_SHARE: f32 = 0.55;
const SAMPLE_PX: f32 = 30.0;
/// Gap between a sample and its words, and between two columns.
const GAP_PX: f32 = 9.0;
const BETWEEN_PX: f32 = 16.0;
const MARGIN_PX: f32 = 22.0;
const PADDING_PX: f32 = 12.0;

/// Number of ties in the samples of counts, and how many of them are reported where some are.
const SAMPLE_TIES: (u32, u32) = (5, 2);

#[derive(Clone, Copy)]
enum Row {
    Stance(Stance),
    Status(Status),
    /// The firmest status of the ties of a line.
    Firmest(Status),
    /// Forecasts and hypotheses, which are drawn alike.
    Outlook,
    Tether,
    Hull,
    FilledBadge,
    OpenBadge,
    /// Several ties of this stance, of which so many are reported.
    Count(Stance, u32),
    Undirected,
    Width,
    Number,
    Shape(Build),
    Folded,
    /// Shapes tinted by camp, of which there are so many.
    Camps(u16),
    /// A measure other than the number of ties.
    Size(SizeBy),
    /// Stronger colour for more ties; the highest number in a pixel, if that is known.
    Crowd(Option<u32>),
    /// The colour of pixels with both stances.
    Both,
    /// How grey pictures of crowds show hostility.
    Hatched,
}

impl Row {
    fn words(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Crowd(Some(most)) => {
                return Cow::Owned(format!("Stronger: more ties, up to {most}"));
            }
            Self::Crowd(None) => "Stronger: more ties",
            Self::Both => "Both, by their shares",
            Self::Hatched => "Hatched: mostly hostile",
            Self::Stance(Stance::Hostile) => "Hostility",
            Self::Stance(Stance::Cooperative) => "Cooperation",
            Self::Stance(Stance::Mixed) => "Mixed",
            Self::Stance(Stance::Neutral) => "Neutral",
            Self::Status(Status::Reported) => "Reported",
            Self::Status(Status::Claimed) => "Claimed",
            Self::Status(Status::Inferred) => "Inferred",
            Self::Status(Status::Forecast) => "Forecast (faint)",
            Self::Status(Status::Hypothetical) => "Hypothetical (faint)",
            Self::Firmest(Status::Reported) => "Firmest: reported",
            Self::Firmest(Status::Claimed) => "Firmest: claimed",
            Self::Firmest(Status::Inferred) => "Firmest: inferred",
            Self::Firmest(status) => return Self::Status(status).words(),
            Self::Outlook => "Forecast, hypothetical (faint)",
            Self::Tether => "Part of (dot)",
            Self::Hull => "Part of",
            Self::FilledBadge => "1 tie, reported",
            Self::OpenBadge => "1 tie, not reported",
            Self::Count(_, 0) => "5 ties, none reported",
            Self::Count(_, reported) if reported == SAMPLE_TIES.0 => "5 ties, all reported",
            Self::Count(..) => "2 of 5 ties reported",
            Self::Shape(Build::Square) => "State or its bodies",
            Self::Shape(Build::Hexagon) => "Armed group",
            Self::Shape(Build::Oblong) => "Organisation",
            Self::Shape(Build::Pill) => "Group of people",
            Self::Shape(Build::Circle) => "Person",
            Self::Shape(Build::Broken) => "Faction",
            Self::Shape(Build::Muted) => "Other",
            Self::Folded => "Parts folded in",
            Self::Undirected => "No arrow: no direction",
            Self::Width => "Wider = stronger",
            Self::Number => "Number: see the list",
            Self::Camps(count) if usize::from(count) > CAMPS => {
                "Tint: camps; the smallest have none"
            }
            Self::Camps(_) => "Tint: camps of friends",
            Self::Size(SizeBy::Ties) => "Size: number of ties",
            Self::Size(SizeBy::Excerpts) => "Size: number of excerpts",
            Self::Size(SizeBy::Weight) => "Size: weight, by the analyst",
        })
    }
}

/// The legend in the lower left corner of a page, and its area; `None` if there is nothing to
/// explain. `foot` is the upper edge of the notes at the lower right. On a small page the legend is
/// reduced or spread above them, or left out if it would be illegible.
#[must_use]
pub fn build(
    drawn: &Drawn,
    (page, foot): (Point, f32),
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Option<(Mark, Rect)> {
    let usual = ((WIDTH_SHARE, HEIGHT_SHARE), page.y);
    built_within(usual, drawn, page, scale, theme, measure).or_else(|| {
        let is_large = page.x >= WIDE_AT_LEAST_PX.0 * scale && page.y >= WIDE_AT_LEAST_PX.1 * scale;
        let wide = (WIDE, page.y.min(foot + (MARGIN_PX - GAP_PX) * scale));
        let scale = scale * WIDE_SCALE;
        is_large.then(|| built_within(wide, drawn, page, scale, theme, measure)).flatten()
    })
}

/// The legend on a page that ends at `end`, if it needs no more than these shares of the page's
/// width and height, if necessary reduced.
fn built_within(
    (share, end): ((f32, f32), f32),
    drawn: &Drawn,
    page: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Option<(Mark, Rect)> {
    let at = |scale| build_at(drawn, (page.x * share.0, end), scale, theme, measure);
    let (mark, rect) = at(scale)?;
    let room = (page.x * share.0 / rect.width()).min(page.y * share.1 / rect.height());
    if room >= 1.0 {
        return Some((mark, rect));
    }
    // At the smaller scale more columns may fit, so the layout is computed again.
    (room >= SMALLEST_SHARE).then(|| at(scale * room)).flatten()
}

fn build_at(
    drawn: &Drawn,
    (most, end): (f32, f32),
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Option<(Mark, Rect)> {
    let groups = groups(drawn, theme);
    if groups.is_empty() {
        return None;
    }
    let words = |row: &Row| measure.width(&row.words(), SIZE_PX * scale, Weight::Regular);
    // Each group starts a column.
    let columns = |per_column: usize| -> Vec<&[Row]> {
        groups.iter().flat_map(|group| group.chunks(per_column)).collect()
    };
    let column_width = |column: &&[Row]| {
        column.iter().map(words).fold(0.0, f32::max) + (SAMPLE_PX + GAP_PX + BETWEEN_PX) * scale
    };
    let column_widths = |columns: &[&[Row]]| columns.iter().map(column_width).collect::<Vec<f32>>();
    let width =
        |columns: &[f32]| columns.iter().sum::<f32>() + (2.0 * PADDING_PX - BETWEEN_PX) * scale;
    let fits = |per_column: &usize| width(&column_widths(&columns(*per_column))) <= most;
    let longest = groups.iter().map(Vec::len).max().unwrap_or(1);
    let per_column = (ROWS_AT_BEST..longest).find(fits).unwrap_or(longest);
    let columns = columns(per_column);
    let column_widths = column_widths(&columns);
    let rows = columns.iter().map(|column| column.len()).max().unwrap_or(0);
    let width = width(&column_widths);
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let height = (rows as f32 * ROW_PX + 2.0 * PADDING_PX - 8.0) * scale;
    let margin = MARGIN_PX * scale;
    let rect = Rect::sized(point(margin, end - margin - height), width, height);
    let mut primitives = vec![Primitive::Shape {
        outline: Outline::Rounded { rect, corner: 6.0 * scale },
        fill: Some(theme.paper),
        stroke: Some(Stroke::solid(scale, theme.rule.over(theme.ground, 0.6))),
    }];
    let mut left = rect.min.x + PADDING_PX * scale;
    for (column, column_width) in columns.into_iter().zip(column_widths) {
        let mut y = rect.min.y + (PADDING_PX - 4.0 + ROW_PX / 2.0) * scale;
        for row in column {
            primitives.extend(sample(*row, point(left, y), scale, theme, measure));
            primitives.push(Primitive::Text(Text {
                at: point(left + (SAMPLE_PX + GAP_PX) * scale, y + SIZE_PX * 0.36 * scale),
                anchor: Anchor::Start,
                content: row.words().into_owned(),
                size: SIZE_PX * scale,
                weight: Weight::Regular,
                color: theme.ink,
                halo: None,
            }));
            y += ROW_PX * scale;
        }
        left += column_width;
    }
    Some((Mark { owner: Owner::Legend, primitives }, rect))
}

/// A small drawing of what the row explains.
fn sample(
    row: Row,
    left: Point,
    scale: f32,
    theme: &Theme,
    measure: &dyn Measure,
) -> Vec<Primitive> {
    let right = left + point(SAMPLE_PX * scale, 0.0);
    let middle = left.towards(right, 0.5);
    let line = |width: f32, color, dash| Primitive::Shape {
        outline: Outline::Line(left, right),
        fill: None,
        stroke: Some(Stroke::dashed(width, scale, color, dash)),
    };
    match row {
        Row::Stance(stance) => {
            let color = theme.stance(stance);
            let mut primitives = vec![line(3.0, color, Dash::Solid)];
            if stance != Stance::Neutral {
                primitives.extend(sign(
                    middle,
                    stance,
                    false,
                    scale * 7.5 / BADGE_PX,
                    [color, theme.paper, WHITE],
                ));
            }
            primitives
        }
        Row::Status(status) | Row::Firmest(status) => {
            let share = if status.is_outlook() { FAINT_SHARE } else { 1.0 };
            vec![line(2.0, theme.ink.over(theme.paper, share), dash(status))]
        }
        Row::Outlook => {
            let faint = theme.ink.over(theme.paper, FAINT_SHARE);
            vec![line(2.0, faint, dash(Status::Forecast))]
        }
        Row::Tether => tether([left, right], 3.0 * scale, scale, theme.tether()),
        Row::FilledBadge | Row::OpenBadge => sign(
            middle,
            Stance::Hostile,
            matches!(row, Row::OpenBadge),
            scale * 7.5 / BADGE_PX,
            [theme.muted, theme.paper, WHITE],
        ),
        Row::Hull => vec![Primitive::Shape {
            outline: Outline::Rounded {
                rect: Rect::around(middle, SAMPLE_PX * 0.5 * scale, 7.0 * scale),
                corner: 7.0 * scale,
            },
            fill: Some(theme.rule.over(theme.ground, 0.4)),
            stroke: Some(Stroke::solid(1.1 * scale, theme.rule)),
        }],
        Row::Number => vec![Primitive::Text(Text {
            at: middle + point(0.0, SIZE_PX * 0.36 * scale),
            anchor: Anchor::Middle,
            content: "12".to_owned(),
            size: SIZE_PX * scale,
            weight: Weight::Bold,
            color: theme.ink,
            halo: None,
        })],
        Row::Count(stance, reported) => {
            let (count, strength) = (SAMPLE_TIES.0, 1);
            let status = if reported > 0 { Status::Reported } else { Status::Inferred };
            let heads = [false; 2];
            let strand = Strand { stance, status, strength, count, reported, heads };
            let color = theme.stance(stance);
            let size = 10.5 * scale;
            counted_sign(
                middle,
                &strand,
                half_of_count(&strand, size, measure),
                [size, scale],
                [color, theme.paper, WHITE],
                [theme.paper, theme.ink],
            )
        }
        Row::Shape(build) => {
            let body = Body::of(build, middle, 8.5 * scale);
            let (color, dash) = match build {
                Build::Muted => (theme.muted, Dash::Solid),
                Build::Broken => (theme.ink, Dash::Dashed),
                _ => (theme.ink, Dash::Solid),
            };
            let stroke = Some(Stroke::dashed(1.5, scale, color, dash));
            vec![Primitive::Shape { outline: body.outline(0.0), fill: Some(theme.paper), stroke }]
        }
        Row::Folded => {
            let pill = pill::in_legend(middle, scale);
            pill::draw(&pill, scale, scale, 1.0, theme, measure)
        }
        Row::Camps(count) => {
            let dot = |camp: u16| (6.0 + 11.0 * f32::from(camp), 5.0, theme.camp(camp));
            let camps: Vec<_> = (0..count.min(3)).map(dot).collect();
            dots(&camps, left, scale, theme)
        }
        Row::Size(_) => {
            dots(&[(7.0, 4.0, theme.paper), (24.0, 9.0, theme.paper)], left, scale, theme)
        }
        Row::Crowd(_) | Row::Both | Row::Hatched => crowd_sample(row, left, scale, theme),
        Row::Undirected => vec![line(2.0, theme.ink, Dash::Solid)],
        Row::Width => vec![line(4.5, theme.ink, Dash::Solid)],
    }
}

/// A small drawing of how crowds are drawn.
fn crowd_sample(row: Row, left: Point, scale: f32, theme: &Theme) -> Vec<Primitive> {
    match row {
        Row::Both => steps(left, scale, |step| {
            let color = |stance| theme.stance(stance);
            let mixed = color(Stance::Mixed);
            if step < 0.5 {
                mixed.over(color(Stance::Cooperative), 2.0 * step)
            } else {
                color(Stance::Hostile).over(mixed, 2.0 * step - 1.0)
            }
        }),
        Row::Hatched => {
            let stripe = |at: u8| {
                let at = left + point(f32::from(at) * 5.0 * scale, 0.0);
                let half = point(4.0, -5.0) * scale;
                let color = theme.stance(Stance::Hostile);
                Primitive::Shape {
                    outline: Outline::Line(at - half * 0.5, at + half * 0.5),
                    fill: None,
                    stroke: Some(Stroke::solid(1.6 * scale, color)),
                }
            };
            (1..=5).map(stripe).collect()
        }
        _ => steps(left, scale, |step| theme.ink.over(theme.paper, 0.15 + 0.7 * step)),
    }
}

/// A bar whose colour changes from 0 to 1.
fn steps(left: Point, scale: f32, color: impl Fn(f32) -> Color) -> Vec<Primitive> {
    const COUNT: u8 = 6;
    let width = SAMPLE_PX * scale / f32::from(COUNT);
    let step = |step: u8| Primitive::Shape {
        outline: Outline::Rounded {
            rect: Rect::sized(
                left + point(f32::from(step) * width, -4.0 * scale),
                width,
                8.0 * scale,
            ),
            corner: 0.0,
        },
        fill: Some(color(f32::from(step) / f32::from(COUNT - 1))),
        stroke: None,
    };
    (0..COUNT).map(step).collect()
}

/// Circles: distance from the left and radius in pixels at 100 %, and fill.
fn dots(dots: &[(f32, f32, Color)], left: Point, scale: f32, theme: &Theme) -> Vec<Primitive> {
    let dot = |(at, radius, fill): &(f32, f32, Color)| Primitive::Shape {
        outline: Outline::Circle { centre: left + point(at * scale, 0.0), radius: radius * scale },
        fill: Some(*fill),
        stroke: Some(Stroke::solid(1.2 * scale, theme.ink)),
    };
    dots.iter().map(dot).collect()
}

/// The rows by topic: stances, statuses, badges, shapes.
fn groups(drawn: &Drawn, theme: &Theme) -> Vec<Vec<Row>> {
    let mut stances: Vec<Row> = drawn.stances.iter().copied().map(Row::Stance).collect();
    match drawn.membership {
        Membership::Tethers => stances.push(Row::Tether),
        Membership::Hulls => stances.push(Row::Hull),
        Membership::Nothing => {}
    }
    let mut crowd = Vec::new();
    if drawn.is_counted {
        crowd.push(Row::Crowd(drawn.busiest));
        let has_both = [Stance::Hostile, Stance::Cooperative]
            .iter()
            .all(|stance| drawn.stances.contains(stance));
        crowd.extend(has_both.then_some(Row::Both));
        crowd.extend((has_both && theme.is_grey).then_some(Row::Hatched));
    }
    let has_both = Status::ALL
        .iter()
        .filter(|status| status.is_outlook())
        .all(|status| drawn.statuses.contains(status));
    let statuses = drawn.statuses.iter().filter_map(|status| match status {
        Status::Forecast if has_both => Some(Row::Outlook),
        Status::Hypothetical if has_both => None,
        // A line for ties of several statuses is drawn as its firmest.
        other if drawn.counts[1] => Some(Row::Firmest(*other)),
        other => Some(Row::Status(*other)),
    });
    let mut statuses: Vec<Row> = statuses.collect();
    statuses.extend(drawn.widths.then_some(Row::Width));
    let stance = drawn.stances.first().copied().unwrap_or(Stance::Hostile);
    let (all, some) = SAMPLE_TIES;
    let counts = [all, some, 0].into_iter().zip(drawn.counts).filter(|(_, is_drawn)| *is_drawn);
    let mut badges: Vec<Row> = counts.map(|(reported, _)| Row::Count(stance, reported)).collect();
    badges.extend((drawn.filled && drawn.open).then_some(Row::FilledBadge));
    badges.extend(drawn.open.then_some(Row::OpenBadge));
    badges.extend(drawn.undirected.then_some(Row::Undirected));
    badges.extend(drawn.numbers.then_some(Row::Number));
    // Where no kind is given, the one shape says nothing.
    let has_kinds = drawn.shapes.iter().any(|shape| *shape != Build::Muted);
    let shapes = drawn.shapes.iter().filter(|_| has_kinds).copied();
    let mut shapes: Vec<Row> = shapes.map(Row::Shape).collect();
    shapes.extend(drawn.folded.then_some(Row::Folded));
    shapes.extend((drawn.camps > 0).then_some(Row::Camps(drawn.camps)));
    shapes.extend(drawn.size.filter(|size| *size != SizeBy::Ties).map(Row::Size));
    let groups = [stances, crowd, statuses, badges, shapes];
    groups.into_iter().filter(|group| !group.is_empty()).collect()
}
