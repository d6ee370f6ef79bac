//! A sans-IO state machine for one REGISTER, from its first message to its end, and the
//! un-registration that follows, driven by messages and times (RFC 3261 sections 10.2 and 22). No
//! socket, no clock.

mod hearing;
mod plan;
mod reading;
mod reconnect;
mod request;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

pub use plan::{
    Binding, CHECK, Kind, LeftBehind, Meaning, Outcome, Plan, Purpose, Remark, SECONDS, Transmit,
    USER_AGENT,
};
use reconnect::CutOff;
use request::Frame;
pub use request::contact;

use super::auth::{Challenged, Credentials};
use super::message::Message;
use super::noise::Noise;
use super::path::Path;
use super::stray_messages::StrayMessages;
use super::tokens::Tokens;
use super::transaction::{Tick, Transaction};
use super::verdict::{Unregistered, Verdict};

/// The longest expiry requested because of a 423, in seconds: a binding that can't be removed stays
/// that long.
const LONGEST_ASKED: u32 = 3600;
/// The longest time that a registrar is assumed to keep a binding, in seconds.
const LONGEST_BOUND: u32 = 86_400;
/// How many previous requests are kept, to recognize late responses to them.
const RECENT: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Phase {
    Registering,
    /// The registration ended like this, and our binding is being removed.
    Unregistering(Verdict),
}

/// Whether the registrar answered one of our requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answered {
    /// Over an earlier connection.
    Before,
    /// Over the one that is open.
    Here,
    Never,
}

/// A REGISTER in progress.
#[derive(Debug)]
pub struct Register {
    plan: Plan,
    frame: Frame,
    contact_user: String,
    number: u32,
    expires: u32,
    phase: Phase,
    credentials: Credentials,
    /// The challenges to the pending request.
    challenged: Challenged,
    /// The last one is pending.
    transactions: Vec<Transaction>,
    sent: Option<Transmit>,
    to_send: Option<Transmit>,
    heard_provisional: bool,
    abandoned: bool,
    /// The transport failed; a new connection may be worth a try.
    cut_off: Option<CutOff>,
    answered: Answered,
    astray: StrayMessages,
    bindings: Vec<Binding>,
    /// Until when a full check's binding may exist.
    bound_until: Option<Instant>,
    path: Path,
    remarks: Vec<Remark>,
    outcome: Option<Outcome>,
}

impl Register {
    /// Starts with a REGISTER without credentials, so that the challenge is fresh.
    #[must_use]
    pub fn new(plan: Plan, tokens: &mut dyn Tokens, now: Instant) -> Self {
        let frame = Frame {
            realm: plan.realm.clone(),
            composite: plan.composite.clone(),
            transport: plan.transport,
            local: plan.local,
            // The hyphen distinguishes it from a hash, which would be redacted when the registrar
            // echoes it.
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
            path: Path::new(plan.local),
            plan,
            phase: Phase::Registering,
            credentials: Credentials::default(),
            challenged: Challenged::default(),
            transactions: Vec::new(),
            sent: None,
            to_send: None,
            heard_provisional: false,
            abandoned: false,
            cut_off: None,
            answered: Answered::Never,
            astray: StrayMessages::default(),
            bindings: Vec::new(),
            bound_until: None,
            remarks: Vec::new(),
            outcome: None,
        };
        register.send(Purpose::Ask, tokens, now);
        register
    }

