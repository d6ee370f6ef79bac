//! How the pretend Twilio reaches a phone: a port (trait), so that tests need no SIP.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use tokio_util::sync::CancellationToken;

/// A call to place.
#[derive(Clone, Debug)]
pub struct DialOrder {
    /// The SIP URI to invite, as given.
    pub to: String,
    /// Its resolved address, always on this computer.
    pub target: SocketAddr,
    /// Over which transport.
    pub transport: TransportName,
    /// The user name for the challenge, if given.
    pub user_name: Option<String>,
    /// The password for the challenge.
    pub password: Option<SipPassword>,
    /// What the other side sees as the caller.
    pub from: String,
    /// How long it may ring.
    pub ring: Duration,
    /// How long the caller speaks before hanging up.
    pub talk: Duration,
    /// Hangs up, or stops ringing.
    pub cancel: CancellationToken,
}

/// What happens while a call is placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialState {
    /// The other side rings.
    Ringing,
    /// The other side answered.
    Answered,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DialEnd {
    /// It was answered, and then hung up by either side.
    HungUp,
    /// It was cancelled before it was answered.
    Cancelled,
    /// It rang until the time was over.
    NoAnswer,
    /// A final answer that is no success.
    Refused {
        /// The SIP status code.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// Nobody answers at that address.
    Unreachable,
}

/// Called with each state.
pub type OnState = Arc<dyn Fn(DialState) + Send + Sync>;

/// A future that a trait object can return.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// Places calls.
pub trait Dialer: Send + Sync {
    /// Places a call and follows it to its end.
    fn dial(&self, order: DialOrder, on_state: OnState) -> BoxFuture<DialEnd>;
}
