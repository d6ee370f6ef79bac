//! The sockets under SIP: UDP, connected so that a closed port shows at once, TCP, and TLS over it.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::client::TlsStream;

use super::message::{LARGEST, Message};
use super::stream::Stream;
use super::tls::{self, Peer, Problem};
use super::verdict::Verdict;
use crate::ipc::TransportName;

/// What went wrong below SIP.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// There is no TLS connection.
    #[error(transparent)]
    Tls(Problem),
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
            Failure::Tls(problem) => Self::Tls(problem),
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
    Tcp(Connection<TcpStream>),
    /// TLS over TCP.
    Tls(Connection<Box<TlsStream<TcpStream>>>),
}

/// A stream to one registrar.
#[derive(Debug)]
pub struct Connection<S> {
    socket: S,
    /// What was read and is no whole message yet.
    stream: Stream,
    /// Our own address on it.
    local: SocketAddr,
}

impl Transport {
    /// Opens the way; a connection must stand within `limit`, with its TLS to `peer`.
    pub async fn connect(
        name: TransportName,
        target: SocketAddr,
        peer: &Peer,
        limit: Duration,
    ) -> Result<Self, Failure> {
        let until = Instant::now() + limit;
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
                let (socket, local) = connection(target, until).await?;
                Ok(Self::Tcp(Connection::new(socket, local)))
            }
            TransportName::Tls => {
                let (socket, local) = connection(target, until).await?;
                let socket = timeout_at(until, tls::open(socket, peer)).await;
                let socket = socket.unwrap_or(Err(Problem::Silent));
                let socket = socket.map_err(Failure::Tls)?;
                Ok(Self::Tls(Connection::new(socket, local)))
            }
        }
    }

    /// Returns our own address.
    pub fn local(&self) -> Result<SocketAddr, Failure> {
        match self {
            Self::Udp { socket, .. } => socket.local_addr().map_err(|error| failure(&error)),
            Self::Tcp(connection) => Ok(connection.local),
            Self::Tls(connection) => Ok(connection.local),
        }
    }

    /// Sends one message.
    pub async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        match self {
            Self::Udp { socket, .. } => {
                let sent = socket.send(&message.to_bytes()).await;
                sent.map(|_| ()).map_err(|error| of_datagrams(&error))
            }
            Self::Tcp(connection) => connection.send(message).await,
            Self::Tls(connection) => connection.send(message).await,
        }
    }

    /// Waits for the next message. Dropping the wait loses nothing.
    ///
    /// A datagram that is no SIP message is passed over; on a stream it ends the connection.
    pub async fn receive(&mut self) -> Result<Message, Failure> {
        match self {
            Self::Udp { socket, room } => loop {
                let length = socket.recv(room).await;
                let length = length.map_err(|error| of_datagrams(&error))?;
                if let Ok(Some(message)) = Message::from_datagram(&room[..length]) {
                    return Ok(message);
                }
            },
            Self::Tcp(connection) => connection.receive().await,
            Self::Tls(connection) => connection.receive().await,
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    fn new(socket: S, local: SocketAddr) -> Self {
        Self {
            socket,
            stream: Stream::default(),
            local,
        }
    }

    /// Returns the socket below.
    pub(super) fn socket(&self) -> &S {
        &self.socket
    }

    async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        let written = self.socket.write_all(&message.to_bytes()).await;
        written.map_err(|error| failure(&error))?;
        // TLS may hold back what was written.
        self.socket.flush().await.map_err(|error| failure(&error))
    }

    async fn receive(&mut self) -> Result<Message, Failure> {
        loop {
            if let Some(message) = self.stream.next_message().map_err(|_| Failure::NotSip)? {
                return Ok(message);
            }
            let mut room = [0; 8192];
            match self.socket.read(&mut room).await {
                Ok(0) => return Err(Failure::Closed),
                Ok(length) => self.stream.push(&room[..length]),
                Err(error) => return Err(failure(&error)),
            }
        }
    }
}

/// Opens a TCP connection, and returns our own address on it.
async fn connection(
    target: SocketAddr,
    until: Instant,
) -> Result<(TcpStream, SocketAddr), Failure> {
    let connection = timeout_at(until, TcpStream::connect(target))
        .await
        .map_err(|_| Failure::TimedOut)?
        .map_err(|error| failure(&error))?;
    // Each message is written at once, so there is nothing to wait for.
    let _ = connection.set_nodelay(true);
    let local = connection.local_addr().map_err(|error| failure(&error))?;
    Ok((connection, local))
}

/// On UDP a reset is the answer of a closed port; Windows calls it so.
fn of_datagrams(error: &io::Error) -> Failure {
    if error.kind() == ErrorKind::ConnectionReset {
        Failure::NobodyListens
    } else {
        failure(error)
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
        // After the handshake: the other side broke TLS off, such as for want of a certificate.
        ErrorKind::InvalidData => Failure::Tls(Problem::Refused),
        ErrorKind::TimedOut => Failure::TimedOut,
        _ => Failure::Unreachable,
    }
}
