//! What each message of a call means.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use registrar_secret::redact::sanitized_line;
use registrar_sip::body;
use registrar_sip::challenge::{Offer, offers};
use registrar_sip::message::Message;
use registrar_sip::uri::{Address, Uri};

use crate::message_chart::{CallHeard, CallSent};

/// Number of remembered messages, to recognize retransmissions.
const REMEMBERED: usize = 64;
/// Maximum length of stored foreign text, in characters.
const LONGEST: usize = 80;

/// What a call said so far.
#[derive(Debug, Default)]
pub(super) struct Conversation {
    seen: VecDeque<u64>,
    /// The last INVITE carried an answer to a challenge.
    proved: bool,
    /// The last final answer to an INVITE was a refusal.
    refused: bool,
}

impl Conversation {
    /// Returns what a message of ours is for.
    pub(super) fn sent(&mut self, message: &Message) -> CallSent {
        if self.is_again(message) {
            return if message.method() == "ACK" {
                CallSent::ConfirmsAgain
            } else {
                CallSent::Again
            };
        }
        let proof = ["Authorization", "Proxy-Authorization"];
        let proof = proof.iter().any(|name| message.header(name).is_some());
        let (_, method) = message.cseq().unwrap_or_default();
        match (message.status(), message.method()) {
            (None, "INVITE") if is_in_call(message) => CallSent::ChangesCall,
            (None, "INVITE") if proof => {
                self.proved = true;
                CallSent::Proves
            }
            (None, "INVITE") => {
                let user = Uri::parse(message.uri()).and_then(|uri| uri.user);
                let user = sanitized_line(&user.unwrap_or_default(), LONGEST);
                CallSent::Calls { user }
            }
            (None, "ACK") if self.refused => CallSent::ConfirmsRefusal,
            (None, "ACK") => CallSent::ConfirmsAnswer,
            (None, "BYE") => CallSent::HangsUp,
            (None, "CANCEL") => CallSent::Cancels,
            (Some(200..300), _) => match method {
                "BYE" => CallSent::ConfirmsEnd,
                "OPTIONS" => CallSent::Options,
                "INVITE" | "UPDATE" => CallSent::AgreesToChange,
                _ => CallSent::Agrees,
            },
            (Some(481), _) => CallSent::NoSuchCall,
            (Some(491), _) => CallSent::Glare,
            (Some(_) | None, _) => CallSent::Refuses,
        }
    }

    /// Returns what a message of the other side means.
    pub(super) fn heard(&mut self, message: &Message) -> CallHeard {
        if self.is_again(message) {
            return CallHeard::Again;
        }
        let Some(status) = message.status() else {
            return match message.method() {
                "ACK" => CallHeard::ConfirmsChange,
                "BYE" => CallHeard::HangsUp,
                "INVITE" | "UPDATE" => CallHeard::ChangesCall,
                "OPTIONS" => CallHeard::AsksOptions,
                _ => CallHeard::AsksOther,
            };
        };
        let (_, method) = message.cseq().unwrap_or_default();
        if method == "INVITE" && status >= 200 {
            self.refused = status >= 300;
        }
        match (status, method) {
            (100, _) => CallHeard::Trying,
            (180, _) => CallHeard::Rings,
            (101..200, _) if body::session(message).is_none() => CallHeard::Underway,
            (101..200, _) => CallHeard::EarlySound,
            (200..300, "INVITE") => CallHeard::Answered,
            (200..300, "BYE") => CallHeard::ConfirmsEnd,
            (200..300, "CANCEL") => CallHeard::TakesBack,
            (200..300, _) => CallHeard::Agrees,
            (401 | 407, _) => self.asked(message, method),
            (487, _) => CallHeard::Canceled,
            (486 | 600, _) => CallHeard::Busy,
            (_, _) => {
                let line = message.first_line();
                let label = line.strip_prefix("SIP/2.0 ").unwrap_or(&line).trim_end();
                let label = sanitized_line(label, LONGEST);
                CallHeard::Refuses { label }
            }
        }
    }

    fn asked(&self, message: &Message, method: &str) -> CallHeard {
        let offers = offers(message);
        let challenge = offers.iter().find_map(|offer| match offer {
            Offer::Digest(challenge) => Some(challenge),
            Offer::Other(_) => None,
        });
        match challenge {
            Some(challenge) if challenge.stale => CallHeard::Stale,
            Some(_) if self.proved && method == "INVITE" => CallHeard::RefusesProof,
            Some(challenge) => CallHeard::Asks {
                realm: sanitized_line(&challenge.realm, LONGEST),
            },
            None => CallHeard::CannotAnswer,
        }
    }

    /// Returns whether the message was there already, and remembers it.
    fn is_again(&mut self, message: &Message) -> bool {
        let mut hasher = DefaultHasher::new();
        message.to_bytes().hash(&mut hasher);
        let hash = hasher.finish();
        if self.seen.contains(&hash) {
            return true;
        }
        if self.seen.len() == REMEMBERED {
            self.seen.pop_front();
        }
        self.seen.push_back(hash);
        false
    }
}

fn is_in_call(message: &Message) -> bool {
    let to = message.header("To").and_then(Address::parse);
    to.is_some_and(|to| to.parameter("tag").is_some())
}
