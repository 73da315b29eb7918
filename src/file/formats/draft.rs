//! A graph as another program describes it, and the map that is made of it. Readers of foreign
//! formats fill a draft; what is the same for all of them is decided here.
//!
//! - Ids are texts without blanks around them. A name that is missing is the id.
//! - An end of a tie that is not listed becomes an actor.
//! - Ties between the same two actors stay separate.
//! - A weight is no stance, unless some weights of the file are negative: then negative ones are
//!   hostile, positive ones cooperative. The strength is the rank of the absolute weight.
//! - What has no place in a map is kept with its element under its name.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::draft_sources::{Said, Sources};
use super::values::{date_of, kept, key_of, kind_key, stance_of, taken};
use crate::file::opened::{Contents, OpenError, Opened};
use crate::model::{
    Actor, ActorId, ActorKind, Map, Meta, Place, Placement, Problem, Relation, RelationId,
    Severity, Stance, Strength, check,
};

/// Distance of neighbours, in map units, that needs no other scale, and the one that others get.
const USUAL_SPACING: std::ops::RangeInclusive<f64> = 70.0..=500.0;
const SPACING: f64 = 160.0;
/// Most names of actors in a message.
const NAMED_AT_MOST: usize = 5;
/// Most names of attributes in a message.
const KEPT_NAMED_AT_MOST: usize = 12;
/// Attributes that are fields of actors and ties here.
const OWN: [&str; 9] = [
    "aliases",
    "asserted_by",
    "channel",
    "confidence",
    "contested_by",
    "part_of",
    "short",
    "status",
    "strength",
];
/// Which way a tie points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::file) enum Direction {
    Forward,
    Backward,
    None,
}

/// A node of the graph.
#[derive(Clone, Debug, Default)]
pub(in crate::file) struct Node {
    pub name: String,
    pub kind: String,
    pub note: String,
    /// The id of the node that this one is inside of.
    pub inside: Option<String>,
    pub at: Option<(f64, f64)>,
    /// Words about it.
    pub said: Vec<Said>,
    /// Other attributes.
    pub more: IndexMap<String, Value>,
}

/// A line of the graph.
#[derive(Clone, Debug)]
pub(in crate::file) struct Edge {
    /// Empty if it has none.
    pub id: String,
    pub from: String,
    pub to: String,
    pub direction: Direction,
    pub weight: Option<f64>,
    /// What ranks the tie among the others, where it is no weight.
    pub rank: Option<f64>,
    /// As the file has it: `hostile`, `-`, `positive`. Empty if it says nothing.
    pub stance: String,
    pub kind: String,
    pub note: String,
    pub start: String,
    pub end: String,
    pub said: Vec<Said>,
    pub more: IndexMap<String, Value>,
}

impl Edge {
    pub fn new(from: impl Into<String>, to: impl Into<String>, direction: Direction) -> Self {
        Self {
            id: String::new(),
            from: from.into(),
            to: to.into(),
            direction,
            weight: None,
            rank: None,
            stance: String::new(),
            kind: String::new(),
            note: String::new(),
            start: String::new(),
            end: String::new(),
            said: Vec::new(),
            more: IndexMap::new(),
        }
    }
}

/// A graph that is being read.
#[derive(Clone, Debug, Default)]
pub(in crate::file) struct Draft {
    pub title: String,
    /// By id.
    pub nodes: IndexMap<String, Node>,
    pub edges: Vec<Edge>,
    /// True if `y` grows upwards.
    pub is_upwards: bool,
    /// True if the file was written here, so that its places are map units.
    pub is_own: bool,
    /// What the user should know.
    pub remarks: Vec<String>,
}

/// A problem of a file of another format, which keeps it from opening.
pub(in crate::file) fn refused(message: impl Into<String>, expected: &'static str) -> OpenError {
    OpenError::not_a_map(Place::default(), message, expected)
}

impl Draft {
    /// Tells the user something about the file.
    pub fn remark(&mut self, words: impl Into<String>) {
        self.remarks.push(words.into());
    }

