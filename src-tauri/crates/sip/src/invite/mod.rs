//! A sans-IO state machine for one call, from its INVITE to its end, driven by messages and times
//! (RFC 3261 sections 9, 12 to 15). No socket, no clock.

mod answering;
mod dialog;
mod leaving;
mod plan;
mod reoffer;
mod requests;
mod ringing;
mod timer;
mod transmit;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Instant;

pub use plan::{CallEnd, CallEvent, CallPlan, Said, Unanswerable};
pub use transmit::Transmit;

use self::answering::Served;
use self::dialog::{Dialog, tag};
use self::leaving::Leaving;
use self::reoffer::Reoffer;
use self::timer::Timer;
use super::auth::{Challenged, Credentials};
use super::message::{Message, Start};
use super::sdp::{self, Agreed, Flow};
use super::tokens::Tokens;
use super::transaction::{Tick, Transaction};

/// Maximum number of far ends that may answer one INVITE: a registrar may ring many phones.
const MOST_FORKS: usize = 8;
/// Maximum number of refusals whose ACK is kept for retransmissions.
const MOST_REFUSALS: usize = 8;
/// How often a closed connection is reopened.
const MOST_REOPENED: u8 = 4;
/// The supported methods.
const ALLOW: &str = "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The INVITE is pending.
    Calling,
    /// CANCEL is pending, and the INVITE still waits for its final response.
    Cancelling,
    /// Answered.
    Talking,
    /// BYE is pending.
    Leaving,
    Over,
}

/// An ACK to a 2xx, which is retransmitted until its ACK arrives.
#[derive(Debug)]
struct Confirmed {
    tag: String,
    number: u32,
    ack: Transmit,
}

/// A call in progress.
#[derive(Debug)]
pub struct Invite {
    plan: CallPlan,
    call_id: String,
    tag: String,
    ours: sdp::Ours,
    /// The session description in the INVITE.
    offer: String,
    /// The `CSeq` number of our last request.
    number: u32,
    /// The `CSeq` number of the INVITE that started the call.
    invited: u32,
    credentials: Credentials,
    challenged: Challenged,
    phase: Phase,
    calling: Message,
    waiting: Transaction,
    leaving: Option<Leaving>,
    provisional: bool,
    rings_until: Instant,
    wants_out: Option<CallEnd>,
    /// The tags of the far ends that responded before the answer.
    heard_of: Vec<String>,
    /// What each far end offered before the answer, by tag.
    early: Vec<(String, Agreed)>,
    dialog: Option<Dialog>,
    confirmed: Vec<Confirmed>,
    /// Refused INVITEs with their ACKs, because a refusal is retransmitted until its ACK arrives.
    refused: Vec<(Transaction, Transmit)>,
    /// BYEs to far ends that answered after another one had.
    dismissed: Vec<(Transmit, Transaction)>,
    reoffer: Option<Reoffer>,
    /// The flow wanted before our last offer, restored if that is refused.
    wanted_before: Flow,
    timer: Timer,
    served: Served,
    held: bool,
    outgoing: VecDeque<Transmit>,
    events: VecDeque<CallEvent>,
    reopened: u8,
    end: Option<CallEnd>,
    status: Option<(u16, String)>,
    said: Said,
    /// Realms whose challenge was answered, and whose answer was then accepted.
    accepted: Vec<String>,
}

impl Invite {
    /// Starts with an INVITE without credentials.
    #[must_use]
    pub fn new(plan: CallPlan, tokens: &mut dyn Tokens, now: Instant) -> Self {
        let blank = Message::request("INVITE", "");
        let id = tokens
            .token()
            .bytes()
            .fold(1_u64, |id, byte| (id << 5) ^ u64::from(byte))
            >> 1;
        let mut ours = sdp::Ours::new(plan.sound, id);
        let mut call = Self {
            // The hyphen distinguishes it from a hash, which would be redacted when the registrar
            // echoes it.
            call_id: format!("{}-{}", tokens.token(), tokens.token()),
            tag: tokens.token(),
            offer: ours.offer(Flow::SendRecv),
            ours,
            number: 0,
            invited: 0,
            credentials: Credentials::default(),
            challenged: Challenged::default(),
            phase: Phase::Calling,
            waiting: Transaction::begin(&blank, true, now, plan.give_up),
            calling: blank,
            leaving: None,
            provisional: false,
            rings_until: now + plan.ring,
            wants_out: None,
            heard_of: Vec::new(),
            early: Vec::new(),
            dialog: None,
            confirmed: Vec::new(),
            refused: Vec::new(),
            dismissed: Vec::new(),
            reoffer: None,
            wanted_before: Flow::SendRecv,
            timer: Timer::default(),
            served: Served::default(),
            held: false,
            outgoing: VecDeque::new(),
            events: VecDeque::new(),
            reopened: 0,
            end: None,
            status: None,
            said: Said::default(),
            accepted: Vec::new(),
            plan,
        };
        call.invite(tokens, now);
        call
    }

