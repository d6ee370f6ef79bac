//! What strangers write, read without the network or the disk between: each function reads any
//! bytes as the app does when they come from that stranger, and returns what is wrong with them.
//!
//! The fuzz targets call these. SIP and SDP have readers of their own in [`crate::sip`].

use url::Url;

use crate::error::Service;
use crate::http::Answer;
use crate::{Error, dashboard, journey, twilio, voice};

/// Reads an answer of Bandwidth's dashboard API as each of its requests does, one error for each
/// that cannot use it.
#[must_use]
pub fn dashboard(status: u16, body: &[u8], now_ms: u64) -> Vec<Error> {
    let from = Url::parse("https://api.bandwidth.com/api/v2/accounts/5500123/sipcredentials");
    match (Answer::of(Service::Dashboard, status, body), from) {
        (Err(error), _) => vec![error],
        (Ok(answer), Ok(from)) => dashboard::read_as_each(&answer, &from, now_ms),
        (Ok(_), Err(_)) => Vec::new(),
    }
}

/// Reads an answer of the token endpoint.
#[must_use]
pub fn token(status: u16, body: &[u8], now_ms: u64) -> Option<Error> {
    let answer = Answer::of(Service::Token, status, body);
    answer
        .and_then(|answer| dashboard::read_token(&answer, now_ms))
        .err()
}

/// Reads an answer of Twilio's API as each of its requests does.
#[must_use]
pub fn twilio(status: u16, body: &[u8], now_ms: u64) -> Vec<Error> {
    match Answer::of(Service::Twilio, status, body) {
        Err(error) => vec![error],
        Ok(answer) => twilio::read_as_each(&answer, now_ms),
    }
}

/// Reads an answer of Bandwidth's Voice API.
#[must_use]
pub fn voice(status: u16, body: &[u8], now_ms: u64) -> Option<Error> {
    let answer = Answer::of(Service::Voice, status, body);
    answer
        .and_then(|answer| voice::read_call(&answer, now_ms))
        .err()
}

/// Reads the files in which accounts and stopped journeys are kept. Returns what it would write in
/// their place, where it understands them.
#[must_use]
pub fn saved(bytes: &[u8]) -> Vec<Vec<u8>> {
    journey::saved::read_again(bytes)
}
