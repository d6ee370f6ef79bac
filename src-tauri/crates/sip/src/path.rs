//! What the network path does to our messages: address translation and rewriting.
//!
//! A router with a SIP ALG rewrites parts of our messages, and often only half of them. Responses
//! are compared with what was sent: a registrar echoes Via, From, Call-ID and `CSeq` verbatim (RFC
//! 3261 section 8.2.6.2) and lists a Contact as it was bound.

use std::net::SocketAddr;

use super::message::Message;
use super::uri::{Address, Uri};

/// A path to a registrar, as far as responses reveal it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    local: SocketAddr,
    seen_as: Option<SocketAddr>,
    rewritten: Vec<Rewritten>,
    repaired: bool,
}

/// Whether addresses are translated on the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nat {
    /// No: the registrar sees our own address.
    No,
    /// Yes: the registrar sees this one.
    Translated(SocketAddr),
    /// No response contained the address that the registrar sees.
    Unknown,
}

/// A part of our message that came back changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// The branch of our Via.
    Branch,
    /// The Call-ID.
    CallId,
    /// Host or port of our own Contact.
    Contact {
        /// As the registrar lists it.
        listed: String,
    },
    /// The number or the method in `CSeq`.
    Cseq,
    /// The tag of From.
    FromTag,
    /// Host or port of our Via.
    SentBy {
        /// As it was returned.
        returned: String,
    },
}

impl Path {
    /// Creates a path from our own address, with nothing else known.
    #[must_use]
    pub fn new(local: SocketAddr) -> Self {
        Self {
            local,
            seen_as: None,
            rewritten: Vec::new(),
            repaired: false,
        }
    }

    /// Compares a response with the request that it belongs to. A response to another request is
    /// ignored.
    pub fn compare(&mut self, request: &Message, response: &Message) {
        let (Some(own), Some(mut returned)) = (request.via(), response.via()) else {
            return;
        };
        if response.status().is_none() {
            return;
        }
        let same_branch = returned.branch() == own.branch();
        let same_call = response.header("Call-ID") == request.header("Call-ID");
        let same_cseq = response.cseq() == request.cseq();
        let same_tag = tag(response) == tag(request);
        // Only we and whoever saw the request know any of these texts.
        if !(same_branch || same_call && same_cseq && same_tag) {
            return;
        }
        if !same_branch {
            self.note(Rewritten::Branch);
        }
        if !same_call {
            self.note(Rewritten::CallId);
        }
        if !same_cseq {
            self.note(Rewritten::Cseq);
        }
        if !same_tag {
            self.note(Rewritten::FromTag);
        }
        if returned.sent_by != own.sent_by {
            let sent_by = std::mem::replace(&mut returned.sent_by, own.sent_by);
            self.note(Rewritten::SentBy { returned: sent_by });
        }
        if let Some(seen_as) = returned.seen_as() {
            self.seen_as = Some(seen_as);
        }
        match rewritten_contact(request, response) {
            Some(listed) if self.seen_as.is_some_and(|seen| listed.is_at(seen)) => {
                self.repaired = true;
            }
            Some(listed) => self.note(Rewritten::Contact {
                listed: listed.to_string(),
            }),
            None => {}
        }
    }

    /// Returns our own address.
    #[must_use]
    pub fn local(&self) -> SocketAddr {
        self.local
    }

    /// Returns our own address as the registrar saw it, if it said so.
    #[must_use]
    pub fn seen_as(&self) -> Option<SocketAddr> {
        self.seen_as
    }

    /// Returns whether addresses are translated.
    #[must_use]
    pub fn nat(&self) -> Nat {
        match self.seen_as {
            None => Nat::Unknown,
            Some(seen_as) if seen_as == self.local => Nat::No,
            Some(seen_as) => Nat::Translated(seen_as),
        }
    }

    /// Returns whether the registrar stored our Contact with the address that it sees, so that
    /// calls can reach us through a router.
    #[must_use]
    pub fn repaired(&self) -> bool {
        self.repaired
    }

    /// Returns what came back changed, each kind once.
    #[must_use]
    pub fn rewritten(&self) -> &[Rewritten] {
        &self.rewritten
    }

    /// Keeps the first of each kind, so that a flood of responses takes no memory.
    fn note(&mut self, found: Rewritten) {
        let kind = std::mem::discriminant(&found);
        let known = |known: &Rewritten| std::mem::discriminant(known) == kind;
        if !self.rewritten.iter().any(known) {
            self.rewritten.push(found);
        }
    }
}

/// Returns our own Contact as a response lists it, if its host or port differs. It is recognized by
/// its user part.
fn rewritten_contact(request: &Message, response: &Message) -> Option<Uri> {
    let own = Address::parse(request.header("Contact")?)?.uri;
    let listed = response.list("Contact").into_iter();
    let user = own.some_user()?;
    let same_user = |address: &Address| {
        let listed = address.uri.some_user();
        listed.is_some_and(|listed| listed.eq_ignore_ascii_case(user))
    };
    let listed = listed.filter_map(Address::parse).find(same_user)?.uri;
    (!listed.is_same_place(&own)).then_some(listed)
}

fn tag(message: &Message) -> Option<String> {
    let from = Address::parse(message.header("From")?)?;
    from.parameter("tag").map(str::to_owned)
}

#[cfg(test)]
#[path = "path_tests.rs"]
mod tests;
