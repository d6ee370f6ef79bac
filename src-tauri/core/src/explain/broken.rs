//! The words for a mistake of the app's own.

use crate::ipc::{Failure, FailureKind, WayOn};

/// Returns what the window shows when a command broke before its end.
#[must_use]
pub fn failure() -> Failure {
    Failure {
        kind: FailureKind::Broken,
        sentence: "A part of the app broke before this came to its end.".to_owned(),
        causes: vec!["This is a mistake of the app, and nothing that you did wrong.".to_owned()],
        next: "Look whether it was done, then try again. Home has a report of it: it holds no \
               secret, and is sent to nobody unless you send it."
            .to_owned(),
        detail: None,
        problems: Vec::new(),
        ways_on: vec![WayOn::TryAgain],
    }
}

/// Returns what the window shows when something was asked for at a moment when it cannot be done.
#[must_use]
pub fn out_of_step() -> Failure {
    super::failure(&crate::Error::OutOfStep)
}
