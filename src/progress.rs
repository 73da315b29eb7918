//! Progress and cancellation of a long operation, shared by the worker thread and the window.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use thiserror::Error;

/// Stored value of a completed operation; progress is stored as an integer.
const WHOLE: f32 = 1000.0;

/// The operation was cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the operation was cancelled")]
pub struct Cancelled;

/// The progress of one operation and its cancellation flag.
#[derive(Debug, Default)]
pub struct Progress {
    /// Completed share, from 0 to `WHOLE`.
    done: AtomicU32,
    is_cancelled: AtomicBool,
}

impl Progress {
    /// Records the completed share, from 0 to 1.
    ///
    /// # Errors
    /// `Cancelled` if the operation was cancelled.
    pub fn reach(&self, share: f32) -> Result<(), Cancelled> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
        self.done.store((share.clamp(0.0, 1.0) * WHOLE) as u32, Ordering::Relaxed);
        self.check()
    }

    /// Checks for cancellation.
    ///
    /// # Errors
    /// `Cancelled` if the operation was cancelled.
    pub fn check(&self) -> Result<(), Cancelled> {
        if self.is_cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }

    /// The completed share, from 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1000")]
    pub fn share(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / WHOLE
    }

    /// Requests cancellation. The worker stops at its next check.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}
