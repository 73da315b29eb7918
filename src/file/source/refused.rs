//! Formats that are not read, by name: how they are recognised, and what to do instead.

use super::error::Fault;
use super::formats::names;
use super::start::{find, first_element};

/// What to do with a file of a format that is not read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    /// What the file is: `an EPUB e-book`.
    name: &'static str,
    advice: &'static str,
}

const SAVE_AS: &str = "Open it in its program and save it as text, HTML or PDF.";
const SHEET: &str = "Open it in its program and save the sheet as text or PDF.";
const SLIDES: &str = "Open it in its program and save it as PDF.";
const PICTURE: &str = "If it shows a text, recognise the text (OCR) and save that.";
const SOUND: &str = "Attach a transcript as text.";
const ARCHIVE: &str = "Unpack it and attach the file inside.";
const PROGRAM: &str = "Choose a file with a text.";

/// Formats by their first bytes.
const SIGNATURES: &[(&[u8], Refused)] = &[
    (b"\x89PNG", Refused { name: "a picture (PNG)", advice: PICTURE }),
    (b"\xFF\xD8\xFF", Refused { name: "a picture (JPEG)", advice: PICTURE }),
    (b"GIF87a", Refused { name: "a picture (GIF)", advice: PICTURE }),
    (b"GIF89a", Refused { name: "a picture (GIF)", advice: PICTURE }),
    (b"II*\0", Refused { name: "a picture (TIFF)", advice: PICTURE }),
    (b"MM\0*", Refused { name: "a picture (TIFF)", advice: PICTURE }),
    (b"AT&TFORM", Refused { name: "a scanned document (DjVu)", advice: PICTURE }),
    (b"8BPS", Refused { name: "a picture (Photoshop)", advice: PICTURE }),
    (b"ID3", Refused { name: "a sound recording (MP3)", advice: SOUND }),
    (b"\xFF\xFB", Refused { name: "a sound recording (MP3)", advice: SOUND }),
    (b"OggS", Refused { name: "a sound recording (Ogg)", advice: SOUND }),
    (b"fLaC", Refused { name: "a sound recording (FLAC)", advice: SOUND }),
    (b"\x1A\x45\xDF\xA3", Refused { name: "a video", advice: SOUND }),
    (b"\x1F\x8B", Refused { name: "a compressed file (gzip)", advice: ARCHIVE }),
    (b"BZh", Refused { name: "a compressed file (bzip2)", advice: ARCHIVE }),
    (b"\xFD7zXZ\0", Refused { name: "a compressed file (xz)", advice: ARCHIVE }),
    (b"\x28\xB5\x2F\xFD", Refused { name: "a compressed file (Zstandard)", advice: ARCHIVE }),
    (b"7z\xBC\xAF\x27\x1C", Refused { name: "an archive (7z)", advice: ARCHIVE }),
    (b"Rar!\x1A", Refused { name: "an archive (RAR)", advice: ARCHIVE }),
    (b"PK\x05\x06", Refused { name: "an empty archive (ZIP)", advice: PROGRAM }),
    (b"%!PS", Refused { name: "a PostScript file", advice: "Convert it to PDF." }),
    (
        b"bplist00",
        Refused {
            name: "a Safari web archive",
            advice: "Save the page as “Page Source”, or print it to PDF.",
        },
    ),
    (b"WARC/", Refused { name: "a web archive (WARC)", advice: ARCHIVE }),
    (b"SQLite format 3", Refused { name: "a database (SQLite)", advice: PROGRAM }),
    (b"\x7FELF", Refused { name: "a program", advice: PROGRAM }),
    (b"ITSF", Refused { name: "a help file (CHM)", advice: SAVE_AS }),
    (b"\xFFWPC", Refused { name: "a WordPerfect document", advice: SAVE_AS }),
];

