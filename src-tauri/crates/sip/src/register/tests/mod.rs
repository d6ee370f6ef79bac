mod answers;
mod leaving;
mod resends;

use std::time::Duration;

use registrar_digest::Hashes;
use registrar_secret::SipPassword;

use super::super::answer::{NameForm, Proof};
use super::super::message::Message;
use super::super::tokens::Counted;
use super::*;
use crate::{CheckKind, TransportName};

const REALM: &str = "r.example";

/// A registration with its tokens and its own clock.
struct Script {
    register: Register,
    tokens: Counted,
    now: Instant,
}

impl Script {
    fn new(kind: CheckKind, proof: Proof) -> Self {
        Self::over(TransportName::Udp, kind, proof)
    }

    fn over(transport: TransportName, kind: CheckKind, proof: Proof) -> Self {
        Self::with(transport, kind, proof, |_| {})
    }

    /// A check for whose registrar a person allowed the password in `other.example`.
    fn allowing_other(kind: CheckKind, proof: Proof) -> Self {
        Self::with(TransportName::Udp, kind, proof, |plan| {
            plan.other_realms = vec!["other.example".to_owned()];
        })
    }

    fn with(
        transport: TransportName,
        kind: CheckKind,
        proof: Proof,
        change: impl Fn(&mut Plan),
    ) -> Self {
        let mut tokens = Counted::default();
        let now = Instant::now();
        let mut plan = Plan {
            realm: REALM.to_owned(),
            composite: "bob@somewhere.com".to_owned(),
            form: NameForm::Composite,
            proof,
            other_realms: Vec::new(),
            kind: kind.into(),
            expires: SECONDS,
            user_agent: USER_AGENT.to_owned(),
            transport,
            local: "192.0.2.1:5070".parse().unwrap(),
            contact: "192.0.2.1:5070".parse().unwrap(),
            give_up: Duration::from_secs(8),
        };
        change(&mut plan);
        Self {
            register: Register::new(plan, &mut tokens, now),
            tokens,
            now,
        }
    }

    fn sent(&mut self) -> Message {
        self.register.poll_transmit().unwrap().message
    }

    fn hear(&mut self, message: &Message) -> Meaning {
        self.register
            .handle_input(message, &mut self.tokens, self.now)
    }

    /// Answers the last message sent with `status` and `headers`.
    fn answer(&mut self, status: u16, headers: &[(&str, &str)]) -> (Message, Meaning) {
        let request = self.register.sent.clone().unwrap().message;
        let response = reply(&request, status, headers);
        let meaning = self.hear(&response);
        (response, meaning)
    }

    fn verdict(&self) -> &Verdict {
        &self.register.outcome().unwrap().verdict
    }

    fn is_open(&self) -> bool {
        self.register.outcome().is_none()
    }

    /// Advances the clock, with all retransmissions, until the pending request times out.
    fn let_time_pass(&mut self) {
        let number = self.register.number;
        while self.is_open() && self.register.number == number {
            self.register.poll_transmit();
            self.now = self.register.poll_timeout().unwrap();
            self.register.handle_timeout(&mut self.tokens, self.now);
        }
    }

    fn left_behind(&self) -> Option<LeftBehind> {
        self.register.left_behind(self.now)
    }
}

fn reply(request: &Message, status: u16, headers: &[(&str, &str)]) -> Message {
    let mut response = Message::response(status, "Words");
    for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
        response.push(name, request.header(name).unwrap());
    }
    for (name, value) in headers {
        response.push(name, value);
    }
    response
}

fn password() -> Proof {
    Proof::Password(SipPassword::new("x"))
}

fn hashes() -> Proof {
    let password = SipPassword::new("x");
    Proof::Hashes(Hashes::make("bob@somewhere.com", REALM, &password).into())
}

const MD5: (&str, &str) = (
    "WWW-Authenticate",
    r#"Digest realm="r.example", nonce="n1", qop="auth""#,
);
const STALE: (&str, &str) = (
    "WWW-Authenticate",
    r#"Digest realm="r.example", nonce="n2", qop="auth", stale=true"#,
);
const OTHER: (&str, &str) = (
    "WWW-Authenticate",
    r#"Digest realm="other.example", nonce="n1", qop="auth""#,
);

#[test]
fn a_query_has_no_contact_and_ends_with_the_bindings() {
    let mut script = Script::new(CheckKind::Query, hashes());
    let first = script.sent();

    script.answer(401, &[MD5]);
    let second = script.sent();
    script.answer(
        200,
        &[
            ("Contact", "<sip:a@192.0.2.9:5060>;expires=59, <sip:b@c>"),
            ("Expires", "120"),
        ],
    );

    assert_eq!(first.uri(), "sip:r.example");
    assert_eq!(
        first.header("To"),
        Some("<sip:bob%40somewhere.com@r.example>")
    );
    for request in [&first, &second] {
        assert_eq!(request.header("Contact"), None);
        assert_eq!(request.header("Expires"), None);
    }
    assert_eq!(first.header("Authorization"), None);
    assert!(second.header("Authorization").is_some());
    assert_eq!(first.header("Call-ID"), second.header("Call-ID"));
    assert_eq!(second.cseq(), Some((2, "REGISTER")));
    assert_ne!(
        first.via().unwrap().branch(),
        second.via().unwrap().branch()
    );
    let outcome = script.register.outcome().unwrap();
    assert_eq!(outcome.bindings[0].expires, 59);
    assert_eq!(outcome.bindings[1].expires, 120);
    assert!(outcome.verdict.proved());
    assert_eq!(outcome.unregistered, None);
}

