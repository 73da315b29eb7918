//! Streaming parser for maps, the fast path of opening. It reads the text in chunks, reports
//! progress and can be cancelled. It never holds the whole text in memory.
//!
//! It reports no errors. If it fails, the caller parses the text again with `serde_json` to get a
//! message.

use std::io::Read;

use serde::de::DeserializeOwned;

use crate::model::{Layout, Map};
use crate::progress::Progress;

/// Size of one chunk, which fits into the processor cache.
const WINDOW_BYTES: usize = 64 << 10;

/// Parses a map from `source`, which has about `size` bytes. `None` if it is not a valid map, or if
/// the operation was cancelled.
pub(in crate::file) fn read(source: impl Read, size: u64, progress: &Progress) -> Option<Map> {
    let chunk = String::new();
    let cut = Vec::new();
    let mut text =
        Text { source, chunk, cut, at: 0, chunk_start: 0, size, is_end: false, progress };
    text.more()?;
    text.at = text.chunk.len() - without_bom(text.chunk.as_bytes()).len();
    let mut map = Map::default();
    let mut seen = [false; 11];
    text.items(b'{', b'}', |text| {
        let key: String = text.key()?;
        let place = [
            "format",
            "version",
            "meta",
            "sources",
            "actors",
            "relations",
            "layout",
            "view",
            "notes",
            "unassigned",
            "steps",
        ];
        let place = place.iter().position(|known| *known == key);
        let was_seen = place.and_then(|place| seen.get_mut(place));
        // A duplicate key is an error.
        if was_seen.is_some_and(|was_seen| std::mem::replace(was_seen, true)) {
            return None;
        }
        match place {
            Some(0) => map.format = text.value()?,
            Some(1) => map.version = text.value()?,
            Some(2) => map.meta = text.value()?,
            Some(3) => map.sources = text.list()?.into(),
            Some(4) => map.actors = text.list()?.into(),
            Some(5) => map.relations = text.list()?.into(),
            Some(6) => map.layout = text.layout(map.actors.len())?,
            Some(7) => map.view = text.value()?,
            Some(8) => map.notes = text.list()?.into(),
            Some(9) => map.unassigned = text.list()?,
            Some(10) => map.steps = text.list()?,
            _ => _ = map.extra.insert(key, text.value()?),
        }
        Some(())
    })?;
    (seen[0] && seen[1] && text.is_over()).then_some(map)
}

/// The text and the current position in it. The methods return `None` if the text does not have the
/// expected form.
struct Text<'a, R> {
    source: R,
    /// The current chunk of the text.
    chunk: String,
    /// Bytes of an incomplete UTF-8 character at the end of the chunk.
    cut: Vec<u8>,
    /// Number of bytes of `chunk` that are already parsed.
    at: usize,
    /// Number of bytes before the chunk.
    chunk_start: u64,
    /// Approximate size of the whole text in bytes.
    size: u64,
    /// True if the chunk is the last one.
    is_end: bool,
    progress: &'a Progress,
}

