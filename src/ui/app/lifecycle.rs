//! What is pending: an action that follows a save, and closing the window.

use crate::ui::dialogs::questions::Then;

/// The pending action of the window, if any. There is never more than one.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Lifecycle {
    /// Nothing is pending.
    #[default]
    Running,
    /// A save is running; if it succeeds, this follows.
    Saving(Then),
    /// The window closes when the running jobs have ended, or at the given time.
    ClosingAfterWork {
        /// In seconds of egui's clock; `None` waits for the jobs without a limit.
        at_the_latest: Option<f64>,
    },
    /// The window is closing; unsaved changes were saved or discarded.
    Closing,
}

impl Lifecycle {
    /// Takes the action that follows a save, if one is pending. Other states are not changed.
    pub fn take_next(&mut self) -> Option<Then> {
        match std::mem::take(self) {
            Self::Saving(then) => Some(then),
            other => {
                *self = other;
                None
            }
        }
    }

    /// Drops the action that follows a save, because the save was cancelled or failed.
    pub fn give_up(&mut self) {
        drop(self.take_next());
    }
}
