//! Names in a text that may be actors: runs of capitalised words, with abbreviations in brackets
//! and descriptions such as “X, the army chief,”. Works on Latin, Greek and Cyrillic text, whose
//! letters have two cases.

mod adjective;
mod around;
mod proposals;
mod runs;
mod words;

pub use around::abbreviation;
pub use proposals::{Proposal, proposals};
