//! Errors that affect a whole file.

use std::io;

use super::column::Column;
use registrar_spreadsheet as spreadsheet;
use registrar_spreadsheet::Unusable;

/// Why a file cannot be imported, or not any further.
#[derive(Debug)]
pub enum Fault {
    /// It was changed while it was read, or between the plan and the job.
    Changed,
    /// Its first line is longer than any list of headings.
    FirstLineTooLong,
    /// The system did not let it be opened or read.
    Io(io::Error),
    /// No column is named as the user name.
    NoHeadings {
        /// The first line, or its shape where it may hold a password.
        first_line: String,
    },
    /// There is nothing behind the headings.
    OnlyHeadings,
    /// Its plan was compared with a list that is too old by now.
    Outdated,
    /// It has more bytes than are read.
    TooLarge {
        /// How many it has.
        bytes: u64,
    },
    /// It has more columns than are read.
    TooManyColumns {
        /// How many it has at least.
        columns: usize,
    },
    /// It has more rows than are read.
    TooManyRows,
    /// Two of its columns may be the same thing.
    TwoColumns {
        /// What they may be.
        column: Column,
        /// The heading of one.
        one: String,
        /// The heading of the other.
        other: String,
    },
    /// It is no text.
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
