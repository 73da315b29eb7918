//! Finds the line and column of a path inside the JSON.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::stream::without_bom;
use crate::model::{Problem, Step};

/// Maximum number of problems that get a line and column; further ones only have their path.
const LOCATED_AT_MOST: usize = 1000;

/// Sets the line and column of each problem. If its path does not exist in `bytes`, the longest
/// existing prefix is used.
pub(in crate::file) fn locate_all(bytes: &[u8], problems: &mut [Problem]) {
    if problems.is_empty() {
        return;
    }
    let Ok(text) = std::str::from_utf8(without_bom(bytes)) else { return };
    let Some(mut locator) = Locator::new(text) else { return };
    let is_open = |problem: &&mut Problem| {
        problem.place.line_column.is_none() && !problem.place.steps.is_empty()
    };
    let open = problems.iter_mut().take(LOCATED_AT_MOST).filter(is_open);
    let mut found: Vec<(usize, &mut Problem)> =
        open.map(|problem| (locator.offset(&problem.place.steps), problem)).collect();
    found.sort_by_key(|(offset, _)| *offset);
    // One pass through the text for all problems.
    let mut before = 0;
    let mut line = 1;
    let mut column = 1;
    for (offset, problem) in found {
        let passed = text.get(before..offset).unwrap_or("");
        match passed.rfind('\n') {
            Some(end) => {
                line += passed.bytes().filter(|byte| *byte == b'\n').count();
                column = passed[end + 1..].chars().count() + 1;
            }
            None => column += passed.chars().count(),
        }
        before = offset;
        problem.place.line_column = Some((line, column));
    }
}

/// Finds byte offsets of paths. Parsed containers are cached, so that many problems need only one
/// pass.
struct Locator<'a> {
    text: &'a str,
    root: &'a RawValue,
    /// The parsed containers, by byte offset.
    taken_apart: HashMap<usize, Parts<'a>>,
}

enum Parts<'a> {
    Object(IndexMap<String, &'a RawValue>),
    Array(Vec<&'a RawValue>),
    Leaf,
}

impl<'a> Locator<'a> {
    fn new(text: &'a str) -> Option<Self> {
        let root = serde_json::from_str(text).ok()?;
        Some(Self { text, root, taken_apart: HashMap::new() })
    }

    /// Byte offset of the deepest value that exists along `steps`.
    fn offset(&mut self, steps: &[Step]) -> usize {
        let mut at = self.root;
        for step in steps {
            match self.child(at, step) {
                Some(child) => at = child,
                None => break,
            }
        }
        self.offset_of(at)
    }

    /// Byte offset of `value`, which borrows from `text`.
    fn offset_of(&self, value: &RawValue) -> usize {
        value.get().as_ptr() as usize - self.text.as_ptr() as usize
    }

    fn child(&mut self, value: &'a RawValue, step: &Step) -> Option<&'a RawValue> {
        let offset = self.offset_of(value);
        let parts = self.taken_apart.entry(offset).or_insert_with(|| take_apart(value));
        match (parts, step) {
            (Parts::Object(fields), Step::Key(key)) => fields.get(key.as_str()).copied(),
            (Parts::Array(items), Step::Index(index)) => items.get(*index).copied(),
            _ => None,
        }
    }
}

fn take_apart(value: &RawValue) -> Parts<'_> {
    let text = value.get();
    match text.as_bytes().first() {
        Some(b'{') => serde_json::from_str(text).map_or(Parts::Leaf, Parts::Object),
        Some(b'[') => serde_json::from_str(text).map_or(Parts::Leaf, Parts::Array),
        _ => Parts::Leaf,
    }
}
