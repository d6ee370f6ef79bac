//! One REGISTER from its first message to its end, and the un-registration behind it, as a value
//! that is fed with messages and times (RFC 3261 sections 10.2 and 22). No socket, no clock.

mod plan;
mod reading;
mod request;

use std::net::SocketAddr;
use std::time::Instant;

pub use plan::{
    Binding, CHECK, Kind, Meaning, Outcome, Plan, Purpose, SECONDS, Transmit, USER_AGENT,
};
use request::Frame;
pub use request::{contact, transport_word};

use super::answer::{Choice, Session, choose};
use super::challenge::{Offer, offers};
use super::message::Message;
use super::tokens::Tokens;
use super::transaction::{Tick, Transaction};
use super::verdict::{Unregistered, Verdict};
use crate::ipc::TransportName;

/// The longest time that is taken from a 423, in seconds.
const LONGEST: u32 = 86_400;
/// How many earlier requests are remembered, so that late answers to them are known.
const RECENT: usize = 8;
/// Most answers to challenges for one request: one, and two more where the nonce was too old.
const MOST_ANSWERS: u8 = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    Registering,
    /// The registration ended so; our binding is being removed.
    Unregistering(Verdict),
}

/// One REGISTER on its way.
#[derive(Debug)]
pub struct Register {
    plan: Plan,
    frame: Frame,
    contact_user: String,
    number: u32,
    expires: u32,
    phase: Phase,
    session: Option<Session>,
    /// How many challenges to the request on its way were answered.
    answers: u8,
    realm_asked: Option<String>,
    /// The one on its way is the last.
    transactions: Vec<Transaction>,
    sent: Option<Transmit>,
    to_send: Option<Transmit>,
    heard_provisional: bool,
    abandoned: bool,
    bindings: Vec<Binding>,
    seen_as: Option<SocketAddr>,
    outcome: Option<Outcome>,
}

impl Register {
    /// Begins with a REGISTER that answers nothing, so that the challenge is a fresh one.
    #[must_use]
    pub fn new(plan: Plan, tokens: &mut dyn Tokens, now: Instant) -> Self {
        let frame = Frame {
            realm: plan.realm.clone(),
            composite: plan.composite.clone(),
            transport: plan.transport,
            local: plan.local,
            // The hyphen tells it from a hash: what the registrar echoes is redacted by its digits.
            call_id: format!("{}-{}", tokens.token(), tokens.token()),
            tag: tokens.token(),
            user_agent: plan.user_agent.clone(),
        };
        let mut register = Self {
            frame,
            contact_user: match plan.kind {
                Kind::Full => format!("{CHECK}{}", tokens.token()),
                Kind::Kept | Kind::Query => tokens.token(),
            },
            number: 0,
            expires: plan.expires,
            plan,
            phase: Phase::Registering,
            session: None,
            answers: 0,
            realm_asked: None,
            transactions: Vec::new(),
            sent: None,
            to_send: None,
            heard_provisional: false,
            abandoned: false,
            bindings: Vec::new(),
            seen_as: None,
            outcome: None,
        };
        register.send(Purpose::Ask, tokens, now);
        register
    }

