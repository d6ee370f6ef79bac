//! Why practice can't continue, classified by what its caller can do about it.

use tokio::task::JoinError;

/// A failure of practice itself. Its services' error responses aren't failures.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A part of practice panicked.
    #[error("a part of practice panicked")]
    Broken,
    /// Practice is shutting down.
    #[error("practice is ending")]
    Ending,
    /// No port of this computer is free for a service.
    #[error("no port is free for practice")]
    NoPort(#[source] std::io::Error),
    /// A file isn't available.
    #[error(transparent)]
    Storage(#[from] registrar_storage::Error),
}

impl Error {
    /// Names the file that isn't available.
    pub(crate) fn storage(what: &'static str, source: std::io::Error) -> Self {
        Self::Storage(registrar_storage::Error { what, source })
    }

    /// Returns why a task has no outcome.
    pub(crate) fn of_task(error: &JoinError) -> Self {
        if error.is_cancelled() {
            Self::Ending
        } else {
            Self::Broken
        }
    }
}
