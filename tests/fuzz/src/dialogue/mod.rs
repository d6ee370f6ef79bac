//! A registrar that may send anything to a registration or call of ours.
//!
//! The input is a byte that selects registration or call, followed by the other side's steps, each
//! preceded by a record separator (0x1e): a byte that says when and how, and a message. Time is
//! simulated.

mod call;
mod registration;
mod secrets;
mod step;

use std::time::Duration;

use registrar_sip::message::{LARGEST, LARGEST_HEAD, Message};
use registrar_sip::tokens::Tokens;
use step::Step;

const REALM: &str = "r.example";
const COMPOSITE: &str = "bob@somewhere.com";
/// How long one request waits for its answer.
const GIVE_UP: Duration = Duration::from_secs(8);
/// Most that one message, or one wait, may make us send.
const MOST_AT_ONCE: usize = 2;
/// Most steps of one input.
const MOST_STEPS: usize = 48;

/// Carries one dialogue to its end.
///
/// # Panics
///
/// Panics where a secret is sent or shown, where too much is sent, or where there is no end.
pub fn run(bytes: &[u8]) {
    let Some((&choices, rest)) = bytes.split_first() else {
        return;
    };
    if secrets::are_in(bytes) {
        // What the other side says it may hear again.
        return;
    }
    let steps: Vec<Step> = rest
        .split(|byte| *byte == 0x1e)
        .take(MOST_STEPS)
        .filter_map(Step::read)
        .collect();
    if choices & 1 == 0 {
        registration::run(choices >> 1, &steps);
    } else {
        call::run(choices >> 1, &steps);
    }
}

/// Counts, so that the same input always does the same.
#[derive(Debug, Default)]
struct Counted(u32);

impl Tokens for Counted {
    fn token(&mut self) -> String {
        self.0 += 1;
        format!("t{}", self.0)
    }
}

/// Holds what must be so of each message that we send.
fn sent(message: &Message) {
    let bytes = message.to_bytes();
    assert!(!secrets::are_in(&bytes), "a secret is sent");
    secrets::only_digests(message);
    if bytes.len() > LARGEST_HEAD.min(LARGEST) {
        return;
    }
    let read = Message::from_datagram(&bytes)
        .expect("our own message is read")
        .expect("it is no keep-alive");
    let names = |message: &Message| -> Vec<String> {
        message
            .all_headers()
            .map(|(name, _)| name.to_owned())
            .filter(|name| name != "Content-Length")
            .collect()
    };
    assert_eq!(names(&read), names(message), "a header came in by a value");
    assert_eq!(read.start, message.start);
    assert_eq!(read.body, message.body);
}
