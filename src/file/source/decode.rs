//! Decodes bytes into text: by a byte order mark, as UTF-8, by a declared encoding, or by a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::Fault;
use super::formats::names;

/// How many bytes at the start are searched for a declaration.
const DECLARED_WITHIN: usize = 8 << 10;
/// How many bytes the guess looks at.
const GUESSED_FROM: usize = 1 << 20;

/// A decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    /// What the user should know: that the encoding was guessed, or that characters were lost.
    pub note: Option<String>,
}

impl Decoded {
    fn exact(text: String) -> Self {
        Self { text, note: None }
    }
}

/// Decodes `bytes`. `declared` is the encoding that the file or its envelope names.
pub(super) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Result<Decoded, Fault> {
    if let Some(text) = marked(bytes) {
        return Ok(text);
    }
    // All bytes of this encoding are ASCII.
    let is_escaped = declared == Some(ISO_2022_JP) || has_escapes(bytes);
    if !is_escaped && let Ok(text) = std::str::from_utf8(bytes) {
        // Text in UTF-16 may consist of ASCII bytes and zeros.
        if !bytes.contains(&0) {
            return Ok(Decoded::exact(text.to_owned()));
        }
    }
    if bytes.contains(&0) {
        return unmarked_wide(bytes).ok_or_else(not_text);
    }
    if let Some(encoding) = declared {
        return Ok(declared_as(bytes, encoding));
    }
    if is_nearly_utf8(bytes) {
        return Ok(declared_as(bytes, UTF_8));
    }
    guessed(bytes)
}

/// The text of a file of another program. What cannot be decoded is replaced.
pub(in crate::file) fn text(bytes: &[u8]) -> String {
    let lossy = |_| String::from_utf8_lossy(bytes).into_owned();
    decode(bytes, declared_in(bytes)).map_or_else(lossy, |decoded| decoded.text)
}

/// The encoding of a text without a byte order mark: UTF-8 if it can be, else a guess.
pub(in crate::file) fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    let start = bytes.get(..GUESSED_FROM).unwrap_or(bytes);
    if start.contains(&0) {
        let zeros_at =
            |rest: usize| start.iter().skip(rest).step_by(2).filter(|byte| **byte == 0).count();
        return if zeros_at(1) >= zeros_at(0) { UTF_16LE } else { UTF_16BE };
    }
    if !has_escapes(start) && (std::str::from_utf8(bytes).is_ok() || is_nearly_utf8(start)) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // Most letters of a table can be ASCII, and the others far behind.
    detector.feed(bytes.get(..GUESSED_FROM * 16).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Allow)
}

fn not_text() -> Fault {
    Fault::new("this is not a text file")
        .expected(names())
        .advice("Open it in the program that wrote it, and save it as text, HTML or PDF.")
}

/// The text after a byte order mark; `None` if there is none.
fn marked(bytes: &[u8]) -> Option<Decoded> {
    // The mark of UTF-32 begins like that of UTF-16.
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE, 0, 0]) {
        return Some(wide(rest, u32::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xFE, 0xFF]) {
        return Some(wide(rest, u32::from_be_bytes));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some(declared_as(bytes.get(length..).unwrap_or_default(), encoding))
}

/// Decodes UTF-32.
fn wide(bytes: &[u8], scalar: fn([u8; 4]) -> u32) -> Decoded {
    let mut has_errors = !bytes.len().is_multiple_of(4);
    let mut text = String::with_capacity(bytes.len() / 4);
    for chunk in bytes.chunks_exact(4) {
        let value = chunk.try_into().ok().and_then(|four| char::from_u32(scalar(four)));
        has_errors |= value.is_none();
        text.push(value.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text, note: has_errors.then(|| lossy("UTF-32")) }
}

/// Decodes UTF-16 without a byte order mark; `None` if it is not UTF-16.
fn unmarked_wide(bytes: &[u8]) -> Option<Decoded> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let candidate = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        let is_control = |letter: &char| letter.is_control() && !letter.is_whitespace();
        let is_plain = !text.chars().any(|letter| is_control(&letter));
        // Blanks and line ends are the only characters that every script uses.
        let blanks = text.chars().filter(|letter| matches!(letter, ' ' | '\n' | '\r')).count();
        is_plain.then(|| (blanks, text.into_owned(), encoding))
    };
    let candidates = [UTF_16LE, UTF_16BE].into_iter().filter_map(candidate);
    let (blanks, text, encoding) = candidates.max_by_key(|(blanks, ..)| *blanks)?;
    (blanks > 0).then(|| Decoded { text, note: Some(guess_note(encoding)) })
}