    /// Takes a message in and says what it means.
    pub fn handle_input(
        &mut self,
        message: &Message,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> Meaning {
        let answered = self
            .transactions
            .iter()
            .rposition(|transaction| transaction.is_answered_by(message));
        match answered {
            None => return Meaning::Stray,
            Some(which) if self.outcome.is_some() || which + 1 < self.transactions.len() => {
                return Meaning::Repeated;
            }
            Some(_) => {}
        }
        if let Some(seen) = message.via().and_then(|via| via.seen_as()) {
            self.seen_as = Some(seen);
        }
        let status = message.status().unwrap_or_default();
        match (&self.phase, status) {
            (_, ..=199) => {
                self.heard_provisional = true;
                if let Some(current) = self.transactions.last_mut() {
                    current.heard_provisional(now);
                }
                Meaning::Provisional
            }
            (_, 401 | 407) => self.challenged(&offers(message), tokens, now),
            (Phase::Registering, 200..=299) => self.accepted(message, tokens, now),
            (Phase::Registering, 423) => self.interval_refused(message, tokens, now),
            (Phase::Registering, _) => {
                let kind = self.plan.kind;
                self.finish(reading::refusal(status, message, kind, self.answers > 0));
                Meaning::Refused
            }
            (Phase::Unregistering(_), 200..=299) => {
                let left = reading::bindings(message, &self.contact_user);
                if left.iter().any(|binding| binding.ours) {
                    self.finish_unregistering(Unregistered::StillListed);
                    return Meaning::Refused;
                }
                self.finish_unregistering(Unregistered::Done);
                Meaning::Unregistered
            }
            (Phase::Unregistering(_), status) => {
                self.finish_unregistering(Unregistered::Refused { status });
                Meaning::Refused
            }
        }
    }

    /// Sends again or gives up, where that is due at `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        let Some(current) = self.transactions.last_mut() else {
            return;
        };
        if self.outcome.is_some() {
            return;
        }
        match (current.tick(now), &self.phase) {
            (Tick::Early, _) => {}
            (Tick::Again, _) => {
                self.to_send = self.sent.clone().map(|sent| Transmit {
                    again: true,
                    ..sent
                });
            }
            (Tick::GaveUp, Phase::Registering) => {
                let provisional = self.heard_provisional;
                self.finish(Verdict::NoAnswer { provisional });
            }
            (Tick::GaveUp, Phase::Unregistering(_)) => {
                self.finish_unregistering(Unregistered::NoAnswer);
            }
        }
    }

    /// Returns the next message to send.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.to_send.take()
    }

    /// Returns when [`Self::handle_timeout`] has something to do.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let current = self.transactions.last().filter(|_| self.outcome.is_none());
        current.map(Transaction::next_tick)
    }

    /// Returns the end, once it is there.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Returns our own Contact URI.
    #[must_use]
    pub fn contact(&self) -> String {
        let transport = self.plan.transport;
        let own = contact(&self.contact_user, self.plan.local, transport);
        own.uri.to_string()
    }

    /// Registers once more, before the kept registration ends.
    pub fn refresh(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        self.begin(Phase::Registering, Purpose::Ask, tokens, now);
    }

    /// Takes a kept registration back.
    pub fn unregister(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        let verdict = self
            .outcome
            .as_ref()
            .map_or(Verdict::AcceptedUnasked, |outcome| outcome.verdict.clone());
        let phase = Phase::Unregistering(verdict);
        self.begin(phase, Purpose::Unregister, tokens, now);
    }

    /// Returns our own address as the registrar saw it, where it said so.
    #[must_use]
    pub fn seen_as(&self) -> Option<SocketAddr> {
        self.seen_as
    }

    /// Ends with what the transport met.
    pub fn fail(&mut self, verdict: Verdict) {
        match self.phase {
            Phase::Registering => self.finish(verdict),
            Phase::Unregistering(_) => self.finish_unregistering(Unregistered::NoAnswer),
        }
    }

    /// Nobody waits any longer: from here on it only makes sure that no binding of ours stays.
    /// Returns whether that may need more messages.
    pub fn abandon(&mut self) -> bool {
        self.abandoned = true;
        self.outcome.is_none() && self.plan.kind == Kind::Full
    }

    fn challenged(&mut self, offers: &[Offer], tokens: &mut dyn Tokens, now: Instant) -> Meaning {
        if self.abandoned && self.phase == Phase::Registering {
            // Nothing is bound yet, and nothing shall be.
            self.finish(Verdict::OutOfTime);
            return Meaning::Refused;
        }
        let choice = choose(offers, &self.plan.proof, &self.plan.realm);
        let (challenge, meaning) = match choice {
            Choice::Answer(challenge) if self.answers == 0 => {
                let realm = challenge.realm.clone();
                (challenge, Meaning::Asks { realm })
            }
            Choice::Answer(challenge) if challenge.stale && self.answers < MOST_ANSWERS => {
                (challenge, Meaning::Stale)
            }
            choice @ (Choice::Answer(_)
            | Choice::Nothing
            | Choice::OtherRealm(_)
            | Choice::Sha256Only
            | Choice::Unknown(_)) => {
                let (verdict, meaning) = self.unanswerable(&choice);
                match self.phase {
                    Phase::Registering => self.finish(verdict),
                    Phase::Unregistering(_) => {
                        self.finish_unregistering(Unregistered::Refused { status: 401 });
                    }
                }
                return meaning;
            }
        };
        self.realm_asked = Some(challenge.realm.clone());
        self.session = Some(Session::new(
            challenge,
            &self.plan.proof,
            self.plan.form,
            &self.plan.composite,
            &self.plan.realm,
        ));
        self.answers += 1;
        let purpose = match self.phase {
            Phase::Registering => Purpose::Answer,
            Phase::Unregistering(_) => Purpose::Unregister,
        };
        self.send(purpose, tokens, now);
        meaning
    }

    /// Says why a challenge stays without an answer.
    fn unanswerable(&self, choice: &Choice<'_>) -> (Verdict, Meaning) {
        match choice {
            Choice::Answer(challenge) if challenge.stale => {
                (Verdict::StaleWithoutEnd, Meaning::Stale)
            }
            Choice::Answer(challenge) if challenge.realm != self.plan.realm => {
                let (asked, tried) = (challenge.realm.clone(), true);
                let verdict = Verdict::RealmDiffers { asked, tried };
                (verdict, Meaning::RefusedAnswer)
            }
            Choice::OtherRealm(asked) => {
                let realm = (*asked).to_owned();
                let (asked, tried) = (realm.clone(), false);
                let verdict = Verdict::RealmDiffers { asked, tried };
                (verdict, Meaning::Asks { realm })
            }
            _ if self.answers > 0 => {
                let tried = vec![self.user_name()];
                let verdict = Verdict::CredentialRefused { tried };
                (verdict, Meaning::RefusedAnswer)
            }
            Choice::Answer(_) | Choice::Nothing => (Verdict::NoChallenge, Meaning::CannotAnswer),
            Choice::Sha256Only => (Verdict::Sha256Only, Meaning::CannotAnswer),
            Choice::Unknown(offered) => {
                let offered = offered.clone();
                let verdict = Verdict::CannotAnswer { offered };
                (verdict, Meaning::CannotAnswer)
            }
        }
    }

    fn accepted(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) -> Meaning {
        self.bindings = reading::bindings(message, &self.contact_user);
        let meaning = Meaning::Accepted {
            bindings: self.bindings.len(),
        };
        let verdict = match &self.realm_asked {
            None => Verdict::AcceptedUnasked,
            Some(asked) if *asked != self.plan.realm => Verdict::AcceptedForOtherRealm {
                asked: asked.clone(),
            },
            Some(_) => Verdict::Accepted {
                user_name: self.user_name(),
                form: self.plan.form,
            },
        };
        match self.plan.kind {
            Kind::Kept | Kind::Query => self.finish(verdict),
            Kind::Full => {
                let phase = Phase::Unregistering(verdict);
                self.begin(phase, Purpose::Unregister, tokens, now);
            }
        }
        meaning
    }

    fn interval_refused(
        &mut self,
        message: &Message,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> Meaning {
        let least = message.header("Min-Expires");
        let least = least.and_then(|text| text.trim().parse().ok());
        let may_ask_again =
            self.plan.kind != Kind::Query && self.expires == self.plan.expires && !self.abandoned;
        match least {
            Some(seconds) if may_ask_again && seconds > self.expires && seconds <= LONGEST => {
                self.expires = seconds;
                self.send(Purpose::Longer { seconds }, tokens, now);
            }
            least => self.finish(Verdict::IntervalTooBrief { least }),
        }
        Meaning::Interval
    }

    fn user_name(&self) -> String {
        let form = self.plan.form;
        form.user_name(&self.plan.composite, &self.plan.realm)
    }

    /// Goes over to another phase.
    fn begin(&mut self, phase: Phase, purpose: Purpose, tokens: &mut dyn Tokens, now: Instant) {
        self.phase = phase;
        self.outcome = None;
        self.answers = 0;
        // Retransmitted answers to earlier requests come soon or never.
        let recent = self.transactions.len().saturating_sub(RECENT);
        self.transactions.drain(..recent);
        self.send(purpose, tokens, now);
    }

    /// Writes the next request and puts it out to be sent.
    fn send(&mut self, purpose: Purpose, tokens: &mut dyn Tokens, now: Instant) {
        self.number += 1;
        let mut message = self.frame.request(self.number, &tokens.token());
        if self.plan.kind != Kind::Query {
            let expires = match self.phase {
                Phase::Registering => self.expires,
                Phase::Unregistering(_) => 0,
            };
            let contact = contact(&self.contact_user, self.plan.local, self.plan.transport);
            message.push("Contact", &contact.to_string());
            message.push("Expires", &expires.to_string());
        }
        if let Some(session) = &mut self.session {
            let answer = session.header("REGISTER", &self.frame.target(), &tokens.token());
            message.push(session.header_name(), &answer);
        }
        let reliable = self.plan.transport == TransportName::Tcp;
        let give_up = self.plan.give_up;
        self.transactions
            .push(Transaction::begin(&message, reliable, now, give_up));
        self.heard_provisional = false;
        let sent = Transmit {
            message,
            purpose,
            again: false,
        };
        self.to_send = Some(sent.clone());
        self.sent = Some(sent);
    }

    fn finish(&mut self, verdict: Verdict) {
        self.outcome = Some(Outcome {
            verdict,
            bindings: std::mem::take(&mut self.bindings),
            unregistered: None,
        });
    }

    fn finish_unregistering(&mut self, how: Unregistered) {
        if let Phase::Unregistering(verdict) = &self.phase {
            self.outcome = Some(Outcome {
                verdict: verdict.clone(),
                bindings: std::mem::take(&mut self.bindings),
                unregistered: Some(how),
            });
        }
    }
}

#[cfg(test)]
mod tests;
