//! What can be wrong with a whole file.

use std::io;

use super::layout::Column;

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

/// What a file is that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Something that is no text.
    Binary,
    /// A folder.
    Directory,
    /// It has no bytes.
    Empty,
    /// A device, a pipe or the like.
    Special,
    /// UTF-32.
    Utf32,
    /// A spreadsheet's own format.
    Workbook,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        // A reader below has no other way to say it.
        match error.downcast::<Within>() {
            Ok(Within(fault)) => *fault,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<Unusable> for Fault {
    fn from(unusable: Unusable) -> Self {
        Self::Unusable(unusable)
    }
}

/// A fault on its way through a reader.
#[derive(Debug, thiserror::Error)]
#[error("the file cannot be imported")]
pub(super) struct Within(pub(super) Box<Fault>);

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        if let Fault::Io(error) = fault {
            error
        } else {
            Self::other(Within(Box::new(fault)))
        }
    }
}
