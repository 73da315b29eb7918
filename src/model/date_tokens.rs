//! The words, numbers and signs of typed dates and periods.

use super::date::MONTHS_LONG;

const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Months and weekdays may be shortened to this many letters.
const LEAST_LETTERS: usize = 3;

/// A word, number or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A number of one to four digits.
    Number {
        value: u16,
        digits: usize,
    },
    /// A day such as `16th`.
    Ordinal(u8),
    /// A month from 1 to 12.
    Month(u8),
    /// A weekday, 0 for Sunday.
    Weekday(u8),
    /// A hyphen or another dash.
    Dash {
        /// True for signs longer than a hyphen.
        is_long: bool,
        /// True if there is a blank on either side.
        is_spaced: bool,
    },
    Slash,
    Dot,
    Comma,
    Word(Word),
}

/// Words other than months and weekdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Of,
    The,
    On,
    Since,
    /// `from`, which a `to` may follow.
    From,
    /// `to`, `until` and words of the same meaning.
    Until,
    Between,
    And,
    Onwards,
    Now,
}

const WORDS: [(&str, Word); 19] = [
    ("of", Word::Of),
    ("the", Word::The),
    ("on", Word::On),
    ("since", Word::Since),
    ("from", Word::From),
    ("starting", Word::From),
    ("to", Word::Until),
    ("until", Word::Until),
    ("till", Word::Until),
    ("til", Word::Until),
    ("through", Word::Until),
    ("ending", Word::Until),
    ("between", Word::Between),
    ("and", Word::And),
    ("onwards", Word::Onwards),
    ("onward", Word::Onwards),
    ("present", Word::Now),
    ("now", Word::Now),
    ("ongoing", Word::Now),
];

/// Splits a text; `None` if a part of it is unknown, or if there is nothing in it.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let letters: Vec<char> = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let mut found = Vec::new();
    let mut rest = &letters[..];
    let mut was_blank = false;
    while let Some((letter, after)) = rest.split_first() {
        if letter.is_whitespace() {
            was_blank = true;
            rest = after;
            continue;
        }
        let length = run(rest);
        let word: String = rest.iter().take(length).collect();
        rest = rest.get(length..).unwrap_or_default();
        let is_spaced = was_blank || rest.first().is_some_and(|next| next.is_whitespace());
        was_blank = false;
        if letter.is_ascii_digit() {
            let ending: String = rest.iter().take(2).collect::<String>().to_lowercase();
            let is_ordinal = matches!(&ending[..], "st" | "nd" | "rd" | "th") && run(rest) == 2;
            if is_ordinal {
                found.push(Token::Ordinal(word.parse().ok()?));
                rest = rest.get(2..).unwrap_or_default();
            } else {
                found.extend(numbers(&word)?);
            }
        } else {
            found.push(sign_or_word(*letter, &word, is_spaced)?);
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The length of the digits or letters at the start of a text; 1 if it starts with a sign.
fn run(letters: &[char]) -> usize {
    let of = |is_in: fn(&char) -> bool| letters.iter().take_while(|letter| is_in(letter)).count();
    of(char::is_ascii_digit).max(of(|letter| letter.is_alphabetic())).max(1)
}

/// A number. Eight digits are a year, a month and a day.
fn numbers(digits: &str) -> Option<Vec<Token>> {
    let one = |digits: &str| {
        digits.parse().ok().map(|value| Token::Number { value, digits: digits.len() })
    };
    match digits.len() {
        1..=4 => Some(vec![one(digits)?]),
        8 => {
            let dash = Token::Dash { is_long: false, is_spaced: false };
            let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?);
            Some(vec![one(year)?, dash, one(month)?, dash, one(day)?])
        }
        _ => None,
    }
}

fn sign_or_word(letter: char, word: &str, is_spaced: bool) -> Option<Token> {
    match letter {
        '/' => Some(Token::Slash),
        '.' => Some(Token::Dot),
        ',' => Some(Token::Comma),
        '-' | '\u{2010}' | '\u{2011}' => Some(Token::Dash { is_long: false, is_spaced }),
        '\u{2012}'..='\u{2015}' | '\u{2212}' => Some(Token::Dash { is_long: true, is_spaced }),
        _ => known_word(&word.to_lowercase()),
    }
}

fn known_word(word: &str) -> Option<Token> {
    let among = |names: &[&str]| {
        let is_it =
            |name: &&str| word.len() >= LEAST_LETTERS && name.to_lowercase().starts_with(word);
        names.iter().position(is_it).and_then(|at| u8::try_from(at).ok())
    };
    let found = WORDS.iter().find(|(known, _)| *known == word);
    found
        .map(|(_, word)| Token::Word(*word))
        .or_else(|| among(&MONTHS_LONG).map(|month| Token::Month(month + 1)))
        .or_else(|| among(&WEEKDAYS).map(Token::Weekday))
}

/// The English name of a weekday.
pub(super) fn weekday_name(weekday: u8) -> &'static str {
    WEEKDAYS.get(usize::from(weekday)).copied().unwrap_or_default()
}

/// True for a dash without blanks around it, which may join the parts of a date.
pub(super) fn is_plain_dash(token: &Token) -> bool {
    matches!(token, Token::Dash { is_spaced: false, .. })
}

/// Characters without a width, which pasted text may contain.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}' | '\u{ad}')
}
