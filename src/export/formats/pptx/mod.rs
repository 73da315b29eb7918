//! PPTX encoding (ECMA-376): a slide for each picture, with a shape for each actor and a connector
//! for each line that stays attached when shapes are moved. There are no pictures in it.

mod connect;
mod course;
mod furniture;
mod parts;
mod signs;
mod slide;
mod text;
mod words;
mod xml;

use crate::export::error::ExportError;
use crate::export::format::{Encode, Format};
use crate::export::picture::Picture;
use crate::file::source::package::PackageWriter;
use crate::model::citation;
use crate::progress::Progress;
use crate::scene::page::evidence_list::entries;
use crate::scene::page::title;
pub(in crate::export) use course::behind_actors;
use slide::Slide;
use xml::Scale;

/// Height of a slide in EMU: 7.5 inches, as Office has it.
const HEIGHT: i64 = 6_858_000;

/// Slides whose shapes can be moved.
pub static PPTX: Format = Format {
    text: "PPTX",
    extension: "pptx",
    hint: "Slides for PowerPoint and Impress, with shapes that can be moved",
    has_pages: true,
    is_slides: true,
    is_interactive: false,
    can_be_transparent: false,
    can_embed_fonts: false,
    encode: Encode::Several(encode),
};

/// Encodes each picture as a slide. The output is deterministic.
///
/// # Errors
/// `Draw` if the package cannot be written, `Cancelled` if the work was cancelled.
fn encode(pictures: &[Picture<'_>], progress: &Progress) -> Result<Vec<u8>, ExportError> {
    let Some(first) = pictures.first() else { return Ok(Vec::new()) };
    #[expect(clippy::cast_precision_loss, reason = "a size of a slide")]
    let height = HEIGHT as f64;
    let scale = Scale { emu_per_px: height / f64::from(first.size.y) };
    let size = [scale.emu(first.size.x), HEIGHT];
    let mut package = Parts(PackageWriter::default());
    let (map, theme) = (first.map, &first.page.theme);
    let count = pictures.len();
    package.add("[Content_Types].xml", &parts::content_types(count))?;
    package.add(
        "_rels/.rels",
        &parts::relations(&[
            ("officeDocument", "ppt/presentation.xml".to_owned()),
            ("metadata/core-properties", "docProps/core.xml".to_owned()),
            ("extended-properties", "docProps/app.xml".to_owned()),
        ]),
    )?;
    package.add("docProps/core.xml", &parts::core(title::heading(map), &map.meta.author))?;
    package.add("docProps/app.xml", &parts::app())?;
    package.add("ppt/presentation.xml", &parts::presentation(count, size))?;
    package.add("ppt/_rels/presentation.xml.rels", &parts::presentation_relations(count))?;
    package.add("ppt/slideMasters/slideMaster1.xml", &parts::master(theme))?;
    package.add(
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        &parts::relations(&[
            ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
            ("theme", "../theme/theme1.xml".to_owned()),
        ]),
    )?;
    package.add("ppt/slideLayouts/slideLayout1.xml", &parts::layout(size))?;
    package.add(
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        &parts::relations(&[("slideMaster", "../slideMasters/slideMaster1.xml".to_owned())]),
    )?;
    package.add("ppt/notesMasters/notesMaster1.xml", &parts::notes_master())?;
    package.add(
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        &parts::relations(&[("theme", "../theme/theme2.xml".to_owned())]),
    )?;
    for (name, root) in parts::SETTINGS {
        let content = format!("{}{}", parts::HEAD, root.replace("{}", parts::SPACES));
        package.add(&format!("ppt/{name}.xml"), &content)?;
    }
    package.add("ppt/theme/theme1.xml", &parts::theme_xml(theme))?;
    package.add("ppt/theme/theme2.xml", &parts::theme_xml(theme))?;
    for (number, picture) in pictures.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        progress.reach(0.1 + 0.8 * number as f32 / count as f32)?;
        let number = number + 1;
        package
            .add(&format!("ppt/slides/slide{number}.xml"), &Slide::new(picture, scale).write())?;
        package.add(
            &format!("ppt/slides/_rels/slide{number}.xml.rels"),
            &parts::relations(&[
                ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
                ("notesSlide", format!("../notesSlides/notesSlide{number}.xml")),
            ]),
        )?;
        package.add(
            &format!("ppt/notesSlides/notesSlide{number}.xml"),
            &parts::notes(&notes(picture)),
        )?;
        package.add(
            &format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"),
            &parts::relations(&[
                ("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()),
                ("slide", format!("../slides/slide{number}.xml")),
            ]),
        )?;
    }
    package.0.finish().map_err(|error| failed(&error))
}

/// The speaker notes: the numbered lines with their excerpts, and the sources.
fn notes(picture: &Picture<'_>) -> Vec<String> {
    let map = picture.map;
    let mut lines = Vec::new();
    if let Some(step) = &picture.page.parts.step {
        lines.extend(step.text.lines().map(str::to_owned));
    }
    if let [source] = map.sources.raw.as_slice() {
        lines.push(format!("Source: {}", citation::source(source)));
    }
    for entry in entries(map, &picture.index, &picture.shown) {
        lines.push(format!("{}. {}", entry.number, entry.line));
        for tie in entry.ties {
            lines.extend(tie.tie);
            lines.extend(tie.excerpts);
        }
    }
    lines
}

/// The parts of the package that is being written.
struct Parts(PackageWriter);

impl Parts {
    fn add(&mut self, name: &str, content: &str) -> Result<(), ExportError> {
        self.0.add(name, content.as_bytes()).map_err(|error| failed(&error))
    }
}

fn failed(error: &std::io::Error) -> ExportError {
    ExportError::Draw(error.to_string())
}
