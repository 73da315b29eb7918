//! Splits the contents of pages and character maps into operands and operators. Garbage is skipped.

/// Maximum nesting of arrays and dictionaries.
const DEPTH_LIMIT: usize = 30;

/// An operand or an operator.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    Number(f64),
    /// A name without its slash.
    Name(Vec<u8>),
    Text(Vec<u8>),
    List(Vec<Item>),
    /// Keys and values in turn.
    Entries(Vec<Item>),
    Operator(Vec<u8>),
}

impl Item {
    pub(super) fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(super) fn text(&self) -> Option<&[u8]> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The value of a key in a dictionary.
    pub(super) fn entry(&self, key: &[u8]) -> Option<&Self> {
        let Self::Entries(entries) = self else { return None };
        let mut pairs = entries.chunks_exact(2);
        pairs.find_map(|pair| pair.first()?.name().filter(|name| *name == key).and(pair.get(1)))
    }
}

/// The items of a stream, one after the other.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self.peek().is_some_and(|byte| !matches!(byte, b'\n' | b'\r')) {
                    self.at += 1;
                }
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn item(&mut self, depth: usize) -> Option<Item> {
        loop {
            self.skip_blanks();
            let byte = self.peek()?;
            return Some(match byte {
                b'/' => {
                    self.at += 1;
                    Item::Name(self.name())
                }
                b'(' => {
                    self.at += 1;
                    Item::Text(self.literal())
                }
                b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                    self.at += 2;
                    Item::Entries(self.list(depth, b'>'))
                }
                b'<' => {
                    self.at += 1;
                    Item::Text(self.hexadecimal())
                }
                b'[' => {
                    self.at += 1;
                    Item::List(self.list(depth, b']'))
                }
                b']' | b'>' | b')' | b'{' | b'}' => {
                    self.at += 1;
                    continue;
                }
                _ => self.word(),
            });
        }
    }

    /// Items up to the closing sign.
    fn list(&mut self, depth: usize, end: u8) -> Vec<Item> {
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None => return items,
                Some(byte) if byte == end => {
                    self.at += 1;
                    if end == b'>' && self.peek() == Some(b'>') {
                        self.at += 1;
                    }
                    return items;
                }
                // A sign that closes something else: what is open ends here.
                Some(b']' | b'>' | b')') => {
                    self.at += 1;
                    return items;
                }
                Some(_) if depth >= DEPTH_LIMIT => {
                    self.at += 1;
                }
                Some(_) => items.extend(self.item(depth + 1)),
            }
        }
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            let digits = self.bytes.get(self.at..self.at + 2).and_then(hexadecimal_pair);
            match digits.filter(|_| byte == b'#') {
                Some(value) => {
                    name.push(value);
                    self.at += 2;
                }
                None => name.push(byte),
            }
        }
        name
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 1_usize;
        while let Some(byte) = self.bump() {
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    text.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    /// The byte after a backslash.
    fn escaped(&mut self) -> Option<u8> {
        let byte = self.bump()?;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return None;
            }
            b'\n' => return None,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                u8::try_from(value & 0xFF).unwrap_or(0)
            }
            other => other,
        })
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut digits = Vec::new();
        while let Some(byte) = self.bump().filter(|byte| *byte != b'>') {
            digits.extend(char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
        }
        digits
            .chunks(2)
            .map(|pair| pair.first().unwrap_or(&0) * 16 + pair.get(1).unwrap_or(&0))
            .collect()
    }

    /// A number or an operator.
    fn word(&mut self) -> Item {
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        if self.at == start {
            self.at += 1;
        }
        let word = self.bytes.get(start..self.at).unwrap_or_default();
        if word == b"ID" {
            self.skip_picture();
        }
        match number(word) {
            Some(number) => Item::Number(number),
            None => Item::Operator(word.to_vec()),
        }
    }

    /// Skips the bytes of a picture within the contents: they end with `EI` between blanks.
    fn skip_picture(&mut self) {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let is_end = |window: &[u8]| match window {
            [before, b'E', b'I', after] => is_blank(*before) && is_blank(*after),
            _ => false,
        };
        let end = rest.windows(4).position(is_end).map_or(rest.len(), |at| at + 3);
        self.at += end;
    }
}

impl Iterator for Lexer<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        self.item(0)
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 12 | 0)
}

fn is_regular(byte: u8) -> bool {
    !is_blank(byte) && !b"()<>[]{}/%".contains(&byte)
}

fn hexadecimal_pair(pair: &[u8]) -> Option<u8> {
    std::str::from_utf8(pair).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())
}

/// A number; signs in the wrong place, which some programs write, are ignored.
fn number(word: &[u8]) -> Option<f64> {
    if !word.first().is_some_and(|byte| byte.is_ascii_digit() || b"+-.".contains(byte))
        || !word.iter().all(|byte| byte.is_ascii_digit() || b"+-.".contains(byte))
    {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim_start_matches('-')),
        None => (1.0, text.trim_start_matches('+')),
    };
    let end = digits.find(['-', '+']).unwrap_or(digits.len());
    let digits = digits.get(..end)?;
    let value = if matches!(digits, "" | ".") { 0.0 } else { digits.parse::<f64>().ok()? };
    Some(sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_split_and_garbage_is_skipped() {
        let bytes = b"q -.5 0 Tf/F#41 (a\\(b\\051\\12) [<41 4> -20(x)]TJ % note\n<</K[1]>>BDC \
            BI /W 1 ID \x01(EI\x02 EI ) ] Q";
        let items: Vec<Item> = Lexer::new(bytes).collect();
        let operator = |name: &str| Item::Operator(name.as_bytes().to_vec());
        assert_eq!(items.first(), Some(&operator("q")));
        assert_eq!(items.get(1), Some(&Item::Number(-0.5)));
        assert_eq!(items.get(4), Some(&Item::Name(b"FA".to_vec())));
        assert_eq!(items.get(5), Some(&Item::Text(b"a(b)\n".to_vec())));
        let list = [Item::Text(vec![0x41, 0x40]), Item::Number(-20.0), Item::Text(b"x".to_vec())];
        assert_eq!(items.get(6), Some(&Item::List(list.to_vec())));
        assert!(items.get(8).and_then(|item| item.entry(b"K")).is_some());
        assert_eq!(items.last(), Some(&operator("Q")));
    }
}
