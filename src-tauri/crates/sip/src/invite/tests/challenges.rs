//! Any request may be challenged, but not endlessly.

use registrar_digest::Hashes;

use super::*;

fn challenge(name: &'static str, realm: &str, more: &str) -> (&'static str, String) {
    (
        name,
        format!("Digest realm=\"{realm}\", nonce=\"{more}\", qop=\"auth\"{more}"),
    )
}

impl Script {
    fn refuse(&mut self, request: &Message, header: &(&'static str, String)) {
        let status = if header.0 == "WWW-Authenticate" {
            401
        } else {
            407
        };
        self.answer(request, status, &[(header.0, &header.1)]);
    }
}

#[test]
fn a_device_behind_the_registrar_may_ask_as_well() {
    let mut script = Script::with(|plan| plan.other_realms = vec!["pbx.example".to_owned()]);
    let first = script.sent();
    script.refuse(&first, &challenge("Proxy-Authenticate", "r.example", ""));
    let second = script.all_sent().pop().unwrap();
    script.refuse(&second, &challenge("WWW-Authenticate", "pbx.example", ""));
    let third = script.all_sent().pop().unwrap();
    let taken = script.answer(&third, 200, &[]);
    let ack = script.sent();
    script.hang_up();
    let bye = script.sent();

    assert!(second.header("Authorization").is_none());
    for message in [&third, &ack, &bye] {
        assert!(
            message
                .header("Authorization")
                .unwrap()
                .contains("pbx.example")
        );
        assert!(
            message
                .header("Proxy-Authorization")
                .unwrap()
                .contains("r.example")
        );
    }
    assert_eq!(taken.cseq(), Some((3, "INVITE")));
    assert_eq!(
        ack.header("Authorization"),
        third.header("Authorization"),
        "the ACK carries the INVITE's own answers"
    );
}

#[test]
fn a_proof_is_taken_once_the_call_goes_on() {
    let asks = challenge("Proxy-Authenticate", "r.example", "");
    for (asked, status, accepted) in [
        (true, 486, true),
        (true, 180, true),
        (true, 200, true),
        (true, 603, true),
        (true, 100, false),
        (true, 403, false),
        (true, 407, false),
        (true, 500, false),
        (false, 486, false),
        (false, 200, false),
    ] {
        let mut script = Script::new();
        let mut invite = script.sent();
        if asked {
            script.refuse(&invite, &asks);
            invite = script.all_sent().pop().unwrap();
        }
        script.answer(&invite, status, &[(asks.0, &asks.1)]);

        let realms: &[&str] = if accepted { &["r.example"] } else { &[] };
        assert_eq!(script.call.accepted(), realms, "{asked} {status}");
    }
}

#[test]
fn no_request_of_a_call_answers_a_realm_that_nobody_allowed() {
    let asks = challenge("WWW-Authenticate", "pbx.example", "");
    let why = Unanswerable::OtherRealm("pbx.example".to_owned());
    let mut script = Script::new();
    let first = script.sent();
    script.refuse(&first, &asks);
    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.all_sent(), []);
    assert_eq!(script.call.end(), Some(&CallEnd::CannotAnswer(why)));

    let (mut script, ..) = Script::talking();
    script.hold(true);
    let hold = script.sent();
    script.refuse(&hold, &asks);
    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.all_sent(), [], "the hold is not tried again");

    let (mut script, ..) = Script::talking();
    script.hang_up();
    let bye = script.sent();
    script.refuse(&bye, &asks);
    assert_eq!(script.all_sent(), [], "the BYE is not sent again");
    assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: true }));
}

#[test]
fn an_old_nonce_is_answered_twice_more_and_then_no_longer() {
    let mut script = Script::new();
    let first = script.sent();
    script.refuse(&first, &challenge("Proxy-Authenticate", "r.example", ""));
    let stale = challenge("Proxy-Authenticate", "r.example", ", stale=true");
    let mut sent = 0;
    while script.call.end().is_none() {
        let last = script.all_sent().pop().unwrap();
        if last.method() == "INVITE" {
            sent += 1;
            script.refuse(&last, &stale);
        }
    }

    assert_eq!(sent, 3);
    assert_eq!(script.call.end(), Some(&CallEnd::StaleWithoutEnd));
}

