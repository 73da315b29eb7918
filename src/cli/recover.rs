//! `allegiance recover`: lists unsaved work from before a crash, writes it to a file, or discards
//! it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::Args;
use serde::Serialize;

use super::{UNUSABLE, fail};
use crate::edit::Document;
use crate::edit::unsaved::Unsaved;
use crate::file::state_folder;
use crate::file::store::journal::{self, Orphan};
use crate::file::store::output::{Inputs, check_target, write_output};

/// Arguments of `recover`.
#[derive(Debug, Args)]
pub struct Recover {
    /// Write the recovered map to this file, which must not exist yet.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Number of the unsaved work in the list.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub number: usize,
    /// Discard this unsaved work; with --out, after it was written.
    #[arg(long)]
    pub discard: bool,
    /// Print JSON: an array of objects with `number`, `file`, `title`, `changes` and `age_seconds`.
    #[arg(long, conflicts_with_all = ["out", "discard"])]
    pub json: bool,
}

/// One entry of the list.
#[derive(Serialize)]
struct Listed<'a> {
    number: usize,
    file: Option<&'a Path>,
    title: &'a str,
    changes: usize,
    age_seconds: Option<u64>,
}

pub(super) fn run(
    recover: &Recover,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let orphans =
        state_folder().map(|state| journal::orphans(&journal::folder(&state))).unwrap_or_default();
    if recover.out.is_none() && !recover.discard {
        return list(&orphans, recover.json, out);
    }
    let Some(orphan) = recover.number.checked_sub(1).and_then(|at| orphans.get(at)) else {
        let message = format!(
            "there is no unsaved work number {}; run `allegiance recover` for a list",
            recover.number
        );
        return fail(err, &message, UNUSABLE);
    };
    if let Some(path) = &recover.out {
        if path.exists() {
            let message = format!("{}: file already exists; give another name", path.display());
            return fail(err, &message, UNUSABLE);
        }
        let document = match Document::recovered(&orphan.header, &orphan.events) {
            Ok(document) => document,
            Err(error) => return fail(err, &error, 1),
        };
        let inputs = Inputs::of(document.path(), document.map());
        if let Err(error) = check_target(path, &inputs) {
            return fail(err, &error, UNUSABLE);
        }
        let bytes = document.to_bytes().map_err(io::Error::other)?;
        if let Err(error) = write_output(path, &bytes, &inputs) {
            return fail(err, &error, 1);
        }
    }
    if recover.discard {
        orphan.discard()?;
    }
    Ok(ExitCode::SUCCESS)
}

fn list(orphans: &[Orphan], is_json: bool, out: &mut dyn Write) -> io::Result<ExitCode> {
    let now = SystemTime::now();
    let works: Vec<Unsaved> = orphans.iter().map(Unsaved::of).collect();
    if is_json {
        let rows = orphans.iter().zip(&works).enumerate().map(|(at, (orphan, work))| Listed {
            number: at + 1,
            file: work.file.as_deref(),
            title: &orphan.header.title,
            changes: work.changes,
            age_seconds: work.written.and_then(|written| seconds_between(written, now)),
        });
        serde_json::to_writer_pretty(&mut *out, &rows.collect::<Vec<_>>())?;
        writeln!(out)?;
    } else if works.is_empty() {
        writeln!(out, "There is no unsaved work to recover.")?;
    } else {
        for (at, unsaved) in works.iter().enumerate() {
            let (about, place) = (unsaved.words(now), unsaved.place());
            writeln!(out, "{}: {}, {about}, {place}", at + 1, unsaved.name)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `None` if the clock was changed in between.
fn seconds_between(before: SystemTime, now: SystemTime) -> Option<u64> {
    now.duration_since(before).ok().map(|age| age.as_secs())
}
