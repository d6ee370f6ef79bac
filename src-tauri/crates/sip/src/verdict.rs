//! What a check proved, with one variant for each outcome that a person can tell apart.

use std::net::SocketAddr;
use std::time::Duration;

use super::answer::NameForm;
use super::challenge::Algorithm;
use super::failure::{Failure, TlsProblem};
use super::noise::Noise;

/// The outcome of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The registrar accepted the credential.
    Accepted {
        /// The user name that it accepted.
        user_name: String,
        /// The form of that name. An answer with MD5 proves Hash1 for the composite user name, and
        /// Hash1b for the one with the realm.
        form: NameForm,
        /// The algorithm of the answer.
        algorithm: Algorithm,
    },
    /// The registrar accepted the password for a realm that the hashes weren't made for.
    AcceptedForOtherRealm {
        /// The realm in the challenge.
        asked: String,
    },
    /// A matching response came from an address other than the one that was asked, and none from
    /// that one.
    AnsweredElsewhere {
        /// The address.
        from: SocketAddr,
        /// The status of the answer.
        status: u16,
    },
    /// The registrar accepted without authentication, which proves nothing.
    AcceptedUnasked,
    /// The registrar requires a scheme or algorithm that no SIP credential of Bandwidth can answer.
    CannotAnswer {
        /// Their names, such as `Basic`.
        offered: Vec<String>,
    },
    /// The connection was closed before a response.
    ConnectionClosed,
    /// 401 or 407 after our answer: the name, the password or the name form is wrong.
    CredentialRefused {
        /// Each user name that was tried.
        tried: Vec<String>,
    },
    /// 420 or 421: the registrar requires a SIP extension that a check doesn't support.
    ExtensionWanted {
        /// The status.
        status: u16,
        /// The names of the extensions.
        names: Vec<String>,
    },
    /// The registrar responded, closed the connection, and didn't respond to the next request, even
    /// over other connections.
    ClosedMidway,
    /// The registrar responded at first but no longer does.
    FellSilent {
        /// The port now appears closed, which may also be a firewall's doing.
        refused: bool,
    },
    /// 403.
    Forbidden {
        /// It came after our answer to a challenge, so it may concern the credential.
        answered: bool,
        /// It came in response to a query, which requests no registration.
        query: bool,
    },
    /// 423, and the registrar accepts no expiry.
    IntervalTooBrief {
        /// The expiry that it required, in seconds.
        least: Option<u32>,
    },
    /// A full check wasn't run because a phone could lose its registration: some registrars allow
    /// only one at a time.
    MayReplace {
        /// What the preceding query proved.
        proved: Option<Proved>,
        /// The registrar listed the registrations; otherwise nothing is known about them.
        listed: bool,
    },
    /// This computer's network refused to send.
    NetworkUnreachable,
    /// No registrar address was given.
    NoAddress,
    /// No response arrived within the time limit.
    NoAnswer {
        /// A 1xx arrived before.
        provisional: bool,
    },
    /// 401 or 407 without a challenge.
    NoChallenge,
    /// The port is closed.
    NobodyListens,
    /// The response isn't a complete SIP message.
    NotSip(Noise),
    /// The whole check took too long.
    OutOfTime,
    /// The registrar accepted a query's authentication, and then refused it: with 404, nothing is
    /// registered.
    ProvedOnly {
        /// What was proved.
        proved: Proved,
        /// The status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// The registrar doesn't accept a REGISTER without a Contact.
    QueryRefused {
        /// Its status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// The challenge is for a realm that the credential wasn't made for, and the password was
    /// refused for it.
    RealmDiffers {
        /// The realm in the challenge.
        asked: String,
    },
    /// The challenge is for a realm that the credential wasn't made for, and nothing was sent: a
    /// stored hash can't answer it, and no one has allowed the password.
    RealmNotAnswered {
        /// The realm in the challenge.
        asked: String,
    },
    /// 3xx: another address. It is shown, not followed.
    Redirected {
        /// Where to.
        to: Vec<String>,
    },
    /// A query proved the credential, but the registration after it was refused.
    RegistrationRefused {
        /// What the query proved.
        proved: Proved,
        /// The status.
        status: u16,
        /// How many phones were registered.
        phones: usize,
        /// The registrar said that there are too many.
        too_many: bool,
    },
    /// The full check was accepted, and phones lost their registration because of it.
    ReplacedPhones {
        /// What was proved.
        proved: Proved,
        /// Their Contact URIs.
        gone: Vec<String>,
    },
    /// 408 from the registrar.
    RegistrarTimedOut,
    /// 500 and the other 5xx.
    ServerFailed {
        /// The status.
        status: u16,
    },
    /// 503.
    ServiceUnavailable {
        /// How long to wait, according to the registrar.
        retry_after: Option<Duration>,
    },
    /// Only SHA-256 is offered, but there are only MD5 hashes.
    Sha256Only,
    /// The nonce was repeatedly declared stale.
    StaleWithoutEnd,
    /// 480.
    TemporarilyUnavailable,
    /// TLS couldn't be established.
    Tls(TlsProblem),
    /// Another status.
    Unexpected {
        /// It.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// 404.
    UnknownUser,
}

/// A credential that a registrar accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The user name that it accepted.
    pub user_name: String,
    /// The form of that name.
    pub form: NameForm,
    /// The algorithm of the answer.
    pub algorithm: Algorithm,
}

impl Verdict {
    /// Returns what was proved of the credential.
    #[must_use]
    #[allow(clippy::wildcard_enum_match_arm, reason = "all others prove nothing")]
    pub fn into_proved(self) -> Option<Proved> {
        match self {
            Self::Accepted {
                user_name,
                form,
                algorithm,
            } => Some(Proved {
                user_name,
                form,
                algorithm,
            }),
            Self::ProvedOnly { proved, .. }
            | Self::RegistrationRefused { proved, .. }
            | Self::ReplacedPhones { proved, .. } => Some(proved),
            Self::MayReplace { proved, .. } => proved,
            _ => None,
        }
    }

    /// Returns the status of a final refusal that is sent only after authentication was accepted or
    /// not required.
    #[must_use]
    #[allow(
        clippy::wildcard_enum_match_arm,
        reason = "all others are no such refusal"
    )]
    pub fn refused_with(&self) -> Option<u16> {
        match self {
            Self::Forbidden { .. } => Some(403),
            Self::UnknownUser => Some(404),
            Self::TemporarilyUnavailable => Some(480),
            Self::ServiceUnavailable { .. } => Some(503),
            Self::ServerFailed { status } | Self::Unexpected { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns whether the user name in its other form is worth a try.
    #[must_use]
    pub fn asks_for_other_name(&self) -> bool {
        matches!(
            self,
            Self::CredentialRefused { .. }
                | Self::Forbidden { answered: true, .. }
                | Self::RealmDiffers { .. }
        )
    }

    /// Returns whether another address of the same registrar is worth a try (RFC 3263 section 4.3).
    #[must_use]
    pub fn asks_for_other_address(&self) -> bool {
        matches!(
            self,
            Self::AnsweredElsewhere { .. }
                | Self::ClosedMidway
                | Self::ConnectionClosed
                | Self::FellSilent { .. }
                | Self::NetworkUnreachable
                | Self::NoAnswer { .. }
                | Self::NobodyListens
                | Self::NotSip(_)
                | Self::ServiceUnavailable { .. }
                | Self::Tls(_)
        )
    }

    /// Returns whether the registrar accepted the REGISTER, and so listed its bindings.
    #[must_use]
    pub fn is_acceptance(&self) -> bool {
        matches!(
            self,
            Self::Accepted { .. }
                | Self::AcceptedForOtherRealm { .. }
                | Self::AcceptedUnasked
                | Self::MayReplace { listed: true, .. }
                | Self::ProvedOnly { status: 404, .. }
                | Self::RegistrationRefused { .. }
                | Self::ReplacedPhones { .. }
        )
    }

    /// Returns whether the credential was tried at all. If not, nothing is known about it.
    #[must_use]
    pub fn is_checked(&self) -> bool {
        !matches!(
            self,
            Self::FellSilent { .. } | Self::RealmNotAnswered { .. }
        )
    }

    /// Returns whether the credential was proved.
    #[must_use]
    pub fn proved(&self) -> bool {
        self.clone().into_proved().is_some()
    }

    /// Returns the user name that the registrar accepted.
    #[must_use]
    pub fn accepted_name(&self) -> Option<String> {
        Some(self.clone().into_proved()?.user_name)
    }
}

/// What happened to our own binding after a full check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unregistered {
    /// It was removed.
    Done,
    /// The registrar did not answer.
    NoAnswer,
    /// The registrar refused.
    Refused {
        /// Its status.
        status: u16,
    },
    /// The registrar confirmed the removal but still lists it.
    StillListed,
    /// The check ended before the registrar responded; the binding is still being removed.
    Underway,
}

impl From<Failure> for Verdict {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::AnsweredElsewhere { from, status } => Self::AnsweredElsewhere { from, status },
            Failure::Closed => Self::ConnectionClosed,
            Failure::NobodyListens => Self::NobodyListens,
            Failure::NotSip(noise) => Self::NotSip(noise),
            Failure::TimedOut => Self::NoAnswer { provisional: false },
            Failure::Tls(problem) => Self::Tls(problem),
            Failure::Unreachable => Self::NetworkUnreachable,
        }
    }
}
