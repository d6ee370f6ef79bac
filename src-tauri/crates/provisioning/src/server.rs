//! Serving the file, and when that ends.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use parking_lot::Mutex;
use registrar_secret::PathSecret;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::{self, Instant};
use zeroize::Zeroizing;

use crate::computer::{Computer, Reach, is_local};
use crate::connections::Connections;

/// How long a file is served at most.
pub const LONGEST: Duration = Duration::from_mins(10);
/// How often the first fetcher gets it. Linphone fetches again when it restarts, and until it has
/// applied what it fetched.
const MOST_FETCHES: u32 = 8;
/// How long nobody fetches anything before the window says so.
const SILENT: Duration = Duration::from_mins(1);
/// How often the computer's networks and its clock are looked at.
const PAUSE: Duration = Duration::from_secs(2);
/// How long such a pause takes by the clock only if the computer slept meanwhile.
const ASLEEP_MS: u64 = 15_000;
/// How long a connection may last: enough for a file of some kilobytes over a bad network.
const LONGEST_CONNECTION: Duration = Duration::from_secs(10);
/// Largest first line and headers of a request together, in bytes. It is hyper's smallest.
const LARGEST_HEAD: usize = 8 * 1024;
/// How many addresses are remembered that were refused.
const MOST_REFUSED: usize = 16;
/// How long to wait where no connection can be accepted: most likely, there are no file handles.
const NO_HANDLES: Duration = Duration::from_millis(50);

/// Something that whoever shows the address should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The file was fetched, with how many times so far.
    Fetched {
        /// From this address, which alone gets it from here on.
        by: IpAddr,
        /// How many times.
        times: u32,
    },
    /// Somebody else asked, and got nothing. Reported once for each address.
    Refused {
        /// From this address.
        from: IpAddr,
    },
    /// Nobody has fetched it for a minute.
    Silent,
}

/// Why serving ended by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It was fetched as often as it may be.
    FetchedOften,
    /// This computer no longer has the address.
    NetworkGone,
    /// This computer slept meanwhile.
    Slept,
    /// The time is over.
    TimeOver,
}

/// A server on one address of this computer, at a free port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    reach: Reach,
    path: PathSecret,
}

impl Server {
    /// Opens a port on an address, which has to be one of this computer's networks.
    pub async fn bind(computer: &dyn Computer, reach: Reach, address: IpAddr) -> io::Result<Self> {
        if !has(computer, reach, address)? {
            return Err(io::ErrorKind::AddrNotAvailable.into());
        }
        let listener = TcpListener::bind((address, 0)).await?;
        Ok(Self {
            address: listener.local_addr()?,
            listener,
            reach,
            path: PathSecret::generate(),
        })
    }

    /// Returns the file's address, which gives the file to whoever is the first to know it.
    #[must_use]
    pub fn url(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("http://{}/{}", self.address, self.path.expose()))
    }

    /// Serves the file, until its own end or until this is dropped.
    pub async fn serve(
        self,
        file: Zeroizing<Vec<u8>>,
        computer: &dyn Computer,
        on_event: &(dyn Fn(Event) + Send + Sync),
    ) -> End {
        let began = Instant::now();
        let mut watch = Watch {
            computer,
            reach: self.reach,
            address: self.address.ip(),
            last_ms: computer.now_ms(),
        };
        let (events, mut heard) = mpsc::unbounded_channel();
        let access = Arc::new(Access {
            path: self.path,
            file,
            events,
            state: Mutex::default(),
        });
        let mut connections = Connections::default();
        let mut ticks = time::interval_at(began + PAUSE, PAUSE);
        let silent = time::sleep_until(began + SILENT);
        tokio::pin!(silent);
        // Whether it was fetched, or reported that it wasn't.
        let mut settled = false;
        loop {
            tokio::select! {
                biased;
                Some(event) = heard.recv() => {
                    on_event(event);
                    if let Event::Fetched { times, .. } = event {
                        settled = true;
                        if times >= MOST_FETCHES {
                            drop(self.listener);
                            connections.finish().await;
                            return End::FetchedOften;
                        }
                    }
                }
                tick = ticks.tick() => {
                    if let Some(end) = watch.end(tick - began) {
                        return end;
                    }
                }
                () = &mut silent, if !settled => {
                    settled = true;
                    on_event(Event::Silent);
                }
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let peer = peer.ip().to_canonical();
                        if access.may_ask(self.reach, peer) {
                            connections.add(serve_one(Arc::clone(&access), stream, peer));
                        }
                    }
                    Err(_) => time::sleep(NO_HANDLES).await,
                },
            }
        }
    }
}

