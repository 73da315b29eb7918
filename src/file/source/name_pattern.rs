//! Title, author and date from the name of a file, by a pattern such as `{date} {author} - {title}`.

use super::extract::{SourceMeta, tidy};
use crate::model::PartialDate;
use crate::model::written_date::date_in;

/// The fields of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Author,
    Publisher,
    Date,
    /// A part of the name that is not used.
    Other,
}

/// The names of the fields, as they stand in a pattern.
pub const FIELDS: [&str; 5] = ["{title}", "{author}", "{publisher}", "{date}", "{other}"];

/// Patterns to choose from.
pub const USUAL: [&str; 6] = [
    "{date} {title}",
    "{date} {author} - {title}",
    "{date}_{publisher}_{title}",
    "{author} - {title}",
    "{publisher} - {title}",
    "{title} ({date})",
];

/// A part of a pattern: a field, or signs that stand between fields.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Field(Field),
    Signs(String),
}

/// A pattern for the names of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern {
    parts: Vec<Part>,
}

impl NamePattern {
    /// The pattern in a text.
    ///
    /// # Errors
    /// If it has no field, or two fields with nothing between them; the error says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let found = FIELDS.iter().enumerate().find(|(_, name)| rest.starts_with(**name));
            if let Some((at, name)) = found {
                let fields =
                    [Field::Title, Field::Author, Field::Publisher, Field::Date, Field::Other];
                if matches!(parts.last(), Some(Part::Field(_))) {
                    return Err(format!("put something between {name} and the part before it"));
                }
                parts.push(Part::Field(fields[at]));
                rest = rest.get(name.len()..).unwrap_or_default();
                continue;
            }
            let end = rest.char_indices().skip(1).find(|(at, _)| {
                FIELDS.iter().any(|name| rest.get(*at..).is_some_and(|rest| rest.starts_with(name)))
            });
            let (signs, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
            parts.push(Part::Signs(signs.to_owned()));
            rest = after;
        }
        if parts.iter().any(|part| matches!(part, Part::Field(_))) {
            Ok(Self { parts })
        } else {
            Err(format!("use one or more of {}", FIELDS.join(", ")))
        }
    }

    /// What the name of a file without its ending says; `None` if it does not have this form.
    #[must_use]
    pub fn read(&self, name: &str) -> Option<SourceMeta> {
        let mut meta = SourceMeta::default();
        let mut rest = name.trim();
        let mut parts = self.parts.iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Signs(signs) => rest = rest.strip_prefix(signs.as_str())?,
                Part::Field(field) => {
                    let value = match parts.peek() {
                        Some(Part::Signs(signs)) => {
                            let end = end_of(*field, rest, signs)?;
                            let (value, after) = rest.split_at(end);
                            rest = after;
                            value
                        }
                        _ => std::mem::take(&mut rest),
                    };
                    set(&mut meta, *field, value)?;
                }
            }
        }
        rest.trim().is_empty().then_some(meta)
    }
}

/// Where a field ends: at the first place with these signs; a date, where it is one.
fn end_of(field: Field, rest: &str, signs: &str) -> Option<usize> {
    let mut ends = rest.match_indices(signs).map(|(at, _)| at);
    match field {
        Field::Date => ends.find(|end| date_of(rest.get(..*end).unwrap_or_default()).is_some()),
        _ => ends.find(|end| *end > 0),
    }
}

fn set(meta: &mut SourceMeta, field: Field, value: &str) -> Option<()> {
    // Names of files often have these signs in place of blanks.
    let words = if value.contains(' ') { value.to_owned() } else { value.replace(['_', '+'], " ") };
    let text = tidy(&words);
    match field {
        Field::Title => meta.title = Some(text?),
        Field::Author => meta.author = Some(text?),
        Field::Publisher => meta.publisher = Some(text?),
        Field::Date => meta.published = Some(date_of(value)?),
        Field::Other => {}
    }
    Some(())
}

fn date_of(text: &str) -> Option<PartialDate> {
    let plain = text.trim().replace('_', "-");
    plain.parse().ok().or_else(|| date_in(&plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Title, author, publisher and date.
    fn read(pattern: &str, name: &str) -> Option<[String; 4]> {
        let meta = NamePattern::parse(pattern).expect("a pattern").read(name)?;
        let date = meta.published.map(|date| date.to_string());
        Some([meta.title, meta.author, meta.publisher, date].map(Option::unwrap_or_default))
    }

    #[test]
    fn names_are_taken_apart_by_the_signs_between_the_fields() {
        let of = |title: &str, author: &str, publisher: &str, date: &str| {
            Some([title, author, publisher, date].map(str::to_owned))
        };
        assert_eq!(
            read("{date} {author} - {title}", "2024-03-24 Ann Bee - The war - and after"),
            of("The war - and after", "Ann Bee", "", "2024-03-24")
        );
        assert_eq!(
            read("{date}_{publisher}_{title}", "20240324_Daily_The_war_ends"),
            of("The war ends", "", "Daily", "2024-03-24")
        );
        assert_eq!(
            read("{title} ({date})", "Talks (24 March 2024)"),
            of("Talks", "", "", "2024-03-24")
        );
        assert_eq!(
            read("{date} {title}", "24 March 2024 Talks"),
            of("Talks", "", "", "2024-03-24")
        );
        assert_eq!(read("{other}-{title}", "0017-Talks"), of("Talks", "", "", ""));
        for (pattern, name) in [
            ("{date} {title}", "Talks of March"),
            ("{author} - {title}", "Only a title"),
            ("{title} ({date})", "Talks (soon)"),
        ] {
            assert_eq!(read(pattern, name), None, "{name}");
        }
    }

    #[test]
    fn patterns_that_cannot_be_read_say_why() {
        assert!(NamePattern::parse("").expect_err("empty").contains("{title}"));
        assert!(NamePattern::parse("{date}{title}").expect_err("no sign").contains("between"));
        for usual in USUAL {
            assert!(NamePattern::parse(usual).is_ok(), "{usual}");
        }
    }
}
