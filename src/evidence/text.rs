//! The text of a source, indexed by Unicode scalar values like the positions in the map file.

use std::ops::Range;

/// Number of scalar values between two stored byte offsets.
const STRIDE: usize = 64;

/// A text with fast conversion between scalar value positions and byte offsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    text: String,
    /// Byte offset of every 64th scalar value; empty if the text is ASCII.
    marks: Vec<usize>,
    /// Length in scalar values.
    length: usize,
}

impl SourceText {
    #[must_use]
    pub fn new(text: String) -> Self {
        if text.is_ascii() {
            return Self { length: text.len(), text, marks: Vec::new() };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut length = 0;
        for (byte, _) in text.char_indices() {
            if length % STRIDE == 0 {
                marks.push(byte);
            }
            length += 1;
        }
        Self { text, marks, length }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in scalar values.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// Byte offset of the scalar value at a position; the end of the text for positions beyond it.
    #[must_use]
    pub fn byte(&self, at: usize) -> usize {
        if at >= self.length {
            return self.text.len();
        }
        let Some(start) = self.marks.get(at / STRIDE).copied() else { return at };
        let rest = self.text.get(start..).unwrap_or_default();
        rest.char_indices().nth(at % STRIDE).map_or(self.text.len(), |(byte, _)| start + byte)
    }

    /// Position of the scalar value that starts at a byte offset: the number of scalar values that
    /// start before it.
    #[must_use]
    pub fn scalar(&self, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte.min(self.length);
        }
        let mark = self.marks.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.marks.get(mark).copied().unwrap_or(0);
        let end = byte.min(self.text.len());
        let before = self.text.as_bytes().get(start..end).unwrap_or_default();
        // UTF-8 continuation bytes start with the bits 10.
        mark * STRIDE + before.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
    }

    /// The text in a range of scalar values; empty if the range is empty or reversed.
    #[must_use]
    pub fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(self.byte(range.start)..self.byte(range.end)).unwrap_or_default()
    }

    /// The range of scalar values in a range of bytes.
    #[must_use]
    pub fn scalars(&self, bytes: &Range<usize>) -> Range<usize> {
        let start = self.scalar(bytes.start);
        let length = self.text.get(bytes.clone()).map_or(0, |words| words.chars().count());
        start..start + length
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_and_bytes_lead_to_each_other() {
        for sample in
            ["plain words ".repeat(40), "ünïté пра́во اردو 漢字 ".repeat(20), String::new()]
        {
            let text = SourceText::new(sample.clone());
            assert_eq!(text.length(), sample.chars().count());
            for (at, (byte, _)) in sample.char_indices().enumerate() {
                assert_eq!((text.byte(at), text.scalar(byte)), (byte, at));
            }
            assert_eq!(text.byte(text.length() + 9), sample.len());
            let words: String = sample.chars().skip(3).take(70).collect();
            assert_eq!(text.slice(&(3..73.min(text.length().max(3)))), words);
        }
    }
}
