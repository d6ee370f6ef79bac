//! OPTIONS pings: whether a server responds, and how long a round trip takes (RFC 3261 section 11).
//!
//! Nothing is retransmitted, because that would hide a lost request or response.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_sip::TransportName;
use registrar_sip::failure::Failure;
use registrar_sip::message::Message;
use registrar_sip::noise::Noise;
use registrar_sip::path::Path;
use registrar_sip::register::USER_AGENT;
use registrar_sip::stray_messages::StrayMessages;
use registrar_sip::tokens::{SystemTokens, Tokens};
use registrar_sip::transaction::{Tick, Transaction};
use registrar_sip::uri::{Address, Uri};
use registrar_sip::via::{COOKIE, Via};
use tokio::time::sleep_until;

use super::check::Way;
use super::tls::Peer;
use super::transport::{Received, Transport};

/// Default number of pings.
pub const TIMES: u8 = 5;
/// Default time limit of a ping.
pub const GIVE_UP: Duration = Duration::from_secs(2);

/// Who is asked, and how often.
#[derive(Clone, Debug)]
pub struct PingRequest {
    /// The realm, or another host, for the Request-URI.
    pub host: String,
    /// The user that the registrar should forward the ping to; `None` pings the registrar itself.
    pub user: Option<String>,
    /// The transport.
    pub transport: TransportName,
    /// Its target.
    pub target: SocketAddr,
    /// Whom a TLS connection must prove to be.
    pub peer: Peer,
    /// How often; 0 counts as 1.
    pub times: u8,
    /// How long one question waits for its answer.
    pub give_up: Duration,
}

impl PingRequest {
    /// Asks a registrar itself, as often and as patiently as is usual.
    #[must_use]
    pub fn new(host: &str, transport: TransportName, target: SocketAddr) -> Self {
        Self {
            host: host.to_owned(),
            user: None,
            transport,
            target,
            peer: Peer::new(host),
            times: TIMES,
            give_up: GIVE_UP,
        }
    }
}

/// The result of the pings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PingOutcome {
    /// The round trip of each question; `None` where no answer came.
    pub times: Vec<Option<Duration>>,
    /// The status of the last response. Any final status counts: a refusal is a response.
    pub status: Option<u16>,
    /// What the responses revealed about the path; `None` if no socket could be opened.
    pub path: Option<Path>,
    /// What broke the way before the last question.
    pub failure: Option<Failure>,
}

impl PingOutcome {
    /// Returns the round trips that were measured, the shortest first.
    #[must_use]
    pub fn sorted(&self) -> Vec<Duration> {
        let mut times: Vec<Duration> = self.times.iter().copied().flatten().collect();
        times.sort_unstable();
        times
    }

    /// Returns the shortest, median, and longest round trip, if there was any response.
    #[must_use]
    pub fn spread(&self) -> Option<[Duration; 3]> {
        let times = self.sorted();
        let middle = times.len() / 2;
        let upper = *times.get(middle)?;
        let median = if times.len().is_multiple_of(2) {
            (times[middle - 1] + upper) / 2
        } else {
            upper
        };
        Some([times[0], median, *times.last()?])
    }

    /// Returns how many questions stayed without an answer.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.times.iter().filter(|time| time.is_none()).count()
    }
}

/// Consecutive pings as a state machine that is fed messages and times.
#[derive(Debug)]
pub struct Ping {
    request: PingRequest,
    local: SocketAddr,
    call_id: String,
    tag: String,
    number: u32,
    /// A response came over the open connection.
    heard_here: bool,
    to_send: Option<Message>,
    waits: Option<Wait>,
    outcome: PingOutcome,
    astray: StrayMessages,
    path: Path,
}

/// A question that was sent.
#[derive(Debug)]
struct Wait {
    question: Message,
    transaction: Transaction,
    sent: Instant,
}

impl Ping {
    /// Begins; `local` is our own address.
    #[must_use]
    pub fn new(request: PingRequest, local: SocketAddr, tokens: &mut dyn Tokens) -> Self {
        let mut ping = Self {
            request,
            local,
            call_id: format!("{}{}", tokens.token(), tokens.token()),
            tag: tokens.token(),
            number: 0,
            heard_here: false,
            to_send: None,
            waits: None,
            outcome: PingOutcome {
                times: Vec::new(),
                status: None,
                path: None,
                failure: None,
            },
            astray: StrayMessages::default(),
            path: Path::new(local),
        };
        ping.ask(tokens);
        ping
    }

