//! A map on a page, laid out once for all export formats.

use std::cell::OnceCell;
use std::sync::Arc;

use foldhash::HashSet;
use tiny_skia::Pixmap;

use super::check::check;
use super::error::ExportError;
use super::page::Page;
use crate::geometry::{Point, Rect, point};
use crate::model::query::Index;
use crate::model::{ActorIndex, Map, PerActor, PerActorSlice};
use crate::scene::camera::Camera;
use crate::scene::crowd::build::build_large;
use crate::scene::crowd::sheet::Sheet;
use crate::scene::page::evidence_list::{self, Entry, Setting};
use crate::scene::page::fit::{fit_step, fit_whole};
use crate::scene::page::furniture::{Furniture, furnish};
use crate::scene::page::parts::Parts;
use crate::scene::page::title;
use crate::scene::picture::build::{Scene, build};
use crate::scene::picture::drawn::Drawn;
use crate::scene::picture::overview::Overview;
use crate::scene::picture::request::Request;
use crate::scene::primitive::{Color, Mark, Owner, Primitive};
use crate::scene::shown::Shown;
use crate::scene::step;
use crate::text::Fonts;

/// The page on which title and legend of the size of the symbols usually are, in pixels.
const FULL_HD: Point = point(1920.0, 1080.0);
/// Share of the page that title, legend and notes may take before they are made smaller.
const FURNITURE_SHARE: f32 = 0.12;
/// How much smaller, in each step.
const SMALLER: f32 = 0.94;

/// What a picture is made from besides map, positions and page, so that it can be shared.
pub struct Known {
    pub index: Arc<Index>,
    /// What the view of the page shows.
    pub shown: Arc<Shown>,
    pub fonts: Arc<Fonts>,
}

impl Known {
    /// Computes what a picture of the map on this page needs.
    #[must_use]
    pub fn of(map: &Map, page: &Page) -> Self {
        let index = Arc::new(Index::of(map));
        Self {
            shown: Arc::new(Shown::of(map, &index, &page.view)),
            index,
            fonts: Arc::new(Fonts::for_words(&words(map))),
        }
    }
}

/// A map laid out on a page. The layout is computed once and can be encoded in any format.
pub struct Picture<'a> {
    pub(super) map: &'a Map,
    pub(super) page: &'a Page,
    /// In map units.
    pub(super) positions: PerActor<Point>,
    pub(super) index: Arc<Index>,
    pub(super) fonts: Arc<Fonts>,
    pub(super) shown: Arc<Shown>,
    pub(super) scene: Scene,
    pub(super) furniture: Furniture,
    pub(super) camera: Camera,
    /// Size of the page in pixels, without the list of evidence.
    pub(super) size: Point,
    /// Background colour; `None` if transparent.
    pub(super) ground: Option<Color>,
    /// The numbered evidence; empty if the view shows no numbers.
    pub(super) entries: Vec<Entry>,
    /// The list of evidence below the map, laid out on first use.
    list: OnceCell<Option<Mark>>,
    /// Height of the page with that list, in pixels; set together with the list.
    height: OnceCell<f32>,
    /// The page that is drawn: 0 for the map, then those of the list of evidence.
    sheet: usize,
    /// The rendered picture, computed on first use.
    pub(super) pixels: OnceCell<Pixmap>,
}

impl<'a> Picture<'a> {
    /// Lays out a map on a page; `positions` are in map units.
    ///
    /// # Errors
    /// If the size, scale or resolution of the page is outside its limits.
    pub fn new(
        map: &'a Map,
        positions: &PerActorSlice<Point>,
        page: &'a Page,
    ) -> Result<Self, ExportError> {
        check(page)?;
        Self::with(map, positions, page, Known::of(map, page))
    }

