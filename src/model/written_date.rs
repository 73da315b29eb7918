//! Dates as people and programs write them: `24 March 2024`, `Mar 24, 2024`, `24.03.2024`,
//! `2024-03-24T10:00:00Z`, `20240324`, `2024年3月24日`.

use super::PartialDate;

/// Names of months in English, German, French, Spanish, Italian, Portuguese, Russian, Turkish and
/// Arabic. Short English forms are their first three letters.
const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero gennaio janeiro января ocak يناير",
    "february februar février febrero febbraio fevereiro февраля şubat فبراير",
    "march märz mars marzo março марта mart مارس",
    "april avril abril aprile апреля nisan أبريل ابريل",
    "may mai mayo maggio maio мая mayıs مايو",
    "june juni juin junio giugno junho июня haziran يونيو",
    "july juli juillet julio luglio julho июля temmuz يوليو",
    "august août agosto августа ağustos أغسطس اغسطس",
    "september septembre septiembre settembre setembro сентября eylül سبتمبر",
    "october oktober octobre octubre ottobre outubro октября ekim أكتوبر اكتوبر",
    "november novembre noviembre novembro ноября kasım نوفمبر",
    "december dezember décembre diciembre dicembre dezembro декабря aralık ديسمبر",
];

/// Words that may stand beside a date in its line.
const BESIDE: &str = "monday tuesday wednesday thursday friday saturday sunday mon tue tues \
     wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag \
     sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles \
     jueves viernes sábado domingo published updated posted modified date on at of de del le \
     am pm a p m et est edt pst pdt cet cest gmt utc bst ist pkt z t uhr last first dated st \
     nd rd th der den г года";

/// The first date in `text`. If day and month cannot be told apart, as in `03/04/2024`, only the
/// year.
#[must_use]
pub fn date_in(text: &str) -> Option<PartialDate> {
    let text = plain(text);
    let tokens = tokens(&text);
    (0..tokens.len()).find_map(|at| date_at(tokens.get(at..)?)).map(|(date, _)| date)
}

/// The date of a line that consists of a date, perhaps with a weekday and a time. A year alone is
/// no such line.
#[must_use]
pub fn date_line(line: &str) -> Option<PartialDate> {
    let text = plain(line);
    let tokens = tokens(&text);
    let (start, date, count) = (0..tokens.len()).find_map(|at| {
        let (date, count) = date_at(tokens.get(at..)?)?;
        (count > 1 || tokens.get(at)?.text.len() == 8).then_some((at, date, count))
    })?;
    let is_beside = |token: &Token<'_>| {
        token.text.bytes().all(|byte| byte.is_ascii_digit()) && token.text.len() < 5
            || BESIDE.split_whitespace().any(|word| word == token.text)
    };
    let mut others = tokens.iter().enumerate();
    others
        .all(|(at, token)| (start..start + count).contains(&at) || is_beside(token))
        .then_some(date)
}

/// A run of letters and digits, and the character before it.
struct Token<'a> {
    text: &'a str,
    before: char,
}

/// The text in lower case with ASCII digits, and with the separators of East Asian dates replaced.
fn plain(text: &str) -> String {
    let replace = |letter: char| match letter {
        '٠'..='٩' => char::from_digit(letter as u32 - 0x660, 10).unwrap_or(letter),
        '۰'..='۹' => char::from_digit(letter as u32 - 0x6F0, 10).unwrap_or(letter),
        '年' | '月' => '-',
        '日' => ' ',
        // The date and the time of ISO 8601.
        'T' => 't',
        other => other,
    };
    text.chars().map(replace).flat_map(char::to_lowercase).collect()
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut before = ' ';
    let mut start = None;
    let mut was_digit = false;
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = letter.is_alphanumeric();
        let is_digit = letter.is_ascii_digit();
        if let Some(from) = start
            && (!is_part || is_digit != was_digit)
        {
            tokens.push(Token { text: text.get(from..at).unwrap_or_default(), before });
            start = None;
            // Nothing stands between digits and letters.
            before = '\0';
        }
        if is_part && start.is_none() {
            start = Some(at);
        }
        if !is_part {
            before = if before == ' ' || before == '\0' || letter != ' ' { letter } else { before };
        }
        was_digit = is_digit;
    }
    tokens
}

