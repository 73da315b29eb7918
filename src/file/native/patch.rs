//! Replaces the `layout` section of a file and nothing else, entry by entry where possible. Used
//! when only positions or pins changed.

use std::ops::Range;

use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::stream::without_bom;
use super::write::canonical;
use crate::model::{Layout, Placement};

type Fields<'a> = IndexMap<String, &'a RawValue>;

/// A byte range of the text and its replacement.
type Edit = (Range<usize>, String);

/// `bytes` with their layout replaced by `layout`. All other bytes stay the same.
///
/// # Errors
/// If `bytes` are not a JSON object. They were one when the file was opened.
pub(in crate::file) fn with_layout(bytes: &[u8], layout: &Layout) -> serde_json::Result<Vec<u8>> {
    let mark = bytes.len() - without_bom(bytes).len();
    let text = std::str::from_utf8(&bytes[mark..]).map_err(serde::de::Error::custom)?;
    let edits = edits(text, layout)?;
    let mut patched = bytes[..mark].to_vec();
    patched.extend_from_slice(apply(text, edits).as_bytes());
    Ok(patched)
}

/// The edits that replace the layout in `text` by `layout`.
fn edits(text: &str, layout: &Layout) -> serde_json::Result<Vec<Edit>> {
    let root: Fields<'_> = serde_json::from_str(text)?;
    let Some(old) = root.get("layout") else {
        return if layout.is_empty() {
            Ok(Vec::new())
        } else {
            Ok(vec![insertion(text, !root.is_empty(), layout)?])
        };
    };
    let old_layout: Layout = serde_json::from_str(old.get())?;
    if old_layout == *layout && old_layout.keys().eq(layout.keys()) {
        return Ok(Vec::new());
    }
    if !old_layout.keys().eq(layout.keys()) {
        return Ok(vec![(span(text, old), block(layout)?)]);
    }
    let entries: Fields<'_> = serde_json::from_str(old.get())?;
    let mut edits = Vec::new();
    for (entry, (id, placement)) in entries.values().zip(layout) {
        if let Some(before) = old_layout.get(id).filter(|before| *before != placement) {
            edits.extend(entry_edits(text, entry, before, placement)?);
        }
    }
    Ok(edits)
}

/// The edits for one entry: only the changed numbers if nothing else changed, or else the whole
/// entry.
fn entry_edits(
    text: &str,
    entry: &RawValue,
    before: &Placement,
    after: &Placement,
) -> serde_json::Result<Vec<Edit>> {
    if before.pinned != after.pinned || before.extra != after.extra {
        return Ok(vec![(span(text, entry), one_line(after)?)]);
    }
    let fields: Fields<'_> = serde_json::from_str(entry.get())?;
    let mut edits = Vec::new();
    for (key, old, new) in [("x", before.x, after.x), ("y", before.y, after.y)] {
        if let Some(field) = fields.get(key).filter(|_| old.to_bits() != new.to_bits()) {
            edits.push((span(text, field), serde_json::to_string(&new)?));
        }
    }
    Ok(edits)
}

/// Inserts a layout into a file that has none, before the last closing brace.
fn insertion(text: &str, has_other_keys: bool, layout: &Layout) -> serde_json::Result<Edit> {
    let end = text.trim_end().len().saturating_sub(1);
    let start = text.get(..end).unwrap_or("").trim_end().len();
    let comma = if has_other_keys { "," } else { "" };
    Ok((start..end, format!("{comma}\n  \"layout\": {}\n", block(layout)?)))
}

/// The layout in canonical form, without its key.
fn block(layout: &Layout) -> serde_json::Result<String> {
    let whole = canonical(&IndexMap::from([("layout", layout)]))?;
    let whole = String::from_utf8(whole).map_err(serde::ser::Error::custom)?;
    let inner = whole
        .trim_end()
        .strip_prefix("{\n  \"layout\": ")
        .and_then(|rest| rest.strip_suffix("\n}"));
    Ok(inner.unwrap_or("{}").to_owned())
}

fn one_line(placement: &Placement) -> serde_json::Result<String> {
    let fields: serde_json::Map<String, serde_json::Value> =
        serde_json::from_value(serde_json::to_value(placement)?)?;
    let field = |(key, value): (&String, &serde_json::Value)| {
        Ok(format!("{}: {value}", serde_json::to_string(key)?))
    };
    let fields = fields.iter().map(field).collect::<serde_json::Result<Vec<String>>>()?;
    Ok(format!("{{ {} }}", fields.join(", ")))
}

/// Byte range of `value` in `text`, from which it must have been parsed.
fn span(text: &str, value: &RawValue) -> Range<usize> {
    let start = value.get().as_ptr() as usize - text.as_ptr() as usize;
    start..start + value.get().len()
}

/// Applies edits that do not overlap.
fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut patched = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for (range, replacement) in edits {
        patched.push_str(text.get(done..range.start).unwrap_or_default());
        patched.push_str(&replacement);
        done = range.end;
    }
    patched.push_str(text.get(done..).unwrap_or_default());
    patched
}
