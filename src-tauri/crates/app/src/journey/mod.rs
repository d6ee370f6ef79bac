//! The way from nothing to a phone that rings.
//!
//! [`step`] says where one is and what moves one on, [`saved`] keeps that through a restart,
//! [`guide`] does the work of each step, and [`screen`] says what the window draws.

pub mod guide;
pub mod saved;
pub(crate) mod screen;
pub mod step;
