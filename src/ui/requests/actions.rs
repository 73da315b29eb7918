//! Every command of the window in one table: its words, its key, what it does.

use eframe::egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::edit::align::Arrangement;

/// Something a person can tell the window to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    New,
    Open,
    OpenExample,
    Save,
    SaveAs,
    Versions,
    Export,
    CopyPicture,
    Screenshot,
    Quit,
    Undo,
    Redo,
    SelectAll,
    Clear,
    NewActor,
    Connect,
    Edit,
    Delete,
    Pin,
    Copy,
    CopyText,
    Cut,
    Paste,
    Duplicate,
    Align(Arrangement),
    Circle,
    ArrangeSigned,
    ArrangeStress,
    ArrangeConcentric,
    ArrangeTimeline,
    ArrangeLayers,
    SnapToLines,
    SnapToGrid,
    AddExcerpt,
    Fit,
    ZoomIn,
    ZoomOut,
    Search,
    Reader,
    Table,
    List,
    Filter,
    ShowAll,
    Outlook,
    Kinds,
    Membership,
    Theme,
    Problems,
    Keys,
    Evidence,
    LeaveCanvas,
    CancelWork,
}

/// How an action is shown and called.
pub struct About {
    pub action: Action,
    pub text: &'static str,
    pub key: KeyboardShortcut,
    pub hint: &'static str,
}

const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn row(
    action: Action,
    text: &'static str,
    key: KeyboardShortcut,
    hint: &'static str,
) -> About {
    About { action, text, key, hint }
}

