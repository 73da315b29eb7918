//! Damaged files of every format give a text or an error: no panic, no hang, no endless text.

use std::sync::mpsc::channel;
use std::time::Duration;

use allegiance::file::source::{self, SourceFile};

use crate::evidence::pdf_with;
use crate::sources::{docx, odt};

/// Versions of each file.
const VERSIONS: u64 = 1500;
/// A reading that takes longer hangs. Machines that test are slow at times.
const PATIENCE: Duration = Duration::from_mins(1);
/// No text of these small files is longer.
const LONGEST: usize = 4 << 20;

/// Seeded random numbers (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("below a size")
    }
}

/// The bytes with a few changes: flipped bits, other bytes, parts cut out, doubled or moved.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        let length = 1 + random.below(40).min(bytes.len().saturating_sub(at + 1));
        match random.below(6) {
            _ if bytes.is_empty() => {}
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = u8::try_from(random.below(256)).expect("a byte"),
            2 => drop(bytes.drain(at..(at + length).min(bytes.len()))),
            3 => {
                let part = bytes[at..(at + length).min(bytes.len())].to_vec();
                let to = random.below(bytes.len());
                let part = part.repeat(1 + random.below(60));
                bytes.splice(to..to, part);
            }
            4 => bytes.truncate(at),
            // Numbers become large.
            _ => {
                let to = (at + 3).min(bytes.len());
                bytes.splice(at..to, *b"99999999");
            }
        }
    }
    bytes
}

/// The damage in the bytes of a file, or in the text inside its package.
fn versions(file: &[u8], number: u64) -> Vec<u8> {
    damaged(file, &mut Random(0x9E37_79B9_7F4A_7C15 ^ ((number + 1) * 0x1234_5677)))
}

/// Reads all damaged versions of a file, each on a thread that is given up if it hangs.
fn endure(name: &'static str, made: impl Fn(u64) -> Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut read = 0;
    for number in 0..VERSIONS {
        let path = folder.path().join(name);
        std::fs::write(&path, made(number)).expect("written");
        let (sender, receiver) = channel();
        let reader = std::thread::spawn(move || drop(sender.send(source::read_file(&path))));
        let outcome = receiver.recv_timeout(PATIENCE);
        let outcome = outcome.unwrap_or_else(|error| panic!("{name}, version {number}: {error}"));
        reader.join().expect("no panic");
        match outcome {
            Ok(SourceFile { text, notes, .. }) => {
                read += 1;
                assert!(text.as_str().len() < LONGEST, "{name}, version {number}");
                let failed = notes.iter().find(|note| note.contains("could not be read."));
                assert!(failed.is_none(), "{name}, version {number}: a panic");
            }
            Err(error) => {
                let is_panic = error.message == "the file is damaged and cannot be read";
                assert!(!is_panic, "{name}, version {number}: a panic");
                assert!(!error.message.is_empty());
            }
        }
    }
    assert!(read > VERSIONS / 10, "{name}: hardly any version was read, {read}");
}

const PARAGRAPHS: &str = "<w:p><w:r><w:t>The talks of café</w:t><w:tab/></w:r>\
    <w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r>\
    <w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl><w:txbxContent><w:p>\
    <w:r><w:footnoteReference w:id='2'/><w:t>box &amp; &#233;</w:t></w:r></w:p></w:txbxContent>";

#[test]
fn damaged_texts_and_pages() {
    let text = "Ünï — переговоры\r\n\u{feff}x".encode_utf16().flat_map(u16::to_le_bytes);
    let text: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text).collect();
    endure("a.txt", |number| versions(&text, number));
    let page = "<!DOCTYPE html><html><head><meta charset=windows-1251><title>T</title><script \
        type='application/ld+json'>{\"headline\":\"x\"}</script></head><body><nav><a href=x>y</a>\
        </nav><article><h1>T</h1><p>One &amp; two</p><table><tr><td>a<td>b</table></article>";
    endure("a.html", |number| versions(page.as_bytes(), number));
}

#[test]
fn damaged_mails_and_rich_text() {
    let mail = "From: a@b\r\nSubject: =?utf-8?q?R=C3=A9?=\r\nMIME-Version: 1.0\r\nContent-Type: \
        multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; \
        charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9 \
        \r\nx\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n\
        PHA+RGVhciBhbGwsPC9wPg==\r\n--b--\r\n";
    endure("a.eml", |number| versions(mail.as_bytes(), number));
    let rich = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}{\info
        {\title T}{\creatim\yr2024\mo3\dy24}}\uc1 caf\'e9 \u1052?\u-10179?\u-8704?{\v no}{\footnote
        n}\par\trowd a\cell b\cell\row{\pict\bin4 abcd}{\f1\'8a\'4f}\par}";
    endure("a.rtf", |number| versions(rich.as_bytes(), number));
}

#[test]
fn damaged_documents() {
    let whole =
        docx(PARAGRAPHS, "<w:footnote w:id='2'><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote>");
    endure("a.docx", |number| {
        if number % 4 == 0 {
            return versions(&whole, number);
        }
        let body = versions(PARAGRAPHS.as_bytes(), number);
        docx(&String::from_utf8_lossy(&body), "")
    });
    let body = "<text:h>A</text:h><text:p>One<text:s text:c='2'/>two<text:note><text:note-body>\
        <text:p>n</text:p></text:note-body></text:note><text:span text:style-name='T9'>h</text:span>\
        </text:p><table:table><table:table-row><table:table-cell><text:p>a</text:p>\
        </table:table-cell></table:table-row></table:table><draw:text-box><text:p>b</text:p>\
        </draw:text-box>";
    let whole = odt(body);
    endure("a.odt", |number| {
        if number % 4 == 0 {
            return versions(&whole, number);
        }
        odt(&String::from_utf8_lossy(&versions(body.as_bytes(), number)))
    });
}

#[test]
fn damaged_pdfs() {
    let words = "Arland struck) Tj [(Bor) -20 (land)] TJ T* /F0 Do q 1 0 0 1 9 9 cm Q (at dawn";
    let fonts = "/XObject << /F0 4 0 R >>";
    let whole = pdf_with(words, fonts, "");
    endure("a.pdf", |number| {
        if number % 2 == 0 {
            return versions(&whole, number);
        }
        let words = versions(words.as_bytes(), number);
        pdf_with(&String::from_utf8_lossy(&words), fonts, "")
    });
}

#[test]
fn a_form_that_contains_itself_ends() {
    // The contents of the page are a form of the page as well.
    let whole = pdf_with("words) Tj /F0 Do (more", "/XObject << /F0 4 0 R >>", "");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, whole).expect("written");
    let read = source::read(&path).expect("read");
    assert!(read.as_str().contains("words"), "{}", read.as_str());
    assert!(read.as_str().len() < 10_000);
}
