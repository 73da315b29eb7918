//! Which parts of a page are wanted.

/// The parts of a page around the map; each can be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each part is there or not")]
pub struct Parts {
    /// The message, or the title where there is none.
    pub title: bool,
    /// The line below it: title, as-of date, sources, and how many of the ties are shown.
    pub about: bool,
    pub legend: bool,
    pub marking: bool,
    /// The map's caveat, or that all of it rests on one source.
    pub caveat: bool,
    /// That positions are a layout choice.
    pub position: bool,
    pub author: bool,
    /// When and from which file the picture was made, in words; empty where nobody asked.
    pub made: String,
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
        }
    }
}

impl Parts {
    /// The map and nothing around it.
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
        }
    }
}
