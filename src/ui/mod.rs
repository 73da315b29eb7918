//! The user interface. The only folder that uses egui; it reads the document and changes it by
//! sending commands.

pub mod app;
mod canvas;
pub mod commands;
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

/// Smallest size of the window (width, height) in points, without its frame.
pub(crate) const MIN_SIZE: (f32, f32) = (480.0, 300.0);

pub use crate::edit::reading::Reading;
pub use app::{App, Setup};
pub use canvas::Canvas;
#[doc(hidden)]
pub use canvas::set_slow;
pub use dialogs::files::{Dialogs, Picked, Wanted};
pub use settings::Settings;
pub use widgets::style::install;
pub use window::{NoWindow, run};
