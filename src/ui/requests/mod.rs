//! Everything that panels, keys, the canvas and dialogs may ask for. `app/perform.rs` performs it,
//! in one place and in the order in which it was asked.

pub mod actions;

use std::ops::Range;
use std::path::PathBuf;

use self::actions::Action;
use crate::edit::{Command, Selection};
use crate::geometry::Point;
use crate::model::filter::Filter;
use crate::model::{ActorId, Element, Evidence, Paragraph, SourceId, Stance};
use crate::ui::panels::id::PanelId;

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A command of the menu.
    Act(Action),

    /// Change the map.
    Edit(Command),
    /// The next edit is a step of its own, even in the same field.
    SealStep,
    /// A new actor at a map point.
    AddActor(Point),
    /// A new tie from the first actor to the second.
    Connect(ActorId, ActorId),
    /// A new excerpt behind what is selected.
    Cite(Box<Evidence>),
    /// A new tie that an excerpt supports.
    AddTie {
        from: ActorId,
        to: ActorId,
        stance: Stance,
        evidence: Box<Evidence>,
    },
    /// A new actor, named by an excerpt that introduces it.
    AddNamedActor(Box<Evidence>),
    /// The excerpt with this number takes the words at a place of its source.
    PlaceExcerpt(Element, usize, Range<usize>),
    /// The labelled paragraphs of a source.
    SetParagraphs(SourceId, Vec<Paragraph>),

    /// Add what a text from the clipboard holds.
    Paste(String),

    Select(Selection),
    /// Select what was selected before.
    SelectPrevious,
    /// Select it and bring it into view.
    Focus(Element),
    /// Select it and open its fields.
    EditFields(Element),
    /// Show fields instead of evidence, or evidence instead of fields.
    ToggleEditing,
    /// The keyboard is where it was wanted.
    FocusTaken,

    /// Leave other ties out of the picture.
    SetFilter(Filter),
    /// The text of the search field changed.
    Search(String),
    /// Select the first hit of the search.
    SearchDone,
    Show(PanelId, bool),

    /// Show a place in a source's text.
    Read(SourceId, Range<usize>),
    /// Show the text of a source.
    ShowSource(SourceId),
    /// Ask for a text to attach to a source.
    AttachText(SourceId),
    /// Read the texts from their files again.
    ReloadTexts,

    /// Open a map file.
    Open(PathBuf),
    /// Ask where a table goes, and write it there: the bytes of a CSV file, or why there are none.
    SaveTable(Result<Vec<u8>, String>),
}

/// The requests of one frame, in order.
#[derive(Debug, Default)]
pub struct Requests(Vec<Request>);

impl Requests {
    /// Asks for something.
    pub fn push(&mut self, request: Request) {
        self.0.push(request);
    }

    /// Asks for a command of the menu.
    pub fn act(&mut self, action: Action) {
        self.push(Request::Act(action));
    }

    /// Asks for a change of the map.
    pub fn edit(&mut self, command: Command) {
        self.push(Request::Edit(command));
    }

    /// What was asked for.
    #[must_use]
    pub fn into_inner(self) -> Vec<Request> {
        self.0
    }

    /// What was asked for so far.
    #[must_use]
    pub fn as_slice(&self) -> &[Request] {
        &self.0
    }
}
