//! The words for what was asked of the app and not done: canceled, too late, or not possible.

use super::words::Words;
use super::{Failure, FailureKind, FieldProblem, RecoveryOption};

/// Returns the words for what the person stopped before anything was changed.
#[must_use]
pub fn canceled() -> Words {
    Words {
        sentence: "Stopped.".to_owned(),
        causes: Vec::new(),
        next: "Nothing was changed. Start again when you like.".to_owned(),
        kind: FailureKind::Cancelled,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for what somebody else changed meanwhile: nothing was sent. `differences` are
/// whole sentences.
#[must_use]
pub fn changed(differences: &[String]) -> Words {
    Words {
        sentence: "Somebody else changed this SIP credential meanwhile.".to_owned(),
        causes: Vec::new(),
        next: format!(
            "{} Nothing was sent. The list shows it as it is by now: look at it, and start \
             again if that is still what you want.",
            differences.join(" ")
        ),
        kind: FailureKind::Refused,
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns the words for a clipboard that took nothing.
#[must_use]
pub fn clipboard() -> Words {
    Words {
        sentence: "The clipboard did not take it.".to_owned(),
        causes: vec!["Another program may hold it, or the system has none.".to_owned()],
        next: "Press Copy again, or press Show and type it.".to_owned(),
        kind: FailureKind::Storage,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for a print dialog that did not open.
#[must_use]
pub fn printing() -> Words {
    Words {
        sentence: "The system opened no print dialog.".to_owned(),
        causes: vec!["No printing is set up on this computer.".to_owned()],
        next: "Save the sheet as a file, and print that from another program.".to_owned(),
        kind: FailureKind::Storage,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for what was stopped on the way. `done` says in whole sentences what was done.
#[must_use]
pub fn stopped(done: String) -> Words {
    Words {
        sentence: "Stopped on the way.".to_owned(),
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

/// Returns the words for so many fields that need another value.
pub(super) fn invalid_words(fields: usize) -> Words {
    Words {
        sentence: match fields {
            1 => "One field needs another value.".to_owned(),
            many => format!("{many} fields need another value."),
        },
        causes: Vec::new(),
        next: "Nothing was changed by it. Correct it and go on.".to_owned(),
        kind: FailureKind::Invalid,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for what Bandwidth keeps otherwise than it was sent. `differences` are whole
/// sentences.
#[must_use]
pub fn kept_otherwise(differences: &[String]) -> Words {
    Words {
        sentence: "Bandwidth took it, but keeps something else than was sent.".to_owned(),
        causes: Vec::new(),
        next: format!(
            "{} Try it once more. If it stays so, send Bandwidth support this sentence and the \
             user name.",
            differences.join(" ")
        ),
        kind: FailureKind::Refused,
        recovery_options: vec![RecoveryOption::TryAgain],
    }
}

/// Returns the words for what may or may not have come about. `done` says in whole sentences what is
/// known and what to do.
#[must_use]
pub fn lost(done: String) -> Words {
    Words {
        sentence: "That did not come to an end that is known.".to_owned(),
        causes: vec!["An answer on the way was lost.".to_owned()],
        next: done,
        kind: FailureKind::Unreachable,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for a check that is to be saved and has not ended.
#[must_use]
pub fn no_check() -> Words {
    Words {
        sentence: "There is no check to save.".to_owned(),
        causes: vec!["No check of this credential has ended since it was opened.".to_owned()],
        next: "Press Check now. When it has ended, save it.".to_owned(),
        kind: FailureKind::Invalid,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for what belongs to another step than the open one.
#[must_use]
pub fn out_of_step() -> Words {
    Words {
        sentence: "That does not belong to the step that is open.".to_owned(),
        causes: vec!["The step was left before this was done.".to_owned()],
        next: "Go on with the step on the screen.".to_owned(),
        kind: FailureKind::Cancelled,
        recovery_options: Vec::new(),
    }
}

/// Returns the words for a list that is older than what a job did.
#[must_use]
pub fn outdated() -> Words {
    Words {
        sentence: "The list is older than what a job of this account did.".to_owned(),
        causes: vec![
            "A job gave SIP credentials other passwords, made, moved or deleted some.".to_owned(),
        ],
        next: "Nothing was sent. Refresh the list, and begin again from what it shows.".to_owned(),
        kind: FailureKind::Refused,
        recovery_options: Vec::new(),
    }
}
