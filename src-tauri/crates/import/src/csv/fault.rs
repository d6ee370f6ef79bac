//! Errors that affect a whole file.

use std::io;

use super::column::Column;
use registrar_spreadsheet as spreadsheet;
use registrar_spreadsheet::Unusable;

/// Why a file can't be imported, or not to its end.
#[derive(Debug)]
pub enum Fault {
    /// It has changed during reading, or between the plan and the job.
    Changed,
    /// Its first line is longer than any plausible list of headings.
    FirstLineTooLong,
    /// It couldn't be opened or read.
    Io(io::Error),
    /// No column is the user name.
    NoHeadings {
        /// The first line, or only its shape if it may contain a password.
        first_line: String,
    },
    /// There is nothing after the headings.
    OnlyHeadings,
    /// Its plan was compared with a list that is now too old.
    Outdated,
    /// It is larger than the limit.
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// It has too many columns.
    TooManyColumns {
        /// The minimum number that it has.
        columns: usize,
    },
    /// It has too many rows.
    TooManyRows,
    /// Two of its columns may have the same meaning.
    TwoColumns {
        /// What they may be.
        column: Column,
        /// The heading of one.
        one: String,
        /// The heading of the other.
        other: String,
    },
    /// It isn't text.
    Unusable(Unusable),
}

impl From<spreadsheet::Error> for Fault {
    fn from(error: spreadsheet::Error) -> Self {
        match error {
            spreadsheet::Error::Changed => Self::Changed,
            spreadsheet::Error::Io(error) => Self::Io(error),
            spreadsheet::Error::TooLarge { bytes } => Self::TooLarge { bytes },
            spreadsheet::Error::Unusable(unusable) => Self::Unusable(unusable),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        spreadsheet::Error::from(error).into()
    }
}
