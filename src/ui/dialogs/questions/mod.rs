//! Modal questions and information pages.

mod ask;
mod conflict;
mod pages;
mod question;

pub use ask::question_ui;
pub use question::{Answer, Conflicting, Question, Then};
