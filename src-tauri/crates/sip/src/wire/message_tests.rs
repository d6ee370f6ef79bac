use super::super::stream::Stream;
use super::*;

const REGISTER: &str = "REGISTER sip:r.example SIP/2.0\r\n\
    v: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKa, SIP/2.0/TCP 192.0.2.2\r\n\
    f: <sip:bob@r.example>;tag=1\r\nT: <sip:bob@r.example>\r\ni: abc\r\nCSEQ: 7 REGISTER\r\n\
    Subject: one\r\n two\r\n\tthree\r\nm: <sip:a@b>\r\nContact: <sip:c@d>\r\nl: 2\r\n\r\nhi";

fn parse(text: &str) -> Result<Option<Message>, Malformed> {
    Message::from_datagram(text.as_bytes())
}

#[test]
fn short_names_folded_lines_and_lists_are_read() {
    let message = parse(REGISTER).unwrap().unwrap();

    assert_eq!(message.method(), "REGISTER");
    assert_eq!(message.header("call-id"), Some("abc"));
    assert_eq!(message.header("subject"), Some("one two three"));
    assert_eq!(message.cseq(), Some((7, "REGISTER")));
    assert_eq!(message.list("Contact"), ["<sip:a@b>", "<sip:c@d>"]);
    assert_eq!(message.list("Via").len(), 2);
    assert_eq!(message.via().unwrap().branch(), Some("z9hG4bKa"));
    assert_eq!(message.body, b"hi");
}

#[test]
fn what_is_written_is_read_back_the_same() {
    let message = parse(REGISTER).unwrap().unwrap();

    let again = Message::from_datagram(&message.to_bytes())
        .unwrap()
        .unwrap();

    assert_eq!(again.first_line(), message.first_line());
    assert_eq!(again.list("Via"), message.list("Via"));
    assert_eq!(again.body, message.body);
}

#[test]
fn a_datagrams_body_ends_where_content_length_says() {
    let long = parse("SIP/2.0 200 OK\r\nl: 2\r\n\r\nhi there")
        .unwrap()
        .unwrap();

    assert_eq!(long.body, b"hi");
    assert_eq!(
        parse("SIP/2.0 200 OK\r\nl: 9\r\n\r\nhi"),
        Err(Malformed::CutOff)
    );
}

#[test]
fn what_is_not_sip_is_refused() {
    for (text, why) in [
        ("HTTP/1.1 200 OK\r\n\r\n", Malformed::Start),
        ("SIP/2.0 20 OK\r\n\r\n", Malformed::Start),
        ("SIP/2.0 999 OK\r\n\r\n", Malformed::Start),
        ("REGISTER sip:a SIP/3.0\r\n\r\n", Malformed::Start),
        ("SIP/2.0 200 OK\r\nno colon\r\n\r\n", Malformed::Header),
        ("SIP/2.0 200 OK\r\n folded first\r\n\r\n", Malformed::Header),
        ("SIP/2.0 200 OK\r\nl: -1\r\n\r\n", Malformed::Header),
        (
            "SIP/2.0 200 OK\r\nl: 1\r\nl: 2\r\n\r\nab",
            Malformed::Header,
        ),
        ("SIP/2.0 200 OK\r\nl: 99999999\r\n\r\n", Malformed::TooLarge),
        ("SIP/2.0 200 OK\r\nVia: x", Malformed::CutOff),
    ] {
        assert_eq!(parse(text), Err(why), "{text:?}");
    }
}

#[test]
fn too_many_headers_are_refused() {
    let headers = "A: b\r\n".repeat(MOST_HEADERS + 1);

    assert_eq!(
        parse(&format!("SIP/2.0 200 OK\r\n{headers}\r\n")),
        Err(Malformed::TooLarge)
    );
}

#[test]
fn a_keep_alive_is_no_message() {
    assert_eq!(parse("\r\n\r\n"), Ok(None));
}

#[test]
fn a_value_cannot_smuggle_a_header_in() {
    let message = Message::request("REGISTER", "sip:a\r\nX: y").with("To", "a\r\nEvil: 1");

    let text = String::from_utf8(message.to_bytes()).unwrap();

    assert!(!text.contains("\r\nEvil"), "{text}");
    assert!(!text.contains("\r\nX"), "{text}");
}

#[test]
fn debug_shows_no_header() {
    let message = Message::request("REGISTER", "sip:a").with("Authorization", "canary-7f3a");

    assert!(!format!("{message:?}").contains("canary"));
}

/// Mutates bytes of a valid message at random (xorshift with a fixed seed, so that failures are
/// reproducible) and parses the result in both ways and in pieces.
#[test]
fn no_mutation_of_a_message_makes_the_reader_panic_or_grow() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let seeds = [
        REGISTER.to_owned(),
        "SIP/2.0 401 No\r\nVia: SIP/2.0/UDP [::1]:5;received=1.2.3.4;rport=7;branch=z\r\n\
         WWW-Authenticate: Digest realm=\"r\\\"x\", nonce=\"n\", qop=\"auth,auth-int\", Basic x\r\n\
         Contact: \"A, B\" <sip:a%40b:p@[::1]:5;x=y?z=1>;expires=9\r\nCall-ID: a\r\n\r\n"
            .to_owned(),
    ];
    let odd = b"\r\n\0\"\\<>,;:=%@[] \t\xff\xc3SIP/2.0";

    for round in 0..20_000 {
        let mut bytes = seeds[round % seeds.len()].clone().into_bytes();
        for _ in 0..=random(6) {
            let at = random(bytes.len().max(1));
            match random(4) {
                0 if at < bytes.len() => bytes[at] = odd[random(odd.len())],
                1 if bytes.len() > 1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, odd[random(odd.len())]),
                _ => bytes.truncate(at.max(1)),
            }
        }

        if let Ok(Some(message)) = Message::from_datagram(&bytes) {
            assert!(message.body.len() <= bytes.len());
            read_everything(&message);
        }
        let mut stream = Stream::default();
        for piece in bytes.chunks(1 + random(40)) {
            stream.push(piece);
            while let Ok(Some(message)) = stream.next_message() {
                read_everything(&message);
            }
        }
    }
}

fn read_everything(message: &Message) {
    let _ = (message.cseq(), message.via());
    let _ = super::super::challenge::offers(message);
    for address in message.list("Contact") {
        let _ = super::super::uri::Address::parse(address).map(|address| address.to_string());
    }
    let _ = super::super::uri::Uri::parse(message.uri()).map(|uri| uri.to_string());
}