fn has(computer: &dyn Computer, reach: Reach, address: IpAddr) -> io::Result<bool> {
    let networks = computer.networks(reach)?;
    Ok(networks.iter().any(|network| network.address == address))
}

/// What ends serving while nobody asks for anything.
struct Watch<'a> {
    computer: &'a dyn Computer,
    reach: Reach,
    address: IpAddr,
    last_ms: u64,
}

impl Watch<'_> {
    /// Returns why serving ends after so much time, if it does. Called every [`PAUSE`].
    fn end(&mut self, elapsed: Duration) -> Option<End> {
        let now_ms = self.computer.now_ms();
        let pause_ms = now_ms.saturating_sub(self.last_ms);
        self.last_ms = now_ms;
        if pause_ms > ASLEEP_MS {
            Some(End::Slept)
        } else if elapsed >= LONGEST {
            Some(End::TimeOver)
        } else if !has(self.computer, self.reach, self.address).unwrap_or(true) {
            Some(End::NetworkGone)
        } else {
            None
        }
    }
}

/// Answers the one request that a connection may make.
async fn serve_one(access: Arc<Access>, stream: TcpStream, peer: IpAddr) {
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(LONGEST_CONNECTION)
        .keep_alive(false)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(
            TokioIo::new(stream),
            service_fn(|request| {
                std::future::ready(Ok::<_, Infallible>(access.answer(peer, &request)))
            }),
        );
    // It doesn't matter how a connection ends.
    let _ended = time::timeout(LONGEST_CONNECTION, connection).await;
}

/// Decides who gets the file.
struct Access {
    path: PathSecret,
    file: Zeroizing<Vec<u8>>,
    events: mpsc::UnboundedSender<Event>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    fetcher: Option<IpAddr>,
    fetches: u32,
    refused: Vec<IpAddr>,
}

impl Access {
    /// Returns whether a request from this address is read at all.
    fn may_ask(&self, reach: Reach, peer: IpAddr) -> bool {
        let in_reach = match reach {
            Reach::LocalNetwork => is_local(peer),
            Reach::ThisComputer => peer.is_loopback(),
        };
        let mut state = self.state.lock();
        if in_reach && state.fetcher.is_none_or(|fetcher| fetcher == peer) {
            return true;
        }
        self.refuse(&mut state, peer);
        false
    }

    fn answer(&self, peer: IpAddr, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let mut state = self.state.lock();
        let given = request.uri().path().strip_prefix('/').unwrap_or_default();
        let named = request.method() == Method::GET && self.path.matches(&PathSecret::new(given));
        if !named || state.fetcher.is_some_and(|fetcher| fetcher != peer) {
            self.refuse(&mut state, peer);
            return nothing();
        }
        if state.fetches >= MOST_FETCHES {
            return nothing();
        }
        state.fetcher = Some(peer);
        state.fetches += 1;
        let _ = self.events.send(Event::Fetched {
            by: peer,
            times: state.fetches,
        });
        found(&self.file)
    }

    /// Reports whoever isn't the fetcher, once.
    fn refuse(&self, state: &mut State, peer: IpAddr) {
        let is_new = state.fetcher != Some(peer) && !state.refused.contains(&peer);
        if is_new && state.refused.len() < MOST_REFUSED {
            state.refused.push(peer);
            let _ = self.events.send(Event::Refused { from: peer });
        }
    }
}

fn nothing() -> Response<Full<Bytes>> {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

fn found(file: &[u8]) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::copy_from_slice(file)));
    let headers = response.headers_mut();
    let xml = HeaderValue::from_static("application/xml");
    headers.insert(header::CONTENT_TYPE, xml);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests;