#[test]
fn a_423_is_asked_once_more_with_the_time_it_wants() {
    let mut script = Script::new(CheckKind::Full, password());
    script.answer(401, &[MD5]);

    script.answer(423, &[("Min-Expires", "1800")]);
    let longer = script.sent();
    script.answer(423, &[("Min-Expires", "3600")]);

    assert_eq!(longer.header("Expires"), Some("1800"));
    assert_eq!(
        *script.verdict(),
        Verdict::IntervalTooBrief { least: Some(3600) }
    );
}

#[test]
fn a_registration_of_an_hour_is_the_longest_that_a_423_gets() {
    for (least, is_asked) in [("3600", true), ("3601", false)] {
        let mut script = Script::new(CheckKind::Full, password());
        script.answer(401, &[MD5]);
        script.sent();

        script.answer(423, &[("Min-Expires", least)]);

        let again = script.register.poll_transmit().is_some();
        assert_eq!(again, is_asked, "{least}");
        assert_eq!(script.left_behind().is_some(), again);
        if !again {
            let least = least.parse().ok();
            assert_eq!(*script.verdict(), Verdict::IntervalTooBrief { least });
        }
    }
}

#[test]
fn an_absurd_min_expires_is_not_followed() {
    // 60 seconds is what was asked for.
    for least in ["4294967295", "86400", "60", "0", "1", "soon"] {
        let mut script = Script::new(CheckKind::Full, password());

        script.answer(423, &[("Min-Expires", least)]);

        assert!(
            matches!(script.verdict(), Verdict::IntervalTooBrief { .. }),
            "{least}"
        );
    }
}

#[test]
fn an_answer_to_somebody_else_is_ignored() {
    let mut script = Script::new(CheckKind::Query, password());
    let request = script.sent();
    let good = reply(&request, 200, &[]);
    let text = String::from_utf8(good.to_bytes()).unwrap();
    let branch = request.via().unwrap().branch().unwrap().to_owned();

    for (was, is) in [
        (branch.as_str(), "z9hG4bKother"),
        (request.header("Call-ID").unwrap(), "other"),
        ("CSeq: 1 REGISTER", "CSeq: 2 REGISTER"),
        ("CSeq: 1 REGISTER", "CSeq: 1 INVITE"),
    ] {
        let strange = Message::from_datagram(text.replace(was, is).as_bytes());
        assert_eq!(
            script.hear(&strange.unwrap().unwrap()),
            Meaning::Stray,
            "{is}"
        );
    }
    assert_eq!(script.hear(&request), Meaning::Stray, "our own request");
    assert!(script.is_open());
}

#[test]
fn the_address_that_the_registrar_saw_is_told() {
    let mut script = Script::new(CheckKind::Query, password());
    let request = script.sent();
    let mut via = request.via().unwrap();
    via.mark("203.0.113.7:40001".parse().unwrap());
    let mut seen = Message::response(403, "No").with("Via", via.to_string());
    for name in ["From", "To", "Call-ID", "CSeq"] {
        seen.push(name, request.header(name).unwrap());
    }

    script.hear(&seen);

    let address = script.register.path().seen_as().unwrap();
    assert_eq!(address.to_string(), "203.0.113.7:40001");
}

#[test]
fn every_refusal_has_a_verdict_of_its_own() {
    let other = |status| Verdict::Unexpected {
        status,
        reason: "Words".to_owned(),
    };
    for (status, headers, verdict) in [
        (200, vec![], Verdict::AcceptedUnasked),
        (
            302,
            vec![("Contact", "<sip:a@b>")],
            Verdict::Redirected {
                to: vec!["<sip:a@b>".to_owned()],
            },
        ),
        (
            400,
            vec![],
            Verdict::QueryRefused {
                status: 400,
                reason: "Words".to_owned(),
            },
        ),
        (401, vec![], Verdict::NoChallenge),
        (
            403,
            vec![],
            Verdict::Forbidden {
                answered: false,
                query: true,
            },
        ),
        (404, vec![], Verdict::UnknownUser),
        (408, vec![], Verdict::RegistrarTimedOut),
        (423, vec![], Verdict::IntervalTooBrief { least: None }),
        (480, vec![], Verdict::TemporarilyUnavailable),
        (486, vec![], other(486)),
        (500, vec![], Verdict::ServerFailed { status: 500 }),
        (
            503,
            vec![("Retry-After", "30 (busy);duration=3600")],
            Verdict::ServiceUnavailable {
                retry_after: Some(Duration::from_secs(30)),
            },
        ),
        (603, vec![], other(603)),
    ] {
        let mut script = Script::new(CheckKind::Query, hashes());

        script.answer(status, &headers);

        assert_eq!(*script.verdict(), verdict, "{status}");
    }
}
