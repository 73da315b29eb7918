//! The content of a map: actors, relations, sources and excerpts.
//!
//! Pure data: no drawing, no file access, no clock. Code that needs those lives in other folders
//! and depends on this one.

pub mod actor;
pub mod briefing;
pub mod check;
pub mod citation;
pub mod date;
mod date_tokens;
pub mod element;
pub mod evidence;
mod extra;
pub mod filter;
pub mod ids;
pub mod indices;
pub mod map;
pub mod mentions;
pub mod note;
pub mod opening;
pub mod period;
pub mod problem;
pub mod query;
pub mod relation;
pub mod search;
pub mod typed_date;
pub mod view;
pub mod words;
pub mod written_date;

pub use actor::{Actor, ActorKind};
pub use briefing::{BriefingStep, StepCamera};
pub use date::PartialDate;
pub use element::Element;
pub use evidence::{Evidence, Letter, Paragraph, Source};
pub use extra::Extra;
pub use ids::{ActorId, NoteId, RelationId, SourceId, StepId};
pub use indices::{
    ActorIndex, LineIndex, NoteIndex, PerActor, PerActorSlice, PerLine, PerNote, PerRelation,
    PerRelationSlice, PerSource, RelationIndex, SourceIndex,
};
pub use map::{COORDINATE_LIMIT, FORMAT, Layout, Map, Meta, Placement, VERSION};
pub use mentions::MentionKey;
pub use note::Note;
pub use period::Period;
pub use problem::{Place, Problem, Severity, Step};
pub use relation::{Channel, Confidence, Relation, RelationKind, Stance, Status, Strength};
pub use typed_date::{DateError, TypedDate};
pub use view::ViewSettings;
