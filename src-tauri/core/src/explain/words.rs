//! What an explanation is made of.

use crate::ipc::{FailureKind, WayOn};

/// A failure in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// What happened, in one sentence.
    pub sentence: String,
    /// Why, likeliest first; more than one where they cannot be told apart.
    pub causes: Vec<String>,
    /// What to do next, in one sentence.
    pub next: String,
    /// What the window chooses by.
    pub kind: FailureKind,
    /// Buttons.
    pub ways_on: Vec<WayOn>,
}
