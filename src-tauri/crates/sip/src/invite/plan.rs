//! The parameters of a call, and its outcome.

use std::net::SocketAddr;
use std::time::Duration;

use super::super::answer::{NameForm, Proof};
use super::super::auth::Identity;
pub use super::super::auth::Unanswerable;
use registrar_media::Direction;

use crate::TransportName;

/// What is called, and how.
#[derive(Clone, Debug)]
pub struct CallPlan {
    /// The Request-URI and To, such as `sip:+15551234567@r.example:5006`.
    pub request_uri: String,
    /// From, a `sip:` URI.
    pub from: String,
    /// The composite user name.
    pub user_name: String,
    /// Which form of the name answers challenges.
    pub form: NameForm,
    /// What proves it.
    pub proof: Proof,
    /// The realm that the credential belongs to.
    pub realm: String,
    /// Other realms that a person allowed the password for.
    pub other_realms: Vec<String>,
    /// The transport.
    pub transport: TransportName,
    /// Where the INVITE goes. What comes from elsewhere is no registrar's: its challenges are never
    /// answered, and its requests count only inside the call's dialog.
    pub target: SocketAddr,
    /// Our own address on it.
    pub local: SocketAddr,
    /// Where we take sound.
    pub sound: SocketAddr,
    /// How long a request waits for its first answer.
    pub give_up: Duration,
    /// How long it may ring.
    pub ring: Duration,
}

impl CallPlan {
    pub(super) fn identity(&self) -> Identity<'_> {
        Identity {
            proof: &self.proof,
            form: self.form,
            composite: &self.user_name,
            realm: &self.realm,
            other_realms: &self.other_realms,
        }
    }
}

/// What a call comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEvent {
    /// It was answered; sound goes here.
    Answered(Option<Direction>),
    /// Sound comes before the answer, such as an announcement, and may go here.
    Early(Direction),
    /// The other side put the call on hold, or took it back.
    Held(bool),
    /// It rings.
    Ringing,
    /// Sound goes elsewhere, or nowhere, from here on.
    Sound(Option<Direction>),
    /// The other side is at work on it.
    Trying,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEnd {
    /// The challenge cannot be answered with what we have.
    CannotAnswer(Unanswerable),
    /// We gave it up before it was answered.
    Cancelled,
    /// 401 or 407 after our answer: name or password.
    CredentialRefused,
    /// It was answered, and one side hung up.
    HungUp {
        /// We did.
        by_us: bool,
    },
    /// It was answered, and then the way to the registrar broke.
    Lost,
    /// It was answered without a codec that we speak, and hung up at once.
    NoCommonSound,
    /// It rang for the whole time that it may.
    NotAnswered,
    /// Nobody listens at the address, or it cannot be reached.
    Unreachable,
    /// 401 or 407 after our answer for a realm that the credential wasn't made for.
    RealmDiffers {
        /// The realm in the challenge.
        asked: String,
    },
    /// Each nonce was called too old, so nothing is known of the credential.
    StaleWithoutEnd,
    /// A final status such as 486.
    Refused {
        /// The status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// Nothing answered at all.
    Silent,
}

/// What the last final response said besides its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Where a 3xx sends callers; it is shown, not followed.
    pub contacts: Vec<String>,
    /// The Warning header.
    pub warning: Option<String>,
    /// The Reason header (RFC 3326), such as `Q.850;cause=1`.
    pub reason: Option<String>,
    /// Retry-After.
    pub retry_after: Option<String>,
    /// What a 421 demands in Require.
    pub required: Vec<String>,
    /// What a 420 names in Unsupported.
    pub unsupported: Vec<String>,
}
