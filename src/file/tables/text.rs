//! Tables as text: which encoding, which separator, and whether cells are quoted.

use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use super::form::{TextForm, Told};
use super::sheet::Sheet;
use crate::file::opened::Bytes;
use crate::file::source::decode::encoding_of;

/// How many lines the separator is guessed from.
const LINES: usize = 60;
/// How many bytes at the start are looked at.
const START_BYTES: usize = 1 << 20;
/// The separators that are tried, the likelier first.
pub const SEPARATORS: [(u8, &str); 5] =
    [(b',', "comma"), (b';', "semicolon"), (b'\t', "tab"), (b'|', "bar"), (b' ', "blank")];

/// The encodings to choose from, by their names: those of today first.
pub const ENCODINGS: [&str; 22] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "ISO-8859-2",
    "ISO-8859-5",
    "KOI8-R",
    "IBM866",
    "macintosh",
    "Shift_JIS",
    "EUC-JP",
    "GBK",
    "Big5",
    "EUC-KR",
];

/// True if the start of a file is no text: it has many signs that texts do not have.
pub(super) fn is_binary(start: &[u8]) -> bool {
    let encoding = Encoding::for_bom(start).map_or_else(|| encoding_of(start), |(found, _)| found);
    let (text, _) = encoding.decode_with_bom_removal(start);
    let is_odd = |letter: &char| {
        letter.is_control() && !letter.is_whitespace() || matches!(*letter, '\u{e000}'..='\u{f8ff}')
    };
    let odd = text.chars().filter(is_odd).count();
    start.starts_with(b"\x89PNG") || start.starts_with(b"%PDF-") || odd * 100 > text.chars().count()
}

/// True if there is an encoding with this name.
#[must_use]
pub fn is_encoding(name: &str) -> bool {
    Encoding::for_label(name.as_bytes()).is_some()
}

/// The table of a text file.
pub(super) fn sheet(name: &str, bytes: &Bytes, told: &Told) -> Sheet {
    let wanted = told.encoding.as_ref().and_then(|name| Encoding::for_label(name.as_bytes()));
    let marked = Encoding::for_bom(bytes);
    let encoding = wanted.or(marked.map(|(encoding, _)| encoding));
    let encoding = encoding.unwrap_or_else(|| encoding_of(bytes));
    // A mark of another encoding than the one that is wanted is text in that one.
    let mark = marked.filter(|(of_mark, _)| *of_mark == encoding).map_or(0, |(_, length)| length);
    let (bytes, from) = as_utf8(bytes, mark, encoding);
    let text = std::str::from_utf8(bytes.get(from..).unwrap_or_default()).unwrap_or_default();
    let mut form = guessed(text, 0);
    if let Some(separator) = told.separator.and_then(|letter| u8::try_from(letter).ok()) {
        form = with_separator(text, separator);
    }
    form.encoding = encoding;
    form.has_errors = text.contains(char::REPLACEMENT_CHARACTER);
    Sheet::of_text(name.to_owned(), bytes, from, form)
}

/// The text in UTF-8, and where it starts. Without a copy if it already is.
fn as_utf8(bytes: &Bytes, from: usize, encoding: &'static Encoding) -> (Bytes, usize) {
    let rest = bytes.get(from..).unwrap_or_default();
    if encoding == UTF_8 && std::str::from_utf8(rest).is_ok() {
        return (Arc::clone(bytes), from);
    }
    let (text, _) = encoding.decode_without_bom_handling(rest);
    (Arc::new(text.into_owned().into_bytes()), 0)
}

/// The form of a text whose encoding is known: the separator that occurs in most lines, and equally
/// often in most of them. `from` is the first line that counts.
pub(super) fn guessed(text: &str, from: usize) -> TextForm {
    let start = start_of(text);
    let best = SEPARATORS
        .iter()
        .enumerate()
        .map(|(rank, (separator, _))| (regularity(start, *separator, from), rank, *separator))
        .max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    let separator = best.filter(|best| best.0 > 0.0).map_or(b',', |best| best.2);
    with_separator(text, separator)
}

fn with_separator(text: &str, separator: u8) -> TextForm {
    let is_quoted = is_quoted(start_of(text), separator);
    TextForm { separator, is_quoted, ..TextForm::default() }
}