    /// Adds a node. Of several with one id, the first stays.
    pub fn add(&mut self, id: &str, node: Node) {
        let id = [id.trim(), node.name.trim()].into_iter().find(|id| !id.is_empty());
        let made = format!("n{}", self.nodes.len() + 1);
        let id = id.unwrap_or(&made).to_owned();
        if self.nodes.contains_key(&id) {
            self.remark(format!("“{id}” is listed twice; the first entry was read"));
        } else {
            self.nodes.insert(id, node);
        }
    }

    /// The map; `format` is the name of the format.
    ///
    /// # Errors
    /// If nothing was read, or the map has errors.
    pub fn into_opened(mut self, format: &'static str) -> Result<Opened, OpenError> {
        if self.nodes.is_empty() && self.edges.is_empty() {
            return Err(refused("the file has no actors and no ties", "a graph with nodes"));
        }
        self.add_unlisted();
        self.tell_kept();
        let scale = self.scale();
        let mut map =
            Map { meta: Meta { title: self.title.clone(), ..Meta::default() }, ..Map::default() };
        let mut sources = Sources::default();
        for (id, node) in &self.nodes {
            let actor_id = ActorId::from(id.as_str());
            if let Some((x, y)) = node.at {
                let y = if self.is_upwards { -y } else { y };
                let place = Placement { x: x * scale, y: y * scale, ..Placement::default() };
                map.layout.insert(actor_id.clone(), place);
            }
            let said = node.said.iter().map(|said| sources.excerpt(said, &self.title));
            let evidence = said.collect();
            map.actors.push(Actor { evidence, ..self.actor(actor_id, node) });
        }
        let edges = std::mem::take(&mut self.edges);
        let strengths = strengths(&edges);
        let is_signed = edges.iter().any(|edge| edge.weight.is_some_and(|weight| weight < 0.0));
        let ids = ids_of(&edges);
        // By value: the texts of many edges are not kept twice.
        for ((edge, id), strength) in edges.into_iter().zip(ids).zip(strengths) {
            let mut tie = Self::tie(&edge, id, is_signed);
            tie.evidence =
                edge.said.iter().map(|said| sources.excerpt(said, &self.title)).collect();
            if edge.more.get("strength").is_none() {
                tie.strength = strength.unwrap_or_default();
            }
            map.relations.push(tie);
        }
        map.sources = sources.into_list().into();
        let mut problems = check::check(&map);
        let remark = |words: String| Problem::warning(Place::default(), words, "");
        let remarks: Vec<Problem> = self.remarks.into_iter().map(remark).collect();
        if problems.iter().any(|problem| problem.severity == Severity::Error) {
            return Err(OpenError {
                path: None,
                refusal: crate::file::opened::Refusal::Invalid,
                problems,
            });
        }
        // That nothing has an excerpt is no news for such a file, and kept attributes were told.
        problems.retain(|problem| {
            !problem.message.ends_with("has no excerpt")
                && !problem.message.starts_with("unknown key")
        });
        problems.splice(..0, remarks);
        Ok(Opened { map, contents: Contents::Imported(format), warnings: problems })
    }

    /// Adds the ends of ties that are not listed.
    fn add_unlisted(&mut self) {
        let count = self.edges.len();
        self.edges.retain(|edge| !edge.from.trim().is_empty() && !edge.to.trim().is_empty());
        if self.edges.len() < count {
            let lost = crate::model::words::counted(count - self.edges.len(), "tie");
            self.remark(format!("{lost} without two actors left out"));
        }
        let are_listed = !self.nodes.is_empty();
        let mut added = Vec::new();
        for edge in &mut self.edges {
            let speakers = edge.said.iter_mut().map(|said| &mut said.speaker);
            let speakers = speakers.filter(|speaker| !speaker.trim().is_empty());
            for end in [&mut edge.from, &mut edge.to].into_iter().chain(speakers) {
                *end = end.trim().to_owned();
                if !self.nodes.contains_key(end.as_str()) {
                    added.push(end.clone());
                    self.nodes.insert(end.clone(), Node::default());
                }
            }
        }
        if are_listed && !added.is_empty() {
            let mut names: Vec<&str> =
                added.iter().take(NAMED_AT_MOST).map(String::as_str).collect();
            if added.len() > NAMED_AT_MOST {
                names.push("…");
            }
            let words = format!(
                "ties name {} that the file does not list; added: {}",
                crate::model::words::counted(added.len(), "actor"),
                names.join(", ")
            );
            self.remark(words);
        }
    }

