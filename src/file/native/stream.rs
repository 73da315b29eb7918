//! A whole map out of a stream of bytes, piece by piece: it says how far it is, stops when nobody
//! wants it any more, and holds no more of the text at a time than the piece it is at.
//!
//! Only for maps that are right. What is wrong with the others is found by reading them once more,
//! at leisure.

use std::io::Read;

use serde::de::DeserializeOwned;

use crate::model::{Layout, Map};
use crate::progress::Progress;

/// How much of the text is held at a time; it stays in the processor's cache.
const WINDOW_BYTES: usize = 64 << 10;

/// Reads a map out of `source`, which has about `size` bytes; `None` for anything else, and when
/// nobody wants it.
pub(in crate::file) fn read(source: impl Read, size: u64, progress: &Progress) -> Option<Map> {
    let (held, cut) = (String::new(), Vec::new());
    let mut text = Text { source, held, cut, at: 0, passed: 0, size, is_end: false, progress };
    text.more()?;
    text.at = text.held.len() - without_mark(text.held.as_bytes()).len();
    let (mut map, mut seen) = (Map::default(), [false; 7]);
    text.items(b'{', b'}', |text| {
        let key: String = text.key()?;
        let place = ["format", "version", "meta", "sources", "actors", "relations", "layout"];
        let place = place.iter().position(|known| *known == key);
        let was_seen = place.and_then(|place| seen.get_mut(place));
        if was_seen.is_some_and(|was_seen| std::mem::replace(was_seen, true)) {
            return None;
        }
        match place {
            Some(0) => map.format = text.value()?,
            Some(1) => map.version = text.value()?,
            Some(2) => map.meta = text.value()?,
            Some(3) => map.sources = text.list()?,
            Some(4) => map.actors = text.list()?,
            Some(5) => map.relations = text.list()?,
            Some(6) => map.layout = text.layout(map.actors.len())?,
            _ => _ = map.extra.insert(key, text.value()?),
        }
        Some(())
    })?;
    (seen[0] && seen[1] && text.is_over()).then_some(map)
}

/// Where the reading is. What its functions return is `None` where the text does not go on as a map
/// does.
struct Text<'a, R> {
    source: R,
    /// A piece of the text, of which `at` bytes are done with.
    held: String,
    /// A character that the end of the piece cuts.
    cut: Vec<u8>,
    at: usize,
    /// Bytes before the piece.
    passed: u64,
    size: u64,
    /// Nothing comes after the piece.
    is_end: bool,
    progress: &'a Progress,
}

impl<R: Read> Text<'_, R> {
    /// Goes on to the next piece, with what is left of this one.
    fn more(&mut self) -> Option<()> {
        self.passed += self.at as u64;
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        self.progress.reach(self.passed as f32 / self.size as f32).ok()?;
        let mut bytes = std::mem::take(&mut self.held).into_bytes();
        bytes.drain(..std::mem::take(&mut self.at));
        bytes.append(&mut self.cut);
        // As much again as is left, so that something long is not begun too often.
        let room = WINDOW_BYTES.max(bytes.len());
        let read = self.source.by_ref().take(room as u64).read_to_end(&mut bytes).ok()?;
        self.is_end = read == 0;
        if let Err(error) = std::str::from_utf8(&bytes) {
            self.cut = bytes.split_off(error.valid_up_to());
            // Cut, not wrong.
            error.error_len().is_none().then_some(())?;
        }
        self.held = String::from_utf8(bytes).ok()?;
        Some(())
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
            let rest = self.held.as_bytes().get(self.at..)?;
            let spaces = rest.iter().take_while(|byte| is_space(byte)).count();
            self.at += spaces;
            match rest.get(spaces) {
                Some(byte) => return Some(*byte),
                None if self.is_end => return None,
                None => self.more()?,
            }
        }
    }

    fn is_over(&mut self) -> bool {
        self.peek().is_none() && self.is_end && self.cut.is_empty()
    }

    /// Passes `mark`; false when something else comes.
    fn takes(&mut self, mark: u8) -> bool {
        let is_here = self.peek() == Some(mark);
        self.at += usize::from(is_here);
        is_here
    }

    fn value<T: DeserializeOwned>(&mut self) -> Option<T> {
        loop {
            let rest = self.held.get(self.at..)?;
            let mut values = serde_json::Deserializer::from_str(rest).into_iter();
            match values.next() {
                // A number at the very end of the piece may go on in the next.
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

    fn key<T: DeserializeOwned>(&mut self) -> Option<T> {
        let key = self.value()?;
        self.takes(b':').then_some(key)
    }

    /// Everything between two marks, by `each`.
    fn items(
        &mut self,
        open: u8,
        close: u8,
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        let mut is_open = self.takes(open);
        if self.takes(close) {
            return is_open.then_some(());
        }
        while is_open {
            each(self)?;
            if self.takes(close) {
                return Some(());
            }
            is_open = self.takes(b',');
        }
        None
    }

    fn list<T: DeserializeOwned>(&mut self) -> Option<Vec<T>> {
        let (mut list, start) = (Vec::new(), self.done());
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

    fn done(&self) -> u64 {
        self.passed + self.at as u64
    }

    /// How many more there are, were everything to the end of the kind that `count` since `start`
    /// are of: growing step by step copies everything each time.
    fn rest(&self, count: usize, start: u64) -> usize {
        let rest = self.size.saturating_sub(self.done()).saturating_mul(count as u64);
        let rest = usize::try_from(rest / (self.done() - start).max(1)).unwrap_or(usize::MAX);
        // Few at first: the first ones say little about the others.
        rest.min(count.saturating_mul(256)).max(count / 8).max(4)
    }

    /// About `count` places. Refuses an actor that is placed twice.
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

/// The bytes after a byte order mark, which JSON does not know but some editors write.
pub(in crate::file) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes)
}
