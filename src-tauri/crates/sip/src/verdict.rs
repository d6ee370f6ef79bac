//! What a check proved, with one variant for each outcome that a person can tell apart.

use std::net::SocketAddr;
use std::time::Duration;

use super::answer::NameForm;
use super::astray::Noise;
use super::challenge::Algorithm;
use super::failure::TlsProblem;

/// The end of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The registrar took the credential.
    Accepted {
        /// The user name that it took.
        user_name: String,
        /// The form of that name. An answer by MD5 proves Hash1 for the composite user name, and
        /// Hash1b for the one with the realm.
        form: NameForm,
        /// How it was answered.
        algorithm: Algorithm,
    },
    /// The registrar took the password for a realm that the hashes were not made for.
    AcceptedForOtherRealm {
        /// The realm in the challenge.
        asked: String,
    },
    /// A matching answer came from another address than the one that was asked, and none from that.
    AnsweredElsewhere {
        /// The address.
        from: SocketAddr,
        /// The status of the answer.
        status: u16,
    },
    /// The registrar said yes without asking who we are, which proves nothing.
    AcceptedUnasked,
    /// The registrar wants a scheme or algorithm that no SIP credential of Bandwidth can answer.
    CannotAnswer {
        /// Their names, such as `Basic`.
        offered: Vec<String>,
    },
    /// The connection was closed before an answer came.
    ConnectionClosed,
    /// 401 or 407 after our answer: name, password or name form.
    CredentialRefused {
        /// Each user name that was tried.
        tried: Vec<String>,
    },
    /// 420 or 421: the registrar wants an extension of SIP that a check does not have.
    ExtensionWanted {
        /// The status.
        status: u16,
        /// The names of the extensions.
        names: Vec<String>,
    },
    /// The registrar answered, closed the connection, and did not answer what was sent next, also
    /// over other connections.
    ClosedMidway,
    /// The registrar answered before, and answers no longer.
    FellSilent {
        /// The port tells now that nobody listens there, which a firewall can do in its place.
        refused: bool,
    },
    /// 403.
    Forbidden {
        /// It came after our answer to a challenge, so it may mean the credential.
        answered: bool,
        /// It came to a query: no registration was asked for.
        query: bool,
    },
    /// 423, and there is no time that the registrar takes.
    IntervalTooBrief {
        /// What it asked for, in seconds.
        least: Option<u32>,
    },
    /// A full check was not run, because a phone could lose its registration: some registrars allow
    /// one at a time.
    MayReplace {
        /// What the query before it proved.
        proved: Option<Proved>,
        /// The registrar listed the registrations; otherwise nothing is known of them.
        listed: bool,
    },
    /// The network of this computer refused to send.
    NetworkUnreachable,
    /// No registrar address was given.
    NoAddress,
    /// Nothing came in the time that we wait.
    NoAnswer {
        /// A 1xx came before.
        provisional: bool,
    },
    /// 401 or 407 without saying what it asks for.
    NoChallenge,
    /// Nobody listens at the port.
    NobodyListens,
    /// What came is not a whole SIP message.
    NotSip(Noise),
    /// The whole check took too long.
    OutOfTime,
    /// The registrar took the proof of a query, and then refused it: with 404, nothing is registered.
    ProvedOnly {
        /// What was proved.
        proved: Proved,
        /// The status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// The registrar does not take a REGISTER without a Contact.
    QueryRefused {
        /// Its status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// The challenge is for another realm than the credential was made for, and the password was
    /// refused for it.
    RealmDiffers {
        /// The realm in the challenge.
        asked: String,
    },
    /// The challenge is for another realm than the credential was made for, and nothing was sent for
    /// it: a stored hash cannot answer it, and nobody allowed the password.
    RealmNotAnswered {
        /// The realm in the challenge.
        asked: String,
    },
    /// 3xx: another address. It is shown, not followed.
    Redirected {
        /// Where to.
        to: Vec<String>,
    },
    /// A query proved the credential, and the registration behind it was refused.
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
    /// The full check was accepted, and phones lost their registration by it.
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
        /// How long it asks to wait.
        retry_after: Option<Duration>,
    },
    /// Only SHA-256 is offered, and only MD5 hashes are there.
    Sha256Only,
    /// The nonce was called too old again and again.
    StaleWithoutEnd,
    /// 480.
    TemporarilyUnavailable,
    /// There is no TLS connection.
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

/// A credential that a registrar took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The user name that it took.
    pub user_name: String,
    /// The form of that name.
    pub form: NameForm,
    /// How it was answered.
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

    /// Returns the status of a final refusal that comes once a proof was taken or was not needed.
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

    /// Returns whether the registrar took the REGISTER, so that it listed its bindings.
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

    /// Returns whether the credential was tried at all. Where it was not, nothing is known of it.
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

    /// Returns the user name that the registrar took.
    #[must_use]
    pub fn accepted_name(&self) -> Option<String> {
        Some(self.clone().into_proved()?.user_name)
    }
}

/// What became of our own binding after a full check.
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
    /// The registrar said yes, and still lists it.
    StillListed,
    /// The check ended before the registrar answered; it is being removed all the same.
    Underway,
}
