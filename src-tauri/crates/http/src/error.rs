//! Why a request failed, classified by how a caller handles it.

use std::time::Duration;

use registrar_activity::{Diagnosis, Service, Silence};

/// A refusal, classified first by the code in its body and then by its HTTP status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Who refused.
    pub service: Service,
    /// The HTTP status, which may be a 2xx that contained an error.
    pub status: u16,
    /// The service's own error number, if it gave one.
    pub code: Option<u32>,
    /// The service's own description, redacted and truncated.
    pub description: Option<String>,
    /// How long the service asks to wait.
    pub retry_after: Option<Duration>,
    /// The cause, if further requests revealed more than this response.
    pub diagnosis: Option<Diagnosis>,
    /// An API user signed what was refused: see `explain` for what that means from
    /// December 2, 2026 on.
    pub by_api_user: bool,
}

impl Refusal {
    /// Creates a refusal of which only the status is known.
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

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The URL is neither https nor on this computer, so nothing was sent.
    #[error("the address does not begin with https")]
    Insecure,
    /// The response wasn't in the service's format.
    #[error("{service:?} sent something that cannot be read: {what}")]
    Malformed {
        /// Who sent it.
        service: Service,
        /// What was wrong with it, as a fixed phrase.
        what: &'static str,
    },
    /// The service refused.
    #[error("{:?} refused with status {}, code {:?}", .0.service, .0.status, .0.code)]
    Refused(Refusal),
    /// The response exceeded the size limit.
    #[error("{service:?} sent more than {limit} bytes")]
    TooLarge {
        /// Who sent it.
        service: Service,
        /// The limit in bytes.
        limit: usize,
    },
    /// No complete response arrived.
    #[error("{service:?} did not answer: {silence:?}")]
    Unreachable {
        /// Who was asked.
        service: Service,
        /// The kind of silence.
        silence: Silence,
    },
    /// The certificate has no path to a trusted authority.
    #[error("the certificate of {service:?} is not trusted")]
    Untrusted {
        /// Who was asked.
        service: Service,
        /// The issuer of the certificate, if it could be read.
        issuer: Option<String>,
    },
}

impl Error {
    /// Returns whether the same request may well succeed a moment later.
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

    /// Returns whether the request may have been carried out although no complete response arrived:
    /// look up what it was to create before sending it again.
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

    /// Returns the service's own error number, if this is a refusal that has one.
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
