//! Sample exchanges for tests.

use super::{End, Entry};
use crate::{ActivityKind, Tone};

/// An exchange that went well.
#[must_use]
pub fn entry(title: &str, at_ms: u64) -> Entry {
    Entry {
        kind: ActivityKind::Request,
        title: title.to_owned(),
        at_ms,
        took_ms: 12,
        method: "GET".to_owned(),
        address: "https://api.example/accounts/5500123/realms".to_owned(),
        request: "GET /accounts/5500123/realms\nHost: api.example\n".to_owned(),
        response: "HTTP 200\n\n<Realms/>".to_owned(),
        messages: Vec::new(),
        end: End::Done { status: 200 },
        tone: Tone::Good,
    }
}