fn declared_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), note: has_errors.then(|| lossy(encoding.name())) }
}

/// True if few of the characters beyond ASCII are not UTF-8, as in a file that was cut off.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    valid > 10 * wrong
}

/// True if ISO-2022-JP changes the set of characters somewhere.
fn has_escapes(bytes: &[u8]) -> bool {
    [b"\x1b$B", b"\x1b$@"].iter().any(|mark| memchr::memmem::find(bytes, *mark).is_some())
}

/// Guesses the encoding from the frequency of characters.
fn guessed(bytes: &[u8]) -> Result<Decoded, Fault> {
    let start = bytes.get(..GUESSED_FROM).unwrap_or(bytes);
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    if start.iter().filter(is_control).count() * 50 > start.len() {
        return Err(not_text());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(start, start.len() == bytes.len());
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let mut note = guess_note(encoding);
    if has_errors {
        note = format!("{note} {}", lossy(encoding.name()));
    }
    Ok(Decoded { text: text.into_owned(), note: Some(note) })
}

fn guess_note(encoding: &'static Encoding) -> String {
    format!(
        "The file does not say how its characters are encoded. {} was guessed. If letters look \
         wrong, save the text as UTF-8.",
        encoding.name()
    )
}

fn lossy(encoding: &str) -> String {
    format!("Some characters could not be read as {encoding}. They appear as \u{fffd}.")
}

/// The encoding with this name, as mails and web pages use it.
pub(super) fn named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    let encoding = Encoding::for_label(label.as_bytes());
    // A declaration that can be read as ASCII cannot be in UTF-16 (HTML standard, 13.2.3.2).
    encoding.map(|encoding| match encoding {
        wide if wide == UTF_16LE || wide == UTF_16BE => UTF_8,
        other if other.name() == "x-user-defined" => WINDOWS_1252,
        other => other,
    })
}

/// The encoding with this number among the code pages of Windows.
pub(super) fn code_page(number: u32) -> Option<&'static Encoding> {
    match number {
        437 | 850 | 0 => Some(WINDOWS_1252),
        932 => Encoding::for_label(b"shift_jis"),
        936 => Encoding::for_label(b"gbk"),
        949 => Encoding::for_label(b"euc-kr"),
        950 => Some(BIG5),
        10000 => Encoding::for_label(b"macintosh"),
        10007 => Encoding::for_label(b"x-mac-cyrillic"),
        65001 => Some(UTF_8),
        1250..=1258 | 874 => Encoding::for_label(format!("windows-{number}").as_bytes()),
        866 => Encoding::for_label(b"ibm866"),
        20866 => Encoding::for_label(b"koi8-r"),
        21866 => Encoding::for_label(b"koi8-u"),
        28591..=28605 => Encoding::for_label(format!("iso-8859-{}", number - 28590).as_bytes()),
        _ => None,
    }
}

