//! Errors concerning a job's own files.

use std::io;

/// Why something can't be done with a job, sorted by what can be done about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A part of the app panicked. What was under way is looked up when the job goes on.
    #[error("a part of the app panicked")]
    Broken,
    /// The runtime ended before it was done.
    #[error("cancelled")]
    Cancelled,
    /// There is no such job, another copy of the app works on it, or it is at another point.
    #[error("out of step")]
    OutOfStep,
    /// The passwords file can't be written or read where it is: another place may do.
    #[error("the file of passwords could not be kept on this computer")]
    PasswordsFile(#[source] io::Error),
    /// A file of the job's folder can't be written or read.
    #[error(transparent)]
    Storage(#[from] registrar_storage::Error),
}

impl Error {
    /// Makes the error for a file of a job's folder. `what` names it in a fixed phrase.
    pub(super) fn storage(what: &'static str, source: io::Error) -> Self {
        Self::Storage(registrar_storage::Error { what, source })
    }

    /// Returns why a task that was spawned has no outcome: it panicked, or the runtime ends.
    pub(super) fn of_task(error: &tokio::task::JoinError) -> Self {
        if error.is_cancelled() {
            Self::Cancelled
        } else {
            Self::Broken
        }
    }
}
