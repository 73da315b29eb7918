//! Allegiance: maps of who stands with whom, with the words behind every line.
//!
//! # Glossary
//!
//! - **Actor**: a party of the conflict, a node of the map.
//! - **Tie**, in the file format a *relation*: a line between two actors, hostile, cooperative,
//!   mixed or neutral, with a status (reported, claimed, inferred, forecast, hypothetical).
//! - **Source** and **excerpt**: a text, and the quoted words of it that support a tie or an actor.
//! - **Anchor**: where an excerpt was found in the text of its source, or how it differs.
//! - **Position**: where an actor is on the map, in map units. An **index** is a place in a list.
//! - **Coding**: making ties of the passages of a text.
//! - **Unassigned** excerpt: an imported quotation that waits to be assigned to an actor or a tie.
//! - **Plan**: how the rows and columns of a table are read (`file::tables`). A **preset** is a plan
//!   with a name; a **dyad** is two actors and a stance, to which events are gathered.
//! - **Camp**: a group of actors with many friends and few enemies inside.
//! - **Scene**: a map as drawing primitives, at one zoom. The **page** is what surrounds it: title,
//!   legend, notes, list of evidence.
//! - **Crowd**: how a large map is drawn when zoomed out. Its ties are counted in each pixel, its
//!   actors are dots (`scene::crowd`).
//! - **Still**: a picture that stands for the map in the window, drawn by the painter of the exports.
//! - **Step** of a briefing: a title, a few sentences, and how the map is looked at meanwhile
//!   (`model::BriefingStep`). An undo step is a `edit::Step`.
//! - **Document**: the open map with its history. Only commands to it change a map.
//! - **Version** of a document: equal only for the same document in the same state; the cache key
//!   for all derived data. The *content* version does not change when actors only move.
//! - **Request**: what a panel, key, dialog or the canvas asks the program to do. A **workspace**
//!   is everything that they can read. A **session** is the state that ends with the document.
//!
//! # Data flow
//!
//! ```text
//! bytes ──file──▶ Map ──edit──▶ Map'      commands change it, history reverses them
//!                  │
//!                  ├──evidence (with the texts of the sources)──▶ an anchor for each excerpt
//!                  ├──layout──▶ positions
//!                  ├──analysis──▶ reports
//!                  ▼
//!        scene(map, positions, view, theme, measure) ──▶ Scene
//!                  │                                       │
//!                  ui: meshes, text and stills             export: PNG, SVG, PDF, PPTX, HTML
//! ```
//!
//! The window and the exports use the same scene, so the picture in a file is the one on the
//! screen.
//!
//! # Modules
//!
//! Imports run downward only, and no two files import each other in a circle;
//! `tests/core/architecture.rs` resolves the imports of every file.
//!
//! ```text
//! main ▸ cli, ui ▸ export, edit ▸ file, draw, layout ▸ scene, evidence, analysis ▸ model
//!      ▸ geometry, text, progress, random, named
//! ```
//!
//! Kept apart, never in one struct: what the map says (`model`), where its actors are
//! (`model::Layout`, `layout`), how it is looked at (`scene::view`, `edit::Selection`, the camera),
//! and derived data (`model::query`, `scene`).
//!
//! egui is used only in `ui`, `egui_graphs` only in `ui/canvas/graph.rs`, rfd only in
//! `ui/dialogs/files.rs`.

pub mod analysis;
pub mod cli;
pub mod draw;
pub mod edit;
pub mod evidence;
pub mod export;
pub mod file;
pub mod geometry;
pub mod layout;
pub mod model;
pub mod named;
pub mod progress;
pub mod random;
pub mod scene;
pub mod text;
pub mod ui;
