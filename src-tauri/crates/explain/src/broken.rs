//! Wording for bugs of the app itself.

use super::words::Words;
use crate::{Failure, FailureKind, RecoveryOption};

const REPORT: &str = "Home has a report about the crash. It contains no secrets, and the app doesn’t \
                      send it to anyone.";

/// Returns what the window shows when a command panicked.
#[must_use]
pub fn failure() -> Failure {
    words(None).into()
}

/// Says that a part of the app panicked, and what was done before, if known, in whole sentences.
#[must_use]
pub fn words(done: Option<&str>) -> Words {
    let done = done.unwrap_or("See whether it was done, then try again.");
    Words {
        kind: FailureKind::Broken,
        sentence: "Part of the app crashed before this was finished.".to_owned(),
        causes: vec!["This is a bug in the app. You did nothing wrong.".to_owned()],
        next: format!("{done} {REPORT}"),
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns what the window shows for a request at the wrong moment.
#[must_use]
pub fn out_of_step() -> Failure {
    super::action::out_of_step().into()
}
