//! The sockets under SIP: UDP, connected so that a closed port shows at once, and TCP.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};

use super::message::{LARGEST, Message};
use super::stream::Stream;
use super::verdict::Verdict;
use crate::ipc::TransportName;

/// What went wrong below SIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The other side closed the connection.
    #[error("the connection was closed")]
    Closed,
    /// The port is closed.
    #[error("nobody listens there")]
    NobodyListens,
    /// What came over the stream is not SIP.
    #[error("what came is not SIP")]
    NotSip,
    /// Nobody took the connection in time.
    #[error("nobody answered in time")]
    TimedOut,
    /// This computer cannot send there.
    #[error("the network cannot be reached")]
    Unreachable,
}

impl From<Failure> for Verdict {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Closed => Self::ConnectionClosed,
            Failure::NobodyListens => Self::NobodyListens,
            Failure::NotSip => Self::NotSip,
            Failure::TimedOut => Self::NoAnswer { provisional: false },
            Failure::Unreachable => Self::NetworkUnreachable,
        }
    }
}

/// A way to one registrar.
#[derive(Debug)]
pub enum Transport {
    /// UDP.
    Udp {
        /// Connected to the registrar.
        socket: UdpSocket,
        /// Room for one datagram.
        room: Vec<u8>,
    },
    /// TCP.
    Tcp {
        /// The connection.
        connection: TcpStream,
        /// What was read and is no whole message yet.
        stream: Stream,
        /// Our own address on it.
        local: SocketAddr,
    },
}

impl Transport {
    /// Opens the way; a TCP connection must stand within `limit`.
    pub async fn connect(
        name: TransportName,
        target: SocketAddr,
        limit: Duration,
    ) -> Result<Self, Failure> {
        match name {
            TransportName::Udp => {
                let any: IpAddr = match target {
                    SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
                    SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
                };
                let socket = UdpSocket::bind((any, 0))
                    .await
                    .map_err(|error| failure(&error))?;
                socket
                    .connect(target)
                    .await
                    .map_err(|error| failure(&error))?;
                Ok(Self::Udp {
                    socket,
                    room: vec![0; LARGEST],
                })
            }
            TransportName::Tcp => {
                let connection = tokio::time::timeout(limit, TcpStream::connect(target))
                    .await
                    .map_err(|_| Failure::TimedOut)?
                    .map_err(|error| failure(&error))?;
                // Each message is written at once, so there is nothing to wait for.
                let _ = connection.set_nodelay(true);
                let local = connection.local_addr().map_err(|error| failure(&error))?;
                Ok(Self::Tcp {
                    connection,
                    stream: Stream::default(),
                    local,
                })
            }
        }
    }

    /// Returns our own address.
    pub fn local(&self) -> Result<SocketAddr, Failure> {
        match self {
            Self::Udp { socket, .. } => socket.local_addr().map_err(|error| failure(&error)),
            Self::Tcp { local, .. } => Ok(*local),
        }
    }

    /// Sends one message.
    pub async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        let bytes = message.to_bytes();
        let sent = match self {
            Self::Udp { socket, .. } => socket.send(&bytes).await.map(|_| ()),
            Self::Tcp { connection, .. } => connection.write_all(&bytes).await,
        };
        sent.map_err(|error| self.meant(&error))
    }

    /// Waits for the next message. Dropping the wait loses nothing.
    ///
    /// A datagram that is no SIP message is passed over; on a stream it ends the connection.
    pub async fn receive(&mut self) -> Result<Message, Failure> {
        loop {
            match self {
                Self::Udp { socket, room } => match socket.recv(room).await {
                    Ok(length) => {
                        if let Ok(Some(message)) = Message::from_datagram(&room[..length]) {
                            return Ok(message);
                        }
                    }
                    Err(error) => return Err(self.meant(&error)),
                },
                Self::Tcp {
                    connection, stream, ..
                } => {
                    if let Some(message) = stream.next_message().map_err(|_| Failure::NotSip)? {
                        return Ok(message);
                    }
                    let mut room = [0; 8192];
                    match connection.read(&mut room).await {
                        Ok(0) => return Err(Failure::Closed),
                        Ok(length) => stream.push(&room[..length]),
                        Err(error) => return Err(self.meant(&error)),
                    }
                }
            }
        }
    }

    /// On UDP a reset is the answer of a closed port; Windows calls it so.
    fn meant(&self, error: &io::Error) -> Failure {
        match self {
            Self::Udp { .. } if error.kind() == ErrorKind::ConnectionReset => {
                Failure::NobodyListens
            }
            Self::Udp { .. } | Self::Tcp { .. } => failure(error),
        }
    }
}

#[allow(
    clippy::wildcard_enum_match_arm,
    reason = "the kinds of an I/O error are open-ended"
)]
fn failure(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::ConnectionRefused => Failure::NobodyListens,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected
        | ErrorKind::UnexpectedEof => Failure::Closed,
        ErrorKind::TimedOut => Failure::TimedOut,
        _ => Failure::Unreachable,
    }
}
