//! The text of a file in Rich Text Format (RTF 1.9.1): paragraphs and table rows as lines,
//! footnotes at the end, without hidden and deleted text.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::decode::code_page;
use super::error::Fault;
use super::extract::{Extract, SourceMeta, tidy, tidy_title};
use super::lines::{Lines, with_notes};
use super::rtf_tokens::{Token, Tokens};
use crate::model::PartialDate;
use crate::model::written_date::date_in;

/// Maximum nesting of groups. Real files have a few dozen levels.
const DEPTH_LIMIT: usize = 5_000;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sink {
    #[default]
    Body,
    Note,
    Title,
    Author,
    /// The date of creation, as control words.
    Created,
    /// The table of fonts, of which only the character sets are read.
    Fonts,
    Nothing,
}

/// What a closing brace restores.
#[derive(Clone, Copy, Debug)]
struct State {
    sink: Sink,
    /// How many characters follow a Unicode character as a replacement for older programs.
    replaced: usize,
    encoding: &'static Encoding,
    is_hidden: bool,
    is_deleted: bool,
    /// True between the formatting that Outlook adds to HTML.
    is_from_html: bool,
}

struct Reader {
    state: State,
    stack: Vec<State>,
    /// Bytes of text that are not decoded yet.
    pending: Vec<u8>,
    /// The first half of a character beyond the Basic Multilingual Plane.
    half: Option<u16>,
    /// Characters still to be skipped after a Unicode character.
    skipped: usize,
    /// True after `\*`: the next control word opens a group that may be ignored.
    is_optional: bool,
    fonts: HashMap<i32, &'static Encoding>,
    /// The font whose character set comes next in the table of fonts.
    font: i32,
    page: &'static Encoding,
    body: Lines,
    notes: Vec<Lines>,
    title: String,
    author: String,
    created: [i32; 3],
}

/// The text of a file in Rich Text Format.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, Fault> {
    let mut reader = Reader::new();
    for token in Tokens::new(bytes) {
        reader.take(&token)?;
    }
    reader.flush();
    let meta = SourceMeta {
        title: tidy_title(&reader.title),
        author: tidy(&reader.author),
        published: reader.created(),
        ..SourceMeta::default()
    };
    let notes = reader.notes.into_iter().map(Lines::finish);
    let text = with_notes(reader.body.finish(), notes);
    Ok(Extract { text, meta, notes: Vec::new() })
}

impl Reader {
    fn new() -> Self {
        let state = State {
            sink: Sink::Body,
            replaced: 1,
            encoding: WINDOWS_1252,
            is_hidden: false,
            is_deleted: false,
            is_from_html: false,
        };
        Self {
            state,
            stack: Vec::new(),
            pending: Vec::new(),
            half: None,
            skipped: 0,
            is_optional: false,
            fonts: HashMap::new(),
            font: 0,
            page: WINDOWS_1252,
            body: Lines::default(),
            notes: Vec::new(),
            title: String::new(),
            author: String::new(),
            created: [0; 3],
        }
    }

