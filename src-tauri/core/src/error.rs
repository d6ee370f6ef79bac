//! What can fail, sorted by what a person can do about it.
//!
//! The words for each failure are in [`crate::explain`]; nothing here is shown as it is.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::import::csv::Fault;
use crate::keychain;

/// Who was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Bandwidth's dashboard API: realms, SIP credentials, settings.
    Dashboard,
    /// The domain name system, as this computer sees it.
    Dns,
    /// Bandwidth's SIP registrar.
    Registrar,
    /// Bandwidth's OAuth 2.0 token endpoint.
    Token,
    /// Twilio's REST API.
    Twilio,
    /// Bandwidth's Voice API.
    Voice,
}

/// Why no whole answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The connection was closed in the middle of an answer.
    CutOff,
    /// The name of the host is not known to this computer's DNS.
    NameUnknown,
    /// The proxy that this computer uses couldn't be reached, refused, or wants another sign-in.
    Proxy,
    /// Nobody listens there, or the network refused.
    Refused,
    /// Nothing came within the time limit.
    TimedOut,
}

/// What a refusal means, where more than one answer was needed to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Diagnosis {
    /// The account number does not exist, or is locked.
    AccountUnknown,
    /// The sign-in is right; SIP credentials are not enabled on the account.
    NotEnabled,
    /// Bandwidth gave the making of a realm up: its status is `CREATE_FAILED`.
    RealmFailed,
    /// A realm that was asked for is not there, or is being deleted.
    RealmGone,
    /// A realm is still being made after the time that it should take.
    RealmSlow,
    /// The sign-in is right; the role 'SIP Credentials' is missing.
    RoleMissing,
    /// The sign-in is right, and may see nothing of this account: the account number is another's,
    /// or roles are missing.
    RoleOrAccount,
    /// The name or the secret is wrong.
    SignInWrong,
}

/// An answer that says no, classified by the code in its body first and its HTTP status second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who refused.
    pub service: Service,
    /// The HTTP status, also where a 2xx carried an error.
    pub status: u16,
    /// The service's own number for it, where it gave one.
    pub code: Option<u32>,
    /// The service's own words: redacted and cut to a sane length.
    pub description: Option<String>,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
    /// What it means, where other answers told more than this one.
    pub diagnosis: Option<Diagnosis>,
    /// An API user signed what was refused: see [`crate::explain`] for what that means from
    /// December 2, 2026 on.
    pub by_api_user: bool,
}

impl Refusal {
    /// Makes a refusal of which nothing is known but its status.
    #[must_use]
    pub fn new(service: Service, status: u16) -> Self {
        Self {
            service,
            status,
            code: None,
            description: None,
            retry_after: None,
            diagnosis: None,
            by_api_user: false,
        }
    }
}

/// One field that needs another value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export, export_to = "types.d.ts")
)]
#[serde(rename_all = "camelCase")]
pub struct FieldProblem {
    /// The field's name, as in the request that carried it.
    pub field: String,
    /// What is wrong and what is right, in one sentence.
    pub sentence: String,
}

impl FieldProblem {
    /// Names what is wrong with a field.
    #[must_use]
    pub fn new(field: &str, sentence: &str) -> Self {
        Self {
            field: field.to_owned(),
            sentence: sentence.to_owned(),
        }
    }
}

