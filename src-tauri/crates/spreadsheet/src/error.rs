//! Errors that affect a whole file.

use std::io;

/// Why a file can't be read, or not to its end.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It has changed during or since reading.
    #[error("the file was changed")]
    Changed,
    /// It couldn't be opened or read.
    #[error("the file could not be read")]
    Io(#[source] io::Error),
    /// It is larger than the limit.
    #[error("the file has {bytes} bytes")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// It isn't text.
    #[error("the file is no text: {0:?}")]
    Unusable(Unusable),
}

/// What a file is if it isn't text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// Binary data.
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

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        // A reader further down can return its error only in this form.
        match error.downcast::<Within>() {
            Ok(Within(error)) => *error,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<Unusable> for Error {
    fn from(unusable: Unusable) -> Self {
        Self::Unusable(unusable)
    }
}

/// Wraps an error to pass it through a reader.
#[derive(Debug, thiserror::Error)]
#[error("the file can't be read")]
struct Within(Box<Error>);

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        if let Error::Io(error) = error {
            error
        } else {
            Self::other(Within(Box::new(error)))
        }
    }
}
