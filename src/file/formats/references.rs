//! What the readers of references and of quotations share: sources with ids, dates in parts, and the
//! map that is made of them.

use crate::file::formats::draft::refused;
use crate::file::opened::{Contents, OpenError, Opened};
use crate::model::words::counted;
use crate::model::written_date::date_in;
use crate::model::{Evidence, Map, PartialDate, Place, Problem, Source, SourceId};

/// Sources and quotations that were read.
#[derive(Default)]
pub(super) struct Library {
    pub sources: Vec<Source>,
    /// Quotations, by the number of their source.
    pub quotations: Vec<(usize, Evidence)>,
    /// What the user should know.
    pub remarks: Vec<String>,
}

impl Library {
    /// The number of the source that `is_it` finds, or of the new one that `new` makes.
    pub fn source(
        &mut self,
        is_it: impl Fn(&Source) -> bool,
        new: impl FnOnce() -> Source,
    ) -> usize {
        if let Some(at) = self.sources.iter().position(is_it) {
            return at;
        }
        self.sources.push(new());
        self.sources.len() - 1
    }

    /// The map with these sources, and the quotations waiting to be assigned.
    ///
    /// # Errors
    /// If there is neither.
    pub fn into_opened(self, format: &'static str) -> Result<Opened, OpenError> {
        let Self { mut sources, quotations, remarks } = self;
        if sources.is_empty() && quotations.is_empty() {
            let words = format!("no source was found in this file of {format}");
            return Err(refused(words, "at least one reference or quotation"));
        }
        for (number, source) in sources.iter_mut().enumerate() {
            source.id = SourceId::from(format!("s{}", number + 1));
        }
        let mut map = Map::default();
        let placed = quotations.into_iter().filter_map(|(at, quotation)| {
            Some(Evidence { source: sources.get(at)?.id.clone(), ..quotation })
        });
        map.unassigned = placed.collect();
        map.sources = sources.into();
        let mut warnings = Vec::new();
        if !map.unassigned.is_empty() {
            let waiting = counted(map.unassigned.len(), "excerpt");
            warnings.push(format!("{waiting} to be assigned to actors and ties"));
        }
        warnings.extend(remarks);
        let remark = |words: String| Problem::warning(Place::default(), words, "");
        let warnings = warnings.into_iter().map(remark).collect();
        Ok(Opened { map, contents: Contents::Imported(format), warnings })
    }
}

/// A date of numbers: a year, and perhaps month and day; 0 is unknown.
pub(super) fn date_of_parts(parts: &[i64]) -> Option<PartialDate> {
    let year = u16::try_from(*parts.first()?).ok()?;
    let part = |at: usize| {
        parts.get(at).and_then(|part| u8::try_from(*part).ok()).filter(|part| *part > 0)
    };
    let month = part(1);
    PartialDate::new(year, month, month.and(part(2)))
        .or_else(|| PartialDate::new(year, month, None))
        .or_else(|| PartialDate::new(year, None, None))
}

/// A date in a text: `1948/07//`, `2014-12-31`, `spring 2015`.
pub(super) fn date_of_text(text: &str) -> Option<PartialDate> {
    let parts: Vec<i64> =
        text.split(['/', '-']).map_while(|part| part.trim().parse().ok()).collect();
    let is_year = text.trim().chars().take_while(char::is_ascii_digit).count() == 4;
    date_of_parts(&parts).filter(|_| is_year).or_else(|| date_in(text)).or_else(|| {
        let year =
            text.split(|letter: char| !letter.is_ascii_digit()).find(|part| part.len() == 4)?;
        PartialDate::new(year.parse().ok()?, None, None)
    })
}

/// The note of a quotation: its codes in brackets, then the comment.
pub(super) fn coded(codes: &[impl AsRef<str>], comment: &str) -> String {
    let codes: Vec<&str> = codes.iter().map(AsRef::as_ref).collect();
    let codes = if codes.is_empty() { String::new() } else { format!("[{}]", codes.join("; ")) };
    [codes.as_str(), comment.trim()].join(" ").trim().to_owned()
}

/// The address of a DOI.
pub(super) fn address_of_doi(doi: &str) -> String {
    let bare = doi.trim().trim_start_matches("doi:").trim();
    if bare.starts_with("http") { bare.to_owned() } else { format!("https://doi.org/{bare}") }
}

/// `Karl Marx` of `Marx, Karl`.
pub(super) fn turned(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() => {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.trim().trim_end_matches(',').to_owned(),
    }
}
