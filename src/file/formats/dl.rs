//! UCINET DL: full matrices, edge lists and node lists, with several relations.

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::pajek::words_of;
use super::xml::{number, text_of};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Most actors that a file may declare.
const ACTORS_AT_MOST: usize = 20_000;

/// Networks of UCINET.
pub static DL: MapFormat =
    MapFormat { name: "UCINET networks (DL)", extensions: &["dl"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let start = text_of(start).trim_start().to_ascii_lowercase();
    let rest = start.strip_prefix("dl").unwrap_or_default();
    rest.starts_with([' ', '\t', '\r', '\n', ',']) && rest.contains('=')
}

/// What the header says.
#[derive(Default)]
struct Header {
    count: usize,
    levels: usize,
    format: String,
    lacks_diagonal: bool,
    are_labels_embedded: bool,
    labels: Vec<String>,
    /// The names of the relations.
    level_labels: Vec<String>,
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    progress.check().map_err(|_| OpenError::cancelled())?;
    let is_data = |line: &str| line.trim_start().to_ascii_lowercase().starts_with("data:");
    let lines: Vec<&str> = text.lines().collect();
    let Some(at) = lines.iter().position(|line| is_data(line)) else {
        return Err(refused("this DL file has no data", "a line “data:” with the values below it"));
    };
    let header = header_of(&lines[..at]);
    if header.count > ACTORS_AT_MOST {
        let message = format!("this DL file declares {} actors", header.count);
        return Err(refused(message, "at most 20,000 actors"));
    }
    let mut draft = Draft::default();
    if !header.are_labels_embedded {
        for number in 1..=header.count {
            let name = header.labels.get(number - 1).cloned().unwrap_or_default();
            draft.nodes.insert(number.to_string(), Node { name, ..Node::default() });
        }
    }
    let first = lines[at].trim_start().get("data:".len()..).unwrap_or_default();
    let data = std::iter::once(first).chain(lines[at + 1..].iter().copied());
    match header.format.as_str() {
        "" | "fullmatrix" | "fm" => matrix(&header, data, &mut draft),
        "edgelist1" | "el1" => list(data, &mut draft, |words, draft| {
            let [from, to] = [words.first()?, words.get(1)?];
            let mut edge = Edge::new(from.as_str(), to.as_str(), Direction::Forward);
            edge.weight = words.get(2).and_then(|word| number(word));
            draft.edges.push(edge);
            Some(())
        }),
        "nodelist1" | "nl1" => list(data, &mut draft, |words, draft| {
            let (from, others) = words.split_first()?;
            let edge = |to: &String| Edge::new(from.as_str(), to.as_str(), Direction::Forward);
            draft.edges.extend(others.iter().map(edge));
            Some(())
        }),
        other => {
            let message = format!("DL files in the format “{other}” are not read");
            return Err(refused(message, "fullmatrix, edgelist1 or nodelist1"));
        }
    }
    draft.into_opened("UCINET DL")
}

/// Which list of labels is being read.
#[derive(Clone, Copy, PartialEq)]
enum Labels {
    None,
    Actors,
    Columns,
    Levels,
}

fn header_of(lines: &[&str]) -> Header {
    let mut header = Header { levels: 1, ..Header::default() };
    let spaced = lines.join("\n").replace('=', " = ").replace(',', " ");
    let words = words_of(&spaced);
    let lower: Vec<String> = words.iter().map(|word| word.to_ascii_lowercase()).collect();
    let mut labels = Labels::None;
    let mut at = 1;
    while let Some(word) = lower.get(at) {
        let next = lower.get(at + 1).map_or("", String::as_str);
        let value = || lower.get(at + 2).map_or("", String::as_str);
        match (word.as_str(), next) {
            ("labels", "embedded" | "embedded:") => {
                header.are_labels_embedded = true;
                labels = Labels::None;
                at += 2;
            }
            ("row" | "column" | "col" | "level" | "matrix", "labels:") => {
                labels = match word.as_str() {
                    "row" => Labels::Actors,
                    "level" | "matrix" => Labels::Levels,
                    _ => Labels::Columns,
                };
                at += 2;
            }
            ("labels:", _) => {
                labels = Labels::Actors;
                at += 1;
            }
            ("n" | "nr", "=") => {
                header.count = value().parse().unwrap_or(0);
                at += 3;
            }
            ("nm", "=") => {
                header.levels = value().parse().unwrap_or(1);
                at += 3;
            }
            ("format", "=") => {
                value().clone_into(&mut header.format);
                at += 3;
            }
            ("diagonal", "absent" | "present") => {
                header.lacks_diagonal = next == "absent";
                at += 2;
            }
            _ => {
                match labels {
                    Labels::Actors => header.labels.push(words[at].clone()),
                    Labels::Levels => header.level_labels.push(words[at].clone()),
                    Labels::None | Labels::Columns => {}
                }
                at += 1;
            }
        }
    }
    header
}

/// Reads the lines of a list. Those that cannot be read are told.
fn list<'a>(
    lines: impl Iterator<Item = &'a str>,
    draft: &mut Draft,
    read: impl Fn(&[String], &mut Draft) -> Option<()>,
) {
    let mut bad = 0;
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let words = words_of(&line.replace(',', " "));
        bad += usize::from(read(&words, draft).is_none());
    }
    if bad > 0 {
        draft.remark(format!("{bad} lines could not be read"));
    }
}

/// Reads matrices, one for each relation. Rows can go over several lines. A relation whose matrix
/// is symmetric has ties without a direction.
fn matrix<'a>(header: &Header, lines: impl Iterator<Item = &'a str>, draft: &mut Draft) {
    let mut words: std::collections::VecDeque<String> =
        lines.flat_map(|line| words_of(&line.replace(',', " "))).collect();
    let count = header.count;
    let mut ids: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
    for level in 0..header.levels.clamp(1, 1000) {
        if header.are_labels_embedded && words.len() > count {
            ids = words.drain(..count).collect();
            for id in &ids {
                draft.nodes.entry(id.clone()).or_default();
            }
        }
        let mut cells = vec![0.0; count * count];
        for row in 0..count {
            if header.are_labels_embedded {
                words.pop_front();
            }
            for column in (0..count).filter(|column| !header.lacks_diagonal || *column != row) {
                let Some(word) = words.pop_front() else {
                    draft.remark("the last matrix is not complete; what is there was read");
                    break;
                };
                cells[row * count + column] = number(&word).unwrap_or(0.0);
            }
        }
        let same = |a: f64, b: f64| (a - b).abs() < f64::EPSILON;
        let at = |row: usize, column: usize| cells[row * count + column];
        let is_symmetric =
            (0..count).all(|row| (0..row).all(|column| same(at(row, column), at(column, row))));
        for row in 0..count {
            let first = if is_symmetric { row } else { 0 };
            for column in (first..count).filter(|column| at(row, *column) != 0.0) {
                let way = if is_symmetric { Direction::None } else { Direction::Forward };
                let mut edge = Edge::new(ids[row].as_str(), ids[column].as_str(), way);
                edge.weight = Some(at(row, column));
                edge.kind = header.level_labels.get(level).cloned().unwrap_or_default();
                draft.edges.push(edge);
            }
        }
        if words.is_empty() {
            return;
        }
    }
}
