//! The requests of a call.

use std::time::Instant;

use super::super::message::Message;
use super::super::register::{USER_AGENT, contact};
use super::super::tokens::Tokens;
use super::super::transaction::Transaction;
use super::super::via::{COOKIE, Via};
use super::super::{body, sdp};
use super::dialog::Dialog;
use super::{ALLOW, Invite, MOST_REFUSALS, Transmit};
use crate::TransportName;

impl Invite {
    /// Builds the INVITE, or rebuilds it with an answer to a challenge.
    pub(super) fn invite(&mut self, tokens: &mut dyn Tokens, now: Instant) {
        self.number += 1;
        self.invited = self.number;
        let target = self.plan.request_uri.clone();
        let to = format!("<{target}>");
        let mut message = self
            .request("INVITE", &target, self.number, &to, tokens)
            .with("Contact", self.contact())
            .with("Allow", ALLOW)
            .with("Accept", body::ACCEPT)
            .with("Content-Type", sdp::TYPE);
        self.timer.add_to(&mut message);
        self.credentials.sign(&mut message, tokens);
        message.body = self.offer.clone().into_bytes();
        self.waiting = Transaction::begin(&message, self.is_reliable(), now, self.plan.give_up);
        self.provisional = false;
        self.calling = message.clone();
        self.outgoing.push_back(message.into());
    }

    /// Returns whether the transport is reliable, so that nothing is retransmitted.
    pub(super) fn is_reliable(&self) -> bool {
        self.plan.transport != TransportName::Udp
    }

    /// Returns our own address for requests of the other side.
    pub(super) fn contact(&self) -> String {
        contact("call", self.plan.local, self.plan.transport).to_string()
    }

    fn request(
        &self,
        method: &str,
        target: &str,
        number: u32,
        to: &str,
        tokens: &mut dyn Tokens,
    ) -> Message {
        let word = self.plan.transport.as_str();
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

    /// Builds a request in a dialog.
    pub(super) fn in_dialog(
        &self,
        dialog: &Dialog,
        method: &str,
        number: u32,
        tokens: &mut dyn Tokens,
    ) -> Transmit {
        let (target, routes) = dialog.way();
        let mut message = self.request(method, &target, number, &dialog.to, tokens);
        for route in &routes {
            message.push("Route", route);
        }
        let to = dialog.next_hop(&self.plan);
        Transmit { message, to }
    }

    /// Adds the answers to challenges, only for the registrar.
    pub(super) fn sign(&mut self, transmit: &mut Transmit, tokens: &mut dyn Tokens) {
        if transmit.to.is_none() {
            self.credentials.sign(&mut transmit.message, tokens);
        }
    }

    /// Builds the ACK to a 2xx of `invite`: a request of its own, with the INVITE's answers to
    /// challenges (RFC 3261 sections 13.2.2.4 and 22.1).
    pub(super) fn confirm(
        &self,
        dialog: &Dialog,
        invite: &Message,
        tokens: &mut dyn Tokens,
    ) -> Transmit {
        let (number, _) = invite.cseq().unwrap_or_default();
        let mut ack = self.in_dialog(dialog, "ACK", number, tokens);
        if ack.to.is_none() {
            for name in ["Authorization", "Proxy-Authorization"] {
                for answer in invite.headers(name) {
                    ack.message.push(name, answer);
                }
            }
        }
        ack
    }

    /// Builds the CANCEL, which has the INVITE's own Via, To and `CSeq` number (RFC 3261 section
    /// 9.1).
    pub(super) fn cancel(&self) -> Message {
        self.beside("CANCEL", &self.calling, self.calling.header("To"))
    }

    /// Builds the ACK to a refusal, which belongs to the INVITE's own transaction (RFC 3261 section
    /// 17.1.1.3).
    pub(super) fn acknowledge_refusal(
        &mut self,
        invite: &Transmit,
        transaction: &Transaction,
        response: &Message,
    ) {
        let ack = Transmit {
            message: self.beside("ACK", &invite.message, response.header("To")),
            to: invite.to,
        };
        self.outgoing.push_back(ack.clone());
        if self.refused.len() == MOST_REFUSALS {
            self.refused.remove(0);
        }
        self.refused.push((transaction.clone(), ack));
    }

    fn beside(&self, method: &str, invite: &Message, to: Option<&str>) -> Message {
        let copy = |name| invite.header(name).unwrap_or_default();
        let (number, _) = invite.cseq().unwrap_or_default();
        let mut message = Message::request(method, invite.uri())
            .with("Via", copy("Via"))
            .with("Max-Forwards", "70")
            .with("From", copy("From"))
            .with("To", to.unwrap_or_default())
            .with("Call-ID", &self.call_id)
            .with("CSeq", format!("{number} {method}"));
        for route in invite.headers("Route") {
            message.push("Route", route);
        }
        message
    }

    /// Resends the ACK if a refusal was retransmitted. Returns whether it was one.
    pub(super) fn acknowledge_again(&mut self, response: &Message) -> bool {
        let mut refused = self.refused.iter();
        let ack = refused.find(|(transaction, _)| transaction.is_answered_by(response));
        let ack = ack.map(|(_, ack)| ack.clone());
        let found = ack.is_some();
        self.outgoing.extend(ack);
        found
    }
}
