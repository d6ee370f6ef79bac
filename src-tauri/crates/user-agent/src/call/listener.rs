//! Receives requests from a far end that bypasses the registrar: our Contact names a port, to which
//! requests may come from any address (RFC 3261 sections 12.2 and 18.2).

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use registrar_sip::message::{LARGEST, Message};
use registrar_sip::stream::Stream;
use socket2::{SockRef, Type};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::super::beside::beside;
use super::super::transport::Transport;

/// Maximum number of connections. A further one ends the oldest.
const MOST_OPEN: usize = 8;
/// How long a connection may be silent.
const LONGEST_SILENCE: Duration = Duration::from_mins(5);
/// Maximum number of queued messages per direction of a connection.
const MOST_WAITING: usize = 8;

/// Receives from everyone on the port of a transport that is connected to the registrar.
#[derive(Debug)]
pub(super) enum Listener {
    /// Datagrams.
    Datagrams {
        /// Bound to the same port as the connected socket.
        socket: UdpSocket,
        /// Room for one datagram.
        room: Vec<u8>,
    },
    /// Nothing can be received: the system provided no second socket, or it is TLS, for which we
    /// have no certificate of our own. Messages over the registrar's connection are received all
    /// the same.
    Nowhere,
    /// Connections.
    Streams(Streams),
}

/// The connections opened by others.
#[derive(Debug)]
pub(super) struct Streams {
    accepting: JoinHandle<()>,
    events: mpsc::Receiver<Event>,
    open: VecDeque<Open>,
    from: mpsc::Sender<Event>,
}

#[derive(Debug)]
struct Open {
    peer: SocketAddr,
    answers: mpsc::Sender<Message>,
    task: JoinHandle<()>,
}

#[derive(Debug)]
enum Event {
    Accepted(TcpStream, SocketAddr),
    Received(Message, SocketAddr),
}

impl Listener {
    /// Listens on the port of `transport`.
    pub(super) fn beside(transport: &Transport) -> Self {
        let opened = match transport {
            Transport::Udp { socket, .. } => {
                beside(&SockRef::from(socket), Type::DGRAM).and_then(|socket| {
                    Ok(Self::Datagrams {
                        socket: UdpSocket::from_std(socket.into())?,
                        room: vec![0; LARGEST],
                    })
                })
            }
            Transport::Tcp(connection) => {
                let bound = beside(&SockRef::from(connection.socket()), Type::STREAM);
                bound.and_then(|socket| {
                    let listener = TcpListener::from_std(socket.into())?;
                    Ok(Self::Streams(Streams::new(listener)))
                })
            }
            Transport::Tls(_) => return Self::Nowhere,
        };
        opened.unwrap_or_else(|error| {
            tracing::warn!(%error, "Nothing listens beside the registrar's connection");
            Self::Nowhere
        })
    }

    /// Returns whether there is a socket to receive and respond on.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self, Self::Nowhere)
    }

    /// Waits for the next message, and returns its source. Cancel safe.
    pub(super) async fn receive(&mut self) -> (Message, SocketAddr) {
        loop {
            match self {
                Self::Datagrams { socket, room } => match socket.recv_from(room).await {
                    Ok((length, source)) => {
                        if let Ok(Some(message)) = Message::from_datagram(&room[..length]) {
                            return (message, source);
                        }
                    }
                    // Windows reports here that a response reached a closed port.
                    Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
                    Err(_) => *self = Self::Nowhere,
                },
                Self::Nowhere => return std::future::pending().await,
                Self::Streams(streams) => match streams.events.recv().await {
                    Some(Event::Received(message, source)) => return (message, source),
                    Some(Event::Accepted(stream, peer)) => streams.open(stream, peer),
                    None => *self = Self::Nowhere,
                },
            }
        }
    }

    /// Sends a message to an address other than the registrar's: over UDP to any address, over TCP
    /// on an open connection.
    ///
    /// # Errors
    ///
    /// The system's error, or that there is no such connection.
    pub(super) async fn send(&mut self, message: &Message, to: SocketAddr) -> io::Result<()> {
        match self {
            Self::Datagrams { socket, .. } => {
                socket.send_to(&message.to_bytes(), to).await.map(|_| ())
            }
            Self::Nowhere => Err(ErrorKind::NotConnected.into()),
            Self::Streams(streams) => {
                let open = streams.open.iter().find(|open| open.peer == to);
                let sent = open.map(|open| open.answers.try_send(message.clone()));
                match sent {
                    Some(Ok(())) => Ok(()),
                    Some(Err(_)) | None => Err(ErrorKind::NotConnected.into()),
                }
            }
        }
    }
}

impl Streams {
    fn new(listener: TcpListener) -> Self {
        let (from, events) = mpsc::channel(MOST_WAITING);
        let accepted = from.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, peer)) = listener.accept().await {
                if accepted.send(Event::Accepted(stream, peer)).await.is_err() {
                    return;
                }
            }
        });
        Self {
            accepting,
            events,
            open: VecDeque::new(),
            from,
        }
    }

    fn open(&mut self, stream: TcpStream, peer: SocketAddr) {
        self.open.retain(|open| !open.task.is_finished());
        if self.open.len() >= MOST_OPEN
            && let Some(oldest) = self.open.pop_front()
        {
            oldest.task.abort();
        }
        let (answers, outgoing) = mpsc::channel(MOST_WAITING);
        let task = tokio::spawn(talk(stream, peer, self.from.clone(), outgoing));
        self.open.push_back(Open {
            peer,
            answers,
            task,
        });
    }
}

impl Drop for Streams {
    fn drop(&mut self) {
        // Each connection writes what is queued and ends, because its sender is dropped.
        self.accepting.abort();
    }
}

/// Reads requests from one connection and writes the responses, until it ends, is silent for too
/// long, or sends something that isn't SIP.
async fn talk(
    mut socket: TcpStream,
    peer: SocketAddr,
    heard: mpsc::Sender<Event>,
    mut answers: mpsc::Receiver<Message>,
) {
    let mut stream = Stream::default();
    let mut room = [0; 8192];
    loop {
        tokio::select! {
            answer = answers.recv() => {
                let Some(answer) = answer else {
                    return;
                };
                if socket.write_all(&answer.to_bytes()).await.is_err() {
                    return;
                }
            }
            read = timeout(LONGEST_SILENCE, socket.read(&mut room)) => {
                let Ok(Ok(length @ 1..)) = read else {
                    return;
                };
                stream.push(&room[..length]);
                loop {
                    match stream.next_message() {
                        Ok(Some(message)) => {
                            if heard.send(Event::Received(message, peer)).await.is_err() {
                                return;
                            }
                        }
                        Ok(None) => break,
                        Err(_) => return,
                    }
                }
            }
        }
    }
}