    /// Returns the next question, which leaves at `now`.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Message> {
        let question = self.to_send.take()?;
        self.waits = Some(Wait {
            transaction: Transaction::begin(&question, true, now, self.request.give_up),
            question: question.clone(),
            sent: now,
        });
        Some(question)
    }

    /// Takes a message in.
    pub fn handle_input(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) {
        let Some(wait) = &self.waits else {
            return;
        };
        self.path.compare(&wait.question, message);
        let status = message.status().unwrap_or_default();
        if status < 200 || !wait.transaction.is_answered_by(message) {
            return;
        }
        let time = now.saturating_duration_since(wait.sent);
        self.outcome.status = Some(status);
        self.heard_here = true;
        self.end_one(Some(time), tokens);
    }

    /// Takes bytes in that are not a whole SIP message.
    pub fn handle_noise(&mut self, noise: Noise) {
        self.astray.note_noise(noise);
    }

    /// Takes a message in from another address than the registrar's; it counts as no round trip.
    pub fn handle_elsewhere(&mut self, message: &Message, source: SocketAddr) {
        let waits = self.waits.as_ref().map(|wait| &wait.transaction);
        self.astray.note_elsewhere(waits, message, source);
    }

    /// Gives up on a ping if it's due at `now`.
    pub fn handle_timeout(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        let tick = self.waits.as_mut().map(|wait| wait.transaction.tick(now));
        if tick == Some(Tick::GaveUp) {
            self.end_one(None, tokens);
        }
    }

    /// Returns when [`Self::handle_timeout`] has something to do.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let wait = self.waits.as_ref();
        wait.map(|wait| wait.transaction.next_tick())
    }

    /// Returns whether the connection carried a response, so that the next ping may use another one
    /// if it's closed.
    #[must_use]
    pub fn heard_here(&self) -> bool {
        self.heard_here
    }

    /// Sends the last ping again over another connection, whose local address is `local`.
    pub fn go_on(&mut self, local: SocketAddr, tokens: &mut dyn Tokens) {
        self.local = local;
        self.heard_here = false;
        self.waits = None;
        self.ask(tokens);
    }

    /// Ends with what the transport met: what was not answered yet is lost.
    pub fn fail(&mut self, failure: Failure) {
        self.outcome.failure = Some(failure);
        self.to_send = None;
        self.waits = None;
        self.outcome.times.resize(self.times(), None);
    }

    /// Returns the result, once there is one.
    #[must_use]
    pub fn outcome(&self) -> Option<PingOutcome> {
        (self.outcome.times.len() >= self.times()).then(|| PingOutcome {
            path: Some(self.path.clone()),
            failure: self.outcome.failure.clone().or_else(|| {
                let answered = self.outcome.times.iter().any(Option::is_some);
                self.astray.failure().filter(|_| !answered)
            }),
            ..self.outcome.clone()
        })
    }

    fn times(&self) -> usize {
        usize::from(self.request.times.max(1))
    }

    fn end_one(&mut self, time: Option<Duration>, tokens: &mut dyn Tokens) {
        self.waits = None;
        self.outcome.times.push(time);
        if self.outcome.times.len() < self.times() {
            self.ask(tokens);
        }
    }

    fn ask(&mut self, tokens: &mut dyn Tokens) {
        self.number += 1;
        let request = &self.request;
        let uri = Uri::new(request.user.as_deref(), &request.host);
        let from = Address::new(Uri::new(Some("ping"), &request.host)).with("tag", &self.tag);
        let branch = format!("{COOKIE}{}", tokens.token());
        let via = Via::ours(request.transport.as_str(), self.local, &branch);
        let question = Message::request("OPTIONS", &uri.to_string())
            .with("Via", via.to_string())
            .with("Max-Forwards", "70")
            .with("From", from.to_string())
            .with("To", Address::new(uri).to_string())
            .with("Call-ID", &self.call_id)
            .with("CSeq", format!("{} OPTIONS", self.number))
            .with("Accept", "application/sdp")
            .with("User-Agent", USER_AGENT);
        self.to_send = Some(question);
    }
}

/// Asks as often as `request` says, one question after the other; each round trip goes to `on_time`
/// as it ends. It ends within `times` times `give_up`, and the time to connect.
pub async fn ping(
    request: &PingRequest,
    on_time: &(dyn Fn(Option<Duration>) + Send + Sync),
) -> PingOutcome {
    let way = Way {
        transport: request.transport,
        target: request.target,
        peer: request.peer.clone(),
        limit: request.give_up,
    };
    match way.open().await {
        Ok((local, mut transport)) => {
            let mut ping = Ping::new(request.clone(), local, &mut SystemTokens);
            drive(&mut ping, &mut transport, &way, on_time).await
        }
        Err(failure) => PingOutcome {
            times: vec![None; usize::from(request.times.max(1))],
            status: None,
            path: None,
            failure: Some(failure),
        },
    }
}

async fn drive(
    ping: &mut Ping,
    transport: &mut Transport,
    way: &Way,
    on_time: &(dyn Fn(Option<Duration>) + Send + Sync),
) -> PingOutcome {
    let mut told = 0;
    loop {
        if let Some(question) = ping.poll_transmit(Instant::now())
            && let Err(failure) = transport.send(&question).await
        {
            lost(ping, transport, way, failure).await;
        }
        for time in &ping.outcome.times[told..] {
            on_time(*time);
        }
        told = ping.outcome.times.len();
        if let Some(outcome) = ping.outcome() {
            return outcome;
        }
        let Some(due) = ping.poll_timeout() else {
            continue;
        };
        tokio::select! {
            heard = transport.hear() => match heard {
                Ok(Received::Elsewhere(message, source)) => ping.handle_elsewhere(&message, source),
                Ok(Received::Noise(noise)) => ping.handle_noise(noise),
                Ok(Received::Message(message)) => ping.handle_input(&message, &mut SystemTokens, Instant::now()),
                Err(failure) => lost(ping, transport, way, failure).await,
            },
            () = sleep_until(due.into()) => {
                if let Some(noise) = transport.unfinished() {
                    ping.handle_noise(noise);
                }
                ping.handle_timeout(&mut SystemTokens, Instant::now());
            }
        }
    }
}

/// Goes on over another connection where the last one was closed after an answer, and ends otherwise.
async fn lost(ping: &mut Ping, transport: &mut Transport, way: &Way, failure: Failure) {
    if failure == Failure::Closed
        && ping.heard_here()
        && let Ok((local, fresh)) = way.open().await
    {
        *transport = fresh;
        ping.go_on(local, &mut SystemTokens);
    } else {
        ping.fail(failure);
    }
}

#[cfg(test)]
#[path = "ping_tests.rs"]
mod tests;
