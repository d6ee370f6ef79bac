//! An outgoing message and its destination.

use std::net::SocketAddr;

use super::super::message::Message;

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transmit {
    /// The message.
    pub message: Message,
    /// The destination; `None` is the registrar. Over TCP, this is the other end of the connection
    /// that the answered request came from.
    pub to: Option<SocketAddr>,
}

impl From<Message> for Transmit {
    /// Sends a message to the registrar.
    fn from(message: Message) -> Self {
        Self { message, to: None }
    }
}
