//! Wording for requested actions that weren't performed: canceled, too late, or impossible.

use super::words::Words;
use super::{Failure, FailureKind, FieldProblem, RecoveryOption, number};

/// Returns the words for an action that was canceled before anything changed.
#[must_use]
pub fn canceled() -> Words {
    Words {
        sentence: "Canceled.".to_owned(),
        causes: Vec::new(),
        next: "Nothing has changed. You can start again at any time.".to_owned(),
        kind: FailureKind::Cancelled,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for a conflict with someone else's change: nothing was sent. `differences` are
/// whole sentences.
#[must_use]
pub fn changed(differences: &[String]) -> Words {
    Words {
        sentence: "Someone else changed this SIP credential in the meantime.".to_owned(),
        causes: Vec::new(),
        next: format!(
            "{} Nothing was sent. The list shows how it is now. If you still want the change, \
             start again.",
            differences.join(" ")
        ),
        kind: FailureKind::Refused,
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns the words for a clipboard that didn't accept the text.
#[must_use]
pub fn clipboard() -> Words {
    Words {
        sentence: "Couldn’t copy to the clipboard.".to_owned(),
        causes: vec![
            "Another program is using the clipboard, or this system doesn’t have one.".to_owned(),
        ],
        next: "Copy it again, or show it and type it by hand.".to_owned(),
        kind: FailureKind::Storage,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for a print dialog that didn't open.
#[must_use]
pub fn printing() -> Words {
    Words {
        sentence: "The print dialog didn’t open.".to_owned(),
        causes: vec!["Printing isn’t set up on this computer.".to_owned()],
        next: "Save the sheet as a file and print it from another program.".to_owned(),
        kind: FailureKind::Storage,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for an action that was stopped partway. `done` says in whole sentences what
/// was done.
#[must_use]
pub fn stopped(done: String) -> Words {
    Words {
        sentence: "Stopped partway.".to_owned(),
        causes: Vec::new(),
        next: done,
        kind: FailureKind::Cancelled,
        recovery_options: Vec::new(),
    }
}

/// Returns the failure of a form with these problems.
#[must_use]
pub fn invalid(problems: Vec<FieldProblem>) -> Failure {
    Failure {
        problems: problems.clone(),
        ..invalid_words(problems.len()).into()
    }
}

/// Returns the words for this number of invalid fields.
pub(super) fn invalid_words(fields: usize) -> Words {
    Words {
        sentence: match fields {
            1 => "1 field needs a different value.".to_owned(),
            many => format!(
                "{} fields need a different value.",
                number::grouped(many as u64)
            ),
        },
        causes: Vec::new(),
        next: "Nothing has changed. Fix this and try again.".to_owned(),
        kind: FailureKind::Invalid,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for values that Bandwidth stored differently. `differences` are whole
/// sentences.
#[must_use]
pub fn kept_otherwise(differences: &[String]) -> Words {
    Words {
        sentence: "Bandwidth saved different values from the ones sent.".to_owned(),
        causes: Vec::new(),
        next: format!(
            "{} Try once more. If it happens again, send this message and the user name to \
             Bandwidth support.",
            differences.join(" ")
        ),
        kind: FailureKind::Refused,
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns the words for an unknown outcome. `done` says in whole sentences what is known and what
/// to do.
#[must_use]
pub fn lost(done: String) -> Words {
    Words {
        sentence: "We couldn’t confirm whether this worked.".to_owned(),
        causes: vec!["An answer was lost on the way.".to_owned()],
        next: done,
        kind: FailureKind::Unreachable,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for saving a check when none has finished.
#[must_use]
pub fn no_check() -> Words {
    Words {
        sentence: "There’s no check to save.".to_owned(),
        causes: vec!["No check of this credential has finished since it was opened.".to_owned()],
        next: "Choose “Check now”, then save the check.".to_owned(),
        kind: FailureKind::Invalid,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for practice services that found no free port.
#[must_use]
pub fn no_port() -> Words {
    Words {
        sentence: "Practice couldn’t start on this computer.".to_owned(),
        causes: vec![
            "Another program uses the port that practice needs.".to_owned(),
            "Security software blocks it.".to_owned(),
        ],
        next: "Try again. If it still fails, restart the computer.".to_owned(),
        kind: FailureKind::Broken,
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns the words for a request that doesn't belong to the open step.
#[must_use]
pub fn out_of_step() -> Words {
    Words {
        sentence: "The step that this belongs to isn’t open anymore.".to_owned(),
        causes: vec![
            "The step was left, or another one was opened, before this was done.".to_owned(),
        ],
        next: "Continue with the step on the screen.".to_owned(),
        kind: FailureKind::Cancelled,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for a list that a job has made outdated.
#[must_use]
pub fn outdated() -> Words {
    Words {
        sentence: "A job has changed this account since the list was loaded.".to_owned(),
        causes: vec![
            "The job replaced passwords, or created, moved, or deleted SIP credentials.".to_owned(),
        ],
        next: "Nothing was sent. Refresh the list and start again from there.".to_owned(),
        kind: FailureKind::Refused,
        recovery_options: Vec::new(),
    }
}
