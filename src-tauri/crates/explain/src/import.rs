//! The words for a file that cannot be imported, for its rows, and for the job that carries them out.

pub mod job;
pub mod outcome;
pub mod row;
#[cfg(test)]
mod sentences;
pub mod warning;

use std::io::ErrorKind;

use super::words::Words;
use crate::{FailureKind, RecoveryOption};
use registrar_import::csv::{Column, Fault, Unusable};
use registrar_jobs::Wording;

/// The words of a job's result file.
pub const RESULT: Wording = Wording {
    outcome: outcome::word,
    problem: row::kept,
    reason: outcome::sentence,
};

const SAVE_AS_CSV: &str =
    "Open it in the program that made it, save it as 'CSV UTF-8', and choose that file.";
const SPLIT: &str = "Split it into several files, and import one after the other.";

/// Returns the words for a file that can't be imported.
#[must_use]
pub fn words(fault: &Fault) -> Words {
    let say = |sentence: &str, causes: &[&str], next: &str, ways: &[RecoveryOption]| {
        Words::new(FailureKind::Invalid, sentence, causes, next, ways)
    };
    match fault {
        Fault::Changed => say(
            "The file was changed since it was read.",
            &[
                "Somebody is working on it, or another program was still writing it.",
                "It is being copied or synchronized.",
            ],
            "Nothing was sent. When it is finished, read it again.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::FirstLineTooLong => say(
            "The first line is too long for headings.",
            &[
                "The file has no line ends.",
                "A quotation mark in the first line is never closed.",
                "It is no CSV file.",
            ],
            "Look at its first line in a text editor, or save a file to start from.",
            &[],
        ),
        Fault::Io(error) => unread(error.kind(), &error.to_string()),
        Fault::NoHeadings { first_line } => say(
            "No column of the file is named as the user name.",
            &[&format!("The first line is: {first_line}.")],
            "Give the file a first line with headings, such as 'User name', 'Realm' and 'Password'. \
             You can save a file to start from.",
            &[],
        ),
        Fault::OnlyHeadings => say(
            "There are no rows in the file.",
            &["Only its headings were found, or blank lines."],
            "Put a row for each SIP credential behind the headings, and choose the file again.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::Outdated => say(
            "The list that the file was compared with is too old by now.",
            &["More than 15 minutes have passed, and somebody may have changed the account."],
            "Nothing was sent. Read the file again, which compares it with a fresh list.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::TooLarge { bytes } => say(
            &format!(
                "The file is too large: {} MB, and 1,000 MB are read at most.",
                bytes / 1_000_000
            ),
            &["It may be another file than the one that was meant."],
            SPLIT,
            &[],
        ),
        Fault::TooManyColumns { columns } => say(
            &format!("The file has more than 256 columns: at least {columns}."),
            &["It may be another file than the one that was meant."],
            "Keep the columns for user name, domain, realm, password or hashes, and voice \
             application, and take the others out.",
            &[],
        ),
        Fault::TooManyRows => say(
            "The file has more than a million rows.",
            &["It may be another file than the one that was meant."],
            SPLIT,
            &[],
        ),
        Fault::TwoColumns { column, one, other } => say(
            &format!(
                "Two columns may be the {}: '{one}' and '{other}'.",
                name(*column)
            ),
            &["Which one is right cannot be told from their headings."],
            "Rename or take out the other one, and choose the file again.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::Unusable(unusable) => no_text(*unusable),
    }
}

fn no_text(unusable: Unusable) -> Words {
    let say = |sentence: &str, cause: &str, next: &str| {
        Words::new(FailureKind::Invalid, sentence, &[cause], next, &[])
    };
    match unusable {
        Unusable::Binary => say(
            "This file is no text.",
            "It is of another kind, such as a picture or an archive.",
            SAVE_AS_CSV,
        ),
        Unusable::Directory => say(
            "This is a folder, not a file.",
            "A folder was chosen or dropped here.",
            "Choose the CSV file in it.",
        ),
        Unusable::Empty => say(
            "The file is empty.",
            "It may not have been saved yet, or it is still being copied.",
            "Save it with its headings and rows, and choose it again.",
        ),
        Unusable::Special => say(
            "This is no ordinary file.",
            "It is a device or a pipe.",
            "Choose a CSV file.",
        ),
        Unusable::Utf32 => say(
            "The file is written in UTF-32, which is not read here.",
            "Few programs write it.",
            SAVE_AS_CSV,
        ),
        Unusable::Workbook => say(
            "This is a workbook of a spreadsheet program, not a CSV file.",
            "A workbook holds sheets and formats; only its rows are needed.",
            "Open it there, choose 'Save as' and 'CSV UTF-8', and choose that file.",
        ),
    }
}

fn unread(kind: ErrorKind, system: &str) -> Words {
    let say = |sentence: &str, cause: &str, next: &str| {
        let again = [RecoveryOption::TryAgain];
        Words::new(FailureKind::Storage, sentence, &[cause], next, &again)
    };
    if kind == ErrorKind::NotFound {
        say(
            "The file is not there.",
            "It was moved, renamed or deleted, or its drive was taken out.",
            "Choose it at its new place.",
        )
    } else if kind == ErrorKind::PermissionDenied {
        say(
            "You may not read this file.",
            "It belongs to another user, or another program holds it.",
            "Close it in the other program, or copy it to your own folder and choose the copy.",
        )
    } else {
        say(
            "The file could not be read.",
            &format!("The system said: {system}."),
            "Copy it to this computer, and choose the copy.",
        )
    }
}

fn name(column: Column) -> &'static str {
    match column {
        Column::Application => "voice application",
        Column::Domain => "domain",
        Column::Hash1 => "Hash1",
        Column::Hash1b => "Hash1b",
        Column::Password => "password",
        Column::Realm => "realm",
        Column::UserName => "user name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_file_has_its_own_words() {
        let faults = sentences::faults();

        let told: Vec<Words> = faults.iter().map(words).collect();

        let sentences: std::collections::HashSet<_> =
            told.iter().map(|words| &words.sentence).collect();
        assert_eq!(sentences.len(), faults.len(), "no two share a sentence");
        for words in told {
            assert!(!words.causes.is_empty(), "{words:?}");
            let texts = words.causes.iter().chain([&words.sentence, &words.next]);
            for text in texts {
                assert!(text.ends_with('.'), "{text}");
            }
        }
    }
}
