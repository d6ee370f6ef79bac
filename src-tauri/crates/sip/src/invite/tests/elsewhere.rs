//! Messages to or from addresses other than the registrar's.

use super::*;

const FAR: &str = "192.0.2.66:5062";

impl Script {
    /// Receives a message from this address; returns whether it was relevant.
    fn hear_from(&mut self, source: &str, message: &Message) -> bool {
        let source = source.parse().unwrap();
        self.call
            .handle_input(message, source, &mut self.tokens, self.now)
    }

    fn transmits(&mut self) -> Vec<Transmit> {
        std::iter::from_fn(|| self.call.poll_transmit()).collect()
    }

    /// A request in the dialog, with another Via.
    fn request_via(&self, taken: &Message, method: &str, number: u32, via: &str) -> Message {
        let whole = self.request(taken, method, number, "");
        changed(&whole, "Via", via)
    }
}

/// The same request with another value of one header.
fn changed(request: &Message, name: &str, value: &str) -> Message {
    let mut changed = Message::request(request.method(), request.uri());
    for (own, text) in request.all_headers() {
        changed.push(own, if own == name { value } else { text });
    }
    changed.body.clone_from(&request.body);
    changed
}

#[test]
fn a_bye_from_any_address_ends_the_call() {
    for (via, to) in [
        ("SIP/2.0/UDP 10.0.0.8:5070;rport;branch=z9hG4bKx", FAR),
        (
            "SIP/2.0/UDP 10.0.0.8:5070;branch=z9hG4bKx",
            "192.0.2.66:5070",
        ),
        ("SIP/2.0/UDP 10.0.0.8;branch=z9hG4bKx", "192.0.2.66:5060"),
    ] {
        let (mut script, _, taken) = Script::talking();
        let bye = script.request_via(&taken, "BYE", 1, via);

        assert!(script.hear_from(FAR, &bye));
        let [answer] = script.transmits().try_into().unwrap();
        assert!(script.hear_from(FAR, &bye), "it comes again");
        let [again] = script.transmits().try_into().unwrap();

        assert_eq!(answer.message.status(), Some(200));
        assert_eq!(answer.to, to.parse().ok(), "{via}");
        assert_eq!(again, answer);
        assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: false }));
    }
}

#[test]
fn over_a_stream_the_answer_takes_the_same_connection() {
    let mut script = Script::with(|plan| plan.transport = TransportName::Tcp);
    let invite = script.sent();
    let taken = script.answer(&invite, 200, &[]);
    script.all_sent();
    let via = "SIP/2.0/TCP 10.0.0.8:5070;branch=z9hG4bKx";
    let bye = script.request_via(&taken, "BYE", 1, via);

    script.hear_from(FAR, &bye);

    assert_eq!(script.transmits()[0].to, FAR.parse().ok());
}

#[test]
fn every_request_of_the_dialog_is_heard_from_any_address() {
    let (mut script, _, taken) = Script::talking();
    for (number, method, body, status) in [
        (1, "OPTIONS", "", 200),
        (2, "INFO", "", 405),
        (3, "UPDATE", SOUND, 200),
        (4, "INVITE", SOUND, 200),
        (4, "MESSAGE", "", 500),
        (2, "BYE", "", 500),
    ] {
        let request = script.request(&taken, method, number, body);
        assert!(script.hear_from(FAR, &request));

        let [answer] = script.transmits().try_into().unwrap();
        assert_eq!(answer.message.status(), Some(status), "{method}");
        assert_eq!(answer.to, "192.0.2.66:5060".parse().ok());
    }
    let ack = script.request(&taken, "ACK", 4, "");
    assert!(script.hear_from(FAR, &ack));
    script.now += Duration::from_secs(40);
    script.call.handle_timeout(&mut script.tokens, script.now);
    assert_eq!(script.transmits(), [], "the ACK was heard");
    assert_eq!(script.call.end(), None);
}

