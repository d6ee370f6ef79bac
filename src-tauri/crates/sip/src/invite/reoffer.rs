//! Our own re-INVITE, which puts the call on hold and resumes it (RFC 3261 section 14.1).

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::super::auth::{Challenged, Reaction};
use super::super::body;
use super::super::message::Message;
use super::super::sdp::{self, Flow};
use super::super::tokens::Tokens;
use super::super::transaction::{Tick, Transaction};
use super::{ALLOW, CallEnd, Invite, Phase, Transmit};

/// How often both sides may send a re-INVITE at the same time.
const MOST_GLARES: u8 = 3;
/// How long a re-INVITE may take once it is known to have arrived.
const LONGEST: Duration = Duration::from_secs(32);

/// A pending re-INVITE.
#[derive(Debug)]
pub(super) struct Reoffer {
    offer: String,
    message: Transmit,
    transaction: Transaction,
    challenged: Challenged,
    glares: u8,
    /// When it is sent again after both sides sent one at the same time.
    again_at: Option<Instant>,
}

impl Reoffer {
    pub(super) fn next_tick(&self) -> Instant {
        self.again_at
            .unwrap_or_else(|| self.transaction.next_tick())
    }

    pub(super) fn message(&self) -> &Transmit {
        &self.message
    }

    /// Returns whether it waits for its final response.
    pub(super) fn is_under_way(&self) -> bool {
        self.again_at.is_none()
    }
}

impl Invite {
    /// Puts the call on hold, or resumes it. Does nothing without an answered call, or while
    /// another change is in progress.
    pub fn hold(&mut self, on: bool, tokens: &mut dyn Tokens, now: Instant) {
        let busy = self.reoffer.is_some() || self.served.is_unconfirmed();
        if self.phase != Phase::Talking || busy {
            return;
        }
        let flow = if on { Flow::SendOnly } else { Flow::SendRecv };
        self.wanted_before = self.ours.wanted();
        let offer = self.ours.offer(flow);
        self.ask(offer, Challenged::default(), 0, tokens, now);
    }

    fn ask(
        &mut self,
        offer: String,
        challenged: Challenged,
        glares: u8,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) {
        let Some(dialog) = self.dialog.clone() else {
            return;
        };
        self.number += 1;
        let Transmit { message, to } = self.in_dialog(&dialog, "INVITE", self.number, tokens);
        let described = message
            .with("Contact", self.contact())
            .with("Allow", ALLOW)
            .with("Content-Type", sdp::TYPE);
        let mut message = Transmit {
            message: described,
            to,
        };
        self.timer.add_to(&mut message.message);
        self.sign(&mut message, tokens);
        message.message.body = offer.clone().into_bytes();
        let (reliable, limit) = (self.is_reliable(), self.plan.give_up);
        self.outgoing.push_back(message.clone());
        self.reoffer = Some(Reoffer {
            offer,
            transaction: Transaction::begin(&message.message, reliable, now, limit),
            message,
            challenged,
            glares,
            again_at: None,
        });
    }

    /// Handles a response to our re-INVITE. Returns whether it was one.
    pub(super) fn reoffered(
        &mut self,
        status: u16,
        message: &Message,
        source: SocketAddr,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> bool {
        let mine = |reoffer: &mut Reoffer| reoffer.transaction.is_answered_by(message);
        let Some(mut reoffer) = self.reoffer.take_if(mine) else {
            return false;
        };
        if status < 200 {
            reoffer.transaction.heard_provisional(now);
            reoffer.transaction.wait_until(now + LONGEST);
            self.reoffer = Some(reoffer);
            return true;
        }
        if status < 300 {
            self.timer.accepted(message, now);
            self.reoffer_taken(&reoffer, message, tokens);
            return true;
        }
        self.acknowledge_refusal(&reoffer.message, &reoffer.transaction, message);
        if self.phase != Phase::Talking {
            return true;
        }
        match status {
            401 | 407 if self.may_prove(status, source) => {
                let challenged = &mut reoffer.challenged;
                let identity = self.plan.identity();
                let reaction = self.credentials.challenged(message, challenged, identity);
                if matches!(reaction, Reaction::Again { .. }) {
                    let (challenged, glares) = (reoffer.challenged, reoffer.glares);
                    self.ask(reoffer.offer, challenged, glares, tokens, now);
                } else {
                    self.ours.want_again(self.wanted_before);
                }
            }
            422 if self.timer.raise(message) => {
                let (challenged, glares) = (reoffer.challenged, reoffer.glares);
                self.ask(reoffer.offer, challenged, glares, tokens, now);
            }
            // The side that created the Call-ID waits longer (RFC 3261 section 14.1).
            491 if reoffer.glares < MOST_GLARES => {
                let some = tokens.token().bytes().fold(0_u64, |sum, byte| {
                    sum.wrapping_mul(31).wrapping_add(u64::from(byte))
                });
                let wait = Duration::from_millis(2100 + 10 * (some % 191));
                reoffer.again_at = Some(now + wait);
                self.reoffer = Some(reoffer);
            }
            // The other side no longer knows the call (RFC 3261 section 12.2.1.2).
            408 | 481 => self.leave(CallEnd::Lost, tokens, now),
            // The call continues unchanged.
            _ => self.ours.want_again(self.wanted_before),
        }
        true
    }

    fn reoffer_taken(&mut self, reoffer: &Reoffer, message: &Message, tokens: &mut dyn Tokens) {
        let Some(dialog) = &mut self.dialog else {
            return;
        };
        dialog.refresh(message);
        let dialog = dialog.clone();
        self.acknowledge(&dialog, &reoffer.message.message, tokens);
        let theirs = body::session(message);
        if let Some(agreed) = theirs.and_then(|theirs| self.ours.accept(&theirs)) {
            self.agree(agreed);
        }
    }

    /// Refreshes the session when due, if that is our responsibility.
    pub(super) fn wait_for_refresh(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        let is_due = self.timer.due().is_some_and(|due| now >= due);
        if self.phase != Phase::Talking || !is_due {
            return;
        }
        if self.reoffer.is_some() || self.served.is_unconfirmed() {
            return self.timer.postpone(now);
        }
        self.timer.refreshed();
        self.wanted_before = self.ours.wanted();
        let offer = self.ours.offer(self.ours.wanted());
        self.ask(offer, Challenged::default(), 0, tokens, now);
    }

    /// Handles timeouts of a pending re-INVITE.
    pub(super) fn wait_for_reoffer(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        if self.phase != Phase::Talking {
            return;
        }
        let Some(reoffer) = &mut self.reoffer else {
            return;
        };
        match reoffer.again_at {
            Some(at) if now >= at => {
                let Some(reoffer) = self.reoffer.take() else {
                    return;
                };
                let glares = reoffer.glares + 1;
                self.ask(reoffer.offer, Challenged::default(), glares, tokens, now);
            }
            Some(_) => {}
            None => match reoffer.transaction.tick(now) {
                Tick::Again => self.outgoing.push_back(reoffer.message.clone()),
                Tick::GaveUp => {
                    self.reoffer = None;
                    self.leave(CallEnd::Lost, tokens, now);
                }
                Tick::Early => {}
            },
        }
    }
}
