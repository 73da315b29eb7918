//! The places of actors on slides that were exported from a map and in which shapes were moved.

use std::collections::BTreeMap;
use std::path::Path;

use roxmltree::Node;

use super::draft::refused;
use super::xml::{attribute, child, children, number, parsed};
use crate::file::opened::OpenError;
use crate::file::read_bytes;
use crate::file::source::package::Package;
use crate::geometry::{Point, point};
use crate::model::ActorId;
use crate::progress::Progress;

/// The places of actors on one slide.
#[derive(Clone, Debug, PartialEq)]
pub struct SlidePlaces {
    /// Middle of each actor's shape, in EMU.
    actors: BTreeMap<ActorId, (f64, f64)>,
    /// `None` if the program that saved the slide has dropped its name.
    view: Option<View>,
}

impl SlidePlaces {
    /// True if one of its actors is meant by `is_known`.
    pub fn has_any(&self, is_known: impl Fn(&ActorId) -> bool) -> bool {
        self.actors.keys().any(is_known)
    }

    /// The actors that are elsewhere than on the map, by a pixel at least, with their positions in
    /// map units. `known` gives the position of an actor on the map.
    #[must_use]
    pub fn moved(&self, known: impl Fn(&ActorId) -> Option<Point>) -> BTreeMap<ActorId, Point> {
        let pairs: Vec<(&ActorId, (f64, f64), Point)> =
            self.actors.iter().filter_map(|(id, at)| Some((id, *at, known(id)?))).collect();
        let Some(view) = self.view.or_else(|| View::of_unmoved(&pairs)) else {
            return BTreeMap::new();
        };
        let moved = pairs.into_iter().filter_map(|(id, at, before)| {
            let at = view.to_map(at);
            let pixels = f64::from((at - before).length()) * view.per_unit / EMU_PER_PX;
            (pixels > 1.0).then(|| (id.clone(), at))
        });
        moved.collect()
    }
}

/// Number of actors to which each is compared to find out how large a slide shows the map.
const COMPARED: usize = 40;

/// EMU per pixel of 96 to the inch.
const EMU_PER_PX: f64 = 9525.0;

/// Reads the places of the actors on each slide of a PPTX, in the order of the slides.
///
/// # Errors
/// If the file cannot be read, or has no slide that was exported from a map.
pub fn places(path: &Path) -> Result<Vec<SlidePlaces>, OpenError> {
    let bytes = read_bytes(path, &Progress::default()).map_err(|error| error.at(path))?;
    places_in(&bytes).map_err(|error| error.at(path))
}

/// Like [`places`], from the bytes of the file.
///
/// # Errors
/// If the bytes are no presentation, or it has no slide that was exported from a map.
pub fn places_in(bytes: &[u8]) -> Result<Vec<SlidePlaces>, OpenError> {
    let failed = |why: &str| refused(why.to_owned(), "a PPTX file that was exported from a map");
    if !bytes.starts_with(b"PK") {
        return Err(failed("this is no presentation"));
    }
    let mut package = Package::open(bytes).map_err(|fault| failed(fault.message()))?;
    let number_of = |name: &str| {
        let number = name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?;
        number.parse::<usize>().ok()
    };
    let mut names: Vec<(usize, String)> =
        package.names().into_iter().filter_map(|name| Some((number_of(&name)?, name))).collect();
    names.sort_unstable();
    let mut slides = Vec::new();
    for (_, name) in names {
        let text = package.part(&name).map_err(|fault| failed(fault.message()))?;
        let document = text.as_deref().map(parsed).transpose()?;
        slides.extend(document.as_ref().and_then(|document| slide(document.root_element())));
    }
    if slides.is_empty() {
        return Err(failed("it has no slide that was exported from a map"));
    }
    Ok(slides)
}

/// The places on a slide; `None` if it was not exported from a map.
fn slide(root: Node<'_, '_>) -> Option<SlidePlaces> {
    let content = child(root, "cSld")?;
    let mut actors = BTreeMap::new();
    let onto = Onto { scale: (1.0, 1.0), shift: (0.0, 0.0) };
    collect(child(content, "spTree")?, onto, &mut actors);
    let view = View::read(attribute(content, "name"));
    (!actors.is_empty()).then_some(SlidePlaces { actors, view })
}

/// How map units became EMU, as the name of the slide says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    per_unit: f64,
    origin: (f64, f64),
}

impl View {
    fn read(name: &str) -> Option<Self> {
        let (per_unit, origin) =
            name.split_once("Map, ")?.1.split_once(" EMU per unit, origin at ")?;
        let (x, y) = origin.split_once(", ")?;
        let y = y.split_whitespace().next()?;
        let view = Self { per_unit: number(per_unit)?, origin: (number(x)?, number(y)?) };
        (view.per_unit > 0.0).then_some(view)
    }

    /// The view in which most actors are where the map has them: the median of the distances
    /// between neighbours in the list, and of the shifts. `None` for fewer than three actors.
    fn of_unmoved(pairs: &[(&ActorId, (f64, f64), Point)]) -> Option<Self> {
        if pairs.len() < 3 {
            return None;
        }
        let ratios = pairs.iter().enumerate().flat_map(|(number, one)| {
            pairs.iter().skip(number + 1).take(COMPARED).filter_map(move |other| {
                let on_map = f64::from((one.2 - other.2).length());
                let on_slide = (one.1.0 - other.1.0).hypot(one.1.1 - other.1.1);
                (on_map > 0.0).then_some(on_slide / on_map)
            })
        });
        let per_unit = median(ratios.collect()).filter(|ratio| *ratio > 0.0)?;
        let x = pairs.iter().map(|(_, at, before)| at.0 - f64::from(before.x) * per_unit);
        let y = pairs.iter().map(|(_, at, before)| at.1 - f64::from(before.y) * per_unit);
        Some(Self { per_unit, origin: (median(x.collect())?, median(y.collect())?) })
    }

