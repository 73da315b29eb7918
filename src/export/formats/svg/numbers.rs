//! The numbers by which a script finds what groups of an SVG stand for.

use crate::model::PerActorSlice;

/// The numbers by which a script finds what groups stand for. Lines have their own indices.
#[derive(Clone, Copy)]
pub(in crate::export::formats) struct Numbers<'a> {
    /// Begins the ids of groups, so that several pictures can be on one page.
    pub prefix: &'a str,
    pub actors: &'a PerActorSlice<Option<usize>>,
}