    /// Retransmits or times out, if due at `now`.
    pub fn handle_timeout(&mut self, tokens: &mut dyn Tokens, now: Instant) {
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
                let verdict = self.silence();
                self.finish_without_a_trace(verdict, tokens, now);
            }
            (Tick::GaveUp, Phase::Unregistering(_)) => {
                self.finish_unregistering(Unregistered::NoAnswer);
            }
        }
    }

    /// Handles bytes that aren't a complete SIP message.
    pub fn handle_noise(&mut self, noise: Noise) {
        self.astray.note_noise(noise);
    }

    /// Handles a message from an address other than the registrar's. It is reported if nothing else
    /// arrives, and a challenge from there is never answered.
    pub fn handle_elsewhere(&mut self, message: &Message, source: SocketAddr) {
        let waits = self.transactions.last();
        self.astray.note_elsewhere(waits, message, source);
    }

    /// Returns the verdict for no response in time.
    fn silence(&self) -> Verdict {
        match self.astray.failure() {
            Some(failure) => failure.into(),
            None if self.heard_provisional => Verdict::NoAnswer { provisional: true },
            None if self.answered != Answered::Never => Verdict::FellSilent { refused: false },
            None => Verdict::NoAnswer { provisional: false },
        }
    }

    /// Returns whether [`Self::poll_transmit`] has a message.
    #[must_use]
    pub fn wants_to_send(&self) -> bool {
        self.to_send.is_some()
    }

    /// Returns whether that message is a retransmission.
    #[must_use]
    pub fn sends_again(&self) -> bool {
        self.to_send.as_ref().is_some_and(|next| next.again)
    }

    /// Returns whether the registrar answered any of our requests.
    #[must_use]
    pub fn has_heard(&self) -> bool {
        self.answered != Answered::Never
    }

    /// Restarts all timers at `now`, for a message that was held back until then.
    pub fn held_until(&mut self, now: Instant) {
        let is_first = self.to_send.as_ref().is_some_and(|next| !next.again);
        if let Some(current) = self.transactions.last_mut().filter(|_| is_first) {
            current.held_until(now);
        }
    }

    /// Returns the next message to send.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.to_send.take()
    }

    /// Returns when [`Self::handle_timeout`] must be called next.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let current = self.transactions.last().filter(|_| self.outcome.is_none());
        current.map(Transaction::next_tick)
    }

    /// Returns the outcome, once there is one.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// Returns our own Contact URI.
    #[must_use]
    pub fn contact(&self) -> String {
        let transport = self.plan.transport;
        let own = contact(&self.contact_user, self.plan.contact, transport);
        own.uri.to_string()
    }

    /// Registers again, before a kept registration expires.
    pub fn refresh(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        self.begin(Phase::Registering, Purpose::Ask, tokens, now);
    }

    /// Removes a kept registration.
    pub fn unregister(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        let verdict = match self.outcome.take() {
            Some(outcome) => {
                self.bindings = outcome.bindings;
                outcome.verdict
            }
            None => Verdict::AcceptedUnasked,
        };
        let phase = Phase::Unregistering(verdict);
        self.begin(phase, Purpose::Unregister, tokens, now);
    }

    /// Returns whether SHA-256 was answered although MD5 was offered after it: a registrar that
    /// stores only MD5 hashes may offer something that it can't verify.
    #[must_use]
    pub fn passed_over_md5(&self) -> bool {
        self.credentials.passed_over_md5()
    }

    /// Returns what the last refusal said in addition to its status.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Returns what responses revealed about the path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns a full check's binding that may still exist at `now`.
    #[must_use]
    pub fn left_behind(&self, now: Instant) -> Option<LeftBehind> {
        let ends = self.bound_until.filter(|ends| *ends > now)?;
        Some(LeftBehind {
            contact: self.contact(),
            ends,
        })
    }

    /// Called when no one is waiting any longer: from now on, only ensures that no binding of ours
    /// remains. Returns whether that may require more messages.
    pub fn abandon(&mut self) -> bool {
        self.abandoned = true;
        let unsent = self.to_send.as_ref().is_some_and(|next| !next.again);
        if unsent && self.phase == Phase::Registering && self.outcome.is_none() {
            // All previous requests were refused, or this one wouldn't exist.
            self.to_send = None;
            self.bound_until = None;
            self.finish(Verdict::OutOfTime);
        }
        self.outcome.is_none() && self.plan.kind == Kind::Full
    }

    fn user_name(&self) -> String {
        let form = self.plan.form;
        form.user_name(&self.plan.composite, &self.plan.realm)
    }

    /// Moves to another phase.
    fn begin(&mut self, phase: Phase, purpose: Purpose, tokens: &mut dyn Tokens, now: Instant) {
        self.phase = phase;
        self.outcome = None;
        self.challenged = Challenged::default();
        // Retransmitted responses to previous requests arrive soon or never.
        let recent = self.transactions.len().saturating_sub(RECENT);
        self.transactions.drain(..recent);
        self.send(purpose, tokens, now);
    }

    /// Builds the next request and queues it.
    fn send(&mut self, purpose: Purpose, tokens: &mut dyn Tokens, now: Instant) {
        self.number += 1;
        let mut message = self.frame.request(self.number, &tokens.token());
        if self.plan.kind != Kind::Query {
            let expires = match self.phase {
                Phase::Registering => self.expires,
                Phase::Unregistering(_) => 0,
            };
            let contact = contact(&self.contact_user, self.plan.contact, self.plan.transport);
            message.push("Contact", &contact.to_string());
            message.push("Expires", &expires.to_string());
        }
        let binds = self.plan.kind == Kind::Full && self.phase == Phase::Registering;
        if binds && !self.credentials.answered().is_empty() {
            self.bound_for(self.expires, now);
        }
        self.credentials.sign(&mut message, tokens);
        let reliable = self.plan.transport.is_reliable();
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

    /// Ends with a verdict, after un-registering if a binding of ours may exist anyway.
    fn finish_without_a_trace(&mut self, verdict: Verdict, tokens: &mut dyn Tokens, now: Instant) {
        if self.bound_until.is_some() {
            let phase = Phase::Unregistering(verdict);
            self.begin(phase, Purpose::Unregister, tokens, now);
        } else {
            self.finish(verdict);
        }
    }

    fn bound_for(&mut self, seconds: u32, now: Instant) {
        let time = Duration::from_secs(u64::from(seconds.min(LONGEST_BOUND)));
        self.bound_until = Some(now + time);
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
