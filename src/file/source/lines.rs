//! Collects the lines of a document, with tabs between the cells of a table.

/// Lines of text that grow at the end.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// Appends text; line ends in it end lines.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends a blank, unless one is there.
    pub(super) fn push_blank(&mut self) {
        if !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    /// Ends the line, unless it is empty.
    pub(super) fn end(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The lines that are not empty, without blanks at their ends and around tabs.
    pub(super) fn finish(self) -> String {
        let lines = self.text.lines().map(tidied).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn tidied(line: &str) -> String {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    cells.join("\t").trim().to_owned()
}

/// A text followed by its footnotes, each on a line with its number.
pub(super) fn with_notes(text: String, notes: impl Iterator<Item = String>) -> String {
    let mut lines = vec![text];
    for (at, note) in notes.enumerate() {
        let words = note.split_whitespace().collect::<Vec<_>>().join(" ");
        // The note itself may begin with its number.
        let number = (at + 1).to_string();
        let rest = words.strip_prefix(&number).filter(|rest| rest.starts_with(' '));
        let words = rest.map_or(words.as_str(), str::trim_start);
        if !words.is_empty() {
            lines.push(format!("[{number}] {words}"));
        }
    }
    lines.join("\n")
}
