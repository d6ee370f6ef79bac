//! One call from its INVITE to its end, as a value that is fed with messages and times (RFC 3261
//! sections 13, 15 and 9). No socket, no clock.

mod plan;
mod requests;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Instant;

pub use plan::{CallEnd, CallEvent, CallPlan};

use super::answer::{Choice, NameForm, Session, choose};
use super::challenge::offers;
use super::message::{Message, Start};
use super::reply::reply;
use super::sdp;
use super::tokens::Tokens;
use super::transaction::{Tick, Transaction};
use super::uri::Address;

/// Most answers to challenges for one call: one, and two more where the nonce was too old.
const MOST_ANSWERS: u8 = 3;
/// Most routes that are followed in a call.
const MOST_ROUTES: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The INVITE is on its way.
    Calling,
    /// CANCEL is on its way; the INVITE still waits for its final response.
    Cancelling,
    /// Answered.
    Talking,
    /// BYE is on its way.
    Leaving,
    Over,
}

/// What both sides agreed on when the call was answered.
#[derive(Clone, Debug)]
struct Dialog {
    target: String,
    routes: Vec<String>,
    to: String,
}

/// A call on its way.
#[derive(Debug)]
pub struct Invite {
    plan: CallPlan,
    call_id: String,
    tag: String,
    /// Names our description of the sound.
    sound_id: u64,
    number: u32,
    session: Option<Session>,
    answers: u8,
    phase: Phase,
    calling: Message,
    waiting: Transaction,
    /// CANCEL or BYE.
    leaving: Option<(Message, Transaction)>,
    provisional: bool,
    rings_until: Instant,
    wants_out: Option<CallEnd>,
    dialog: Option<Dialog>,
    acknowledged: Option<Message>,
    /// Refused INVITEs with their ACKs: a refusal comes again until its ACK arrives.
    refused: Vec<(Transaction, Message)>,
    outgoing: VecDeque<Message>,
    events: VecDeque<CallEvent>,
    end: Option<CallEnd>,
    status: Option<(u16, String)>,
}

impl Invite {
    /// Begins with an INVITE that answers nothing.
    #[must_use]
    pub fn new(plan: CallPlan, tokens: &mut dyn Tokens, now: Instant) -> Self {
        let blank = Message::request("INVITE", "");
        let mut call = Self {
            // The hyphen tells it from a hash: what the registrar echoes is redacted by its digits.
            call_id: format!("{}-{}", tokens.token(), tokens.token()),
            tag: tokens.token(),
            sound_id: tokens
                .token()
                .bytes()
                .fold(1, |id, byte| (id << 5) ^ u64::from(byte))
                >> 1,
            number: 0,
            session: None,
            answers: 0,
            phase: Phase::Calling,
            waiting: Transaction::begin(&blank, true, now, plan.give_up),
            calling: blank,
            leaving: None,
            provisional: false,
            rings_until: now + plan.ring,
            wants_out: None,
            dialog: None,
            acknowledged: None,
            refused: Vec::new(),
            outgoing: VecDeque::new(),
            events: VecDeque::new(),
            end: None,
            status: None,
            plan,
        };
        call.invite(tokens, now);
        call
    }

    /// Takes a message in; `source` is where it came from.
    pub fn handle_input(
        &mut self,
        message: &Message,
        source: SocketAddr,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) {
        match message.status() {
            None => self.requested(message, source),
            Some(status) if self.waiting.is_answered_by(message) => {
                self.answered(status, message, tokens, now);
            }
            Some(_) if self.acknowledge_again(message) => {}
            Some(status) => self.left(status, message),
        }
    }

