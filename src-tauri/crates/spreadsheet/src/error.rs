//! Errors that affect a whole file.

use std::io;

/// Why a file can't be read, or not any further.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It was changed while it was read, or since.
    #[error("the file was changed")]
    Changed,
    /// The system did not let it be opened or read.
    #[error("the file could not be read")]
    Io(#[source] io::Error),
    /// It has more bytes than are read.
    #[error("the file has {bytes} bytes")]
    TooLarge {
        /// How many it has.
        bytes: u64,
    },
    /// It is no text.
    #[error("the file is no text: {0:?}")]
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

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        // A reader below has no other way to say it.
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

/// An error on its way through a reader.
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
