//! A check leaves no binding behind.

use super::*;

#[test]
fn a_full_registration_takes_only_its_own_contact_back() {
    let mut script = Script::new(CheckKind::Full, hashes());
    script.sent();
    script.answer(401, &[MD5]);
    let bind = script.sent();
    let contact = bind.header("Contact").unwrap().to_owned();
    let listed = format!("{contact};expires=60, <sip:phone@192.0.2.9>;expires=1800");

    script.answer(200, &[("Contact", &listed)]);
    let unbind = script.sent();
    script.answer(200, &[("Contact", "<sip:phone@192.0.2.9>;expires=1800")]);

    assert_eq!(bind.header("Expires"), Some("60"));
    assert_eq!(unbind.header("Expires"), Some("0"));
    assert_eq!(unbind.header("Contact"), Some(contact.as_str()));
    assert_eq!(unbind.header("Call-ID"), bind.header("Call-ID"));
    assert_eq!(unbind.cseq(), Some((3, "REGISTER")));
    let outcome = script.register.outcome().unwrap();
    assert_eq!(outcome.unregistered, Some(Unregistered::Done));
    let ours: Vec<bool> = outcome
        .bindings
        .iter()
        .map(|binding| binding.ours)
        .collect();
    assert_eq!(ours, [true, false]);
}

#[test]
fn the_un_registration_may_be_challenged_afresh_but_only_once() {
    let mut script = Script::new(CheckKind::Full, hashes());
    script.answer(401, &[MD5]);
    script.answer(200, &[]);

    let (_, meaning) = script.answer(401, &[MD5]);
    assert!(matches!(meaning, Meaning::Asks { .. }));
    script.answer(401, &[MD5]);

    let outcome = script.register.outcome().unwrap();
    assert!(outcome.verdict.proved(), "the credential was proved before");
    assert_eq!(
        outcome.unregistered,
        Some(Unregistered::Refused { status: 401 })
    );
}

#[test]
fn abandoned_registration_leaves_no_binding() {
    let mut before = Script::new(CheckKind::Full, password());
    before.sent();
    assert!(before.register.abandon());
    before.answer(401, &[MD5]);
    let mut after = Script::new(CheckKind::Full, password());
    after.answer(401, &[MD5]);
    after.sent();
    assert!(after.register.abandon());
    after.answer(200, &[]);

    assert!(!before.is_open(), "the challenge stays without an answer");
    assert_eq!(after.sent().header("Expires"), Some("0"));
    assert!(!Script::new(CheckKind::Query, password()).register.abandon());
}

/// A full registration that has just answered the challenge.
fn answered() -> Script {
    let mut script = Script::new(CheckKind::Full, hashes());
    script.answer(401, &[MD5]);
    script
}

#[test]
fn registration_with_a_lost_answer_is_removed_anyway() {
    let mut silent = answered();
    silent.let_time_pass();
    let mut timed_out = answered();
    timed_out.answer(408, &[]);
    let mut failed = answered();
    failed.answer(500, &[]);
    for (mut script, verdict) in [
        (silent, Verdict::FellSilent { refused: false }),
        (timed_out, Verdict::RegistrarTimedOut),
        (failed, Verdict::ServerFailed { status: 500 }),
    ] {
        let unbind = script.sent();
        assert_eq!(unbind.header("Expires"), Some("0"), "{verdict:?}");
        assert!(script.left_behind().is_some());
        script.answer(200, &[]);

        let outcome = script.register.outcome().unwrap();
        assert_eq!(outcome.verdict, verdict);
        assert_eq!(outcome.unregistered, Some(Unregistered::Done));
        assert_eq!(script.left_behind(), None);
    }
}

#[test]
fn what_was_refused_or_never_answered_for_is_not_taken_back() {
    let mut unanswered = Script::new(CheckKind::Full, hashes());
    unanswered.let_time_pass();
    let mut query = Script::new(CheckKind::Query, hashes());
    query.answer(401, &[MD5]);
    query.let_time_pass();
    let mut refused = Vec::new();
    for status in [302, 400, 401, 403, 404, 423, 480, 603] {
        let mut script = answered();
        script.sent();
        script.answer(status, &[MD5]);
        refused.push(script);
    }
    for mut script in [unanswered, query].into_iter().chain(refused) {
        assert!(!script.is_open(), "{:?}", script.register);
        assert!(script.register.poll_transmit().is_none());
        assert_eq!(script.left_behind(), None, "{:?}", script.verdict());
    }
}

