//! Arranging a map without a window.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{UNUSABLE, exit_code, fail};
use crate::edit::{Command, Document, Origin};
use crate::file;
use crate::file::store::output::{Inputs, check_target, write_output};
use crate::layout::arrange;
use crate::layout::request::{Method, Quality, Request};
use crate::progress::Progress;

/// What `arrange` is told.
#[derive(Debug, Args)]
pub struct Arrange {
    /// The map file.
    pub map: PathBuf,
    /// Write the map with its new places to this file; without it the places are printed: id, x and
    /// y, with tabs.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = MethodName::Signed)]
    pub method: MethodName,
    /// How long to look for a good arrangement: matters for stress beyond 500 actors and for signed
    /// from 301 to 1,600.
    #[arg(long, value_enum, default_value_t = QualityName::Fast)]
    pub quality: QualityName,
    /// The same seed gives the same places.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
}

/// The methods by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum MethodName {
    /// Friends near, enemies far.
    Signed,
    /// As near as there are few ties between them, whatever the ties say.
    Stress,
    /// On a circle, camp by camp.
    Circle,
    /// On rings, those with most ties inside.
    Concentric,
    /// From left to right by the first date of their ties.
    Timeline,
    /// Wholes above, their parts below.
    Layers,
}

/// The qualities by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum QualityName {
    Fast,
    High,
}

/// Arranges one map.
pub(super) fn run(
    told: &Arrange,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let opened = match file::open(&told.map) {
        Ok(opened) => opened,
        Err(error) => return fail(err, &error, exit_code(error.refusal)),
    };
    let mut document = Document::opened(opened, Origin::File(told.map.clone()));
    let inputs = Inputs::of(Some(&told.map), document.map());
    if let Some(target) = &told.out
        && let Err(error) = check_target(target, &inputs)
    {
        return fail(err, &error, UNUSABLE);
    }
    let (map, index) = (document.map(), document.index());
    let method = match told.method {
        MethodName::Signed => Method::Signed,
        MethodName::Stress => Method::Stress,
        MethodName::Circle => Method::Circle,
        MethodName::Concentric => Method::Concentric,
        MethodName::Timeline => Method::Timeline,
        MethodName::Layers => Method::Layers,
    };
    let quality = match told.quality {
        QualityName::Fast => Quality::Fast,
        QualityName::High => Quality::High,
    };
    let (positions, seed) = (document.positions(), told.seed);
    let request = Request { map, index, positions, method, quality, seed, only: None };
    if let Some(why) = arrange::objection(&request) {
        return fail(err, &why, 1);
    }
    // Nobody is there to cancel it.
    let positions = match arrange::arrange(&request, &Progress::default()) {
        Ok(arranged) => arranged.positions,
        Err(error) => return fail(err, &error, 1),
    };
    let Some(target) = &told.out else {
        let mut lines = String::with_capacity(positions.len() * 32);
        for (actor, at) in map.actors.iter().zip(&positions) {
            use std::fmt::Write as _;
            let _ = writeln!(lines, "{}\t{}\t{}", actor.id, at.x, at.y);
        }
        out.write_all(lines.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    let moves =
        map.actors.iter().zip(positions).map(|(actor, at)| (actor.id.clone(), at)).collect();
    document.apply(Command::Arrange("arranging", moves));
    let written = document.to_bytes().map_err(|error| error.to_string());
    match written
        .and_then(|bytes| write_output(target, &bytes, &inputs).map_err(|error| error.to_string()))
    {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => fail(err, &error, 1),
    }
}
