//! The return path to the sender of a request.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use registrar_sip::message::Message;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// Where messages to one peer go.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    /// By datagram, to where the request came from.
    Udp(Arc<UdpSocket>, SocketAddr),
    /// Over the connection that the request came by.
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
    /// Where the peer is.
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

    /// Returns the same way to another address; over a connection there is no other.
    pub(super) fn to(self, address: SocketAddr) -> Self {
        match self {
            Self::Udp(socket, _) => Self::Udp(socket, address),
            Self::Tcp { .. } => self,
        }
    }

    /// Whether nothing is lost on the way, so that nothing is sent again.
    pub(super) fn is_reliable(&self) -> bool {
        matches!(self, Self::Tcp { .. })
    }

    /// The transport's name as Via takes it.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Udp(..) => "UDP",
            Self::Tcp { .. } => "TCP",
        }
    }

    /// Sends a message. A peer that is gone is no reason to stop.
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
                // A peer that does not read loses what does not fit.
                let _ = out.try_send(message.to_bytes());
            }
        }
    }
}
