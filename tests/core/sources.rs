//! The texts of sources in each format: what is read, what is refused, and what the user is told.

use std::io::Write as _;

use allegiance::file::source::{self, SourceError, SourceFile, formats};
use zip::write::SimpleFileOptions;

use crate::support::project;

/// Reads a file with this name and these bytes.
fn outcome(name: &str, bytes: &[u8]) -> Result<SourceFile, SourceError> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("written");
    source::read_file(&path)
}

fn read(name: &str, bytes: &[u8]) -> SourceFile {
    outcome(name, bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn text(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).text.as_str().to_owned()
}

fn refusal(name: &str, bytes: &[u8]) -> SourceError {
    outcome(name, bytes).expect_err("it is refused")
}

/// A ZIP file with these entries.
pub fn zipped(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("a ZIP file").into_inner()
}

const RELATIONS: &str = "<Relationships><Relationship Id='r1' \
    Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' \
    Target='word/document.xml'/></Relationships>";

/// A Word document with this body and these footnotes.
pub fn docx(body: &str, notes: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let notes = format!("<w:footnotes>{notes}</w:footnotes>");
    let core = "<cp:coreProperties><dc:title>River &amp; raid</dc:title><dc:creator>Ann Lee\
        </dc:creator><dcterms:created>2024-03-24T10:00:00Z</dcterms:created></cp:coreProperties>";
    zipped(&[
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &document),
        ("word/footnotes.xml", &notes),
        ("docProps/core.xml", core),
    ])
}

/// An Open Document text with this body.
pub fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name='T9'>\
         <style:text-properties text:display='none'/></style:style></office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let meta = "<office:document-meta><office:meta><dc:title>River</dc:title>\
        <meta:initial-creator>Ann Lee</meta:initial-creator>\
        <meta:creation-date>2024-03-24T10:00:00</meta:creation-date></office:meta>\
        </office:document-meta>";
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
        ("meta.xml", meta),
    ])
}

#[test]
fn texts_in_declared_encodings_are_read_without_a_note() {
    let words = "Café — переговоры";
    let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let file = read("a.txt", &[vec![0xFF, 0xFE], little].concat());
    assert_eq!((file.text.as_str(), file.notes.len()), (words, 0));
    let page = "<html><head><meta http-equiv='Content-Type' content='text/html; \
        charset=windows-1251'></head><body><p>Министр: переговоры прекращены.</p></body></html>";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(page);
    let file = read("a.html", &bytes);
    assert_eq!((file.text.as_str(), file.notes.len()), ("Министр: переговоры прекращены.", 0));
    let page = "<!DOCTYPE html><meta charset=Shift_JIS><p>外務大臣は交渉が終了したと述べた。</p>";
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(page);
    assert_eq!(text("a.html", &bytes), "外務大臣は交渉が終了したと述べた。");
}

#[test]
fn a_guessed_encoding_is_told() {
    let words = "Министр сказал в понедельник, что переговоры прекращены до лета.";
    for (encoding, words) in [
        (encoding_rs::WINDOWS_1251, words),
        (encoding_rs::KOI8_R, words),
        (encoding_rs::WINDOWS_1252, "The café’s owner said “no” — naïve, perhaps."),
        (encoding_rs::SHIFT_JIS, "外務大臣は交渉が終了したと述べた。会談は夏まで再開されない。"),
        (encoding_rs::ISO_2022_JP, "外務大臣は交渉が終了したと述べた。会談は夏まで再開されない。"),
        (encoding_rs::GBK, "外交部长说，谈判已经结束。边境口岸将继续关闭。"),
        (encoding_rs::WINDOWS_1256, "قال وزير الخارجية إن المحادثات لن تستأنف قبل الصيف"),
    ] {
        let (bytes, ..) = encoding.encode(words);
        let file = read("a.txt", &bytes);
        assert_eq!(file.text.as_str(), words, "{}", encoding.name());
        let note = file.notes.concat();
        let name = encoding.name().trim_end_matches('R');
        assert!(note.contains(name) && note.contains("guessed"), "{note}");
    }
    assert_eq!(text("a.txt", b"one\rtwo"), "one\ntwo", "line ends of the first Macintosh");
}

