//! The parameters of a call, and its outcome.

use std::net::SocketAddr;
use std::time::Duration;

use super::super::answer::{NameForm, Proof};
use super::super::auth::Identity;
pub use super::super::auth::Unanswerable;
use registrar_media::Direction;

use crate::TransportName;

/// The parameters of a call.
#[derive(Clone, Debug)]
pub struct CallPlan {
    /// The Request-URI and To, such as `sip:+15551234567@r.example:5006`.
    pub request_uri: String,
    /// From, a `sip:` URI.
    pub from: String,
    /// The composite user name.
    pub user_name: String,
    /// The form of the user name in answers to challenges.
    pub form: NameForm,
    /// The secret that proves it.
    pub proof: Proof,
    /// The realm that the credential belongs to.
    pub realm: String,
    /// Other realms that a person allowed the password for.
    pub other_realms: Vec<String>,
    /// The transport.
    pub transport: TransportName,
    /// The destination of the INVITE. Messages from elsewhere aren't the registrar's: challenges in
    /// them are never answered, and requests count only inside the call's dialog.
    pub target: SocketAddr,
    /// Our own address on it.
    pub local: SocketAddr,
    /// Where we receive audio.
    pub sound: SocketAddr,
    /// How long a request waits for its first response.
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

/// A call's events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEvent {
    /// It was answered; audio goes here.
    Answered(Option<Direction>),
    /// Early media, such as an announcement; audio may be sent here.
    Early(Direction),
    /// The other side put the call on hold, or resumed it.
    Held(bool),
    /// It rings.
    Ringing,
    /// Audio goes elsewhere, or nowhere, from now on.
    Sound(Option<Direction>),
    /// The other side is processing the request.
    Trying,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEnd {
    /// The challenge can't be answered with our credentials.
    CannotAnswer(Unanswerable),
    /// We canceled it before it was answered.
    Cancelled,
    /// 401 or 407 after our answer: the name or the password is wrong.
    CredentialRefused,
    /// It was answered, and one side hung up.
    HungUp {
        /// We did.
        by_us: bool,
    },
    /// It was answered, and then the connection to the registrar was lost.
    Lost,
    /// It was answered without a codec that we support, and hung up immediately.
    NoCommonSound,
    /// It rang until the time limit.
    NotAnswered,
    /// The port is closed, or the address can't be reached.
    Unreachable,
    /// 401 or 407 after our answer for a realm that the credential wasn't made for.
    RealmDiffers {
        /// The realm in the challenge.
        asked: String,
    },
    /// Every nonce was declared stale, so nothing is known about the credential.
    StaleWithoutEnd,
    /// A final status such as 486.
    Refused {
        /// The status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// There was no response at all.
    Silent,
}

/// What the last final response said in addition to its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Where a 3xx redirects to; it is shown, not followed.
    pub contacts: Vec<String>,
    /// The Warning header.
    pub warning: Option<String>,
    /// The Reason header (RFC 3326), such as `Q.850;cause=1`.
    pub reason: Option<String>,
    /// Retry-After.
    pub retry_after: Option<String>,
    /// The extensions required by a 421.
    pub required: Vec<String>,
    /// The extensions rejected by a 420.
    pub unsupported: Vec<String>,
}
