//! All tests that need no window, in one binary.

mod architecture;
mod bad_input;
mod cli;
mod cli_export;
mod drawing;
mod edit;
mod evidence;
mod example;
mod export;
mod file;
mod filter;
mod fit;
mod journal;
mod layout;
mod merge;
mod outputs;
mod scene;
mod steps;
mod storage;
mod support;
