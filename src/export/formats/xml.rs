//! Text in XML.

use quick_xml::escape::escape;

/// Escapes a text for XML, and drops the characters that XML 1.0 does not allow.
#[must_use]
pub(super) fn words(text: &str) -> String {
    let printable: String = text.chars().filter(|letter| is_allowed(*letter)).collect();
    escape(&printable).into_owned()
}

fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}')
        || matches!(letter, '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
