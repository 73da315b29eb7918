//! What the texts of cells stand for: numbers, dates, stances, and no value at all.

use serde_json::Value;

use super::plan::{Choice, Decimal};
use crate::model::PartialDate;
use crate::model::written_date::date_in;

/// Spellings of "no value", in lower case, where a column may have such gaps.
const GAPS: [&str; 11] =
    ["na", "n/a", "nan", "null", "none", "-9", "-99", "-999", "#n/a", "unknown", "missing"];
/// Spellings of "no value" in columns of numbers and dates.
const NO_NUMBER: [&str; 10] =
    ["na", "n/a", "nan", "null", "none", "#n/a", "-", "–", "?", "unknown"];

/// True if `text` stands for no value in a column that can have gaps.
pub(super) fn is_gap(text: &str) -> bool {
    GAPS.contains(&text.to_lowercase().as_str())
}

/// A number with this decimal sign; `None` if it is none. Groups of three digits may be divided by
/// the other sign, blanks or apostrophes.
pub(super) fn number(text: &str, decimal: Decimal) -> Option<f64> {
    let text = text.trim();
    // Most numbers are plain.
    if decimal == Decimal::Point && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return text.parse().ok();
    }
    let text = text.replace('−', "-").replace(['\u{a0}', '\u{202f}', '\'', '’', ' '], "");
    let (sign, group) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, fraction) = text.split_once(sign).unwrap_or((&text, ""));
    let whole = ungrouped(whole, group)?;
    let plain = if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") };
    let is_number = plain.bytes().any(|byte| byte.is_ascii_digit());
    plain.parse::<f64>().ok().filter(|number| is_number && number.is_finite())
}

/// A number as a value: without a fraction if it is whole.
#[expect(clippy::cast_possible_truncation, reason = "below 2^53")]
pub(super) fn whole(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = number.fract() == 0.0 && number.abs() < EXACT;
    if is_whole { Value::from(number as i64) } else { Value::from(number) }
}

/// Digits without the signs that divide them into groups of three; `None` if these stand elsewhere.
fn ungrouped(whole: &str, group: char) -> Option<String> {
    let mut parts = whole.split(group);
    let first = parts.next()?.to_owned();
    parts.try_fold(first, |all, part| {
        let is_group = part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_group.then(|| all + part)
    })
}

/// True if the text stands for no number or date, and is no mistake.
pub(super) fn is_no_number(text: &str) -> bool {
    let text = text.trim();
    text.is_empty()
        || text.parse::<f64>().is_ok_and(|value| value <= -9.0 && (value + 9.0) % 90.0 == 0.0)
        || NO_NUMBER.contains(&text.to_lowercase().as_str())
}

/// A date as tables have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    At(PartialDate),
    /// No date, and none is meant: empty, `ongoing`, `-9`.
    Open,
    /// Not a date.
    Unknown,
}

/// The date in a cell. Unknown days and months may be 0 or -9; times are left out; `P1494` is 1494
/// or before.
pub(super) fn date(text: &str) -> Dated {
    date_in_order(text, None)
}

/// Like [`date`], where it is known whether the day or the month comes first.
pub(super) fn date_in_order(text: &str, is_day_first: Option<bool>) -> Dated {
    const OPEN: [&str; 9] =
        ["ongoing", "present", "today", "now", "open", "infinity", "-infinity", "inf", "current"];
    let text = text.trim();
    if let Some(date) = plain(text) {
        return Dated::At(date);
    }
    if is_no_number(text) || OPEN.contains(&text.to_lowercase().as_str()) {
        return Dated::Open;
    }
    let bare =
        text.trim_start_matches(['P', 'p', 'c', '~', '<', '>']).trim_start_matches(['.', ' ']);
    let bare = bare.trim_matches(['[', ']', '(', ')', '*', '?']);
    let day = bare.split(['T', ' ']).next().unwrap_or_default();
    let known: Vec<&str> =
        day.split(['-', '/', '.']).take_while(|part| !part.trim_matches('0').is_empty()).collect();
    let iso = known.first().filter(|year| year.len() == 4).and_then(|_| plain(&known.join("-")));
    let american = || american(day, is_day_first);
    let month_first = || {
        let (month, year) = day.split_once(['.', '/'])?;
        let year = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
        PartialDate::new(year, Some(month.parse().ok()?), None)
    };
    let found = iso
        .or_else(|| plain(bare))
        .or_else(month_first)
        .or_else(american)
        .or_else(|| date_in(bare));
    found.map_or(Dated::Unknown, Dated::At)
}

