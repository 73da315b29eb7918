//! Periods: the start and the end of a tie, as one value that can be typed and shown.

use super::PartialDate;
use super::date_tokens::{Token, Word, tokens};
use super::typed_date::{DateError, TypedDate, is_short, is_year, number, read_date};

/// A start and an end, either of which may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    pub start: Option<PartialDate>,
    pub end: Option<PartialDate>,
}

impl Period {
    /// Reads a period as people type it: `3–7 May 2026`, `2021-2024`, `since May 2021`,
    /// `until 2024`, `3 May 2026`. An empty text is a period without start and end. Dates without
    /// a year are in `year`.
    ///
    /// # Errors
    /// If the text is not a period, ends before it starts, or a year is missing.
    pub fn read(text: &str, year: Option<u16>) -> Result<Self, DateError> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let all = tokens(text).ok_or(DateError::NotAPeriod)?;
        let one = |date: &[Token]| read_date(date).and_then(|date| date.in_year(year));
        match &all[..] {
            [Token::Word(Word::Since | Word::From), rest @ ..] => match one(without_now(rest)) {
                Ok(start) => Ok(Self { start: Some(start), end: None }),
                Err(error) => split(rest, year, false).map_err(|other| better(other, error)),
            },
            [Token::Word(Word::Between), rest @ ..] => split(rest, year, true),
            [Token::Word(Word::Until) | Token::Dash { .. }, rest @ ..] => {
                Ok(Self { start: None, end: Some(one(rest).map_err(period_error)?) })
            }
            [date @ .., Token::Dash { .. }] => {
                Ok(Self { start: Some(one(date).map_err(period_error)?), end: None })
            }
            all if without_now(all).len() < all.len() => {
                let start = one(without_now(all)).map_err(period_error)?;
                Ok(Self { start: Some(start), end: None })
            }
            all => whole_or_split(all, year),
        }
    }

    /// The period in words: `2021 – Mar 2024`, `since 2021`, `3 May 2026`; `None` if neither date
    /// is known. `read` reads them back.
    #[must_use]
    pub fn words(self) -> Option<String> {
        match (self.start, self.end) {
            (None, None) => None,
            (Some(start), Some(end)) if start == end => Some(start.words()),
            (Some(start), Some(end)) => Some(format!("{} – {}", start.words(), end.words())),
            (Some(start), None) => Some(format!("since {}", start.words())),
            (None, Some(end)) => Some(format!("until {}", end.words())),
        }
    }
}

/// The tokens without words at the end that say that the period has not ended.
fn without_now(all: &[Token]) -> &[Token] {
    match all {
        [date @ .., Token::Word(Word::Until) | Token::Dash { .. }, Token::Word(Word::Now)]
        | [date @ .., Token::Word(Word::Onwards | Word::On)] => date,
        _ => all,
    }
}

fn whole_or_split(all: &[Token], year: Option<u16>) -> Result<Period, DateError> {
    let error = match read_date(all) {
        Ok(date) => {
            if let Some(error) = two_readings(all) {
                return Err(error);
            }
            let date = date.in_year(year)?;
            return Ok(Period { start: Some(date), end: Some(date) });
        }
        Err(error) => error,
    };
    let numbers = all.iter().filter(|token| number(**token).is_some()).count();
    let is_date_in_numbers = numbers == 3 && all.len() == 5 && error.is_specific();
    if is_date_in_numbers && !all.iter().any(|token| matches!(token, Token::Month(_))) {
        return Err(error);
    }
    if matches!(error, DateError::Ambiguous(..)) {
        return Err(error);
    }
    split(all, year, false).map_err(|other| better(other, error))
}

/// `2010–12` with a long dash is a month, or years.
fn two_readings(all: &[Token]) -> Option<DateError> {
    let [year, Token::Dash { is_long: true, .. }, short] = *all else { return None };
    let (first, last) = (number(year)?, number(short)?);
    let is_later = is_year(year) && is_short(short) && last > first % 100;
    let month = read_date(all).ok()?.words();
    let until = first - first % 100 + last;
    is_later.then(|| DateError::Ambiguous(month, format!("{first} to {until}")))
}

