//! The words of PDFs: what many programs wrote, measured over a folder of files.

use std::collections::BTreeMap;
use std::path::Path;

use allegiance::export::{PDF, Page, render};
use allegiance::file::source;
use allegiance::layout;
use allegiance::progress::Progress;
use unicode_normalization::UnicodeNormalization;

use crate::support::{parse, shared};

/// How often each word occurs. Compatibility forms, soft hyphens and direction marks do not count.
fn words(text: &str) -> BTreeMap<String, usize> {
    let is_mark = |letter: &char| match letter {
        '\u{ad}' | '\u{feff}' => true,
        other => matches!(other, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'),
    };
    let plain: String = text.nfkc().filter(|letter| !is_mark(letter)).collect();
    let mut words = BTreeMap::new();
    for word in plain.split_whitespace() {
        *words.entry(word.to_owned()).or_insert(0) += 1;
    }
    words
}

/// The true text without lines that recur, such as running heads, and without page numbers.
fn body(truth: &str) -> String {
    let pattern = |line: &str| -> String {
        line.trim().chars().filter(|letter| !letter.is_numeric()).collect()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in truth.split(['\n', '\u{c}']) {
        *counts.entry(pattern(line)).or_insert(0) += 1;
    }
    let lines = truth.split(['\n', '\u{c}']);
    let kept = lines.filter(|line| counts.get(&pattern(line)).is_some_and(|count| *count == 1));
    let text = kept.collect::<Vec<_>>().join("\n");
    // Words that were divided at the end of a line.
    text.replace("\u{ad}\n", "").replace("-\n", "")
}

/// The share of the true words that were read, and the share of the read words that are true.
fn shares(read: &str, truth: &str) -> (f64, f64) {
    let (read, truth) = (words(read), words(truth));
    let common: usize =
        truth.iter().map(|(word, count)| read.get(word).map_or(0, |there| *there.min(count))).sum();
    let share = |of: &BTreeMap<String, usize>| {
        let all: usize = of.values().sum();
        #[expect(clippy::cast_precision_loss, reason = "counts of words")]
        let share = common as f64 / all.max(1) as f64;
        share
    };
    (share(&truth), share(&read))
}

fn measured(path: &Path) -> (f64, f64) {
    let truth = std::fs::read_to_string(path.with_extension("txt")).unwrap_or_default();
    source::read(path).map_or((0.0, 0.0), |text| {
        let (all, true_ones) = shares(text.as_str(), &truth);
        let (of_body, _) = shares(text.as_str(), &body(&truth));
        (all.max(of_body), true_ones)
    })
}

#[test]
fn right_to_left_words_of_an_exported_map_are_read_as_they_were_written() {
    let title = "قَالَ وَزِيرُ الخارجية (25%) في 24/03/2024";
    let message = "אָמַר שָׁלוֹם לְכֻלָּם";
    let map = parse(&format!(
        r#"{{"format":"relationship-map","version":1,
        "meta":{{"title":"{title}","message":"{message}"}},
        "actors":[{{"id":"a","name":"John Smith قال"}}],"relations":[]}}"#
    ));
    let page = Page::new(1280, 720);
    let progress = Progress::default();
    let bytes = render(&map, &layout::positions(&map), &page, &PDF, &progress).expect("a PDF");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("map.pdf");
    std::fs::write(&path, bytes).expect("written");
    let file = source::read_file(&path).expect("read");
    let text = file.text.as_str();
    for words in [title, message, "John Smith قال"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(file.notes, Vec::<String>::new());
}

#[test]
fn most_pdfs_of_other_programs_give_their_words() {
    let Ok(entries) = std::fs::read_dir(shared("data/pdf")) else {
        eprintln!("skipped: the folder with PDFs of other programs is not there");
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    paths.sort();
    let (mut good, mut whole) = (0, 0);
    for path in &paths {
        let (found, true_ones) = measured(path);
        let is_good = found >= 0.95;
        whole += usize::from(is_good && true_ones >= 0.9);
        good += usize::from(is_good);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let sign = if is_good { "good" } else { "poor" };
        eprintln!("{sign} {found:.3} {true_ones:.3} {name}");
    }
    eprintln!("{good} of {} give at least 95 % of their words", paths.len());
    // With `pdftotext`, files whose fonts do not say which letters they show are read as well.
    let has_fallback = std::process::Command::new("pdftotext").arg("-v").output().is_ok();
    eprintln!("{whole} of these have few other words");
    let expected = if has_fallback { (88, 85) } else { (82, 79) };
    assert!(good >= expected.0 && whole >= expected.1, "{good} and {whole} of {}", paths.len());
}
