//! Dates and periods as people type them.

use allegiance::model::{PartialDate, Period, TypedDate};

/// The date that a text is read as, in the form of the file; or the reason why it is not.
fn read(text: &str, year: Option<u16>) -> Result<String, String> {
    let date = text.parse::<TypedDate>().and_then(|date| date.in_year(year));
    date.map(|date| date.to_string()).map_err(|error| error.to_string())
}

/// The start and the end that a text is read as, with `..` between them.
fn read_period(text: &str) -> Result<String, String> {
    let words = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let period = Period::read(text, Some(2026)).map_err(|error| error.to_string())?;
    Ok(format!("{}..{}", words(period.start), words(period.end)))
}

#[test]
fn dates_are_read_as_people_type_them() {
    for (text, date) in [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-16", "2024-03-16"),
        ("2024-3-16", "2024-03-16"),
        ("2024–03–16", "2024-03-16"),
        ("2024/3/16", "2024-03-16"),
        ("20240316", "2024-03-16"),
        ("2024-3", "2024-03"),
        ("3/2024", "2024-03"),
        ("03.2024", "2024-03"),
        ("16/3/2024", "2024-03-16"),
        ("3/16/2024", "2024-03-16"),
        ("16.3.2024", "2024-03-16"),
        ("16-03-2024", "2024-03-16"),
        ("5/5/2024", "2024-05-05"),
        ("March 16", "2026-03-16"),
        ("16 March", "2026-03-16"),
        ("16/3", "2026-03-16"),
        ("mar 16", "2026-03-16"),
        ("12 May 2026", "2026-05-12"),
        ("12 MAY 2026", "2026-05-12"),
        ("May 12, 2026", "2026-05-12"),
        ("May 12 2026", "2026-05-12"),
        ("May 12th, 2026", "2026-05-12"),
        ("12th of May 2026", "2026-05-12"),
        ("the 1st of May, 2026", "2026-05-01"),
        ("12-May-2026", "2026-05-12"),
        ("12.May.2026", "2026-05-12"),
        ("12May2026", "2026-05-12"),
        ("2026 May 12", "2026-05-12"),
        ("March 2024", "2024-03"),
        ("March, 2024", "2024-03"),
        ("Sept. 2024", "2024-09"),
        ("sep 2024", "2024-09"),
        ("May", "2026-05"),
        ("  16\u{a0}March\u{202f}2024. ", "2024-03-16"),
        ("Saturday, 16 March 2024", "2024-03-16"),
        ("Tue 29 Feb 2000", "2000-02-29"),
        ("on 16 March 2024", "2024-03-16"),
        ("29 Feb 2024", "2024-02-29"),
    ] {
        assert_eq!(read(text, Some(2026)).as_deref(), Ok(date), "{text}");
    }
}

