//! Dates as people type them, in English: `16 March 2024`, `March 16`, `16/3/2024`. Used by the
//! window, the filter and the command line. Files contain `PartialDate` only. The words and signs
//! that a text consists of are in `date_tokens.rs`, periods in `period.rs`.

use std::str::FromStr;

use thiserror::Error;

use super::PartialDate;
use super::date::MONTHS_LONG;
use super::date_tokens::{Token, Word, is_plain_dash, tokens, weekday_name};

/// Why a typed date or period was not accepted, with what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum DateError {
    /// The text is not a date.
    #[error("This is not a date. Type for example 16 March 2024, March 2024, 2024 or 2024-03-16.")]
    NotADate,
    /// The text is not a period.
    #[error(
        "This is not a date or period. Type for example 3 May 2026, 3–7 May 2026, 2021–2024, \
         since May 2021 or until 2024."
    )]
    NotAPeriod,
    /// The year is missing, and none is known from the map.
    #[error("The year is missing. Type for example {0} 2024.")]
    NoYear(String),
    /// The year has two digits.
    #[error("Type the year with four digits, for example 16 March 2024.")]
    ShortYear,
    /// There is no month of this number.
    #[error("There is no month {0}. Type the month as a word, for example 16 March 2024.")]
    NoSuchMonth(u16),
    /// The month has no such day.
    #[error("{month} has no day {day}.")]
    NoSuchDay {
        /// The month, with its year if that is known.
        month: String,
        /// The day that was typed.
        day: u16,
    },
    /// The numbers have two readings.
    #[error("This can be {0} or {1}. Type the month as a word, as in these two.")]
    Ambiguous(String, String),
    /// The weekday does not belong to the date.
    #[error("{date} is a {right}, not a {typed}.")]
    WrongWeekday {
        /// The date in words.
        date: String,
        /// Its weekday.
        right: &'static str,
        /// The weekday that was typed.
        typed: &'static str,
    },
    /// The end is before the start.
    #[error("The period ends before it starts.")]
    Backwards,
}

impl DateError {
    /// True if the text looks like a date, and only one thing about it is wrong.
    pub(super) fn is_specific(&self) -> bool {
        !matches!(self, Self::NotADate | Self::NotAPeriod)
    }
}

/// A date as typed. Its year may be missing, and be known from elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypedDate {
    pub(super) year: Option<u16>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    /// The typed weekday, 0 for Sunday.
    pub(super) weekday: Option<u8>,
}

impl TypedDate {
    /// The complete date. If the text has no year, it is in `year`.
    ///
    /// # Errors
    /// If no year is known, or the year makes the date impossible.
    pub fn in_year(self, year: Option<u16>) -> Result<PartialDate, DateError> {
        let typed = self.words();
        let year = self.year.or(year).ok_or(DateError::NoYear(typed))?;
        let date = PartialDate::new(year, self.month, self.day)
            .ok_or_else(|| Self { year: Some(year), ..self }.no_such_day())?;
        let right = self.month.zip(self.day).map(|(month, day)| weekday(year, month, day));
        match (self.weekday, right) {
            (Some(typed), Some(right)) if typed != right => Err(DateError::WrongWeekday {
                date: date.long_words(),
                right: weekday_name(right),
                typed: weekday_name(typed),
            }),
            _ => Ok(date),
        }
    }

    /// The date in words, without what is missing.
    pub(super) fn words(self) -> String {
        let day = self.day.map(|day| day.to_string());
        let month = self.month.and_then(month_name).map(str::to_owned);
        let year = self.year.map(|year| format!("{year:04}"));
        let parts: Vec<String> = [day, month, year].into_iter().flatten().collect();
        parts.join(" ")
    }

    fn no_such_day(self) -> DateError {
        let month = Self { day: None, ..self }.words();
        DateError::NoSuchDay { month, day: self.day.unwrap_or_default().into() }
    }
}

