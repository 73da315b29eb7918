//! `allegiance arrange`: arranges a map without a window.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::filter::Wanted;
use super::values::{method, one_of};
use super::view::Look;
use super::{UNUSABLE, exit_code, fail};
use crate::edit::{Command, Document, Origin};
use crate::file::formats::slides;
use crate::file::store::output::{Inputs, check_target, write_output};
use crate::file::{self, OpenError, refusal};
use crate::geometry::Point;
use crate::layout::drawn::{DrawnMap, arrange_drawn, objection_to_drawn};
use crate::layout::methods::Method;
use crate::layout::request::{Quality, Request};
use crate::model::words::counted;
use crate::model::{Actor, ActorId};
use crate::named::Named as _;
use crate::progress::Progress;
use crate::scene::shown::Shown;
use crate::scene::view::View;

/// Arguments of `arrange`.
#[derive(Debug, Args)]
pub struct Arrange {
    /// Map file.
    pub map: PathBuf,
    /// Write the map with its new positions to this file. Without it, print the id, x and y of each
    /// actor, separated by tabs.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Layout method.
    #[arg(long, value_parser = method(), default_value = Method::usual().key)]
    pub method: &'static Method,
    /// How thoroughly to search for a good layout. It matters for stress with more than 500 actors,
    /// and for signed with 301 to 1,600.
    #[arg(long, value_parser = one_of::<Quality>(), default_value = Quality::Fast.key())]
    pub quality: Quality,
    /// Take the positions from a PPTX that was exported from the map and in which shapes were
    /// moved.
    #[arg(long, value_name = "SLIDES.pptx", conflicts_with_all = ["method", "quality", "seed"])]
    pub from: Option<PathBuf>,
    /// Random seed. The same seed gives the same positions.
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
    #[command(flatten)]
    pub look: Look,
    #[command(flatten)]
    pub filter: Wanted,
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
    let request = Request {
        quality: told.quality,
        seed: told.seed,
        ..Request::new(map, index, document.positions(), told.method)
    };
    if let Some(slides) = &told.from {
        let moves = match from_slides(&document, slides) {
            Ok(moves) => moves,
            Err(error) => return fail(err, &error, UNUSABLE),
        };
        writeln!(err, "allegiance: {} moved", counted(moves.len(), "actor"))?;
        document.apply(Command::Move(moves));
        return finish(&document, told, &inputs, out, err);
    }
    let view = match told.filter.check(map).and_then(|()| told.look.settings(map, &told.filter)) {
        Ok(settings) => View { settings, ..View::default() },
        Err(message) => return fail(err, &message, UNUSABLE),
    };
    let shown = Shown::of(map, index, &view);
    let drawn = DrawnMap::of(map, index, document.positions(), &shown);
    if let Some(why) = objection_to_drawn(&request, drawn.as_ref()) {
        return fail(err, &why, 1);
    }
    // The command line cannot cancel.
    let positions = match arrange_drawn(&request, drawn.as_ref(), &Progress::default()) {
        Ok(arranged) => arranged.positions,
        Err(error) => return fail(err, &error, 1),
    };
    let moves =
        map.actors.iter().zip(positions).map(|(actor, at)| (actor.id.clone(), at)).collect();
    document.apply(Command::Arrange(moves));
    finish(&document, told, &inputs, out, err)
}

/// The actors that were moved on slides, with their positions: those of the first slide on which an
/// actor is elsewhere than on the map, by a pixel at least.
fn from_slides(document: &Document, path: &Path) -> Result<Vec<(ActorId, Point)>, OpenError> {
    let slides = slides::places(path)?;
    if !slides.iter().any(|slide| slide.has_any(|id| document.position(id).is_some())) {
        let words = "no actor of this map is on the slides; expected slides exported from it";
        return Err(refusal(words.to_owned()).at(path));
    }
    let moved: Vec<_> =
        slides.iter().map(|slide| slide.moved(|id| document.position(id))).collect();
    let place = |actor: &Actor| {
        let at = moved.iter().find_map(|slide| slide.get(&actor.id))?;
        Some((actor.id.clone(), *at))
    };
    Ok(document.map().actors.iter().filter_map(place).collect())
}

/// Writes the map, or the positions of its actors.
fn finish(
    document: &Document,
    told: &Arrange,
    inputs: &Inputs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<ExitCode> {
    let (map, positions) = (document.map(), document.positions());
    let Some(target) = &told.out else {
        let mut lines = String::with_capacity(positions.len() * 32);
        for (actor, at) in map.actors.iter().zip(positions) {
            use std::fmt::Write as _;
            // A tab or a line break in an id would break the table.
            let id = actor.id.as_str().replace(char::is_control, " ");
            let _ = writeln!(lines, "{id}\t{}\t{}", at.x, at.y);
        }
        out.write_all(lines.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    };
    let written = document.to_bytes().map_err(|error| error.to_string());
    match written
        .and_then(|bytes| write_output(target, &bytes, inputs).map_err(|error| error.to_string()))
    {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => fail(err, &error, 1),
    }
}
