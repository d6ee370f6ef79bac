//! Changes that either side makes during a call.

use registrar_media::{Codec, Direction};

use super::*;

fn sound(lines: &str) -> String {
    format!("v=0\r\nc=IN IP4 192.0.2.9\r\n{lines}")
}

fn direction(event: &CallEvent) -> Option<Direction> {
    let CallEvent::Sound(direction) = event else {
        panic!("{event:?}")
    };
    *direction
}

impl Script {
    pub(super) fn hold(&mut self, on: bool) {
        self.call.hold(on, &mut self.tokens, self.now);
    }
}

#[test]
fn a_hold_another_codec_and_another_address_are_agreed_to() {
    let (mut script, _, taken) = Script::talking();
    let rows = [
        (
            "m=audio 5004 RTP/AVP 0\r\na=sendonly\r\n",
            "recvonly",
            false,
            Codec::Pcmu,
            5004,
        ),
        (
            "m=audio 5004 RTP/AVP 0\r\na=inactive\r\n",
            "inactive",
            false,
            Codec::Pcmu,
            5004,
        ),
        (
            "m=audio 5004 RTP/AVP 8 0\r\n",
            "sendrecv",
            true,
            Codec::Pcma,
            5004,
        ),
        (
            "m=audio 6006 RTP/AVP 18 0\r\n",
            "sendrecv",
            true,
            Codec::Pcmu,
            6006,
        ),
    ];
    let mut held = Vec::new();
    for (number, (lines, answer, sends, codec, port)) in (1..).zip(rows) {
        for method in ["INVITE", "UPDATE"] {
            let number = number * 2 + u32::from(method == "UPDATE");
            let asked = script.ask(&taken, method, number, &sound(lines));
            let response = script.sent();

            assert_eq!(response.status(), Some(200), "{lines}");
            let text = String::from_utf8(response.body.clone()).unwrap();
            assert!(text.contains(&format!("a={answer}\r\n")), "{text}");
            assert!(response.header("Contact").is_some());
            let events = script.events();
            let found = direction(&events[0]).unwrap();
            assert_eq!((found.sends, found.codec), (sends, codec), "{lines}");
            assert_eq!(found.peer.port(), port);
            held.extend(events.into_iter().skip(1));
            if method == "INVITE" {
                script.ack(&asked);
            }
        }
    }
    assert_eq!(held, [CallEvent::Held(true), CallEvent::Held(false)]);
    script.hang_up();
    assert_eq!(script.sent().uri(), "sip:moved@10.0.0.8:5062", "it moved");
}

impl Script {
    fn ack(&mut self, asked: &Message) {
        let (number, _) = asked.cseq().unwrap();
        let ack = Message::request("ACK", asked.uri())
            .with("Via", "SIP/2.0/UDP 192.0.2.9;branch=z9hG4bKack")
            .with("From", asked.header("From").unwrap())
            .with("To", asked.header("To").unwrap())
            .with("Call-ID", asked.header("Call-ID").unwrap())
            .with("CSeq", format!("{number} ACK"));
        self.hear(&ack);
    }
}

#[test]
fn a_hold_by_the_address_of_nobody_stops_our_sound() {
    let (mut script, _, taken) = Script::talking();

    script.ask(
        &taken,
        "INVITE",
        1,
        "v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 5004 RTP/AVP 0\r\n",
    );

    assert_eq!(script.sent().status(), Some(200));
    assert_eq!(
        script.events(),
        [CallEvent::Sound(None), CallEvent::Held(true)]
    );
}

#[test]
fn change_without_an_offer_gets_ours_and_its_answer_in_the_ack() {
    let (mut script, _, taken) = Script::talking();
    let asked = script.ask(&taken, "INVITE", 1, "");
    let offer = script.sent();
    assert!(String::from_utf8_lossy(&offer.body).contains("RTP/AVP 0 8 101"));
    script.ask(&taken, "INVITE", 2, &sound("m=audio 5004 RTP/AVP 0\r\n"));
    assert_eq!(
        script.sent().status(),
        Some(491),
        "our offer has no answer yet"
    );

    // The ACK of the refusal came before this one.
    script.ask(&taken, "INVITE", 3, "");
    script.all_sent();
    let mut ack = Message::request("ACK", "")
        .with("From", asked.header("From").unwrap())
        .with("To", asked.header("To").unwrap())
        .with("Call-ID", asked.header("Call-ID").unwrap())
        .with("CSeq", "3 ACK");
    ack.body = sound("m=audio 7000 RTP/AVP 8\r\n").into_bytes();
    script.hear(&ack);

    let events = script.events();
    assert_eq!(direction(&events[0]).unwrap().peer.port(), 7000);
}

