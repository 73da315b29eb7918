//! Shapes and connectors of a slide as XML (`DrawingML`, ECMA-376 part 1, chapters 19 to 21).

use std::fmt::Write as _;

use super::course::Course;
use crate::export::formats::xml::words;
use crate::geometry::{Point, Rect, point};
use crate::scene::primitive::{Color, Outline, Stroke};

/// English Metric Units, the unit of a slide, per point.
pub(super) const EMU_PER_POINT: f64 = 12_700.0;

/// Lines that are thinner, in EMU, have arrowheads of this width: two points.
const THIN: f64 = 2.0 * EMU_PER_POINT;

/// An angle of 90 degrees, in 60,000ths of a degree.
const QUARTER: i64 = 5_400_000;

/// Converts page pixels to EMU.
#[derive(Clone, Copy)]
pub(super) struct Scale {
    pub emu_per_px: f64,
}

impl Scale {
    #[expect(clippy::cast_possible_truncation, reason = "sizes of a slide")]
    pub fn emu(self, px: f32) -> i64 {
        (f64::from(px) * self.emu_per_px).round() as i64
    }

    #[expect(clippy::cast_possible_truncation, reason = "sizes of a slide")]
    fn px(self, emu: f64) -> f32 {
        (emu / self.emu_per_px) as f32
    }

    /// A font size in hundredths of a point.
    #[expect(clippy::cast_possible_truncation, reason = "sizes of a slide")]
    pub fn hundredths(self, px: f32) -> i64 {
        ((f64::from(px) * self.emu_per_px / EMU_PER_POINT * 100.0).round() as i64)
            .clamp(100, 400_000)
    }
}

pub(super) fn solid(color: Color) -> String {
    format!(
        "<a:solidFill><a:srgbClr val=\"{:02X}{:02X}{:02X}\"/></a:solidFill>",
        color.red, color.green, color.blue
    )
}

fn fill_xml(fill: Option<Color>) -> String {
    fill.map_or_else(|| "<a:noFill/>".to_owned(), solid)
}

/// An outline or a line; `ends` are the arrowheads at its start and its end.
pub(super) fn line_xml(stroke: Option<&Stroke>, ends: [Option<End>; 2], scale: Scale) -> String {
    let Some(stroke) = stroke else { return "<a:ln><a:noFill/></a:ln>".to_owned() };
    let width = scale.emu(stroke.width).max(1);
    let dash = stroke.pattern.map_or_else(
        || "<a:prstDash val=\"solid\"/>".to_owned(),
        |(on, off)| {
            // In thousandths of a percent of the width of the line.
            let part = |length: f32| {
                #[expect(clippy::cast_possible_truncation, reason = "a few widths")]
                let share = (f64::from(length / stroke.width.max(1e-6)) * 100_000.0).round() as i64;
                share.max(1000)
            };
            format!("<a:custDash><a:ds d=\"{}\" sp=\"{}\"/></a:custDash>", part(on), part(off))
        },
    );
    let head = |tag: &str, end: Option<End>| {
        end.map_or_else(String::new, |end| {
            let (kind, size) = end.words(stroke.width.max(scale.px(THIN)));
            format!("<a:{tag} type=\"{kind}\" w=\"{size}\" len=\"{size}\"/>")
        })
    };
    format!(
        "<a:ln w=\"{width}\" cap=\"flat\">{}{dash}<a:round/>{}{}</a:ln>",
        solid(stroke.color),
        head("headEnd", ends[0]),
        head("tailEnd", ends[1])
    )
}

/// What is at the end of a line.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// An arrowhead of this length, in pixels.
    Arrow(f32),
    Dot,
}

impl End {
    /// Kind and size at a line of a `width` in pixels: two, three or five widths.
    fn words(self, width: f32) -> (&'static str, &'static str) {
        match self {
            Self::Arrow(length) if length < 2.5 * width => ("triangle", "sm"),
            Self::Arrow(length) if length < 4.0 * width => ("triangle", "med"),
            Self::Arrow(_) => ("triangle", "lg"),
            Self::Dot => ("oval", "med"),
        }
    }
}

/// A shape of a slide.
pub(super) struct Shape<'a> {
    pub id: usize,
    pub name: &'a str,
    /// For readers that do not see it.
    pub about: &'a str,
    /// In pixels.
    pub outline: &'a Outline,
    pub fill: Option<Color>,
    pub stroke: Option<&'a Stroke>,
    /// The places where connectors can be glued, in pixels of the page.
    pub sites: &'a [Point],
    /// Where the text is, in pixels of the page.
    pub text_at: Rect,
    /// As [`body`](super::text::body) writes it; empty for none.
    pub text: &'a str,
}

