//! Failures in words that help: what happened, why, and what to do next.

pub mod keychain;
pub mod words;
