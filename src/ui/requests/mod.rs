//! The requests that panels, keys, the canvas and dialogs can make. `app/perform.rs` performs them
//! in the order in which they were made.

pub mod actions;
pub mod menu;

use std::ops::Range;
use std::path::PathBuf;

use self::actions::Action;
use crate::edit::{Command, Selection};
use crate::evidence::names::{Proposal, abbreviation};
use crate::geometry::Point;
use crate::model::actor::name_in;
use crate::model::filter::Filter;
use crate::model::{
    ActorId, Element, Evidence, Paragraph, Period, SourceId, Stance, Status, StepId, Strength,
};
use crate::ui::panels::id::PanelId;

/// One request to the application.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Perform a menu command.
    Act(Action),

    /// Change the map.
    Edit(Command),
    /// Make the next edit a separate undo step, even in the same field.
    SealStep,
    /// Add an actor at a map point.
    AddActor(Point),
    /// Add a note at a map point.
    AddNote(Point),
    /// Add a note about an actor or a tie, beside it.
    AddNoteAbout(Element),
    /// Add a tie from the first actor to the second.
    Connect(ActorId, ActorId),
    /// Add an excerpt to the selected actor or tie.
    Cite(Box<Evidence>),
    /// Add a tie with an excerpt, and the actors that it needs, as one step.
    AddTie(Box<NewTie>, Box<Evidence>),
    /// Add an actor with this name.
    AddProposed(Party),
    /// Add an actor that is named after the text of an excerpt.
    AddNamedActor(Box<Evidence>),
    /// Replace the text of an excerpt by a character range of its source. The number is its index
    /// in the evidence of the element.
    PlaceExcerpt(Element, usize, Range<usize>),
    /// Replace the list of paragraphs of a source.
    SetParagraphs(SourceId, Vec<Paragraph>),

    /// Add the map in a text from the clipboard.
    Paste(String),

    /// Replace the selection.
    Select(Selection),
    /// Draw each tie of the selected line as a line of its own, until something else is selected.
    ExpandLine,
    /// Show the lines of one pair and stance together again.
    CollapseLine,
    /// Fold (true) or unfold (false) a whole.
    Fold(ActorId, bool),
    /// Hide elements.
    Hide(Selection),
    /// Show an element again that is hidden, folded or left out.
    ShowAgain(Element),
    /// Select what is drawn for an element, and tell where it is.
    Locate(Element),
    /// Restore the selection before the current one.
    SelectPrevious,
    /// Select an element and bring it into view.
    Focus(Element),
    /// Select an element and open its fields.
    EditFields(Element),
    /// Switch the inspector between fields and evidence.
    ToggleEditing,
    /// Report that the requested widget has the keyboard focus.
    FocusTaken,

    /// Show only the ties that pass a filter, and forecasts and hypotheses if the flag is true.
    SetFilter(Box<Filter>, bool),
    /// Search for the text in the search field.
    Search(String),
    /// Select the first search result.
    SearchDone,
    /// Open (true) or close (false) a panel.
    Show(PanelId, bool),

    /// Show what a step of the briefing shows, and its fields.
    ShowStep(StepId),
    /// Replace what a step shows by what is on the screen.
    UpdateStep(StepId),

    /// Show a character range of a source's text.
    Read(SourceId, Range<usize>),
    /// Show a character range of a source's text and mark it.
    MarkWords(SourceId, Range<usize>),
    /// Show the text of a source from its start.
    ShowSource(SourceId),
    /// Show a message in the status line.
    Tell(String),
    /// Ask for a text file to attach to a source.
    AttachText(SourceId),
    /// Read the texts of the sources from their files again.
    ReloadTexts,

    /// Open a map file.
    Open(PathBuf),
    /// Ask for a file name and save a table as CSV. Holds the bytes, or an error message.
    SaveTable(Result<Vec<u8>, String>),
}

/// An actor of the map, or one that is still to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    Known(ActorId),
    New { name: String, short: Option<String>, note: String },
}

impl Party {
    /// An actor for a name in a text.
    #[must_use]
    pub fn proposed(proposal: &Proposal) -> Self {
        Self::New {
            name: proposal.name.clone(),
            short: proposal.short.clone().or_else(|| abbreviation(&proposal.name)),
            note: proposal.description.clone().unwrap_or_default(),
        }
    }

    /// A new actor with a name as typed, without a leading article.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let name = name_in(name);
        Self::New { short: abbreviation(&name), name, note: String::new() }
    }

    /// The id of an actor of the map.
    #[must_use]
    pub fn id(&self) -> Option<&ActorId> {
        match self {
            Self::Known(id) => Some(id),
            Self::New { .. } => None,
        }
    }
}

/// A tie that is still to be added, without its excerpt.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTie {
    pub from: Party,
    pub to: Party,
    pub stance: Stance,
    pub status: Status,
    /// The quoted actor; `None` for the author. In a claimed tie, it is also the claimant.
    pub speaker: Option<Party>,
    /// As in the list of kinds; empty for none.
    pub kind: String,
    pub strength: Strength,
    pub period: Period,
}

/// The requests of one frame, in order.
#[derive(Debug, Default)]
pub struct Requests(Vec<Request>);

impl Requests {
    /// Appends a request.
    pub fn push(&mut self, request: Request) {
        self.0.push(request);
    }

    /// Appends requests.
    pub fn extend(&mut self, requests: impl IntoIterator<Item = Request>) {
        self.0.extend(requests);
    }

    /// Appends a menu command.
    pub fn act(&mut self, action: Action) {
        self.push(Request::Act(action));
    }

    /// Appends an edit of the map.
    pub fn edit(&mut self, command: Command) {
        self.push(Request::Edit(command));
    }

    /// The requests, in order.
    #[must_use]
    pub fn into_inner(self) -> Vec<Request> {
        self.0
    }

    /// The requests so far, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Request] {
        &self.0
    }
}