#[test]
fn a_text_that_is_no_date_is_refused_with_the_reason() {
    for (text, reason) in [
        ("", "This is not a date."),
        ("spring", "This is not a date."),
        ("spring 2024", "This is not a date."),
        ("early March 2024", "This is not a date."),
        ("16 Marz 2024", "This is not a date."),
        ("16", "This is not a date."),
        ("999", "This is not a date."),
        ("12024", "This is not a date."),
        ("-2024", "This is not a date."),
        ("2024-03-16T10:00", "This is not a date."),
        ("2024-03-16-17", "This is not a date."),
        ("2024/03-16", "This is not a date."),
        ("16 3 2024", "This is not a date."),
        ("２０２４", "This is not a date."),
        ("３ May 2024", "This is not a date."),
        ("3–7 May 2026", "This is not a date."),
        ("May May 2026", "This is not a date."),
        ("2024 2025", "This is not a date."),
        ("16th", "This is not a date."),
        ("Monday", "This is not a date."),
        ("Monday 2024", "This is not a date."),
        ("16/3/24", "Type the year with four digits"),
        ("12 May 26", "Type the year with four digits"),
        ("March 16, 24", "Type the year with four digits"),
        ("2024-13", "There is no month 13."),
        ("2024-00-10", "There is no month 0."),
        ("2024-16-3", "There is no month 16."),
        ("14/13/2024", "There is no month 13."),
        ("2023-02-29", "February 2023 has no day 29."),
        ("29 Feb 2023", "February 2023 has no day 29."),
        ("29 Feb", "February 2026 has no day 29."),
        ("31/4/2024", "April 2024 has no day 31."),
        ("4/31/2024", "April 2024 has no day 31."),
        ("0 May 2024", "May 2024 has no day 0."),
        ("March 45", "March has no day 45."),
        ("3/4/2024", "This can be 3 April 2024 or 4 March 2024."),
        ("03.04.2024", "This can be 3 April 2024 or 4 March 2024."),
        ("3/4", "This can be 3 April or 4 March."),
        ("3/24", "This can be 24 March or March 2024."),
        ("Monday, 16 March 2024", "16 March 2024 is a Saturday, not a Monday."),
    ] {
        let error = read(text, Some(2026)).expect_err(text);
        assert!(error.starts_with(reason), "{text}: {error}");
    }
    let missing = read("16 March", None).expect_err("no year is known");
    assert_eq!(missing, "The year is missing. Type for example 16 March 2024.");
    assert_eq!(
        read("29 Feb", None),
        Err("The year is missing. Type for example 29 February 2024.".to_owned())
    );
}

#[test]
fn periods_are_read_as_people_type_them() {
    for (text, period) in [
        ("", ".."),
        ("3 May 2026", "2026-05-03..2026-05-03"),
        ("2024", "2024..2024"),
        ("March 2024", "2024-03..2024-03"),
        ("3–7 May 2026", "2026-05-03..2026-05-07"),
        ("3-7 May", "2026-05-03..2026-05-07"),
        ("3 - 7 May 2024", "2024-05-03..2024-05-07"),
        ("3 to 7 May 2024", "2024-05-03..2024-05-07"),
        ("from 3rd to 7th May 2024", "2024-05-03..2024-05-07"),
        ("between 3 and 7 May 2024", "2024-05-03..2024-05-07"),
        ("May 3–7, 2024", "2024-05-03..2024-05-07"),
        ("May 3-7 2024", "2024-05-03..2024-05-07"),
        ("28 April – 3 May 2024", "2024-04-28..2024-05-03"),
        ("April 28 – May 3, 2024", "2024-04-28..2024-05-03"),
        ("28 December 2023 – 3 January 2024", "2023-12-28..2024-01-03"),
        ("Jan–Mar 2024", "2024-01..2024-03"),
        ("May/June 2024", "2024-05..2024-06"),
        ("2021-2024", "2021..2024"),
        ("2021 – 2024", "2021..2024"),
        ("2021–22", "2021..2022"),
        ("2021/22", "2021..2022"),
        ("2010-12", "2010-12..2010-12"),
        ("since May 2021", "2021-05.."),
        ("Since 16 March", "2026-03-16.."),
        ("from 2021", "2021.."),
        ("2021 onwards", "2021.."),
        ("from 2021 on", "2021.."),
        ("2021–", "2021.."),
        ("May 2021 – present", "2021-05.."),
        ("since 2021 to now", "2021.."),
        ("until 2024", "..2024"),
        ("to March 2024", "..2024-03"),
        ("–2024", "..2024"),
        ("May 2021 to June 2022", "2021-05..2022-06"),
        ("from May 2021 until June 2022", "2021-05..2022-06"),
        ("2024-03-16 – 2024-03-20", "2024-03-16..2024-03-20"),
        ("2024-03-16/2024-03-20", "2024-03-16..2024-03-20"),
        ("2024-03-16-2024-03-20", "2024-03-16..2024-03-20"),
        ("16/3/2024 - 20/3/2024", "2024-03-16..2024-03-20"),
        ("16.3.–20.3.2024", "2024-03-16..2024-03-20"),
        ("May 2021 – 2024", "2021-05..2024"),
        ("3 May 2024 – 3 May 2024", "2024-05-03..2024-05-03"),
    ] {
        assert_eq!(read_period(text).as_deref(), Ok(period), "{text}");
    }
}

