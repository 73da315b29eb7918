//! The elements of a file in Rich Text Format.

/// A control word or another element of the file.
pub(super) enum Token<'a> {
    Open,
    Close,
    Word(&'a [u8], Option<i32>),
    /// A control symbol, such as `\~`.
    Symbol(u8),
    /// A byte of text, plain or as `\'hh`.
    Byte(u8),
}

/// The elements of a file, one after the other.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn token(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            self.at += 1;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\r' | b'\n' | 0 => continue,
                b'\\' => self.control()?,
                other => Token::Byte(other),
            });
        }
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digits = self.bytes.get(self.at..self.at + 2)?;
            let value = std::str::from_utf8(digits).ok();
            let value = value.and_then(|digits| u8::from_str_radix(digits, 16).ok());
            self.at += if value.is_some() { 2 } else { 0 };
            return Some(value.map_or(Token::Symbol(b'\''), Token::Byte));
        }
        let rest = self.bytes.get(self.at..)?;
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = rest.get(..length)?;
        self.at += length;
        let rest = self.bytes.get(self.at..)?;
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits =
            rest.get(sign..)?.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let mut value = None;
        if digits > 0 {
            let number = std::str::from_utf8(rest.get(..sign + digits)?).ok()?;
            value = Some(number.parse().unwrap_or(0));
            self.at += sign + digits;
        }
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if word == b"bin" {
            // Bytes of a picture.
            self.at = self.at.saturating_add(usize::try_from(value.unwrap_or(0)).unwrap_or(0));
        }
        Some(Token::Word(word, value))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.token()
    }
}
