//! `allegiance export`: draws pictures without a window.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use clap::Args;

use super::filter::Wanted;
use super::values::{format, one_of};
use super::{UNUSABLE, exit_code, fail};
use crate::analysis::camps;
use crate::edit::{Selection, fragment};
use crate::export::{self, DEFAULT_SIZE_PX, FORMATS, Format, Page, Paper, SCREEN_DPI};
use crate::file;
use crate::file::source;
use crate::file::store::output::{Inputs, check_target, write_output};
use crate::geometry::Point;
use crate::geometry::{Rect, point};
use crate::layout::arrange::initial;
use crate::model::query::Index;
use crate::model::{Actor, ActorId, Element, Map, PerActorSlice, RelationId};
use crate::named::Named;
use crate::progress::Progress;
use crate::scene::camera::Camera;
use crate::scene::page::parts::Parts;
use crate::scene::shown::Shown;
use crate::scene::theme::ThemeName;
use crate::scene::view::View;

/// Default resolution with `--paper`, in pixels per inch.
const PAPER_DPI: f32 = 150.0;

/// Arguments of `export`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a separate option")]
pub struct Export {
    /// Map file; several if OUT is a folder.
    pub map: PathBuf,
    /// Picture to write: .png, .svg, .pdf, .pptx or .html. With --format it can be an existing
    /// folder, and more maps can be given before it.
    #[arg(required = true, num_args = 1.., value_name = "OUT")]
    pub out: Vec<PathBuf>,
    /// Format of the pictures in a folder.
    #[arg(long, value_parser = format())]
    pub format: Option<&'static Format>,
    /// Width of the picture in pixels [default: 1600 times the scale].
    #[arg(long, value_name = "PX")]
    pub width: Option<u32>,
    /// Height of the picture in pixels [default: 1000 times the scale].
    #[arg(long, value_name = "PX")]
    pub height: Option<u32>,
    /// Enlarge text, symbols, title and legend. A given size of the picture stays exact.
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    pub scale: f32,
    /// Paper size, landscape. Together with --dpi it sets the size in pixels.
    #[arg(long, value_parser = one_of::<Paper>(), ignore_case = true,
        conflicts_with_all = ["width", "height"])]
    pub paper: Option<Paper>,
    /// Shape of the slides of a PPTX.
    #[arg(long, value_parser = one_of::<Slide>(), default_value = Slide::Wide.key(),
        conflicts_with_all = ["width", "height", "paper"])]
    pub slide: Slide,
    /// Use portrait instead of landscape.
    #[arg(long, requires = "paper")]
    pub upright: bool,
    /// Pixels per inch [default: 96, with --paper 150].
    #[arg(long, value_name = "N")]
    pub dpi: Option<f32>,
    /// Colour theme.
    #[arg(long, value_parser = one_of::<ThemeName>(), default_value = ThemeName::Light.key())]
    pub theme: ThemeName,
    /// Make the background transparent.
    #[arg(long)]
    pub transparent: bool,
    /// Leave out the title.
    #[arg(long)]
    pub no_title: bool,
    /// Leave out the legend.
    #[arg(long)]
    pub no_legend: bool,
    /// Leave out the marking at top and bottom.
    #[arg(long)]
    pub no_marking: bool,
    /// Leave out the line below the title: date, sources, and how many of the ties are shown.
    #[arg(long)]
    pub no_about: bool,
    /// Leave out the caveat.
    #[arg(long)]
    pub no_caveat: bool,
    /// Leave out the author.
    #[arg(long)]
    pub no_author: bool,
    /// Leave out the note that positions carry no meaning.
    #[arg(long)]
    pub no_position: bool,
    /// Leave out caveat, author and the note on positions.
    #[arg(long)]
    pub no_notes: bool,
    /// Print the file name and the time on the picture. The output then differs on every run.
    #[arg(long)]
    pub made: bool,
    #[command(flatten)]
    pub look: super::view::Look,
    /// Number the ties and list their excerpts with source and paragraph on pages of their own:
    /// further pages of a PDF; for a PNG or SVG a second file, OUT-evidence.
    #[arg(long)]
    pub evidence: bool,
    /// As --evidence, but in a PNG or SVG below the map, which makes the picture taller.
    #[arg(long)]
    pub evidence_below: bool,
    /// One picture for each step of the briefing: the pages of a PDF, the slides of a PPTX; PNG and
    /// SVG need an existing folder, with --format.
    #[arg(long, conflicts_with_all = ["only", "area", "evidence_below"])]
    pub each_step: bool,
    /// Put the full texts of the sources into an HTML file.
    #[arg(long)]
    pub texts: bool,
    /// Leave the steps of the briefing out of an HTML file.
    #[arg(long)]
    pub no_steps: bool,
    /// Embed the fonts in an SVG.
    #[arg(long)]
    pub embed_fonts: bool,
    /// Only this actor or tie; can be repeated. Several actors are shown with the ties between
    /// them, a single actor with all its ties.
    #[arg(long, value_name = "ID")]
    pub only: Vec<String>,
    #[command(flatten)]
    pub filter: Wanted,
    /// Only this rectangle: left, top, width and height in map units.
    #[arg(long, value_name = "X,Y,W,H", value_parser = area, allow_hyphen_values = true)]
    pub area: Option<Area>,
}