/// The rectangle around an outline.
pub(super) fn bounds(outline: &Outline) -> Rect {
    match outline {
        Outline::Circle { centre, radius } => Rect::around(*centre, *radius, *radius),
        Outline::Rounded { rect, .. } => *rect,
        Outline::Polygon(points) => points.iter().fold(Rect::NOTHING, |rect, at| rect.with(*at)),
        Outline::Curve(curve) => curve.points(24).into_iter().fold(Rect::NOTHING, Rect::with),
        Outline::Line(start, end) => Rect::NOTHING.with(*start).with(*end),
    }
}

/// A box in EMU: left, top, width and height.
#[derive(Clone, Copy)]
struct Frame([i64; 4]);

impl Frame {
    fn of(rect: &Rect, scale: Scale) -> Self {
        let [left, top] = [scale.emu(rect.min.x), scale.emu(rect.min.y)];
        Self([left, top, scale.emu(rect.max.x) - left, scale.emu(rect.max.y) - top])
    }

    fn xfrm(self) -> String {
        let Self([x, y, width, height]) = self;
        format!(
            "<a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>"
        )
    }

    /// A point of the page, from the corner of the box.
    fn local(self, at: Point, scale: Scale) -> (i64, i64) {
        (scale.emu(at.x) - self.0[0], scale.emu(at.y) - self.0[1])
    }
}

impl Shape<'_> {
    pub fn write(&self, xml: &mut String, scale: Scale) {
        let rect = bounds(self.outline);
        let frame = Frame::of(&rect, scale);
        let kind = if self.sites.is_empty() && !self.text.is_empty() { " txBox=\"1\"" } else { "" };
        let _ = write!(
            xml,
            "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\" descr=\"{}\"/><p:cNvSpPr{kind}/>\
             <p:nvPr/></p:nvSpPr><p:spPr>{}{}{}{}</p:spPr>{}</p:sp>",
            self.id,
            words(self.name),
            words(self.about),
            frame.xfrm(),
            self.geometry(frame, scale),
            fill_xml(self.fill),
            line_xml(self.stroke, [None, None], scale),
            self.text
        );
    }

    fn geometry(&self, frame: Frame, scale: Scale) -> String {
        // As shares of the shape: LibreOffice reads plain numbers in another unit, and texts and
        // connection sites keep their places when the shape is resized.
        let Frame([_, _, width, height]) = frame;
        let mut guides = String::new();
        let mut guide = |name: &str, at: Point| {
            let (x, y) = frame.local(at, scale);
            let _ = write!(
                guides,
                "<a:gd name=\"{name}x\" fmla=\"*/ w {x} {}\"/>\
                 <a:gd name=\"{name}y\" fmla=\"*/ h {y} {}\"/>",
                width.max(1),
                height.max(1)
            );
        };
        guide("from", self.text_at.min);
        guide("to", self.text_at.max);
        let mut sites = String::new();
        let middle = bounds(self.outline).centre();
        for (number, site) in self.sites.iter().enumerate() {
            guide(&format!("site{number}"), *site);
            let away = *site - middle;
            // The direction away from the shape, in 60,000ths of a degree, clockwise from the
            // right.
            #[expect(clippy::cast_possible_truncation, reason = "an angle")]
            let angle = (f64::from(away.y.atan2(away.x).to_degrees().rem_euclid(360.0)) * 60_000.0)
                .round() as i64;
            let _ = write!(
                sites,
                "<a:cxn ang=\"{}\"><a:pos x=\"site{number}x\" y=\"site{number}y\"/></a:cxn>",
                angle % 21_600_000
            );
        }
        format!(
            "<a:custGeom><a:avLst/><a:gdLst>{guides}</a:gdLst><a:ahLst/><a:cxnLst>{sites}\
             </a:cxnLst><a:rect l=\"fromx\" t=\"fromy\" r=\"tox\" b=\"toy\"/><a:pathLst>{}\
             </a:pathLst></a:custGeom>",
            path(self.outline, frame, scale)
        )
    }
}

