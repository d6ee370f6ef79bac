//! The sockets of a call's messages: the way to the registrar, and the listener beside it.

use std::net::SocketAddr;

use super::super::invite::Transmit;
use super::super::message::Message;
use super::super::transport::{Failure, Transport};
use super::listener::Listener;

/// Sends and hears the messages of one call.
#[derive(Debug)]
pub(super) struct Signaling {
    transport: Transport,
    listener: Listener,
    target: SocketAddr,
}

impl Signaling {
    /// Takes the way to the registrar at `target`, and listens at its own end of it.
    pub(super) fn new(transport: Transport, target: SocketAddr) -> Self {
        Self {
            listener: Listener::beside(&transport),
            transport,
            target,
        }
    }

    /// Waits for the next message, and returns where it came from. Dropping the wait loses nothing.
    ///
    /// # Errors
    ///
    /// What the way to the registrar met.
    pub(super) async fn receive(&mut self) -> Result<(Message, SocketAddr), Failure> {
        tokio::select! {
            heard = self.transport.receive() => heard.map(|message| (message, self.target)),
            (message, source) = self.listener.receive() => Ok((message, source)),
        }
    }

    /// Sends a message to where it goes. A request that cannot go there goes to the registrar; an
    /// answer that cannot is lost, and the other side asks again.
    ///
    /// # Errors
    ///
    /// What the way to the registrar met.
    pub(super) async fn send(&mut self, transmit: &Transmit) -> Result<(), Failure> {
        let message = &transmit.message;
        if let Some(to) = transmit.to {
            let sent = self.listener.send(message, to).await;
            if sent.is_ok() || message.status().is_some() {
                return Ok(());
            }
        }
        self.transport.send(message).await
    }
}
