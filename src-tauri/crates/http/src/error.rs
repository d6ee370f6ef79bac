//! Why a request failed, classified by how a caller handles it.

use std::time::Duration;

use registrar_activity::{Diagnosis, Service, Silence};

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
    /// An API user signed what was refused: see `explain` for what that means from
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

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is neither https nor on this computer, so nothing was sent.
    #[error("the address does not begin with https")]
    Insecure,
    /// The answer was not in the service's own format.
    #[error("{service:?} sent something that cannot be read: {what}")]
    Malformed {
        /// Who sent it.
        service: Service,
        /// What was wrong with it, in a fixed phrase.
        what: &'static str,
    },
    /// The service answered, and said no.
    #[error("{:?} refused with status {}, code {:?}", .0.service, .0.status, .0.code)]
    Refused(Refusal),
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
    /// Returns whether the same question may well be answered a moment later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused(refusal) => refusal.status == 429 || refusal.status >= 500,
            Self::Unreachable { .. } => true,
            Self::Insecure
            | Self::Malformed { .. }
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
            Self::Insecure | Self::Untrusted { .. } => false,
        }
    }

    /// Returns the service's own number, where this is a refusal that has one.
    #[must_use]
    pub fn code(&self) -> Option<u32> {
        match self {
            Self::Refused(refusal) => refusal.code,
            Self::Insecure
            | Self::Malformed { .. }
            | Self::TooLarge { .. }
            | Self::Unreachable { .. }
            | Self::Untrusted { .. } => None,
        }
    }
}