/// The path of an outline in a box of the same size.
fn path(outline: &Outline, frame: Frame, scale: Scale) -> String {
    let Frame([_, _, width, height]) = frame;
    let mut xml = String::new();
    let at = |point: Point| {
        let (x, y) = frame.local(point, scale);
        format!("<a:pt x=\"{x}\" y=\"{y}\"/>")
    };
    let is_open = matches!(outline, Outline::Curve(_) | Outline::Line(..));
    let no_fill = if is_open { " fill=\"none\"" } else { "" };
    let _ = write!(xml, "<a:path w=\"{width}\" h=\"{height}\"{no_fill}>");
    let corner = |xml: &mut String, radius: i64, from: i64| {
        // A corner that is not rounded.
        if radius == 0 {
            return;
        }
        let _ = write!(
            xml,
            "<a:arcTo wR=\"{radius}\" hR=\"{radius}\" stAng=\"{}\" swAng=\"{QUARTER}\"/>",
            from * QUARTER
        );
    };
    match outline {
        Outline::Circle { .. } => {
            let _ = write!(
                xml,
                "<a:moveTo><a:pt x=\"0\" y=\"{}\"/></a:moveTo><a:arcTo wR=\"{}\" hR=\"{}\" \
                 stAng=\"{}\" swAng=\"{}\"/>",
                height / 2,
                width / 2,
                height / 2,
                2 * QUARTER,
                4 * QUARTER
            );
        }
        Outline::Rounded { corner: radius, .. } => {
            let r = scale.emu(*radius).clamp(0, width.min(height) / 2);
            let _ = write!(xml, "<a:moveTo><a:pt x=\"0\" y=\"{r}\"/></a:moveTo>");
            corner(&mut xml, r, 2);
            let _ = write!(xml, "<a:lnTo><a:pt x=\"{}\" y=\"0\"/></a:lnTo>", width - r);
            corner(&mut xml, r, 3);
            let (x, y) = (width, height - r);
            let _ = write!(xml, "<a:lnTo><a:pt x=\"{x}\" y=\"{y}\"/></a:lnTo>");
            corner(&mut xml, r, 0);
            let _ = write!(xml, "<a:lnTo><a:pt x=\"{r}\" y=\"{height}\"/></a:lnTo>");
            corner(&mut xml, r, 1);
        }
        Outline::Polygon(points) => {
            for (number, point) in points.iter().enumerate() {
                let tag = if number == 0 { "moveTo" } else { "lnTo" };
                let _ = write!(xml, "<a:{tag}>{}</a:{tag}>", at(*point));
            }
        }
        Outline::Curve(curve) => {
            let _ = write!(
                xml,
                "<a:moveTo>{}</a:moveTo><a:quadBezTo>{}{}</a:quadBezTo>",
                at(curve.start),
                at(curve.control),
                at(curve.end)
            );
        }
        Outline::Line(start, end) => {
            let _ = write!(xml, "<a:moveTo>{}</a:moveTo><a:lnTo>{}</a:lnTo>", at(*start), at(*end));
        }
    }
    xml.push_str(if is_open { "</a:path>" } else { "<a:close/></a:path>" });
    xml
}

/// A connector between two shapes.
pub(super) struct Connector<'a> {
    pub id: usize,
    pub name: &'a str,
    pub about: &'a str,
    /// In pixels.
    pub ends: [Point; 2],
    /// The shape and the connection site at each end; `None` if it is not glued there.
    pub glued: [Option<(usize, usize)>; 2],
    pub course: Course,
    pub stroke: &'a Stroke,
    pub heads: [Option<End>; 2],
}

impl Connector<'_> {
    pub fn write(&self, xml: &mut String, scale: Scale) {
        let glue = |tag: &str, end: Option<(usize, usize)>| {
            end.map_or_else(String::new, |(id, site)| {
                format!("<a:{tag} id=\"{id}\" idx=\"{site}\"/>")
            })
        };
        let _ = write!(
            xml,
            "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{}\" name=\"{}\" descr=\"{}\"/><p:cNvCxnSpPr>{}{}\
             </p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>{}<a:prstGeom prst=\"{}\"><a:avLst/>\
             </a:prstGeom>{}</p:spPr></p:cxnSp>",
            self.id,
            words(self.name),
            words(self.about),
            glue("stCxn", self.glued[0]),
            glue("endCxn", self.glued[1]),
            self.xfrm(scale),
            self.course.preset(),
            line_xml(Some(self.stroke), self.heads, scale)
        );
    }

    /// The box of the connector, flipped so that it leads from its start to its end, and turned by
    /// a quarter if it leaves its shape upwards or downwards.
    fn xfrm(&self, scale: Scale) -> String {
        let [start, end] = self.ends.map(|at| (scale.emu(at.x), scale.emu(at.y)));
        let (wide, high) = ((end.0 - start.0).abs(), (end.1 - start.1).abs());
        let flag =
            |name: &str, is_on: bool| if is_on { format!(" {name}=\"1\"") } else { String::new() };
        if self.course.is_upright() {
            let (x, y) = ((start.0 + end.0 - high) / 2, (start.1 + end.1 - wide) / 2);
            return format!(
                "<a:xfrm rot=\"{QUARTER}\"{}{}><a:off x=\"{x}\" y=\"{y}\"/>\
                 <a:ext cx=\"{high}\" cy=\"{wide}\"/></a:xfrm>",
                flag("flipH", end.1 < start.1),
                flag("flipV", end.0 > start.0)
            );
        }
        format!(
            "<a:xfrm{}{}><a:off x=\"{}\" y=\"{}\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm>",
            flag("flipH", end.0 < start.0),
            flag("flipV", end.1 < start.1),
            start.0.min(end.0),
            start.1.min(end.1)
        )
    }
}

/// The middle of each side of a rectangle: top, left, bottom, right, as Office numbers them.
pub(super) fn sides(rect: &Rect) -> [Point; 4] {
    let middle = rect.centre();
    [
        point(middle.x, rect.min.y),
        point(rect.min.x, middle.y),
        point(middle.x, rect.max.y),
        point(rect.max.x, middle.y),
    ]
}