#[test]
fn a_text_that_is_no_period_is_refused_with_the_reason() {
    for (text, reason) in [
        ("soon", "This is not a date or period."),
        ("since", "This is not a date or period."),
        ("until spring", "This is not a date or period."),
        ("after 2021", "This is not a date or period."),
        ("3", "This is not a date or period."),
        ("2021–2022–2023", "This is not a date or period."),
        ("between 2021", "This is not a date or period."),
        ("2021 and 2024", "This is not a date or period."),
        ("3-7", "This can be 3 July or 7 March."),
        ("2010–12", "This can be December 2010 or 2010 to 2012."),
        ("3/4/2024", "This can be 3 April 2024 or 4 March 2024."),
        ("3/4/2024 – 16/5/2024", "This can be 3 April 2024 or 4 March 2024."),
        ("2024-13-01", "There is no month 13."),
        ("2023-02-29", "February 2023 has no day 29."),
        ("30–31 April 2024", "April 2024 has no day 31."),
        ("30 February – 3 March 2024", "February has no day 30."),
        ("since 31 April 2024", "April 2024 has no day 31."),
        ("2024-2021", "The period ends before it starts."),
        ("7–3 May 2026", "The period ends before it starts."),
        ("28 December – 3 January 2024", "The period ends before it starts."),
        ("3 May 21 – 7 May 22", "Type the year with four digits"),
    ] {
        let error = read_period(text).expect_err(text);
        assert!(error.starts_with(reason), "{text}: {error}");
    }
    let missing = Period::read("3–7 May", None).expect_err("no year is known").to_string();
    assert_eq!(missing, "The year is missing. Type for example 3 May 2024.");
}

#[test]
fn a_period_in_words_is_read_back() {
    let dates = ["2021", "2021-11", "2021-11-03", "2021-11-20", "2024", "2024-02-29", "1000-01"];
    let dates = dates.map(|date| Some(date.parse::<PartialDate>().expect("a date")));
    let dates: Vec<Option<PartialDate>> = dates.into_iter().chain([None]).collect();
    let mut checked = 0;
    for start in &dates {
        for end in &dates {
            let period = Period { start: *start, end: *end };
            if start.zip(*end).is_some_and(|(start, end)| end.is_surely_before(start)) {
                continue;
            }
            let words = period.words().unwrap_or_default();
            assert_eq!(Period::read(&words, None), Ok(period), "{words}");
            checked += 1;
        }
    }
    assert!(checked > 30, "only {checked} periods");
}

#[test]
fn an_event_of_one_day_is_shown_as_that_day() {
    let words = |text| Period::read(text, None).expect("a period").words();
    assert_eq!(words("3 May 2026").as_deref(), Some("3 May 2026"));
    assert_eq!(words("since 3 May 2026").as_deref(), Some("since 3 May 2026"));
    assert_eq!(words("3–7 May 2026").as_deref(), Some("3 May 2026 – 7 May 2026"));
}

/// Any mixture of the known words and signs is read or refused, and what is read is a real date.
#[test]
fn no_mixture_of_words_panics() {
    let words: [&str; 30] = [
        "May", "Feb", "2024", "24", "3", "0", "31", "th", "1st", "-", "–", "/", ".", ",", " ",
        "since", "until", "to", "and", "between", "on", "present", "Mon", "of", "9999", "0000",
        "65536", "é", "٣", "\u{200b}",
    ];
    let mut random = allegiance::random::Random::new(7);
    for _ in 0..100_000 {
        let length = 1 + random.below(8);
        let text: String = (0..length).map(|_| words[random.below(30) as usize]).collect();
        if let Ok(date) = text.parse::<TypedDate>().and_then(|date| date.in_year(Some(2024))) {
            assert_eq!(date.to_string().parse(), Ok(date), "{text}");
        }
        if let Ok(period) = Period::read(&text, Some(2024)) {
            let back = Period::read(&period.words().unwrap_or_default(), None);
            assert_eq!(back, Ok(period), "{text}");
        }
    }
}