    /// Tells which attributes have no place in a map.
    fn tell_kept(&mut self) {
        let of_nodes = self.nodes.values().flat_map(|node| node.more.keys());
        let of_edges = self.edges.iter().flat_map(|edge| edge.more.keys());
        let all = of_nodes.chain(of_edges).filter(|name| !OWN.contains(&name.as_str()));
        let mut names: Vec<&String> = all.collect();
        names.sort_unstable();
        names.dedup();
        if !names.is_empty() {
            let more = if names.len() > KEPT_NAMED_AT_MOST { ", …" } else { "" };
            let quoted: Vec<String> = names
                .iter()
                .take(KEPT_NAMED_AT_MOST)
                .map(|name| format!("“{}”", name.trim()))
                .collect();
            let words = format!(
                "kept with their actors and ties, without a place in a map: {}{more}",
                quoted.join(", ")
            );
            self.remark(words);
        }
    }

    /// The factor from the coordinates of the file to map units.
    #[expect(clippy::cast_precision_loss, reason = "a number of actors")]
    fn scale(&self) -> f64 {
        if self.is_own {
            return 1.0;
        }
        let places: Vec<(f64, f64)> = self.nodes.values().filter_map(|node| node.at).collect();
        let extent = |of: fn(&(f64, f64)) -> f64| {
            let low = places.iter().map(of).fold(f64::INFINITY, f64::min);
            places.iter().map(of).fold(f64::NEG_INFINITY, f64::max) - low
        };
        let (width, height) = (extent(|at| at.0), extent(|at| at.1));
        let long = width.max(height);
        if places.len() < 2 || !long.is_finite() || long <= 0.0 {
            return 1.0;
        }
        // Of actors in a row, the other side counts as a tenth.
        let area = long * width.min(height).max(long * 0.1);
        let spacing = (area / places.len() as f64).sqrt();
        if USUAL_SPACING.contains(&spacing) { 1.0 } else { SPACING / spacing }
    }

    fn actor(&self, id: ActorId, node: &Node) -> Actor {
        let name = node.name.trim();
        let name = if name.is_empty() { id.as_str() } else { name };
        let mut more = node.more.clone();
        let mut own = |name: &str| Some(taken(&mut more, &[name])).filter(|text| !text.is_empty());
        let inside = node.inside.clone().or_else(|| own("part_of"));
        let inside = inside.filter(|whole| self.nodes.contains_key(whole.as_str()));
        let aliases = own("aliases").map(|all| all.split('|').map(str::to_owned).collect());
        let (short, weight) = (own("short"), own("weight"));
        Actor {
            short,
            weight: weight.and_then(|weight| weight.parse().ok()),
            name: name.to_owned(),
            kind: Some(kind_key(&node.kind))
                .filter(|kind| !kind.is_empty())
                .map_or_else(ActorKind::default, Into::into),
            note: node.note.trim().into(),
            aliases: aliases.unwrap_or_default(),
            part_of: inside.map(|whole| Box::new(ActorId::from(whole.as_str()))),
            extra: kept(&more),
            id,
            ..Actor::default()
        }
    }

