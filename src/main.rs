//! Parses the command line, then opens the window or runs one command without a window.

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;

use allegiance::cli::{self, Cli, UNUSABLE};
use allegiance::ui::{self, Setup};

/// Keeps freed large buffers for the next frame instead of returning them to the system. A frame of
/// 10,000 actors takes a fifth of the time that it takes with the default allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.command {
        Some(command) => {
            // Standard error is not locked: other threads write to it when they panic.
            match cli::run(&command, &mut std::io::stdout().lock(), &mut std::io::stderr()) {
                // The reader of our output closed the pipe, such as `head`.
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
