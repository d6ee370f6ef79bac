//! The requests of a call.

use std::time::Instant;

use super::super::message::Message;
use super::super::register::{USER_AGENT, contact, transport_word};
use super::super::sdp;
use super::super::tokens::Tokens;
use super::super::transaction::Transaction;
use super::super::via::{COOKIE, Via};
use super::{Invite, MOST_ANSWERS};

impl Invite {
    /// Writes the INVITE, or writes it anew with an answer.
    pub(super) fn invite(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        self.number += 1;
        let target = self.plan.request_uri.clone();
        let to = format!("<{target}>");
        let mut message = self
            .request("INVITE", &target, self.number, &to, tokens)
            .with(
                "Contact",
                contact("call", self.plan.local, self.plan.transport).to_string(),
            )
            .with("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS")
            .with("Content-Type", "application/sdp");
        if let Some(session) = &mut self.session {
            let answer = session.header("INVITE", &target, &tokens.token());
            message.push(session.header_name(), &answer);
        }
        message.body = sdp::describe(self.plan.sound, self.sound_id, sdp::PCMU).into_bytes();
        let reliable = self.plan.transport.is_reliable();
        self.waiting = Transaction::begin(&message, reliable, now, self.plan.give_up);
        self.provisional = false;
        self.calling = message.clone();
        self.outgoing.push_back(message);
    }

    fn request(
        &self,
        method: &str,
        target: &str,
        number: u32,
        to: &str,
        tokens: &mut dyn Tokens,
    ) -> Message {
        let word = transport_word(self.plan.transport);
        let branch = format!("{COOKIE}{}", tokens.token());
        Message::request(method, target)
            .with("Via", Via::ours(word, self.plan.local, &branch).to_string())
            .with("Max-Forwards", "70")
            .with("From", format!("<{}>;tag={}", self.plan.from, self.tag))
            .with("To", to)
            .with("Call-ID", &self.call_id)
            .with("CSeq", format!("{number} {method}"))
            .with("User-Agent", USER_AGENT)
    }

    pub(super) fn in_dialog(&self, method: &str, number: u32, tokens: &mut dyn Tokens) -> Message {
        let Some(dialog) = &self.dialog else {
            return self.request(method, &self.plan.request_uri, number, "", tokens);
        };
        let mut message = self.request(method, &dialog.target, number, &dialog.to, tokens);
        for route in &dialog.routes {
            message.push("Route", route);
        }
        message
    }

    /// CANCEL has the INVITE's own Via, To and number (RFC 3261 section 9.1).
    pub(super) fn cancel(&self) -> Message {
        let copy = |name| self.calling.header(name).unwrap_or_default();
        Message::request("CANCEL", self.calling.uri())
            .with("Via", copy("Via"))
            .with("Max-Forwards", "70")
            .with("From", copy("From"))
            .with("To", copy("To"))
            .with("Call-ID", copy("Call-ID"))
            .with("CSeq", format!("{} CANCEL", self.number))
    }

    /// The ACK to a refusal belongs to the INVITE's own transaction (RFC 3261 section 17.1.1.3).
    pub(super) fn acknowledge_refusal(&mut self, response: &Message) {
        let copy = |name| self.calling.header(name).unwrap_or_default();
        let ack = Message::request("ACK", self.calling.uri())
            .with("Via", copy("Via"))
            .with("Max-Forwards", "70")
            .with("From", copy("From"))
            .with("To", response.header("To").unwrap_or_default())
            .with("Call-ID", copy("Call-ID"))
            .with("CSeq", format!("{} ACK", self.number));
        self.outgoing.push_back(ack.clone());
        self.refused.push((self.waiting.clone(), ack));
        self.refused.truncate(usize::from(MOST_ANSWERS) + 1);
    }

    pub(super) fn acknowledge_again(&mut self, response: &Message) -> bool {
        let mut refused = self.refused.iter();
        let ack = refused.find(|(transaction, _)| transaction.is_answered_by(response));
        let ack = ack.map(|(_, ack)| ack.clone());
        let found = ack.is_some();
        self.outgoing.extend(ack);
        found
    }
}
