//! Responses to the INVITE (RFC 3261 sections 13.2 and 17.1.1).

use std::net::SocketAddr;
use std::time::Instant;

use super::super::auth::Reaction;
use super::super::body;
use super::super::message::Message;
use super::super::tokens::Tokens;
use super::super::transaction::Tick;
use super::{CallEnd, CallEvent, Confirmed, Dialog, Invite, MOST_FORKS, Phase, Unanswerable, tag};

/// Returns whether a status is sent only after a call was accepted for the callee. Others may be
/// sent before credentials are checked, and some registrars send 403 for wrong ones.
fn is_let_through(status: u16) -> bool {
    matches!(status, 101..=299 | 480 | 486 | 487 | 600 | 603)
}

impl Invite {
    /// Handles a response to the INVITE.
    pub(super) fn answered(
        &mut self,
        status: u16,
        message: &Message,
        source: SocketAddr,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) {
        if is_let_through(status) {
            self.accepted = self.credentials.realms();
        }
        if status < 200 {
            return self.heard_provisional(status, message, tokens, now);
        }
        if status < 300 {
            return self.taken(message, tokens, now);
        }
        if !self.acknowledge_again(message) {
            let (invite, transaction) = (self.calling.clone().into(), self.waiting.clone());
            self.acknowledge_refusal(&invite, &transaction, message);
        }
        if !matches!(self.phase, Phase::Calling | Phase::Cancelling) {
            return;
        }
        self.note_status(message);
        if let Some(end) = self.wants_out.take() {
            return self.finish(end);
        }
        if status == 422 && self.timer.raise(message) {
            return self.invite(tokens, now);
        }
        if status == 401 || status == 407 {
            if !self.may_prove(status, source) {
                let why = Unanswerable::Elsewhere(source);
                return self.finish(CallEnd::CannotAnswer(why));
            }
            let Self {
                credentials,
                challenged,
                plan,
                ..
            } = self;
            return match credentials.challenged(message, challenged, plan.identity()) {
                Reaction::Again { .. } => self.invite(tokens, now),
                Reaction::CannotAnswer(why) => self.finish(CallEnd::CannotAnswer(why)),
                Reaction::Refused { realm } if realm != plan.realm => {
                    self.finish(CallEnd::RealmDiffers { asked: realm });
                }
                Reaction::Refused { .. } => self.finish(CallEnd::CredentialRefused),
                Reaction::StaleWithoutEnd => self.finish(CallEnd::StaleWithoutEnd),
            };
        }
        let reason = self.status.clone().map(|(_, reason)| reason);
        let reason = reason.unwrap_or_default();
        self.finish(CallEnd::Refused { status, reason });
    }

    /// Handles timeouts of the pending INVITE.
    pub(super) fn wait_for_answer(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        match self.waiting.tick(now) {
            Tick::Again => self.outgoing.push_back(self.calling.clone().into()),
            Tick::GaveUp if self.provisional => self.leave(CallEnd::NotAnswered, tokens, now),
            Tick::GaveUp => {
                let end = self.wants_out.take().unwrap_or(CallEnd::Silent);
                self.finish(end);
            }
            Tick::Early => {}
        }
    }

    fn heard_provisional(
        &mut self,
        status: u16,
        message: &Message,
        tokens: &mut dyn Tokens,
        now: Instant,
    ) {
        if self.phase != Phase::Calling {
            return;
        }
        self.waiting.heard_provisional(now);
        self.waiting.wait_until(self.rings_until);
        if !self.provisional {
            self.events.push_back(CallEvent::Trying);
        }
        self.provisional = true;
        let from = tag(message, "To");
        let is_new = !from.is_empty() && !self.heard_of.contains(&from);
        if is_new && self.heard_of.len() < MOST_FORKS {
            self.heard_of.push(from);
        }
        if let Some(end) = self.wants_out.take() {
            // A CANCEL must not be sent before the first provisional response (RFC 3261 section
            // 9.1).
            return self.leave(end, tokens, now);
        }
        let heard = self.hear_early(message);
        if status == 180 || status == 183 && !heard {
            self.events.push_back(CallEvent::Ringing);
        }
    }

