//! All that stands on one page, built once for every kind of file.

use super::Page;
use crate::geometry::{Point, Rect, point};
use crate::model::Map;
use crate::model::filter::Filter;
use crate::model::query::Index;
use crate::scene::camera::Camera;
use crate::scene::page::evidence_list::{self, Entry, Setting};
use crate::scene::page::fit::fit_whole;
use crate::scene::page::furniture::Furniture;
use crate::scene::page::furniture::furnish;
use crate::scene::page::parts::Parts;
use crate::scene::picture::build::Scene;
use crate::scene::picture::build::build;
use crate::scene::picture::request::Request;
use crate::scene::primitive::{Color, Mark};
use crate::text::Fonts;

/// What stands on one page.
pub(super) struct Sheet<'a> {
    pub map: &'a Map,
    pub index: Index,
    pub fonts: Fonts,
    pub scene: Scene,
    pub furniture: Furniture,
    pub camera: Camera,
    /// In pixels, without the list.
    pub size: Point,
    /// What the page is filled with; `None` leaves it empty.
    pub ground: Option<Color>,
    /// The numbered evidence.
    pub entries: Vec<Entry>,
    /// Which ties are left out.
    pub filter: Filter,
}

impl<'a> Sheet<'a> {
    pub fn new(map: &'a Map, positions: &[Point], page: &Page) -> Self {
        let fonts = Fonts::for_words(&words(map));
        let index = Index::of(map);
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let size = point(page.width_px as f32, page.height_px as f32);
        let parts = Parts { made: made(map, positions, page, size), ..page.parts.clone() };
        let furniture = furnish(map, &page.view, &parts, size, page.scale, &page.theme, &fonts);
        let mut request = Request {
            map,
            index: &index,
            positions,
            view: &page.view,
            zoom: 1.0,
            scale: page.scale,
            frame: None,
            theme: &page.theme,
            part: None,
        };
        let camera = page.camera.unwrap_or_else(|| fit_whole(&request, &furniture, size));
        let whole = page.camera.is_none().then(|| furniture.frame(&camera, size));
        request.zoom = camera.zoom;
        request.frame = page.frame.as_ref().or(whole.as_ref());
        let scene = build(&request, &fonts);
        let ground = (!page.is_transparent).then_some(page.theme.ground);
        let entries = if page.view.numbers {
            evidence_list::entries(map, &index, &page.view)
        } else {
            Vec::new()
        };
        let filter = page.view.filter.clone();
        Self { map, index, fonts, scene, furniture, camera, size, ground, entries, filter }
    }

    /// The list below the map, and the height of the page with it.
    pub fn list_under(&self, page: &Page) -> (Option<Mark>, f32) {
        if self.entries.is_empty() {
            return (None, self.size.y);
        }
        let (mark, bottom) = evidence_list::under(
            self.map,
            &self.entries,
            self.size.x,
            self.size.y,
            &self.setting(page),
        );
        (Some(mark), bottom.ceil())
    }

    /// The list on pages of its own.
    pub fn list_pages(&self, page: &Page) -> Vec<Mark> {
        evidence_list::pages(self.map, &self.entries, self.size, &self.setting(page))
    }

    fn setting<'s>(&'s self, page: &'s Page) -> Setting<'s> {
        let marking = if page.parts.marking { self.map.meta.marking.trim() } else { "" };
        Setting { scale: page.scale, theme: &page.theme, measure: &self.fonts, marking }
    }

    /// From map units to the page: a point times the first, plus the second.
    pub fn placing(&self) -> (f32, Point) {
        (self.camera.zoom, self.size * 0.5 - self.camera.centre * self.camera.zoom)
    }
}

/// What the page says of its making, and that an area cut out of the map is one; what is on the
/// screen stays as it is there.
fn made(map: &Map, positions: &[Point], page: &Page, size: Point) -> String {
    let whole = Rect { min: Point::default(), max: size };
    let is_seen = |camera: Camera| {
        positions.iter().filter(|at| whole.contains(camera.page_from_map(**at, size))).count()
    };
    match page.camera.map(is_seen) {
        Some(seen) if seen < map.actors.len() && page.parts.about && page.frame.is_none() => {
            format!("A part of the map: {seen} of {} actors. {}", map.actors.len(), page.parts.made)
                .trim()
                .to_owned()
        }
        _ => page.parts.made.clone(),
    }
}

/// All that a picture may have to write, to find out which fonts it needs.
#[must_use]
pub fn words(map: &Map) -> String {
    let about =
        [&map.meta.title, &map.meta.message, &map.meta.marking, &map.meta.caveat, &map.meta.author];
    let about = about.into_iter().map(String::as_str);
    let names =
        map.actors.iter().flat_map(|actor| [Some(actor.name.as_str()), actor.short.as_deref()]);
    let excerpts = map
        .relations
        .iter()
        .flat_map(|relation| &relation.evidence)
        .map(|excerpt| excerpt.excerpt.as_str());
    let sources = map
        .sources
        .iter()
        .flat_map(|source| [source.title.as_str(), &source.author, &source.publisher]);
    let all = about.chain(names.flatten()).chain(excerpts).chain(sources);
    // Nothing that needs a font of its own is in ASCII.
    all.filter(|words| !words.is_ascii()).collect::<Vec<_>>().join(" ")
}
