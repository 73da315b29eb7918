//! The user interface. The only folder that uses egui; it reads the document and changes it by
//! sending commands.

pub mod app;
mod canvas;
#[doc(hidden)]
pub mod dialogs;
pub mod panels;
pub mod requests;
mod settings;
#[doc(hidden)]
pub mod testing;
mod widgets;
mod window;
pub mod workspace;

pub use crate::edit::reading::Reading;
pub use app::{App, Setup};
pub use canvas::Canvas;
pub use dialogs::files::{Dialogs, Picked, Wanted};
pub use settings::Settings;
pub use widgets::style::install;
pub use window::{NoWindow, run};
