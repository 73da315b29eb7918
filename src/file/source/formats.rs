//! The formats of source texts: one table for dialogs, tooltips, help and error messages.

/// Size limit for plain text, in bytes. A whole book has about 1 MB.
pub const TEXT_LIMIT_BYTES: u64 = 64 << 20;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Page,
    /// An e-mail, or a web page in the same form.
    Mail,
    Rtf,
    /// A ZIP file; its contents decide between Word, Open Document and others.
    Package,
    /// Open Document in a single XML file.
    FlatDocument,
    Pdf,
}

/// A format as it is named to the user.
#[derive(Clone, Copy, Debug)]
pub struct SourceFormat {
    /// What a file of this format is called within a sentence.
    pub name: &'static str,
    /// Its file extensions, the usual one first.
    pub extensions: &'static [&'static str],
    /// How a file is read that is not recognised by its bytes.
    pub(super) kind: Kind,
}

/// All formats that can be read.
pub const FORMATS: &[SourceFormat] = &[
    SourceFormat { name: "plain text", extensions: &["txt", "text"], kind: Kind::Text },
    SourceFormat { name: "Markdown", extensions: &["md", "markdown"], kind: Kind::Text },
    SourceFormat { name: "a web page", extensions: &["html", "htm", "xhtml"], kind: Kind::Page },
    SourceFormat {
        name: "a web page in one file",
        extensions: &["mhtml", "mht"],
        kind: Kind::Mail,
    },
    SourceFormat { name: "an e-mail", extensions: &["eml"], kind: Kind::Mail },
    SourceFormat { name: "a PDF", extensions: &["pdf"], kind: Kind::Pdf },
    SourceFormat { name: "a Word document", extensions: &["docx", "docm"], kind: Kind::Package },
    SourceFormat { name: "an OpenDocument text", extensions: &["odt"], kind: Kind::Package },
    SourceFormat { name: "an e-book", extensions: &["epub"], kind: Kind::Package },
    SourceFormat { name: "rich text", extensions: &["rtf"], kind: Kind::Rtf },
];

/// The file extensions of all formats.
#[must_use]
pub fn extensions() -> Vec<&'static str> {
    FORMATS.iter().flat_map(|format| format.extensions.iter().copied()).collect()
}

/// True if a file is a text rather than a map, by its extension.
#[must_use]
pub fn is_article(path: &std::path::Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    extensions().contains(&ending.as_str())
}

/// The names of all formats with their extensions, for a sentence: `plain text (TXT), Markdown (MD)
/// … or rich text (RTF)`.
#[must_use]
pub fn names() -> String {
    let full_name = |format: &SourceFormat| {
        let extension = format.extensions.first().copied().unwrap_or_default();
        // The name of a PDF is its extension.
        if format.name.to_lowercase().ends_with(extension) {
            return format.name.to_owned();
        }
        format!("{} ({})", format.name, extension.to_uppercase())
    };
    let names: Vec<String> = FORMATS.iter().map(full_name).collect();
    match names.split_last() {
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

impl Kind {
    /// Size limit of a file, in bytes.
    pub(super) fn limit_bytes(self) -> u64 {
        match self {
            Self::Text => TEXT_LIMIT_BYTES,
            // Pages also contain scripts and pictures.
            Self::Page => 32 << 20,
            // These also contain pictures.
            Self::Mail | Self::Rtf | Self::FlatDocument => 64 << 20,
            Self::Package | Self::Pdf => 256 << 20,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_formats_make_a_sentence() {
        let names = names();
        assert!(
            names.starts_with("plain text (TXT), Markdown (MD), a web page (HTML), "),
            "{names}"
        );
        assert!(names.contains(", a PDF, a Word document (DOCX), "), "{names}");
        assert!(names.ends_with(" or rich text (RTF)"), "{names}");
    }
}
