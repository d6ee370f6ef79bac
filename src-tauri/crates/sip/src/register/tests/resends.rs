//! Retransmissions, timeouts and duplicates.

use super::*;

#[test]
fn silence_over_udp_is_five_sends_and_then_no_answer() {
    let mut script = Script::new(CheckKind::Query, password());
    let began = script.now;
    let mut sends = Vec::new();

    while script.is_open() {
        let again = script.register.sends_again();
        if let Some(transmit) = script.register.poll_transmit() {
            assert_eq!(transmit.again, again);
            sends.push((transmit.again, (script.now - began).as_millis()));
        }
        script.now = script.register.poll_timeout().unwrap();
        script
            .register
            .handle_timeout(&mut script.tokens, script.now);
    }

    assert_eq!(
        sends,
        [
            (false, 0),
            (true, 500),
            (true, 1500),
            (true, 3500),
            (true, 7500)
        ]
    );
    assert_eq!(script.now - began, Duration::from_secs(8));
    assert_eq!(*script.verdict(), Verdict::NoAnswer { provisional: false });
}

#[test]
fn nothing_is_sent_again_over_tcp() {
    let mut script = Script::over(TransportName::Tcp, CheckKind::Full, password());
    let first = script.sent();

    script.now = script.register.poll_timeout().unwrap();
    script
        .register
        .handle_timeout(&mut script.tokens, script.now);

    assert!(first.header("Contact").unwrap().contains(";transport=tcp"));
    assert!(script.register.poll_transmit().is_none());
    assert_eq!(*script.verdict(), Verdict::NoAnswer { provisional: false });
}

#[test]
fn a_provisional_response_is_no_end_and_slows_the_resends() {
    let mut script = Script::new(CheckKind::Query, password());
    script.sent();

    let (_, meaning) = script.answer(100, &[]);

    assert_eq!(meaning, Meaning::Provisional);
    let next = script.register.poll_timeout().unwrap() - script.now;
    assert_eq!(next, Duration::from_secs(4));
    script.now += Duration::from_secs(8);
    script
        .register
        .handle_timeout(&mut script.tokens, script.now);
    assert_eq!(*script.verdict(), Verdict::NoAnswer { provisional: true });
}

#[test]
fn a_retransmitted_challenge_changes_nothing() {
    let mut script = Script::new(CheckKind::Query, password());
    let (challenge, _) = script.answer(401, &[MD5]);
    script.sent();

    assert_eq!(script.hear(&challenge), Meaning::Repeated);

    assert!(script.register.poll_transmit().is_none());
    assert!(script.is_open());
}
