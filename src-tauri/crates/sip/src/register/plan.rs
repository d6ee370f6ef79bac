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
/// What names this app to a registrar.
pub const USER_AGENT: &str = concat!("SIP-Registrar-Setup/", env!("CARGO_PKG_VERSION"));

/// What is registered, and how.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The full name of the realm.
    pub realm: String,
    /// The composite user name.
    pub composite: String,
    /// Which form of the name answers the challenge.
    pub form: NameForm,
    /// What proves it.
    pub proof: Proof,
    /// Other realms that a person allowed the password for.
    pub other_realms: Vec<String>,
    /// What becomes of it.
    pub kind: Kind,
    /// For how long it registers, in seconds; without meaning for a query.
    pub expires: u32,
    /// What names the sender to the registrar.
    pub user_agent: String,
    /// The transport.
    pub transport: TransportName,
    /// Our own address on it, which Via names (RFC 3261 section 18.1.1).
    pub local: SocketAddr,
    /// Where requests are taken, which Contact names: our own address, or that of a socket beside.
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

/// What the Contact's user part of a check begins with, so that no later look takes a binding that a
/// check left behind for a phone.
pub const CHECK: &str = "check-";

/// What becomes of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A real one, taken back at once.
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
    /// The first REGISTER, without an answer to anything.
    Ask,
    /// The longer time that a 423 asked for.
    Longer {
        /// Seconds.
        seconds: u32,
    },
    /// Our own binding is removed.
    Unregister,
}

/// A message to be sent.
#[derive(Clone, Debug)]
pub struct Transmit {
    /// It.
    pub message: Message,
    /// Why.
    pub purpose: Purpose,
    /// It was sent before, and no answer came.
    pub again: bool,
}

/// What a message that came in means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The registrar took the REGISTER; so many bindings are listed.
    Accepted {
        /// How many.
        bindings: usize,
    },
    /// The registrar asks who we are.
    Asks {
        /// For which realm.
        realm: String,
    },
    /// The registrar asks for a realm that is not answered.
    AsksForOther {
        /// Which realm.
        realm: String,
    },
    /// The registrar asks for something that we cannot answer.
    CannotAnswer,
    /// The time of 60 seconds is too short for the registrar.
    Interval,
    /// The registrar is still at work.
    Provisional,
    /// The registrar refused.
    Refused,
    /// The registrar did not take our answer.
    RefusedAnswer,
    /// An answer that was there already.
    Repeated,
    /// The nonce was too old, so it asks again.
    Stale,
    /// It has nothing to do with what we sent.
    Stray,
    /// Our binding is removed.
    Unregistered,
}

/// A binding that the registrar lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its Contact URI.
    pub contact: String,
    /// Seconds until it ends.
    pub expires: u32,
    /// It is the one that this value made.
    pub ours: bool,
    /// A check registered it, here or on another computer: it is no phone's.
    pub of_a_check: bool,
}

/// What a refusal says besides its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The header: `Warning`, `Reason` or `P-Registrar-Error`.
    pub header: &'static str,
    /// Its text, as it came.
    pub text: String,
}

/// A binding of ours that may still stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftBehind {
    /// Its Contact URI.
    pub contact: String,
    /// When it ends by itself, at the latest.
    pub ends: Instant,
}

impl LeftBehind {
    /// Returns the seconds from `now` until it ends by itself; a begun one counts as a whole one.
    #[must_use]
    pub fn seconds(&self, now: Instant) -> u64 {
        let left = self.ends.saturating_duration_since(now);
        left.as_secs() + u64::from(left.subsec_nanos() > 0)
    }
}

/// The end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it proved.
    pub verdict: Verdict,
    /// All bindings as the registrar listed them when it accepted.
    pub bindings: Vec<Binding>,
    /// What became of our binding, where one was made.
    pub unregistered: Option<Unregistered>,
}

impl Outcome {
    /// Ends where nothing was bound and nothing is known of bindings.
    #[must_use]
    pub fn without_bindings(verdict: Verdict) -> Self {
        Self {
            verdict,
            bindings: Vec::new(),
            unregistered: None,
        }
    }
}
