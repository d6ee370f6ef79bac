//! Requests from the other side, and our responses (RFC 3261 sections 8.2, 12.2.2, 14.2 and 15, RFC
//! 3311).

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::super::body::{self, Unreadable};
use super::super::message::Message;
use super::super::reply::reply;
use super::super::sdp;
use super::super::tokens::Tokens;
use super::super::transaction::{T1, T2};
use super::{ALLOW, CallEnd, Invite, Phase, Transmit, tag, timer};
use crate::TransportName;

/// Maximum number of responses kept for retransmitted requests.
const MOST_KEPT: usize = 16;
/// Maximum number of strangers' requests answered with 'no such call'; further ones are ignored.
const MOST_TURNED_AWAY: u8 = 16;
/// How long a response to an INVITE waits for its ACK (RFC 3261 timer H, 64 × T1).
const ACK_WAIT: Duration = Duration::from_secs(32);
/// Methods that are known but not supported.
const KNOWN: [&str; 8] = [
    "INFO",
    "MESSAGE",
    "NOTIFY",
    "PRACK",
    "PUBLISH",
    "REFER",
    "REGISTER",
    "SUBSCRIBE",
];

/// What identifies a retransmission: branch, sent-by address, method.
type Key = (String, String, String);

/// The answered requests of the other side.
#[derive(Debug, Default)]
pub(super) struct Served {
    said: VecDeque<(Key, Message)>,
    unconfirmed: Option<Unconfirmed>,
    turned_away: u8,
}

/// A final response to a re-INVITE whose ACK hasn't arrived.
#[derive(Debug)]
struct Unconfirmed {
    number: u32,
    response: Transmit,
    /// The response contains our offer, and the ACK will contain the answer.
    offered: bool,
    interval: Duration,
    next: Instant,
    gives_up: Instant,
}

impl Served {
    pub(super) fn is_unconfirmed(&self) -> bool {
        self.unconfirmed.is_some()
    }

    pub(super) fn next_tick(&self) -> Option<Instant> {
        let waiting = self.unconfirmed.as_ref()?;
        Some(waiting.next.min(waiting.gives_up))
    }

    fn find(&self, key: &Key) -> Option<&Message> {
        let mut said = self.said.iter();
        said.find(|(other, _)| other == key)
            .map(|(_, response)| response)
    }

    fn keep(&mut self, key: Key, response: Message) {
        if self.said.len() == MOST_KEPT {
            self.said.pop_front();
        }
        self.said.push_back((key, response));
    }
}

/// What a request belongs to.
enum Place {
    /// The answered call.
    Call,
    /// A far end that hasn't answered yet.
    Early,
    /// No call of ours.
    Elsewhere,
}

impl Invite {
    /// Handles a request of the other side. Returns whether it is relevant to this call.
    pub(super) fn requested(
        &mut self,
        request: &Message,
        source: SocketAddr,
        now: Instant,
    ) -> bool {
        let place = self.place(request);
        let is_strange = source != self.plan.target && matches!(place, Place::Elsewhere);
        if request.method() == "ACK" {
            self.heard_ack(request, &place);
            return !is_strange;
        }
        if is_strange {
            self.turn_away(request, source);
            return false;
        }
        let Some(key) = key(request) else {
            return true;
        };
        let to = self.answers_go(request, source);
        if let Some(said) = self.served.find(&key) {
            let message = said.clone();
            self.outgoing.push_back(Transmit { message, to });
            return true;
        }
        let (mut response, offered) = self.respond(request, &place, source);
        let changes =
            matches!(place, Place::Call) && ["INVITE", "UPDATE"].contains(&request.method());
        if changes && response.status() == Some(200) {
            response = self.timer.answered(request, response, now);
        }
        self.served.keep(key, response.clone());
        let response = Transmit {
            message: response,
            to,
        };
        if request.method() == "INVITE" && self.phase == Phase::Talking {
            let (number, _) = request.cseq().unwrap_or_default();
            self.served.unconfirmed = Some(Unconfirmed {
                number,
                response: response.clone(),
                offered,
                interval: T1,
                next: now + T1,
                gives_up: now + ACK_WAIT,
            });
        }
        self.outgoing.push_back(response);
        true
    }

