//! SIP: messages, digest answers, a registration as a value, and the check over a socket.

pub mod answer;
pub mod call;
pub mod challenge;
pub mod check;
pub mod invite;
pub mod ladder;
pub mod message;
pub mod register;
pub mod reply;
pub mod resolve;
#[cfg(test)]
pub(crate) mod scripted;
pub mod sdp;
pub mod stream;
pub mod syntax;
pub mod tokens;
pub mod transaction;
pub mod transport;
pub mod uri;
pub mod verdict;
pub mod via;
