//! GML, the Graph Modelling Language (Himsolt 1996), as yEd, Gephi and igraph write it.

use indexmap::IndexMap;
use serde_json::Value;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::values::taken;
use super::xml::{number, text_of};
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::progress::Progress;

/// Lists inside each other, at most.
const DEPTH: usize = 100;

/// Graphs in GML.
pub static GML: MapFormat =
    MapFormat { name: "Graphs (GML)", extensions: &["gml"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let start = text_of(start);
    let lines = start.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    let is_graph =
        |pair: &[&str]| pair[0].eq_ignore_ascii_case("graph") && pair[1].starts_with('[');
    !start.trim_start().starts_with(['{', '[', '<'])
        && (words.windows(2).any(is_graph) || words.contains(&"graph["))
}

/// A value: a word or number, or a list of keys with values.
enum Entry {
    Word(String),
    List(Vec<(String, Entry)>),
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let tokens = tokens(&text);
    progress.check().map_err(|_| OpenError::cancelled())?;
    let mut rest = tokens.as_slice();
    let mut draft = Draft::default();
    let (all, is_whole) = list(&mut rest, 0);
    if !is_whole {
        draft.remark("the file ends in the middle; what is complete was read");
    }
    let graph = all.into_iter().find_map(|(key, entry)| match entry {
        Entry::List(list) if key.eq_ignore_ascii_case("graph") => Some(list),
        _ => None,
    });
    let Some(graph) = graph else {
        return Err(refused("this GML file has no graph", "graph [ node [ … ] edge [ … ] ]"));
    };
    let is_directed = graph.iter().any(|(key, entry)| {
        key.eq_ignore_ascii_case("directed") && matches!(entry, Entry::Word(word) if word == "1")
    });
    for (key, entry) in graph {
        match (key.to_ascii_lowercase().as_str(), entry) {
            ("node", Entry::List(list)) => node(list, &mut draft),
            ("edge", Entry::List(list)) => edge(list, is_directed, &mut draft),
            ("label" | "title", Entry::Word(word)) => draft.title = word,
            _ => {}
        }
    }
    draft.into_opened("GML")
}

fn node(list: Vec<(String, Entry)>, draft: &mut Draft) {
    let mut more = flat(list);
    let id = taken(&mut more, &["id"]);
    let name = taken(&mut more, &["label", "name"]);
    let mut at = |axis: &str| number(&taken(&mut more, &[&format!("graphics.{axis}"), axis]));
    let (x, y) = (at("x"), at("y"));
    // A group of yEd.
    let inside = Some(taken(&mut more, &["gid"])).filter(|whole| !whole.is_empty());
    more.retain(|name, _| !name.contains('.'));
    let node = Node {
        name,
        kind: taken(&mut more, &["kind", "type"]),
        note: taken(&mut more, &["note", "description"]),
        inside,
        at: x.zip(y),
        more,
        said: Vec::new(),
    };
    draft.add(&id, node);
}

fn edge(list: Vec<(String, Entry)>, is_directed: bool, draft: &mut Draft) {
    let mut more = flat(list);
    let (from, to) = (taken(&mut more, &["source"]), taken(&mut more, &["target"]));
    let arrow = taken(&mut more, &["graphics.arrow"]);
    let direction = match arrow.as_str() {
        "first" => Direction::Backward,
        "last" => Direction::Forward,
        "none" | "both" => Direction::None,
        _ if is_directed => Direction::Forward,
        _ => Direction::None,
    };
    let mut edge = Edge::new(from, to, direction);
    edge.id = taken(&mut more, &["id"]);
    edge.weight = number(&taken(&mut more, &["weight", "value"]));
    edge.kind = taken(&mut more, &["kind", "interaction", "label"]);
    edge.stance = taken(&mut more, &["stance", "sign"]);
    edge.note = taken(&mut more, &["note", "description"]);
    more.retain(|name, _| !name.contains('.'));
    edge.more = more;
    draft.edges.push(edge);
}

/// The words of a list by key; those of lists inside of it by both keys: `graphics.x`.
fn flat(list: Vec<(String, Entry)>) -> IndexMap<String, Value> {
    let mut fields = IndexMap::new();
    let mut open = vec![(String::new(), list)];
    while let Some((path, list)) = open.pop() {
        for (key, entry) in list {
            let key = if path.is_empty() { key } else { format!("{path}.{key}") };
            match entry {
                Entry::Word(word) => {
                    fields.entry(key).or_insert(Value::from(word));
                }
                Entry::List(list) => open.push((key, list)),
            }
        }
    }
    fields
}

/// Reads keys with values up to the end of the list. The flag is false if the file ends before.
fn list(rest: &mut &[Token], depth: usize) -> (Vec<(String, Entry)>, bool) {
    let mut entries = Vec::new();
    loop {
        let (key, after) = match rest {
            [] => return (entries, depth == 0),
            [Token::Close, after @ ..] => {
                *rest = after;
                if depth > 0 {
                    return (entries, true);
                }
                continue;
            }
            [Token::Open, after @ ..] => {
                *rest = after;
                continue;
            }
            [Token::Word(key), after @ ..] => (key.clone(), after),
        };
        *rest = after;
        match rest {
            [Token::Open, after @ ..] if depth < DEPTH => {
                *rest = after;
                let (inner, is_whole) = list(rest, depth + 1);
                entries.push((key, Entry::List(inner)));
                if !is_whole {
                    return (entries, false);
                }
            }
            [Token::Word(word), after @ ..] => {
                entries.push((key, Entry::Word(word.clone())));
                *rest = after;
            }
            _ => {}
        }
    }
}

#[derive(Clone, PartialEq)]
enum Token {
    Open,
    Close,
    Word(String),
}

/// Words, texts in quotation marks and brackets. Lines that begin with `#` are remarks.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut is_line_start = true;
    while let Some(first) = rest.chars().next() {
        let length = first.len_utf8();
        match first {
            '#' if is_line_start => rest = rest.split_once('\n').map_or("", |(_, after)| after),
            '[' | ']' => {
                tokens.push(if first == '[' { Token::Open } else { Token::Close });
                rest = &rest[length..];
                is_line_start = false;
            }
            '"' => {
                let (word, after) = rest[length..].split_once('"').unwrap_or((&rest[length..], ""));
                tokens.push(Token::Word(unescaped(word)));
                rest = after;
                is_line_start = false;
            }
            space if space.is_whitespace() => {
                is_line_start |= space == '\n';
                rest = &rest[length..];
            }
            _ => {
                let ends = |letter: char| letter.is_whitespace() || "[]\"".contains(letter);
                let end = rest.find(ends).unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_owned()));
                rest = &rest[end..];
                is_line_start = false;
            }
        }
    }
    tokens
}

/// A text with its entities, such as `&#233;`, as characters.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
