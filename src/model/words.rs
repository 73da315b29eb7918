//! English word forms: plurals and capitals.

/// `1 actor`, `3 actors`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// `57 ties`, or `47 of 57 ties shown` if some are hidden.
#[must_use]
pub fn shown_of(shown: usize, all: usize, noun: &str) -> String {
    if shown == all {
        counted(all, noun)
    } else {
        format!("{shown} of {} shown", counted(all, noun))
    }
}

/// `57 ties`, or `47 of 57 ties` if some are left out.
#[must_use]
pub fn of(part: usize, all: usize, noun: &str) -> String {
    if part == all { counted(all, noun) } else { format!("{part} of {}", counted(all, noun)) }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// An age in its largest fitting unit: `2 minutes ago`, `5 days ago`.
#[must_use]
pub fn ago(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => return "less than a minute ago".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{} ago", counted(usize::try_from(count).unwrap_or(usize::MAX), unit))
}

/// The text, or its first `count` characters and an ellipsis.
#[must_use]
pub fn cut_to(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
    }
}

/// The words with a capital first letter.
#[must_use]
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