fn start_of(text: &str) -> &str {
    let mut end = START_BYTES.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// How regular the lines would be with this separator: the number of lines with the most frequent
/// number of separators, if there are any, as a share of all lines. Of several, more cells count.
#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn regularity(text: &str, separator: u8, from: usize) -> f64 {
    let counts: Vec<usize> = logical_lines(text)
        .skip(from)
        .take(LINES)
        .filter(|line| !line.trim().is_empty())
        .map(|line| separators_in(line, separator))
        .collect();
    let used = counts.iter().filter(|count| **count > 0).count();
    let most = counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| (counts.iter().filter(|other| *other == count).count(), *count))
        .max();
    let Some((lines, cells)) = most else { return 0.0 };
    // Blanks are in every text; they count only if nothing else does.
    let weight = if separator == b' ' { 0.3 } else { 1.0 };
    let all = counts.len() as f64;
    weight * (lines as f64 / all + 0.5 * used as f64 / all + 0.01 * (cells.min(20) as f64))
}

/// Lines, where those inside quotation marks belong together.
fn logical_lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut is_inside = false;
        let mut end = rest.len();
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                b'"' => is_inside = !is_inside,
                b'\n' if !is_inside || at > 20_000 => {
                    end = at + 1;
                    break;
                }
                _ => {}
            }
        }
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}

fn separators_in(line: &str, separator: u8) -> usize {
    let mut is_inside = false;
    let mut count = 0;
    for byte in line.trim_end_matches(['\n', '\r']).bytes() {
        is_inside ^= byte == b'"';
        count += usize::from(byte == separator && !is_inside);
    }
    count
}

/// True unless cells begin with a quotation mark and do not end with one: then these marks are part
/// of the text.
fn is_quoted(text: &str, separator: u8) -> bool {
    let separator = char::from(separator);
    let cells = logical_lines(text).take(LINES * 10).flat_map(|line| {
        let line = line.trim_end_matches(['\n', '\r']);
        line.split(separator).map(str::trim)
    });
    let (mut whole, mut odd) = (0, 0);
    for cell in cells.filter(|cell| cell.starts_with('"')) {
        if cell.len() > 1 && cell.ends_with('"') {
            whole += 1;
        } else {
            odd += 1;
        }
    }
    separator != '\t' || whole >= odd
}

/// True if the start of a file looks like a table: most lines have the same separators.
pub(in crate::file) fn looks_like_text_table(start: &[u8]) -> bool {
    let encoding = Encoding::for_bom(start).map_or_else(|| encoding_of(start), |(found, _)| found);
    let (text, _) = encoding.decode_with_bom_removal(start);
    let is_control = |letter: char| letter.is_control() && !letter.is_whitespace();
    let begins_otherwise = text.trim_start().starts_with(['{', '[', '<', '%', '*']);
    // A damaged map in JSON is no table.
    let is_json = text.matches("\":").count() > 3;
    if begins_otherwise || is_json || text.chars().any(is_control) {
        return false;
    }
    let form = guessed(&text, 0);
    let counts: Vec<usize> = logical_lines(&text)
        .take(LINES)
        .filter(|line| !line.trim().is_empty())
        .map(|line| separators_in(line, form.separator))
        .collect();
    let used = counts.iter().filter(|count| **count > 0).count();
    let alike =
        counts.iter().map(|one| counts.iter().filter(|other| *other == one && *one > 0).count());
    let alike = alike.max().unwrap_or(0);
    match form.separator {
        _ if used == 0 => false,
        // Prose has commas and blanks, but not as many in each line.
        b' ' => alike * 10 >= counts.len() * 9 && counts.len() > 2,
        b',' => alike * 3 >= counts.len() * 2 && counts.len() > 1,
        _ => used * 2 >= counts.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_divides_the_lines_alike() {
        let separator = |text: &str| char::from(guessed(text, 0).separator);
        assert_eq!(separator("a,b,c\nd,e,f\n"), ',');
        assert_eq!(separator("Partei A;Partei B;Wert\nCDU;SPD;-2,15\nSPD;FDP;1,4\n"), ';');
        assert_eq!(separator("a\tb\nx, y\tz\n"), '\t');
        assert_eq!(separator("a|b\nc|d\n"), '|');
        assert_eq!(separator("Source Target\nAnn Bob\nBob \"Carl Doe\"\n"), ' ');
        assert_eq!(separator("a;b\nb;c;d\ne\nf;a;g;h;i\n"), ';');
        assert_eq!(separator("name,words\nAnn,\"she said; no; never; not\"\nBob,x\n"), ',');
        assert_eq!(separator("name\nAnn\nBob\n"), ',');
    }

    #[test]
    fn quotation_marks_in_texts_with_tabs_are_no_quoting() {
        assert!(!guessed("a\tb\n\"Say\tno\nx\t\"y\nz\tw\n", 0).is_quoted);
        assert!(guessed("a\tb\n\"Say\"\tno\n", 0).is_quoted);
    }

    #[test]
    fn every_encoding_to_choose_has_a_name_that_is_known() {
        for name in ENCODINGS {
            let found = Encoding::for_label(name.as_bytes()).map(Encoding::name);
            assert_eq!(found, Some(name));
        }
    }
}
