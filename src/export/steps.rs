//! The steps of a briefing as pages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::error::ExportError;
use super::format::Format;
use super::page::Page;
use super::picture::{Known, Picture, words};
use super::remarks::remarks;
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{BriefingStep, Map, PerActorSlice};
use crate::progress::Progress;
use crate::scene::page::parts::{Parts, StepWords};
use crate::scene::shown::Shown;
use crate::scene::step;
use crate::text::Fonts;

/// Most letters of a title in the name of a file.
const LETTERS_AT_MOST: usize = 40;

/// A page for each step: `page`, with the view, the camera and the words of the step.
#[must_use]
pub fn step_pages(map: &Map, index: &Index, page: &Page) -> Vec<(Page, Arc<Shown>)> {
    map.steps.iter().map(|step| step_page(map, index, page, step)).collect()
}

fn step_page(map: &Map, index: &Index, page: &Page, step: &BriefingStep) -> (Page, Arc<Shown>) {
    let (view, shown) = step::view(map, index, step, &page.view);
    let words = StepWords { title: step.title.clone(), text: step.text.clone() };
    let page = Page {
        view,
        camera: None,
        step_camera: step.camera,
        frame: None,
        parts: Parts { step: Some(words), ..page.parts.clone() },
        ..page.clone()
    };
    (page, Arc::new(shown))
}

/// The pictures of such pages.
///
/// # Errors
/// If the size, scale or resolution of the pages is outside its limits.
pub fn step_pictures<'a>(
    map: &'a Map,
    positions: &PerActorSlice<Point>,
    index: &Arc<Index>,
    fonts: &Arc<Fonts>,
    pages: &'a [(Page, Arc<Shown>)],
) -> Result<Vec<Picture<'a>>, ExportError> {
    let picture = |(page, shown): &'a (Page, Arc<Shown>)| {
        let known =
            Known { index: Arc::clone(index), shown: Arc::clone(shown), fonts: Arc::clone(fonts) };
        Picture::with(map, positions, page, known)
    };
    pages.iter().map(picture).collect()
}

/// The path of the picture of a step, beside the picture of the whole map at `path`:
/// `map-02-who-attacks-whom.png`. `number` counts from 1.
fn step_path(path: &Path, number: usize, step: &BriefingStep) -> PathBuf {
    let title = step.title.trim().chars().take(LETTERS_AT_MOST);
    let letters: String = title
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = letters.split_whitespace().collect();
    let words = if words.is_empty() { "step".to_owned() } else { words.join("-") };
    let mut name = path.file_stem().unwrap_or_default().to_os_string();
    name.push(format!("-{number:02}-{words}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// The files of the steps of a map: `path` alone if the format has pages, else one for each beside
/// it.
#[must_use]
pub fn step_paths(path: &Path, format: &Format, map: &Map) -> Vec<PathBuf> {
    if format.has_pages {
        return vec![path.to_owned()];
    }
    let steps = map.steps.iter().enumerate();
    steps.map(|(number, step)| step_path(path, number + 1, step)).collect()
}

/// Encodes the steps of a map: as one file if the format has pages, else as one file each. Also
/// returns the [`remarks`] about slides.
///
/// # Errors
/// If a page is invalid, a picture cannot be drawn, or the work was cancelled.
#[expect(clippy::cast_precision_loss, reason = "a share of the work")]
pub fn render_steps(
    map: &Map,
    positions: &PerActorSlice<Point>,
    page: &Page,
    format: &Format,
    progress: &Progress,
) -> Result<(Vec<Vec<u8>>, Vec<String>), ExportError> {
    progress.check()?;
    let index = Arc::new(Index::of(map));
    let fonts = Arc::new(Fonts::for_words(&words(map)));
    let page = Page { has_evidence_pages: format.has_pages, ..page.clone() };
    let pages = step_pages(map, &index, &format.fitted(page));
    let pictures = step_pictures(map, positions, &index, &fonts, &pages)?;
    progress.reach(0.1)?;
    if format.has_pages {
        let remarks = remarks(format, &pictures);
        return Ok((vec![format.encode_all(&pictures, progress)?], remarks));
    }
    let mut files = Vec::new();
    let share = 0.9 / pictures.len().max(1) as f32;
    for picture in &pictures {
        files.push(format.encode(picture, &Progress::default())?);
        progress.reach(0.1 + share * files.len() as f32)?;
    }
    Ok((files, Vec::new()))
}
