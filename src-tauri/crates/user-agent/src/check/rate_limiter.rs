//! What each message of many checks waits for.

use std::net::SocketAddr;

use crate::breaker::{Breaker, Sender};
use crate::pace::Pace;

/// What each message of many checks waits for before it leaves.
#[derive(Clone, Debug)]
pub struct RateLimiter {
    pub(super) pace: Pace,
    pub(super) breaker: Breaker,
    pub(super) sender: Sender,
    pub(super) registrar: SocketAddr,
}