impl<R: Read> Text<'_, R> {
    /// Reads the next chunk and appends it to the unparsed rest of the current one.
    fn more(&mut self) -> Option<()> {
        self.chunk_start += self.at as u64;
        #[expect(clippy::cast_precision_loss, reason = "an approximate share")]
        self.progress.reach(self.chunk_start as f32 / self.size as f32).ok()?;
        let mut bytes = std::mem::take(&mut self.chunk).into_bytes();
        bytes.drain(..std::mem::take(&mut self.at));
        bytes.append(&mut self.cut);
        // Read at least as much as is left, so that a long value is not parsed again too often.
        let room = WINDOW_BYTES.max(bytes.len());
        let read = self.source.by_ref().take(room as u64).read_to_end(&mut bytes).ok()?;
        self.is_end = read == 0;
        if let Err(error) = std::str::from_utf8(&bytes) {
            self.cut = bytes.split_off(error.valid_up_to());
            // `None`: the last character is incomplete. Otherwise the text is not UTF-8.
            error.error_len().is_none().then_some(())?;
        }
        self.chunk = String::from_utf8(bytes).ok()?;
        Some(())
    }

    /// Skips whitespace and returns the next byte without consuming it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
            let rest = self.chunk.as_bytes().get(self.at..)?;
            let spaces = rest.iter().take_while(|byte| is_space(byte)).count();
            self.at += spaces;
            match rest.get(spaces) {
                Some(byte) => return Some(*byte),
                None if self.is_end => return None,
                None => self.more()?,
            }
        }
    }

    /// True if only whitespace is left.
    fn is_over(&mut self) -> bool {
        self.peek().is_none() && self.is_end && self.cut.is_empty()
    }

    /// Consumes `mark` if it comes next. True if it did.
    fn consume(&mut self, mark: u8) -> bool {
        let is_here = self.peek() == Some(mark);
        self.at += usize::from(is_here);
        is_here
    }

    /// Parses the next value.
    fn value<T: DeserializeOwned>(&mut self) -> Option<T> {
        loop {
            let rest = self.chunk.get(self.at..)?;
            let mut values = serde_json::Deserializer::from_str(rest).into_iter();
            match values.next() {
                // A number at the very end of the chunk may continue in the next one.
                Some(Ok(value)) if self.is_end || values.byte_offset() < rest.len() => {
                    self.at += values.byte_offset();
                    return Some(value);
                }
                Some(Err(error)) if !error.is_eof() => return None,
                _ if self.is_end => return None,
                _ => self.more()?,
            }
        }
    }

    /// Parses a key and the colon after it.
    fn key<T: DeserializeOwned>(&mut self) -> Option<T> {
        let key = self.value()?;
        self.consume(b':').then_some(key)
    }

    /// Parses comma-separated items between `open` and `close`, calling `each` for every item.
    fn items(
        &mut self,
        open: u8,
        close: u8,
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let mut is_open = self.consume(open);
        if self.consume(close) {
            return is_open.then_some(());
        }
        while is_open {
            each(self)?;
            if self.consume(close) {
                return Some(());
            }
            is_open = self.consume(b',');
        }
        None
    }

    /// Parses an array.
    fn list<T: DeserializeOwned>(&mut self) -> Option<Vec<T>> {
        let mut list = Vec::new();
        let start = self.done();
        self.items(b'[', b']', |text| {
            if list.len() == list.capacity() {
                list.reserve_exact(text.rest(list.len(), start));
            }
            list.push(text.value()?);
            Some(())
        })?;
        if list.capacity() / 2 > list.len() {
            list.shrink_to_fit();
        }
        Some(list)
    }

    /// Number of bytes parsed so far.
    fn done(&self) -> u64 {
        self.chunk_start + self.at as u64
    }

    /// Estimates how many more items follow, from the mean size of the `count` items since the
    /// offset `start`. Reserving space for them avoids repeated copies of a growing list.
    fn rest(&self, count: usize, start: u64) -> usize {
        let rest = self.size.saturating_sub(self.done()).saturating_mul(count as u64);
        let rest = usize::try_from(rest / (self.done() - start).max(1)).unwrap_or(usize::MAX);
        // Estimates from few items are unreliable, so limit them.
        rest.min(count.saturating_mul(256)).max(count / 8).max(4)
    }

    /// Parses the layout, with about `count` placements. `None` if an actor is placed twice.
    fn layout(&mut self, count: usize) -> Option<Layout> {
        let mut layout = Layout::default();
        layout.reserve(count);
        self.items(b'{', b'}', |text| {
            let id = text.key()?;
            layout.insert(id, text.value()?).is_none().then_some(())
        })?;
        Some(layout)
    }
}

/// `bytes` without a leading byte order mark. JSON does not allow one, but some editors write it.
pub(in crate::file) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes)
}