#[test]
fn a_word_document_is_read_as_it_is_shown() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>The talks \
        </w:t></w:r><w:r><w:t xml:space='preserve'>of caf&#233; &amp; bar</w:t></w:r>\
        <w:r><w:footnoteReference w:id='2'/></w:r>\
        <w:del><w:r><w:delText>gone</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>\
        <w:ins><w:r><w:t> failed</w:t></w:r></w:ins>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Half </w:t></w:r></w:p>\
        <w:p><w:r><w:t>a line</w:t><w:tab/><w:t>after</w:t><w:br/><w:t>next</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>in the north</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p><w:r><w:t>12 dead</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>One</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:t>two</w:t></w:r></w:p></w:tc>\
        <w:tc><w:p/></w:tc></w:tr></w:tbl>\
        <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r>\
        </w:p></w:txbxContent></mc:Choice><mc:Fallback><w:t>again</w:t></mc:Fallback>\
        </mc:AlternateContent><w:t>Last.</w:t></w:r></w:p>";
    let notes = "<w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>x</w:t></w:r></w:p>\
        </w:footnote><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> See \
        there.</w:t></w:r></w:p></w:footnote>";
    let file = read("a.docx", &docx(body, notes));
    assert_eq!(
        file.text.as_str(),
        "The talks of café & bar failed.\nHalf a line\tafter\nnext\nin the north\t12 dead\n\
         One two\nLast.\nIn a box\n[1] See there."
    );
    let meta = file.meta;
    assert_eq!(
        (meta.title.as_deref(), meta.author.as_deref()),
        (Some("River & raid"), Some("Ann Lee"))
    );
    assert_eq!(meta.published.map(|date| date.to_string()).as_deref(), Some("2024-03-24"));
}

#[test]
fn an_opendocument_text_is_read_as_it_is_shown() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>\
        </text:deletion></text:changed-region></text:tracked-changes>\
        <text:h>A  title</text:h><text:p>One<text:s text:c='2'/>two<text:tab/>three\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See \
        there.</text:p></text:note-body></text:note>, four\n  five\
        <text:span text:style-name='T9'>hidden</text:span>.<office:annotation><text:p>remark\
        </text:p></office:annotation></text:p>\
        <table:table><table:table-row><table:table-cell><text:p>in the north</text:p>\
        </table:table-cell><table:table-cell><text:p>12 dead</text:p></table:table-cell>\
        </table:table-row></table:table>\
        <text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box>\
        <svg:title>name</svg:title></draw:frame>Last<draw:custom-shape><text:p>Shape</text:p>\
        </draw:custom-shape>.</text:p>";
    let file = read("a.odt", &odt(body));
    assert_eq!(
        file.text.as_str(),
        "A title\nOne  two\tthree, four five.\nin the north\t12 dead\nLast.\nIn a box\n\
         Shape\n[1] See there."
    );
    assert_eq!(file.meta.title.as_deref(), Some("River"));
    assert_eq!(file.meta.author.as_deref(), Some("Ann Lee"));
}

#[test]
fn a_page_in_one_file_is_read_like_a_page() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\n\
        Subject: Talks\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
        \ttype=\"text/html\";\r\n\tboundary=\"----B\"\r\n\r\n------B\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>Talks with the nor=\r\n\
        thern faction would not resume caf=C3=A9.</p><p>Second.</p></body></html>\r\n------B\r\n\
        Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n------B--\r\n";
    let file = read("a.mhtml", page.as_bytes());
    let expected = "Talks with the northern faction would not resume café.\nSecond.";
    assert_eq!(file.text.as_str(), expected);
    assert_eq!(file.meta.url.as_deref(), Some("https://example.org/a"));
}

#[test]
fn the_metadata_of_a_page_is_read() {
    let page = "<html><head><title>River talks - The Tessa Post</title>\
        <meta property='og:title' content='River talks'><meta name='author' content='By Ann Lee'>\
        <meta property='og:site_name' content='The Tessa Post'>\
        <meta property='article:published_time' content='2024-03-24T10:00:00Z'></head>\
        <body><p>The talks failed on Monday, said the governor of Tessa.</p></body></html>";
    let meta = read("a.html", page.as_bytes()).meta;
    assert_eq!(meta.title.as_deref(), Some("River talks"));
    assert_eq!(meta.author.as_deref(), Some("Ann Lee"));
    assert_eq!(meta.publisher.as_deref(), Some("The Tessa Post"));
    assert_eq!(meta.published.map(|date| date.to_string()).as_deref(), Some("2024-03-24"));
}