    /// Like [`Self::new`], with what is known already.
    ///
    /// # Errors
    /// If the size, scale or resolution of the page is outside its limits.
    pub fn with(
        map: &'a Map,
        positions: &PerActorSlice<Point>,
        page: &'a Page,
        known: Known,
    ) -> Result<Self, ExportError> {
        check(page)?;
        let Known { index, shown, fonts } = known;
        #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
        let size = point(page.width_px as f32, page.height_px as f32);
        let whole = Rect { min: Point::default(), max: size };
        let roughly = page.step_camera.map(|step| step::camera(&step, &whole, size));
        let places = shown.places(positions);
        let made = |camera, covered: &[Rect]| made(&places, page, size, camera, covered);
        let mut parts = Parts { made: made(roughly.or(page.camera), &[]), ..page.parts.clone() };
        let mut drawn = Drawn::in_view(map, &page.view, &shown);
        let furnished = |scale, drawn: &Drawn, parts: &Parts| {
            let view = (&page.view, &*shown);
            furnish(map, view, drawn, parts, size, scale, &page.theme, &*fonts)
        };
        let (mut furniture, furniture_scale) =
            fitting(|scale| furnished(scale, &drawn, &parts), page, size);
        let mut request = Request {
            map,
            index: &index,
            positions,
            view: &page.view,
            shown: &shown,
            zoom: 1.0,
            scale: page.scale,
            frame: None,
            theme: &page.theme,
            bows: None,
            density: 1.0,
            without: &[],
            part: None,
        };
        let of_step =
            page.step_camera.map(|step| fit_step(&step, &places, &furniture, size, page.scale));
        if let Some(camera) = of_step {
            // The step can show more than its camera alone, and less where something covers it.
            let covered: Vec<Rect> = furniture.taken().copied().collect();
            parts.made = made(Some(camera), &covered);
            furniture = furnished(furniture_scale, &drawn, &parts);
        }
        let camera = of_step
            .or(page.camera)
            .unwrap_or_else(|| fit_whole(&request, &furniture, size, &*fonts));
        let whole = page.camera.is_none().then(|| furniture.frame(&camera, size, page.scale));
        request.zoom = camera.zoom;
        request.frame = page.frame.as_ref().or(whole.as_ref());
        let mut scene = if shown.is_small() || page.draws_each {
            build(&request, &*fonts)
        } else {
            let overview = Overview::of(map, &index, positions, &page.view, &shown);
            build_large(&request, &overview, &Sheet::of(&camera, size), true, &*fonts)
        };
        if scene.busiest.is_some() {
            drawn.busiest = scene.busiest;
            furniture = furnished(furniture_scale, &drawn, &parts);
        }
        if of_step.is_some() {
            leave_out_names_of_covered(&mut scene, &furniture, &camera, size);
        }
        let ground = (!page.is_transparent).then_some(page.theme.ground);
        let entries = if page.view.numbers {
            evidence_list::entries(map, &index, &shown)
        } else {
            Vec::new()
        };
        Ok(Self {
            map,
            page,
            positions: positions.to_owned(),
            index,
            fonts,
            shown,
            scene,
            furniture,
            camera,
            size,
            ground,
            entries,
            list: OnceCell::new(),
            height: OnceCell::new(),
            sheet: 0,
            pixels: OnceCell::new(),
        })
    }

    /// What is drawn of the map.
    #[must_use]
    pub fn scene(&self) -> &Scene {
        &self.scene
    }

    /// The part of the map that is on the page.
    #[must_use]
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// The list of evidence below the map; `None` if there is no numbered evidence.
    pub(super) fn list(&self) -> Option<&Mark> {
        self.list.get_or_init(|| self.laid_list()).as_ref()
    }

    /// Lays out the list of evidence below the map, and sets the height of the page.
    fn laid_list(&self) -> Option<Mark> {
        if self.entries.is_empty() || self.page.has_evidence_pages {
            return None;
        }
        let setting = self.setting();
        let (mark, bottom) =
            evidence_list::under(self.map, &self.entries, self.size.x, self.size.y, &setting);
        let _ = self.height.set(bottom.ceil());
        Some(mark)
    }

    /// The height of the page with the list of evidence, in pixels.
    pub(super) fn height(&self) -> f32 {
        self.list();
        self.height.get().copied().unwrap_or(self.size.y)
    }

    /// The list of evidence on separate pages, one mark per page.
    pub(super) fn list_pages(&self) -> Vec<Mark> {
        evidence_list::pages(self.map, &self.entries, self.size, &self.setting())
    }

    /// The page of the list of evidence that is drawn instead of the map, if there is one.
    pub(super) fn list_sheet(&self) -> Option<Mark> {
        let number = self.sheet.checked_sub(1)?;
        self.list_pages().into_iter().nth(number)
    }

    /// Draws this page from now on: 0 for the map, then those of the list of evidence.
    pub fn turn_to(&mut self, sheet: usize) {
        self.sheet = sheet;
        self.pixels = OnceCell::new();
    }

