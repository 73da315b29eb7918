//! Allegiance: maps of who stands with whom, with the words behind every line.
//!
//! # What flows
//!
//! ```text
//! bytes ──file──▶ Map ──edit──▶ Map'      commands change it, history turns them round
//!                  │
//!                  ├──evidence (with the sources' texts)──▶ where each excerpt stands
//!                  ├──layout──▶ positions
//!                  ▼
//!        scene::build(map, positions, view, theme, measure) ──▶ Scene
//!                  │                                              │
//!                  ui: one mesh and words on the screen     export: PNG, SVG, PDF
//! ```
//!
//! One scene feeds the window and the exports, so the picture in a file is the picture on the
//! screen.
//!
//! # Who may know whom
//!
//! Imports run downward only; `tests/core/architecture.rs` reads the sources and fails on one that
//! does not.
//!
//! ```text
//! main ▸ cli, ui ▸ export, edit ▸ file ▸ scene, layout, evidence ▸ model ▸ geometry, text, progress
//! ```
//!
//! Kept apart, never in one struct: what is said (`model`), where it is placed (`model::Layout`,
//! `layout`), how it is looked at (`scene::View`, `edit::Selection`, the camera), and what is
//! derived (`model::query`, `scene`).
//!
//! Only `ui` names egui, only `ui/canvas/graph.rs` `egui_graphs`, only `ui/dialogs.rs` rfd.

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
