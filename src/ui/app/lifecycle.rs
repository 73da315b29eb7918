//! What waits for what: questions before something is closed or replaced, saves before it, and
//! closing the window.

use crate::ui::dialogs::questions::Then;

/// How the window goes on. There is never more than one thing that waits.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Lifecycle {
    /// Nothing waits.
    #[default]
    Running,
    /// A save is to end first; if it succeeds, this follows.
    Saving(Then),
    /// The window closes when the work that it told about has ended, or at this time.
    ClosingAfterWork {
        /// In seconds of egui's clock; `None` waits as long as the work takes.
        at_the_latest: Option<f64>,
    },
    /// The window closes in this frame; unsaved changes were saved or given up.
    Closing,
}

impl Lifecycle {
    /// What was to follow a save that has ended, if something was; afterwards nothing waits.
    pub fn take_then(&mut self) -> Option<Then> {
        match std::mem::take(self) {
            Self::Saving(then) => Some(then),
            other => {
                *self = other;
                None
            }
        }
    }

    /// Whatever was to follow a save does not: it was cancelled or failed.
    pub fn give_up(&mut self) {
        drop(self.take_then());
    }
}
