//! The signaling sockets of a call: the one to the registrar, and the listener on the same port.

use std::net::SocketAddr;

use registrar_sip::TransportName;
use registrar_sip::failure::Failure;
use registrar_sip::invite::Transmit;
use registrar_sip::message::Message;
use registrar_sip::noise::Noise;

use super::super::tls::Peer;
use super::super::transport::{Received, Transport};
use super::listener::Listener;
use super::{DialRequest, GIVE_UP};

/// Sends and receives the messages of one call.
#[derive(Debug)]
pub(super) struct Signaling {
    /// `None` while a closed connection waits for something to send.
    transport: Option<Transport>,
    listener: Listener,
    name: TransportName,
    target: SocketAddr,
    peer: Peer,
    /// The registrar's first input that isn't a SIP message.
    noise: Option<Noise>,
}

impl Signaling {
    /// Uses the transport to the registrar of `request`, and listens on its local port.
    pub(super) fn new(transport: Transport, request: &DialRequest) -> Self {
        Self {
            listener: Listener::beside(&transport),
            transport: Some(transport),
            name: request.transport,
            target: request.target,
            peer: request.peer.clone(),
            noise: None,
        }
    }

    /// Returns whether the transport is reliable, so that messages are neither lost nor duplicated.
    pub(super) fn is_reliable(&self) -> bool {
        self.name != TransportName::Udp
    }

    /// Waits for the next message, and returns its source. Cancel safe.
    ///
    /// # Errors
    ///
    /// A failure of the transport to the registrar.
    pub(super) async fn receive(&mut self) -> Result<(Message, SocketAddr), Failure> {
        loop {
            let registrar = async {
                match &mut self.transport {
                    Some(transport) => transport.hear().await,
                    None => std::future::pending().await,
                }
            };
            let heard = tokio::select! {
                heard = registrar => heard?,
                (message, source) = self.listener.receive() => return Ok((message, source)),
            };
            match heard {
                Received::Message(message) => return Ok((message, self.target)),
                Received::Elsewhere(message, source) => return Ok((message, source)),
                Received::Noise(noise) => _ = self.noise.get_or_insert(noise),
            }
        }
    }

    /// Returns the registrar's first input that isn't a SIP message.
    pub(super) fn noise(&self) -> Option<&Noise> {
        self.noise.as_ref()
    }

    /// Drops a connection that the registrar closed. The next message opens another one.
    pub(super) fn close(&mut self) {
        self.transport = None;
    }

    /// Sends a message to its destination. A request that can't be sent there goes to the
    /// registrar; a response that can't is lost, and the other side retransmits its request. A
    /// closed connection is reopened.
    ///
    /// # Errors
    ///
    /// A failure of the transport to the registrar.
    pub(super) async fn send(&mut self, transmit: &Transmit) -> Result<(), Failure> {
        let message = &transmit.message;
        if let Some(to) = transmit.to.filter(|_| self.listener.is_open()) {
            let sent = self.listener.send(message, to).await;
            if sent.is_ok() || message.status().is_some() {
                return Ok(());
            }
        }
        if let Some(transport) = &mut self.transport {
            let sent = transport.send(message).await;
            if sent != Err(Failure::Closed) || !self.is_reliable() {
                return sent;
            }
        }
        let opening = Transport::connect(self.name, self.target, &self.peer, GIVE_UP);
        self.transport = None;
        let transport = self.transport.insert(opening.await?);
        transport.send(message).await
    }
}
