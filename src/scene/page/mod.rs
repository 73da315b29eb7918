//! What surrounds the map on a page: title, legend, marking, notes, the list of evidence; and the
//! camera that fits the map between them. In page pixels.

pub mod corners;
pub mod evidence_list;
pub mod fit;
pub mod furniture;
pub mod legend;
pub mod parts;
pub mod title;
