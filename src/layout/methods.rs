//! Every way to arrange actors, one row each: its names for menu and command line, what it needs,
//! and how it works. A new one is a row here and a function that gives positions.

use super::shapes::{self, Chosen};
use crate::geometry::Point;
use crate::model::Map;
use crate::model::query::Index;

/// A way to arrange actors.
#[derive(Debug)]
pub struct Method {
    /// Its name on the command line.
    pub key: &'static str,
    /// Its name in the menu.
    pub text: &'static str,
    /// What it does.
    pub hint: &'static str,
    /// The key that, with Ctrl and Shift, calls it.
    pub shortcut: &'static str,
    /// Why it cannot arrange these actors of a map, and what to do; `None` if it can.
    pub(super) objection: fn(&Map, &Index, &[usize]) -> Option<&'static str>,
    pub(super) algorithm: Algorithm,
}

/// How positions are computed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Algorithm {
    /// Stress with longer distances between enemies, best of several starts.
    SignedStress,
    /// Stress by the number of steps between actors.
    Stress,
    /// A shape in closed form.
    Shape(fn(&Chosen<'_>) -> Vec<Point>),
}

impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Method {}

impl Method {
    /// The method that is used unless another is asked for: friends near, enemies far.
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

/// Every method, the usual one first.
pub static METHODS: [Method; 6] = [
    Method {
        key: "signed",
        text: "Arrange by friends and enemies",
        hint: "Friends near, enemies far; the selected actors, or all",
        shortcut: "A",
        objection: none,
        algorithm: Algorithm::SignedStress,
    },
    Method {
        key: "stress",
        text: "Arrange by ties alone",
        hint: "Near if few ties lie between, whatever the ties say; the selected actors, or all",
        shortcut: "N",
        objection: none,
        algorithm: Algorithm::Stress,
    },
    Method {
        key: "circle",
        text: "Arrange on a circle",
        hint: "On a circle, camp by camp; the selected actors, or all",
        shortcut: "K",
        objection: none,
        algorithm: Algorithm::Shape(shapes::circle),
    },
    Method {
        key: "concentric",
        text: "Arrange on rings",
        hint: "On rings, actors with most ties inside; the selected actors, or all",
        shortcut: "U",
        objection: none,
        algorithm: Algorithm::Shape(shapes::concentric),
    },
    Method {
        key: "timeline",
        text: "Arrange by date",
        hint: "From left to right by the first date of their ties; the selected actors, or all",
        shortcut: "Y",
        objection: shapes::without_dates,
        algorithm: Algorithm::Shape(shapes::timeline),
    },
    Method {
        key: "layers",
        text: "Arrange in layers",
        hint: "Wholes above, their parts below; the selected actors, or all",
        shortcut: "H",
        objection: shapes::without_parts,
        algorithm: Algorithm::Shape(shapes::layers),
    },
];

fn none(_: &Map, _: &Index, _: &[usize]) -> Option<&'static str> {
    None
}