    /// Tells the sender of a request for another call only that there is no such call. The response
    /// is no longer than the request, and the number of responses is limited.
    fn turn_away(&mut self, request: &Message, source: SocketAddr) {
        let means_a_call = !tag(request, "To").is_empty() && request.via().is_some();
        if !means_a_call || self.served.turned_away == MOST_TURNED_AWAY {
            return;
        }
        self.served.turned_away += 1;
        let message = reply(request, 481, source, "");
        let to = self.answers_go(request, source);
        self.outgoing.push_back(Transmit { message, to });
    }

    /// Returns where a response goes: over UDP, as Via says (RFC 3261 section 18.2.2, RFC 3581);
    /// over a stream, to the connection that the request came from.
    fn answers_go(&self, request: &Message, source: SocketAddr) -> Option<SocketAddr> {
        let to = match (self.plan.transport, request.via()) {
            (TransportName::Udp, Some(via)) => via.reply_to(source),
            (TransportName::Udp | TransportName::Tcp | TransportName::Tls, _) => source,
        };
        (to != self.plan.target).then_some(to)
    }

    /// Returns the response to a request, and whether it contains an offer of ours.
    fn respond(&mut self, request: &Message, place: &Place, source: SocketAddr) -> (Message, bool) {
        let own_tag = self.tag.clone();
        let plain = |status| reply(request, status, source, &own_tag);
        let method = request.method();
        let Some((number, _)) = request.cseq().filter(|(_, same)| *same == method) else {
            return (plain(400), false);
        };
        let mut offered = false;
        let response = match (place, method) {
            // The request to be canceled was answered immediately.
            (_, "CANCEL") if self.serves(request) => plain(200),
            (Place::Elsewhere, "INVITE") if tag(request, "To").is_empty() => plain(486),
            (_, "CANCEL")
            | (Place::Elsewhere, "INVITE" | "UPDATE" | "BYE")
            | (Place::Early, "BYE") => plain(481),
            (Place::Call | Place::Early, _) if !unsupported(request).is_empty() => {
                plain(420).with("Unsupported", unsupported(request).join(", "))
            }
            (Place::Call, _) if !self.is_next(number) => plain(500).with("Retry-After", "1"),
            (Place::Call, "BYE") => {
                match self.phase {
                    Phase::Leaving => self.finish_leaving(),
                    Phase::Talking => self.finish(CallEnd::HungUp { by_us: false }),
                    Phase::Calling | Phase::Cancelling | Phase::Over => {}
                }
                plain(200)
            }
            (Place::Call, "INVITE") => self.reinvited(request, &plain, &mut offered),
            (Place::Call, "UPDATE") => self.updated(request, &plain),
            // The offer in our INVITE hasn't been answered yet (RFC 3311 section 5.2).
            (Place::Early, "INVITE") => plain(491),
            (Place::Early, "UPDATE") if !request.body.is_empty() => plain(491),
            (Place::Early, "UPDATE") => plain(200).with("Contact", self.contact()),
            (_, "OPTIONS") => able(plain(200)),
            // Call transfer isn't supported.
            (Place::Call | Place::Early, "REFER") => plain(603),
            (_, known) if KNOWN.contains(&known) => plain(405).with("Allow", ALLOW),
            (_, _) => plain(501).with("Allow", ALLOW),
        };
        (response, offered)
    }

    fn place(&self, request: &Message) -> Place {
        if request.header("Call-ID") != Some(&self.call_id) || tag(request, "To") != self.tag {
            return Place::Elsewhere;
        }
        match &self.dialog {
            Some(dialog) if dialog.tag == tag(request, "From") => Place::Call,
            None if self.phase == Phase::Calling
                && self.heard_of.contains(&tag(request, "From")) =>
            {
                Place::Early
            }
            Some(_) | None => Place::Elsewhere,
        }
    }

    /// Returns whether a request is newer than all previous ones (RFC 3261 section 12.2.2).
    fn is_next(&mut self, number: u32) -> bool {
        let Some(dialog) = &mut self.dialog else {
            return false;
        };
        let next = dialog.heard.is_none_or(|heard| number > heard);
        if next {
            dialog.heard = Some(number);
        }
        next
    }

    fn serves(&self, request: &Message) -> bool {
        let Some((branch, sent_by, _)) = key(request) else {
            return false;
        };
        let invite = (branch, sent_by, "INVITE".to_owned());
        self.served.find(&invite).is_some()
    }

