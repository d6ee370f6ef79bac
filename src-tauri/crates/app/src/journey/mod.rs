//! The way from nothing to a phone that rings.
//!
//! [`step`] says where one is and what moves one on, [`saved`] keeps that through a restart,
//! [`session`] does the work of each step, and [`screen`] says what the window draws.

pub mod saved;
pub(crate) mod screen;
pub mod session;
pub mod step;
