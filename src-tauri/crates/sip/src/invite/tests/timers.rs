//! Session timers (RFC 4028).

use super::*;

impl Script {
    /// Advances the clock, and returns what was sent in the meantime.
    fn pass(&mut self, seconds: u64) -> Vec<Message> {
        let until = self.now + Duration::from_secs(seconds);
        let mut sent = self.all_sent();
        while let Some(due) = self.call.poll_timeout().filter(|due| *due <= until) {
            self.now = due;
            self.call.handle_timeout(&mut self.tokens, due);
            sent.extend(self.all_sent());
        }
        self.now = until;
        sent
    }
}

#[test]
fn a_call_is_refreshed_at_half_of_its_time() {
    for (header, seconds) in [
        ("Session-Expires", "120;refresher=uac"),
        ("x", "120 ; Refresher=UAC"),
    ] {
        let mut script = Script::new();
        let invite = script.sent();
        let text = format!(
            "SIP/2.0 200 OK\r\nVia: {}\r\nFrom: {}\r\nTo: {};tag=theirs\r\nCall-ID: {}\r\n\
             CSeq: 1 INVITE\r\nContact: <sip:phone@10.0.0.9>\r\n{header}: {seconds}\r\n\r\n{SOUND}",
            invite.header("Via").unwrap(),
            invite.header("From").unwrap(),
            invite.header("To").unwrap(),
            invite.header("Call-ID").unwrap(),
        );
        let taken = Message::from_datagram(text.as_bytes()).unwrap().unwrap();
        script.hear(&taken);
        script.all_sent();

        assert_eq!(script.pass(59), []);
        let refresh = script.pass(1).pop().unwrap();
        script.answer(&refresh, 200, &[("Session-Expires", "100;refresher=uac")]);
        script.all_sent();
        assert_eq!(script.pass(49), []);
        let second = script.pass(1).pop().unwrap();
        script.answer(&second, 200, &[]);
        script.all_sent();

        assert_eq!(invite.header("Supported"), Some("timer"));
        assert_eq!(refresh.method(), "INVITE");
        assert_eq!(refresh.header("Session-Expires"), Some("120;refresher=uac"));
        assert!(String::from_utf8_lossy(&refresh.body).contains("a=sendrecv"));
        assert_eq!(second.header("Session-Expires"), Some("100;refresher=uac"));
        assert_eq!(script.pass(600), [], "the answer ended the timer");
        assert_eq!(script.call.end(), None);
    }
}

#[test]
fn only_the_one_who_shall_refreshes() {
    for (value, at) in [
        ("120;refresher=uas", None),
        ("120", None),
        ("nonsense;refresher=uac", None),
        ("0;refresher=uac", Some(45)),
        ("99999999999;refresher=uac", Some(43_200)),
    ] {
        let mut script = Script::new();
        let invite = script.sent();
        script.answer(&invite, 200, &[("Session-Expires", value)]);
        script.all_sent();
        let began = script.now;

        let due = script.call.poll_timeout();

        let due = due.map(|due| (due - began).as_secs());
        assert_eq!(due, at, "{value}");
    }
}

#[test]
fn a_refresh_of_the_other_side_is_agreed_to() {
    for (asks, supported, answer, required, refreshes) in [
        (
            "120;refresher=uac",
            "timer",
            "120;refresher=uac",
            true,
            false,
        ),
        (
            "120;refresher=uas",
            "timer",
            "120;refresher=uas",
            false,
            true,
        ),
        ("120", "timer", "120;refresher=uac", true, false),
        ("120", "", "120;refresher=uas", false, true),
    ] {
        for (method, body) in [("INVITE", SOUND), ("UPDATE", SOUND), ("UPDATE", "")] {
            let (mut script, _, taken) = Script::talking();
            let mut request = script
                .request(&taken, method, 1, body)
                .with("Session-Expires", asks);
            if !supported.is_empty() {
                request.push("Require", supported);
            }
            script.hear(&request);
            let response = script.sent();
            if method == "INVITE" {
                let ack = script.request(&taken, "ACK", 1, "");
                script.hear(&ack);
            }

            assert_eq!(response.status(), Some(200), "{method} {asks}");
            assert_eq!(response.header("Session-Expires"), Some(answer));
            assert_eq!(response.header("Require").is_some(), required);
            assert_eq!(!script.pass(60).is_empty(), refreshes, "{method} {asks}");
        }
    }
}

#[test]
fn a_longer_timer_is_asked_for_once() {
    let mut script = Script::new();
    let first = script.sent();
    script.answer(&first, 422, &[("Min-SE", "1800")]);
    let [ack, second] = script.all_sent().try_into().unwrap();
    script.answer(&second, 422, &[("Min-SE", "3600")]);

    assert_eq!(ack.method(), "ACK");
    assert_eq!(first.header("Session-Expires"), None);
    assert_eq!(second.header("Session-Expires"), Some("1800"));
    assert_eq!(second.header("Min-SE"), Some("1800"));
    assert_eq!(second.cseq(), Some((2, "INVITE")));
    assert_eq!(script.all_sent().len(), 1, "the ACK alone");
    assert!(matches!(
        script.call.end(),
        Some(CallEnd::Refused { status: 422, .. })
    ));
}

#[test]
fn a_422_without_a_time_is_the_end() {
    let mut script = Script::new();
    let invite = script.sent();
    script.answer(&invite, 422, &[]);

    assert_eq!(script.all_sent().len(), 1, "the ACK alone");
    assert!(script.call.end().is_some());
}

#[test]
fn a_refresh_waits_for_another_change() {
    let mut script = Script::new();
    let invite = script.sent();
    let timer = ("Session-Expires", "90;refresher=uac");
    script.answer(&invite, 200, &[timer]);
    script.all_sent();
    script.pass(44);
    script.hold(true);
    let hold = script.sent();
    script.answer(&hold, 100, &[]);
    assert_eq!(script.pass(3), [], "one change at a time");
    script.answer(&hold, 200, &[timer]);
    script.all_sent();

    let refresh = script.pass(45).pop().unwrap();

    assert_eq!(hold.header("Session-Expires"), Some("90;refresher=uac"));
    assert!(
        String::from_utf8_lossy(&refresh.body).contains("a=sendonly"),
        "the hold stays"
    );
}