/// `2005`, `2005.0`, `2005-01`, `2005-1-3`, `20050103`, `200501`.
fn plain(text: &str) -> Option<PartialDate> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u8>().ok();
    let known = |part: Option<u8>| part.filter(|number| *number > 0);
    match (digits, text.len()) {
        (true, 4) => PartialDate::new(text.parse().ok()?, None, None),
        (true, 6) => PartialDate::new(text.get(..4)?.parse().ok()?, known(part(4, 6)), None),
        (true, 8) => {
            let (month, day) = (known(part(4, 6)), known(part(6, 8)));
            PartialDate::new(text.get(..4)?.parse().ok()?, month, month.and(day))
        }
        (true, _) => None,
        (false, _) => {
            let mut parts = text.split('-');
            let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
            let month = parts.next()?.parse().ok()?;
            let day = match parts.next() {
                Some(day) => Some(day.parse().ok()?),
                None => None,
            };
            parts.next().is_none().then(|| PartialDate::new(year, Some(month), day))?
        }
    }
}

/// Whether the day or the month comes first in dates such as `2/18/10` and `18/2/10`, as far as these
/// texts tell: `None` if they do not, or contradict each other.
pub(super) fn is_day_first<'a>(texts: impl Iterator<Item = &'a str>) -> Option<bool> {
    let mut seen = [false; 2];
    for text in texts {
        let parts: Vec<&str> = text.trim().split('/').collect();
        if let [first, second, _] = parts.as_slice()
            && let (Ok(first), Ok(second)) = (first.parse::<u8>(), second.parse::<u8>())
        {
            seen[0] |= (13..=31).contains(&first) && second <= 12;
            seen[1] |= first <= 12 && (13..=31).contains(&second);
        }
    }
    match seen {
        [true, false] => Some(true),
        [false, true] => Some(false),
        _ => None,
    }
}

/// `2/18/10` and `18.02.2010`: day and month as `is_day_first` says, or where one of them can only be
/// the day. A year of two digits is from 1970 to 2069.
fn american(text: &str, is_day_first: Option<bool>) -> Option<PartialDate> {
    let parts: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let [first, second, number]: [u16; 3] =
        [first.parse().ok()?, second.parse().ok()?, year.parse().ok()?];
    let year = match (year.len(), number) {
        (2, 70..) => 1900 + number,
        (2, _) => 2000 + number,
        (4, _) => number,
        _ => return None,
    };
    let has_order = is_day_first.is_some();
    let is_day_first =
        text.contains('.') || first > 12 || is_day_first == Some(true) && second <= 12;
    let is_unclear =
        !has_order && !text.contains('.') && first <= 12 && second <= 12 && first != second;
    let (day, month) = if is_day_first { (first, second) } else { (second, first) };
    let (day, month) = (u8::try_from(day).ok()?, u8::try_from(month).ok()?);
    if is_unclear {
        PartialDate::new(year, None, None)
    } else {
        PartialDate::new(year, Some(month), Some(day))
    }
}

/// The stance that a word usually stands for; `None` if it says nothing.
pub(super) fn usual_choice(word: &str) -> Option<Choice> {
    let word = word.trim().to_lowercase().replace(['_', '-'], " ");
    let has = |roots: &[&str]| {
        let is = |part: &str, root: &str| match part.strip_prefix(root) {
            // Short words are the beginnings of others: `war` of `ward`.
            Some(rest) => root.len() > 4 || matches!(rest, "" | "s"),
            None => false,
        };
        word.split([' ', '/', ',', '(', ')']).any(|part| roots.iter().any(|root| is(part, root)))
    };
    match word.as_str() {
        "+" | "++" | "pos" | "p" | "pro" | "for" => return Some(Choice::Cooperative),
        " " | "  " | "−" | "neg" | "n" | "con" => return Some(Choice::Hostile),
        "±" | "+ " | " +" | "+/ " => return Some(Choice::Mixed),
        _ => {}
    }
    let (hostile, friendly) = (has(HOSTILE), has(FRIENDLY));
    if has(&["mixed", "ambivalent", "ambiguous"]) || hostile && friendly {
        Some(Choice::Mixed)
    } else if hostile {
        Some(Choice::Hostile)
    } else if friendly {
        Some(Choice::Cooperative)
    } else if has(&["neutral", "undecided"]) {
        Some(Choice::Neutral)
    } else {
        None
    }
}

