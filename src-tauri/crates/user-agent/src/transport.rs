//! The sockets under SIP: UDP, connected so that a closed port is noticed immediately, TCP, and TLS
//! over it. A check also receives what other addresses send to its UDP port.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use registrar_sip::TransportName;
use registrar_sip::failure::{Failure, TlsProblem};
use registrar_sip::message::{LARGEST, Malformed, Message};
use registrar_sip::noise::Noise;
use registrar_sip::stream::Stream;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, timeout_at};
use tokio_rustls::client::TlsStream;

use super::beside;
use super::tls::{self, Peer};

/// What was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// A message from another address than the one that was asked.
    Elsewhere(Message, SocketAddr),
    /// A message from the one that was asked.
    Message(Message),
    /// A datagram that is not a whole SIP message.
    Noise(Noise),
}

/// What hears whoever sends to our UDP port.
#[derive(Debug)]
pub struct Others {
    socket: UdpSocket,
    room: Vec<u8>,
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
        /// Receives from other addresses; `None` if not requested.
        others: Option<Others>,
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
    /// The other side's.
    target: SocketAddr,
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
                    others: None,
                })
            }
            TransportName::Tcp => {
                let (socket, local) = connection(target, until).await?;
                Ok(Self::Tcp(Connection::new(socket, local, target)))
            }
            TransportName::Tls => {
                let (socket, local) = connection(target, until).await?;
                let socket = timeout_at(until, tls::open(socket, peer)).await;
                let socket = socket.unwrap_or(Err(TlsProblem::Silent));
                let socket = socket.map_err(Failure::Tls)?;
                Ok(Self::Tls(Connection::new(socket, local, target)))
            }
        }
    }

    /// Also receives what other addresses send to the UDP port from now on. If the system provides
    /// no second socket, only the target is heard.
    #[must_use]
    pub fn hearing_others(mut self) -> Self {
        if let Self::Udp { socket, others, .. } = &mut self {
            *others = beside::datagrams(socket).ok().map(|socket| Others {
                socket,
                room: vec![0; LARGEST],
            });
        }
        self
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

    /// Waits for the next message from the target. Dropping the future loses nothing.
    ///
    /// A datagram that is no SIP message is passed over; on a stream it ends the connection.
    pub async fn receive(&mut self) -> Result<Message, Failure> {
        loop {
            if let Received::Message(message) = self.hear().await? {
                return Ok(message);
            }
        }
    }

    /// Waits for the next input of any kind. Dropping the future loses nothing.
    pub async fn hear(&mut self) -> Result<Received, Failure> {
        match self {
            Self::Udp {
                socket,
                room,
                others,
            } => loop {
                let heard = tokio::select! {
                    length = socket.recv(room) => {
                        let length = length.map_err(|error| of_datagrams(&error))?;
                        let target = socket.peer_addr().map_err(|error| failure(&error))?;
                        read(&room[..length], target, false)
                    }
                    heard = of_others(others) => heard,
                };
                if let Some(heard) = heard {
                    return Ok(heard);
                }
            },
            Self::Tcp(connection) => connection.receive().await.map(Received::Message),
            Self::Tls(connection) => connection.receive().await.map(Received::Message),
        }
    }

    /// Returns an incomplete message received over a stream.
    #[must_use]
    pub fn unfinished(&self) -> Option<Noise> {
        match self {
            Self::Udp { .. } => None,
            Self::Tcp(connection) => connection.unfinished(),
            Self::Tls(connection) => connection.unfinished(),
        }
    }
}

impl Drop for Transport {
    /// Closes TLS properly, however early the work over it ends.
    fn drop(&mut self) {
        if let Self::Tls(connection) = self {
            tls::close(&mut connection.socket);
        }
    }
}

/// Parses a datagram. A keep-alive is `None`.
fn read(bytes: &[u8], source: SocketAddr, is_elsewhere: bool) -> Option<Received> {
    match Message::from_datagram(bytes) {
        Ok(Some(message)) if is_elsewhere => Some(Received::Elsewhere(message, source)),
        Ok(message) => message.map(Received::Message),
        Err(why) => Some(Received::Noise(Noise::new(source, why, bytes))),
    }
}

/// Waits for input from other addresses; forever if not requested.
async fn of_others(others: &mut Option<Others>) -> Option<Received> {
    if let Some(Others { socket, room }) = others {
        match socket.recv_from(room).await {
            Ok((length, source)) => return read(&room[..length], source, true),
            // Windows also reports closed ports here, as the connected socket does.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return None,
            Err(_) => {}
        }
    }
    *others = None;
    std::future::pending().await
}

impl<S: AsyncRead + AsyncWrite + Unpin> Connection<S> {
    fn new(socket: S, local: SocketAddr, target: SocketAddr) -> Self {
        Self {
            socket,
            stream: Stream::default(),
            local,
            target,
        }
    }

    /// Returns the socket below.
    pub(super) fn socket(&self) -> &S {
        &self.socket
    }

    fn unfinished(&self) -> Option<Noise> {
        let begun = !self.stream.is_empty();
        begun.then(|| self.noise(Malformed::CutOff))
    }

    /// The other side closed: after whole messages, or in the middle of something.
    fn closed(&self) -> Failure {
        self.unfinished().map_or(Failure::Closed, Failure::NotSip)
    }

    fn noise(&self, why: Malformed) -> Noise {
        Noise::new(self.target, why, self.stream.beginning())
    }

    async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        let written = self.socket.write_all(&message.to_bytes()).await;
        written.map_err(|error| failure(&error))?;
        // TLS may hold back what was written.
        self.socket.flush().await.map_err(|error| failure(&error))
    }

    async fn receive(&mut self) -> Result<Message, Failure> {
        loop {
            match self.stream.next_message() {
                Ok(Some(message)) => return Ok(message),
                Ok(None) => {}
                Err(why) => return Err(Failure::NotSip(self.noise(why))),
            }
            let mut room = [0; 8192];
            match self.socket.read(&mut room).await {
                Ok(0) => return Err(self.closed()),
                Ok(length) => self.stream.push(&room[..length]),
                Err(error) => {
                    let failure = failure(&error);
                    let closed = failure == Failure::Closed;
                    return Err(if closed { self.closed() } else { failure });
                }
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
    // Each message is written in one call, so there is nothing to batch.
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
        ErrorKind::InvalidData => Failure::Tls(TlsProblem::Refused),
        ErrorKind::TimedOut => Failure::TimedOut,
        _ => Failure::Unreachable,
    }
}
