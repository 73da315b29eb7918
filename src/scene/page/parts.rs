//! The optional parts of a page.

/// The parts of a page around the map. True if the part is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each part is either drawn or not")]
pub struct Parts {
    /// The heading: the map's message, or its title if it has no message.
    pub title: bool,
    /// The line below the heading: title, as-of date, number of sources, and how many of the ties
    /// are shown.
    pub about: bool,
    pub legend: bool,
    pub marking: bool,
    /// The map's caveat, or else the note that everything rests on one source.
    pub caveat: bool,
    /// The note that positions are a layout choice.
    pub position: bool,
    pub author: bool,
    /// The note on file name and export date; empty for none.
    pub made: String,
    /// The title of a step, in place of the heading of the map, and its text below.
    pub step: Option<StepWords>,
}

/// The words of a step of a briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepWords {
    /// If it is empty, the heading of the map stays.
    pub title: String,
    pub text: String,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            title: true,
            about: true,
            legend: true,
            marking: true,
            caveat: true,
            position: true,
            author: true,
            made: String::new(),
            step: None,
        }
    }
}

impl Parts {
    /// The map with nothing around it.
    #[must_use]
    pub fn none() -> Self {
        Self {
            title: false,
            about: false,
            legend: false,
            marking: false,
            caveat: false,
            position: false,
            author: false,
            made: String::new(),
            step: None,
        }
    }
}
