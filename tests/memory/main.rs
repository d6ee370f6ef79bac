//! How much memory a hostile SIP message takes: less than 1 MiB, with all that is made of it.
//!
//! One test in a program of its own, because what is counted is the whole program's memory.

use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use registrar_core::ipc::TransportName;
use registrar_core::secret::SipPassword;
use registrar_core::sip::answer::{NameForm, Proof};
use registrar_core::sip::challenge::offers;
use registrar_core::sip::ladder::redacted;
use registrar_core::sip::message::{LARGEST, LARGEST_HEAD, Message};
use registrar_core::sip::register::{Kind, Plan, Register, SECONDS};
use registrar_core::sip::sdp;
use registrar_core::sip::stream::Stream;
use registrar_core::sip::tokens::SystemTokens;
use registrar_core::sip::uri::Address;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const MOST: usize = 1 << 20;

/// Returns the most bytes that `work` held at once.
fn held(work: impl FnOnce()) -> usize {
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    work();
    ALLOCATED.peak_usage() - before
}

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
                    &b"\xff".repeat(120)[..],
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
    let _ = sdp::audio(&message.body);
    let _ = redacted(&message, false);
}

/// Begins a registration whose first answer's head begins with what is returned.
fn register() -> (Register, String) {
    let plan = Plan {
        realm: "r.example".to_owned(),
        composite: "bob".to_owned(),
        form: NameForm::Composite,
        proof: Proof::Password(SipPassword::new("x")),
        kind: Kind::Full,
        expires: SECONDS,
        user_agent: "test".to_owned(),
        transport: TransportName::Udp,
        local: ([192, 0, 2, 1], 5070).into(),
        give_up: Duration::from_secs(8),
    };
    let mut register = Register::new(plan, &mut SystemTokens, Instant::now());
    let asked = register.poll_transmit().unwrap().message;
    let mut first = String::new();
    for name in ["Via", "From", "To", "Call-ID", "CSeq"] {
        first += &format!("{name}: {}\r\n", asked.header(name).unwrap());
    }
    (register, first)
}

#[test]
fn no_message_takes_a_mebibyte() {
    let mut most = 0;
    let mut measure = |name: &str, held: usize| {
        assert!(held < MOST, "{name}: {held} bytes were held at once");
        most = most.max(held);
    };

    for (name, bytes) in hostile("SIP/2.0 401 No\r\n") {
        measure(name, held(|| read(&bytes)));
    }
    let body = [b"SIP/2.0 200 OK\r\n\r\n", &b"\xff".repeat(LARGEST - 18)[..]].concat();
    measure("a body", held(|| read(&body)));
    let many = b"SIP/2.0 200 OK\r\n\r\n".repeat(LARGEST / 18);
    measure("many messages", held(|| read(&many)));
    let sound = [&b"m=audio 4000 RTP/AVP"[..], &b" 0".repeat(LARGEST / 2)].concat();
    measure("sound", held(|| drop(sdp::audio(&sound))));

    // What a registration makes of them: the answer to a challenge repeats much of it.
    for status in [200, 302, 401, 407, 486] {
        let (_, first) = register();
        for which in 0..hostile(&first).len() {
            let (mut register, first) = register();
            let (name, bytes) =
                hostile(&format!("SIP/2.0 {status} Words\r\n{first}")).swap_remove(which);
            let handled = held(|| {
                if let Ok(Some(message)) = Message::from_datagram(&bytes) {
                    register.handle_input(&message, &mut SystemTokens, Instant::now());
                    let sent = register.poll_transmit().map(|sent| sent.message.to_bytes());
                    drop(sent);
                }
            });
            measure(name, handled);
        }
    }

    assert!(most > LARGEST, "the measure counts: {most}");
    eprintln!("at most {most} bytes were held at once");
}
