//! HTTP responses: XML of Bandwidth's dashboard, and JSON of the token endpoint, Twilio and the
//! Voice API.

use registrar_app::{Error, fuzzing};

use crate::memory::bounded;

/// A time in November 2023, in milliseconds since 1970.
const NOW_MS: u64 = 1_700_000_000_000;

const STATUSES: [u16; 12] = [200, 201, 202, 303, 400, 401, 403, 404, 409, 429, 500, 503];

/// Reads `bytes` as an answer of the dashboard.
///
/// # Panics
///
/// Panics where a sentence about the answer repeats what may be a hash.
pub fn xml(bytes: &[u8]) {
    let errors = bounded(|| fuzzing::dashboard(status(bytes), bytes, NOW_MS));
    errors.iter().for_each(said_safely);
}

/// Reads `bytes` as an answer of each service that speaks JSON.
///
/// # Panics
///
/// Panics where a sentence about the answer repeats what may be a hash.
pub fn json(bytes: &[u8]) {
    let status = status(bytes);
    let errors = bounded(|| {
        let mut errors = fuzzing::twilio(status, bytes, NOW_MS);
        errors.extend(fuzzing::token(status, bytes, NOW_MS));
        errors.extend(fuzzing::voice(status, bytes, NOW_MS));
        errors
    });
    errors.iter().for_each(said_safely);
}

/// Of each length another status, so that any file can begin a corpus.
fn status(bytes: &[u8]) -> u16 {
    STATUSES[bytes.len() % STATUSES.len()]
}

fn said_safely(error: &Error) {
    let said = format!("{:?}", error.failure());
    let is_digit = |letter: char| letter.is_ascii_hexdigit();
    let longest = said.split(|letter| !is_digit(letter)).map(str::len).max();
    assert!(longest < Some(32), "{said}");
}
