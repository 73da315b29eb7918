//! The evidence for actors and ties: sources, their paragraphs, and excerpts.

use std::num::NonZero;

use arcstr::ArcStr;
use ecow::EcoString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ActorId, Extra, PartialDate, SourceId};

/// An article, report or document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    pub id: SourceId,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<PartialDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Reliability of the source: Admiralty code A to F.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<String>,
    /// Path of the source's text, relative to the map file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_file: Option<String>,
    /// The text of the source, if it is embedded in the map file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Labelled paragraphs of the text. Without them, paragraphs are labelled P1, P2 and so on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paragraphs: Vec<Paragraph>,
    #[serde(flatten)]
    pub extra: Extra,
}

impl Source {
    /// Author and publisher: `Umair Jamal, The Diplomat`; the name of the source if it has neither.
    #[must_use]
    pub fn byline(&self) -> String {
        let parts: Vec<&str> = [self.author.as_str(), self.publisher.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() { self.name().to_owned() } else { parts.join(", ") }
    }

    /// The title, or the id if there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.title.is_empty() { self.id.as_str() } else { &self.title }
    }
}

/// One labelled paragraph of a source. `start` (included) and `end` (excluded) are positions in the
/// text, counted in Unicode scalar values.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Paragraph {
    pub label: String,
    pub start: usize,
    pub end: usize,
    #[serde(flatten)]
    pub extra: Extra,
}

/// One excerpt and its position in the source (W3C Web Annotation text-quote and text-position
/// selectors).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    pub source: SourceId,
    /// Label of the paragraph, such as `P5`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub paragraph: Option<EcoString>,
    /// The quoted words, exactly as in the source.
    #[schemars(with = "String")]
    pub excerpt: ArcStr,
    /// The actor that is quoted. If absent: the actor that asserts the relation, else the author of
    /// the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<Box<ActorId>>,
    /// Credibility of the information: Admiralty code 1 to 6.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub credibility: Option<ArcStr>,
    #[serde(default, skip_serializing_if = "ArcStr::is_empty")]
    #[schemars(with = "String")]
    pub note: ArcStr,
    /// A few words before the excerpt.
    #[serde(default, skip_serializing_if = "ArcStr::is_empty")]
    #[schemars(with = "String")]
    pub prefix: ArcStr,
    /// A few words after the excerpt.
    #[serde(default, skip_serializing_if = "ArcStr::is_empty")]
    #[schemars(with = "String")]
    pub suffix: ArcStr,
    /// Position of the excerpt's first character in the text of the source, counted in Unicode
    /// scalar values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<usize>")]
    pub start: Option<Letter>,
    /// Position after the excerpt's last character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<usize>")]
    pub end: Option<Letter>,
    #[serde(flatten)]
    pub extra: Extra,
}

/// Position of a Unicode scalar value in a text, from 0. `Option<Letter>` takes no more memory than
/// `Letter`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "usize", into = "usize")]
pub struct Letter(NonZero<usize>);

impl From<usize> for Letter {
    fn from(number: usize) -> Self {
        // Stored plus one, so that 0 is free for `None`. No text is long enough to saturate.
        Self(NonZero::<usize>::MIN.saturating_add(number))
    }
}

impl From<Letter> for usize {
    fn from(letter: Letter) -> Self {
        letter.0.get() - 1
    }
}

/// Deserializes excerpts into a `Vec` without spare capacity: most ties have one excerpt, and a map
/// may have many ties.
pub(super) fn few<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Evidence>, D::Error> {
    struct Few;
    impl<'de> serde::de::Visitor<'de> for Few {
        type Value = Vec<Evidence>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a sequence")
        }

        fn visit_seq<A: serde::de::SeqAccess<'de>>(
            self,
            mut items: A,
        ) -> Result<Vec<Evidence>, A::Error> {
            let mut excerpts = Vec::new();
            while let Some(excerpt) = items.next_element()? {
                if excerpts.len() == excerpts.capacity() {
                    excerpts.reserve_exact(excerpts.len().max(1));
                }
                excerpts.push(excerpt);
            }
            Ok(excerpts)
        }
    }
    deserializer.deserialize_seq(Few)
}

impl Evidence {
    /// The paragraph as readers cite it: `¶5` for `P5`; title, standfirst and author note by name.
    #[must_use]
    pub fn locator(&self) -> Option<String> {
        let label = self.paragraph.as_deref()?;
        let number = label
            .strip_prefix('P')
            .filter(|rest| rest.chars().all(|c| c.is_ascii_digit()) && !rest.is_empty());
        Some(match (label, number) {
            (_, Some(number)) => format!("¶{number}"),
            ("T", _) => "Title".to_owned(),
            ("S", _) => "Standfirst".to_owned(),
            ("A", _) => "Author note".to_owned(),
            _ => label.to_owned(),
        })
    }
}
