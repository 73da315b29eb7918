//! `allegiance text`: prints the text of a file as it would be attached to a source.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{UNUSABLE, fail};
use crate::file::source::{self, SourceFile, formats};

/// Arguments of `text`.
#[derive(Debug, Args)]
pub struct Text {
    #[arg(help = file_help())]
    pub file: PathBuf,
    /// Print JSON: an object with `text`, `title`, `author`, `publisher`, `date`, `url` and
    /// `notes`.
    #[arg(long)]
    pub json: bool,
}

fn file_help() -> String {
    format!("The file: {}", formats::names())
}

#[derive(Serialize)]
struct Printed<'a> {
    text: &'a str,
    title: Option<&'a str>,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    notes: &'a [String],
}

impl<'a> Printed<'a> {
    fn of(file: &'a SourceFile) -> Self {
        let meta = &file.meta;
        Self {
            text: file.text.as_str(),
            title: meta.title.as_deref(),
            author: meta.author.as_deref(),
            publisher: meta.publisher.as_deref(),
            date: meta.published.map(|date| date.to_string()),
            url: meta.url.as_deref(),
            notes: &file.notes,
        }
    }
}

/// Prints the text, and what is to be known about it on standard error.
pub(super) fn run(text: &Text, out: &mut dyn Write, err: &mut dyn Write) -> io::Result<ExitCode> {
    let file = match source::read_file(&text.file) {
        Ok(file) => file,
        Err(error) => return fail(err, &error, UNUSABLE),
    };
    if text.json {
        serde_json::to_writer_pretty(&mut *out, &Printed::of(&file))?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    for note in &file.notes {
        writeln!(err, "allegiance: {}: {note}", text.file.display())?;
    }
    let words = file.text.as_str();
    out.write_all(words.as_bytes())?;
    if !words.ends_with('\n') {
        writeln!(out)?;
    }
    Ok(ExitCode::SUCCESS)
}
