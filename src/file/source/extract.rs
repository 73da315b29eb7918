//! What the readers of the formats return: a text and what the file says about it.

use crate::evidence::SourceText;
use crate::evidence::head::head;
use crate::model::{PartialDate, Source};

/// What a file says about its text. Empty texts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMeta {
    pub title: Option<String>,
    pub author: Option<String>,
    /// The publisher or the name of the web site.
    pub publisher: Option<String>,
    pub published: Option<PartialDate>,
    /// The address of the page.
    pub url: Option<String>,
}

impl SourceMeta {
    /// Fills the fields of a source that are empty.
    pub fn fill(&self, source: &mut Source) {
        let texts = [
            (&mut source.title, &self.title),
            (&mut source.author, &self.author),
            (&mut source.publisher, &self.publisher),
        ];
        for (field, value) in texts {
            if field.is_empty()
                && let Some(value) = value
            {
                field.clone_from(value);
            }
        }
        source.date = source.date.or(self.published);
        if source.url.is_none() {
            source.url.clone_from(&self.url);
        }
    }

    /// What the first lines of a text say about it.
    pub(super) fn at_start_of(text: &SourceText) -> Self {
        let head = head(text);
        Self {
            title: head.title.and_then(|range| tidy(text.slice(&range))),
            author: head.author,
            published: head.date,
            ..Self::default()
        }
    }

    /// The fields of `self`, completed by those of `other`.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            title: self.title.or(other.title),
            author: self.author.or(other.author),
            publisher: self.publisher.or(other.publisher),
            published: self.published.or(other.published),
            url: self.url.or(other.url),
        }
    }
}

/// A value of metadata on one line; `None` if it is empty.
pub(super) fn tidy(text: &str) -> Option<String> {
    /// Longer values are no titles or names.
    const LIMIT: usize = 500;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.len() <= LIMIT).then_some(text)
}

/// A title on one line; `None` if it is the name of a file or a placeholder, as programs write it.
pub(super) fn tidy_title(text: &str) -> Option<String> {
    let title = tidy(text)?;
    let lower = title.to_lowercase();
    let is_file =
        [".doc", ".docx", ".odt", ".rtf", ".indd", ".qxd", ".pdf", ".dvi", ".tex", ".txt"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    let is_placeholder = lower.starts_with("microsoft word")
        || lower.starts_with("untitled")
        || lower.starts_with("powerpoint")
        || matches!(lower.as_str(), "title" | "document" | "document1" | "no title");
    (!is_file && !is_placeholder).then_some(title)
}

/// The outcome of reading one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Extract {
    pub text: String,
    pub meta: SourceMeta,
    /// Sentences for the user, such as that the encoding was guessed.
    pub notes: Vec<String>,
}

impl Extract {
    pub(super) fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