/// The shapes of slides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slide {
    Wide,
    Standard,
}

impl Named for Slide {
    const ALL: &'static [Self] = &[Self::Wide, Self::Standard];

    fn key(self) -> &'static str {
        match self {
            Self::Wide => "16:9",
            Self::Standard => "4:3",
        }
    }
}

/// A rectangle of the map, in map units.
#[derive(Clone, Copy, Debug)]
pub struct Area(Rect);

fn area(text: &str) -> Result<Area, String> {
    let numbers: Result<Vec<f32>, _> =
        text.split(',').map(|part| part.trim().parse::<f32>()).collect();
    match numbers.as_deref() {
        Ok([left, top, width, height])
            if *width > 0.0 && *height > 0.0 && [left, top].iter().all(|at| at.is_finite()) =>
        {
            Ok(Area(Rect::sized(point(*left, *top), *width, *height)))
        }
        _ => Err("expected four numbers, such as -100,-50,400,300; the last two must be above 0"
            .to_owned()),
    }
}

/// The paths of a map and of its picture.
type Pair = (PathBuf, PathBuf);

/// Exports each map. The options and the output files are checked before the first map is read.
pub(super) fn run(export: &Export, err: &mut dyn Write) -> io::Result<ExitCode> {
    let (pairs, format) = match export.pairs() {
        Ok(pairs) => pairs,
        Err(message) => return fail(err, &message, UNUSABLE),
    };
    let maps = Inputs::maps(pairs.iter().map(|(map, _)| map));
    let check = |(map, out): &Pair| -> Result<_, String> {
        let format = format.map_or_else(|| Format::of(out), Ok);
        let format = format.map_err(|error| error.to_string())?;
        export::check(&export.page(map, format)).map_err(|error| error.to_string())?;
        check_target(out, &maps).map_err(|error| error.to_string())?;
        if export.has_second_file(format) {
            let second = export::evidence_path(out, 1);
            check_target(&second, &maps).map_err(|error| error.to_string())?;
        }
        Ok((map.clone(), out.clone(), format))
    };
    let wanted: Result<Vec<(PathBuf, PathBuf, &'static Format)>, String> =
        pairs.iter().map(check).collect();
    let wanted = match wanted {
        Ok(wanted) => wanted,
        Err(message) => return fail(err, &message, UNUSABLE),
    };
    let mut worst = 0;
    for (map, out, format) in wanted {
        if let Err((message, code)) = export_one(export, &map, &out, format, err) {
            writeln!(err, "allegiance: {message}")?;
            worst = worst.max(code);
        }
    }
    Ok(ExitCode::from(worst))
}

/// Exports one map. An error is a message and an exit code.
fn export_one(
    export: &Export,
    path: &Path,
    out: &Path,
    format: &'static Format,
    err: &mut dyn Write,
) -> Result<(), (String, u8)> {
    let (mut map, _) =
        file::view(path).map_err(|error| (error.to_string(), exit_code(error.refusal)))?;
    let inputs = Inputs::of(Some(path), &map);
    inputs.check(out).map_err(|error| (error.to_string(), UNUSABLE))?;
    if export.has_second_file(format) {
        let second = export::evidence_path(out, 1);
        inputs.check(&second).map_err(|error| (error.to_string(), UNUSABLE))?;
    }
    // The command line cannot cancel.
    let positions = initial(&map, &Index::of(&map), &Progress::default());
    let mut positions = positions.map_err(|error| (error.to_string(), 1))?;
    let mut page = export.page(path, format);
    export.filter.check(&map).map_err(|message| (message, UNUSABLE))?;
    page.view.settings =
        export.look.settings(&map, &export.filter).map_err(|message| (message, UNUSABLE))?;
    if page.view.settings.camps {
        page.view.camps = Some(Arc::new(camps::of_map(&map, &Index::of(&map))));
    }
    if !export.only.is_empty() {
        let selection = export.selection(&map).map_err(|message| (message, UNUSABLE))?;
        let index = Index::of(&map);
        page.view.settings.filter =
            page.view.settings.filter.fixed(&map, &index, page.view.settings.outlook);
        let shown = Shown::of(&map, &index, &page.view);
        let (part, places, words) =
            fragment::pictured(&map, &index, &positions, &shown, &selection);
        page.parts.made = [words.as_str(), &page.parts.made].join(" ").trim().into();
        // The camps are those of the whole map.
        let camp = |actor: &Actor| page.view.camp(index.actor(&actor.id)?);
        let camps = page.view.camps.is_some();
        page.view.camps = camps.then(|| Arc::new(part.actors.iter().map(camp).collect()));
        (map, positions) = (part, places);
    }
    if let Some(Area(area)) = export.area
        && !positions.iter().any(|at| area.contains(*at))
    {
        return Err(("--area: there is no actor in this rectangle".to_owned(), UNUSABLE));
    }
    if export.texts && format.is_interactive {
        for (id, text) in source::texts(&map, Some(path)).0 {
            if let Some(source) = map.sources.iter_mut().find(|source| source.id == id) {
                source.text = Some(text.as_str().to_owned());
            }
        }
    }
    if let Some(complaint) = export::missing_glyphs_message(&map) {
        let _ = writeln!(err, "allegiance: {}: {complaint}", path.display());
    }
    if format.is_interactive && !map.steps.is_empty() && export.has_view() && !export.no_steps {
        let words =
            "the steps are left out, because their views may show what the options leave out";
        let _ = writeln!(err, "allegiance: {}: {words}", out.display());
    }
    if export.each_step && !format.is_interactive {
        return export_steps(path, &map, &positions, &page, (out, format), &inputs, err);
    }
    let files = export::render_files(&map, &positions, &page, format, &Progress::default());
    let (files, remarks) = files.map_err(|error| (error.to_string(), 1))?;
    tell(err, out, &remarks);
    for (number, bytes) in files.iter().enumerate() {
        let out = if number == 0 { out.to_owned() } else { export::evidence_path(out, number) };
        write_output(&out, bytes, &inputs).map_err(|error| (error.to_string(), 1))?;
    }
    Ok(())
}

/// Prints which parts of a map have no place on a slide.
fn tell(err: &mut dyn Write, out: &Path, remarks: &[String]) {
    for remark in remarks {
        let _ = writeln!(err, "allegiance: {}: {remark}", out.display());
    }
}

/// Exports the steps of a map.
fn export_steps(
    path: &Path,
    map: &Map,
    positions: &PerActorSlice<Point>,
    page: &Page,
    (out, format): (&Path, &'static Format),
    inputs: &Inputs,
    err: &mut dyn Write,
) -> Result<(), (String, u8)> {
    if map.steps.is_empty() {
        let message = format!(
            "{}: --each-step: the map has no steps; add them in the window (B), or leave this \
             option out",
            path.display()
        );
        return Err((message, UNUSABLE));
    }
    let paths = export::step_paths(out, format, map);
    for path in &paths {
        inputs.check(path).map_err(|error| (error.to_string(), UNUSABLE))?;
    }
    let files = export::render_steps(map, positions, page, format, &Progress::default());
    let (files, remarks) = files.map_err(|error| (error.to_string(), 1))?;
    tell(err, out, &remarks);
    for (path, bytes) in paths.iter().zip(&files) {
        write_output(path, bytes, inputs).map_err(|error| (error.to_string(), 1))?;
    }
    Ok(())
}

impl Export {
    /// The paths of each map and its picture, and the format given by `--format`.
    fn pairs(&self) -> Result<(Vec<Pair>, Option<&'static Format>), String> {
        let Some((out, more)) = self.out.split_last() else {
            return Err("no output file was given".to_owned());
        };
        let format = self.format;
        if self.each_step && self.has_view() {
            return Err(
                "--each-step: the steps have views of their own; options that say what is \
                        shown, such as --stance, --hide or --lines, cannot be combined with it"
                    .to_owned(),
            );
        }
        let needs_folder =
            |format: &Format| self.each_step && !format.has_pages && !format.is_interactive;
        if let Some(format) = format.filter(|format| needs_folder(format) && !out.is_dir()) {
            return Err(format!(
                "{}: there is no such folder; with --each-step, a {} needs an existing one",
                out.display(),
                format.text
            ));
        }
        if !out.is_dir() {
            return match (more.is_empty(), format, Format::of(out)) {
                (false, ..) => {
                    Err(format!("{}: several maps need an existing folder", out.display()))
                }
                (true, _, Ok(named)) if needs_folder(named) => Err(format!(
                    "{}: with --each-step, a {} needs an existing folder and --format {}",
                    out.display(),
                    named.text,
                    named.extension
                )),
                (true, Some(wanted), Ok(named)) if wanted != named => {
                    Err(format!("{}: the file name does not match --format", out.display()))
                }
                (true, ..) => Ok((vec![(self.map.clone(), out.clone())], format)),
            };
        }
        let Some(named) = format else {
            let formats: Vec<&str> = FORMATS.iter().map(|format| format.extension).collect();
            let formats = formats.join(", ");
            return Err(format!("the output is a folder; give --format, one of {formats}"));
        };
        let maps = std::iter::once(&self.map).chain(more);
        let picture = |map: &PathBuf| {
            let stem = map.file_stem().unwrap_or(map.as_os_str()).to_os_string();
            (map.clone(), out.join(stem).with_extension(named.extension))
        };
        let pairs: Vec<Pair> = maps.map(picture).collect();
        for (number, (map, out)) in pairs.iter().enumerate() {
            if let Some((other, _)) = pairs[..number].iter().find(|(_, before)| before == out) {
                let (one, two) = (other.display(), map.display());
                return Err(format!(
                    "{one} and {two} would both become {}; export them one by one",
                    out.display()
                ));
            }
        }
        Ok((pairs, format))
    }

    /// True if an option says what is shown of the map, or how.
    fn has_view(&self) -> bool {
        self.look.is_given() || self.filter != Wanted::default() || !self.only.is_empty()
    }

    /// True if the list of evidence is in a file of its own.
    fn has_second_file(&self, format: &Format) -> bool {
        self.evidence && !self.evidence_below && !format.has_pages
    }

    /// The elements given by `--only`.
    fn selection(&self, map: &Map) -> Result<Selection, String> {
        let index = Index::of(map);
        let item = |id: &String| {
            let (actor, relation) = (ActorId::from(id.clone()), RelationId::from(id.clone()));
            match (index.actor(&actor), index.relation(&relation)) {
                (Some(_), _) => Ok(Element::Actor(actor)),
                (None, Some(_)) => Ok(Element::Relation(relation)),
                (None, None) => {
                    Err(format!("--only {id}: no actor and no tie of the map has this id"))
                }
            }
        };
        self.only.iter().map(item).collect()
    }

    /// The page for these options. `map` is the path of the map file.
    fn page(&self, map: &Path, format: &Format) -> Page {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; checked later"
        )]
        let whole = |pixels: f64| pixels.round() as u32;
        let scaled = |side: u32| whole(f64::from(side) * f64::from(self.scale));
        let dpi = self.dpi.unwrap_or(if self.paper.is_some() { PAPER_DPI } else { SCREEN_DPI });
        let usual = match (format.is_slides, self.slide) {
            (false, _) => DEFAULT_SIZE_PX,
            (true, Slide::Wide) => (1280, 720),
            (true, Slide::Standard) => (960, 720),
        };
        let (width, height, magnified) = match self.paper {
            Some(paper) => {
                let ([width, height], scale) = paper.pixels(self.upright, dpi);
                (width, height, scale * self.scale)
            }
            None => (scaled(usual.0), scaled(usual.1), self.scale),
        };
        let (wide, high) = (self.width.unwrap_or(width), self.height.unwrap_or(height));
        let name = map.file_name().unwrap_or(map.as_os_str()).to_string_lossy();
        let made =
            if self.made { export::export_note(&name, SystemTime::now()) } else { String::new() };
        Page {
            scale: magnified,
            theme: self.theme.into(),
            parts: Parts {
                title: !self.no_title,
                legend: !self.no_legend,
                marking: !self.no_marking,
                about: !self.no_about,
                caveat: !(self.no_caveat || self.no_notes),
                author: !(self.no_author || self.no_notes),
                position: !(self.no_position || self.no_notes),
                made,
                step: None,
            },
            has_texts: self.texts,
            // Steps have views of their own, which may show what these options leave out.
            has_steps: !self.no_steps && !self.has_view(),
            is_transparent: self.transparent,
            embeds_fonts: self.embed_fonts,
            dpi,
            view: View { numbers: self.evidence || self.evidence_below, ..View::default() },
            has_evidence_pages: !self.evidence_below,
            camera: self.area.map(|Area(area)| {
                #[expect(clippy::cast_precision_loss, reason = "sides are below 2^24")]
                let zoom = (wide as f32 / area.width()).min(high as f32 / area.height());
                Camera { centre: area.centre(), zoom }
            }),
            ..Page::new(wide, high)
        }
    }
}