/// In the order of the page of keys.
pub const TABLE: &[About] = &[
    row(Action::New, "New map", ctrl(Key::N), "Start an empty map"),
    row(
        Action::OpenExample,
        "Open the example",
        ctrl_shift(Key::O),
        "Open the map that comes with the program",
    ),
    row(Action::Open, "Open…", ctrl(Key::O), "Open a map file"),
    row(Action::SaveAs, "Save as…", ctrl_shift(Key::S), "Save the map in another file"),
    row(Action::Save, "Save", ctrl(Key::S), "Save the map"),
    row(
        Action::Versions,
        "Earlier versions…",
        plain(Key::F7),
        "What earlier saves of this file replaced",
    ),
    row(Action::Export, "Export…", ctrl(Key::E), "Save the picture as PNG, SVG or PDF"),
    row(
        Action::CopyPicture,
        "Copy the picture",
        ctrl_shift(Key::C),
        "Put what the map shows on the clipboard",
    ),
    row(
        Action::Screenshot,
        "Save a screenshot…",
        plain(Key::F12),
        "Save the whole window as it is as PNG",
    ),
    row(Action::Redo, "Redo", ctrl_shift(Key::Z), "Make the last undone step again"),
    row(Action::Undo, "Undo", ctrl(Key::Z), "Take the last step back"),
    row(Action::SelectAll, "Select all actors", ctrl(Key::A), "Select every actor"),
    row(
        Action::Clear,
        "Clear the selection",
        plain(Key::Escape),
        "Stop a long work, or else select nothing",
    ),
    row(
        Action::NewActor,
        "New actor",
        plain(Key::N),
        "Put a new actor into the middle of the view",
    ),
    row(
        Action::Connect,
        "New tie",
        plain(Key::T),
        "Tie the two selected actors, or the selected one to the next you click",
    ),
    row(
        Action::AddExcerpt,
        "New excerpt",
        plain(Key::X),
        "Add an excerpt to the selected actor or tie",
    ),
    row(
        Action::Edit,
        "Edit fields",
        plain(Key::F2),
        "Change the fields of what is selected, or of the map",
    ),
    row(
        Action::Delete,
        "Delete",
        plain(Key::Delete),
        "Delete what is selected; actors go with their ties",
    ),
    row(Action::Pin, "Pin", plain(Key::P), "Pin or unpin the selected actors"),
    row(Action::Copy, "Copy", ctrl(Key::C), "Copy what is selected, with the ties among it"),
    row(
        Action::CopyText,
        "Copy as text",
        ctrl_shift(Key::T),
        "Copy what is selected in words, with its citations",
    ),
    row(Action::Cut, "Cut", ctrl(Key::X), "Copy what is selected and delete it"),
    row(Action::Paste, "Paste", ctrl(Key::V), "Add what was copied, here or in another window"),
    row(Action::Duplicate, "Duplicate", ctrl(Key::D), "Add a copy of what is selected beside it"),
    row(
        Action::Align(Arrangement::Left),
        "Align left edges",
        ctrl_shift(Key::ArrowLeft),
        "Line the selected actors up",
    ),
    row(
        Action::Align(Arrangement::Right),
        "Align right edges",
        ctrl_shift(Key::ArrowRight),
        "Line the selected actors up",
    ),
    row(
        Action::Align(Arrangement::Top),
        "Align top edges",
        ctrl_shift(Key::ArrowUp),
        "Line the selected actors up",
    ),
    row(
        Action::Align(Arrangement::Bottom),
        "Align bottom edges",
        ctrl_shift(Key::ArrowDown),
        "Line the selected actors up",
    ),
    row(
        Action::Align(Arrangement::Centre),
        "Align in a column",
        ctrl_shift(Key::E),
        "One below the other",
    ),
    row(
        Action::Align(Arrangement::Middle),
        "Align in a row",
        ctrl_shift(Key::M),
        "One beside the other",
    ),
    row(
        Action::Align(Arrangement::Across),
        "Distribute across",
        ctrl_shift(Key::D),
        "Equal gaps from left to right",
    ),
    row(
        Action::Align(Arrangement::Down),
        "Distribute down",
        ctrl_shift(Key::B),
        "Equal gaps from top to bottom",
    ),
    row(
        Action::Align(Arrangement::MirrorAcross),
        "Mirror left and right",
        ctrl_shift(Key::J),
        "Swap the two sides",
    ),
    row(
        Action::Align(Arrangement::MirrorDown),
        "Mirror top and bottom",
        ctrl_shift(Key::I),
        "Swap top and bottom",
    ),
    row(
        Action::Align(Arrangement::TurnRight),
        "Turn right",
        ctrl_shift(Key::R),
        "Turn by 15 degrees",
    ),
    row(
        Action::Align(Arrangement::TurnLeft),
        "Turn left",
        ctrl_shift(Key::L),
        "Turn back by 15 degrees",
    ),
    row(
        Action::Align(Arrangement::Spread),
        "Spread",
        ctrl_shift(Key::P),
        "Push actors apart that lie on one another",
    ),
    row(
        Action::Align(Arrangement::Grid),
        "Put on the grid",
        ctrl_shift(Key::G),
        "Each to the nearest point of the grid",
    ),
    row(
        Action::Circle,
        "Arrange on a circle",
        ctrl_shift(Key::K),
        "Camp beside camp on a circle; the selected actors, or all",
    ),
    row(
        Action::ArrangeConcentric,
        "Arrange on rings",
        ctrl_shift(Key::U),
        "Those with most ties in the middle; the selected actors, or all",
    ),
    row(
        Action::ArrangeTimeline,
        "Arrange by date",
        ctrl_shift(Key::Y),
        "From left to right by the first date of their ties; the selected actors, or all",
    ),
    row(
        Action::ArrangeLayers,
        "Arrange in layers",
        ctrl_shift(Key::H),
        "Wholes above, their parts below; the selected actors, or all",
    ),
    row(
        Action::ArrangeSigned,
        "Arrange by friends and enemies",
        ctrl_shift(Key::A),
        "Friends near, enemies far; the selected actors, or all",
    ),
    row(
        Action::ArrangeStress,
        "Arrange by ties alone",
        ctrl_shift(Key::N),
        "Near where there are few ties between, whatever the ties say",
    ),
    row(
        Action::SnapToLines,
        "Snap to other actors",
        plain(Key::L),
        "While dragging, line up with other actors; Ctrl sets free",
    ),
    row(
        Action::SnapToGrid,
        "Snap to the grid",
        plain(Key::G),
        "While dragging, keep to the grid; Ctrl sets free",
    ),
    row(Action::Fit, "Fit", plain(Key::F), "Show the whole map"),
    row(Action::ZoomIn, "Zoom in", plain(Key::Plus), "Come closer"),
    row(Action::ZoomOut, "Zoom out", plain(Key::Minus), "Step back"),
    row(Action::Search, "Search", ctrl(Key::F), "Find actors, ties and excerpts"),
    row(Action::Reader, "Source text", plain(Key::R), "Show or hide the text of the source"),
    row(
        Action::Table,
        "Evidence table",
        plain(Key::F9),
        "Every excerpt of the map in a table, and back to the map",
    ),
    row(Action::List, "List of actors and ties", ctrl(Key::L), "Show or hide the list"),
    row(
        Action::Filter,
        "Filter…",
        ctrl_shift(Key::F),
        "Leave ties out of the picture by stance, status, strength, kind, date or words",
    ),
    row(Action::ShowAll, "Show all ties", ctrl_shift(Key::X), "Leave nothing out of the picture"),
    row(Action::Outlook, "Forecasts", ctrl(Key::H), "Show or hide what may happen"),
    row(
        Action::Kinds,
        "Words on the ties",
        ctrl(Key::K),
        "Say beside each line what the tie is about, where there is room",
    ),
    row(
        Action::Membership,
        "Tethers, areas or neither",
        ctrl(Key::M),
        "How it is shown that an actor is part of another",
    ),
    row(
        Action::Theme,
        "Light or dark",
        ctrl(Key::T),
        "Switch between the light and the dark theme",
    ),
    row(Action::Problems, "Warnings", plain(Key::F8), "What should be looked at in this map"),
    row(Action::Keys, "Keys", plain(Key::Questionmark), "All keys on one page"),
    row(
        Action::Evidence,
        "Read the evidence",
        plain(Key::Enter),
        "Go to the excerpts of what is selected",
    ),
    row(
        Action::LeaveCanvas,
        "Between map and panels",
        plain(Key::F6),
        "Move the keyboard from the map to the panels and back",
    ),
    row(
        Action::CancelWork,
        "Stop the work",
        ctrl(Key::Period),
        "Stop the work that the line at the bottom tells of",
    ),
    row(Action::Quit, "Quit", ctrl(Key::Q), "Close the window"),
];

