//! Reads a PDF with `pdftotext`, if it is installed: for files whose fonts do not say which letters
//! they show.

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long `pdftotext` may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Maximum size of its text, in bytes.
const TEXT_AT_MOST: u64 = 64 << 20;

/// The text of a PDF, one paragraph per line; `None` if `pdftotext` is not there or finds none.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let mut file = tempfile::Builder::new().suffix(".pdf").tempfile().ok()?;
    file.write_all(bytes).ok()?;
    file.flush().ok()?;
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-eol", "unix", "-nopgbrk"])
        .arg(file.path())
        .arg("-")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let output = child.stdout.take()?;
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        output.take(TEXT_AT_MOST).read_to_end(&mut text).ok().map(|_| text)
    });
    let start = Instant::now();
    while child.try_wait().ok()?.is_none() {
        if start.elapsed() > PATIENCE {
            // An error means that the process has already ended.
            let _ = child.kill();
            let _ = child.wait();
            return None;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let text = reader.join().ok()??;
    let text = paragraphs(&String::from_utf8_lossy(&text));
    (!text.trim().is_empty()).then_some(text)
}

/// Joins the lines between empty ones.
fn paragraphs(text: &str) -> String {
    let mut paragraphs: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            _ if line.is_empty() => paragraphs.push(String::new()),
            Some(last) if last.is_empty() => last.push_str(line),
            Some(last) => {
                last.push(' ');
                last.push_str(line);
            }
            None => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_between_empty_ones_are_one_paragraph() {
        assert_eq!(paragraphs("a\nb\n\n\n c \n"), "a b\nc");
    }

    #[test]
    fn what_is_no_pdf_has_no_text() {
        assert_eq!(text(b"no PDF"), None);
    }
}
