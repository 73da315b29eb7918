//! JSON Canvas, the format of Obsidian.

use serde::Deserialize;

use super::draft::{Direction, Draft, Edge, Node, refused};
use super::xml::text_of;
use crate::file::format::MapFormat;
use crate::file::opened::{Bytes, OpenError, Opened};
use crate::model::words::cut_to;
use crate::progress::Progress;

/// Most letters of the name of a text card; the rest is in its note.
const NAME_AT_MOST: usize = 60;

/// Canvases of Obsidian.
pub static CANVAS: MapFormat =
    MapFormat { name: "JSON canvases", extensions: &["canvas"], recognises, read };

fn recognises(start: &[u8]) -> bool {
    let start = text_of(start);
    let has = |key: &str| start.contains(key);
    start.trim_start_matches('\u{feff}').trim_start().starts_with('{')
        && !has("\"relationship-map\"")
        && has("\"nodes\"")
        && has("\"width\"")
        && ["\"text\"", "\"file\"", "\"group\"", "\"link\""].into_iter().any(has)
}

#[derive(Deserialize)]
struct Canvas {
    #[serde(default)]
    nodes: Vec<Card>,
    #[serde(default)]
    edges: Vec<Line>,
}

#[derive(Deserialize)]
struct Card {
    id: String,
    #[serde(default, rename = "type")]
    kind: String,
    x: f64,
    y: f64,
    #[serde(default)]
    width: f64,
    #[serde(default)]
    height: f64,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    color: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    #[serde(default)]
    id: String,
    from_node: String,
    to_node: String,
    #[serde(default)]
    from_end: Option<String>,
    #[serde(default)]
    to_end: Option<String>,
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    color: Option<String>,
}

fn read(bytes: &Bytes, progress: &Progress) -> Result<Opened, OpenError> {
    let text = text_of(bytes);
    let canvas: Canvas =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            refused(format!("this is not a JSON canvas: {error}"), "nodes and edges")
        })?;
    progress.check().map_err(|_| OpenError::cancelled())?;
    let mut draft = Draft::default();
    let contains = |group: &Card, card: &Card| {
        let (x, y) = middle(card);
        group.id != card.id
            && (group.x..=group.x + group.width).contains(&x)
            && (group.y..=group.y + group.height).contains(&y)
    };
    for card in &canvas.nodes {
        // The smallest group around a card is its whole.
        let groups = canvas.nodes.iter().filter(|other| other.kind == "group");
        let area = |card: &Card| card.width * card.height;
        let around = groups.filter(|group| contains(group, card) && area(group) > area(card));
        let inside = around.min_by(|a, b| area(a).total_cmp(&area(b)));
        let words = [&card.label, &card.text, &card.file, &card.url];
        let words = words.into_iter().flatten().find(|words| !words.trim().is_empty());
        let words = words.map_or("", |words| words.trim());
        let first = words.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']);
        let name = cut_to(first, NAME_AT_MOST);
        let mut node = Node {
            note: if name == words { String::new() } else { words.to_owned() },
            name,
            inside: inside.map(|group| group.id.clone()),
            at: Some(middle(card)),
            ..Node::default()
        };
        if let Some(color) = &card.color {
            node.more.insert("color".to_owned(), color.as_str().into());
        }
        draft.add(&card.id, node);
    }
    for line in canvas.edges {
        let is_arrow =
            |end: &Option<String>, usual: &str| end.as_deref().unwrap_or(usual) == "arrow";
        let direction = match (is_arrow(&line.from_end, "none"), is_arrow(&line.to_end, "arrow")) {
            (false, true) => Direction::Forward,
            (true, false) => Direction::Backward,
            _ => Direction::None,
        };
        let mut edge = Edge::new(line.from_node, line.to_node, direction);
        edge.id = line.id;
        edge.kind = line.label.unwrap_or_default();
        if let Some(color) = line.color {
            edge.more.insert("color".to_owned(), color.into());
        }
        draft.edges.push(edge);
    }
    draft.into_opened("JSON Canvas")
}

fn middle(card: &Card) -> (f64, f64) {
    (card.x + card.width / 2.0, card.y + card.height / 2.0)
}
