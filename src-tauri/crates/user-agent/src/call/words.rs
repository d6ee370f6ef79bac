//! Describes each message of a call in plain words.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use registrar_activity::Tone;
use registrar_secret::redact::sanitized_line;
use registrar_sip::body;
use registrar_sip::challenge::{Offer, offers};
use registrar_sip::message::Message;
use registrar_sip::uri::{Address, Uri};

/// Number of messages remembered, to recognize retransmissions.
const REMEMBERED: usize = 64;
/// Maximum length of untrusted text in a sentence, in characters.
const LONGEST: usize = 80;

/// What was described so far.
#[derive(Debug, Default)]
pub(super) struct Told {
    seen: VecDeque<u64>,
    /// The last INVITE contained an answer to a challenge.
    proved: bool,
    /// The last final response to an INVITE was a refusal.
    refused: bool,
}

impl Told {
    /// Describes the purpose of a message of ours.
    pub(super) fn sent(&mut self, message: &Message) -> (String, Tone) {
        if self.is_again(message) {
            let method = message.method();
            return if method == "ACK" {
                plain("This computer confirms again.")
            } else {
                wait("No answer came, so this computer sends the message again.")
            };
        }
        let proof = ["Authorization", "Proxy-Authorization"];
        let proof = proof.iter().any(|name| message.header(name).is_some());
        let (_, method) = message.cseq().unwrap_or_default();
        match (message.status(), message.method()) {
            (None, "INVITE") if is_in_call(message) => {
                plain("This computer holds, resumes, or refreshes the call.")
            }
            (None, "INVITE") if proof => {
                self.proved = true;
                plain("This computer signs in and calls again. The password itself is never sent.")
            }
            (None, "INVITE") => {
                let user = Uri::parse(message.uri()).and_then(|uri| uri.user);
                let user = sanitized_line(&user.unwrap_or_default(), LONGEST);
                (
                    format!("This computer asks the registrar to call {user}."),
                    Tone::Plain,
                )
            }
            (None, "ACK") if self.refused => {
                plain("This computer confirms that it got the refusal.")
            }
            (None, "ACK") => plain("This computer confirms the answer. The call is connected."),
            (None, "BYE") => plain("This computer hangs up."),
            (None, "CANCEL") => plain("This computer cancels the call before it’s answered."),
            (Some(200..300), _) => plain(match method {
                "BYE" => "This computer confirms the end of the call.",
                "OPTIONS" => "This computer says what it supports.",
                "INVITE" | "UPDATE" => "This computer agrees to the change.",
                _ => "This computer agrees.",
            }),
            (Some(481), _) => {
                plain("This computer doesn’t know the call it was asked about, and says so.")
            }
            (Some(491), _) => wait("Both sides asked at the same time. This computer says so."),
            (Some(_) | None, _) => plain("This computer doesn’t support that, and says so."),
        }
    }

    /// Describes the meaning of a message from the other side.
    pub(super) fn heard(&mut self, message: &Message) -> (String, Tone) {
        if self.is_again(message) {
            return plain("The same message again. It changes nothing.");
        }
        let Some(status) = message.status() else {
            return match message.method() {
                "ACK" => plain("The other side confirms the change."),
                "BYE" => plain("The other side hangs up."),
                "INVITE" | "UPDATE" => plain("The other side changes or refreshes the call."),
                "OPTIONS" => plain("The other side asks what this computer supports."),
                _ => plain("The other side asks for something that a test call doesn’t support."),
            };
        };
        let (_, method) = message.cseq().unwrap_or_default();
        if method == "INVITE" && status >= 200 {
            self.refused = status >= 300;
        }
        match (status, method) {
            (100, _) => wait("The registrar has the request and is working on it."),
            (180, _) => wait("It’s ringing."),
            (101..200, _) if body::session(message).is_none() => wait("The call is on its way."),
            (101..200, _) => wait("Sound is coming before the answer, such as an announcement."),
            (200..300, "INVITE") => good("The call was answered."),
            (200..300, "BYE") => good("The end of the call was confirmed."),
            (200..300, "CANCEL") => plain("The registrar cancels the call."),
            (200..300, _) => plain("The other side agrees."),
            (401 | 407, _) => self.asked(message, method),
            (487, _) => plain("The call was canceled before it was answered."),
            (486 | 600, _) => bad("The called number is busy."),
            (_, _) => {
                let line = message.first_line();
                let label = line.strip_prefix("SIP/2.0 ").unwrap_or(&line).trim_end();
                (
                    format!("The call was refused: {}.", sanitized_line(label, LONGEST)),
                    Tone::Bad,
                )
            }
        }
    }

    fn asked(&self, message: &Message, method: &str) -> (String, Tone) {
        let offers = offers(message);
        let challenge = offers.iter().find_map(|offer| match offer {
            Offer::Digest(challenge) => Some(challenge),
            Offer::Other(_) => None,
        });
        match challenge {
            Some(challenge) if challenge.stale => {
                wait("The registrar found the answer too old and asks again.")
            }
            Some(_) if self.proved && method == "INVITE" => {
                bad("The registrar didn’t accept the answer, or asks for another one.")
            }
            Some(challenge) => (
                format!(
                    "The registrar asks this computer to sign in for realm {}.",
                    sanitized_line(&challenge.realm, LONGEST)
                ),
                Tone::Wait,
            ),
            None => {
                bad("The registrar asks for a sign-in method that SIP credentials don’t support.")
            }
        }
    }

    /// Returns whether the message was already described, and remembers it.
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

fn bad(text: &str) -> (String, Tone) {
    (text.to_owned(), Tone::Bad)
}

fn good(text: &str) -> (String, Tone) {
    (text.to_owned(), Tone::Good)
}

fn plain(text: &str) -> (String, Tone) {
    (text.to_owned(), Tone::Plain)
}

fn wait(text: &str) -> (String, Tone) {
    (text.to_owned(), Tone::Wait)
}
