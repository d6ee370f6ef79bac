//! The parameters of a registration, and its outcome.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::super::answer::{NameForm, Proof};
use super::super::auth::Identity;
use super::super::message::Message;
use super::super::verdict::{Unregistered, Verdict};
use crate::{CheckKind, TransportName};

/// How long a full check registers for, in seconds.
pub const SECONDS: u32 = 60;
/// How this app identifies itself to a registrar.
pub const USER_AGENT: &str = concat!("SIP-Registrar-Setup/", env!("CARGO_PKG_VERSION"));

/// The parameters of a registration.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The full name of the realm.
    pub realm: String,
    /// The composite user name.
    pub composite: String,
    /// The form of the user name in the answer to a challenge.
    pub form: NameForm,
    /// The secret that proves it.
    pub proof: Proof,
    /// Other realms that a person allowed the password for.
    pub other_realms: Vec<String>,
    /// What happens to the registration afterwards.
    pub kind: Kind,
    /// The requested expiry, in seconds; unused for a query.
    pub expires: u32,
    /// How the sender identifies itself to the registrar.
    pub user_agent: String,
    /// The transport.
    pub transport: TransportName,
    /// Our own address on it, as in Via (RFC 3261 section 18.1.1).
    pub local: SocketAddr,
    /// Where we receive requests, as in Contact: our own address, or that of a second socket.
    pub contact: SocketAddr,
    /// How long one request waits for its final response.
    pub give_up: Duration,
}

impl Plan {
    pub(super) fn identity(&self) -> Identity<'_> {
        Identity {
            proof: &self.proof,
            form: self.form,
            composite: &self.composite,
            realm: &self.realm,
            other_realms: &self.other_realms,
        }
    }
}

/// The prefix of the user part in a check's Contact, so that a later check doesn't mistake a
/// binding left by a check for a phone's.
pub const CHECK: &str = "check-";

/// What happens to a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A real one, removed immediately.
    Full,
    /// A phone's: kept until [`super::Register::unregister`].
    Kept,
    /// A REGISTER without Contact, which binds nothing (RFC 3261 section 10.2.3).
    Query,
}

impl From<CheckKind> for Kind {
    fn from(kind: CheckKind) -> Self {
        match kind {
            CheckKind::Full | CheckKind::Replacing => Self::Full,
            CheckKind::Query => Self::Query,
        }
    }
}

/// Why a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The answer to a challenge.
    Answer,
    /// The first REGISTER, without credentials.
    Ask,
    /// A longer expiry, as a 423 required.
    Longer {
        /// Seconds.
        seconds: u32,
    },
    /// The removal of our own binding.
    Unregister,
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Transmit {
    /// It.
    pub message: Message,
    /// Why.
    pub purpose: Purpose,
    /// It is a retransmission.
    pub again: bool,
}

/// What a received message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The registrar accepted the REGISTER and lists this many bindings.
    Accepted {
        /// How many.
        bindings: usize,
    },
    /// The registrar requires authentication.
    Asks {
        /// For which realm.
        realm: String,
    },
    /// The registrar requires authentication for a realm that isn't answered.
    AsksForOther {
        /// Which realm.
        realm: String,
    },
    /// The registrar requires something that we can't answer.
    CannotAnswer,
    /// The expiry of 60 seconds is too short for the registrar.
    Interval,
    /// The registrar is still processing the request.
    Provisional,
    /// The registrar refused.
    Refused,
    /// The registrar refused our answer.
    RefusedAnswer,
    /// A duplicate response.
    Repeated,
    /// The nonce was stale, so it challenges again.
    Stale,
    /// It is unrelated to what we sent.
    Stray,
    /// Our binding was removed.
    Unregistered,
}

/// A binding that the registrar lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its Contact URI.
    pub contact: String,
    /// What the phone calls itself, where its Contact has a display name.
    pub name: Option<String>,
    /// Seconds until it ends.
    pub expires: u32,
    /// It is the one that this registration created.
    pub ours: bool,
    /// It was registered by a check, here or on another computer, and isn't a phone's.
    pub of_a_check: bool,
}

/// What a refusal says in addition to its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The header: `Warning`, `Reason` or `P-Registrar-Error`.
    pub header: &'static str,
    /// Its text, as received.
    pub text: String,
}

/// A binding of ours that may still exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftBehind {
    /// Its Contact URI.
    pub contact: String,
    /// When it expires on its own, at the latest.
    pub ends: Instant,
}

impl LeftBehind {
    /// Returns the seconds from `now` until it expires on its own, rounded up.
    #[must_use]
    pub fn seconds(&self, now: Instant) -> u64 {
        let left = self.ends.saturating_duration_since(now);
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }
}

/// The outcome of a registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it proved.
    pub verdict: Verdict,
    /// All bindings as the registrar listed them when it accepted.
    pub bindings: Vec<Binding>,
    /// What happened to our binding, if one was created.
    pub unregistered: Option<Unregistered>,
}

impl Outcome {
    /// Creates an outcome without a binding, and with none known.
    #[must_use]
    pub fn without_bindings(verdict: Verdict) -> Self {
        Self {
            verdict,
            bindings: Vec::new(),
            unregistered: None,
        }
    }
}
