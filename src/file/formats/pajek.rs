//! Pajek networks: `.net`, and the first network of a project file `.paj`. Relations are kinds.

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::xml::{number, text_of};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Most vertices that a file may declare.
const VERTICES_AT_MOST: usize = 5_000_000;

/// Networks of Pajek.
pub static PAJEK: MapFormat =
    MapFormat { name: "Pajek networks", extensions: &["net", "paj"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    text_of(start).to_ascii_lowercase().contains("*vertices")
}

/// What the lines of a section are.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    /// Partitions, vectors and others, which are not read.
    Other,
    Vertices,
    /// A tie on each line.
    Ties(Direction),
    /// A first actor on each line, and those that it has ties to.
    Lists(Direction),
    /// A row of values for each actor.
    Matrix,
}

/// The state of reading.
struct Reader {
    draft: Draft,
    section: Section,
    /// The name of the relation that is being read.
    relation: String,
    /// The number of vertices.
    count: usize,
    /// The cells of a matrix so far.
    cells: Vec<f64>,
    /// The number of networks so far.
    networks: usize,
    /// Lines that could not be read.
    bad: Vec<usize>,
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let mut reader = Reader {
        draft: Draft::default(),
        section: Section::Other,
        relation: String::new(),
        count: 0,
        cells: Vec::new(),
        networks: 0,
        bad: Vec::new(),
    };
    for (number, line) in text.lines().enumerate() {
        progress.check().map_err(|_| OpenError::cancelled())?;
        let line = line.trim();
        if line.is_empty() || line.starts_with('%') {
            continue;
        }
        if line.starts_with('*') {
            reader.end_section();
            reader.begin_section(line)?;
        } else if reader.line(line).is_none() {
            reader.bad.push(number + 1);
        }
    }
    reader.end_section();
    if !reader.bad.is_empty() {
        let lines: Vec<String> = reader.bad.iter().take(8).map(usize::to_string).collect();
        let more = if reader.bad.len() > lines.len() { ", …" } else { "" };
        let words = format!("lines that could not be read: {}{more}", lines.join(", "));
        reader.draft.remark(words);
    }
    reader.draft.into_opened("Pajek")
}

impl Reader {
    /// Begins a section. Only the first network is read.
    fn begin_section(&mut self, line: &str) -> Result<(), OpenError> {
        let words = words_of(line);
        let name = words.first().map_or(String::new(), |word| word.to_ascii_lowercase());
        // `*Arcs :2 "trades with"` names a relation.
        let named =
            words.iter().skip(1).find(|word| !word.starts_with(':') && number(word).is_none());
        self.relation = named.cloned().unwrap_or_default();
        self.section = match name.as_str() {
            "*network" => {
                if self.networks == 0 {
                    self.draft.title = words.get(1..).unwrap_or_default().join(" ");
                }
                self.section
            }
            "*vertices" => {
                self.networks += 1;
                let count = words.get(1).and_then(|word| word.parse().ok()).unwrap_or(0);
                if self.networks > 1 {
                    // Partitions and vectors repeat the number of vertices.
                    self.section = Section::Other;
                    return Ok(());
                }
                if count > VERTICES_AT_MOST {
                    let message = format!("this network declares {count} vertices");
                    return Err(refused(message, "at most 5,000,000 vertices"));
                }
                self.count = count;
                for vertex in 1..=count {
                    self.draft.nodes.insert(vertex.to_string(), Node::default());
                }
                Section::Vertices
            }
            "*arcs" => Section::Ties(Direction::Forward),
            "*edges" => Section::Ties(Direction::None),
            "*arcslist" => Section::Lists(Direction::Forward),
            "*edgeslist" => Section::Lists(Direction::None),
            "*matrix" => Section::Matrix,
            _ => Section::Other,
        };
        Ok(())
    }

    /// Makes the ties of a matrix. One that is symmetric has ties without a direction.
    fn end_section(&mut self) {
        let (cells, count) = (std::mem::take(&mut self.cells), self.count);
        if self.section != Section::Matrix || cells.len() < count * count {
            return;
        }
        let at = |row: usize, column: usize| cells[row * count + column];
        let same = |a: f64, b: f64| (a - b).abs() < f64::EPSILON;
        let is_symmetric =
            (0..count).all(|row| (0..row).all(|column| same(at(row, column), at(column, row))));
        for row in 0..count {
            let first = if is_symmetric { row } else { 0 };
            for column in (first..count).filter(|column| at(row, *column) != 0.0) {
                let direction = if is_symmetric { Direction::None } else { Direction::Forward };
                let ends = [row, column].map(|end| (end + 1).to_string());
                self.tie(&ends, direction, Some(at(row, column)));
            }
        }
    }

    /// Reads a line of the section; `None` if it cannot be read.
    fn line(&mut self, line: &str) -> Option<()> {
        let words = words_of(line);
        match self.section {
            Section::Other => Some(()),
            Section::Vertices => {
                let id = words.first()?.trim();
                id.parse::<usize>().ok()?;
                let node = self.draft.nodes.entry(id.to_owned()).or_default();
                if let Some(name) = words.get(1) {
                    node.name.clone_from(name);
                }
                let at = |place: usize| words.get(place).and_then(|word| number(word));
                node.at = at(2).zip(at(3));
                Some(())
            }
            Section::Ties(direction) => {
                let ends = [words.first()?.clone(), words.get(1)?.clone()];
                for end in &ends {
                    end.parse::<usize>().ok()?;
                }
                let weight = words.get(2).and_then(|word| number(word));
                self.tie(&ends, direction, weight);
                let label =
                    words.iter().position(|word| word == "l").and_then(|at| words.get(at + 1));
                if let (Some(label), Some(edge)) = (label, self.draft.edges.last_mut()) {
                    edge.kind.clone_from(label);
                }
                Some(())
            }
            Section::Lists(direction) => {
                let from = words.first()?.trim_start_matches('-').to_owned();
                for to in words.iter().skip(1) {
                    to.parse::<i64>().ok()?;
                    let to = to.trim_start_matches('-').to_owned();
                    self.tie(&[from.clone(), to], direction, None);
                }
                Some(())
            }
            Section::Matrix => {
                let row: Option<Vec<f64>> = words.iter().map(|word| number(word)).collect();
                self.cells.extend(row?);
                Some(())
            }
        }
    }

    fn tie(&mut self, [from, to]: &[String; 2], direction: Direction, weight: Option<f64>) {
        let mut edge = Edge::new(from.as_str(), to.as_str(), direction);
        edge.weight = weight;
        edge.kind.clone_from(&self.relation);
        self.draft.edges.push(edge);
    }
}

/// The words of a line. Those in quotation marks can have blanks.
pub(super) fn words_of(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}