#[test]
fn answer_to_a_change_repeats_until_its_ack_or_the_call_ends() {
    let (mut script, _, taken) = Script::talking();
    script.ask(&taken, "INVITE", 1, SOUND);
    let began = script.now;
    let mut sent = script.all_sent();
    while script.call.poll_timeout().is_some() && script.now - began < Duration::from_secs(32) {
        script.wait();
        sent.extend(script.all_sent());
    }

    let bye = sent.pop().unwrap();
    assert!(sent.iter().all(|sent| sent.status() == Some(200)));
    assert_eq!(
        sent.len(),
        11,
        "at 0, 0.5, 1.5, 3.5, 7.5 s and each 4 s until 31.5 s"
    );
    assert_eq!(bye.method(), "BYE");
    script.answer(&bye, 481, &[]);
    assert_eq!(script.call.end(), Some(&CallEnd::Lost));
}

#[test]
fn every_request_in_a_call_gets_its_right_answer() {
    let rows = [
        ("OPTIONS", "", 200),
        ("UPDATE", "", 200),
        ("INVITE", "v=0\r\nm=audio 5004 RTP/AVP 18\r\n", 488),
        ("INVITE", "hello", 400),
        ("REFER", "", 603),
        ("INFO", "", 405),
        ("MESSAGE", "", 405),
        ("NOTIFY", "", 405),
        ("NONSENSE", "", 501),
    ];
    for (method, body, status) in rows {
        let (mut script, _, taken) = Script::talking();
        let request = script.ask(&taken, method, 7, body);
        let [response] = script.all_sent().try_into().unwrap();
        script.hear(&request);
        let [repeated] = script.all_sent().try_into().unwrap();

        assert_eq!(response.status(), Some(status), "{method}");
        assert_eq!(response.to_bytes(), repeated.to_bytes(), "{method}");
        if [200, 405, 501].contains(&status) && method != "UPDATE" {
            assert!(response.header("Allow").unwrap().contains("UPDATE"));
        }
        assert_eq!(script.call.end(), None);
        assert_eq!(script.events(), [], "{method} {body}: nothing changes");
    }
}

#[test]
fn requests_that_do_not_belong_are_told_so() {
    let (mut script, _, taken) = Script::talking();
    let ask = |script: &mut Script, method: &str, name: &str, value: &str| {
        let (mut other, _, _) = Script::talking();
        let whole = renewed(&other.ask(&taken, method, 9, ""), 9);
        let mut request = Message::request(method, whole.uri());
        for (own, text) in whole.all_headers() {
            match own {
                "Via" => request.push(own, &format!("{text}{name}")),
                _ if own == name => request.push(own, value),
                _ => request.push(own, text),
            }
        }
        script.hear(&request);
        script.sent().status()
    };
    for (method, name, value, status) in [
        ("BYE", "Call-ID", "another", 481),
        ("BYE", "From", "<sip:x@y>;tag=another", 481),
        ("INVITE", "Call-ID", "another", 481),
        ("INVITE", "To", "<sip:x@y>", 486),
        ("OPTIONS", "To", "<sip:x@y>", 200),
        ("CANCEL", "Call-ID", "another", 481),
        ("BYE", "CSeq", "9 INVITE", 400),
    ] {
        assert_eq!(
            ask(&mut script, method, name, value),
            Some(status),
            "{method} {name}"
        );
    }
    let required = script.ask(&taken, "INVITE", 10, SOUND);
    script.all_sent();
    let required = renewed(&required.with("Require", "100rel"), 11);
    script.hear(&required);
    let response = script.sent();
    assert_eq!(response.status(), Some(420));
    assert_eq!(response.header("Unsupported"), Some("100rel"));
    script.ask(&taken, "OPTIONS", 3, "");
    assert_eq!(script.sent().status(), Some(500), "an older number");
    assert_eq!(script.call.end(), None);
}

