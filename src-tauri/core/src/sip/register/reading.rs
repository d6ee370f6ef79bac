//! What the registrar's answers say.

use std::time::Duration;

use super::super::message::{Message, Start};
use super::super::uri::Address;
use super::super::verdict::Verdict;
use super::plan::{Binding, CHECK, Kind};

/// Sorts a final response that is neither a success nor a challenge nor a 423.
pub(super) fn refusal(status: u16, message: &Message, kind: Kind, answered: bool) -> Verdict {
    let reason = match &message.start {
        Start::Response { reason, .. } => reason.clone(),
        Start::Request { .. } => String::new(),
    };
    match status {
        300..=399 => Verdict::Redirected {
            to: message
                .list("Contact")
                .into_iter()
                .map(str::to_owned)
                .collect(),
        },
        400 | 405 | 406 | 420 | 421 | 493 | 501 if kind == Kind::Query => {
            Verdict::QueryRefused { status, reason }
        }
        403 => Verdict::Forbidden { answered },
        404 => Verdict::UnknownUser,
        408 => Verdict::RegistrarTimedOut,
        480 => Verdict::TemporarilyUnavailable,
        503 => Verdict::ServiceUnavailable {
            retry_after: message.header("Retry-After").and_then(seconds),
        },
        500..=599 => Verdict::ServerFailed { status },
        _ => Verdict::Unexpected { status, reason },
    }
}

/// Reads the bindings that a 2xx lists. Ours is known by the user part of its Contact, because a
/// registrar behind a session border controller may change the host.
pub(super) fn bindings(message: &Message, our_user: &str) -> Vec<Binding> {
    let whole = message.header("Expires").and_then(|text| text.parse().ok());
    message
        .list("Contact")
        .into_iter()
        .filter_map(Address::parse)
        .map(|address| Binding {
            contact: address.uri.to_string(),
            expires: address
                .parameter("expires")
                .and_then(|text| text.parse().ok())
                .or(whole)
                .unwrap_or_default(),
            ours: address.uri.user.as_deref() == Some(our_user),
            of_a_check: address
                .uri
                .user
                .as_deref()
                .is_some_and(|user| user.starts_with(CHECK)),
        })
        .collect()
}

/// Reads Retry-After: seconds, perhaps with a comment or parameters behind them.
fn seconds(text: &str) -> Option<Duration> {
    let digits = text.split(|letter: char| !letter.is_ascii_digit()).next()?;
    Some(Duration::from_secs(digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binding_that_any_check_left_behind_is_told_from_a_phones() {
        let answer = "SIP/2.0 200 OK\r\nContact: <sip:check-0a1b@192.0.2.1>;expires=30\r\n\
                      Contact: <sip:bob@192.0.2.2>;expires=3600\r\nContent-Length: 0\r\n\r\n";
        let answer = Message::from_datagram(answer.as_bytes()).unwrap().unwrap();

        let listed = bindings(&answer, "other");

        let of_checks: Vec<bool> = listed.iter().map(|binding| binding.of_a_check).collect();
        assert_eq!(of_checks, [true, false]);
    }
}
