//! Rebuilds the table of objects of a PDF that was cut off or damaged.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use memchr::memmem;

/// The number and the generation of an object.
type Id = (u32, u16);

/// The bytes with a new table of objects at the end; `None` if there is no object to begin with.
pub(super) fn repaired(bytes: &[u8]) -> Option<Vec<u8>> {
    let objects = objects(bytes);
    let (number, generation) = root(bytes, &objects)?;
    let size = objects.keys().next_back()? + 1;
    let start = bytes.len() + 1;
    let mut table = String::from("\nxref\n0 1\n0000000000 65535 f \n");
    for (number, (offset, generation)) in &objects {
        // Writing to a string does not fail.
        let _ = write!(table, "{number} 1\n{offset:010} {generation:05} n \n");
    }
    let _ = write!(
        table,
        "trailer\n<< /Size {size} /Root {number} {generation} R >>\nstartxref\n{start}\n%%EOF\n"
    );
    Some([bytes, table.as_bytes()].concat())
}

/// Offset and generation of each object. Of several with one number, the last counts.
fn objects(bytes: &[u8]) -> BTreeMap<u32, (usize, u16)> {
    let mut objects = BTreeMap::new();
    for end in memmem::find_iter(bytes, b" obj") {
        if let Some((offset, (number, generation))) = heading(bytes, end) {
            objects.insert(number, (offset, generation));
        }
    }
    objects
}

/// The start and the id of an object whose id ends at `end`: `12 0`.
fn heading(bytes: &[u8], end: usize) -> Option<(usize, Id)> {
    let before = bytes.get(..end)?;
    let digits = |bytes: &[u8]| bytes.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let generation_at = end - digits(before);
    let blank = generation_at.checked_sub(1)?;
    let number_at = blank - digits(bytes.get(..blank)?);
    let number = text(bytes, number_at, blank)?.parse().ok()?;
    let generation = text(bytes, generation_at, end)?.parse().ok()?;
    // Real files have a few million objects at most.
    (number < 1 << 23).then_some((number_at, (number, generation)))
}

fn text(bytes: &[u8], from: usize, to: usize) -> Option<&str> {
    std::str::from_utf8(bytes.get(from..to)?).ok()
}

/// The id of the catalog: as a trailer names it, or the last object that is one.
fn root(bytes: &[u8], objects: &BTreeMap<u32, (usize, u16)>) -> Option<Id> {
    let named = memmem::rfind_iter(bytes, b"/Root").find_map(|at| {
        let rest = bytes.get(at + 5..at + 40).or_else(|| bytes.get(at + 5..))?;
        let rest = String::from_utf8_lossy(rest);
        let mut words = rest.split_whitespace();
        let id = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        objects.contains_key(&id.0).then_some(id)
    });
    let is_catalog = |offset: usize| {
        let start = bytes.get(offset..).unwrap_or_default();
        let start = start.get(..400).unwrap_or(start);
        let end = memmem::find(start, b"endobj").unwrap_or(start.len());
        memmem::find(start.get(..end).unwrap_or_default(), b"/Catalog").is_some()
    };
    named.or_else(|| {
        let mut objects = objects.iter().rev();
        let (number, (_, generation)) = objects.find(|(_, (offset, _))| is_catalog(*offset))?;
        Some((*number, *generation))
    })
}
