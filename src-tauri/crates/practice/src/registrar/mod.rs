//! A pretend registrar on loopback that holds only hashes, over UDP and TCP on one port.

mod calls;
mod link;
mod network;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

pub use self::network::{NetworkFaults, Rewriting};
use parking_lot::{Mutex, MutexGuard};
pub use registrar_server::{Binding, Directory, Faults, Options};
use registrar_server::{Effect, Server};
use registrar_sip::message::{LARGEST, Message};
use registrar_sip::reply::reply;
use registrar_sip::stream::Stream;
use registrar_sip::tokens::{SystemTokens, Tokens};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant as Moment, timeout, timeout_at};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::connections::{Connections, Place};
pub(super) use calls::Calls;
pub(super) use link::Link;

/// Maximum number of concurrent connections.
const MOST_CONNECTIONS: usize = 100;
/// How long a connection used by a phone may be silent: longer than a registration.
const LONGEST_SILENCE: Duration = Duration::from_secs(3700);
/// Time limit for receiving a message, including the first one of a connection, and for a response
/// to be accepted.
const SLOWEST_MESSAGE: Duration = Duration::from_secs(30);
/// Number of attempts to find a port that is free for both UDP and TCP.
const TRIES: usize = 20;

/// How long a port that was closed is tried again.
const REOPEN_INTERVAL: Duration = Duration::from_millis(50);

/// Called for each request before it is handled. Returns the faults from this request on, where they
/// change.
pub(super) type OnRequest =
    Arc<dyn Fn(&Message, Instant) -> Option<(Faults, NetworkFaults)> + Send + Sync>;

/// The registrar. It stops when dropped.
#[derive(Debug)]
pub struct Registrar {
    shared: Shared,
    port: u16,
    _stop: DropGuard,
}

impl Registrar {
    /// Listens on a free port of 127.0.0.1, the same for UDP and TCP. Requires a Tokio runtime.
    pub async fn start(directory: Arc<dyn Directory>, options: Options) -> io::Result<Self> {
        Self::start_at(0, directory, options).await
    }

    /// Listens on a port; 0 for a free one.
    pub async fn start_at(
        port: u16,
        directory: Arc<dyn Directory>,
        options: Options,
    ) -> io::Result<Self> {
        Self::start_with(port, directory, options, Arc::new(|_, _| None)).await
    }

    /// Listens like [`Self::start_at`], with faults that depend on requests.
    pub(super) async fn start_with(
        port: u16,
        directory: Arc<dyn Directory>,
        options: Options,
        on_request: OnRequest,
    ) -> io::Result<Self> {
        let opened = listen(port).await?;
        let port = opened.0.local_addr()?.port();
        let stop = CancellationToken::new();
        let shared = Shared {
            server: Arc::new(Mutex::new(Server::new(directory, options, Instant::now()))),
            calls: Calls::default(),
            network: Arc::default(),
            on_request,
            stop: stop.clone(),
        };
        shared.spawn(serve(shared.clone(), opened, port));
        Ok(Self {
            shared,
            port,
            _stop: stop.drop_guard(),
        })
    }

    /// Returns the port of both transports.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the address of both transports.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// Returns the bindings of a user, which is the unescaped user part of To.
    #[must_use]
    pub fn bindings(&self, realm: &str, user: &str) -> Vec<Binding> {
        self.shared.server().bindings(realm, user, Instant::now())
    }

    /// Returns a handle for looking up bindings that doesn't keep the registrar alive.
    pub(super) fn lookup(&self) -> Lookup {
        Lookup(Arc::downgrade(&self.shared.server))
    }

    /// Returns how many calls are open.
    #[must_use]
    pub fn open_calls(&self) -> usize {
        self.shared.calls.count()
    }

    /// Injects faults from now on; `Faults::default()` ends that.
    pub fn set_faults(&self, faults: Faults) {
        self.shared.server().set_faults(faults);
    }

    /// Injects faults between it and its phones from now on.
    pub fn set_network(&self, faults: NetworkFaults) {
        self.shared.network.send_replace(faults);
    }
}

/// Looks up bindings, as another part of the same network does.
#[derive(Clone, Default)]
pub(super) struct Lookup(Weak<Mutex<Server>>);

impl Lookup {
    /// Returns the bindings of a user like [`Registrar::bindings`], newest last; none once the
    /// registrar has stopped.
    pub(super) fn bindings(&self, realm: &str, user: &str) -> Vec<Binding> {
        let Some(server) = self.0.upgrade() else {
            return Vec::new();
        };
        let server = server.lock();
        server.bindings(realm, user, Instant::now())
    }
}

/// State shared by all tasks of the registrar.
#[derive(Clone)]
struct Shared {
    server: Arc<Mutex<Server>>,
    calls: Calls,
    network: Arc<watch::Sender<NetworkFaults>>,
    on_request: OnRequest,
    stop: CancellationToken,
}

impl Shared {
    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock()
    }

    /// Runs a task until the registrar stops.
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        tokio::spawn(async move { stop.run_until_cancelled(task).await });
    }

    async fn handle(&self, message: Message, link: &Link) {
        let now = Instant::now();
        if let Some((faults, network)) = (self.on_request)(&message, now) {
            self.server().set_faults(faults);
            self.network.send_replace(network);
        }
        let rewriting = self.network.borrow().rewriting;
        let (message, source) = network::pass(rewriting, message, link.peer());
        let (effect, delay) = {
            let mut server = self.server();
            if server.faults().silent {
                return;
            }
            let effect = server.handle(&message, source, now, &self.calls);
            (effect, server.faults().delay)
        };
        let response = match effect {
            Effect::Nothing => return,
            Effect::Say(response) => *response,
            Effect::Call(request, callee, longest) => {
                match self
                    .calls
                    .begin((*request).clone(), link.clone(), callee, longest)
                {
                    Ok(call) => return self.spawn(call),
                    Err(status) => reply(&request, status, link.peer(), &SystemTokens.token()),
                }
            }
        };
        if delay.is_zero() {
            return link.send(&response).await;
        }
        let link = link.clone();
        self.spawn(async move {
            tokio::time::sleep(delay).await;
            link.send(&response).await;
        });
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}

