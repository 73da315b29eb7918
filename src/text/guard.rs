//! Runs code of other crates that reads font files. Font files of the system can be damaged, and a
//! panic on the thread of the window would end the program.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// The result of `work`; `None` if it panics, which the log records.
pub fn guarded<T>(what: &str, work: impl FnOnce() -> T) -> Option<T> {
    let outcome = catch_unwind(AssertUnwindSafe(work));
    if outcome.is_err() {
        log::error!("{what} failed; it is left out");
    }
    outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_no_result() {
        assert_eq!(guarded("a sum", || 1 + 1), Some(2));
        assert_eq!(guarded("an error", || -> u8 { panic!("a damaged font") }), None);
    }
}