    fn reinvited(
        &mut self,
        request: &Message,
        plain: &dyn Fn(u16) -> Message,
        offered: &mut bool,
    ) -> Message {
        if let Some(refusal) = self.no_change_now(plain) {
            return refusal;
        }
        if request.body.is_empty() {
            *offered = true;
            let offer = self.ours.offer(self.ours.wanted());
            return self.described(request, plain(200), offer);
        }
        self.offered(request, plain)
    }

    fn updated(&mut self, request: &Message, plain: &dyn Fn(u16) -> Message) -> Message {
        if request.body.is_empty() {
            if let Some(dialog) = &mut self.dialog {
                dialog.refresh(request);
            }
            return plain(200).with("Contact", self.contact());
        }
        if let Some(refusal) = self.no_change_now(plain) {
            return refusal;
        }
        self.offered(request, plain)
    }

    /// Refuses a change while the call ends or another change is in progress.
    fn no_change_now(&self, plain: &dyn Fn(u16) -> Message) -> Option<Message> {
        if self.phase != Phase::Talking {
            return Some(plain(481));
        }
        let asking = self
            .reoffer
            .as_ref()
            .is_some_and(super::Reoffer::is_under_way);
        let offering = self.served.unconfirmed.as_ref();
        let offering = offering.is_some_and(|waiting| waiting.offered);
        (asking || offering).then(|| plain(491))
    }

    /// Answers an offer.
    fn offered(&mut self, request: &Message, plain: &dyn Fn(u16) -> Message) -> Message {
        let offer = match body::offer(request) {
            Ok(offer) => offer,
            Err(Unreadable::Malformed) => return plain(400),
            Err(Unreadable::Unsupported) => {
                return plain(415)
                    .with("Accept", body::ACCEPT)
                    .with("Accept-Encoding", "identity");
            }
        };
        let Some((answer, agreed)) = self.ours.answer(&offer) else {
            return plain(488);
        };
        self.agree(agreed);
        self.described(request, plain(200), answer)
    }

    fn described(&mut self, request: &Message, response: Message, text: String) -> Message {
        if let Some(dialog) = &mut self.dialog {
            dialog.refresh(request);
        }
        let mut response = response
            .with("Contact", self.contact())
            .with("Allow", ALLOW)
            .with("Content-Type", sdp::TYPE);
        response.body = text.into_bytes();
        response
    }

    fn heard_ack(&mut self, ack: &Message, place: &Place) {
        let number = ack.cseq().map(|(number, _)| number);
        let ours = matches!(place, Place::Call);
        let waiting = &mut self.served.unconfirmed;
        let Some(waiting) = waiting.take_if(|waiting| ours && number == Some(waiting.number))
        else {
            return;
        };
        let theirs = body::session(ack).filter(|_| waiting.offered);
        if let Some(agreed) = theirs.and_then(|theirs| self.ours.accept(&theirs)) {
            self.agree(agreed);
        }
    }

    /// Retransmits a response to a re-INVITE until its ACK arrives, over all transports (RFC 3261
    /// section 13.3.1.4).
    pub(super) fn wait_for_ack(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        if self.phase != Phase::Talking {
            return;
        }
        let Some(waiting) = &mut self.served.unconfirmed else {
            return;
        };
        if now >= waiting.gives_up {
            let accepted = waiting.response.message.status() == Some(200);
            self.served.unconfirmed = None;
            if accepted {
                self.leave(CallEnd::Lost, tokens, now);
            }
        } else if now >= waiting.next {
            waiting.interval = (waiting.interval * 2).min(T2);
            waiting.next = now + waiting.interval;
            self.outgoing.push_back(waiting.response.clone());
        }
    }
}

/// Returns the required extensions of a request that we don't support.
fn unsupported(request: &Message) -> Vec<&str> {
    let required = request.list("Require").into_iter();
    let unknown = required.filter(|tag| !tag.eq_ignore_ascii_case(timer::TAG));
    unknown.collect()
}

/// Adds the capabilities of a call (RFC 3261 section 11.2).
fn able(response: Message) -> Message {
    response
        .with("Allow", ALLOW)
        .with("Accept", body::ACCEPT)
        .with("Supported", timer::TAG)
}

fn key(request: &Message) -> Option<Key> {
    let via = request.via()?;
    let branch = via.branch()?.to_owned();
    Some((branch, via.sent_by.clone(), request.method().to_owned()))
}
