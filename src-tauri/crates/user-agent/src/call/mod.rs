//! A real call over sockets, with audio.

mod callee;
mod hearing;
mod line;
mod listener;
mod meaning;
mod signaling;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub use callee::Callee;
pub use hearing::Hearing;

use registrar_media::{Codec, Reading, Session, Sockets, Source};
use registrar_sip::TransportName;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::failure::Failure;
use registrar_sip::invite::{CallEnd, CallPlan, Invite, Said};
use registrar_sip::tokens::SystemTokens;

use self::line::Line;
use self::signaling::Signaling;
use super::message_chart::{MessageChart, TracedMessage};
use super::tls::Peer;
use super::transport::Transport;

/// How long a request waits for its first response.
const GIVE_UP: Duration = Duration::from_secs(8);

/// A call to be placed.
#[derive(Clone, Debug)]
pub struct DialRequest {
    /// Where the INVITE goes.
    pub target: SocketAddr,
    /// The identity that a TLS peer must prove.
    pub peer: Peer,
    /// The callee, such as `sip:+15551234567@r.example:5006`.
    pub request_uri: String,
    /// The caller, such as `sip:+15557654321@r.example`.
    pub from: String,
    /// The composite user name.
    pub user_name: String,
    /// The form of the user name in answers to challenges.
    pub form: NameForm,
    /// The password, or the stored hashes.
    pub proof: Proof,
    /// The realm that the credential belongs to.
    pub realm: String,
    /// Other realms that a person allowed the password for.
    pub other_realms: Vec<String>,
    /// The transport.
    pub transport: TransportName,
    /// How long it may ring.
    pub ring_timeout: Duration,
    /// How long it talks before it hangs up.
    pub talk: Duration,
    /// Hangs up: CANCEL before the call is answered, BYE after.
    pub hangup: CancellationToken,
    /// The sound that is sent.
    pub sound: Source,
    /// Whether incoming audio is played through this computer's speakers.
    pub speakers: bool,
}

/// A person's action during a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Puts the call on hold, or resumes it.
    Hold(bool),
    /// Presses a key.
    Press(char),
}

/// The state of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallState {
    /// The INVITE was sent.
    Calling,
    /// The other side is processing the request.
    Trying,
    /// It rings.
    Ringing,
    /// Early media arrives.
    Early,
    /// It was answered.
    Answered,
    /// The other side put the call on hold.
    Held,
    /// The other side resumed the call.
    Resumed,
}

/// A call's events, reported as they occur.
#[derive(Clone, Debug)]
pub enum News {
    /// A message was sent or heard.
    Message(TracedMessage),
    /// The sound was measured, about ten times a second.
    Sound {
        /// Time since the answer; zero before.
        talked: Duration,
        /// What was measured.
        reading: Reading,
    },
    /// The state has changed.
    State(CallState),
}

/// The callback for a call's events.
pub type OnNews<'a> = &'a (dyn Fn(News) + Send + Sync);

/// The outcome of a call.
#[derive(Clone, Debug)]
pub struct DialOutcome {
    /// How it ended.
    pub end: CallEnd,
    /// The last final status: 200 for a call that was answered.
    pub status: Option<u16>,
    /// What the last final response said besides.
    pub said: Said,
    /// Realms whose challenge was answered, and after whose answer the call progressed.
    pub accepted: Vec<String>,
    /// The network failure that ended it, if any.
    pub failure: Option<Failure>,
    /// It rang.
    pub rang: bool,
    /// It was answered.
    pub answered: bool,
    /// The other side had it on hold at its end.
    pub held: bool,
    /// From the first INVITE to the answer, or to the end where there was none.
    pub until_answer: Duration,
    /// How long it lasted after the answer.
    pub talked: Duration,
    /// The codec of outgoing audio.
    pub codec: Option<Codec>,
    /// The state of the audio at the end.
    pub sound: Reading,
    /// What was heard over the whole call.
    pub hearing: Hearing,
    /// Every message in its order, redacted.
    pub message_chart: Vec<TracedMessage>,
}

/// Places a call and follows it to its end. Each state, message and reading is passed to `on_news`
/// as it occurs; `orders` are executed during the call.
///
/// If the future is dropped, a separate task hangs up.
pub async fn dial(
    request: DialRequest,
    orders: mpsc::Receiver<Order>,
    on_news: OnNews<'_>,
) -> DialOutcome {
    let opening = Transport::connect(request.transport, request.target, &request.peer, GIVE_UP);
    let Some(opened) = request.hangup.run_until_cancelled(opening).await else {
        return DialOutcome::new(CallEnd::Cancelled);
    };
    let opened = opened.and_then(|transport| Ok((transport.local()?, transport)));
    let (local, transport) = match opened {
        Ok(opened) => opened,
        Err(failure) => return unreachable(failure),
    };
    let sockets = Sockets::bind(local.ip()).await;
    let sockets = sockets.and_then(|sockets| Ok((sockets.rtp()?, sockets)));
    let Ok((sound, sockets)) = sockets else {
        return unreachable(Failure::Unreachable);
    };
    let plan = CallPlan {
        request_uri: request.request_uri.clone(),
        from: request.from.clone(),
        user_name: request.user_name.clone(),
        form: request.form,
        proof: request.proof.clone(),
        realm: request.realm.clone(),
        other_realms: request.other_realms.clone(),
        transport: request.transport,
        target: request.target,
        local,
        sound,
        give_up: GIVE_UP,
        ring: request.ring_timeout,
    };
    let began = Instant::now();
    let call = Invite::new(plan, &mut SystemTokens, began);
    let session = Session::start(sockets, request.sound, request.speakers);
    let on_message = |message: &TracedMessage| on_news(News::Message(message.clone()));
    let signaling = Signaling::new(transport, &request);
    let mut line = Line::new(
        call,
        signaling,
        request,
        MessageChart::new(began, &on_message),
    );
    on_news(News::State(CallState::Calling));
    line.follow(session, orders, on_news).await
}

fn unreachable(failure: Failure) -> DialOutcome {
    DialOutcome {
        failure: Some(failure),
        ..DialOutcome::new(CallEnd::Unreachable)
    }
}

impl DialOutcome {
    /// Creates the outcome of a call without further information.
    #[must_use]
    pub fn new(end: CallEnd) -> Self {
        Self {
            end,
            status: None,
            said: Said::default(),
            accepted: Vec::new(),
            failure: None,
            rang: false,
            answered: false,
            held: false,
            until_answer: Duration::ZERO,
            talked: Duration::ZERO,
            codec: None,
            sound: Reading::default(),
            hearing: Hearing::default(),
            message_chart: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests;
