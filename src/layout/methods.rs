//! The table of arrangement methods, one row each: names for menu and command line, preconditions,
//! and algorithm. A new method needs a row here and a function that computes positions.

use super::shapes::{self, Chosen};
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::{ActorIndex, Map};

/// An arrangement method.
#[derive(Debug)]
pub struct Method {
    /// Its name on the command line.
    pub key: &'static str,
    /// Its name in the menu.
    pub text: &'static str,
    /// A description, for tooltips and `--help`.
    pub hint: &'static str,
    /// Its shortcut: this key with Ctrl and Shift.
    pub shortcut: &'static str,
    /// Why it cannot arrange these actors of a map, and what to do; `None` if it can.
    pub(super) objection: fn(&Map, &Index, &[ActorIndex]) -> Option<&'static str>,
    pub(super) algorithm: Algorithm,
}

/// How positions are computed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Algorithm {
    /// Stress with longer distances between enemies; the best of several starts.
    SignedStress,
    /// Stress by the number of steps between actors.
    Stress,
    /// A fixed shape, computed directly.
    Shape(fn(&Chosen<'_>) -> Vec<Point>),
}

impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Method {}

impl Method {
    /// The default method: friends near, enemies far.
    #[must_use]
    pub fn usual() -> &'static Self {
        &METHODS[0]
    }

    /// The method with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<&'static Self> {
        METHODS.iter().find(|method| method.key == key)
    }
}

/// Every method, the default first.
pub static METHODS: [Method; 6] = [
    Method {
        key: "signed",
        text: "Arrange by friends and enemies",
        hint: "Friends near, enemies far (selected actors, or all)",
        shortcut: "A",
        objection: none,
        algorithm: Algorithm::SignedStress,
    },
    Method {
        key: "stress",
        text: "Arrange by ties alone",
        hint: "Near if linked by few ties, friendly or hostile (selected actors, or all)",
        shortcut: "N",
        objection: none,
        algorithm: Algorithm::Stress,
    },
    Method {
        key: "circle",
        text: "Arrange on a circle",
        hint: "On a circle, camp by camp (selected actors, or all)",
        shortcut: "K",
        objection: none,
        algorithm: Algorithm::Shape(shapes::circle),
    },
    Method {
        key: "concentric",
        text: "Arrange on rings",
        hint: "On rings, actors with the most ties inside (selected actors, or all)",
        shortcut: "U",
        objection: none,
        algorithm: Algorithm::Shape(shapes::concentric),
    },
    Method {
        key: "timeline",
        text: "Arrange by date",
        hint: "From left to right by the first date of their ties (selected actors, or all)",
        shortcut: "Y",
        objection: shapes::objection_without_dates,
        algorithm: Algorithm::Shape(shapes::timeline),
    },
    Method {
        key: "layers",
        text: "Arrange in layers",
        hint: "Wholes above, their parts below (selected actors, or all)",
        shortcut: "H",
        objection: shapes::objection_without_parts,
        algorithm: Algorithm::Shape(shapes::layers),
    },
];

fn none(_: &Map, _: &Index, _: &[ActorIndex]) -> Option<&'static str> {
    None
}
