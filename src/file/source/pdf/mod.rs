//! The text of a PDF: glyphs with their places, put together to lines and paragraphs.

mod annotations;
mod cmap;
mod content;
mod embedded;
mod font;
mod furniture;
mod glyph_names;
mod lexer;
mod lines;
mod marks;
mod matrix;
mod objects;
mod paragraphs;
mod poppler;
mod reading_order;
mod repair;
mod state;
mod unit;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, Object};

use super::error::Fault;
use super::extract::{Extract, SourceMeta, tidy, tidy_title};
use crate::model::words::counted;
use crate::model::written_date::date_in;
use content::Interpreter;
use lines::Line;

/// The text of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Fault> {
    let document = open(bytes)?;
    let mut notes = Vec::new();
    let (mut pages, known) = pages(&document, &mut notes);
    let is_doubtful = known != Known::All || has_odd_letters(&pages);
    if is_doubtful && let Some(text) = poppler::text(bytes) {
        let read = "The fonts of this PDF do not say which letters some signs are; pdftotext read it. \
                    Check the text, or recognise it (OCR).";
        return Ok(Extract { text, meta: meta(&document), notes: vec![read.to_owned()] });
    }
    if furniture::leave_out(&mut pages) {
        notes.push("Page numbers and repeated headers and footers were left out.".to_owned());
    }
    let text = paragraphs::paragraphs(&pages);
    if text.is_empty() && is_marked_encrypted(bytes) {
        return Err(encrypted());
    }
    if text.is_empty() && known == Known::Nothing {
        return Err(Fault::new("the fonts of this PDF do not say which letters they show")
            .expected("a PDF with a text that can be copied")
            .advice("Recognise its text (OCR), and attach the result."));
    }
    Ok(Extract { text, meta: meta(&document), notes })
}

fn encrypted() -> Fault {
    Fault::new("this PDF is encrypted")
        .expected("a PDF without a password")
        .advice("Open it with its password and print it to a new PDF.")
}

/// True if the trailer of the PDF has an entry about encryption.
fn is_marked_encrypted(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"/Encrypt").is_some()
}

/// Opens a PDF; an encrypted one with the empty password.
fn open(bytes: &[u8]) -> Result<Document, Fault> {
    // Other bytes may come before the file itself.
    let start = memchr::memmem::find(bytes, b"%PDF-").unwrap_or(0);
    let bytes = bytes.get(start..).unwrap_or_default();
    let loaded = Document::load_mem(bytes).ok().filter(|document| !document.get_pages().is_empty());
    // Without its own trailer, an encrypted file cannot be decrypted.
    let is_encrypted = is_marked_encrypted(bytes);
    let repaired = || Document::load_mem(&repair::repaired(bytes)?).ok();
    let loaded = if is_encrypted { loaded } else { loaded.or_else(repaired) };
    let loaded = loaded.map_or_else(|| Document::load_mem(bytes), Ok);
    let mut document = loaded.map_err(|error| {
        if is_encrypted {
            return encrypted();
        }
        Fault::new(format!("this PDF cannot be read ({error})"))
            .expected("an undamaged PDF")
            .advice("Open it in a PDF program and print it to a new PDF, or copy its text.")
    })?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err(encrypted());
    }
    Ok(document)
}

/// True if the fonts seem to say wrong letters: most are accented ones, as if bytes of another
/// encoding were Latin letters, or many are of no script at all.
fn has_odd_letters(pages: &[Vec<Line>]) -> bool {
    let (mut letters, mut accented, mut private) = (0_usize, 0_usize, 0_usize);
    for letter in pages.iter().flatten().flat_map(|line| line.text.chars()) {
        let is_private = matches!(letter, '\u{e000}'..='\u{f8ff}');
        letters += usize::from(letter.is_alphabetic() || is_private);
        accented += usize::from(matches!(letter, '\u{a1}'..='\u{ff}'));
        private += usize::from(is_private);
    }
    accented * 2 > letters || private * 50 > letters
}

/// Of how many glyphs it is known which letters they show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// Of all, or nearly all.
    All,
    Most,
    Nothing,
}

/// The lines of each page. A page that cannot be read is left out, with a note.
fn pages(document: &Document, notes: &mut Vec<String>) -> (Vec<Vec<Line>>, Known) {
    let mut interpreter = Interpreter::new(document);
    let mut pages = Vec::new();
    let mut failed = 0;
    for id in document.get_pages().into_values() {
        let Ok(page) = document.get_dictionary(id) else { continue };
        let lines = catch_unwind(AssertUnwindSafe(|| lines::lines(interpreter.page(page))));
        failed += usize::from(lines.is_err());
        pages.push(lines.unwrap_or_default());
    }
    if failed > 0 {
        notes.push(format!("{} could not be read.", counted(failed, "page")));
    }
    if interpreter.is_exhausted() {
        notes.push("The PDF is too large; the end of its text is missing.".to_owned());
    }
    let (shown, unknown) = interpreter.counts();
    if unknown * 20 > shown {
        notes.push(
            "Its fonts do not say which letters some signs are; these are missing. Check the text, \
             or recognise it (OCR)."
                .to_owned(),
        );
    }
    let known = match unknown {
        0 => Known::All,
        unknown if unknown >= shown => Known::Nothing,
        unknown if unknown * 20 > shown => Known::Most,
        _ => Known::All,
    };
    (pages, known)
}

/// Title, author and date from the information about the document.
fn meta(document: &Document) -> SourceMeta {
    let info =
        document.trailer.get(b"Info").ok().and_then(|info| objects::resolved(document, info));
    let Some(Object::Dictionary(info)) = info else { return SourceMeta::default() };
    SourceMeta {
        title: text(document, info, b"Title").and_then(|title| tidy_title(&title)),
        author: text(document, info, b"Author").and_then(|author| tidy(&author)),
        published: text(document, info, b"CreationDate").and_then(|date| date_in(&date)),
        ..SourceMeta::default()
    }
}

fn text(document: &Document, dict: &Dictionary, key: &[u8]) -> Option<String> {
    lopdf::decode_text_string(objects::get(document, dict, key)?).ok()
}