    /// Does what is due at `now`.
    pub fn handle_timeout(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        match self.phase {
            Phase::Over | Phase::Talking => {}
            Phase::Calling => match self.waiting.tick(now) {
                Tick::Again => self.outgoing.push_back(self.calling.clone()),
                Tick::GaveUp if self.provisional => {
                    self.leave(CallEnd::NotAnswered, tokens, now);
                }
                Tick::GaveUp => {
                    let end = self.wants_out.take().unwrap_or(CallEnd::Silent);
                    self.finish(end);
                }
                Tick::Early => {}
            },
            Phase::Cancelling | Phase::Leaving => {
                let Some((message, transaction)) = &mut self.leaving else {
                    return;
                };
                match transaction.tick(now) {
                    Tick::Again => self.outgoing.push_back(message.clone()),
                    Tick::GaveUp => self.finish_leaving(),
                    Tick::Early => {}
                }
            }
        }
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

    /// Ends with what the transport met.
    pub fn fail(&mut self) {
        let end = match self.phase {
            Phase::Calling => CallEnd::Unreachable,
            Phase::Talking => CallEnd::HungUp { by_us: false },
            Phase::Cancelling | Phase::Leaving => return self.finish_leaving(),
            Phase::Over => return,
        };
        self.finish(end);
    }

    /// Returns the next message to send.
    pub fn poll_transmit(&mut self) -> Option<Message> {
        self.outgoing.pop_front()
    }

    /// Returns what the call came to since it was asked last.
    pub fn poll_event(&mut self) -> Option<CallEvent> {
        self.events.pop_front()
    }

    /// Returns when [`Self::handle_timeout`] has something to do.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.phase {
            Phase::Over | Phase::Talking => None,
            Phase::Calling => Some(self.waiting.next_tick()),
            Phase::Cancelling | Phase::Leaving => {
                let (_, transaction) = self.leaving.as_ref()?;
                Some(transaction.next_tick())
            }
        }
    }

    /// Returns the end, once it is there and nothing is left to be sent.
    #[must_use]
    pub fn end(&self) -> Option<&CallEnd> {
        self.end.as_ref().filter(|_| self.outgoing.is_empty())
    }

    /// Returns the last final status with its words.
    #[must_use]
    pub fn status(&self) -> Option<&(u16, String)> {
        self.status.as_ref()
    }

    /// A response to the INVITE.
    fn answered(&mut self, status: u16, message: &Message, tokens: &mut dyn Tokens, now: Instant) {
        if status < 200 {
            return self.heard_provisional(status, tokens, now);
        }
        if status < 300 {
            return self.taken(message, tokens, now);
        }
        if !self.acknowledge_again(message) {
            self.acknowledge_refusal(message);
        }
        if !matches!(self.phase, Phase::Calling | Phase::Cancelling) {
            return;
        }
        self.note_status(message);
        if let Some(end) = self.wants_out.take() {
            return self.finish(end);
        }
        if status == 401 || status == 407 {
            let offers = offers(message);
            match choose(&offers, &self.plan.proof, &self.plan.realm) {
                Choice::Answer(challenge)
                    if self.answers == 0 || challenge.stale && self.answers < MOST_ANSWERS =>
                {
                    self.answers += 1;
                    let form = NameForm::Composite;
                    let (name, realm) = (&self.plan.user_name, &self.plan.realm);
                    let proof = &self.plan.proof;
                    self.session = Some(Session::new(challenge, proof, form, name, realm));
                    self.invite(tokens, now);
                }
                _ if self.answers > 0 => self.finish(CallEnd::CredentialRefused),
                Choice::Answer(_)
                | Choice::Nothing
                | Choice::OtherRealm(_)
                | Choice::Sha256Only
                | Choice::Unknown(_) => self.finish(CallEnd::CannotAnswer),
            }
            return;
        }
        let reason = self.status.clone().map(|(_, reason)| reason);
        let reason = reason.unwrap_or_default();
        self.finish(CallEnd::Refused { status, reason });
    }

    fn heard_provisional(&mut self, status: u16, tokens: &mut dyn Tokens, now: Instant) {
        if self.phase != Phase::Calling {
            return;
        }
        self.waiting.heard_provisional(now);
        self.waiting.wait_until(self.rings_until);
        if !self.provisional {
            self.events.push_back(CallEvent::Trying);
        }
        self.provisional = true;
        if status == 180 || status == 183 {
            self.events.push_back(CallEvent::Ringing);
        }
        if let Some(end) = self.wants_out.take() {
            // A CANCEL must not go before the first provisional (RFC 3261 section 9.1).
            self.leave(end, tokens, now);
        }
    }

    /// A 2xx to the INVITE. It comes again until our ACK arrives.
    fn taken(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) {
        if let Some(acknowledged) = &self.acknowledged {
            self.outgoing.push_back(acknowledged.clone());
            return;
        }
        if self.phase == Phase::Over {
            return;
        }
        self.note_status(message);
        let contact = message.list("Contact").first().copied().map(str::to_owned);
        let target = contact.as_deref().and_then(Address::parse);
        let mut routes: Vec<String> = message
            .list("Record-Route")
            .into_iter()
            .take(MOST_ROUTES)
            .map(str::to_owned)
            .collect();
        routes.reverse();
        self.dialog = Some(Dialog {
            target: target.map_or(self.plan.request_uri.clone(), |target| {
                target.uri.to_string()
            }),
            routes,
            to: message.header("To").unwrap_or_default().to_owned(),
        });
        let mut ack = self.in_dialog("ACK", self.number, tokens);
        if let Some(session) = &mut self.session {
            // The ACK carries the INVITE's own answer (RFC 3261 section 22.1).
            let name = session.header_name();
            if let Some(answer) = self.calling.header(name) {
                ack.push(name, answer);
            }
        }
        self.acknowledged = Some(ack.clone());
        self.outgoing.push_back(ack);
        let cancelled = self.phase == Phase::Cancelling;
        self.phase = Phase::Talking;
        if cancelled || self.wants_out.is_some() {
            // It was answered while we gave it up.
            let end = self.wants_out.take().unwrap_or(CallEnd::Cancelled);
            return self.leave(end, tokens, now);
        }
        let sound = sdp::audio(&message.body).map(|audio| audio.address);
        self.events.push_back(CallEvent::Answered(sound));
    }

    /// A request of the other side.
    fn requested(&mut self, request: &Message, source: SocketAddr) {
        let ours = request.header("Call-ID") == Some(&self.call_id);
        let status = match request.method() {
            "ACK" => return,
            "BYE" if ours => {
                if self.phase == Phase::Talking {
                    self.finish(CallEnd::HungUp { by_us: false });
                } else if self.phase == Phase::Leaving {
                    self.finish_leaving();
                }
                200
            }
            "OPTIONS" => 200,
            "BYE" | "CANCEL" => 481,
            "INVITE" if ours => 488,
            _ => 405,
        };
        self.outgoing
            .push_back(reply(request, status, source, &self.tag));
    }

    /// A response to our CANCEL or BYE.
    fn left(&mut self, status: u16, message: &Message) {
        let Some((_, transaction)) = &self.leaving else {
            return;
        };
        if status < 200 || !transaction.is_answered_by(message) {
            return;
        }
        if self.phase == Phase::Leaving {
            self.finish_leaving();
        }
        // After a CANCEL the INVITE's own final response is still to come; the CANCEL's time
        // bounds that wait.
    }

    fn leave(&mut self, end: CallEnd, tokens: &mut dyn Tokens, now: Instant) {
        if self.phase == Phase::Calling && !self.provisional {
            self.wants_out = Some(end);
            return;
        }
        let reliable = self.plan.transport.is_reliable();
        let request = if self.phase == Phase::Talking {
            self.phase = Phase::Leaving;
            self.number += 1;
            let mut bye = self.in_dialog("BYE", self.number, tokens);
            if let Some(session) = &mut self.session {
                let uri = bye.uri().to_owned();
                let answer = session.header("BYE", &uri, &tokens.token());
                bye.push(session.header_name(), &answer);
            }
            bye
        } else {
            self.phase = Phase::Cancelling;
            self.cancel()
        };
        self.wants_out = Some(end);
        let transaction = Transaction::begin(&request, reliable, now, self.plan.give_up);
        self.outgoing.push_back(request.clone());
        self.leaving = Some((request, transaction));
    }

    fn finish_leaving(&mut self) {
        let end = self.wants_out.take().unwrap_or(CallEnd::Cancelled);
        self.finish(end);
    }

    fn finish(&mut self, end: CallEnd) {
        self.phase = Phase::Over;
        self.end = Some(end);
    }

    fn note_status(&mut self, message: &Message) {
        if let Start::Response { status, reason } = &message.start {
            self.status = Some((*status, reason.clone()));
        }
    }
}

#[cfg(test)]
mod tests;