impl FromStr for TypedDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        read_date(&tokens(text).ok_or(DateError::NotADate)?)
    }
}

/// The name of a month from 1 to 12.
fn month_name(month: u8) -> Option<&'static str> {
    MONTHS_LONG.get(usize::from(month).checked_sub(1)?).copied()
}

/// The weekday of a Gregorian date, 0 for Sunday (Sakamoto, 1993).
fn weekday(year: u16, month: u8, day: u8) -> u8 {
    const SHIFTS: [u32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
    let shift = SHIFTS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    // A whole cycle of 400 years is added, so that the year before the year 0 is not negative.
    let year = u32::from(year) + 400 - u32::from(month < 3);
    let days = year + year / 4 - year / 100 + year / 400 + shift + u32::from(day);
    u8::try_from(days % 7).unwrap_or_default()
}

/// Reads a date that takes up all tokens.
pub(super) fn read_date(all: &[Token]) -> Result<TypedDate, DateError> {
    let (weekday, rest) = without_frame(all);
    let has_month = rest.iter().any(|token| matches!(token, Token::Month(_)));
    let date = if has_month { read_words(rest)? } else { read_numbers(rest)? };
    if weekday.is_some() && date.day.is_none() {
        return Err(DateError::NotADate);
    }
    Ok(TypedDate { weekday, ..date })
}

/// Separates a leading weekday from the rest, without leading words and punctuation at the ends.
fn without_frame(all: &[Token]) -> (Option<u8>, &[Token]) {
    let mut weekday = None;
    let mut rest = all;
    loop {
        rest = match rest {
            [Token::Weekday(day), after @ ..] if weekday.is_none() => {
                weekday = Some(*day);
                after
            }
            [Token::Word(Word::On | Word::The), after @ ..] => after,
            [Token::Comma | Token::Dot, after @ ..] if weekday.is_some() => after,
            [before @ .., Token::Comma | Token::Dot] => before,
            _ => return (weekday, rest),
        };
    }
}

/// Reads a date with the month as a word.
fn read_words(all: &[Token]) -> Result<TypedDate, DateError> {
    let joins = |token: &Token| match token {
        Token::Comma | Token::Dot | Token::Slash | Token::Word(Word::Of | Word::The) => true,
        other => is_plain_dash(other),
    };
    let parts: Vec<Token> = all.iter().filter(|token| !joins(token)).copied().collect();
    let (month, day, year) = match parts[..] {
        [Token::Month(month)] => (month, None, None),
        [Token::Month(month), other] | [other, Token::Month(month)] if is_year(other) => {
            (month, None, Some(other))
        }
        [Token::Month(month), day] | [day, Token::Month(month)] => (month, Some(day), None),
        [day, Token::Month(month), year]
        | [Token::Month(month), day, year]
        | [year, Token::Month(month), day]
            if is_year(year) =>
        {
            (month, Some(day), Some(year))
        }
        [day, Token::Month(_), year] | [Token::Month(_), day, year]
            if is_short(day) && is_short(year) =>
        {
            return Err(DateError::ShortYear);
        }
        _ => return Err(DateError::NotADate),
    };
    let year = year.and_then(number);
    let date = TypedDate { year, month: Some(month), ..TypedDate::default() };
    match day {
        None => Ok(date),
        Some(day) if is_short(day) => with_day(date, number(day).unwrap_or_default()),
        Some(_) => Err(DateError::NotADate),
    }
}

/// Reads a date that consists of numbers with the same sign between them.
fn read_numbers(all: &[Token]) -> Result<TypedDate, DateError> {
    let (numbers, signs): (Vec<Token>, Vec<Token>) =
        all.iter().partition(|token| number(**token).is_some());
    let is_joined = match (&numbers[..], &signs[..]) {
        ([_], []) => true,
        ([_, _], [sign]) => is_sign(sign),
        ([_, _, _], [first, second]) => first == second && is_sign(first),
        _ => false,
    };
    let alternates =
        all.iter().enumerate().all(|(at, token)| number(*token).is_some() == at.is_multiple_of(2));
    let is_ordinal = numbers.iter().any(|token| matches!(token, Token::Ordinal(_)));
    if !is_joined || !alternates || is_ordinal {
        return Err(DateError::NotADate);
    }
    let values: Vec<u16> = numbers.iter().filter_map(|token| number(*token)).collect();
    let years: Vec<bool> = numbers.iter().map(|token| is_year(*token)).collect();
    let shorts = numbers.iter().filter(|token| is_short(**token)).count();
    match (&values[..], &years[..]) {
        ([year], [true]) => Ok(TypedDate { year: Some(*year), ..TypedDate::default() }),
        ([year, month], [true, false]) | ([month, year], [false, true]) if shorts == 1 => {
            with_month(*year, *month)
        }
        ([first, second], [false, false]) if shorts == 2 => either_order(*first, *second, None),
        ([year, month, day], [true, false, false]) if shorts == 2 => {
            with_day(with_month(*year, *month)?, *day)
        }
        ([first, second, year], [false, false, true]) if shorts == 2 => {
            either_order(*first, *second, Some(*year))
        }
        ([_, _, _], [false, false, false]) if shorts == 3 => Err(DateError::ShortYear),
        _ => Err(DateError::NotADate),
    }
}

/// Reads a day and a month in either order. Both orders must not be possible.
fn either_order(first: u16, second: u16, year: Option<u16>) -> Result<TypedDate, DateError> {
    let of = |day: u16, month: u16| {
        let month = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
        let month = month.ok_or(DateError::NoSuchMonth(second))?;
        with_day(TypedDate { year, month: Some(month), ..TypedDate::default() }, day)
    };
    match (of(first, second), of(second, first)) {
        (Ok(one), Ok(other)) if one != other => {
            Err(DateError::Ambiguous(one.words(), other.words()))
        }
        // A month with a year of two digits, or a month and a day.
        (Err(_), Ok(day)) if year.is_none() => {
            let month = TypedDate { day: None, ..day }.words();
            Err(DateError::Ambiguous(day.words(), format!("{month} 20{second:02}")))
        }
        (Ok(date), _) | (Err(_), Ok(date)) => Ok(date),
        (Err(error), Err(DateError::NoSuchMonth(_))) | (Err(_), Err(error)) => Err(error),
    }
}

fn with_month(year: u16, month: u16) -> Result<TypedDate, DateError> {
    let known = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let known = known.ok_or(DateError::NoSuchMonth(month))?;
    Ok(TypedDate { year: Some(year), month: Some(known), ..TypedDate::default() })
}

/// Adds a day. Without a year, 29 February is possible.
fn with_day(date: TypedDate, day: u16) -> Result<TypedDate, DateError> {
    let known = u8::try_from(day).ok();
    let is_possible = PartialDate::new(date.year.unwrap_or(2000), date.month, known).is_some();
    let error = || DateError::NoSuchDay { month: date.words(), day };
    known.filter(|_| is_possible).map(|day| TypedDate { day: Some(day), ..date }).ok_or_else(error)
}

/// The value of a number or of an ordinal.
pub(super) fn number(token: Token) -> Option<u16> {
    match token {
        Token::Number { value, .. } => Some(value),
        Token::Ordinal(day) => Some(day.into()),
        _ => None,
    }
}

/// True for a number of four digits.
pub(super) fn is_year(token: Token) -> bool {
    matches!(token, Token::Number { digits: 4, .. })
}

/// True for an ordinal and for a number of one or two digits.
pub(super) fn is_short(token: Token) -> bool {
    matches!(token, Token::Number { digits: 1 | 2, .. } | Token::Ordinal(_))
}

fn is_sign(token: &Token) -> bool {
    matches!(token, Token::Slash | Token::Dot) || is_plain_dash(token)
}
