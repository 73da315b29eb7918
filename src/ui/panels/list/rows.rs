//! The rows of the list: actors, below an actor that is open its lines, below a line that is open
//! its ties; then all ties, and the notes on the map.

use std::collections::BTreeSet;

use crate::edit::ContentVersion;
use crate::model::words::{counted, shown_of};
use crate::model::{ActorIndex, LineIndex, NoteIndex, PerActor, RelationIndex, ViewSettings};
use crate::ui::workspace::Workspace;

/// A row of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    Heading(String),
    /// `depth` is 1 for a part below the whole that it is folded into.
    Actor {
        at: ActorIndex,
        depth: u8,
        /// Number of rows below it when it is open.
        inside: usize,
    },
    /// A line below one of its actors.
    Line {
        of: ActorIndex,
        line: LineIndex,
    },
    Tie {
        at: RelationIndex,
        depth: u8,
    },
    Note(NoteIndex),
    /// A place in a source text, by its index in the results of the search.
    Passage(usize),
}

/// What is open: actors, and lines by the actor that they are below and their first tie.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Open {
    pub actors: BTreeSet<ActorIndex>,
    pub lines: BTreeSet<(ActorIndex, RelationIndex)>,
}

/// What the rows depend on: content, settings, expanded ties, revealed actors, the search, what is
/// open, and the number of places that were found in source texts.
type Key = (ContentVersion, ViewSettings, Vec<RelationIndex>, Vec<ActorIndex>, String, Open, usize);

/// The rows, which are made again when something that they depend on has changed.
#[derive(Default)]
pub(super) struct Rows {
    pub list: Vec<Row>,
    made_for: Option<Key>,
}

impl Rows {
    pub fn refresh(&mut self, workspace: &Workspace<'_>, open: &Open) {
        let view = workspace.view;
        let is_same = self.made_for.as_ref().is_some_and(|made| {
            made.0 == workspace.document.version().content()
                && made.1 == view.settings
                && made.2 == view.expanded
                && made.3 == view.revealed
                && made.4 == workspace.search.text()
                && made.5 == *open
                && made.6 == workspace.search.passages().len()
        });
        if is_same {
            return;
        }
        self.list = rows(workspace, open);
        self.made_for = Some((
            workspace.document.version().content(),
            view.settings.clone(),
            view.expanded.clone(),
            view.revealed.clone(),
            workspace.search.text().to_owned(),
            open.clone(),
            workspace.search.passages().len(),
        ));
    }
}

fn rows(workspace: &Workspace<'_>, open: &Open) -> Vec<Row> {
    let (shown, search) = (workspace.shown, workspace.search);
    let (actors, ties) = (search.actors(), search.ties());
    let is_search = !search.text().trim().is_empty();
    let lines = lines_by_actor(workspace);
    let mut rows = vec![Row::Heading(counted(actors.len(), "actor"))];
    let mut add = |at: ActorIndex, depth: u8| {
        let inside = inside(workspace, at, open, &lines);
        rows.push(Row::Actor { at, depth, inside: inside.1 });
        rows.extend(inside.0);
    };
    for at in actors {
        match shown.drawn_for(*at) {
            // Below its whole.
            Some(by) if by != *at && !is_search => {}
            _ => {
                add(*at, 0);
                let parts = if is_search { Vec::new() } else { shown.folded_in(*at) };
                for part in parts {
                    add(part, 1);
                }
            }
        }
    }
    let visible = ties.iter().filter(|tie| shown.contains(**tie)).count();
    rows.push(Row::Heading(shown_of(visible, ties.len(), "tie")));
    rows.extend(ties.iter().map(|at| Row::Tie { at: *at, depth: 0 }));
    let notes = search.notes();
    if !notes.is_empty() {
        rows.push(Row::Heading(counted(notes.len(), "note")));
        rows.extend(notes.iter().map(|at| Row::Note(*at)));
    }
    let passages = search.passages().len();
    if passages > 0 {
        rows.push(Row::Heading(format!("{} in source texts", counted(passages, "place"))));
        rows.extend((0..passages).map(Row::Passage));
    }
    rows
}

/// The lines of each actor, in the order of their first ties.
fn lines_by_actor(workspace: &Workspace<'_>) -> PerActor<Vec<LineIndex>> {
    let mut lines: PerActor<Vec<LineIndex>> =
        vec![Vec::new(); workspace.document.map().actors.len()].into();
    for (at, line) in workspace.shown.lines().list().iter_enumerated() {
        let [from, to] = line.ends;
        lines[from].push(at);
        if to != from {
            lines[to].push(at);
        }
    }
    lines
}

/// The rows below an actor if it is open, and the number of its lines and of its ties that are not
/// drawn.
fn inside(
    workspace: &Workspace<'_>,
    at: ActorIndex,
    open: &Open,
    lines: &PerActor<Vec<LineIndex>>,
) -> (Vec<Row>, usize) {
    let (shown, index) = (workspace.shown, workspace.document.index());
    let own = lines.get(at).map_or(&[] as &[LineIndex], Vec::as_slice);
    let absent = || index.ties(at).iter().copied().filter(|tie| !shown.contains(*tie));
    let count = own.len() + absent().count();
    if !open.actors.contains(&at) {
        return (Vec::new(), count);
    }
    let mut rows = Vec::new();
    for line in own {
        rows.push(Row::Line { of: at, line: *line });
        let ties = shown.lines().ties(*line);
        if ties.first().is_some_and(|first| open.lines.contains(&(at, *first))) {
            rows.extend(ties.iter().map(|at| Row::Tie { at: *at, depth: 2 }));
        }
    }
    rows.extend(absent().map(|at| Row::Tie { at, depth: 1 }));
    (rows, count)
}
