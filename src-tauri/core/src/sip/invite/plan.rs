//! What a call is made of, and what it comes to.

use std::net::SocketAddr;
use std::time::Duration;

use super::super::answer::Proof;
use crate::ipc::TransportName;

/// What is called, and how.
#[derive(Clone, Debug)]
pub struct CallPlan {
    /// The Request-URI and To, such as `sip:+15551234567@r.example:5006`.
    pub request_uri: String,
    /// From, a `sip:` URI.
    pub from: String,
    /// The digest user name.
    pub user_name: String,
    /// What proves it.
    pub proof: Proof,
    /// The realm that the proof was made for; empty where a password goes for any.
    pub realm: String,
    /// The transport.
    pub transport: TransportName,
    /// Our own address on it.
    pub local: SocketAddr,
    /// Where we take sound.
    pub sound: SocketAddr,
    /// How long a request waits for its first answer.
    pub give_up: Duration,
    /// How long it may ring.
    pub ring: Duration,
}

/// What a call comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEvent {
    /// The other side is at work on it.
    Trying,
    /// It rings.
    Ringing,
    /// It was answered; sound goes here.
    Answered(Option<SocketAddr>),
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallEnd {
    /// The challenge cannot be answered with what we have.
    CannotAnswer,
    /// We gave it up before it was answered.
    Cancelled,
    /// 401 or 407 after our answer: name or password.
    CredentialRefused,
    /// It was answered, and one side hung up.
    HungUp {
        /// We did.
        by_us: bool,
    },
    /// It rang for the whole time that it may.
    NotAnswered,
    /// Nobody listens at the address, or it cannot be reached.
    Unreachable,
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
