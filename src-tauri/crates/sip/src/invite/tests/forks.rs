//! Forked calls: early media, and more than one answer.

use super::*;

impl Script {
    fn answer_as(&mut self, tag: &str, request: &Message, status: u16, port: u16) -> Message {
        let mut response = reply(request, status, PEER.parse().unwrap(), tag)
            .with("Contact", format!("<sip:{tag}@10.0.0.9>"));
        if port > 0 {
            response.body =
                format!("v=0\r\nc=IN IP4 192.0.2.9\r\nm=audio {port} RTP/AVP 8\r\n").into_bytes();
        }
        self.hear(&response);
        response
    }

    fn ports(&mut self) -> Vec<(&'static str, u16)> {
        let events = self.events().into_iter();
        let named = events.filter_map(|event| match event {
            CallEvent::Early(direction) => Some(("early", direction.peer.port())),
            CallEvent::Answered(direction) => Some(("answered", direction.unwrap().peer.port())),
            CallEvent::Ringing => Some(("rings", 0)),
            CallEvent::Held(_) | CallEvent::Sound(_) | CallEvent::Trying => None,
        });
        named.collect()
    }
}

#[test]
fn sound_before_the_answer_is_told_once_for_each_phone() {
    let mut script = Script::new();
    let invite = script.sent();
    script.answer_as("a", &invite, 183, 5000);
    script.answer_as("a", &invite, 183, 5000);
    script.answer_as("b", &invite, 183, 5002);
    script.answer_as("c", &invite, 180, 0);
    script.answer_as("d", &invite, 183, 0);
    script.answer_as("b", &invite, 200, 0);

    assert_eq!(
        script.ports(),
        [
            ("early", 5000),
            ("early", 5002),
            ("rings", 0),
            ("rings", 0),
            ("answered", 5002)
        ],
        "what b described before counts where its answer says nothing"
    );
}

#[test]
fn a_second_answer_is_acknowledged_and_hung_up() {
    let mut script = Script::new();
    let invite = script.sent();
    script.answer_as("a", &invite, 200, 5000);
    let first = script.sent();
    let second = script.answer_as("b", &invite, 200, 5002);
    let [ack, bye] = script.all_sent().try_into().unwrap();
    script.hear(&second);
    let [again] = script.all_sent().try_into().unwrap();
    assert_eq!(script.ports(), [("answered", 5000)]);
    script.hang_up();
    let own = script.sent();
    script.answer(&own, 200, &[]);

    assert_eq!(first.uri(), "sip:a@10.0.0.9");
    assert_eq!((ack.method(), ack.uri()), ("ACK", "sip:b@10.0.0.9"));
    assert_eq!((bye.method(), bye.uri()), ("BYE", "sip:b@10.0.0.9"));
    assert!(bye.header("To").unwrap().contains("tag=b"));
    assert_eq!(again.to_bytes(), ack.to_bytes());
    assert_eq!(script.call.end(), None, "b has not confirmed its end yet");
    script.answer(&bye, 200, &[]);
    assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: true }));
}

#[test]
fn a_flood_of_answers_is_cut() {
    let mut script = Script::new();
    let invite = script.sent();
    for tag in 0..1000 {
        script.answer_as(&format!("t{tag}"), &invite, 183, 5000);
    }
    for tag in 0..1000 {
        script.answer_as(&format!("t{tag}"), &invite, 200, 5000);
    }

    assert_eq!(script.all_sent().len(), 8 + 7, "8 ACKs and 7 BYEs");
}

#[test]
fn an_answer_without_a_codec_of_ours_is_hung_up() {
    let mut script = Script::new();
    let invite = script.sent();
    let mut taken = reply(&invite, 200, PEER.parse().unwrap(), "a");
    taken.body = b"v=0\r\nc=IN IP4 192.0.2.9\r\nm=audio 5004 RTP/AVP 18\r\n".to_vec();
    script.hear(&taken);
    let [ack, bye] = script.all_sent().try_into().unwrap();
    script.answer(&bye, 200, &[]);

    assert_eq!((ack.method(), bye.method()), ("ACK", "BYE"));
    assert_eq!(script.call.end(), Some(&CallEnd::NoCommonSound));
}

#[test]
fn a_phone_that_has_not_answered_may_not_change_the_sound() {
    for (method, body, status) in [
        ("UPDATE", SOUND, 491),
        ("UPDATE", "", 200),
        ("INVITE", SOUND, 491),
        ("OPTIONS", "", 200),
        ("BYE", "", 481),
    ] {
        let mut script = Script::new();
        let invite = script.sent();
        let rings = script.answer_as("a", &invite, 180, 0);
        script.ask(&rings, method, 1, body);

        assert_eq!(script.sent().status(), Some(status), "{method}");
        assert_eq!(script.call.end(), None);
    }
}

#[test]
fn a_router_of_the_older_kind_is_gone_through() {
    let mut script = Script::new();
    let invite = script.sent();
    let headers = [
        ("Contact", "<sip:phone@10.0.0.9>"),
        ("Record-Route", "<sip:p2;lr>, <sip:p1>"),
    ];
    script.answer(&invite, 200, &headers);
    let ack = script.sent();

    assert_eq!(ack.uri(), "sip:p1");
    assert_eq!(
        ack.headers("Route"),
        ["<sip:p2;lr>", "<sip:phone@10.0.0.9>"]
    );
}

#[test]
fn a_redirection_is_shown_and_not_followed() {
    let mut script = Script::new();
    let invite = script.sent();
    let to = "<sip:elsewhere@192.0.2.77>";
    script.answer(&invite, 302, &[("Contact", to)]);

    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.all_sent(), []);
    assert_eq!(script.call.said().contacts, [to]);
    assert!(matches!(
        script.call.end(),
        Some(CallEnd::Refused { status: 302, .. })
    ));
}