#[test]
fn a_refusal_is_told_of_the_realm_that_was_answered() {
    for (realm, end) in [
        ("r.example", CallEnd::CredentialRefused),
        (
            "pbx.example",
            CallEnd::RealmDiffers {
                asked: "pbx.example".to_owned(),
            },
        ),
    ] {
        let mut script = Script::with(|plan| plan.other_realms = vec!["pbx.example".to_owned()]);
        let asks = challenge("Proxy-Authenticate", realm, "");
        let first = script.sent();
        script.refuse(&first, &asks);
        let second = script.all_sent().pop().unwrap();
        script.refuse(&second, &asks);
        script.all_sent();

        assert_eq!(script.call.end(), Some(&end));
    }
}

#[test]
fn challenged_bye_is_answered_and_two_refusals_end_the_call() {
    let mut script = Script::new();
    let first = script.sent();
    script.refuse(&first, &challenge("Proxy-Authenticate", "r.example", ""));
    let second = script.all_sent().pop().unwrap();
    script.answer(&second, 200, &[]);
    script.all_sent();
    script.hang_up();
    let bye = script.sent();
    script.refuse(&bye, &challenge("Proxy-Authenticate", "r.example", ""));
    let again = script.sent();
    assert_eq!(script.call.end(), None);
    script.refuse(&again, &challenge("Proxy-Authenticate", "r.example", ""));

    assert!(
        bye.header("Proxy-Authorization").is_some(),
        "it is proved at once"
    );
    assert_eq!(bye.cseq(), Some((3, "BYE")));
    assert_eq!(again.cseq(), Some((4, "BYE")));
    assert_ne!(again.via(), bye.via());
    assert_ne!(
        again.header("Proxy-Authorization"),
        bye.header("Proxy-Authorization")
    );
    assert_eq!(script.call.end(), Some(&CallEnd::HungUp { by_us: true }));
}

#[test]
fn a_challenged_hold_is_answered_once() {
    let (mut script, ..) = Script::talking();
    script.hold(true);
    let ask = script.sent();
    let asks = challenge("WWW-Authenticate", "r.example", "");
    script.refuse(&ask, &asks);
    let [ack, again] = script.all_sent().try_into().unwrap();
    script.refuse(&again, &asks);

    assert_eq!(ack.method(), "ACK");
    assert_eq!(again.body, ask.body, "it is the same offer");
    assert!(again.header("Authorization").is_some());
    assert_eq!(script.sent().method(), "ACK");
    assert_eq!(script.all_sent(), []);
    assert_eq!(script.call.end(), None, "the call goes on as it was");
}

#[test]
fn what_cannot_be_answered_is_told_apart() {
    let stored = Hashes::make("bob", "r.example", &SipPassword::new("x"));
    for (header, why) in [
        (
            r#"Digest realm="other", nonce="n", qop="auth""#,
            Unanswerable::OtherRealm("other".to_owned()),
        ),
        (
            r#"Digest realm="r.example", nonce="n", algorithm=SHA-256"#,
            Unanswerable::Sha256Only,
        ),
        (
            r#"Basic realm="r.example""#,
            Unanswerable::Unknown(vec!["Basic".to_owned()]),
        ),
        ("", Unanswerable::Nothing),
    ] {
        let mut script = Script::with(|plan| {
            plan.proof = Proof::Hashes(stored.clone().into());
            plan.realm = "r.example".to_owned();
        });
        let invite = script.sent();
        script.answer(&invite, 401, &[("WWW-Authenticate", header)]);

        assert_eq!(script.sent().method(), "ACK");
        assert_eq!(script.all_sent(), []);
        assert_eq!(script.call.end(), Some(&CallEnd::CannotAnswer(why)));
    }
}

#[test]
fn stored_hashes_prove_a_call() {
    let stored = Hashes::make("bob", "r.example", &SipPassword::new("x"));
    let by = |proof: Proof| {
        let mut script = Script::with(|plan| {
            plan.proof = proof.clone();
            plan.realm = "r.example".to_owned();
        });
        let invite = script.sent();
        script.answer(&invite, 407, &[CHALLENGE]);
        let again = script.all_sent().pop().unwrap();
        again.header("Proxy-Authorization").unwrap().to_owned()
    };

    assert_eq!(
        by(Proof::Hashes(stored.into())),
        by(Proof::Password(SipPassword::new("x")))
    );
}