    fn take(&mut self, token: &Token<'_>) -> Result<(), Fault> {
        if let Token::Byte(byte) = token {
            if self.skipped > 0 {
                self.skipped -= 1;
            } else {
                self.pending.push(*byte);
            }
            return Ok(());
        }
        self.flush();
        match token {
            Token::Open => {
                self.skipped = 0;
                if self.stack.len() >= DEPTH_LIMIT {
                    return Err(Fault::new("its groups are nested too deeply")
                        .expected("a file in Rich Text Format")
                        .advice("Open it in its program and save it again."));
                }
                self.stack.push(self.state);
                self.is_optional = false;
            }
            Token::Close => {
                self.skipped = 0;
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            Token::Symbol(symbol) => self.symbol(*symbol),
            Token::Word(word, value) => {
                let is_optional = std::mem::take(&mut self.is_optional);
                self.word(word, *value, is_optional);
            }
            Token::Byte(_) => {}
        }
        Ok(())
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => self.is_optional = true,
            b'~' => self.push("\u{a0}"),
            b'_' => self.push("\u{2011}"),
            b'\\' | b'{' | b'}' => {
                if self.skipped > 0 {
                    self.skipped -= 1;
                } else {
                    self.pending.push(symbol);
                }
            }
            b'\r' | b'\n' => self.line(),
            b'\t' => self.push("\t"),
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8], value: Option<i32>, is_optional: bool) {
        let is_on = value != Some(0);
        match word {
            b"u" => self.unicode(value.unwrap_or(0)),
            b"uc" => self.state.replaced = usize::try_from(value.unwrap_or(1)).unwrap_or(1).min(16),
            b"par" | b"sect" | b"page" | b"row" | b"nestrow" | b"line" | b"column" => self.line(),
            b"cell" | b"nestcell" | b"tab" => self.push("\t"),
            b"emdash" => self.push("—"),
            b"endash" => self.push("–"),
            b"lquote" => self.push("‘"),
            b"rquote" => self.push("’"),
            b"ldblquote" => self.push("“"),
            b"rdblquote" => self.push("”"),
            b"bullet" => self.push("•"),
            b"emspace" | b"enspace" | b"qmspace" => self.push(" "),
            b"v" => self.state.is_hidden = is_on,
            b"deleted" => self.state.is_deleted = is_on,
            b"plain" => {
                self.state.is_hidden = false;
                self.state.is_deleted = false;
                self.state.encoding = self.page;
            }
            b"htmlrtf" => self.state.is_from_html = is_on,
            b"ansicpg" => self.set_page(u32::try_from(value.unwrap_or(1252)).unwrap_or(1252)),
            b"mac" => self.set_page(10000),
            b"pc" | b"pca" => self.set_page(437),
            b"f" => self.font(value.unwrap_or(0)),
            b"fcharset" => self.character_set(charset_page(value.unwrap_or(0))),
            b"cpg" => self.character_set(u32::try_from(value.unwrap_or(0)).ok()),
            b"yr" | b"mo" | b"dy" => self.date_part(word, value.unwrap_or(0)),
            _ => self.destination(word, is_optional),
        }
    }

    /// Starts a group whose text goes elsewhere.
    fn destination(&mut self, word: &[u8], is_optional: bool) {
        let sink = match word {
            b"footnote" if self.state.sink == Sink::Body => {
                self.notes.push(Lines::default());
                Sink::Note
            }
            // The text of a shape, within data that is ignored.
            b"shptxt" | b"ud" => Sink::Body,
            b"title" => Sink::Title,
            b"author" => Sink::Author,
            b"creatim" => Sink::Created,
            b"fonttbl" => Sink::Fonts,
            b"colortbl" | b"stylesheet" | b"info" | b"pict" | b"object" | b"header"
            | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr"
            | b"footerf" | b"fldinst" | b"pntext" | b"listtext" | b"upr" | b"xe" | b"tc"
            | b"rxe" | b"bkmkstart" | b"bkmkend" | b"nonshppict" | b"generator" | b"listtable"
            | b"revtbl" | b"rsidtbl" | b"filetbl" | b"template" | b"nonesttables" | b"pnseclvl" => {
                Sink::Nothing
            }
            _ if is_optional => Sink::Nothing,
            _ => return,
        };
        let is_info = matches!(sink, Sink::Title | Sink::Author | Sink::Created);
        // Words such as `\title` mean something else outside of the information about the file.
        if !is_info || self.state.sink == Sink::Nothing {
            self.state.sink = sink;
        }
    }

    fn set_page(&mut self, number: u32) {
        self.page = code_page(number).unwrap_or(WINDOWS_1252);
        self.state.encoding = self.page;
    }

    /// Selects a font, or names the next one of the table.
    fn font(&mut self, number: i32) {
        if self.state.sink == Sink::Fonts {
            self.font = number;
        } else {
            self.state.encoding = self.fonts.get(&number).copied().unwrap_or(self.page);
        }
    }