/// A date at the start of `tokens`, and how many of them it takes.
fn date_at(tokens: &[Token<'_>]) -> Option<(PartialDate, usize)> {
    let first = tokens.first()?;
    let text = |at: usize| tokens.get(at).map(|token| token.text);
    let number = |at: usize| text(at).and_then(number);
    let before = |at: usize| tokens.get(at).map_or(' ', |token| token.before);
    if let Some(month) = month(first.text) {
        // March 24, 2024; Mar 24th 2024; March 2024.
        let after_day = 2 + usize::from(text(2).is_some_and(is_ordinal));
        if let (Some(day), Some(year)) = (number(1), year(text(after_day)))
            && day <= 31
        {
            return Some((made(year, Some(month), Some(day))?, after_day + 1));
        }
        return Some((made(year(text(1))?, Some(month), None)?, 2));
    }
    let digits = first.text.len();
    // 20240324, also at the start of a longer number with the time.
    if matches!(digits, 8 | 14) {
        let part = |range: std::ops::Range<usize>| first.text.get(range).and_then(self::number);
        return Some((made(part(0..4)?, part(4..6), part(6..8))?, 1));
    }
    if digits == 4 {
        let year = year(Some(first.text))?;
        // 2024-03-24, 2024/3/24, 2024.03.24.
        if let Some(month) = number(1)
            && is_same(before(1), &['-', '/', '.', '‐', '–'])
        {
            if let Some(day) = number(2).filter(|_| is_same(before(2), &[before(1), ' '])) {
                return Some((made(year, Some(month), Some(day))?, 3));
            }
            return made(year, Some(month), None)
                .map(|date| (date, 2))
                .or(Some((made(year, None, None)?, 1)));
        }
        return Some((made(year, None, None)?, 1));
    }
    let value = number(0).filter(|value| digits < 3 && (1..=31).contains(value))?;
    // 24 March 2024; 24th of March, 2024; 24. März 2024; 24 de marzo de 2024.
    let skip = |at: usize| at + usize::from(text(at).is_some_and(is_ordinal));
    let at_month = skip(skip(1));
    if let Some(month) = text(at_month).and_then(month) {
        let at_year = skip(at_month + 1);
        return Some((made(year(text(at_year))?, Some(month), Some(value))?, at_year + 1));
    }
    // 24.03.2024, 24/03/2024, 03/24/2024.
    let (second, year) = (number(1)?, year(text(2))?);
    let separator = before(1);
    if !is_same(separator, &['.', '/', '-']) || before(2) != separator {
        return None;
    }
    let date = match separator {
        '.' => made(year, Some(second), Some(value)),
        _ if value > 12 || value == second => made(year, Some(second), Some(value)),
        _ if second > 12 => made(year, Some(value), Some(second)),
        _ => made(year, None, None),
    };
    Some((date?, 3))
}

fn is_same(separator: char, allowed: &[char]) -> bool {
    allowed.contains(&separator)
}

fn is_ordinal(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "of" | "de" | "del" | "er")
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A year of four digits that a source can have.
fn year(text: Option<&str>) -> Option<u32> {
    text.filter(|text| text.len() == 4).and_then(number).filter(|year| (1400..2200).contains(year))
}

/// The number of a month, by its name.
fn month(word: &str) -> Option<u32> {
    let is_named = |names: &&str| {
        names.split(' ').any(|name| name == word)
            || names.get(..3).is_some_and(|short| short == word)
            || (word == "sept" && names.starts_with("sept"))
    };
    let at = MONTHS.iter().position(is_named)?;
    u32::try_from(at + 1).ok()
}

fn made(year: u32, month: Option<u32>, day: Option<u32>) -> Option<PartialDate> {
    let month = month.map(|month| format!("-{month:02}")).unwrap_or_default();
    let day = day.map(|day| format!("-{day:02}")).unwrap_or_default();
    let has_year = (1400..2200).contains(&year);
    format!("{year:04}{month}{day}").parse().ok().filter(|_| has_year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> String {
        date_in(text).map(|date| date.to_string()).unwrap_or_default()
    }

    #[test]
    fn dates_are_read_in_many_forms() {
        for text in [
            "2024-03-24",
            "2024-03-24T10:00:00+02:00",
            "2024-03-24T10:00:00Z",
            "D:20240324101500+01'00'",
            "20240324",
            "Sun, 24 Mar 2024 10:00:00 +0000",
            "24 March 2024",
            "24th of March, 2024",
            "March 24, 2024",
            "Mar. 24th, 2024",
            "Sunday, March 24, 2024 at 10:15 pm",
            "24. März 2024",
            "24 de marzo de 2024",
            "24 марта 2024 г.",
            "24 مارس 2024",
            "٢٤ مارس ٢٠٢٤",
            "2024年3月24日",
            "24.03.2024",
            "24/03/2024",
            "03/24/2024",
            "Published 24 March 2024",
        ] {
            assert_eq!(found(text), "2024-03-24", "{text}");
        }
    }

    #[test]
    fn less_precise_dates_stay_so() {
        assert_eq!(found("March 2024"), "2024-03");
        assert_eq!(found("2024-03"), "2024-03");
        assert_eq!(found("2024"), "2024");
        assert_eq!(found("31 February 2024"), "2024-02");
        assert_eq!(found("03/04/2024"), "2024", "day and month cannot be told apart");
        for text in ["", "no date", "12 people", "in 1200 BC"] {
            assert_eq!(found(text), "", "{text}");
        }
    }

    #[test]
    fn a_line_is_a_date_if_nothing_else_is_in_it() {
        for line in ["Sunday, March 24, 2024", "24 March 2024, 10:15 GMT", "Updated: 24.03.2024"] {
            assert_eq!(date_line(line).map(|date| date.to_string()).as_deref(), Some("2024-03-24"));
        }
        for line in
            ["On 24 March 2024 the posts closed", "2024", "the talks", "Talks in March 2024"]
        {
            assert_eq!(date_line(line), None, "{line}");
        }
    }
}