    /// Handles a message from `source`. Returns whether it is relevant to this call: messages from
    /// strangers are only if they belong to its dialog.
    pub fn handle_input(
        &mut self,
        message: &Message,
        source: SocketAddr,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> bool {
        let Some(status) = message.status() else {
            return self.requested(message, source, now);
        };
        if self.confirm_again(message) {
            return true;
        }
        if self.waiting.is_answered_by(message) {
            self.answered(status, message, source, tokens, now);
            return true;
        }
        if self.acknowledge_again(message)
            || self.reoffered(status, message, source, tokens, now)
            || self.left(status, message, source, tokens, now)
        {
            return true;
        }
        let mut known = false;
        self.dismissed.retain(|(_, transaction)| {
            let answered = transaction.is_answered_by(message);
            known |= answered;
            !answered || status < 200
        });
        known || source == self.plan.target
    }

    /// Returns whether a response requests authentication that may be sent: only to the registrar.
    fn may_prove(&self, status: u16, source: SocketAddr) -> bool {
        (status == 401 || status == 407) && source == self.plan.target
    }

    /// Handles timeouts at `now`.
    pub fn handle_timeout(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        if self.phase == Phase::Calling {
            self.wait_for_answer(tokens, now);
        }
        self.wait_for_leave(now);
        self.wait_for_reoffer(tokens, now);
        self.wait_for_refresh(tokens, now);
        self.wait_for_ack(tokens, now);
        let outgoing = &mut self.outgoing;
        self.dismissed
            .retain_mut(|(bye, transaction)| match transaction.tick(now) {
                Tick::Again => {
                    outgoing.push_back(bye.clone());
                    true
                }
                Tick::Early => true,
                Tick::GaveUp => false,
            });
    }

    /// Ends the call from our side: CANCEL before it is answered, BYE after.
    pub fn hang_up(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        let end = match self.phase {
            Phase::Calling => CallEnd::Cancelled,
            Phase::Talking => CallEnd::HungUp { by_us: true },
            Phase::Cancelling | Phase::Leaving | Phase::Over => return,
        };
        self.leave(end, tokens, now);
    }

    /// Continues after the registrar closed the connection: pending requests are sent again over
    /// another one. Returns false if the call can't continue because nothing was ever answered, or
    /// because it was ringing and the server that rang it is gone.
    pub fn reopen(&mut self) -> bool {
        let waits = match self.phase {
            Phase::Calling if self.status.is_some() && !self.provisional => {
                Some(self.calling.clone().into())
            }
            Phase::Talking => {
                let reoffer = self
                    .reoffer
                    .as_ref()
                    .filter(|reoffer| reoffer.is_under_way());
                reoffer.map(|reoffer| reoffer.message().clone())
            }
            Phase::Leaving => self
                .leaving
                .as_ref()
                .map(|leaving| leaving.message().clone()),
            Phase::Calling | Phase::Cancelling | Phase::Over => return false,
        };
        if self.reopened == MOST_REOPENED {
            return false;
        }
        self.reopened += 1;
        self.outgoing.extend(waits);
        true
    }

    /// Ends the call because the transport failed.
    pub fn fail(&mut self) {
        self.dismissed.clear();
        let end = match self.phase {
            Phase::Calling => self.wants_out.take().unwrap_or(CallEnd::Unreachable),
            Phase::Talking => CallEnd::Lost,
            Phase::Cancelling | Phase::Leaving => return self.finish_leaving(),
            Phase::Over => return,
        };
        self.finish(end);
    }

    /// Returns the next message to send.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.outgoing.pop_front()
    }

    /// Returns the next event.
    pub fn poll_event(&mut self) -> Option<CallEvent> {
        self.events.pop_front()
    }

    /// Returns when [`Self::handle_timeout`] must be called next.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let calling = (self.phase == Phase::Calling).then(|| self.waiting.next_tick());
        let leaving = self.leaving.as_ref().map(Leaving::next_tick);
        let leaving = leaving.filter(|_| matches!(self.phase, Phase::Cancelling | Phase::Leaving));
        let dismissed = self.dismissed.iter().map(|(_, bye)| bye.next_tick());
        let talking = self.phase == Phase::Talking;
        let reoffer = self.reoffer.as_ref().filter(|_| talking);
        let rest = [
            calling,
            leaving,
            reoffer.map(Reoffer::next_tick),
            self.served.next_tick().filter(|_| talking),
            self.timer.due().filter(|_| talking),
        ];
        rest.into_iter().flatten().chain(dismissed).min()
    }

    /// Returns how the call ended, once it has and nothing is left to be sent.
    #[must_use]
    pub fn end(&self) -> Option<&CallEnd> {
        let done = self.outgoing.is_empty() && self.dismissed.is_empty();
        self.end.as_ref().filter(|_| done)
    }

    /// Returns the last final status and its reason phrase.
    #[must_use]
    pub fn status(&self) -> Option<&(u16, String)> {
        self.status.as_ref()
    }

    /// Returns what else the last final response said.
    #[must_use]
    pub fn said(&self) -> &Said {
        &self.said
    }

    /// Returns the realms whose challenge was answered, and after whose answer the call progressed:
    /// it rang, was answered, or was ended by the callee.
    #[must_use]
    pub fn accepted(&self) -> &[String] {
        &self.accepted
    }

    /// Applies what both sides agreed on during the call.
    fn agree(&mut self, agreed: Agreed) {
        self.events.push_back(CallEvent::Sound(agreed.direction));
        if self.held != agreed.held {
            self.held = agreed.held;
            self.events.push_back(CallEvent::Held(agreed.held));
        }
    }

    fn finish(&mut self, end: CallEnd) {
        self.phase = Phase::Over;
        self.end = Some(end);
    }

    fn note_status(&mut self, message: &Message) {
        if let Start::Response { status, reason } = &message.start {
            self.status = Some((*status, reason.clone()));
        }
        let text = |name| message.header(name).map(str::to_owned);
        let list = |name| {
            let values = message.list(name).into_iter().take(MOST_FORKS);
            values.map(str::to_owned).collect()
        };
        self.said = Said {
            contacts: list("Contact"),
            required: list("Require"),
            unsupported: list("Unsupported"),
            warning: text("Warning"),
            reason: text("Reason"),
            retry_after: text("Retry-After"),
        };
    }
}

#[cfg(test)]
mod tests;