#[test]
fn a_stranger_gets_481_or_nothing_and_changes_nothing() {
    let (mut script, _, taken) = Script::talking();
    let known = script.request(&taken, "OPTIONS", 1, "");
    script.hear_from(FAR, &known);
    script.transmits();
    let theirs = taken.header("To").unwrap();
    for (method, name, value, status) in [
        ("BYE", "Call-ID", "another", Some(481)),
        ("BYE", "From", "<sip:x@y>;tag=another", Some(481)),
        ("BYE", "From", "<sip:x@y>", Some(481)),
        ("BYE", "To", "<sip:x@y>;tag=another", Some(481)),
        // A sender that swaps the tags has seen the call, but isn't its far end.
        ("BYE", "To", theirs, Some(481)),
        ("INVITE", "Call-ID", "another", Some(481)),
        ("CANCEL", "Call-ID", "another", Some(481)),
        // The branch was already answered, and this is another call.
        ("OPTIONS", "Call-ID", "another", Some(481)),
        ("NONSENSE", "Call-ID", "another", Some(481)),
        ("BYE", "To", "<sip:x@y>", None),
        ("INVITE", "To", "<sip:x@y>", None),
        ("OPTIONS", "To", "<sip:x@y>", None),
        ("CANCEL", "To", "<sip:x@y>", None),
        ("MESSAGE", "To", "<sip:x@y>", None),
        ("ACK", "Call-ID", "another", None),
        ("BYE", "Via", "no via", Some(0)),
    ] {
        let request = script.request(&taken, method, 1, "");
        let mut request = changed(&request, name, value);
        if name == "Via" {
            request = changed(&request, "Call-ID", "another");
        }
        let meant = script.hear_from(FAR, &request);

        let sent = script.transmits();
        let status = status.filter(|status| *status > 0);
        let found = sent.first().and_then(|sent| sent.message.status());
        assert_eq!(found, status, "{method} {name}: {value}");
        assert!(sent.len() <= 1 && !meant);
        if let [answer] = &sent[..] {
            let (asked, told) = (request.to_bytes(), answer.message.to_bytes());
            assert!(told.len() <= asked.len() + 64, "it is no amplifier");
        }
    }
    assert_eq!((script.events(), script.call.end()), (vec![], None));
}

#[test]
fn a_flood_of_strangers_is_soon_not_answered() {
    let (mut script, _, taken) = Script::talking();
    let mut answers = 0;
    for number in 0..1000 {
        let request = script.request(&taken, "BYE", number, "");
        let request = changed(&request, "Call-ID", "another");
        script.hear_from(FAR, &request);
        answers += script.transmits().len();
    }
    let bye = script.request(&taken, "BYE", 1, "");
    script.hear_from(FAR, &bye);

    assert_eq!(answers, 16);
    assert_eq!(script.call.end(), None, "its answer is to be sent");
    assert_eq!(script.transmits().len(), 1);
    assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: false }));
}

#[test]
fn a_far_end_is_known_before_the_answer_by_its_tag_alone() {
    let mut script = Script::new();
    let invite = script.sent();
    let rings = script.answer(&invite, 180, &[]);
    let update = script.request(&rings, "UPDATE", 1, SOUND);
    script.hear_from(FAR, &update);
    let known = script.transmits().pop().unwrap();
    let other = changed(&update, "From", "<sip:x@y>;tag=another");
    script.hear_from(FAR, &other);
    let stranger = script.transmits().pop().unwrap();

    assert_eq!(known.message.status(), Some(491));
    assert_eq!(stranger.message.status(), Some(481));
}