/// Beginnings of words for hostility.
const HOSTILE: &[&str] = &[
    "hostil",
    "negativ",
    "enemy",
    "enemies",
    "foe",
    "rival",
    "oppos",
    "against",
    "attack",
    "antagon",
    "conflict",
    "war",
    "fight",
    "fought",
    "battle",
    "violen",
    "threat",
    "accus",
    "sanction",
    "coerc",
    "assault",
    "reject",
    "protest",
    "dislike",
    "clash",
    "bombing",
    "airstrike",
    "strike",
    "explosion",
    "конфликт",
    "вражд",
    "войны",
    "против",
    "угроз",
    "feind",
    "gegner",
    "ennemi",
    "enemig",
    "competit",
];
/// Beginnings of words for cooperation.
const FRIENDLY: &[&str] = &[
    "cooperat",
    "co operat",
    "positiv",
    "friend",
    "ally",
    "allied",
    "allies",
    "allianc",
    "support",
    "partner",
    "aid",
    "agree",
    "endors",
    "back",
    "help",
    "treaty",
    "amity",
    "coalition",
    "merger",
    "союз",
    "поддерж",
    "дружб",
    "like",
    "trust",
    "freund",
    "verbünd",
    "allié",
    "aliad",
    "affinit",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_the_decimal_sign_of_the_table() {
        let point = |text| number(text, Decimal::Point);
        let comma = |text| number(text, Decimal::Comma);
        assert_eq!(point("1.5"), Some(1.5));
        assert_eq!(point("-2"), Some(-2.0));
        assert_eq!(point("−2"), Some(-2.0));
        assert_eq!(point("1,234.5"), Some(1234.5));
        assert_eq!(point("1,33"), None);
        assert_eq!(comma("-2,15"), Some(-2.15));
        assert_eq!(comma("1.234,5"), Some(1234.5));
        assert_eq!(comma("12 345,5"), Some(12345.5));
        assert_eq!(point("1e3"), Some(1000.0));
        for none in ["", "x", "1.2.3", "-", "inf", "nan", "12a", "."] {
            assert_eq!(point(none), None, "{none}");
        }
    }

    #[test]
    fn dates_are_read_as_far_as_they_are_known() {
        let of = |text: &str| match date(text) {
            Dated::At(date) => date.to_string(),
            Dated::Open => "open".to_owned(),
            Dated::Unknown => "unknown".to_owned(),
        };
        for (text, expected) in [
            ("2005-00-00", "2005"),
            ("1959-12-00", "1959-12"),
            ("2/18/10", "2010-02-18"),
            ("18/2/2010", "2010-02-18"),
            ("3/4/2010", "2010"),
            ("03.04.2010", "2010-04-03"),
            ("P1494", "1494"),
            ("ongoing", "open"),
            ("28 December 2022", "2022-12-28"),
            ("December 28, 2022", "2022-12-28"),
            ("2022-12-28T10:00:00Z", "2022-12-28"),
            ("2022-12-28 10:00", "2022-12-28"),
            ("20240322", "2024-03-22"),
            ("202403", "2024-03"),
            ("1494.0", "1494"),
            ("-9", "open"),
            ("", "open"),
            ("Infinity", "open"),
            ("12.2015", "2015-12"),
            ("some day", "unknown"),
            ("2022-13-45", "unknown"),
        ] {
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn the_other_dates_of_a_column_tell_whether_the_day_comes_first() {
        let order = |texts: &[&str]| is_day_first(texts.iter().copied());
        assert_eq!(order(&["2/3/12", "2/18/10"]), Some(false));
        assert_eq!(order(&["2/3/12", "18/2/10"]), Some(true));
        assert_eq!(order(&["2/3/12"]), None);
        assert_eq!(order(&["18/2/10", "2/18/10"]), None);
        let of = |order| match date_in_order("2/3/12", order) {
            Dated::At(date) => date.to_string(),
            _ => String::new(),
        };
        assert_eq!(of(Some(false)), "2012-02-03");
        assert_eq!(of(Some(true)), "2012-03-02");
        assert_eq!(of(None), "2012");
    }

    #[test]
    fn words_for_stances_are_known_in_their_usual_forms() {
        for (word, expected) in [
            ("Ally", Some(Choice::Cooperative)),
            ("enemies", Some(Choice::Hostile)),
            ("Strategic rivalry", Some(Choice::Hostile)),
            ("supports", Some(Choice::Cooperative)),
            ("-", Some(Choice::Hostile)),
            ("+", Some(Choice::Cooperative)),
            ("+-", Some(Choice::Mixed)),
            ("mixed", Some(Choice::Mixed)),
            ("neutral", Some(Choice::Neutral)),
            ("parent of", None),
            ("software", None),
            ("", None),
        ] {
            assert_eq!(usual_choice(word), expected, "{word}");
        }
    }
}
