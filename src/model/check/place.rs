//! A place in a map while it is checked.

use crate::model::{Place, Step};

/// A place in the map, as a linked list of steps on the stack. Converted to a [`Place`] only if
/// there is a problem.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The enclosing place; `None` at the top level.
    above: Option<&'a At<'a>>,
    step: Part<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Key(&'a str),
    Index(usize),
}

impl At<'_> {
    pub fn top(section: &str) -> At<'_> {
        At { above: None, step: Part::Key(section) }
    }

    pub fn key<'a>(&'a self, key: &'a str) -> At<'a> {
        At { above: Some(self), step: Part::Key(key) }
    }

    pub fn index(&self, index: usize) -> At<'_> {
        At { above: Some(self), step: Part::Index(index) }
    }

    pub fn place(&self) -> Place {
        let ways = std::iter::successors(Some(self), |at| at.above);
        let mut steps: Vec<Step> = ways
            .map(|at| match at.step {
                Part::Key(key) => Step::Key(key.into()),
                Part::Index(index) => Step::Index(index),
            })
            .collect();
        steps.reverse();
        Place { steps, line_column: None }
    }
}
