//! The reader panel: the text of a source, with every excerpt highlighted in the colour of its tie.
//! A click on a highlight selects the tie. Selecting a tie scrolls to its highlight. A passage that
//! is marked can become an excerpt, a tie or an actor.

mod excerpts;
mod marked;
mod page;
mod panel;
mod state;

pub use state::Reader;