/// Formats by their extension, for files whose bytes say nothing.
const EXTENSIONS: &[(&str, Refused)] = &[
    ("doc", Refused { name: "an old Word document (DOC)", advice: SAVE_AS }),
    ("docx", Refused { name: "a damaged Word document", advice: SAVE_AS }),
    ("docm", Refused { name: "a damaged Word document", advice: SAVE_AS }),
    ("odt", Refused { name: "a damaged OpenDocument text", advice: SAVE_AS }),
    ("epub", Refused { name: "a damaged EPUB e-book", advice: SAVE_AS }),
    ("xls", Refused { name: "an old Excel workbook (XLS)", advice: SHEET }),
    ("ppt", Refused { name: "an old PowerPoint presentation (PPT)", advice: SLIDES }),
    ("pages", Refused { name: "a Pages document", advice: SAVE_AS }),
    ("wpd", Refused { name: "a WordPerfect document", advice: SAVE_AS }),
    ("wps", Refused { name: "a Works document", advice: SAVE_AS }),
    ("bmp", Refused { name: "a picture (BMP)", advice: PICTURE }),
    ("exe", Refused { name: "a program", advice: PROGRAM }),
];

/// Formats in Microsoft's container of old Office files, by the name of a stream in it.
const STREAMS: &[(&str, Refused)] = &[
    (
        "EncryptedPackage",
        Refused {
            name: "an Office document with a password",
            advice: "Open it in its program and save a copy without a password.",
        },
    ),
    (
        "WordDocument",
        Refused {
            name: "an old Word document (DOC)",
            advice: "Open it in its \
        program and save it as a Word document of today (DOCX), text or PDF.",
        },
    ),
    ("PowerPoint Document", Refused { name: "an old PowerPoint presentation", advice: SLIDES }),
    ("Workbook", Refused { name: "an old Excel workbook (XLS)", advice: SHEET }),
    (
        "__substg1.0",
        Refused {
            name: "an Outlook message (MSG)",
            advice: "Open it in Outlook and \
        save it as text or HTML.",
        },
    ),
];

const I_WORK: Refused = Refused {
    name: "a document of Pages, Numbers or Keynote",
    advice: "Open it in its program and export it as Word, plain text or PDF.",
};

/// Formats of Apple's iWork, by their extension.
const I_WORKS: &[(&str, Refused)] = &[
    (
        "pages",
        Refused {
            name: "a Pages document",
            advice: "Open it in Pages and export it as \
        Word, plain text or PDF.",
        },
    ),
    ("numbers", Refused { name: "a Numbers spreadsheet", advice: SHEET }),
    ("key", Refused { name: "a Keynote presentation", advice: SLIDES }),
];

/// Formats in a ZIP file: the name of an entry, or a prefix that ends in `/`.
const ENTRIES: &[(&str, Refused)] = &[
    ("META-INF/container.xml", Refused { name: "an EPUB e-book", advice: SAVE_AS }),
    ("xl/", Refused { name: "an Excel workbook (XLSX)", advice: SHEET }),
    ("ppt/", Refused { name: "a PowerPoint presentation (PPTX)", advice: SLIDES }),
    ("visio/", Refused { name: "a Visio drawing", advice: SLIDES }),
    ("Index/", I_WORK),
    ("Index.zip", I_WORK),
    ("AndroidManifest.xml", Refused { name: "a program", advice: PROGRAM }),
];

/// Open Document and others by the media type that their package declares.
const MEDIA_TYPES: &[(&str, Refused)] = &[
    ("application/epub+zip", Refused { name: "an EPUB e-book", advice: SAVE_AS }),
    (
        "application/vnd.oasis.opendocument.spreadsheet",
        Refused { name: "an OpenDocument spreadsheet (ODS)", advice: SHEET },
    ),
    (
        "application/vnd.oasis.opendocument.presentation",
        Refused { name: "an OpenDocument presentation (ODP)", advice: SLIDES },
    ),
    (
        "application/vnd.oasis.opendocument.graphics",
        Refused { name: "an OpenDocument drawing (ODG)", advice: SLIDES },
    ),
];

