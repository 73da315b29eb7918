//! `allegiance convert`: a map in another format.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{UNUSABLE, exit_code, fail};
use crate::file::exchange::{self, EXCHANGE};
use crate::file::native::write::write;
use crate::file::store::output::{Inputs, check_target, write_output};

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub struct Convert {
    /// Map file, of this program or another one.
    #[arg(value_name = "MAP")]
    pub map: PathBuf,
    /// File to write; its ending decides the format: json, xlsx, gexf, graphml, kumu.json, cx2, net,
    /// actors.csv, ties.csv, lines.csv or excerpts.csv.
    #[arg(value_name = "OUT")]
    pub out: PathBuf,
}

pub(super) fn run(told: &Convert, err: &mut dyn Write) -> io::Result<ExitCode> {
    let name = told.out.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let extension = told.out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    let format = exchange::by_name(&name);
    if format.is_none() && !extension.eq_ignore_ascii_case("json") {
        let known: Vec<&str> = EXCHANGE.iter().map(|format| format.extension).collect();
        let words = format!("“.{extension}” is no format to write; use json, {}", known.join(", "));
        return fail(err, &words, UNUSABLE);
    }
    let opened = match crate::file::open(&told.map) {
        Ok(opened) => opened,
        Err(error) => return fail(err, &error, exit_code(error.refusal)),
    };
    let inputs = Inputs::of(Some(&told.map), &opened.map);
    if let Err(error) = check_target(&told.out, &inputs) {
        return fail(err, &error, UNUSABLE);
    }
    for warning in opened.warnings.iter().filter(|_| opened.native_bytes().is_none()) {
        writeln!(err, "allegiance: {}: {}", told.map.display(), warning.message)?;
    }
    let bytes = match format {
        Some(format) => {
            let lost = exchange::lost(&opened.map, format);
            if !lost.is_empty() {
                writeln!(err, "allegiance: {} cannot carry: {}", format.name, lost.join(", "))?;
            }
            (format.write)(&opened.map)
        }
        None => write(&opened.map).map_err(io::Error::other)?,
    };
    match write_output(&told.out, &bytes, &inputs) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => fail(err, &error, 1),
    }
}
