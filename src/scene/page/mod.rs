//! The page around the map: title, legend, marking, notes and the list of evidence, and the camera
//! that fits the map between them. All in page pixels.

mod content;
pub mod corners;
pub mod evidence_list;
pub mod fit;
pub mod furniture;
pub mod legend;
pub mod parts;
pub mod title;
pub mod withheld;
