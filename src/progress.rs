//! How far a long work is, and whether somebody still wants it: shared by whoever works and whoever
//! waits.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use thiserror::Error;

/// Thousandths of the work.
const WHOLE: f32 = 1000.0;

/// Nobody wants the work any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("it was cancelled")]
pub struct Cancelled;

/// The state of one piece of work.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU32,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// Says how much is done, 0 to 1.
    ///
    /// # Errors
    /// When nobody wants the work any more.
    pub fn reach(&self, share: f32) -> Result<(), Cancelled> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
        self.done.store((share.clamp(0.0, 1.0) * WHOLE) as u32, Ordering::Relaxed);
        self.go_on()
    }

    /// Asks whether to go on.
    ///
    /// # Errors
    /// When nobody wants the work any more.
    pub fn go_on(&self) -> Result<(), Cancelled> {
        if self.is_cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// How much is done, 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1000")]
    pub fn share(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / WHOLE
    }

    /// Asks whoever works to stop.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}