async fn listen(port: u16) -> io::Result<(UdpSocket, TcpListener)> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..TRIES {
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).await?;
        match TcpListener::bind(udp.local_addr()?).await {
            Ok(tcp) => return Ok((udp, tcp)),
            Err(error) if port == 0 => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// Listens whenever the port isn't closed by a fault. Closing it ends all connections and calls.
async fn serve(shared: Shared, first: (UdpSocket, TcpListener), port: u16) {
    let mut closed = shared.network.subscribe();
    let mut opened = Some(first);
    loop {
        if opened.is_none() {
            opened = listen(port).await.ok();
        }
        let Some((udp, tcp)) = opened.take() else {
            tokio::time::sleep(REOPEN_INTERVAL).await;
            continue;
        };
        let open = Shared {
            stop: shared.stop.child_token(),
            ..shared.clone()
        };
        let until_closed = open.stop.clone().drop_guard();
        open.spawn(over_udp(open.clone(), Arc::new(udp)));
        open.spawn(over_tcp(open.clone(), tcp));
        drop(closed.wait_for(|network| network.closed).await);
        drop(until_closed);
        drop(closed.wait_for(|network| !network.closed).await);
    }
}

async fn over_udp(shared: Shared, socket: Arc<UdpSocket>) {
    let mut room = vec![0; LARGEST];
    loop {
        // An error may mean that one peer is gone, as on Windows; others continue.
        let Ok((length, peer)) = socket.recv_from(&mut room).await else {
            tokio::task::yield_now().await;
            continue;
        };
        if let Ok(Some(message)) = Message::from_datagram(&room[..length]) {
            let link = Link::Udp(Arc::clone(&socket), peer);
            shared.handle(message, &link).await;
        }
    }
}

async fn over_tcp(shared: Shared, listener: TcpListener) {
    let open = Connections::new(MOST_CONNECTIONS);
    loop {
        if let Ok((connection, peer)) = listener.accept().await {
            let place = open.place().await;
            let shared = shared.clone();
            shared.clone().spawn(async move {
                tokio::select! {
                    () = welcome(&shared, connection, peer, &place) => {}
                    () = place.evicted() => {}
                }
            });
        } else {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A connection over TCP or TLS.
trait Connection: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Connection for T {}

async fn welcome(shared: &Shared, mut connection: TcpStream, peer: SocketAddr, place: &Place) {
    let _ = connection.set_nodelay(true);
    let Ok(local) = connection.local_addr() else {
        return;
    };
    let tls = shared.network.borrow().tls;
    if tls && timeout(SLOWEST_MESSAGE, network::begins_with_tls(&connection)).await == Ok(true) {
        let opened = timeout(SLOWEST_MESSAGE, network::accept(connection)).await;
        if let Ok(Ok(mut opened)) = opened {
            converse(shared, &mut opened, local, peer, place).await;
        }
    } else {
        converse(shared, &mut connection, local, peer, place).await;
    }
}

async fn converse(
    shared: &Shared,
    connection: &mut dyn Connection,
    local: SocketAddr,
    peer: SocketAddr,
    place: &Place,
) {
    let (out, mut outgoing) = mpsc::channel::<Vec<u8>>(64);
    let link = Link::Tcp { out, peer, local };
    let mut stream = Stream::default();
    let mut room = [0; 8192];
    let mut until = Moment::now() + SLOWEST_MESSAGE;
    loop {
        let read = tokio::select! {
            read = timeout_at(until, connection.read(&mut room)) => read,
            Some(bytes) = outgoing.recv() => {
                if !write(connection, &bytes).await {
                    return;
                }
                continue;
            }
        };
        let Ok(Ok(length @ 1..)) = read else { return };
        let was_empty = stream.is_empty();
        stream.push(&room[..length]);
        // A keep-alive of two line breaks is answered with one (RFC 5626 section 4.4.1).
        if room[..length] == *b"\r\n\r\n" && stream.is_empty() && !write(connection, b"\r\n").await
        {
            return;
        }
        let mut spoke = false;
        loop {
            match stream.next_message() {
                Ok(Some(message)) => {
                    let _busy = place.busy();
                    shared.handle(message, &link).await;
                    spoke = true;
                }
                Ok(None) => break,
                Err(_) => return,
            }
            // Responses are sent before the next message is read, so that many requests in one
            // packet can't fill the queue.
            while let Ok(bytes) = outgoing.try_recv() {
                if !write(connection, &bytes).await {
                    return;
                }
            }
        }
        let now = Moment::now();
        until = match (spoke, stream.is_empty()) {
            (true, true) => now + LONGEST_SILENCE,
            (true, false) => now + SLOWEST_MESSAGE,
            (false, false) if was_empty => until.min(now + SLOWEST_MESSAGE),
            (false, _) => until,
        };
    }
}

/// Writes everything, and returns whether the other end accepted it in time.
async fn write(connection: &mut dyn Connection, bytes: &[u8]) -> bool {
    matches!(
        timeout(SLOWEST_MESSAGE, connection.write_all(bytes)).await,
        Ok(Ok(()))
    )
}

#[cfg(test)]
mod dialog_tests;
#[cfg(test)]
mod placed_tests;
#[cfg(test)]
#[path = "tests.rs"]
mod tests;
