//! The source beside the map: its text in a reading face, every excerpt marked in the colour of its
//! tie. Clicking a mark selects the tie; selecting a tie scrolls to its mark; marking a passage
//! makes an excerpt, a tie or an actor.

mod excerpts;
mod marked;
mod page;
mod panel;
mod state;

pub use state::Reader;
