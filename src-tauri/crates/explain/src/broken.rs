//! The words for a mistake of the app's own.

use super::words::Words;
use crate::{Failure, FailureKind, RecoveryOption};

const REPORT: &str = "Home has a report of it: it holds no secret, and is sent to nobody unless you \
                      send it.";

/// Returns what the window shows when a command broke before its end.
#[must_use]
pub fn failure() -> Failure {
    words(None).into()
}

/// Says that a part of the app panicked, and what was done before, in whole sentences where that is
/// known.
#[must_use]
pub fn words(done: Option<&str>) -> Words {
    let done = done.unwrap_or("Look whether it was done, then try again.");
    Words {
        kind: FailureKind::Broken,
        sentence: "A part of the app broke before this came to its end.".to_owned(),
        causes: vec!["This is a mistake of the app, and nothing that you did wrong.".to_owned()],
        next: format!("{done} {REPORT}"),
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns what the window shows when something was asked for at a moment when it cannot be done.
#[must_use]
pub fn out_of_step() -> Failure {
    super::action::out_of_step().into()
}
