//! Everything that can be done to a map.

use crate::geometry::Point;
use crate::model::{
    Actor, ActorId, Element, Evidence, Map, Meta, Relation, RelationId, Source, SourceId,
};

/// What the window may ask of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Put actors elsewhere; one step, however many they are.
    Move(Vec<(ActorId, Point)>),
    /// The same under another verb for the step: `aligning`. Pinned actors stay where they are.
    Align(&'static str, Vec<(ActorId, Point)>),
    /// An automatic arrangement, after which the view follows. Pinned actors stay where they are.
    Arrange(Vec<(ActorId, Point)>),
    /// Everything of another map, moved by a way; what it is called changes where the ids are
    /// taken.
    Paste(Box<Map>, Point),
    /// Automatic arrangements leave pinned actors where they are.
    Pin(Vec<ActorId>, bool),
    /// A new actor at a place; its id must be new.
    AddActor(Box<Actor>, Point),
    /// A new tie between two actors of the map; its id must be new.
    AddRelation(Box<Relation>),
    /// A new source; its id must be new.
    AddSource(Box<Source>),
    /// A new excerpt behind an actor or a relation; always a step of its own.
    AddExcerpt(Element, Box<Evidence>),
    /// The actor with this id becomes this one. The words name the field, and typing in one field
    /// is one step.
    SetActor(Box<Actor>, &'static str),
    /// The relation with this id becomes this one.
    SetRelation(Box<Relation>, &'static str),
    /// The source with this id becomes this one.
    SetSource(Box<Source>, &'static str),
    /// What the map says of itself.
    SetMeta(Box<Meta>, &'static str),
    /// An actor gets another id, everywhere; it must be new.
    RenameActor(ActorId, ActorId),
    /// A relation gets another id.
    RenameRelation(RelationId, RelationId),
    /// A source gets another id, everywhere.
    RenameSource(SourceId, SourceId),
    /// Excerpts, by owner and number, become these; one step, under a name.
    PlaceExcerpts(&'static str, Vec<(Element, usize, Evidence)>),
    /// The map becomes another one, under a name for the step: an earlier version, say.
    Become(&'static str, Box<Map>),
    /// Actors go with their ties.
    Delete(Vec<Element>),
    /// A source goes with every excerpt from it.
    DeleteSource(SourceId),
}
