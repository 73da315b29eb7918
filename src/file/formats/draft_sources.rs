//! The sources of a draft, by title or address.

use indexmap::IndexMap;

use crate::model::{ActorId, Evidence, PartialDate, Source};

/// Words that support a tie.
#[derive(Clone, Debug, Default)]
pub(in crate::file) struct Said {
    pub words: String,
    /// The title or the address of the source.
    pub source: String,
    /// The address of the source, where it has a title as well.
    pub address: String,
    /// The place in the source.
    pub paragraph: String,
    /// The id of the node that is quoted.
    pub speaker: String,
    pub note: String,
    pub date: Option<PartialDate>,
}

/// The sources that excerpts come from, by title or address.
#[derive(Default)]
pub(super) struct Sources {
    by_name: IndexMap<String, Source>,
}

impl Sources {
    /// The excerpt, whose source is added. `usual` is the name of a source that is not named.
    pub fn excerpt(&mut self, said: &Said, usual: &str) -> Evidence {
        let name = [said.source.trim(), said.address.trim(), usual.trim(), "Imported table"];
        let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        let number = self.by_name.len() + 1;
        let is_first = !self.by_name.contains_key(name);
        let address = Some(said.address.trim().to_owned()).filter(|address| !address.is_empty());
        let source = self.by_name.entry(name.to_owned()).or_insert_with(|| {
            let is_address = name.starts_with("http://") || name.starts_with("https://");
            Source {
                id: format!("s{number}").into(),
                title: name.to_owned(),
                url: if is_address { Some(name.to_owned()) } else { address },
                ..Source::default()
            }
        });
        // A source has a date if all of its excerpts have the same.
        if is_first {
            source.date = said.date;
        } else if source.date != said.date {
            source.date = None;
        }
        let text =
            |text: &str| Some(text.trim().into()).filter(|text: &ecow::EcoString| !text.is_empty());
        Evidence {
            source: source.id.clone(),
            excerpt: said.words.trim().into(),
            paragraph: text(&said.paragraph),
            speaker: text(&said.speaker).map(|id| Box::new(ActorId::from(id.as_str()))),
            note: said.note.trim().into(),
            ..Evidence::default()
        }
    }

    pub fn into_list(self) -> Vec<Source> {
        self.by_name.into_values().collect()
    }
}
