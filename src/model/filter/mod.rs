//! The filter for ties. A setting of the view, not part of the content of a map. The window, the
//! titles of pictures and the command line use this one definition.

mod criteria;
pub mod saved;
pub mod settings;
mod words;

pub use criteria::{Criterion, Test};
pub use settings::{Filter, Fixed};