/// A failure of a core operation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A part of the app panicked.
    #[error("a part of the app panicked")]
    Broken {
        /// What was done before, in whole sentences, where that is known.
        done: Option<String>,
    },
    /// The person cancelled, or left the step.
    #[error("cancelled")]
    Cancelled,
    /// Somebody else changed, meanwhile, what the person saw. Nothing was sent.
    #[error("somebody else changed it meanwhile")]
    Changed {
        /// What is different from what was seen, in whole sentences.
        differences: Vec<String>,
    },
    /// The clipboard did not take what was copied.
    #[error("the clipboard failed")]
    Clipboard,
    /// The system opened no print dialog.
    #[error("printing failed")]
    Printing,
    /// The person cancelled when something was done already.
    #[error("stopped on the way")]
    Stopped {
        /// What was done and what was not, in whole sentences.
        done: String,
    },
    /// A file cannot be imported, or not any further; nothing was sent.
    #[error("the file cannot be imported")]
    Import(Fault),
    /// This computer's DNS could not be asked, or says nothing.
    #[error("this computer's DNS could not be asked")]
    Dns(#[source] crate::sip::resolve::Failure),
    /// What was typed cannot be used; nothing was sent.
    #[error("what was typed cannot be used")]
    Invalid {
        /// One for each field that needs another value.
        problems: Vec<FieldProblem>,
    },
    /// The service said yes, and keeps something else than it was sent.
    #[error("{service:?} keeps something else than it was sent")]
    KeptOtherwise {
        /// Who keeps it.
        service: Service,
        /// What is different from what was sent, in whole sentences.
        differences: Vec<String>,
    },
    /// The keychain did not do what was asked.
    #[error("the keychain failed")]
    Keychain(#[from] keychain::Failure),
    /// The answer was not in the service's own format.
    #[error("{service:?} sent something that cannot be read: {what}")]
    Malformed {
        /// Who sent it.
        service: Service,
        /// What was wrong with it, in a fixed phrase.
        what: &'static str,
    },
    /// What was asked for did not come about, or may not have; the sentences say which.
    #[error("the outcome is not known for certain")]
    Lost {
        /// What is known and what to do, in whole sentences.
        done: String,
    },
    /// No check has ended whose messages could be saved.
    #[error("there is no check to save")]
    NoCheck,
    /// A request came at a moment when the journey is elsewhere.
    #[error("out of step")]
    OutOfStep,
    /// A job has changed what the shown list was loaded from.
    #[error("the list is older than what a job did")]
    Outdated,
    /// The file of a job's passwords could not be read or written where it is.
    #[error("the file of passwords could not be kept on this computer")]
    PasswordsFile(#[source] std::io::Error),
    /// The service answered, and said no.
    #[error("{:?} refused with status {}, code {:?}", .0.service, .0.status, .0.code)]
    Refused(Refusal),
    /// A file could not be read or written.
    #[error("{what} could not be kept on this computer")]
    Storage {
        /// What was to be read or written, in a fixed phrase.
        what: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The answer went on past what any true answer needs.
    #[error("{service:?} sent more than {limit} bytes")]
    TooLarge {
        /// Who sent it.
        service: Service,
        /// Where reading stopped.
        limit: usize,
    },
    /// No whole answer came.
    #[error("{service:?} did not answer: {silence:?}")]
    Unreachable {
        /// Who was asked.
        service: Service,
        /// In which way it stayed silent.
        silence: Silence,
    },
    /// The certificate does not lead to anybody whom this computer trusts.
    #[error("the certificate of {service:?} is not trusted")]
    Untrusted {
        /// Who was asked.
        service: Service,
        /// Who issued the certificate that was shown, where it could be read.
        issuer: Option<String>,
    },
}

impl Error {
    /// Makes the error for one field that needs another value.
    #[must_use]
    pub fn field(field: &str, sentence: &str) -> Self {
        Self::Invalid {
            problems: vec![FieldProblem::new(field, sentence)],
        }
    }

    /// Returns why a task that was spawned has no outcome: it panicked, or the runtime ends.
    #[must_use]
    pub(crate) fn of_task(error: &tokio::task::JoinError) -> Self {
        if error.is_cancelled() {
            Self::Cancelled
        } else {
            Self::Broken { done: None }
        }
    }

    /// Returns it with what was done before, where a part of the app panicked.
    #[must_use]
    pub(crate) fn after(self, done: &str) -> Self {
        if !matches!(self, Self::Broken { .. }) {
            return self;
        }
        Self::Broken {
            done: Some(done.to_owned()),
        }
    }

    /// Returns whether the same question may well be answered a moment later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.status == 429 || refusal.status >= 500,
            Self::Dns(failure) => failure.is_of_the_question(),
            Self::Unreachable { .. } => true,
            Self::Broken { .. }
            | Self::Cancelled
            | Self::Changed { .. }
            | Self::Clipboard
            | Self::Import(_)
            | Self::Invalid { .. }
            | Self::KeptOtherwise { .. }
            | Self::Keychain(_)
            | Self::Malformed { .. }
            | Self::Lost { .. }
            | Self::NoCheck
            | Self::OutOfStep
            | Self::Outdated
            | Self::PasswordsFile(_)
            | Self::Printing
            | Self::Stopped { .. }
            | Self::Storage { .. }
            | Self::TooLarge { .. }
            | Self::Untrusted { .. } => false,
        }
    }

    /// Returns whether the sign-in itself was refused, with what was sent for it.
    #[must_use]
    pub fn refuses_sign_in(&self) -> bool {
        matches!(self, Self::Refused(refusal)
            if refusal.status == 401 || refusal.diagnosis == Some(Diagnosis::SignInWrong))
    }

    /// Returns whether the request may have been carried out although no whole answer came: what it
    /// was to make is looked up before it is sent again.
    #[must_use]
    pub fn answer_is_unknown(&self) -> bool {
        match self {
            Self::Unreachable { silence, .. } => match silence {
                Silence::CutOff | Silence::TimedOut => true,
                Silence::NameUnknown | Silence::Proxy | Silence::Refused => false,
            },
            Self::Malformed { .. } | Self::TooLarge { .. } => true,
            Self::Refused(refusal) => refusal.status >= 500,
            Self::Broken { .. }
            | Self::Cancelled
            | Self::Changed { .. }
            | Self::Clipboard
            | Self::Dns(_)
            | Self::Import(_)
            | Self::Invalid { .. }
            | Self::KeptOtherwise { .. }
            | Self::Keychain(_)
            | Self::Lost { .. }
            | Self::NoCheck
            | Self::OutOfStep
            | Self::Outdated
            | Self::PasswordsFile(_)
            | Self::Printing
            | Self::Stopped { .. }
            | Self::Storage { .. }
            | Self::Untrusted { .. } => false,
        }
    }

    /// Returns the service's own number, where this is a refusal that has one.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Refused(refusal) => refusal.code,
            Self::Broken { .. }
            | Self::Cancelled
            | Self::Changed { .. }
            | Self::Clipboard
            | Self::Dns(_)
            | Self::Import(_)
            | Self::Invalid { .. }
            | Self::KeptOtherwise { .. }
            | Self::Keychain(_)
            | Self::Malformed { .. }
            | Self::Lost { .. }
            | Self::NoCheck
            | Self::OutOfStep
            | Self::Outdated
            | Self::PasswordsFile(_)
            | Self::Printing
            | Self::Stopped { .. }
            | Self::Storage { .. }
            | Self::TooLarge { .. }
            | Self::Unreachable { .. }
            | Self::Untrusted { .. } => None,
        }
    }
}

impl From<registrar_storage::Error> for Error {
    fn from(error: registrar_storage::Error) -> Self {
        let registrar_storage::Error { what, source } = error;
        Self::Storage { what, source }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Import(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain;
    use crate::explain::FailureKind;

    #[tokio::test]
    async fn a_task_that_panicked_is_broken_and_not_canceled() {
        let panicked = tokio::task::spawn_blocking(|| panic!("as the test wants it"));
        let panicked = Error::of_task(&panicked.await.unwrap_err());
        let aborted = tokio::spawn(std::future::pending::<()>());
        aborted.abort();
        let aborted = Error::of_task(&aborted.await.unwrap_err());

        assert!(matches!(aborted, Error::Cancelled));
        let told = explain::failure(&panicked);
        assert_eq!(told.kind, FailureKind::Broken);
        assert!(!told.next.contains("Nothing was changed"), "{told:?}");
        let told = explain::failure(&panicked.after("12 made."));
        assert!(told.next.starts_with("12 made."), "{told:?}");
    }
}