    fn character_set(&mut self, page: Option<u32>) {
        if self.state.sink == Sink::Fonts
            && let Some(encoding) = page.and_then(code_page)
        {
            self.fonts.insert(self.font, encoding);
        }
    }

    fn date_part(&mut self, word: &[u8], value: i32) {
        if self.state.sink != Sink::Created {
            return;
        }
        let [year, month, day] = &mut self.created;
        match word {
            b"yr" => *year = value,
            b"mo" => *month = value,
            _ => *day = value,
        }
    }

    fn created(&self) -> Option<PartialDate> {
        let [year, month, day] = self.created;
        date_in(&format!("{year:04}-{month:02}-{day:02}"))
    }

    /// A character as a UTF-16 code unit, negative above 32767.
    fn unicode(&mut self, value: i32) {
        self.skipped = self.state.replaced;
        let unit = value.rem_euclid(0x1_0000);
        let Ok(unit) = u16::try_from(unit) else { return };
        let half = self.half.take();
        if (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let units = half.into_iter().chain([unit]);
        let text: String = char::decode_utf16(units).flatten().collect();
        self.push(&text);
    }

    /// Decodes the pending bytes.
    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            let (text, _) = self.state.encoding.decode_without_bom_handling(&bytes);
            self.push(&text);
        }
    }

    fn push(&mut self, text: &str) {
        if self.state.is_hidden || self.state.is_deleted || self.state.is_from_html {
            return;
        }
        match self.state.sink {
            Sink::Body => self.body.push(text),
            Sink::Note => {
                if let Some(note) = self.notes.last_mut() {
                    note.push(text);
                }
            }
            Sink::Title => self.title.push_str(text),
            Sink::Author => self.author.push_str(text),
            Sink::Created | Sink::Fonts | Sink::Nothing => {}
        }
    }

    fn line(&mut self) {
        self.push("\n");
    }
}

/// The code page of a font's character set.
fn charset_page(charset: i32) -> Option<u32> {
    Some(match charset {
        0 => 1252,
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    fn text(rtf: &str) -> String {
        super::read(rtf.as_bytes()).expect("read").text
    }

    #[test]
    fn characters_are_read_in_all_their_forms() {
        assert_eq!(
            text(r"{\rtf1\ansi\ansicpg1252 said \'93no\'94 \emdash  caf\'e9}"),
            "said “no” — café"
        );
        assert_eq!(text(r"{\rtf1\ansi\uc1 \u1052?\u1080? \u-10179?\u-8704? \{x\}}"), "Ми 😀 {x}");
        assert_eq!(text(r"{\rtf1\uc2 \u8212\'97\'97x{\uc0 \u233}y}"), "—xéy");
        let fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}";
        let words = r"caf\'e9 {\f1 \'cc\'e8\'f0} \f2 \'8a\'4f\'96\'b1 \plain\f0 \'e9";
        assert_eq!(text(&format!(r"{{\rtf1\ansi\ansicpg1252{fonts}{words}}}")), "café Мир 外務 é");
    }

    #[test]
    fn what_is_not_shown_is_left_out_and_notes_come_last() {
        let file = r"{\rtf1{\*\generator X;}{\stylesheet{\s0 Normal;}}{\header Head}
            {\info{\title My title}{\author Ann Lee}{\creatim\yr2024\mo3\dy24\hr1}}
            One{\v hidden}{\footnote {\super 1} A note.} two{\deleted gone}.\par
            {\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\par {\pict\bin3 }{}abc}
            \trowd a\cell b\cell\row\pard End}";
        let read = super::read(file.replace("            ", "").as_bytes()).expect("read");
        assert_eq!(read.text, "One two.\nlink\na\tb\nEnd\n[1] A note.");
        assert_eq!(read.meta.title.as_deref(), Some("My title"));
        assert_eq!(read.meta.author.as_deref(), Some("Ann Lee"));
        assert_eq!(read.meta.published.map(|date| date.to_string()).as_deref(), Some("2024-03-24"));
    }
}