    /// Number of files in a format without pages.
    #[must_use]
    pub fn file_count(&self) -> usize {
        if self.page.has_evidence_pages { self.page_count() } else { 1 }
    }

    /// Number of pages in a format that has pages.
    #[must_use]
    pub fn page_count(&self) -> usize {
        if self.entries.is_empty() { 1 } else { 1 + self.list_pages().len() }
    }

    fn setting(&self) -> Setting<'_> {
        let page = self.page;
        let marking = if page.parts.marking { self.map.meta.marking.trim() } else { "" };
        let heading = title::page_heading(self.map, page.parts.step.as_ref());
        Setting { scale: page.scale, theme: &page.theme, measure: &*self.fonts, marking, heading }
    }

    /// Conversion from map units to page pixels: the zoom that a point is multiplied by, and the
    /// shift that is then added.
    pub(super) fn placing(&self) -> (f32, Point) {
        (self.camera.zoom, self.size * 0.5 - self.camera.centre * self.camera.zoom)
    }
}

/// Leaves out the names of actors whose shapes title, legend or notes cover.
fn leave_out_names_of_covered(
    scene: &mut Scene,
    furniture: &Furniture,
    camera: &Camera,
    size: Point,
) {
    let is_covered = |actor: &ActorIndex| {
        let centre = scene.bodies.get(*actor).map(|body| camera.page_from_map(body.centre, size));
        centre.is_some_and(|at| furniture.taken().any(|taken| taken.contains(at)))
    };
    let covered: HashSet<ActorIndex> =
        scene.names.iter().map(|name| name.actor).filter(is_covered).collect();
    scene.names.retain(|name| !covered.contains(&name.actor));
    scene.marks.retain(|mark| {
        let is_name = mark.primitives.iter().all(|one| matches!(one, Primitive::Text(_)));
        !(is_name && matches!(mark.owner, Owner::Actor(actor) if covered.contains(&actor)))
    });
}

/// The note on file name and export date. If the page shows only some of the actors, a note on that
/// precedes it, except for pages with a frame, which show what the window shows. `places` are those
/// of the actors that are drawn, `covered` is what covers them on the page, and `camera` is `None`
/// if the page shows the whole map.
fn made(
    places: &[Point],
    page: &Page,
    size: Point,
    camera: Option<Camera>,
    covered: &[Rect],
) -> String {
    let whole = Rect { min: Point::default(), max: size };
    let is_seen =
        |at: &Point| whole.contains(*at) && covered.iter().all(|rect| !rect.contains(*at));
    let seen = |camera: Camera| {
        places.iter().map(|at| camera.page_from_map(*at, size)).filter(is_seen).count()
    };
    match camera.map(seen) {
        Some(seen) if seen < places.len() && page.parts.about && page.frame.is_none() => {
            format!("A part of the map: {seen} of {} actors. {}", places.len(), page.parts.made)
                .trim()
                .to_owned()
        }
        _ => page.parts.made.clone(),
    }
}

/// All texts of a picture that are not in ASCII, to determine which fonts it needs.
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
    let notes = map.notes.iter().map(|note| note.text.as_str());
    let steps = map.steps.iter().flat_map(|step| [step.title.as_str(), &step.text]);
    let notes = notes.chain(steps);
    let all = about.chain(names.flatten()).chain(excerpts).chain(sources).chain(notes);
    // ASCII text needs no additional font.
    all.filter(|words| !words.is_ascii()).collect::<Vec<_>>().join(" ")
}

/// Title, legend and notes in the size of the page's symbols, or smaller if large symbols would
/// make them take too much from the map. They do not become smaller than they usually are on such a
/// page. Also returns that size, as a scale.
fn fitting(furnish: impl Fn(f32) -> Furniture, page: &Page, size: Point) -> (Furniture, f32) {
    let usual = (size.x / FULL_HD.x).min(size.y / FULL_HD.y).max(1.0);
    let mut scale = page.scale;
    loop {
        let furniture = furnish(scale);
        let area = |rect: &Rect| rect.width() * rect.height();
        let share = furniture.taken().map(area).sum::<f32>() / (size.x * size.y);
        // A part of a map is drawn as it is on the screen.
        if share <= FURNITURE_SHARE || scale <= usual || page.camera.is_some() {
            return (furniture, scale);
        }
        scale = (scale * SMALLER).max(usual);
    }
}
