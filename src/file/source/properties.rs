//! The properties of a document: title, author and date in a small XML file.

use std::collections::HashMap;

use super::error::Fault;
use super::extract::{SourceMeta, tidy, tidy_title};
use super::xml::{Handler, Tag, read};
use crate::model::written_date::date_in;

/// The text of each element, by its name.
#[derive(Default)]
pub(super) struct Properties {
    current: String,
    values: HashMap<String, String>,
}

impl Properties {
    /// The properties in this XML. Those of damaged XML are read up to the damage.
    pub(super) fn of(xml: &str) -> Self {
        let mut properties = Self::default();
        // A text can be read without its properties.
        let _ = read(xml, &mut properties);
        properties
    }

    /// The metadata. The author and the date are the first that is there of these elements.
    pub(super) fn meta(&self, authors: &[&str], dates: &[&str]) -> SourceMeta {
        let value = |name: &str| self.values.get(name).and_then(|text| tidy(text));
        SourceMeta {
            title: value("title").as_deref().and_then(tidy_title),
            author: authors.iter().find_map(|name| value(name)),
            published: dates.iter().find_map(|name| date_in(&value(name)?)),
            ..SourceMeta::default()
        }
    }
}

impl Handler for Properties {
    fn open(&mut self, name: &str, _: &Tag<'_>) -> Result<(), Fault> {
        name.clone_into(&mut self.current);
        Ok(())
    }

    fn close(&mut self, _: &str) {
        self.current.clear();
    }

    fn text(&mut self, text: &str) {
        if !self.current.is_empty() {
            self.values.entry(self.current.clone()).or_default().push_str(text);
        }
    }
}
