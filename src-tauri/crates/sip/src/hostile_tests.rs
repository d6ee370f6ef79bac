//! Hostile responses to a registration or call, and what they must not cause.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_digest::Hashes;
use registrar_secret::SipPassword;

use super::answer::{NameForm, Proof};
use super::challenge::schemes;
use super::invite::{CallPlan, Invite};
use super::message::Message;
use super::register::{Kind, Meaning, Plan, Register, SECONDS};
use super::tokens::Counted;
use super::wire::torture;
use crate::TransportName;

const REALM: &str = "r.example";
const PASSWORD: &str = "canary-7f3a-Zebra";
/// The password in base64, preceded by zero, one and two other letters.
const IN_BASE64: [&str; 3] = [
    "YXJ5LTdmM2EtWmVi",
    "bmFyeS03ZjNhLVpl",
    "YW5hcnktN2YzYS1aZWJy",
];

/// The other realms in these challenges, for which the password is allowed.
const OTHER_REALMS: [&str; 2] = ["", "\", password=\""];

/// Challenges that a registrar or an impostor may send.
const CHALLENGES: [&[(&str, &str)]; 16] = [
    &[("WWW-Authenticate", r#"Basic realm="r.example""#)],
    &[(
        "Proxy-Authenticate",
        r#"basic realm="r.example", charset="UTF-8""#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Basic realm="r.example", Digest realm="r.example", nonce="n""#,
    )],
    &[
        ("WWW-Authenticate", r#"Basic realm="r.example""#),
        (
            "WWW-Authenticate",
            r#"Digest realm="r.example", nonce="n", qop="auth""#,
        ),
    ],
    &[(
        "WWW-Authenticate",
        r#"Basic realm="r.example", nonce="n", qop="auth", algorithm=MD5"#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Digest Basic realm="r.example", nonce="n""#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Digest realm="r.example", nonce="n", algorithm=Basic"#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Digest realm="r.example", nonce="n", algorithm=MD5-sess"#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Digest realm="r.example", nonce="n", algorithm=SHA-256"#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Digest realm="r.example", nonce="n", algorithm=none, qop="none""#,
    )],
    &[(
        "WWW-Authenticate",
        r#"Digest realm="r.example", nonce="n", qop="auth-int""#,
    )],
    &[("WWW-Authenticate", r#"Digest realm="", nonce="""#)],
    &[(
        "WWW-Authenticate",
        r#"Digest realm="\", password=\"", nonce="\r\nX: y""#,
    )],
    &[
        ("WWW-Authenticate", "Digest"),
        ("WWW-Authenticate", "Bearer"),
        ("WWW-Authenticate", ""),
    ],
    &[(
        "WWW-Authenticate",
        r#"NTLM realm="r.example", targetname="x", version=4"#,
    )],
    &[("Authentication-Info", r#"nextnonce="n""#)],
];

fn proofs() -> [Proof; 2] {
    let password = SipPassword::new(PASSWORD);
    let hashes = Hashes::make("bob", REALM, &password).into();
    [Proof::Password(password), Proof::Hashes(hashes)]
}

/// A registration with its tokens and a stopped clock.
struct Registration {
    register: Register,
    tokens: Counted,
    now: Instant,
}

impl Registration {
    fn new(kind: Kind, proof: Proof) -> Self {
        let plan = Plan {
            realm: REALM.to_owned(),
            composite: "bob".to_owned(),
            form: NameForm::Composite,
            proof,
            other_realms: OTHER_REALMS.map(str::to_owned).to_vec(),
            kind,
            expires: SECONDS,
            user_agent: "test".to_owned(),
            transport: TransportName::Udp,
            local: "192.0.2.1:5070".parse().unwrap(),
            contact: "192.0.2.1:5070".parse().unwrap(),
            give_up: Duration::from_secs(8),
        };
        let (mut tokens, now) = (Counted::default(), Instant::now());
        let register = Register::new(plan, &mut tokens, now);
        Self {
            register,
            tokens,
            now,
        }
    }

    fn sent(&mut self) -> Option<Message> {
        self.register
            .poll_transmit()
            .map(|transmit| transmit.message)
    }

    fn hear(&mut self, message: &Message) -> Meaning {
        self.register
            .handle_input(message, &mut self.tokens, self.now)
    }
}

/// A call with its tokens and a stopped clock.
struct Call {
    invite: Invite,
    tokens: Counted,
    now: Instant,
}

impl Call {
    fn new(proof: Proof) -> Self {
        let plan = CallPlan {
            request_uri: "sip:1@r.example:5006".to_owned(),
            from: "sip:2@r.example".to_owned(),
            user_name: "bob".to_owned(),
            form: NameForm::Composite,
            proof,
            other_realms: OTHER_REALMS.map(str::to_owned).to_vec(),
            realm: REALM.to_owned(),
            transport: TransportName::Udp,
            target: "192.0.2.9:5060".parse().unwrap(),
            local: "192.0.2.1:5070".parse().unwrap(),
            sound: "192.0.2.1:4000".parse().unwrap(),
            give_up: Duration::from_secs(8),
            ring: Duration::from_secs(30),
        };
        let (mut tokens, now) = (Counted::default(), Instant::now());
        let invite = Invite::new(plan, &mut tokens, now);
        Self {
            invite,
            tokens,
            now,
        }
    }

    fn sent(&mut self) -> Vec<Message> {
        let sent = std::iter::from_fn(|| self.invite.poll_transmit());
        sent.map(|sent| sent.message).collect()
    }

    fn hear(&mut self, message: &Message) {
        let peer: SocketAddr = "192.0.2.9:5060".parse().unwrap();
        self.invite
            .handle_input(message, peer, &mut self.tokens, self.now);
    }
}

/// Responds to `request` with `headers` in addition to the matching ones.
fn answer(request: &Message, status: u16, headers: &[(&str, &str)]) -> Message {
    let mut response = Message::response(status, "Words");
    for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
        response.push(name, request.header(name).unwrap());
    }
    for (name, value) in headers {
        response.push(name, value);
    }
    response
}

/// Asserts that a message authenticates us only by a digest; returns whether it authenticates us at
/// all.
fn only_a_digest(message: &Message, proof: &Proof) -> bool {
    let text = String::from_utf8(message.to_bytes()).unwrap();
    assert!(!text.contains(PASSWORD), "{text}");
    assert!(!IN_BASE64.iter().any(|form| text.contains(form)), "{text}");
    if let Proof::Hashes(hashes) = proof {
        assert!(!text.contains(hashes.hash1.expose()), "{text}");
    }
    let proofs: Vec<&str> = ["Authorization", "Proxy-Authorization"]
        .into_iter()
        .flat_map(|name| message.headers(name))
        .collect();
    for proof in &proofs {
        let read = schemes(proof);
        assert_eq!(read.len(), 1, "{text}");
        assert_eq!(read[0].0, "Digest", "{text}");
    }
    assert!(proofs.len() <= 2, "{text}");
    !proofs.is_empty()
}

#[test]
fn the_forms_that_are_looked_for_are_those_of_the_password() {
    // The bits encoded by the base64 letters overlap with the password's.
    let six = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        _ => letter - b'0' + 52,
    };
    let bits = |value: u8, count: u32| (0..count).rev().map(move |bit| value >> bit & 1 == 1);
    let password: Vec<bool> = PASSWORD.bytes().flat_map(|byte| bits(byte, 8)).collect();

    for form in IN_BASE64 {
        let form: Vec<bool> = form
            .bytes()
            .flat_map(|letter| bits(six(letter), 6))
            .collect();
        assert!(password.windows(form.len()).any(|window| window == form));
    }
}

#[test]
fn password_only_ever_leaves_as_a_digest() {
    let mut answered = 0;
    for headers in CHALLENGES {
        for status in [401, 407] {
            for proof in proofs() {
                for kind in [Kind::Query, Kind::Full, Kind::Kept] {
                    let mut registration = Registration::new(kind, proof.clone());
                    while let Some(request) = registration.sent() {
                        answered += usize::from(only_a_digest(&request, &proof));
                        registration.hear(&answer(&request, status, headers));
                    }
                    assert!(registration.register.outcome().is_some(), "{headers:?}");
                }

                let mut call = Call::new(proof.clone());
                let mut waiting = call.sent();
                while let Some(request) = waiting.pop() {
                    answered += usize::from(only_a_digest(&request, &proof));
                    if request.method() == "INVITE" {
                        call.hear(&answer(&request, status, headers));
                        waiting.extend(call.sent());
                    }
                }
                assert!(call.invite.end().is_some(), "{headers:?}");
            }
        }
    }
    assert!(
        answered > 50,
        "the digests among them are answered: {answered}"
    );
}

#[test]
fn no_torture_message_changes_a_registration() {
    for torture in torture::messages() {
        let Ok(Some(message)) = Message::from_datagram(torture.bytes) else {
            continue;
        };
        let mut registration = Registration::new(Kind::Full, proofs()[0].clone());
        registration.sent().unwrap();

        let meaning = registration.hear(&message);

        assert_eq!(meaning, Meaning::Stray, "{}", torture.name);
        assert!(registration.sent().is_none(), "{}", torture.name);
        assert!(
            registration.register.outcome().is_none(),
            "{}",
            torture.name
        );
    }
}

#[test]
fn call_answers_a_torture_request_with_one_refusal() {
    for torture in torture::messages() {
        let Ok(Some(message)) = Message::from_datagram(torture.bytes) else {
            continue;
        };
        let mut call = Call::new(proofs()[0].clone());
        call.sent();

        call.hear(&message);

        let statuses: Vec<_> = call.sent().iter().map(Message::status).collect();
        let via = message.via();
        let branch = via.as_ref().and_then(|via| via.branch());
        match (message.method(), &statuses[..]) {
            ("" | "ACK", [])
            | ("OPTIONS", [Some(200)])
            | (_, [Some(400 | 405 | 481 | 486 | 501)]) => {}
            // A request that can't be told from another isn't answered.
            (_, []) if branch.is_none() => {}
            (asked, _) => panic!("{}: {asked} gets {statuses:?}", torture.name),
        }
        assert!(call.invite.end().is_none(), "{}", torture.name);
    }
}

#[test]
fn an_answer_is_known_however_oddly_it_is_written() {
    let mut registration = Registration::new(Kind::Query, proofs()[0].clone());
    let request = registration.sent().unwrap();
    let copy = |name| request.header(name).unwrap();
    let via = copy("Via")
        .replace("SIP/2.0/UDP ", "SIP / 2.0\r\n /  UDP\t")
        .replace(';', " ;\r\n ");
    let odd = format!(
        "sip/2.0 200\r\nv  :\r\n {via}\r\nF:{}\r\nt:\t{}\r\nI:\r\n\t{}\r\ncSEQ: 000{}\r\n\
         m: \"A, \\\"B\\\" <C>\"<sip:%62ob@192.0.2.9;ob>;EXPIRES=\"59\"\r\nl:0\r\n\r\n",
        copy("From"),
        copy("To"),
        copy("Call-ID"),
        copy("CSeq").replace(' ', "\r\n   "),
    );
    let odd = Message::from_datagram(odd.as_bytes()).unwrap().unwrap();

    let meaning = registration.hear(&odd);

    assert_eq!(meaning, Meaning::Accepted { bindings: 1 });
    let binding = &registration.register.outcome().unwrap().bindings[0];
    assert_eq!(binding.contact, "sip:bob@192.0.2.9;ob");
    assert_eq!(binding.expires, 59);
}
