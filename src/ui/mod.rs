//! The window. The only folder that names egui; it reads the document and sends it commands.

mod access;
mod actions;
pub mod app;
mod canvas;
mod card;
mod dialogs;
mod editor;
mod export_window;
mod filter_panel;
mod form;
mod inspector;
mod jobs;
mod list;
mod modals;
mod more;
mod paint;
mod reader;
mod reading;
mod settings;
mod state;
mod status;
mod style;
mod table;
mod toolbar;
mod window;

pub use app::{App, Setup};
pub use canvas::{Canvas, Seen, Wish};
pub use dialogs::{Dialogs, Picked, Wanted};
pub use reading::Reading;
pub use settings::Settings;
pub use style::install;
pub use window::{NoWindow, run};
