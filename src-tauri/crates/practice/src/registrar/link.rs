//! The return path to the sender of a request.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use registrar_sip::message::Message;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// The path to one peer.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    /// UDP, to the source of the request.
    Udp(Arc<UdpSocket>, SocketAddr),
    /// The connection that the request came from.
    Tcp {
        /// What is written to the connection.
        out: mpsc::Sender<Vec<u8>>,
        /// The other end.
        peer: SocketAddr,
        /// Our own end.
        local: SocketAddr,
    },
}

impl Link {
    /// The peer's address.
    pub(crate) fn peer(&self) -> SocketAddr {
        match self {
            Self::Udp(_, peer) | Self::Tcp { peer, .. } => *peer,
        }
    }

    /// Returns our own address, at which the peer reaches us.
    pub(super) fn local(&self) -> io::Result<SocketAddr> {
        match self {
            Self::Udp(socket, _) => socket.local_addr(),
            Self::Tcp { local, .. } => Ok(*local),
        }
    }

    /// Returns the same path to another address; a connection has no other.
    pub(super) fn to(self, address: SocketAddr) -> Self {
        match self {
            Self::Udp(socket, _) => Self::Udp(socket, address),
            Self::Tcp { .. } => self,
        }
    }

    /// Returns whether the transport is reliable, so that nothing is retransmitted.
    pub(super) fn is_reliable(&self) -> bool {
        matches!(self, Self::Tcp { .. })
    }

    /// Returns the transport's name in Via.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Udp(..) => "UDP",
            Self::Tcp { .. } => "TCP",
        }
    }

    /// Sends a message. Failures are ignored, because the peer may be gone.
    pub(crate) async fn send(&self, message: &Message) {
        match self {
            Self::Udp(socket, peer) => {
                let target = match message.via().filter(|_| message.status().is_some()) {
                    Some(via) => via.reply_to(*peer),
                    None => *peer,
                };
                let _ = socket.send_to(&message.to_bytes(), target).await;
            }
            Self::Tcp { out, .. } => {
                // If a peer doesn't read, what doesn't fit is lost.
                let _ = out.try_send(message.to_bytes());
            }
        }
    }
}