#[test]
fn menus_buttons_and_asides_of_a_page_are_no_paragraphs() {
    let story = "<p>The talks about the river failed on Monday, said the governor of Tessa.</p>";
    let quoted = "<blockquote><p>We will not go back.</p><footer>Ann Lee</footer></blockquote>";
    let page = format!(
        "<html><body><nav><a href='/'>Home</a></nav><main><h1>River talks</h1>\
         <button>Share</button>{story}<aside>Read more: Harbour strike</aside>{quoted}\
         <div role='complementary'>Advertisement</div>{story}</main>\
         <footer>Subscribe to our letter</footer></body></html>"
    );
    let text = text("a.html", page.as_bytes());
    for word in ["Home", "Share", "Read more", "Advertisement", "Subscribe"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    for words in ["governor of Tessa", "We will not go back."] {
        assert!(text.contains(words), "{words} not in {text}");
    }
    // In a page of which nothing else would be left, they are the text; in plain text they stay.
    let only = "<html><body><aside>The talks failed on Monday.</aside></body></html>";
    assert_eq!(self::text("a.html", only.as_bytes()), "The talks failed on Monday.");
    assert_eq!(self::text("a.txt", b"Share\nIt rained."), "Share\nIt rained.");
}

#[test]
fn other_formats_are_refused_by_name() {
    let streams = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec(), vec![0; 20_000], wide].concat()
    };
    let word = "an old Word document (DOC)";
    for (name, bytes, expected) in [
        ("a.pptx", zipped(&[("ppt/slides/slide1.xml", "")]), "a PowerPoint presentation (PPTX)"),
        ("a.txt", zipped(&[("visio/x.xml", "")]), "a Visio drawing"),
        ("a.xlsx", zipped(&[("xl/workbook.xml", "")]), "an Excel workbook (XLSX)"),
        ("a.pptx", zipped(&[("ppt/x.xml", "")]), "a PowerPoint presentation (PPTX)"),
        ("a.pages", zipped(&[("Index/Document.iwa", "")]), "a Pages document"),
        ("a.zip", zipped(&[("a.txt", "words")]), "an archive (ZIP)"),
        ("a.doc", streams("WordDocument"), word),
        ("a.docx", streams("EncryptedPackage"), "an Office document with a password"),
        ("a.msg", streams("__substg1.0_0037001F"), "an Outlook message (MSG)"),
        ("a.png", b"\x89PNG\r\n\x1a\n".to_vec(), "a picture (PNG)"),
        ("a.txt", b"\xFF\xD8\xFF\xE0\0".to_vec(), "a picture (JPEG)"),
        ("a.webarchive", b"bplist00\xd1".to_vec(), "a Safari web archive"),
        ("a.gz", b"\x1f\x8b\x08\0".to_vec(), "a compressed file (gzip)"),
        ("a.svg", b"<?xml version='1.0'?><svg><text>x</text></svg>".to_vec(), "a picture (SVG)"),
        ("a.mbox", b"From a@b\nFrom: a@b\nTo: c\n\nx".to_vec(), "a mailbox with e-mails"),
    ] {
        let error = refusal(name, &bytes);
        assert_eq!(error.message, format!("this is {expected}"), "{name}");
        assert!(!error.advice.is_empty(), "{name}");
    }
    let said = refusal("a.zip", &zipped(&[("a.txt", "words")])).to_string();
    assert!(
        said.contains("a.zip: this is an archive (ZIP); expected plain text (TXT), "),
        "{said}"
    );
    assert!(said.ends_with(". Unpack it and attach the file inside."), "{said}");
}

#[test]
fn a_page_made_by_scripts_is_to_be_saved_as_it_is_shown() {
    let page = "<!DOCTYPE html><html><head><script type='application/ld+json'>\
        {\"articleBody\":\"The foreign minister said on Tuesday that talks would not resume.\"}\
        </script><title>The Title</title></head><body><div id='app'></div></body></html>";
    for page in [page.to_owned(), page.replace("<div", "You need to enable JavaScript.<div")] {
        let error = refusal("a.html", page.as_bytes());
        assert_eq!(error.message, "the words of this page are only in its scripts");
        assert!(error.advice.contains("browser") && !error.advice.contains("OCR"));
    }
}

#[test]
fn a_document_that_unpacks_to_more_than_a_text_has_is_refused() {
    let huge = " ".repeat(140 << 20);
    let bytes = docx(&huge, "");
    assert!(bytes.len() < 1 << 20);
    let error = refusal("a.docx", &bytes);
    let expected = "its part word/document.xml has more than 128 MB when unpacked";
    assert_eq!(error.message, expected);
}

#[test]
fn the_readme_names_every_format() {
    let readme = std::fs::read_to_string(project("README.md")).expect("a text");
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(readme.contains(&formats::names()), "README.md lacks: {}", formats::names());
}
