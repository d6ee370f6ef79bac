//! Errors that occur while a plan is made from a file.

use super::csv::Fault;
use registrar_jobs as jobs;
use registrar_spreadsheet as spreadsheet;

/// Why no plan could be made from a file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person canceled it. Nothing was sent.
    #[error("cancelled")]
    Cancelled,
    /// The file can't be imported as it is.
    #[error("the file cannot be imported")]
    File(Fault),
    /// The plan could not be written.
    #[error(transparent)]
    Plan(#[from] jobs::Error),
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::File(fault)
    }
}

impl From<spreadsheet::Error> for Error {
    fn from(error: spreadsheet::Error) -> Self {
        Self::File(error.into())
    }
}
