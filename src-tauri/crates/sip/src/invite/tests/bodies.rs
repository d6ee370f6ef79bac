//! Session descriptions nested in other bodies.

use super::*;

const MIXED: &str = "multipart/mixed;boundary=\"a b\"";

/// The description between two parts of unsupported types.
fn wrapped() -> String {
    format!(
        "Not a part.\r\n--a b\r\nContent-Type: application/isup\r\n\
         Content-Disposition: signal;handling=optional\r\n\r\n\u{1}\u{2}\r\n--a b \r\n\
         Content-Type: application/sdp\r\nContent-Disposition: session\r\n\r\n{SOUND}\r\n\
         --a b\r\n\r\nplain\r\n--a b--\r\nNot a part."
    )
}

fn wrap(message: &Message, kind: &str, body: &str) -> Message {
    let mut wrapped = message.clone().with("Content-Type", kind);
    wrapped.body = body.as_bytes().to_vec();
    wrapped
}

#[test]
fn an_answer_among_other_parts_is_an_answer() {
    let mut script = Script::new();
    let invite = script.sent();
    let taken = reply(&invite, 200, PEER.parse().unwrap(), "theirs");

    script.hear(&wrap(&taken, MIXED, &wrapped()));

    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.all_sent(), [], "nothing is hung up");
    let events = script.events();
    assert!(
        matches!(events[..], [CallEvent::Answered(Some(_))]),
        "{events:?}"
    );
}

#[test]
fn early_sound_among_other_parts_is_heard() {
    let mut script = Script::new();
    let invite = script.sent();
    let rings = reply(&invite, 183, PEER.parse().unwrap(), "theirs");

    script.hear(&wrap(&rings, MIXED, &wrapped()));

    let events = script.events();
    assert!(
        matches!(events[..], [CallEvent::Trying, CallEvent::Early(_)]),
        "{events:?}"
    );
}

#[test]
fn a_changed_offer_among_other_parts_is_answered() {
    let (mut script, _, taken) = Script::talking();
    for (number, method) in [(1, "UPDATE"), (2, "INVITE")] {
        let request = script.request(&taken, method, number, "");
        script.hear(&wrap(&request, MIXED, &wrapped()));

        let response = script.sent();
        assert_eq!(response.status(), Some(200), "{method}");
        assert!(String::from_utf8_lossy(&response.body).contains("m=audio 4000"));
        assert_eq!(response.header("Content-Type"), Some("application/sdp"));
    }
}

#[test]
fn an_ack_may_hold_its_answer_among_other_parts() {
    let (mut script, _, taken) = Script::talking();
    script.ask(&taken, "INVITE", 1, "");
    assert!(!script.sent().body.is_empty(), "our offer");
    let ack = script.request(&taken, "ACK", 1, "");

    script.hear(&wrap(&ack, MIXED, &wrapped()));

    assert!(matches!(script.events()[..], [CallEvent::Sound(Some(_))]));
}

#[test]
fn a_part_that_must_be_understood_is_refused() {
    let (mut script, _, taken) = Script::talking();
    let must = wrapped().replace("handling=optional", "handling=required");
    let none = "--a b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--a b--\r\n";
    let rows = [(MIXED, must.as_str()), (MIXED, none), ("text/plain", SOUND)];
    for (number, (kind, body)) in (1..).zip(rows) {
        let request = script.request(&taken, "INVITE", number, "");
        script.hear(&wrap(&request, kind, body));

        let response = script.sent();
        assert_eq!(response.status(), Some(415), "{body}");
        let accept = response.header("Accept").unwrap();
        assert!(accept.contains("application/sdp") && accept.contains("multipart/mixed"));
    }
    assert_eq!(script.events(), [], "nothing changes");
}
