//! Builds the text of a document from paragraphs, tables, text boxes and footnotes.

use super::error::Fault;
use super::lines::{Lines, with_notes};

/// Maximum length of the text of a document, in bytes.
const TEXT_LIMIT_BYTES: usize = 64 << 20;
/// Maximum nesting of notes and text boxes.
const DEPTH_LIMIT: usize = 100;

/// What a level of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Body,
    /// A text box, which follows the paragraph that it is anchored in.
    Frame,
    Note,
}

#[derive(Debug)]
struct Level {
    kind: Kind,
    lines: Lines,
    /// How many table cells are open.
    cells: usize,
    /// Text boxes of the paragraph.
    frames: Vec<String>,
}

impl Level {
    fn new(kind: Kind) -> Self {
        Self { kind, lines: Lines::default(), cells: 0, frames: Vec::new() }
    }

    fn end_paragraph(&mut self) {
        if self.cells > 0 {
            self.lines.push_blank();
            return;
        }
        self.lines.end();
        for frame in std::mem::take(&mut self.frames) {
            self.lines.push(&frame);
            self.lines.end();
        }
    }
}

/// A text that grows in the order of the document.
#[derive(Debug)]
pub(super) struct Flow {
    levels: Vec<Level>,
    notes: Vec<String>,
    length: usize,
}

impl Default for Flow {
    fn default() -> Self {
        Self { levels: vec![Level::new(Kind::Body)], notes: Vec::new(), length: 0 }
    }
}

impl Flow {
    pub(super) fn push(&mut self, text: &str) {
        if self.length > TEXT_LIMIT_BYTES {
            return;
        }
        self.length += text.len();
        if let Some(level) = self.levels.last_mut() {
            level.lines.push(text);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.end_paragraph();
        }
    }

    pub(super) fn open_cell(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.cells += 1;
        }
    }

    /// Ends a cell: a tab follows, or a blank within the cell of another table.
    pub(super) fn close_cell(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            level.cells = level.cells.saturating_sub(1);
            if level.cells == 0 {
                level.lines.push("\t");
            } else {
                level.lines.push_blank();
            }
        }
    }

    pub(super) fn end_row(&mut self) {
        self.end_paragraph();
    }

    pub(super) fn open_frame(&mut self) -> Result<(), Fault> {
        self.open(Kind::Frame)
    }

    pub(super) fn open_note(&mut self) -> Result<(), Fault> {
        self.open(Kind::Note)
    }

    fn open(&mut self, kind: Kind) -> Result<(), Fault> {
        if self.levels.len() > DEPTH_LIMIT {
            return Err(Fault::new("its text boxes are nested too deeply")
                .advice("Open it in its program and save it as text."));
        }
        self.levels.push(Level::new(kind));
        Ok(())
    }

    /// Ends the current text box or note.
    pub(super) fn close(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(mut level) = self.levels.pop() else { return };
        level.cells = 0;
        level.end_paragraph();
        let text = level.lines.finish();
        match level.kind {
            Kind::Note => self.notes.push(text),
            Kind::Frame | Kind::Body => {
                if let Some(outer) = self.levels.last_mut() {
                    outer.frames.push(text);
                }
            }
        }
    }

    /// The text with its notes at the end.
    pub(super) fn finish(mut self) -> Result<String, Fault> {
        if self.length > TEXT_LIMIT_BYTES {
            return Err(Fault::new("its text is larger than 64 MB")
                .expected("the text of a source")
                .advice("Attach the part that you need."));
        }
        while self.levels.len() > 1 {
            self.close();
        }
        self.end_paragraph();
        let body = self.levels.pop().map(|level| level.lines.finish()).unwrap_or_default();
        Ok(with_notes(body, self.notes.into_iter()))
    }
}
