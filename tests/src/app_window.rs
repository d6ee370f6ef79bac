//! The app window.
