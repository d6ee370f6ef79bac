//! SIP: messages, digest answers, a registration as a value, and the check over a socket.

pub mod answer;
pub mod astray;
mod auth;
mod beside;
pub mod breaker;
pub mod call;
pub mod check;
pub mod consent;
pub mod fleet;
#[cfg(test)]
mod hostile_tests;
pub mod invite;
mod kinds;
pub mod ladder;
pub mod pace;
pub mod path;
pub mod ping;
pub mod register;
pub mod reply;
pub mod resolve;
#[cfg(test)]
pub(crate) mod scripted;
pub mod tls;
pub mod tokens;
pub mod transaction;
pub mod transport;
pub mod verdict;
pub mod watch;
pub mod wire;

pub use kinds::{BindingView, CheckKind, TransportName};
pub use wire::{body, challenge, message, sdp, stream, syntax, uri, via};
