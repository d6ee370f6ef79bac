//! Wording for files that can't be imported, for their rows, and for the job that runs the import.

pub mod job;
pub mod outcome;
pub mod row;
#[cfg(test)]
mod sentences;
pub mod warning;

use std::io::ErrorKind;

use super::isolate::isolated;
use super::number::grouped;
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
    "Open it in the program that made it, save it as “CSV UTF-8”, and choose that file.";
const SPLIT: &str = "Split it into several files, and import them one after the other.";

/// Returns the words for a file that can't be imported.
#[must_use]
pub fn words(fault: &Fault) -> Words {
    let say = |sentence: &str, causes: &[&str], next: &str, ways: &[RecoveryOption]| {
        Words::new(FailureKind::Invalid, sentence, causes, next, ways)
    };
    match fault {
        Fault::Changed => say(
            "The file has changed since it was read.",
            &[
                "Someone is working on it, or another program is still writing it.",
                "It’s being copied or synchronized.",
            ],
            "Nothing was sent. Once the file is finished, refresh the plan.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::FirstLineTooLong => say(
            "The first line is too long for headings.",
            &[
                "The file has no line breaks.",
                "A quotation mark in the first line is never closed.",
                "It isn’t a CSV file.",
            ],
            "Open the file in a text editor to see its first line, or save a template.",
            &[],
        ),
        Fault::Io(error) => unread(error.kind(), &error.to_string()),
        Fault::NoHeadings { first_line } => say(
            "The file has no column for user names.",
            &[&format!("The first line is: {}.", isolated(first_line))],
            "Give the file a first line with headings, such as “User name”, “Realm”, and \
             “Password”. You can save a template.",
            &[],
        ),
        Fault::OnlyHeadings => say(
            "The file has no rows.",
            &["It has only headings or blank lines."],
            "Add a row for each SIP credential below the headings, and choose the file again.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::Outdated => say(
            "The list that the file was compared with is now too old.",
            &["More than 15 minutes have passed, and someone may have changed the account."],
            "Nothing was sent. Refresh the plan to compare the file with a current list.",
            &[RecoveryOption::TryAgain],
        ),
        Fault::TooLarge { bytes } => say(
            &format!(
                "The file is too large: {} MB. This app reads at most 1,000 MB.",
                grouped(bytes / 1_000_000)
            ),
            &["It may not be the file you meant."],
            SPLIT,
            &[],
        ),
        Fault::TooManyColumns { columns } => say(
            &format!(
                "The file has more than 256 columns: at least {}.",
                grouped(u64::try_from(*columns).unwrap_or(u64::MAX))
            ),
            &["It may not be the file you meant."],
            "Keep the columns for user name, domain, realm, password or hashes, and voice \
             application. Delete the others.",
            &[],
        ),
        Fault::TooManyRows => say(
            "The file has more than 1,000,000 rows.",
            &["It may not be the file you meant."],
            SPLIT,
            &[],
        ),
        Fault::TwoColumns { column, one, other } => say(
            &format!(
                "2 columns may be meant as “{}”: “{}” and “{}”.",
                name(*column),
                isolated(one),
                isolated(other)
            ),
            &["Their headings don’t show which one is right."],
            "Rename or delete the wrong one, and choose the file again.",
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
            "This isn’t a text file.",
            "It’s another kind of file, such as a picture or an archive.",
            SAVE_AS_CSV,
        ),
        Unusable::Directory => say(
            "This is a folder, not a file.",
            "A folder was chosen or dropped here.",
            "Choose the CSV file in the folder.",
        ),
        Unusable::Empty => say(
            "The file is empty.",
            "It hasn’t been saved yet, or it’s still being copied.",
            "Save it with its headings and rows, and choose it again.",
        ),
        Unusable::Special => say(
            "This isn’t an ordinary file.",
            "It’s a device or a pipe.",
            "Choose a CSV file.",
        ),
        Unusable::Utf32 => say(
            "The file is in the encoding UTF-32, which this app doesn’t read.",
            "The program that made it saves files in UTF-32.",
            SAVE_AS_CSV,
        ),
        Unusable::Workbook => say(
            "This is a spreadsheet workbook, not a CSV file.",
            "A workbook contains sheets and formatting. Only its rows are needed.",
            "Open it in the spreadsheet program, save it as “CSV UTF-8”, and choose that file.",
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
            "The file isn’t there.",
            "It was moved, renamed, or deleted, or its drive was removed.",
            "Choose the file where it is now.",
        )
    } else if kind == ErrorKind::PermissionDenied {
        say(
            "You don’t have permission to read this file.",
            "It belongs to another user, or another program is using it.",
            "Close it in the other program, or copy it to your own folder and choose the copy.",
        )
    } else {
        say(
            "The file couldn’t be read.",
            &format!("The system said: {system}."),
            "Copy it to this computer, and choose the copy.",
        )
    }
}

/// Returns the name of a column, as it stands between quotation marks.
fn name(column: Column) -> &'static str {
    match column {
        Column::Application => "Voice application",
        Column::Domain => "Domain",
        Column::Hash1 => "Hash1",
        Column::Hash1b => "Hash1b",
        Column::Password => "Password",
        Column::Realm => "Realm",
        Column::UserName => "User name",
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
