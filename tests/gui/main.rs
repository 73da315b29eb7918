//! The window, driven by accessible names. Needs no display and no GPU.

mod canvas;
mod documents;
mod editing;
mod panels;
mod support;
