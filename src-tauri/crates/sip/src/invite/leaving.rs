//! Ending a call from our side: CANCEL and BYE (RFC 3261 sections 9 and 15).

use std::net::SocketAddr;
use std::time::Instant;

use super::super::auth::{Challenged, Reaction};
use super::super::message::Message;
use super::super::tokens::Tokens;
use super::super::transaction::{Tick, Transaction};
use super::{CallEnd, Dialog, Invite, Phase, Transmit};

/// A pending CANCEL or BYE.
#[derive(Debug)]
pub(super) struct Leaving {
    message: Transmit,
    transaction: Transaction,
    challenged: Challenged,
}

impl Leaving {
    pub(super) fn message(&self) -> &Transmit {
        &self.message
    }

    pub(super) fn next_tick(&self) -> Instant {
        self.transaction.next_tick()
    }
}

impl Invite {
    /// Starts ending the call, and records the reason.
    pub(super) fn leave(&mut self, end: CallEnd, tokens: &mut dyn Tokens, now: Instant) {
        if self.phase == Phase::Calling && !self.provisional {
            self.wants_out = Some(end);
            return;
        }
        let talking = self.phase == Phase::Talking;
        let message = if let Some(dialog) = self.dialog.clone().filter(|_| talking) {
            self.phase = Phase::Leaving;
            self.bye(&dialog, tokens)
        } else {
            self.phase = Phase::Cancelling;
            self.cancel().into()
        };
        self.wants_out = Some(end);
        self.send_leaving(message, Challenged::default(), now);
    }

    fn send_leaving(&mut self, message: Transmit, challenged: Challenged, now: Instant) {
        self.outgoing.push_back(message.clone());
        self.leaving = Some(Leaving {
            transaction: Transaction::begin(
                &message.message,
                self.is_reliable(),
                now,
                self.plan.give_up,
            ),
            message,
            challenged,
        });
    }

    /// Ends a dialog that isn't needed.
    pub(super) fn dismiss(&mut self, dialog: &Dialog, tokens: &mut dyn Tokens, now: Instant) {
        let bye = self.bye(dialog, tokens);
        let (reliable, limit) = (self.is_reliable(), self.plan.give_up);
        let transaction = Transaction::begin(&bye.message, reliable, now, limit);
        self.outgoing.push_back(bye.clone());
        self.dismissed.push((bye, transaction));
    }

    fn bye(&mut self, dialog: &Dialog, tokens: &mut dyn Tokens) -> Transmit {
        self.number += 1;
        let mut bye = self.in_dialog(dialog, "BYE", self.number, tokens);
        self.sign(&mut bye, tokens);
        bye
    }

    /// Handles a response to our CANCEL or BYE. Returns whether it was one.
    pub(super) fn left(
        &mut self,
        status: u16,
        message: &Message,
        source: SocketAddr,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) -> bool {
        let asks = self.may_prove(status, source);
        let Some(leaving) = &mut self.leaving else {
            return false;
        };
        if !leaving.transaction.is_answered_by(message) {
            return false;
        }
        if status < 200 {
            leaving.transaction.heard_provisional(now);
        } else if self.phase == Phase::Leaving {
            let challenged = &mut leaving.challenged;
            let identity = self.plan.identity();
            let reaction = asks.then(|| self.credentials.challenged(message, challenged, identity));
            match (reaction, self.dialog.clone()) {
                (Some(Reaction::Again { .. }), Some(dialog)) => {
                    let challenged = leaving.challenged.clone();
                    let bye = self.bye(&dialog, tokens);
                    self.send_leaving(bye, challenged, now);
                }
                (Some(_) | None, _) => self.finish_leaving(),
            }
        }
        // After a CANCEL, the INVITE's own final response is still pending; the CANCEL's timeout
        // limits that wait.
        true
    }

    /// Handles timeouts of a pending CANCEL or BYE.
    pub(super) fn wait_for_leave(&mut self, now: Instant) {
        if !matches!(self.phase, Phase::Cancelling | Phase::Leaving) {
            return;
        }
        let Some(leaving) = &mut self.leaving else {
            return;
        };
        match leaving.transaction.tick(now) {
            Tick::Again => self.outgoing.push_back(leaving.message.clone()),
            Tick::GaveUp => self.finish_leaving(),
            Tick::Early => {}
        }
    }

    pub(super) fn finish_leaving(&mut self) {
        let end = self.wants_out.take().unwrap_or(CallEnd::Cancelled);
        self.finish(end);
    }
}
