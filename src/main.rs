//! Reads the command line and opens the window, or runs one command that needs none.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;

use allegiance::cli::{self, Cli, UNUSABLE};
use allegiance::ui::{self, Setup};

/// Gives large buffers back to the next frame instead of to the system: a frame of 10,000 actors
/// costs a fifth.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.command {
        Some(command) => {
            match cli::run(&command, &mut std::io::stdout().lock(), &mut std::io::stderr().lock()) {
                // Whoever read our output stopped reading.
                Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
                    Ok(ExitCode::SUCCESS)
                }
                outcome => outcome.context("the output could not be written"),
            }
        }
        None => Ok(match ui::run(Setup::of_user(cli.map, cli.frames)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("allegiance: {error}");
                ExitCode::from(UNUSABLE)
            }
        }),
    }
}
