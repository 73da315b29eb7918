//! Replaces the `layout` and `view` sections of a file and nothing else, the layout entry by entry
//! where possible. Used when only positions, pins or the view changed.

use std::ops::Range;

use indexmap::IndexMap;
use memchr::memmem;
use serde_json::Deserializer;
use serde_json::value::RawValue;

use super::stream::without_bom;
use super::write::canonical;
use crate::model::{ActorId, Layout, Placement, ViewSettings};

type Fields<'a> = IndexMap<String, &'a RawValue>;

/// A byte range of the text and its replacement.
type Edit = (Range<usize>, String);

/// `bytes` with their layout and view replaced. All other bytes stay the same.
///
/// # Errors
/// If `bytes` are not a JSON object. They were one when the file was opened.
pub(in crate::file) fn with_look(
    bytes: &[u8],
    layout: &Layout,
    view: Option<&ViewSettings>,
) -> serde_json::Result<Vec<u8>> {
    let mark = bytes.len() - without_bom(bytes).len();
    let text = std::str::from_utf8(&bytes[mark..]).map_err(serde::de::Error::custom)?;
    let root: Fields<'_> = match last_fields(text) {
        Some(fields) => fields,
        None => serde_json::from_str(text)?,
    };
    let mut edits = Vec::new();
    let mut new = Vec::new();
    match root.get("layout") {
        Some(old) => edits = layout_edits(text, old, layout)?,
        None if layout.is_empty() => {}
        None => new.push(("layout", block("layout", layout)?)),
    }
    match (root.get("view"), view) {
        (Some(old), Some(view)) => {
            let before: Option<ViewSettings> = serde_json::from_str(old.get())?;
            if before.as_ref() != Some(view) {
                edits.push((span(text, old), block("view", view)?));
            }
        }
        (Some(old), None) => edits.push((entry_span(text, &span(text, old)), String::new())),
        (None, Some(view)) => new.push(("view", block("view", view)?)),
        (None, None) => {}
    }
    if !new.is_empty() {
        edits.push(insertion(text, !root.is_empty(), &new));
    }
    Ok(apply(bytes, mark, edits))
}

/// The fields of the text from its layout on, without reading what comes before, which is most of a
/// large map. `None` if the view may come before it, or this is not the layout of the map.
fn last_fields(text: &str) -> Option<Fields<'_>> {
    let key = "\"layout\"";
    let start = memmem::rfind(text.as_bytes(), key.as_bytes())?;
    let mut fields = Fields::new();
    let mut name = "layout".to_owned();
    let mut rest = text.get(start + key.len()..)?;
    loop {
        rest = rest.trim_start().strip_prefix(':')?;
        let mut values = Deserializer::from_str(rest).into_iter::<&RawValue>();
        let value = values.next()?.ok()?;
        rest = rest.get(values.byte_offset()..)?.trim_start();
        fields.insert(std::mem::take(&mut name), value);
        let Some(more) = rest.strip_prefix(',') else { break };
        let mut names = Deserializer::from_str(more).into_iter::<String>();
        name = names.next()?.ok()?;
        rest = more.get(names.byte_offset()..)?;
    }
    // If the text ends with the object that these fields belong to, that is the whole map.
    let is_at_top = rest.strip_prefix('}').is_some_and(|end| end.trim_start().is_empty());
    let before = text.get(..start).unwrap_or_default();
    let has_view =
        fields.contains_key("view") || memmem::find(before.as_bytes(), b"\"view\"").is_none();
    (is_at_top && has_view).then_some(fields)
}

/// The edits that replace the layout `old` in `text` by `layout`.
fn layout_edits(text: &str, old: &RawValue, layout: &Layout) -> serde_json::Result<Vec<Edit>> {
    let entries: IndexMap<ActorId, &RawValue> = serde_json::from_str(old.get())?;
    if !entries.keys().eq(layout.keys()) {
        return Ok(vec![(span(text, old), block("layout", layout)?)]);
    }
    let mut edits = Vec::new();
    for (entry, placement) in entries.values().zip(layout.values()) {
        let before: Placement = serde_json::from_str(entry.get())?;
        if before != *placement {
            edits.extend(entry_edits(text, entry, &before, placement)?);
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

/// Inserts keys with their values before the last closing brace.
fn insertion(text: &str, has_other_keys: bool, new: &[(&str, String)]) -> Edit {
    let end = text.trim_end().len().saturating_sub(1);
    let start = text.get(..end).unwrap_or("").trim_end().len();
    let comma = if has_other_keys { "," } else { "" };
    let entries: Vec<String> =
        new.iter().map(|(key, value)| format!("\n  \"{key}\": {value}")).collect();
    (start..end, format!("{comma}{}\n", entries.join(",")))
}

/// The range of an entry of an object with the comma before or after it, from the range of its
/// value. The key must have no quotation mark in it.
fn entry_span(text: &str, value: &Range<usize>) -> Range<usize> {
    let before = text.get(..value.start).unwrap_or_default();
    let key_end = before.rfind('"').unwrap_or(0);
    let key_start = text.get(..key_end).and_then(|text| text.rfind('"')).unwrap_or(0);
    let rest = text.get(..key_start).unwrap_or_default().trim_end();
    if let Some(rest) = rest.strip_suffix(',') {
        return rest.len()..value.end;
    }
    let after = text.get(value.end..).unwrap_or_default();
    let space = after.len() - after.trim_start().len();
    let comma = after.trim_start().starts_with(',');
    rest.len()..value.end + if comma { space + 1 } else { 0 }
}

/// A value in canonical form, as at the top level of a file, without its key.
fn block(key: &str, value: &impl serde::Serialize) -> serde_json::Result<String> {
    let whole = canonical(&IndexMap::from([(key, value)]))?;
    let whole = String::from_utf8(whole).map_err(serde::ser::Error::custom)?;
    let inner = whole
        .trim_end()
        .strip_prefix(&format!("{{\n  \"{key}\": "))
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

/// Applies edits that do not overlap to the text that begins after the first `mark` bytes.
fn apply(bytes: &[u8], mark: usize, mut edits: Vec<Edit>) -> Vec<u8> {
    edits.sort_by_key(|(range, _)| range.start);
    let added: usize = edits.iter().map(|(_, replacement)| replacement.len()).sum();
    let mut patched = Vec::with_capacity(bytes.len() + added);
    let mut done = 0;
    for (range, replacement) in edits {
        let (start, end) = (mark + range.start, mark + range.end);
        patched.extend_from_slice(bytes.get(done..start).unwrap_or_default());
        patched.extend_from_slice(replacement.as_bytes());
        done = end;
    }
    patched.extend_from_slice(bytes.get(done..).unwrap_or_default());
    patched
}
