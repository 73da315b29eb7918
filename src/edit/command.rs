//! All changes that can be made to a map.

use crate::geometry::Point;
use crate::model::{
    Actor, ActorId, BriefingStep, Element, Evidence, Map, Meta, Note, NoteId, Relation, RelationId,
    Source, SourceId, ViewSettings,
};

/// A change to a document. Positions and offsets are in map units.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Moves actors to new positions, as one step.
    Move(Vec<(ActorId, Point)>),
    /// Moves actors and notes to new positions, as one step. Ties are ignored.
    MoveElements(Vec<(Element, Point)>),
    /// Like `Move`, with another verb in the name of the step, such as `align`. Pinned actors
    /// stay in place.
    Align(&'static str, Vec<(ActorId, Point)>),
    /// Applies an automatic layout; undo and redo then fit the view to the map. Pinned actors stay
    /// in place.
    Arrange(Vec<(ActorId, Point)>),
    /// Adds everything in another map, shifted by an offset. Elements whose id is taken get a new
    /// id.
    Paste(Box<Map>, Point),
    /// Pins (true) or unpins (false) actors. Automatic layouts leave pinned actors in place.
    Pin(Vec<ActorId>, bool),
    /// Adds an actor at a position; its id must be unused.
    AddActor(Box<Actor>, Point),
    /// Adds a tie between two actors of the map; its id must be unused.
    AddRelation(Box<Relation>),
    /// Adds actors at positions, and a tie, as one step; their ids must be unused.
    AddTie(Vec<(Actor, Point)>, Box<Relation>),
    /// Adds a note; its id must be unused.
    AddNote(Box<Note>),
    /// Adds a source; its id must be unused.
    AddSource(Box<Source>),
    /// Adds an excerpt to an actor or a relation; always a separate step.
    AddExcerpt(Element, Box<Evidence>),
    /// Replaces the actor that has the same id. The text names the changed field; consecutive
    /// changes to one field are merged into one step.
    SetActor(Box<Actor>, &'static str),
    /// Replaces the relation that has the same id; otherwise like `SetActor`.
    SetRelation(Box<Relation>, &'static str),
    /// Replaces the note that has the same id; otherwise like `SetActor`.
    SetNote(Box<Note>, &'static str),
    /// Moves the middle of a note to this `x` and sets its width. Always a separate step.
    ResizeNote(NoteId, f32, f64),
    /// Replaces the source that has the same id; otherwise like `SetActor`.
    SetSource(Box<Source>, &'static str),
    /// Replaces the metadata of the map; otherwise like `SetActor`.
    SetMeta(Box<Meta>, &'static str),
    /// Replaces the settings of the view, as a step with this name. Consecutive changes to what is
    /// typed into the filter are merged into one step.
    SetView(Box<ViewSettings>, &'static str),
    /// Replaces the steps of the briefing, as a step of the history with this name. Consecutive
    /// changes to the title or the text of one step are merged.
    SetSteps(Vec<BriefingStep>, &'static str),
    /// Changes the id of an actor (old, new) and all references to it. The new id must be unused.
    RenameActor(ActorId, ActorId),
    /// Changes the id of a relation (old, new). The new id must be unused.
    RenameRelation(RelationId, RelationId),
    /// Changes the id of a source (old, new) and all references to it. The new id must be unused.
    RenameSource(SourceId, SourceId),
    /// Replaces excerpts, each given by its owner and its index there. One step with this name.
    ReplaceExcerpts(&'static str, Vec<(Element, usize, Evidence)>),
    /// Assigns the waiting excerpt at this index to an actor or a tie.
    AssignExcerpt(usize, Element),
    /// Removes the waiting excerpt at this index.
    RemoveUnassigned(usize),
    /// Merges the second actor into the first.
    MergeActors(ActorId, ActorId),
    /// Replaces the whole map, for example with an earlier version. One step with this name.
    ReplaceMap(&'static str, Box<Map>),
    /// Deletes elements. The ties of a deleted actor are deleted too. Notes about what is deleted
    /// stay, without being about anything.
    Delete(Vec<Element>),
    /// Deletes a source and every excerpt from it.
    DeleteSource(SourceId),
}
