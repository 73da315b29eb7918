//! The selection and its evidence as plain text, for pasting into a document, mail or footnote.

use std::fmt::Write as _;

use super::Selection;
use crate::model::query::Index;
use crate::model::{Map, citation};

/// One line for each selected actor and tie, followed by an indented line for each of its excerpts
/// with speaker, paragraph and source; then the selected notes.
#[must_use]
pub fn cited(map: &Map, index: &Index, selection: &Selection) -> String {
    let mut text = String::new();
    for actor in
        selection.actors().filter_map(|id| index.actor(id)).filter_map(|at| map.actors.get(at))
    {
        let _ = writeln!(text, "{} ({})", actor.full_name(), actor.kind.words());
        for excerpt in &actor.evidence {
            let _ = writeln!(text, "    {}", citation::excerpt(map, index, excerpt, None));
        }
    }
    for relation in selection
        .relations()
        .filter_map(|id| index.relation(id))
        .filter_map(|at| map.relations.get(at))
    {
        let _ = writeln!(text, "{}", citation::tie(map, index, relation));
        for excerpt in &relation.evidence {
            let _ =
                writeln!(text, "    {}", citation::excerpt(map, index, excerpt, Some(relation)));
        }
    }
    for note in selection.notes().filter_map(|id| index.note(id)).filter_map(|at| map.notes.get(at))
    {
        let _ = writeln!(text, "Note: {}", note.text);
    }
    text
}
