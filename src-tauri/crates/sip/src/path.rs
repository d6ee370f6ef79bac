//! What the network path does to our messages: address translation and rewriting.
//!
//! A router with a SIP ALG rewrites parts of our messages, and often only half of them. Responses
//! are compared with what was sent: a registrar echoes Via, From, Call-ID and `CSeq` verbatim (RFC
//! 3261 section 8.2.6.2) and lists a Contact as it was bound.

use std::net::SocketAddr;

use super::message::Message;
use super::uri::{Address, Uri};

/// One way to a registrar, as far as answers tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    local: SocketAddr,
    seen_as: Option<SocketAddr>,
    rewritten: Vec<Rewritten>,
    repaired: bool,
}

/// Whether addresses are translated on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nat {
    /// They are not: the registrar sees our own address.
    No,
    /// They are: the registrar sees this one.
    Translated(SocketAddr),
    /// No answer said what the registrar sees.
    Unknown,
}

/// Something of ours that came back otherwise.
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
        /// As it came back.
        returned: String,
    },
}

impl Path {
    /// Begins with our own address, of which nothing is known yet.
    #[must_use]
    pub fn new(local: SocketAddr) -> Self {
        Self {
            local,
            seen_as: None,
            rewritten: Vec::new(),
            repaired: false,
        }
    }

    /// Compares a response with the request that it belongs to. One that belongs to another request
    /// tells nothing.
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
        // Each of these is a text that only we and who saw the request know.
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

    /// Returns our own address as the registrar saw it, where it said so.
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

    /// Returns whether the registrar stored our Contact with the address that it sees, so that calls
    /// find the way back through a router.
    #[must_use]
    pub fn repaired(&self) -> bool {
        self.repaired
    }

    /// Returns what came back otherwise than it was sent, each kind once.
    #[must_use]
    pub fn rewritten(&self) -> &[Rewritten] {
        &self.rewritten
    }

    /// Keeps the first of each kind, so that no flood of answers fills the memory.
    fn note(&mut self, found: Rewritten) {
        let kind = std::mem::discriminant(&found);
        let known = |known: &Rewritten| std::mem::discriminant(known) == kind;
        if !self.rewritten.iter().any(known) {
            self.rewritten.push(found);
        }
    }
}

/// Returns our own Contact as a response lists it, where its host or port is another one. It is
/// known by its user part.
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