    #[expect(clippy::cast_possible_truncation, reason = "map units")]
    fn to_map(self, at: (f64, f64)) -> Point {
        let unit = |value: f64, origin: f64| ((value - origin) / self.per_unit) as f32;
        point(unit(at.0, self.origin.0), unit(at.1, self.origin.1))
    }
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The place of the contents of a group on the slide: a factor for each axis, then a shift.
#[derive(Clone, Copy)]
struct Onto {
    scale: (f64, f64),
    shift: (f64, f64),
}

impl Onto {
    /// For the contents of a group inside.
    fn inside(self, group: Node<'_, '_>) -> Self {
        let Some(xfrm) = child(group, "grpSpPr").and_then(|own| child(own, "xfrm")) else {
            return self;
        };
        let pair = |tag, names: [&str; 2]| {
            let node = child(xfrm, tag)?;
            Some((number(attribute(node, names[0]))?, number(attribute(node, names[1]))?))
        };
        let (Some(off), Some(size), Some(inner_off), Some(inner_size)) = (
            pair("off", ["x", "y"]),
            pair("ext", ["cx", "cy"]),
            pair("chOff", ["x", "y"]),
            pair("chExt", ["cx", "cy"]),
        ) else {
            return self;
        };
        let part = |size: f64, inner: f64| if inner > 0.0 { size / inner } else { 1.0 };
        let scale = (part(size.0, inner_size.0), part(size.1, inner_size.1));
        let shift = (off.0 - inner_off.0 * scale.0, off.1 - inner_off.1 * scale.1);
        Self {
            scale: (self.scale.0 * scale.0, self.scale.1 * scale.1),
            shift: (self.shift.0 + shift.0 * self.scale.0, self.shift.1 + shift.1 * self.scale.1),
        }
    }
}

fn collect(tree: Node<'_, '_>, onto: Onto, actors: &mut BTreeMap<ActorId, (f64, f64)>) {
    for shape in children(tree, "sp") {
        if let Some((id, at)) = place(shape, onto) {
            actors.entry(id).or_insert(at);
        }
    }
    for group in children(tree, "grpSp") {
        collect(group, onto.inside(group), actors);
    }
}

/// The actor of a shape and the middle of the shape, in EMU.
fn place(shape: Node<'_, '_>, onto: Onto) -> Option<(ActorId, (f64, f64))> {
    let about = child(child(shape, "nvSpPr")?, "cNvPr")?;
    let name = attribute(about, "name");
    let id = name.get(name.rfind("(actor ")? + "(actor ".len()..)?.strip_suffix(')')?;
    let xfrm = child(child(shape, "spPr")?, "xfrm")?;
    let (off, size) = (child(xfrm, "off")?, child(xfrm, "ext")?);
    let half = |start: &str, length: &str| {
        Some(number(attribute(off, start))? + number(attribute(size, length))? * 0.5)
    };
    let (x, y) = (half("x", "cx")?, half("y", "cy")?);
    let at = (x * onto.scale.0 + onto.shift.0, y * onto.scale.1 + onto.shift.1);
    Some((ActorId::from(id), at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_in_groups_are_where_the_group_puts_them() {
        let shape = "<sp><nvSpPr><cNvPr name=\"A (b) (actor a1)\"/></nvSpPr><spPr><xfrm>\
            <off x=\"100000\" y=\"200000\"/><ext cx=\"20000\" cy=\"40000\"/></xfrm></spPr></sp>";
        let xml = format!(
            "<sld><cSld name=\"Map, 10000 EMU per unit, origin at 50000, 20000\"><spTree><grpSp><grpSpPr>\
             <xfrm><off x=\"1000000\" y=\"0\"/><ext cx=\"200000\" cy=\"400000\"/><chOff x=\"100000\" y=\"200000\"/>\
             <chExt cx=\"100000\" cy=\"200000\"/></xfrm></grpSpPr>{shape}</grpSp></spTree></cSld></sld>"
        );
        let document = roxmltree::Document::parse(&xml).expect("well-formed");
        let places = slide(document.root_element()).expect("a slide of a map");
        // In the group: middle (110, 220) thousand, that is (1020, 40) thousand on the slide.
        assert_eq!(places.moved(|_| Some(Point::default()))[&"a1".into()], point(97.0, 2.0));
    }

    #[test]
    fn without_its_name_a_slide_is_compared_with_the_map() {
        let before = [point(0.0, 0.0), point(100.0, 0.0), point(0.0, 50.0), point(70.0, 80.0)];
        let id = |number: usize| ActorId::from(format!("a{number}"));
        let on_slide = |at: &Point| (f64::from(at.x) * 9000.0 + 77.0, f64::from(at.y) * 9000.0);
        let mut actors: BTreeMap<ActorId, (f64, f64)> =
            before.iter().enumerate().map(|(at, place)| (id(at), on_slide(place))).collect();
        actors.insert(id(3), on_slide(&point(10.0, 20.0)));
        let places = SlidePlaces { actors, view: None };
        let known = |one: &ActorId| Some(before[one.as_str()[1..].parse::<usize>().ok()?]);
        let moved = places.moved(known);
        assert_eq!(moved.keys().collect::<Vec<_>>(), [&id(3)]);
        assert!((moved[&id(3)] - point(10.0, 20.0)).length() < 1e-3);
    }

    #[test]
    fn other_presentations_are_refused() {
        assert!(places_in(b"no zip").is_err());
        assert!(View::read("Slide 1").is_none());
        assert!(View::read("Map, 0 EMU per unit, origin at 1, 2").is_none());
    }
}
