//! Interprets the registrar's responses.

use std::net::SocketAddr;
use std::time::Duration;

use super::super::message::{Message, Start};
use super::super::uri::{Address, Uri};
use super::super::verdict::Verdict;
use super::plan::{Binding, CHECK, Kind, Remark};

/// Classifies a final response that is neither a success, nor a challenge, nor a 423.
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
        420 => Verdict::ExtensionWanted {
            status,
            names: names(message, "Unsupported"),
        },
        421 => Verdict::ExtensionWanted {
            status,
            names: names(message, "Require"),
        },
        400 | 405 | 406 | 493 | 501 if kind == Kind::Query => {
            Verdict::QueryRefused { status, reason }
        }
        403 => Verdict::Forbidden {
            answered,
            query: kind == Kind::Query,
        },
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

/// How our own Contact is recognized.
#[derive(Clone, Copy, Debug)]
pub(super) struct Own<'a> {
    /// Its user part, which is random, because a registrar behind a session border controller may
    /// change the host and the letter case.
    pub(super) user: &'a str,
    /// Its address, for a registrar that omits the user part.
    pub(super) place: SocketAddr,
    /// The address as seen by the registrar.
    pub(super) seen_as: Option<SocketAddr>,
}

impl Own<'_> {
    fn is(self, uri: &Uri) -> bool {
        match uri.some_user() {
            Some(user) => user.eq_ignore_ascii_case(self.user),
            None => uri.is_at(self.place) || self.seen_as.is_some_and(|seen| uri.is_at(seen)),
        }
    }
}

/// Parses the bindings listed in a 2xx. One that has expired is omitted.
pub(super) fn bindings(message: &Message, own: Own<'_>) -> Vec<Binding> {
    let seconds = |text: &str| text.trim().parse().ok();
    let whole = message.header("Expires").and_then(seconds);
    let listed = message.list("Contact").into_iter();
    let bindings = listed.filter_map(|contact| {
        let address = Address::parse(contact)?;
        let expires = address.parameter("expires").and_then(seconds).or(whole);
        if expires == Some(0) {
            return None;
        }
        let user = address.uri.some_user().unwrap_or_default();
        Some(Binding {
            contact: address.uri.to_string(),
            name: Address::display_name(contact),
            expires: expires.unwrap_or_default(),
            ours: own.is(&address.uri),
            of_a_check: user.to_ascii_lowercase().starts_with(CHECK),
        })
    });
    bindings.collect()
}

/// Maximum number of names per header, and of remarks.
const MOST: usize = 8;

fn names(message: &Message, header: &str) -> Vec<String> {
    let names = message.list(header).into_iter().take(MOST);
    names.map(str::to_owned).collect()
}

/// Parses what a refusal says in addition to its status.
pub(super) fn remarks(message: &Message) -> Vec<Remark> {
    let said = ["Warning", "Reason", "P-Registrar-Error"].into_iter();
    let said = said.flat_map(|header| {
        let texts = message.headers(header).into_iter();
        texts.map(move |text| Remark {
            header,
            text: text.to_owned(),
        })
    });
    said.take(MOST).collect()
}

/// Parses Retry-After: seconds, optionally followed by a comment or parameters.
fn seconds(text: &str) -> Option<Duration> {
    let digits = text.split(|letter: char| !letter.is_ascii_digit()).next()?;
    Some(Duration::from_secs(digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_contact_is_known_however_it_is_written_and_gone_at_zero() {
        for (contact, ours) in [
            ("<sip:check-0a1b@203.0.113.7:40000>;expires=60", vec![true]),
            ("<SIP:CHECK-0A1B@192.0.2.1:5070>;EXPIRES=60", vec![true]),
            ("<sip:%63heck-0a1b@192.0.2.1>;expires=60", vec![true]),
            ("sip:192.0.2.1:5070;expires=60", vec![true]),
            ("<sip:203.0.113.7:40000>;expires=60", vec![true]),
            ("<sip:192.0.2.1:5071>;expires=60", vec![false]),
            ("<sip:check-0a1b@192.0.2.1:5070>;expires=0", vec![]),
            ("<sip:check-0a1b@192.0.2.1:5070>;expires=\"0\"", vec![]),
            ("<sip:check-0a1b@192.0.2.1:5070>", vec![true]),
        ] {
            let answer = Message::response(200, "OK").with("Contact", contact);

            let listed = bindings(&answer, own("check-0a1b"));

            let found: Vec<bool> = listed.iter().map(|binding| binding.ours).collect();
            assert_eq!(found, ours, "{contact}");
        }
        let all = Message::response(200, "OK")
            .with("Contact", "<sip:check-0a1b@192.0.2.1:5070>")
            .with("Expires", "0");
        assert_eq!(bindings(&all, own("check-0a1b")), []);
    }

    fn own(user: &str) -> Own<'_> {
        Own {
            user,
            place: "192.0.2.1:5070".parse().unwrap(),
            seen_as: Some("203.0.113.7:40000".parse().unwrap()),
        }
    }

    #[test]
    fn a_binding_that_any_check_left_behind_is_told_from_a_phones() {
        let answer = "SIP/2.0 200 OK\r\nContact: <sip:check-0a1b@192.0.2.1>;expires=30\r\n\
                      Contact: <sip:bob@192.0.2.2>;expires=3600\r\nContent-Length: 0\r\n\r\n";
        let answer = Message::from_datagram(answer.as_bytes()).unwrap().unwrap();

        let listed = bindings(&answer, own("other"));

        let of_checks: Vec<bool> = listed.iter().map(|binding| binding.of_a_check).collect();
        assert_eq!(of_checks, [true, false]);
    }

    #[test]
    fn phone_is_named_by_the_display_name_of_its_contact() {
        for (contact, name) in [
            (
                "\"Yealink SIP-T46U\" <sip:bob@192.0.2.2>",
                Some("Yealink SIP-T46U"),
            ),
            ("Desk <sip:bob@192.0.2.2>;expires=60", Some("Desk")),
            (
                "\"A \\\"B\\\" <C>, D\" <sip:bob@192.0.2.2>",
                Some("A \"B\" <C>, D"),
            ),
            ("\"\" <sip:bob@192.0.2.2>", None),
            ("<sip:bob@192.0.2.2>", None),
            ("sip:bob@192.0.2.2;expires=60", None),
        ] {
            let answer = Message::response(200, "OK").with("Contact", contact);

            let listed = bindings(&answer, own("other"));

            assert_eq!(listed[0].name.as_deref(), name, "{contact}");
        }
    }
}
