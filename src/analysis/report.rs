//! The table of analyses, one row each. A new analysis needs a row here and a function that makes
//! its report.

use super::camps::camps;
use super::graph::{Graph, Sign, graph_of};
use super::nearness::Nearer;
use crate::geometry::Point;
use crate::model::query::Index;
use crate::model::words::counted;
use crate::model::{Actor, ActorIndex, Element, Map, PerActorSlice};
use crate::progress::{Cancelled, Progress};

/// What an analysis looks at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub map: &'a Map,
    pub index: &'a Index,
    /// Position of each actor in map units.
    pub positions: &'a PerActorSlice<Point>,
}

/// One analysis.
#[derive(Debug)]
pub struct Analysis {
    /// Its name on the command line.
    pub key: &'static str,
    /// Its name in menus.
    pub text: &'static str,
    /// A description, for tooltips and `--help`.
    pub hint: &'static str,
    /// Names of the columns of its report.
    pub columns: &'static [&'static str],
    pub(super) run: fn(&Subject<'_>, &Progress) -> Result<Report, Cancelled>,
}

/// The result of an analysis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// One sentence.
    pub summary: String,
    pub rows: Vec<Row>,
    /// False if the result is an approximation, or the best of those tried.
    pub is_exact: bool,
}

/// One row of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The actors and ties it is about, to be highlighted on the map.
    pub elements: Vec<Element>,
    /// One per column.
    pub cells: Vec<String>,
}

impl PartialEq for Analysis {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Analysis {
    /// The analysis with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<&'static Self> {
        ANALYSES.iter().find(|analysis| analysis.key == key)
    }

    /// Runs it.
    ///
    /// # Errors
    /// If it was cancelled.
    pub fn run(&self, subject: &Subject<'_>, progress: &Progress) -> Result<Report, Cancelled> {
        (self.run)(subject, progress)
    }
}

/// Every analysis, the default first.
pub static ANALYSES: [Analysis; 2] = [
    Analysis {
        key: "camps",
        text: "Camps",
        hint: "Groups of actors with many friends and few enemies inside",
        columns: &["camp", "actors", "friendly pairs inside", "hostile pairs inside", "names"],
        run: report_camps,
    },
    Analysis {
        key: "nearness",
        text: "Nearness",
        hint: "How often an actor's friends are nearer to it on the map than its enemies",
        columns: &["actor", "friend nearer", "cases"],
        run: report_nearness,
    },
];

/// Seed of the search for camps: the same map gives the same camps.
const SEED: u64 = 1;

fn report_camps(subject: &Subject<'_>, progress: &Progress) -> Result<Report, Cancelled> {
    progress.check()?;
    let graph = graph_of(subject.map, subject.index);
    let camp_of = camps(&graph, SEED);
    let count = camp_of.iter().max().map_or(0, |last| last + 1);
    let mut members: Vec<Vec<ActorIndex>> = vec![Vec::new(); count];
    for (actor, camp) in camp_of.iter().enumerate() {
        members[*camp].push(actor.into());
    }
    let rows: Vec<Row> = members
        .iter()
        .enumerate()
        .filter(|(_, members)| members.len() > 1)
        .map(|(camp, members)| camp_row(subject, &graph.subgraph(members), camp, members))
        .collect();
    let alone = members.iter().filter(|members| members.len() == 1).count();
    let summary =
        format!("{}; {} in no camp.", counted(rows.len(), "camp"), counted(alone, "actor"));
    // The best division is not found for certain in reasonable time (it is NP-hard).
    Ok(Report { summary, rows, is_exact: false })
}

fn camp_row(subject: &Subject<'_>, inside: &Graph, camp: usize, members: &[ActorIndex]) -> Row {
    let pairs = |wanted: Sign| inside.pairs().filter(|(.., sign)| *sign == wanted).count();
    let actors: Vec<&Actor> =
        members.iter().filter_map(|actor| subject.map.actors.get(*actor)).collect();
    let names: Vec<&str> = actors.iter().map(|actor| actor.name.as_str()).collect();
    Row {
        elements: actors.iter().map(|actor| Element::Actor(actor.id.clone())).collect(),
        cells: vec![
            (camp + 1).to_string(),
            members.len().to_string(),
            pairs(Sign::Friend).to_string(),
            pairs(Sign::Enemy).to_string(),
            names.join("; "),
        ],
    }
}

fn report_nearness(subject: &Subject<'_>, progress: &Progress) -> Result<Report, Cancelled> {
    let graph = graph_of(subject.map, subject.index);
    let mut total = Nearer::default();
    let mut found = Vec::new();
    for (at, actor) in subject.map.actors.iter_enumerated() {
        progress.check()?;
        let nearer = Nearer::of_actor(&graph, &subject.positions.raw, at.get());
        total = total + nearer;
        if nearer.pairs > 0 {
            found.push((nearer, actor));
        }
    }
    // The actors that are placed worst come first.
    found.sort_by(|(a, _), (b, _)| a.share().total_cmp(&b.share()));
    let rows = found.into_iter().map(|(nearer, actor)| Row {
        elements: vec![Element::Actor(actor.id.clone())],
        cells: vec![actor.name.clone(), nearer.friends.to_string(), nearer.pairs.to_string()],
    });
    let summary =
        format!("Friends are nearer than enemies in {} of {} cases.", total.friends, total.pairs);
    Ok(Report { summary, rows: rows.collect(), is_exact: true })
}
