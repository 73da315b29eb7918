//! The application: one session, the panels around its canvas, and background jobs. `program.rs`
//! defines [`App`]; the other files implement it, one topic each.

mod answers;
mod arranging;
mod articles;
mod clipboard;
mod data;
mod doubles;
mod editing;
mod exporting;
mod external_changes;
mod files;
mod focus;
mod fonts;
mod importing;
pub mod jobs;
mod key_order;
mod keys;
mod lifecycle;
mod notes;
mod panels;
mod perform;
mod presentation;
mod presenting;
mod program;
mod recovery;
mod rejected_input;
mod results;
mod saving;
mod session;
mod setup;
mod showing;
mod sources;
mod steps;
mod stills;
mod window;

pub use program::App;
pub use setup::Setup;
