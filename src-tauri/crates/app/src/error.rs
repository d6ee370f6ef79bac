//! The app's errors, classified by what a person can do about them.
//!
//! Their wording is in [`registrar_explain`], which `failure` calls for each.

use registrar_activity as activity;
use registrar_activity::Service;
use registrar_bandwidth::{discovery, new_realm};
use registrar_explain as explain;
use registrar_explain::FieldProblem;
use registrar_http as http;
use registrar_import as import;
use registrar_import::csv::Fault;
use registrar_jobs as jobs;
use registrar_keychain as keychain;

/// A failure of a core operation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Part of the app panicked.
    #[error("a part of the app panicked")]
    Broken {
        /// What was done before, in whole sentences, if known.
        done: Option<String>,
    },
    /// The person cancelled, or left the step.
    #[error("cancelled")]
    Cancelled,
    /// Someone else has changed what the person saw. Nothing was sent.
    #[error("somebody else changed it meanwhile")]
    Changed {
        /// The differences, in whole sentences.
        differences: Vec<String>,
    },
    /// The clipboard didn't accept the text.
    #[error("the clipboard failed")]
    Clipboard,
    /// A phone, or its file, can't hold these settings. Nothing was written.
    #[error("the phone can't be set up this way")]
    Phone(#[source] registrar_phones::Refusal),
    /// A file can't be served to a phone.
    #[error("the file can't be served")]
    NotServed(#[source] std::io::Error),
    /// The system didn't open a print dialog.
    #[error("printing failed")]
    Printing,
    /// The person canceled when something had already been done.
    #[error("stopped on the way")]
    Stopped {
        /// What was done and what wasn't, in whole sentences.
        done: String,
    },
    /// A file can't be imported, or not to its end. Nothing was sent.
    #[error("the file cannot be imported")]
    Import(Fault),
    /// This computer's DNS couldn't be queried, or returned nothing.
    #[error("this computer's DNS could not be asked")]
    Dns(#[source] registrar_user_agent::resolve::Failure),
    /// The input is invalid. Nothing was sent.
    #[error("what was typed cannot be used")]
    Invalid {
        /// One for each invalid field.
        problems: Vec<FieldProblem>,
    },
    /// The service accepted the request but stored something else.
    #[error("{service:?} keeps something else than it was sent")]
    KeptOtherwise {
        /// Who keeps it.
        service: Service,
        /// The differences from what was sent, in whole sentences.
        differences: Vec<String>,
    },
    /// A keychain operation failed.
    #[error("the keychain failed")]
    Keychain(#[from] keychain::Failure),
    /// What was requested didn't happen, or may not have; the sentences say which.
    #[error("the outcome is not known for certain")]
    Lost {
        /// What is known and what to do, in whole sentences.
        done: String,
    },
    /// There is no finished check whose messages could be saved.
    #[error("there is no check to save")]
    NoCheck,
    /// No port of this computer is free for practice.
    #[error("no port is free for practice")]
    NoPort(#[source] std::io::Error),
    /// A request that doesn't fit the journey's current step.
    #[error("out of step")]
    OutOfStep,
    /// A job has changed what the displayed list was loaded from.
    #[error("the list is older than what a job did")]
    Outdated,
    /// A job's password file couldn't be read or written.
    #[error("the file of passwords could not be kept on this computer")]
    PasswordsFile(#[source] std::io::Error),
    /// A request failed.
    #[error(transparent)]
    Http(http::Error),
    /// A file could not be read or written.
    #[error("{what} could not be kept on this computer")]
    Storage {
        /// What was being read or written, as a fixed phrase.
        what: &'static str,
        /// The system's error.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// Creates the error for one invalid field.
    #[must_use]
    pub fn field(field: &str, sentence: &str) -> Self {
        Self::Invalid {
            problems: vec![FieldProblem::new(field, sentence)],
        }
    }

    /// Returns why a spawned task has no result: it panicked, or the runtime is shutting down.
    #[must_use]
    pub(crate) fn of_task(error: &tokio::task::JoinError) -> Self {
        if error.is_cancelled() {
            Self::Cancelled
        } else {
            Self::Broken { done: None }
        }
    }

    /// Adds what was done before, if part of the app panicked.
    #[must_use]
    pub(crate) fn after(self, done: &str) -> Self {
        if !matches!(self, Self::Broken { .. }) {
            return self;
        }
        Self::Broken {
            done: Some(done.to_owned()),
        }
    }

    /// Returns whether the same request may well succeed a moment later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        if let Self::Dns(failure) = self {
            return failure.is_of_the_question();
        }
        self.of_http().is_some_and(http::Error::is_passing)
    }

    /// Returns whether the sign-in itself was refused, with what was sent for it.
    #[must_use]
    pub fn refuses_sign_in(&self) -> bool {
        self.of_http().is_some_and(http::Error::refuses_sign_in)
    }

    /// Returns whether the request may have been carried out although no complete response arrived:
    /// look up what it was to create before sending it again.
    #[must_use]
    pub fn answer_is_unknown(&self) -> bool {
        self.of_http().is_some_and(http::Error::answer_is_unknown)
    }

    /// Returns the service's own error number, if this is a refusal that has one.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        self.of_http().and_then(http::Error::code)
    }

    fn of_http(&self) -> Option<&http::Error> {
        if let Self::Http(error) = self {
            return Some(error);
        }
        None
    }
}

impl From<activity::Error> for Error {
    fn from(error: activity::Error) -> Self {
        match error {
            activity::Error::Broken => Self::Broken { done: None },
            activity::Error::Storage(error) => error.into(),
        }
    }
}

impl From<http::Error> for Error {
    fn from(error: http::Error) -> Self {
        if matches!(error, http::Error::Insecure) {
            return Self::Invalid {
                problems: vec![explain::request::insecure()],
            };
        }
        Self::Http(error)
    }
}

impl From<new_realm::Error> for Error {
    fn from(error: new_realm::Error) -> Self {
        match error {
            new_realm::Error::Http(error) => error.into(),
            new_realm::Error::Lost(name) => Self::Lost {
                done: explain::new_realm::lost(&name),
            },
            new_realm::Error::Stopped { realm, at } => Self::Stopped {
                done: explain::new_realm::stopped(&realm, at),
            },
        }
    }
}

impl From<discovery::Error> for Error {
    fn from(error: discovery::Error) -> Self {
        match error {
            discovery::Error::Dns(failure) => Self::Dns(failure),
            discovery::Error::Typed(problem) => {
                Self::field("address", explain::discovery::typed(problem))
            }
            discovery::Error::Unknown => Self::field("address", explain::discovery::UNKNOWN),
        }
    }
}

impl From<registrar_practice::Error> for Error {
    fn from(error: registrar_practice::Error) -> Self {
        match error {
            registrar_practice::Error::Broken => Self::Broken { done: None },
            registrar_practice::Error::Ending => Self::Cancelled,
            registrar_practice::Error::NoPort(source) => Self::NoPort(source),
            registrar_practice::Error::Storage(error) => error.into(),
        }
    }
}

impl From<registrar_phones::Refusal> for Error {
    fn from(refusal: registrar_phones::Refusal) -> Self {
        Self::Phone(refusal)
    }
}

impl From<registrar_storage::Error> for Error {
    fn from(error: registrar_storage::Error) -> Self {
        let registrar_storage::Error { what, source } = error;
        Self::Storage { what, source }
    }
}

impl From<jobs::Error> for Error {
    fn from(error: jobs::Error) -> Self {
        match error {
            jobs::Error::Broken => Self::Broken { done: None },
            jobs::Error::Cancelled => Self::Cancelled,
            jobs::Error::OutOfStep => Self::OutOfStep,
            jobs::Error::PasswordsFile(source) => Self::PasswordsFile(source),
            jobs::Error::Storage(error) => error.into(),
        }
    }
}

impl From<jobs::PlaceError> for Error {
    fn from(error: jobs::PlaceError) -> Self {
        match error {
            jobs::PlaceError::Problem(problem) => {
                Self::field("passwords", explain::import::job::place(problem))
            }
            jobs::PlaceError::Other(error) => error.into(),
        }
    }
}

impl From<import::Error> for Error {
    fn from(error: import::Error) -> Self {
        match error {
            import::Error::Cancelled => Self::Cancelled,
            import::Error::File(fault) => Self::Import(fault),
            import::Error::Plan(error) => error.into(),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Import(fault)
    }
}

impl From<registrar_spreadsheet::Error> for Error {
    fn from(error: registrar_spreadsheet::Error) -> Self {
        Self::Import(error.into())
    }
}

#[cfg(test)]
mod tests {
    use registrar_explain::FailureKind;

    use super::*;

    #[tokio::test]
    async fn a_task_that_panicked_is_broken_and_not_canceled() {
        let panicked = tokio::task::spawn_blocking(|| panic!("as the test wants it"));
        let panicked = Error::of_task(&panicked.await.unwrap_err());
        let aborted = tokio::spawn(std::future::pending::<()>());
        aborted.abort();
        let aborted = Error::of_task(&aborted.await.unwrap_err());

        assert!(matches!(aborted, Error::Cancelled));
        let told = panicked.failure();
        assert_eq!(told.kind, FailureKind::Broken);
        assert!(!told.next.contains("Nothing has changed"), "{told:?}");
        let told = panicked.after("12 created.").failure();
        assert!(told.next.starts_with("12 created."), "{told:?}");
    }
}