#[test]
fn a_binding_that_stays_is_named_with_its_end() {
    type End = fn(&mut Script);
    let ends: [(End, Unregistered, u64); 3] = [
        (Script::let_time_pass, Unregistered::NoAnswer, 1792),
        (
            |script| drop(script.answer(403, &[])),
            Unregistered::Refused { status: 403 },
            1800,
        ),
        (
            |script| {
                let contact = script.sent().header("Contact").unwrap().to_owned();
                script.answer(200, &[("Contact", &format!("{contact};expires=7"))]);
            },
            Unregistered::StillListed,
            7,
        ),
    ];
    for (end, unregistered, seconds) in ends {
        let mut script = answered();
        script.answer(423, &[("Min-Expires", "1800")]);
        let contact = script.sent().header("Contact").unwrap().to_owned();
        // The registrar grants the expiry that it required.
        script.answer(200, &[("Contact", &format!("{contact};expires=1800"))]);

        end(&mut script);

        let outcome = script.register.outcome().unwrap();
        assert_eq!(outcome.unregistered, Some(unregistered));
        let left = script.left_behind().unwrap();
        assert_eq!(left.seconds(script.now), seconds);
        assert!(contact.contains(&left.contact), "{left:?}");
        let over = script.now + Duration::from_mins(30);
        assert_eq!(script.register.left_behind(over), None);
    }
}

#[test]
fn where_the_way_is_lost_the_binding_is_removed_over_another() {
    for (bound, verdict) in [(false, "ClosedMidway"), (true, "Accepted")] {
        let mut script = answered();
        let bind = script.sent();
        if bound {
            script.answer(200, &[]);
            script.sent();
        }
        script.register.fail(Verdict::ConnectionClosed);
        assert!(script.register.wants_another_way(script.now));

        let local = "192.0.2.1:6000".parse().unwrap();
        script
            .register
            .go_another_way(local, &mut script.tokens, script.now);
        let unbind = script.sent();
        script.answer(200, &[]);

        assert_eq!(unbind.header("Contact"), bind.header("Contact"));
        assert_eq!(unbind.header("Call-ID"), bind.header("Call-ID"));
        assert_eq!(unbind.header("Expires"), Some("0"));
        assert_eq!(unbind.via().unwrap().sent_by, "192.0.2.1:6000");
        assert!(unbind.cseq() > bind.cseq());
        let outcome = script.register.outcome().unwrap();
        assert!(format!("{:?}", outcome.verdict).starts_with(verdict));
        assert_eq!(outcome.unregistered, Some(Unregistered::Done));
        assert!(!script.register.wants_another_way(script.now));
    }
}

#[test]
fn path_lost_before_binding_is_not_replaced() {
    let mut unanswered = Script::new(CheckKind::Full, hashes());
    unanswered.register.fail(Verdict::ConnectionClosed);
    let mut query = Script::new(CheckKind::Query, hashes());
    query.answer(401, &[MD5]);
    query.register.fail(Verdict::ConnectionClosed);

    for script in [unanswered, query] {
        assert!(!script.register.wants_another_way(script.now));
    }
}

#[test]
fn an_answer_that_was_not_sent_yet_is_not_sent_after_all() {
    let mut script = answered();

    let goes_on = script.register.abandon();

    assert!(!goes_on);
    assert!(script.register.poll_transmit().is_none());
    assert_eq!(script.left_behind(), None);
}

#[test]
fn kept_registration_is_refreshed_as_the_same_binding() {
    let mut script = Script::with(TransportName::Udp, CheckKind::Full, password(), |plan| {
        plan.kind = Kind::Kept;
    });
    let first = script.sent();
    script.answer(200, &[]);
    assert!(!script.is_open());

    script.register.refresh(&mut script.tokens, script.now);

    // RFC 3261 section 10.2.4.
    let again = script.sent();
    for name in ["Contact", "Call-ID", "Expires"] {
        assert_eq!(again.header(name), first.header(name));
    }
    assert!(again.cseq() > first.cseq());
    assert!(script.is_open());
    script.answer(200, &[]);
    assert_eq!(*script.verdict(), Verdict::AcceptedUnasked);
}
