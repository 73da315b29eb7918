//! `allegiance verify`: checks that every excerpt of a map is in its source.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use super::{UNUSABLE, exit_code, fail};
use crate::evidence::verify::{self, Verified};
use crate::evidence::{SourceText, State};
use crate::file::source::{Texts, formats};
use crate::file::{self, source};
use crate::model::{Element, Map, SourceId};

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// Map file.
    pub map: PathBuf,
    #[arg(long, value_name = "ID=FILE", value_parser = pair, help = source_help())]
    pub source: Vec<(String, PathBuf)>,
    /// Print JSON: an array of objects with `excerpt`, `state`, `source`, `paragraph`, `start`,
    /// `end`, `owner` and `number`.
    #[arg(long)]
    pub json: bool,
}

fn source_help() -> String {
    format!("Text of a source: {}; can be repeated", formats::names())
}

fn pair(text: &str) -> Result<(String, PathBuf), String> {
    let (id, file) = text.split_once('=').ok_or("expected ID=FILE, such as s1=article.txt")?;
    Ok((id.to_owned(), PathBuf::from(file)))
}

/// One excerpt as printed by `--json`. Positions count Unicode scalar values of the text.
#[derive(Serialize)]
struct Row<'a> {
    excerpt: &'a str,
    /// `anchored`, `moved`, `altered`, `ambiguous` or `lost`, or `missing` if the text of the
    /// source is not available.
    state: &'static str,
    source: &'a str,
    paragraph: Option<&'a str>,
    start: Option<usize>,
    end: Option<usize>,
    owner: &'a str,
    /// Index among the excerpts of the owner, from 0.
    number: usize,
    /// The words in the text, if they differ from the excerpt.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<&'a str>,
    /// All positions, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<(usize, usize)>,
}

pub(super) fn run(
    verify: &Verify,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let map = match file::view(&verify.map) {
        Ok((map, _)) => map,
        Err(error) => return fail(err, &error, exit_code(error.refusal)),
    };
    let Texts { mut texts, mut errors, mut notes } = source::read_all(&map, Some(&verify.map));
    for (id, path) in &verify.source {
        let id = SourceId::from(id.clone());
        if !map.sources.iter().any(|source| source.id == id) {
            let message =
                format!("no source has the id \"{id}\"; expected the id of a source in this map");
            return fail(err, &message, UNUSABLE);
        }
        match source::read_file(path) {
            Ok(file) => {
                notes.insert(id.clone(), file.notes);
                errors.remove(&id);
                texts.insert(id, Arc::new(file.text));
            }
            Err(error) => drop(errors.insert(id, error)),
        }
    }
    for (id, note) in notes.iter().flat_map(|(id, notes)| notes.iter().map(move |note| (id, note)))
    {
        writeln!(err, "allegiance: source {id}: {note}")?;
    }
    for (id, error) in &errors {
        writeln!(err, "allegiance: source {id}: {error}")?;
    }
    report(verify.json, &map, &texts, out)
}

fn report(
    is_json: bool,
    map: &Map,
    texts: &BTreeMap<SourceId, Arc<SourceText>>,
    out: &mut dyn Write,
) -> io::Result<ExitCode> {
    let prepared = verify::prepare(map, texts);
    let verified = verify::verify(map, &prepared);
    let excerpts = verify::excerpts(map).map(|(_, _, excerpt)| excerpt.excerpt.as_str());
    let rows: Vec<Row<'_>> =
        verified.iter().zip(excerpts).map(|(one, words)| row(one, words, texts)).collect();
    if is_json {
        serde_json::to_writer_pretty(&mut *out, &rows)?;
        writeln!(out)?;
    } else {
        for (row, one) in rows.iter().zip(&verified) {
            writeln!(out, "{}", line(row, one))?;
        }
        writeln!(out, "{}", summary(&rows))?;
    }
    let has = |wanted: fn(Option<State>) -> bool| verified.iter().any(|one| wanted(one.state()));
    Ok(ExitCode::from(if has(|state| state.is_none()) {
        UNUSABLE
    } else {
        u8::from(has(|state| state.is_some_and(|state| !state.is_exact())))
    }))
}

fn row<'a>(
    one: &'a Verified,
    words: &'a str,
    texts: &'a BTreeMap<SourceId, Arc<SourceText>>,
) -> Row<'a> {
    let place = one.place();
    let there = place.and_then(|place| Some(texts.get(&one.source)?.slice(place)));
    let places = one.anchor.as_ref().map_or(&[] as &[_], |anchor| &anchor.places);
    Row {
        excerpt: words,
        state: one.state().map_or("missing", State::words),
        source: one.source.as_str(),
        paragraph: one.paragraph.as_deref(),
        start: place.map(|place| place.start),
        end: place.map(|place| place.end),
        owner: one.owner.id(),
        number: one.number,
        found: there.filter(|there| *there != words),
        places: if places.len() > 1 {
            places.iter().map(|place| (place.start, place.end)).collect()
        } else {
            Vec::new()
        },
    }
}

fn line(row: &Row<'_>, one: &Verified) -> String {
    let owner = match &one.owner {
        Element::Actor(id) => format!("actor {id}"),
        Element::Relation(id) => format!("relation {id}"),
        Element::Note(id) => format!("note {id}"),
    };
    let paragraph = row.paragraph.map(|paragraph| format!(", {paragraph}")).unwrap_or_default();
    let place =
        row.start.zip(row.end).map(|(start, end)| format!(", {start}–{end}")).unwrap_or_default();
    let places: Vec<String> =
        row.places.iter().map(|(start, end)| format!("{start}–{end}")).collect();
    let places =
        if places.is_empty() { String::new() } else { format!(", at {}", places.join(" or ")) };
    let found = row.found.map(|found| format!("; there it says “{found}”")).unwrap_or_default();
    let (number, state, source, excerpt) = (row.number + 1, row.state, row.source, row.excerpt);
    format!(
        "{owner}, excerpt {number}: {state} in {source}{paragraph}{place}{places}: \
         “{excerpt}”{found}"
    )
}

fn summary(rows: &[Row<'_>]) -> String {
    let states = ["anchored", "moved", "altered", "ambiguous", "lost", "missing"];
    let counts = states.iter().filter_map(|state| {
        let count = rows.iter().filter(|row| row.state == *state).count();
        (count > 0).then(|| format!("{count} {state}"))
    });
    let counts: Vec<String> = counts.collect();
    if counts.is_empty() { "no excerpts".to_owned() } else { counts.join(", ") }
}