    fn tie(edge: &Edge, id: RelationId, is_signed: bool) -> Relation {
        let (from, to) = match edge.direction {
            Direction::Backward => (&edge.to, &edge.from),
            Direction::Forward | Direction::None => (&edge.from, &edge.to),
        };
        let mut more = edge.more.clone();
        let by_weight = edge.weight.filter(|_| is_signed).map(|weight| match weight {
            weight if weight < 0.0 => Stance::Hostile,
            weight if weight > 0.0 => Stance::Cooperative,
            _ => Stance::Neutral,
        });
        let stance = stance_of(&edge.stance).or(by_weight).unwrap_or(Stance::Neutral);
        let mut own = |name: &str| taken(&mut more, &[name]);
        let (strength, status) = (own("strength"), key_of(&own("status")));
        let (channel, confidence) = (key_of(&own("channel")), key_of(&own("confidence")));
        let [asserted_by, contested_by] = ["asserted_by", "contested_by"]
            .map(own)
            .map(|id| Some(id).filter(|id| !id.is_empty()).map(|id| Box::new(ActorId::from(id))));
        let strength = strength.parse().ok().and_then(Strength::new);
        let is_strength = |weight: f64| {
            strength.is_some_and(|own| (weight - f64::from(own.value())).abs() < f64::EPSILON)
        };
        if let Some(weight) = edge.weight.filter(|weight| !is_strength(*weight)) {
            more.insert("weight".to_owned(), Value::from(weight));
        }
        let mut date = |name: &str, text: &str| {
            let text = text.trim();
            let date = date_of(text);
            if date.is_none() && !text.is_empty() {
                more.insert(name.to_owned(), Value::from(text));
            }
            date
        };
        let (start, end) = (date("start", &edge.start), date("end", &edge.end));
        Relation {
            directed: edge.direction != Direction::None,
            kind: kind_key(&edge.kind).into(),
            note: edge.note.trim().into(),
            strength: strength.unwrap_or_default(),
            status: status.unwrap_or_default(),
            channel,
            confidence,
            asserted_by,
            contested_by,
            start,
            end,
            extra: kept(&more),
            ..Relation::new(id, from.as_str().into(), to.as_str().into(), stance)
        }
    }
}

/// An id for each tie: its own, or `r1`, `r2`; where one occurs twice, with a number.
fn ids_of(edges: &[Edge]) -> Vec<RelationId> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let id = |(number, edge): (usize, &Edge)| {
        let own = edge.id.trim();
        let own = if own.is_empty() { format!("r{}", number + 1) } else { own.to_owned() };
        let mut id = own.clone();
        loop {
            let count = taken.entry(id.clone()).or_insert(0);
            *count += 1;
            if *count == 1 {
                return RelationId::from(id);
            }
            id = format!("{own}.{count}");
        }
    };
    edges.iter().enumerate().map(id).collect()
}

/// The strength of each tie: the rank of its absolute weight among all, in four steps. `None` if
/// the weights do not differ. Ranks that are whole numbers up to 5 are strengths already.
fn strengths(edges: &[Edge]) -> Vec<Option<Strength>> {
    let direct: Vec<Option<Strength>> =
        edges.iter().map(|edge| edge.rank.and_then(own_strength)).collect();
    let has_ranks = edges.iter().any(|edge| edge.rank.is_some());
    if has_ranks
        && edges.iter().zip(&direct).all(|(edge, own)| edge.rank.is_none() || own.is_some())
    {
        return direct;
    }
    let weight =
        |edge: &Edge| edge.rank.or(edge.weight).map(f64::abs).filter(|weight| weight.is_finite());
    let mut all: Vec<f64> = edges.iter().filter_map(weight).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    let strength = |edge: &Edge| {
        let rank = all.partition_point(|other| *other < weight(edge).unwrap_or(0.0));
        let last = all.len().checked_sub(1).filter(|last| *last > 0)?;
        weight(edge)?;
        Strength::new(u8::try_from(1 + rank * 4 / last).ok()?)
    };
    edges.iter().map(strength).collect()
}

/// A whole number from 0 to 5 as a strength.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 5")]
fn own_strength(rank: f64) -> Option<Strength> {
    let is_whole = rank.fract() == 0.0 && (0.0..=f64::from(Strength::MAX)).contains(&rank);
    if is_whole { Strength::new(rank as u8) } else { None }
}