#[test]
fn a_challenge_from_another_address_is_never_answered() {
    let mut script = Script::new();
    let invite = script.sent();
    let asks = reply(&invite, 407, PEER.parse().unwrap(), "t");
    let asks = asks.with(CHALLENGE.0, CHALLENGE.1);
    script.hear_from(FAR, &asks);
    let sent = script.all_sent();
    let why = Unanswerable::Elsewhere(FAR.parse().unwrap());
    assert_eq!(sent.len(), 1, "the ACK alone");
    assert_eq!(script.call.end(), Some(&CallEnd::CannotAnswer(why)));

    for bye in [true, false] {
        let (mut script, ..) = Script::talking();
        if bye {
            script.hang_up();
        } else {
            script.hold(true);
        }
        let request = script.sent();
        let asks = reply(&request, 401, PEER.parse().unwrap(), "t");
        script.hear_from(FAR, &asks.with("WWW-Authenticate", CHALLENGE.1));

        let sent = script.all_sent();
        assert!(sent.iter().all(|sent| sent.method() == "ACK"), "{sent:?}");
        assert_eq!(script.call.end().is_some(), bye);
    }
}

#[test]
fn without_a_route_the_far_end_itself_is_told() {
    for (target, contact, routes, to) in [
        (PEER, "<sip:x@192.0.2.66:5062>", "", Some(FAR)),
        (PEER, "<sip:x@192.0.2.66>", "", Some("192.0.2.66:5060")),
        (PEER, "<sip:x@192.0.2.66:5062;transport=UDP>", "", Some(FAR)),
        (
            "10.0.0.1:5060",
            "<sip:x@10.0.0.66>",
            "",
            Some("10.0.0.66:5060"),
        ),
        (
            PEER,
            "<sip:x@10.0.0.66>",
            "<sip:192.0.2.66:5062;lr>",
            Some(FAR),
        ),
        (
            PEER,
            "<sip:x@10.0.0.66>",
            "<sip:192.0.2.66:5062>",
            Some(FAR),
        ),
        // The registrar gets what can't be sent directly.
        (PEER, "<sip:x@192.0.2.66>", "<sip:192.0.2.9;lr>", None),
        (PEER, "<sip:x@192.0.2.66>", "<sip:p1.example;lr>", None),
        (PEER, "<sip:x@192.0.2.9:5060>", "", None),
        (PEER, "<sip:x@10.0.0.66>", "", None),
        (PEER, "<sip:x@127.0.0.1>", "", None),
        (PEER, "<sip:x@0.0.0.0>", "", None),
        (PEER, "<sip:x@[2001:db8::1]>", "", None),
        (PEER, "<sip:x@phone.example>", "", None),
        (PEER, "<sips:x@192.0.2.66>", "", None),
        (PEER, "<sip:x@192.0.2.66;transport=tcp>", "", None),
    ] {
        let mut script = Script::with(|plan| plan.target = target.parse().unwrap());
        let peer = |script: &mut Script, message: &Message| script.hear_from(target, message);
        let invite = script.sent();
        let asks = reply(&invite, 407, PEER.parse().unwrap(), "t");
        peer(&mut script, &asks.with(CHALLENGE.0, CHALLENGE.1));
        let invite = script.transmits().pop().unwrap();
        let mut taken =
            reply(&invite.message, 200, PEER.parse().unwrap(), "theirs").with("Contact", contact);
        if !routes.is_empty() {
            taken.push("Record-Route", routes);
        }
        taken.body = SOUND.as_bytes().to_vec();
        peer(&mut script, &taken);
        let mut sent = script.transmits();
        peer(&mut script, &taken);
        sent.extend(script.transmits());
        script.hold(true);
        sent.extend(script.transmits());
        script.hang_up();
        sent.extend(script.transmits());

        let to: Option<SocketAddr> = to.map(|to| to.parse().unwrap());
        let methods: Vec<_> = sent.iter().map(|sent| sent.message.method()).collect();
        assert_eq!(methods, ["ACK", "ACK", "INVITE", "BYE"], "{contact}");
        for sent in &sent {
            assert_eq!(sent.to, to, "{contact} {routes} {:?}", sent.message);
            let proved = sent.message.header("Proxy-Authorization").is_some();
            assert_eq!(proved, to.is_none(), "the registrar alone gets a proof");
        }
        assert_eq!(invite.to, None);
    }
}
