//! SVG text to a PDF of one page: vectors, and text that can be selected and searched.

use std::sync::Arc;

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt as _, SvgSettings};
use resvg::usvg::fontdb;

use super::png::tree;
use super::{ExportError, Page};
use crate::model::Map;
use crate::scene::title;

/// Points to an inch, PDF's unit.
const POINTS_PER_INCH: f32 = 72.0;

/// Draws `svg` on a page of its physical size.
///
/// # Errors
/// When the page is too small or a font cannot be embedded.
pub(super) fn render(svg: &str, page: &Page, map: &Map, fonts: &Arc<fontdb::Database>) -> Result<Vec<u8>, ExportError> {
    let failed = |message: &str| ExportError::Draw(message.to_owned());
    let tree = tree(svg, fonts)?;
    let factor = POINTS_PER_INCH / page.dpi;
    let (width, height) = (tree.size().width() * factor, tree.size().height() * factor);
    let settings = PageSettings::from_wh(width, height).ok_or_else(|| failed("the page is too small or too large"))?;
    let whole = Size::from_wh(width, height).ok_or_else(|| failed("the page is too small or too large"))?;
    let mut document = Document::new();
    let mut sheet = document.start_page_with(settings);
    let mut surface = sheet.surface();
    surface.push_transform(&Transform::identity());
    surface.draw_svg(&tree, whole, SvgSettings::default()).ok_or_else(|| failed("the picture does not fit a PDF"))?;
    surface.pop();
    surface.finish();
    sheet.finish();
    let heading = title::heading(map).to_owned();
    let mut metadata = Metadata::new().title(heading.clone()).creator("Allegiance".to_owned());
    if !map.meta.author.is_empty() {
        metadata = metadata.authors(vec![map.meta.author.clone()]);
    }
    document.set_metadata(metadata);
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(heading, XyzDestination::new(0, Point::from_xy(0.0, 0.0))));
    document.set_outline(outline);
    document.finish().map_err(|error| ExportError::Draw(format!("{error:?}")))
}
