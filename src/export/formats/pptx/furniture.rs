//! What surrounds the map on a slide: title, legend, marking and notes.

use std::fmt::Write as _;

use super::slide::Slide;
use super::xml::bounds;
use crate::export::formats::xml::words;
use crate::geometry::Rect;
use crate::scene::primitive::{Mark, Owner, Primitive, Text};
use crate::text::Weight;

impl Slide<'_> {
    /// Title, legend, marking and notes, which are in pixels of the page.
    pub fn furniture(&mut self, mark: &Mark) {
        let shape = |primitive: &Primitive| match primitive {
            Primitive::Shape { outline, fill, stroke } => Some((outline.clone(), *fill, *stroke)),
            _ => None,
        };
        let text = |primitive: &Primitive| match primitive {
            Primitive::Text(text) => Some(text.clone()),
            _ => None,
        };
        match mark.owner {
            Owner::Legend => {
                let all = std::mem::take(&mut self.xml);
                let area = mark.primitives.iter().filter_map(shape);
                let area = area.map(|(outline, ..)| bounds(&outline));
                let area = area.fold(Rect::NOTHING, Rect::union);
                for primitive in &mark.primitives {
                    let shapes: Vec<_> = shape(primitive).into_iter().collect();
                    let texts: Vec<Text> = text(primitive).into_iter().collect();
                    self.plain_parts(&shapes, &texts, "Legend");
                }
                let inside = std::mem::replace(&mut self.xml, all);
                let id = self.id();
                self.group(id, "Legend", &area, &inside);
            }
            owner => {
                let shapes: Vec<_> = mark.primitives.iter().filter_map(shape).collect();
                let mut texts: Vec<Text> = mark.primitives.iter().filter_map(text).collect();
                // Lines that are drawn from the bottom up belong together too.
                texts.sort_by(|a, b| a.at.y.total_cmp(&b.at.y));
                let name = if owner == Owner::Title { "Title" } else { "Remark" };
                let heading = texts
                    .iter()
                    .take_while(|text| owner == Owner::Title && text.weight == Weight::Bold);
                let heading = heading.count();
                self.plain_parts(&shapes, &[], name);
                self.title(&texts[..heading]);
                self.plain_parts(&[], &texts[heading..], name);
            }
        }
    }

    /// The heading as the title of the slide, by which outlines and screen readers name it.
    fn title(&mut self, texts: &[Text]) {
        if texts.is_empty() {
            return;
        }
        let start = self.xml.len();
        self.text_box(texts, "Title");
        let box_xml = self.xml.split_off(start);
        let as_title = box_xml.replacen("<p:cNvSpPr txBox=\"1\"/>", "<p:cNvSpPr/>", 1).replacen(
            "<p:nvPr/>",
            "<p:nvPr><p:ph type=\"title\"/></p:nvPr>",
            1,
        );
        self.xml.push_str(&as_title);
    }

    fn group(&mut self, id: usize, name: &str, area: &Rect, inside: &str) {
        let [x, y] = [self.scale.emu(area.min.x), self.scale.emu(area.min.y)];
        let [width, height] = [self.scale.emu(area.width()), self.scale.emu(area.height())];
        let _ = write!(
            self.xml,
            "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{id}\" name=\"{}\"/><p:cNvGrpSpPr/><p:nvPr/>\
             </p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" \
             cy=\"{height}\"/><a:chOff x=\"{x}\" y=\"{y}\"/><a:chExt cx=\"{width}\" \
             cy=\"{height}\"/></a:xfrm></p:grpSpPr>{inside}</p:grpSp>",
            words(name)
        );
    }
}
