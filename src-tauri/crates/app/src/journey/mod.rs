//! The setup journey, from an empty account to a phone that rings.
//!
//! [`step`] defines the steps and the transitions between them, [`saved`] preserves them across
//! restarts, [`session`] does the work of each step, and [`screen`] decides what the window draws.

pub mod saved;
pub(crate) mod screen;
pub mod session;
pub mod step;