/// The same request with another number and branch.
fn renewed(request: &Message, number: u32) -> Message {
    let mut renewed = Message::request(request.method(), request.uri());
    for (name, value) in request.all_headers() {
        match name {
            "CSeq" => renewed.push(name, &format!("{number} {}", request.method())),
            "Via" => renewed.push(name, &format!("{value}{number}")),
            _ => renewed.push(name, value),
        }
    }
    renewed.body.clone_from(&request.body);
    renewed
}

#[test]
fn a_call_is_held_and_taken_back_by_us() {
    let (mut script, ..) = Script::talking();
    script.hold(true);
    let ask = script.sent();
    script.hold(false);
    assert_eq!(script.all_sent(), [], "one change at a time");
    script.answer(&ask, 100, &[]);
    let taken = script.answer(&ask, 200, &[("Contact", "<sip:moved@10.0.0.7>")]);
    let ack = script.sent();
    script.hear(&taken);

    assert!(String::from_utf8_lossy(&ask.body).contains("a=sendonly"));
    assert_eq!(ask.cseq(), Some((2, "INVITE")));
    assert_eq!(ack.cseq(), Some((2, "ACK")));
    assert_eq!(ack.uri(), "sip:moved@10.0.0.7");
    assert_eq!(script.sent().to_bytes(), ack.to_bytes(), "it came again");
    assert_eq!(script.events().len(), 1);
    script.hold(false);
    assert!(String::from_utf8_lossy(&script.sent().body).contains("a=sendrecv"));
}

#[test]
fn a_refresh_of_the_other_side_does_not_end_our_hold() {
    for status in [200, 488] {
        let (mut script, _, taken) = Script::talking();
        script.hold(true);
        let ask = script.sent();
        script.answer(&ask, status, &[]);
        script.all_sent();
        for (number, body) in [(1, SOUND), (2, "")] {
            let asked = script.ask(&taken, "INVITE", number, body);
            let answer = script.sent();
            script.ack(&asked);

            let text = String::from_utf8_lossy(&answer.body).into_owned();
            let expected = if status == 200 {
                "sendonly"
            } else {
                "sendrecv"
            };
            assert!(text.contains(expected), "{status}: {text}");
        }
    }
}

#[test]
fn both_sides_asking_at_once_wait_and_ask_again() {
    let (mut script, _, taken) = Script::talking();
    script.hold(true);
    let mut ask = script.sent();
    script.ask(&taken, "INVITE", 1, SOUND);
    assert_eq!(script.sent().status(), Some(491));
    for round in 0..4 {
        script.answer(&ask, 491, &[]);
        assert_eq!(script.sent().method(), "ACK");
        if round == 3 {
            break;
        }
        let began = script.now;
        while script.call.poll_transmit().is_none_or(|sent| {
            let again = sent.message.method() == "INVITE";
            ask = sent.message;
            !again
        }) {
            script.wait();
        }
        let waited = (script.now - began).as_millis();
        assert!((2100..=4000).contains(&waited), "{waited} ms");
    }
    assert_eq!(
        script.call.end(),
        None,
        "it is given up, and the call goes on"
    );
}

#[test]
fn a_hold_that_nobody_knows_or_answers_ends_the_call() {
    for status in [Some(481), Some(408), None] {
        let (mut script, ..) = Script::talking();
        script.hold(true);
        let ask = script.sent();
        if let Some(status) = status {
            script.answer(&ask, status, &[]);
        } else {
            while script.all_sent().iter().all(|sent| sent.method() != "BYE") {
                script.wait();
            }
        }
        let sent = script.all_sent();

        assert!(status.is_none() || sent.iter().any(|sent| sent.method() == "BYE"));
        script.call.fail();
        assert_eq!(script.call.end(), Some(&CallEnd::Lost));
    }
}
