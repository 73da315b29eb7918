//! The text of a PDF, with its lines joined into paragraphs.

use super::error::Fault;

/// The text of a PDF.
pub(super) fn text(bytes: &[u8]) -> Result<String, Fault> {
    match pdf_extract::extract_text_from_mem(bytes) {
        // An encrypted PDF with an empty password can be read.
        Ok(text) if !text.trim().is_empty() => Ok(paragraphs(&text)),
        _ if is_encrypted(bytes) => Err(Fault::new("this PDF is encrypted")
            .expected("a PDF without a password")
            .advice("Open it with its password and print it to a new PDF.")),
        Ok(_) => Ok(String::new()),
        Err(error) => Err(Fault::new(format!("this PDF cannot be read ({error})"))
            .expected("an undamaged PDF")
            .advice("Open it in a PDF program and print it to a new PDF, or copy its text.")),
    }
}

/// True if the PDF is encrypted: its trailer then has an `Encrypt` entry.
fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|window| window == b"/Encrypt")
}

/// Joins the lines of each block into one paragraph, and words that were hyphenated at the end of a
/// line.
fn paragraphs(text: &str) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut is_new = true;
    for line in text.lines() {
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match paragraphs.last_mut().filter(|_| !is_new) {
            _ if words.is_empty() => {}
            None => paragraphs.push(words.clone()),
            Some(last) => {
                let is_divided = last.ends_with('-') && words.starts_with(char::is_lowercase);
                if is_divided {
                    last.pop();
                } else {
                    last.push(' ');
                }
                last.push_str(&words);
            }
        }
        is_new = words.is_empty();
    }
    paragraphs.join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_become_paragraphs_and_divided_words_whole() {
        let text = "The first  line\nand the opera-\ntions of it.\n\n\nA second para-\nGraph.\n";
        assert_eq!(
            super::paragraphs(text),
            "The first line and the operations of it.\nA second para- Graph."
        );
    }
}
