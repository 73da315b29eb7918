//! What the viewer knows besides the pictures: actors, ties with their excerpts, sources, and what
//! is in each view. Only what some view shows is in it.

use serde::Serialize;

use crate::export::picture::Picture;
use crate::model::citation::isolated;
use crate::model::query::Index;
use crate::model::{
    ActorIndex, Evidence, LineIndex, Map, PerActor, PerRelation, PerSource, Relation, SourceIndex,
    Status,
};
use crate::scene::line_words;
use crate::scene::page::title;
use crate::scene::picture::edge::Route;

/// All that is written as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Data {
    is_dark: bool,
    actors: Vec<ActorData>,
    ties: Vec<TieData>,
    sources: Vec<SourceData>,
    views: Vec<ViewData>,
}

#[derive(Serialize)]
struct ActorData {
    name: String,
    /// Short name and aliases, for the search.
    names: String,
    kind: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    excerpts: Vec<ExcerptData>,
}

#[derive(Serialize)]
struct TieData {
    from: usize,
    to: usize,
    arrow: &'static str,
    directed: bool,
    stance: &'static str,
    status: &'static str,
    facts: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
    excerpts: Vec<ExcerptData>,
}

#[derive(Serialize)]
struct ExcerptData {
    words: String,
    source: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
struct SourceData {
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

#[derive(Serialize)]
struct ViewData {
    title: String,
    text: String,
    about: String,
    /// In reading order.
    actors: Vec<usize>,
    lines: Vec<LineData>,
    /// The lines that stand out.
    focus: Vec<usize>,
}

#[derive(Serialize)]
struct LineData {
    ends: [usize; 2],
    arrow: &'static str,
    words: String,
    ties: Vec<usize>,
    /// Where it begins and ends on the picture, for a line of several ties.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<[f32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<[f32; 2]>,
}

/// The numbers of what is written, by index in the map.
pub(super) struct Known {
    pub actors: PerActor<Option<usize>>,
    ties: PerRelation<Option<usize>>,
    sources: PerSource<Option<usize>>,
}

impl Known {
    /// Numbers the ties that some picture shows, their actors, and the sources that they cite.
    pub fn of(map: &Map, pictures: &[&Picture<'_>]) -> Self {
        let Some(index) = pictures.first().map(|picture| &picture.index) else {
            let sources = PerSource::new();
            return Self { actors: PerActor::new(), ties: PerRelation::new(), sources };
        };
        let mut ties: PerRelation<bool> = vec![false; map.relations.len()].into();
        let mut actors: PerActor<bool> = vec![false; map.actors.len()].into();
        let mut sources: PerSource<bool> = vec![false; map.sources.len()].into();
        for picture in pictures {
            picture.shown.ties().iter().for_each(|tie| ties[*tie] = true);
            picture.shown.actors().for_each(|actor| actors[actor] = true);
        }
        let is_shown = ties.clone();
        let shown = map.relations.iter_enumerated().filter(|(tie, _)| is_shown[*tie]);
        for (tie, relation) in shown {
            let ends = index.ends(tie).into_iter().flat_map(|(from, to)| [from, to]);
            ends.for_each(|end| actors[end] = true);
            cited(index, &relation.evidence).for_each(|source| sources[source] = true);
        }
        for (at, actor) in map.actors.iter_enumerated() {
            if actors[at] {
                cited(index, &actor.evidence).for_each(|source| sources[source] = true);
            }
        }
        Self {
            actors: numbered(actors.raw).into(),
            ties: numbered(ties.raw).into(),
            sources: numbered(sources.raw).into(),
        }
    }
}

fn cited<'a>(index: &'a Index, evidence: &'a [Evidence]) -> impl Iterator<Item = SourceIndex> + 'a {
    evidence.iter().filter_map(|excerpt| index.source(&excerpt.source))
}

/// Numbers the entries that are true.
fn numbered(wanted: Vec<bool>) -> Vec<Option<usize>> {
    let mut next = 0;
    let number = |is_wanted: bool| {
        is_wanted.then(|| {
            next += 1;
            next - 1
        })
    };
    wanted.into_iter().map(number).collect()
}

impl Data {
    /// What is known about the map and these pictures of it.
    pub fn of(
        map: &Map,
        pictures: &[&Picture<'_>],
        known: &Known,
        has_texts: bool,
        is_dark: bool,
    ) -> Self {
        let index = pictures.first().map(|picture| &*picture.index);
        let Some(index) = index else {
            let (actors, ties) = (Vec::new(), Vec::new());
            return Self { is_dark, actors, ties, sources: Vec::new(), views: Vec::new() };
        };
        let say = Say { map, index, known };
        let actors = map.actors.iter_enumerated().filter(|(at, _)| known.actors[*at].is_some());
        let actors = actors.map(|(_, actor)| ActorData {
            name: actor.name.clone(),
            names: actor.short.iter().chain(&actor.aliases).cloned().collect::<Vec<_>>().join(" "),
            kind: actor.kind.words(),
            note: actor.note.to_string(),
            excerpts: say.excerpts(&actor.evidence, None),
        });
        let ties = map.relations.iter_enumerated().filter(|(at, _)| known.ties[*at].is_some());
        let sources = map.sources.iter_enumerated();
        let sources = sources.filter(|(at, _)| known.sources[*at].is_some());
        let sources = sources.map(|(_, source)| SourceData {
            words: [
                source.title.clone(),
                source.byline(),
                source.date.map_or(String::new(), crate::model::PartialDate::long_words),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
            url: source.url.clone().filter(|url| is_web_address(url)),
            text: source.text.clone().filter(|_| has_texts),
        });
        Self {
            is_dark,
            actors: actors.collect(),
            ties: ties.filter_map(|(at, tie)| say.tie(index.ends(at)?, tie)).collect(),
            sources: sources.collect(),
            views: pictures.iter().map(|picture| view(picture, known)).collect(),
        }
    }
}

/// True for addresses that a browser opens as pages; others could run a script.
fn is_web_address(url: &str) -> bool {
    let start = url.trim_start().to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

/// Puts ties and excerpts into words.
struct Say<'a> {
    map: &'a Map,
    index: &'a Index,
    known: &'a Known,
}

impl Say<'_> {
    fn excerpts(&self, evidence: &[Evidence], tie: Option<&Relation>) -> Vec<ExcerptData> {
        let data = |excerpt: &Evidence| {
            let speaker = excerpt
                .speaker
                .as_deref()
                .or(tie.and_then(|tie| tie.asserted_by.as_deref()))
                .map(|id| isolated(self.index.name(self.map, id)).into_owned());
            Some(ExcerptData {
                words: excerpt.excerpt.to_string(),
                source: self.known.sources[self.index.source(&excerpt.source)?]?,
                place: excerpt.locator(),
                speaker,
                note: excerpt.note.to_string(),
            })
        };
        evidence.iter().filter_map(data).collect()
    }

    fn tie(&self, ends: (ActorIndex, ActorIndex), tie: &Relation) -> Option<TieData> {
        let name = |id| isolated(self.index.name(self.map, id)).into_owned();
        let mut facts = vec![tie.stance.words().to_owned()];
        facts.extend(tie.kind.words());
        let status = match (tie.status, &tie.asserted_by) {
            (Status::Claimed, Some(by)) => format!("claimed by {}", name(by)),
            (status, _) => status.words().to_owned(),
        };
        facts.push(status);
        facts.extend(tie.confidence.map(|confidence| format!("{} confidence", confidence.words())));
        facts.extend(tie.period());
        facts.extend(tie.contested_by.as_deref().map(|by| format!("contested by {}", name(by))));
        Some(TieData {
            from: self.known.actors[ends.0]?,
            to: self.known.actors[ends.1]?,
            arrow: if tie.directed { "→" } else { "↔" },
            directed: tie.directed,
            stance: tie.stance.key(),
            status: tie.status.key(),
            facts: facts.join(" · "),
            note: tie.note.to_string(),
            excerpts: self.excerpts(&tie.evidence, Some(tie)),
        })
    }
}

fn view(picture: &Picture<'_>, known: &Known) -> ViewData {
    let (map, shown) = (picture.map, &picture.shown);
    let step = picture.page.parts.step.as_ref();
    let (zoom, shift) = picture.placing();
    let row = |actor: &ActorIndex| {
        let at = picture.scene.bodies.get(*actor).map_or(shift, |body| body.centre * zoom + shift);
        // In rows of about the height of a shape with its name.
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a page")]
        let row = (at.y / ROW_PX).floor() as i64;
        (row, at.x)
    };
    let mut actors: Vec<ActorIndex> = shown.actors().collect();
    actors.sort_by(|a, b| {
        let (a, b) = (row(a), row(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    let routes: foldhash::HashMap<LineIndex, Route> =
        picture.scene.routes.iter().copied().collect();
    let lines = shown.lines();
    let line = |at: LineIndex| {
        let ties = lines.ties(at);
        let line = lines.get(at)?;
        let end = |t: f32| {
            let at = routes.get(&at).filter(|_| ties.len() > 1)?.at(t) * zoom + shift;
            Some([at.x, at.y].map(|value| (value * 10.0).round() / 10.0))
        };
        let one = || map.relations.get(*ties.first()?).map(|tie| (tie.stance, tie.status));
        let words = match one().filter(|_| ties.len() == 1) {
            Some((stance, status)) => format!("{}, {}", stance.words(), status.key()),
            None => line_words::counts(map, ties),
        };
        Some(LineData {
            ends: [known.actors[line.ends[0]]?, known.actors[line.ends[1]]?],
            arrow: line.arrow(),
            words,
            ties: ties.iter().filter_map(|tie| known.ties[*tie]).collect(),
            from: end(0.0),
            to: end(1.0),
        })
    };
    let bright = &picture.page.view.emphasis.bright_relations;
    let mut focus: Vec<usize> =
        bright.iter().filter_map(|tie| Some(lines.line_of(*tie)?.get())).collect();
    focus.sort_unstable();
    focus.dedup();
    ViewData {
        title: title::page_heading(map, step).to_owned(),
        text: step.map_or_else(String::new, |step| step.text.clone()),
        about: title::subheading(map, shown, &picture.page.view, step),
        actors: actors.into_iter().filter_map(|actor| known.actors[actor]).collect(),
        lines: lines.list().keys().filter_map(line).collect(),
        focus,
    }
}

/// Height of a row in the reading order, in pixels.
const ROW_PX: f32 = 90.0;