/// The encoding that an XML declaration or a `meta` element at the start of a page names.
pub(super) fn declared_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN).unwrap_or(bytes);
    let start: String = start.iter().map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    let mut rest = start.trim_start();
    if let Some(declaration) = rest.strip_prefix("<?xml") {
        let end = declaration.find('>').unwrap_or(declaration.len());
        let found = declaration.get(..end).and_then(|inner| attribute(inner, "encoding"));
        if let Some(encoding) = found.and_then(named) {
            return Some(encoding);
        }
    }
    while let Some(at) = rest.find('<') {
        rest = rest.get(at..).unwrap_or_default();
        if rest.starts_with("<!--") {
            rest = rest.find("-->").and_then(|end| rest.get(end..)).unwrap_or_default();
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = rest.get(1..end).unwrap_or_default();
        if let Some(inner) = tag.strip_prefix("meta").filter(|inner| !inner.starts_with('-')) {
            let content = || {
                let content = attribute(inner, "content")?;
                content.split_once("charset").map(|(_, rest)| rest)?.trim_start().strip_prefix('=')
            };
            let label = attribute(inner, "charset").or_else(content);
            if let Some(encoding) = label.and_then(first_label).and_then(named) {
                return Some(encoding);
            }
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    None
}

/// The name at the start of `text`.
fn first_label(text: &str) -> Option<&str> {
    let text = text.trim_start().trim_start_matches(['"', '\'']);
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, ';' | '"' | '\'')).next()
}

/// The value of an attribute in the inside of a tag in lower case.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    while let Some(at) = tag.get(from..)?.find(name) {
        let start = from + at;
        from = start + name.len();
        let before = tag.get(..start)?.chars().next_back();
        let is_start = before
            .is_none_or(|letter| letter.is_whitespace() || matches!(letter, '/' | '"' | '\''));
        let Some(value) = tag.get(from..)?.trim_start().strip_prefix('=').filter(|_| is_start)
        else {
            continue;
        };
        let value = value.trim_start();
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
            _ => value.split(|letter: char| letter.is_whitespace() || letter == '/').next(),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, bool) {
        let decoded = decode(bytes, declared_in(bytes)).expect("a text");
        (decoded.text, decoded.note.is_some())
    }

    #[test]
    fn byte_order_marks_decide() {
        let text = "Café — Ыно";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let wide_little: Vec<u8> =
            text.chars().flat_map(|one| u32::from(one).to_le_bytes()).collect();
        let wide_big: Vec<u8> = text.chars().flat_map(|one| u32::from(one).to_be_bytes()).collect();
        for (mark, bytes) in [
            (vec![0xEF, 0xBB, 0xBF], text.as_bytes().to_vec()),
            (vec![0xFF, 0xFE], little),
            (vec![0xFE, 0xFF], big),
            (vec![0xFF, 0xFE, 0, 0], wide_little),
            (vec![0, 0, 0xFE, 0xFF], wide_big),
        ] {
            assert_eq!(decoded(&[mark, bytes].concat()), (text.to_owned(), false));
        }
    }

    #[test]
    fn declarations_are_found_in_all_their_forms() {
        for page in [
            "<meta charset=windows-1251>",
            "<html><META  CharSet = 'Windows-1251' />",
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">",
            "<!-- <meta charset=utf-8> --><meta content='text/html;charset=cp1251' http-equiv=x>",
            "<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>",
        ] {
            let found = declared_in(page.as_bytes()).map(Encoding::name);
            assert_eq!(found, Some("windows-1251"), "{page}");
        }
        for page in ["<meta name=charset content=x>", "<p data-charset=windows-1251>", "text"] {
            assert_eq!(declared_in(page.as_bytes()), None, "{page}");
        }
    }

    #[test]
    fn texts_in_utf_16_without_a_mark_and_in_old_encodings_are_guessed() {
        let little: Vec<u8> = "Ein Wort. Два".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&little), ("Ein Wort. Два".to_owned(), true));
        let russian = "Министр сказал, что переговоры прекращены до лета.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
        assert_eq!(decoded(&bytes), (russian.to_owned(), true));
        let cut = russian.as_bytes().get(..russian.len() - 2).expect("a part");
        assert_eq!(decoded(cut), (format!("{}\u{fffd}", &russian[..russian.len() - 3]), true));
        assert!(decode(&[0, 1, 2], None).is_err());
        assert!(decode(&[0x80, 1, 2, 3, 4, 5, 6], None).is_err());
    }
}