/// The fault of a file of this format.
pub(super) fn fault(refused: Refused) -> Fault {
    Fault::new(format!("this is {}", refused.name)).expected(names()).advice(refused.advice)
}

/// The format of a file with this start, if it is known and not read.
pub(super) fn by_bytes(start: &[u8]) -> Option<Refused> {
    let signed = SIGNATURES.iter().find(|(signature, _)| start.starts_with(signature));
    if let Some((_, refused)) = signed {
        return Some(*refused);
    }
    let at =
        |from: usize, bytes: &[u8]| start.get(from..).is_some_and(|rest| rest.starts_with(bytes));
    let (name, advice) = if at(0, b"RIFF") && at(8, b"WEBP") {
        ("a picture (WebP)", PICTURE)
    } else if at(0, b"RIFF") {
        ("a recording", SOUND)
    } else if at(4, b"ftypheic") || at(4, b"ftypavif") || at(4, b"ftypmif1") {
        ("a picture (HEIC)", PICTURE)
    } else if at(4, b"ftyp") {
        ("a video", SOUND)
    } else if at(0, b"BM") && at(6, &[0; 4]) {
        ("a picture (BMP)", PICTURE)
    } else if at(60, b"BOOKMOBI") || at(60, b"TEXtREAd") {
        ("a Kindle e-book", SAVE_AS)
    } else if at(257, b"ustar") {
        ("an archive (TAR)", ARCHIVE)
    } else if at(0, b"MZ") && start.contains(&0) {
        ("a program", PROGRAM)
    } else {
        return None;
    };
    Some(Refused { name, advice })
}

/// The format of an old Office file, by the streams that `bytes` names.
pub(super) fn by_stream(bytes: &[u8]) -> Refused {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        find(bytes, &wide)
    };
    let found = STREAMS.iter().find(|(name, _)| has(name));
    found.map_or(Refused { name: "an old Office document", advice: SAVE_AS }, |(_, other)| *other)
}

/// True for old Office files, whose format depends on more than their start.
pub(super) fn has_streams(start: &[u8]) -> bool {
    start.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// The format of a text with this start, if it is markup that is not read.
pub(super) fn by_markup(head: &str) -> Option<Refused> {
    let feed = "Open the article in a browser and save it from there.";
    let (name, advice) = match first_element(head) {
        "svg" | "svg:svg" => ("a picture (SVG)", PICTURE),
        "fictionbook" => ("a FictionBook e-book", SAVE_AS),
        "w:worddocument" | "pkg:package" => ("a Word document in XML", SAVE_AS),
        "office:document" => ("an OpenDocument file without a text", SAVE_AS),
        "rss" | "feed" | "rdf:rdf" => ("a news feed", feed),
        _ if head.starts_with("from ") && head.contains("\nfrom: ") => {
            ("a mailbox with e-mails", "Save the e-mail as a file of its own (EML).")
        }
        _ => return None,
    };
    Some(Refused { name, advice })
}

/// The format of a file with this extension in lower case.
pub(super) fn by_extension(extension: &str) -> Option<Refused> {
    EXTENSIONS.iter().find(|(other, _)| *other == extension).map(|(_, refused)| *refused)
}

/// The format of a ZIP file, by the names of its entries and the media type that it declares.
pub(super) fn by_entries(names: &[String], media_type: &str, extension: &str) -> Refused {
    let media_type = media_type.trim();
    let declared = MEDIA_TYPES.iter().find(|(other, _)| media_type.starts_with(other));
    let is_there = |wanted: &str| {
        names
            .iter()
            .any(|name| name == wanted || (wanted.ends_with('/') && name.starts_with(wanted)))
    };
    let found = declared.or_else(|| ENTRIES.iter().find(|(wanted, _)| is_there(wanted)));
    let found = match found {
        Some((_, refused)) if refused.name == I_WORK.name => {
            I_WORKS.iter().find(|(other, _)| *other == extension).or(found)
        }
        other => other,
    };
    found.map_or(Refused { name: "an archive (ZIP)", advice: ARCHIVE }, |(_, refused)| *refused)
}
