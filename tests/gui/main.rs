//! The window
