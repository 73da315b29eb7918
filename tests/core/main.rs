//! All tests that need no window, in one binary.

mod additions;
mod architecture;
mod bad_input;
mod cli;
mod dates;
mod drawing;
mod edit;
mod evidence;
mod example;
mod export;
mod file;
mod filter;
mod fit;
mod hostile;
mod hostile_maps;
mod journal;
mod layout;
mod merge;
mod outputs;
mod pdf;
mod robust_sources;
mod scene;
mod sources;
mod steps;
mod storage;
mod support;