    /// Applies the session description of a far end that hasn't answered yet. Returns whether there
    /// is one.
    fn hear_early(&mut self, message: &Message) -> bool {
        let agreed = body::session(message).and_then(|theirs| self.ours.accept(&theirs));
        let tag = tag(message, "To");
        let Some(agreed) = agreed.filter(|_| !tag.is_empty()) else {
            return false;
        };
        let is_full = self.early.len() == MOST_FORKS;
        match self.early.iter_mut().find(|(other, _)| *other == tag) {
            Some((_, known)) if *known == agreed => return true,
            Some((_, known)) => *known = agreed,
            None if is_full => return true,
            None => self.early.push((tag, agreed)),
        }
        let direction = agreed.direction.map(CallEvent::Early);
        self.events.extend(direction);
        true
    }

    /// Handles a 2xx to the INVITE.
    fn taken(&mut self, message: &Message, tokens: &mut dyn Tokens, now: Instant) {
        if self.confirmed.len() == MOST_FORKS {
            return;
        }
        let dialog = Dialog::new(message, &self.plan.request_uri);
        let invite = self.calling.clone();
        self.acknowledge(&dialog, &invite, tokens);
        if !matches!(self.phase, Phase::Calling | Phase::Cancelling) {
            // Another far end answered first, or the call was canceled.
            return self.dismiss(&dialog, tokens, now);
        }
        self.note_status(message);
        // A description sent before the answer may be omitted from it.
        let mut early = self.early.iter();
        let early = early.find(|(tag, _)| *tag == dialog.tag);
        let agreed = body::session(message).map_or_else(
            || early.map(|(_, agreed)| *agreed),
            |theirs| self.ours.accept(&theirs),
        );
        self.dialog = Some(dialog);
        self.timer.accepted(message, now);
        let cancelled = self.phase == Phase::Cancelling;
        self.phase = Phase::Talking;
        if cancelled || self.wants_out.is_some() {
            // It was answered while we canceled it.
            let end = self.wants_out.take().unwrap_or(CallEnd::Cancelled);
            return self.leave(end, tokens, now);
        }
        let Some(agreed) = agreed else {
            return self.leave(CallEnd::NoCommonSound, tokens, now);
        };
        self.events.push_back(CallEvent::Answered(agreed.direction));
        if agreed.held {
            self.held = true;
            self.events.push_back(CallEvent::Held(true));
        }
    }

    /// Sends the ACK to a 2xx, and keeps it.
    pub(super) fn acknowledge(
        &mut self,
        dialog: &Dialog,
        invite: &Message,
        tokens: &mut dyn Tokens,
    ) {
        let ack = self.confirm(dialog, invite, tokens);
        self.outgoing.push_back(ack.clone());
        if self.confirmed.len() == MOST_FORKS {
            self.confirmed.remove(0);
        }
        self.confirmed.push(Confirmed {
            tag: dialog.tag.clone(),
            number: ack.message.cseq().map_or(0, |(number, _)| number),
            ack,
        });
    }

    /// Resends the ACK if a 2xx was retransmitted. Returns whether it was one.
    pub(super) fn confirm_again(&mut self, message: &Message) -> bool {
        let is_success = message
            .status()
            .is_some_and(|status| (200..300).contains(&status));
        let Some((number, "INVITE")) = message.cseq().filter(|_| is_success) else {
            return false;
        };
        if message.header("Call-ID") != Some(&self.call_id) {
            return false;
        }
        let tag = tag(message, "To");
        let mut confirmed = self.confirmed.iter();
        let known = confirmed.find(|known| known.number == number && known.tag == tag);
        let ack = known.map(|known| known.ack.clone());
        let found = ack.is_some();
        self.outgoing.extend(ack);
        found
    }
}
