//! Errors concerning a job's own files.

use std::io;

/// Why an operation on a job failed, classified by what can be done about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Part of the app panicked. Pending requests are looked up when the job is resumed.
    #[error("a part of the app panicked")]
    Broken,
    /// The runtime shut down first.
    #[error("cancelled")]
    Cancelled,
    /// There is no such job, another copy of the app is running it, or it is in another state.
    #[error("out of step")]
    OutOfStep,
    /// The password file can't be written or read at its place; another place may work.
    #[error("the file of passwords could not be kept on this computer")]
    PasswordsFile(#[source] io::Error),
    /// A file of the job's folder can't be written or read.
    #[error(transparent)]
    Storage(#[from] registrar_storage::Error),
}

impl Error {
    /// Creates the error for a file of a job's folder. `what` names it as a fixed phrase.
    pub(super) fn storage(what: &'static str, source: io::Error) -> Self {
        Self::Storage(registrar_storage::Error { what, source })
    }

    /// Returns why a spawned task has no result: it panicked, or the runtime is shutting down.
    pub(super) fn of_task(error: &tokio::task::JoinError) -> Self {
        if error.is_cancelled() {
            Self::Cancelled
        } else {
            Self::Broken
        }
    }
}
