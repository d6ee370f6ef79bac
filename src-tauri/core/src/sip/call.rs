//! A real call over a socket, with a tone for sound.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::net::UdpSocket;
use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::answer::Proof;
use super::invite::{CallEnd, CallEvent, CallPlan, Invite};
use super::tls::Peer;
use super::tokens::SystemTokens;
use super::transport::Transport;
use super::uri::Uri;
use crate::ipc::TransportName;
use crate::media::tone::{Counts, Tone, play};

/// How long a request waits for its first answer.
const GIVE_UP: Duration = Duration::from_secs(8);
/// How long a call that nobody waits for any longer may take to end.
const LAST_WORDS: Duration = Duration::from_secs(16);

/// A call to be placed.
#[derive(Clone, Debug)]
pub struct DialRequest {
    /// Where the INVITE goes.
    pub target: SocketAddr,
    /// Whom it calls, such as `sip:+15551234567@r.example:5006`.
    pub request_uri: String,
    /// Who calls, such as `sip:+15557654321@r.example`.
    pub from: String,
    /// The digest user name.
    pub user_name: String,
    /// The password, or the stored hashes.
    pub proof: Proof,
    /// The realm that hashes were made for; empty where a password goes for any.
    pub realm: String,
    /// The transport.
    pub transport: TransportName,
    /// How long it may ring.
    pub ring_timeout: Duration,
    /// How long it talks before it hangs up.
    pub talk: Duration,
    /// Hangs up: CANCEL before the call is answered, BYE after.
    pub hangup: CancellationToken,
    /// The sound that is sent; without it, the call is silent.
    pub media: Option<Tone>,
}

/// What a call comes to on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// The INVITE was sent.
    Calling,
    /// The other side is at work on it.
    Trying,
    /// It rings.
    Ringing,
    /// It was answered.
    Answered,
}

/// The end of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DialOutcome {
    /// How it ended.
    pub end: CallEnd,
    /// The last final status: 200 for a call that was answered.
    pub status: Option<u16>,
    /// It rang.
    pub rang: bool,
    /// It was answered.
    pub answered: bool,
    /// How long it talked.
    pub talked: Duration,
    /// Packets of sound sent.
    pub sent: u32,
    /// Packets of sound received.
    pub received: u32,
}

/// Places a call and follows it to its end. `on_state` hears each state as it comes.
///
/// A call whose future is dropped is hung up by a task of its own.
pub async fn dial(
    request: DialRequest,
    on_state: &(dyn Fn(CallState) + Send + Sync),
) -> DialOutcome {
    let peer = Uri::parse(&request.request_uri).map(|uri| uri.host);
    let peer = Peer::new(&peer.unwrap_or_default());
    let opened = Transport::connect(request.transport, request.target, &peer, GIVE_UP).await;
    let opened = opened.and_then(|transport| Ok((transport.local()?, transport)));
    let Ok((local, transport)) = opened else {
        return outcome_of(CallEnd::Unreachable);
    };
    let sound = UdpSocket::bind((local.ip(), 0)).await;
    let sound = sound.and_then(|socket| Ok((socket.local_addr()?, socket)));
    let Ok((sound_address, sound)) = sound else {
        return outcome_of(CallEnd::Unreachable);
    };
    let plan = CallPlan {
        request_uri: request.request_uri.clone(),
        from: request.from.clone(),
        user_name: request.user_name.clone(),
        proof: request.proof.clone(),
        realm: request.realm.clone(),
        transport: request.transport,
        local,
        sound: sound_address,
        give_up: GIVE_UP,
        ring: request.ring_timeout,
    };
    let mut line = Line {
        parts: Some((
            Invite::new(plan, &mut SystemTokens, Instant::now()),
            transport,
        )),
        target: request.target,
    };
    on_state(CallState::Calling);
    line.follow(&request, sound, on_state).await
}

fn outcome_of(end: CallEnd) -> DialOutcome {
    DialOutcome {
        end,
        status: None,
        rang: false,
        answered: false,
        talked: Duration::ZERO,
        sent: 0,
        received: 0,
    }
}

/// A call and its socket. Where it is dropped before its end, a task of its own hangs up.
struct Line {
    parts: Option<(Invite, Transport)>,
    target: SocketAddr,
}

impl Line {
    async fn follow(
        &mut self,
        request: &DialRequest,
        sound: UdpSocket,
        on_state: &(dyn Fn(CallState) + Send + Sync),
    ) -> DialOutcome {
        let mut outcome = outcome_of(CallEnd::Unreachable);
        let Some((call, transport)) = &mut self.parts else {
            return outcome;
        };
        let sound = Arc::new(sound);
        let counts = Arc::new(Counts::default());
        // The sound ends when this is dropped.
        let mut playing = JoinSet::new();
        let mut began: Option<Instant> = None;
        let mut leaving = false;
        loop {
            send_all(call, transport).await;
            while let Some(event) = call.poll_event() {
                on_state(match event {
                    CallEvent::Trying => CallState::Trying,
                    CallEvent::Ringing => {
                        outcome.rang = true;
                        CallState::Ringing
                    }
                    CallEvent::Answered(peer) => {
                        began = Some(Instant::now());
                        let (sound, counts) = (Arc::clone(&sound), Arc::clone(&counts));
                        let tone = request.media;
                        playing.spawn(async move { play(&sound, peer, tone, &counts).await });
                        CallState::Answered
                    }
                });
            }
            if let Some(end) = call.end() {
                outcome.end = end.clone();
                break;
            }
            let hang_up = async {
                tokio::select! {
                    () = request.hangup.cancelled() => {}
                    () = until(began.map(|began| began + request.talk)) => {}
                }
            };
            tokio::select! {
                () = step(call, transport, self.target) => {}
                () = hang_up, if !leaving => {
                    leaving = true;
                    playing.abort_all();
                    call.hang_up(&mut SystemTokens, Instant::now());
                }
            }
        }
        outcome.status = call.status().map(|(status, _)| *status);
        outcome.answered = began.is_some();
        outcome.talked = began.map(|began| began.elapsed()).unwrap_or_default();
        outcome.sent = counts.sent.load(Ordering::Relaxed);
        outcome.received = counts.received.load(Ordering::Relaxed);
        outcome
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Some((mut call, mut transport)) = self.parts.take() else {
            return;
        };
        let target = self.target;
        call.hang_up(&mut SystemTokens, Instant::now());
        if call.end().is_some() {
            return;
        }
        let end = async move {
            while call.end().is_none() {
                send_all(&mut call, &mut transport).await;
                if call.end().is_none() {
                    step(&mut call, &mut transport, target).await;
                }
            }
        };
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(timeout(LAST_WORDS, end));
        }
    }
}

async fn send_all(call: &mut Invite, transport: &mut Transport) {
    while let Some(message) = call.poll_transmit() {
        if transport.send(&message).await.is_err() {
            call.fail();
        }
    }
}

/// Waits for one message or one due time. Dropping the wait loses nothing.
async fn step(call: &mut Invite, transport: &mut Transport, target: SocketAddr) {
    let due = call.poll_timeout();
    tokio::select! {
        heard = transport.receive() => match heard {
            Ok(message) => {
                call.handle_input(&message, target, &mut SystemTokens, Instant::now());
            }
            Err(_) => call.fail(),
        },
        () = until(due) => call.handle_timeout(&mut SystemTokens, Instant::now()),
    }
}

/// Waits until a time, or for ever where there is none.
async fn until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
#[path = "call_tests.rs"]
mod tests;