/// Reads two dates with a dash, slash or word between them, at whichever place that is possible.
fn split(all: &[Token], year: Option<u16>, is_between: bool) -> Result<Period, DateError> {
    let mut found = None;
    let mut best = DateError::NotAPeriod;
    let is_split = |token: &Token| match token {
        Token::Word(Word::And) => is_between,
        Token::Dash { .. } | Token::Slash | Token::Word(Word::Until) => !is_between,
        _ => false,
    };
    // Slashes come last, because they also occur inside dates: the first reason is reported.
    let (slashes, others): (Vec<usize>, Vec<usize>) =
        (0..all.len()).partition(|at| all.get(*at) == Some(&Token::Slash));
    for at in others.into_iter().chain(slashes) {
        let is_split = all.get(at).is_some_and(is_split);
        let (Some(left), Some(right), true) = (all.get(..at), all.get(at + 1..), is_split) else {
            continue;
        };
        match join(left, right, year) {
            Ok(period) if found.is_none_or(|other| other == period) => found = Some(period),
            Ok(_) => return Err(DateError::NotAPeriod),
            Err(error) => best = better(best, error),
        }
    }
    found.ok_or(best)
}

/// The error that says more.
fn better(one: DateError, other: DateError) -> DateError {
    if one.is_specific() || !other.is_specific() { period_error(one) } else { other }
}

fn period_error(error: DateError) -> DateError {
    if error == DateError::NotADate { DateError::NotAPeriod } else { error }
}

/// A period of two typed dates. Each takes the month and the year that it lacks from the other.
fn join(left: &[Token], right: &[Token], year: Option<u16>) -> Result<Period, DateError> {
    let (mut start, mut end) = (half(left)?, half(right)?);
    match (bare(left), bare(right)) {
        // `3–7 May 2026`
        (Some(_), None) if end.month.is_some() && end.day.is_some() => start.month = end.month,
        // `2021–22`
        (None, Some(short)) if start.month.is_none() => {
            let first = start.year.ok_or(DateError::NotAPeriod)?;
            end = TypedDate { year: Some(first - first % 100 + short), ..TypedDate::default() };
            if end.year <= start.year {
                return Err(DateError::NotAPeriod);
            }
        }
        (Some(_), _) => return Err(DateError::NotAPeriod),
        _ => {}
    }
    // `May 3–7, 2026`
    if end.day.is_some() && end.month.is_none() {
        end.month = start.month.filter(|_| start.day.is_some());
    }
    let is_complete = |date: TypedDate| date.day.is_none() || date.month.is_some();
    let is_year_alone = end.month.is_none() && start.year.is_none();
    if !is_complete(start) || !is_complete(end) || is_year_alone {
        return Err(DateError::NotAPeriod);
    }
    let (first, last) = (start.in_year(end.year.or(year))?, end.in_year(start.year.or(year))?);
    if last.is_surely_before(first) {
        return Err(DateError::Backwards);
    }
    Ok(Period { start: Some(first), end: Some(last) })
}

/// A date that may consist of a day, or of a day and a year.
fn half(all: &[Token]) -> Result<TypedDate, DateError> {
    let of = |day: Token, year: Option<u16>| {
        let day = number(day).and_then(|day| u8::try_from(day).ok());
        TypedDate { year, day, ..TypedDate::default() }
    };
    match all {
        [day] if is_short(*day) => Ok(of(*day, None)),
        [day, Token::Comma, year] | [day, year] if is_short(*day) && is_year(*year) => {
            Ok(of(*day, number(*year)))
        }
        all => read_date(all),
    }
}

/// The number, if there is only one of one or two digits.
fn bare(all: &[Token]) -> Option<u16> {
    match all {
        [day] if is_short(*day) => number(*day),
        _ => None,
    }
}