/// What the mouse and the keys do inside the map, for the page of keys.
pub const ON_THE_MAP: &[(&str, &str)] = &[
    ("Drag an actor", "Move it; all selected actors move together"),
    ("Click", "Select an actor or a tie"),
    ("Shift+click, Ctrl+click", "Add to the selection, or take out of it"),
    ("Click on nothing", "Clear the selection"),
    ("Double-click", "On nothing: a new actor there; on an actor or tie: edit it"),
    ("Drag from the + beside it", "Draw a tie from the selected actor to another"),
    ("Right-click", "Everything that can be done there"),
    ("Drag on nothing", "Move the view"),
    ("Shift+drag on nothing", "Select the actors in a rectangle"),
    ("Wheel, pinch", "Zoom at the pointer"),
    ("Tab, Shift+Tab", "Next or previous actor, in reading order"),
    ("Alt+arrow", "Nearest actor in that direction; with Shift it joins the selection"),
    ("[ and ]", "Previous or next tie of the selected actor"),
    ("Arrow", "Move the selected actors by 1, with Shift by 10; else move the view"),
];

impl About {
    /// The key as it stands on the keyboard: `Ctrl+S`, `?`.
    #[must_use]
    pub fn key_words(&self, ctx: &Context) -> String {
        let key = self.key.logical_key;
        if self.is_plain() {
            key.symbol_or_name().to_owned()
        } else {
            ctx.format_shortcut(&self.key)
        }
    }

    /// Keys without Ctrl do nothing while a text is typed.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.key.modifiers.is_none()
    }
}

impl Action {
    /// The action's row.
    #[must_use]
    pub fn about(self) -> &'static About {
        // Every action has a row; a test walks through them.
        TABLE.iter().find(|about| about.action == self).unwrap_or(&TABLE[0])
    }
}
