//! Dates with a precision of a year, a month or a day: `2024`, `2024-03`, `2024-03-16`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The English names of the months.
pub(super) const MONTHS_LONG: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A Gregorian date that may lack the day, or the month and the day. Ordered by its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// The date of these numbers; `None` if the calendar does not have it, or if there is a day
    /// without a month.
    #[must_use]
    pub fn new(year: u16, month: Option<u8>, day: Option<u8>) -> Option<Self> {
        let last = month.map_or(0, |month| days_in(year, month.into()));
        let in_month = month.is_none_or(|month| (1..=12).contains(&month));
        let in_day = day.is_none_or(|day| (1..=last).contains(&day.into()));
        let is_date = year <= 9999 && in_month && in_day;
        is_date.then_some(Self { year, month, day })
    }

    /// The date of a day, counted from 1 January 1970 (Hinnant 2013, `civil_from_days`); `None`
    /// after the year 9999.
    #[must_use]
    pub fn of_day(day: u64) -> Option<Self> {
        // Years begin in March here, so that leap days come last; 400 years have 146 097 days.
        let since_start = day.checked_add(719_468)?;
        let (era, day_of_era) = (since_start / 146_097, since_start % 146_097);
        let leap_days = day_of_era / 1_460 + day_of_era / 146_096 - day_of_era / 36_524;
        let year_of_era = (day_of_era - leap_days) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = (month_from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era + u64::from(month < 3);
        let byte = |number: u64| u8::try_from(number).ok();
        Self::new(u16::try_from(year).ok()?, Some(byte(month)?), Some(byte(day)?))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The date with a short month name: `Mar 2024`, `16 Mar 2024`.
    #[must_use]
    pub fn words(self) -> String {
        self.in_words(&MONTHS)
    }

    /// The date with a long month name: `April 2024`.
    #[must_use]
    pub fn long_words(self) -> String {
        self.in_words(&MONTHS_LONG)
    }

    fn in_words(self, months: &[&str; 12]) -> String {
        let month = self.month.and_then(|month| months.get(usize::from(month).checked_sub(1)?));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {:04}", self.year),
            (None, Some(month)) => format!("{month} {:04}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    /// Approximate number of days from the year 0 to the first day of the date. Counts each month
    /// as 30 days; for distances on a timeline.
    #[must_use]
    pub fn first_day(self) -> u32 {
        let month = u32::from(self.month.unwrap_or(1));
        let day = u32::from(self.day.unwrap_or(1));
        u32::from(self.year) * 365 + u32::from(self.year) / 4 + (month - 1) * 30 + day
    }

    /// True if the last possible day of `self` is before the first possible day of `other`.
    #[must_use]
    pub fn is_surely_before(self, other: Self) -> bool {
        let last = (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31));
        let first = (other.year, other.month.unwrap_or(1), other.day.unwrap_or(1));
        last < first
    }
}

impl std::str::FromStr for PartialDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse(text).ok_or_else(|| {
            format!(
                "invalid value: string \"{text}\", expected a date as YYYY, YYYY-MM or YYYY-MM-DD"
            )
        })
    }
}

fn parse(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year: u16 = digits(parts.next()?, 4)?.try_into().ok()?;
    let month =
        parts.next().map(|part| digits(part, 2)).map_or(Some(None), |month| month.map(Some))?;
    let day = parts.next().map(|part| digits(part, 2)).map_or(Some(None), |day| day.map(Some))?;
    if parts.next().is_some() {
        return None;
    }
    let byte = |number: Option<u32>| number.and_then(|number| u8::try_from(number).ok());
    PartialDate::new(year, byte(month), byte(day))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

fn days_in(year: u16, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl std::fmt::Display for PartialDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
            "description": "YYYY, YYYY-MM or YYYY-MM-DD.",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::PartialDate;

    #[test]
    fn reads_years_months_and_days_and_writes_them_back() {
        for text in ["2024", "2024-03", "2024-02-29", "0999-12-31"] {
            assert_eq!(
                text.parse::<PartialDate>().map(|date| date.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "24",
            "2024-3",
            "2024-13",
            "2023-02-29",
            "2024-04-31",
            "2024-00",
            "2024-01-00",
            "2024-01-01-01",
            "+024",
            "２０２４",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text} was taken");
        }
    }

    #[test]
    fn a_year_is_not_before_a_month_in_it() {
        let date = |text: &str| text.parse::<PartialDate>().expect("a date");
        assert!(!date("2024").is_surely_before(date("2024-03")));
        assert!(date("2023").is_surely_before(date("2024-03")));
        assert!(date("2024-03-15").is_surely_before(date("2024-03-16")));
    }
}
