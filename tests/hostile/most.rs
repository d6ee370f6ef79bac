//! The memory used by a hostile SIP message and everything derived from it: less than 1 MiB.

use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use registrar_secret::SipPassword;
use registrar_sip::answer::{NameForm, Proof};
use registrar_sip::challenge::offers;
use registrar_sip::message::{LARGEST, LARGEST_HEAD, Message};
use registrar_sip::register::{Kind, Plan, Register, SECONDS};
use registrar_sip::stream::Stream;
use registrar_sip::tokens::SystemTokens;
use registrar_sip::uri::Address;
use registrar_sip::{TransportName, body, sdp};
use registrar_user_agent::message_chart::redacted;

use super::memory::{MOST, bounded};

/// Repeats `unit` until the head is as large as one may be.
fn filled(before: &str, unit: &[u8], after: &str) -> Vec<u8> {
    let room = LARGEST_HEAD - before.len() - after.len() - 4;
    let mut bytes = before.as_bytes().to_vec();
    bytes.extend(unit.repeat(room / unit.len()));
    bytes.extend_from_slice(after.as_bytes());
    bytes.extend_from_slice(b"\r\n\r\n");
    bytes
}

/// Messages that ask for as much memory as they can. An invalid byte becomes three.
fn hostile(first: &str) -> Vec<(&'static str, Vec<u8>)> {
    let line = |name: &str| format!("{first}{name}: ");
    let digest = line("WWW-Authenticate") + "Digest realm=\"r.example\", nonce=\"";
    vec![
        ("separators", filled(&line("Contact"), b",", "")),
        ("values", filled(&line("Contact"), b"<sip:a>,", "")),
        ("vias", filled(&line("Via"), b"a,", "")),
        ("parameters", filled(&line("Contact"), b";a", "")),
        (
            "parameters of a URI",
            filled(&(line("Contact") + "<sip:a"), b";a", ">"),
        ),
        (
            "escapes",
            filled(&(line("Contact") + "<sip:"), b"%ff", "@h>"),
        ),
        ("schemes", filled(&line("WWW-Authenticate"), b"a,", "")),
        (
            "offers",
            filled(&line("WWW-Authenticate"), b"Digest realm=a,nonce=b,", ""),
        ),
        (
            "offers in lines",
            filled(
                first,
                &[
                    b"WWW-Authenticate: Digest realm=\xff, nonce=",
                    &b"\xff".repeat(150)[..],
                    b"\r\n",
                ]
                .concat(),
                "A: b",
            ),
        ),
        ("a nonce", filled(&digest, b"\xff", "\"")),
        ("a nonce of quotes", filled(&digest, b"\\\"", "\"")),
        ("a value", filled(&line("A"), b"\xff", "")),
        ("folded lines", filled(&line("A"), b"\r\n \xff", "")),
        ("lines", filled(first, b"a:\r\n", "A: b")),
    ]
}

/// Reads all that the app reads of a message.
fn read(bytes: &[u8]) {
    let mut stream = Stream::default();
    for piece in bytes.chunks(8192) {
        stream.push(piece);
        while let Ok(Some(message)) = stream.next_message() {
            drop(message);
        }
    }
    drop(stream);
    let Ok(Some(message)) = Message::from_datagram(bytes) else {
        return;
    };
    let _ = (message.cseq(), message.via(), offers(&message));
    let addresses = message.list("Contact").into_iter();
    let _: Vec<_> = addresses.filter_map(Address::parse).collect();
    let _ = (sdp::audio(&message.body), body::session(&message));
    let _ = body::offer(&message);
    let _ = redacted(&message, false, &[]);
}

/// Begins a registration whose first answer's head begins with what is returned.
fn register() -> (Register, String) {
    let plan = Plan {
        realm: "r.example".to_owned(),
        composite: "bob".to_owned(),
        form: NameForm::Composite,
        proof: Proof::Password(SipPassword::new("x")),
        other_realms: Vec::new(),
        kind: Kind::Full,
        expires: SECONDS,
        user_agent: "test".to_owned(),
        transport: TransportName::Udp,
        local: ([192, 0, 2, 1], 5070).into(),
        contact: ([192, 0, 2, 1], 5070).into(),
        give_up: Duration::from_secs(8),
    };
    let mut register = Register::new(plan, &mut SystemTokens, Instant::now());
    let asked = register.poll_transmit().unwrap().message;
    let mut first = String::new();
    for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
        let _ = write!(first, "{name}: {}\r\n", asked.header(name).unwrap());
    }
    (register, first)
}

#[test]
fn no_message_takes_a_mebibyte() {
    let _alone = super::alone();

    for (name, bytes) in hostile("SIP/2.0 401 No\r\n") {
        eprintln!("{name}");
        bounded(|| read(&bytes));
    }
    let body = [b"SIP/2.0 200 OK\r\n\r\n", &b"\xff".repeat(LARGEST - 18)[..]].concat();
    bounded(|| read(&body));
    let many = b"SIP/2.0 200 OK\r\n\r\n".repeat(LARGEST / 18);
    bounded(|| read(&many));
    let sound = [&b"m=audio 4000 RTP/AVP"[..], &b" 0".repeat(LARGEST / 2)].concat();
    bounded(|| drop(sdp::audio(&sound)));
}

#[test]
fn no_answer_makes_a_registration_take_a_mebibyte() {
    let _alone = super::alone();

    for status in [200, 302, 401, 407, 486] {
        let mut heard = 0;
        for which in 0..hostile("").len() {
            let (mut register, first) = register();
            let first = format!("SIP/2.0 {status} Words\r\n{first}");
            let (name, bytes) = hostile(&first).swap_remove(which);
            eprintln!("{status} {name}");
            bounded(|| {
                let Ok(Some(message)) = Message::from_datagram(&bytes) else {
                    return;
                };
                heard += 1;
                register.handle_input(&message, &mut SystemTokens, Instant::now());
                // The answer to a challenge repeats much of it.
                let sent = register.poll_transmit();
                drop(sent.map(|sent| sent.message.to_bytes()));
            });
        }
        assert!(heard > 10, "most of them are read: {heard}");
    }
}

#[test]
fn one_byte_more_than_a_mebibyte_is_noticed() {
    let _alone = super::alone();

    // The test runner's own thread may let a few bytes go just then, so one try is not enough.
    let noticed = (0..100).any(|_| {
        let held = catch_unwind(|| bounded(|| drop(vec![1_u8; MOST + 1])));
        held.is_err_and(|said| {
            said.downcast_ref::<String>()
                .is_some_and(|said| said.contains("were held at once"))
        })
    });

    assert!(noticed, "a byte too many passes");
}
