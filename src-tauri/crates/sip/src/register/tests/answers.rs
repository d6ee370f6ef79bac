//! How challenges are answered.

use super::*;
use crate::challenge::{Algorithm, schemes};
use crate::syntax::value;

#[test]
fn a_stale_nonce_is_answered_twice_more_and_then_no_longer() {
    let mut script = Script::new(CheckKind::Query, password());
    script.answer(401, &[MD5]);

    for _ in 0..2 {
        script.answer(401, &[STALE]);
        assert!(script.is_open());
    }
    script.answer(401, &[STALE]);

    assert_eq!(*script.verdict(), Verdict::StaleWithoutEnd);
    assert_eq!(script.register.number, 4);
}

#[test]
fn a_407_is_answered_with_proxy_authorization() {
    let mut script = Script::new(CheckKind::Query, password());

    script.answer(407, &[("Proxy-Authenticate", MD5.1)]);
    script.sent();
    let sent = script.register.sent.clone().unwrap().message;

    assert!(sent.header("Proxy-Authorization").is_some());
    assert_eq!(sent.header("Authorization"), None);
}

#[test]
fn another_realm_gets_no_answer_unless_a_person_allowed_it() {
    let asked = "other.example".to_owned();
    for (proof, allowed) in [(hashes(), false), (hashes(), true), (password(), false)] {
        let mut script = if allowed {
            Script::allowing_other(CheckKind::Full, proof)
        } else {
            Script::new(CheckKind::Full, proof)
        };
        script.sent();
        let (_, meaning) = script.answer(401, &[OTHER]);

        let asked = asked.clone();
        assert_eq!(*script.verdict(), Verdict::RealmNotAnswered { asked });
        assert!(!script.verdict().is_checked());
        assert_eq!(script.register.number, 1, "nothing was sent for it");
        assert!(matches!(meaning, Meaning::AsksForOther { .. }));
    }
    let mut refused = Script::allowing_other(CheckKind::Query, password());
    refused.answer(401, &[OTHER]);
    refused.answer(401, &[OTHER]);
    let mut accepted = Script::allowing_other(CheckKind::Query, password());
    accepted.answer(401, &[OTHER]);
    accepted.answer(200, &[]);

    let realm = asked.clone();
    assert_eq!(*refused.verdict(), Verdict::RealmDiffers { asked: realm });
    assert_eq!(
        *accepted.verdict(),
        Verdict::AcceptedForOtherRealm { asked }
    );
}

#[test]
fn a_proxy_and_the_registrar_are_both_answered_in_one_register() {
    let proxy = ("Proxy-Authenticate", MD5.1);
    for edge in [proxy, ("Proxy-Authenticate", OTHER.1)] {
        let mut script = Script::allowing_other(CheckKind::Query, password());
        script.sent();
        script.answer(407, &[edge]);
        let to_the_proxy = script.sent();
        script.answer(401, &[MD5]);
        let to_both = script.sent();
        script.answer(200, &[]);

        assert_eq!(to_the_proxy.header("Authorization"), None);
        assert_eq!(to_both.headers("Authorization").len(), 1);
        assert_eq!(to_both.headers("Proxy-Authorization").len(), 1);
        assert!(script.verdict().proved(), "{:?}", script.verdict());
    }
}

#[test]
fn a_realm_is_spoken_of_only_where_it_was_answered() {
    let asked = || "other.example".to_owned();
    let user_name = vec!["bob@somewhere.com".to_owned()];
    let proxy = ("Proxy-Authenticate", MD5.1);
    let other_proxy = ("Proxy-Authenticate", OTHER.1);
    let basic = ("WWW-Authenticate", "Basic realm=\"r.example\"");
    for (proof, answers, verdict) in [
        // The proxy accepts the answer, and the registrar asks for a realm that isn't allowed.
        (
            hashes(),
            vec![(407, proxy), (401, OTHER)],
            Verdict::RealmNotAnswered { asked: asked() },
        ),
        (
            hashes(),
            vec![(407, other_proxy)],
            Verdict::RealmNotAnswered { asked: asked() },
        ),
        (
            hashes(),
            vec![(407, proxy), (401, MD5), (401, MD5)],
            Verdict::CredentialRefused {
                tried: user_name.clone(),
            },
        ),
        (
            hashes(),
            vec![(407, proxy), (407, proxy)],
            Verdict::CredentialRefused { tried: user_name },
        ),
        (
            hashes(),
            vec![(407, proxy), (401, basic)],
            Verdict::CannotAnswer {
                offered: vec!["Basic".to_owned()],
            },
        ),
    ] {
        let mut script = Script::new(CheckKind::Query, proof);
        for (status, header) in &answers {
            script.answer(*status, &[*header]);
        }

        assert_eq!(*script.verdict(), verdict, "{answers:?}");
    }
    let mut script = Script::allowing_other(CheckKind::Query, password());
    script.answer(407, &[other_proxy]);
    script.answer(401, &[MD5]);
    script.answer(407, &[other_proxy]);
    script.answer(407, &[other_proxy]);
    assert_eq!(
        *script.verdict(),
        Verdict::RealmDiffers { asked: asked() },
        "a proxy with a new nonce is answered once more, and then refuses"
    );
}

#[test]
fn the_new_nonce_after_a_423_is_answered_and_no_endless_one() {
    let mut script = Script::new(CheckKind::Full, password());
    script.answer(401, &[MD5]);
    script.answer(423, &[("Min-Expires", "90")]);
    script.sent();

    script.answer(401, &[MD5]);
    let again = script.sent();
    assert_eq!(again.header("Expires"), Some("90"));
    let counted = schemes(again.header("Authorization").unwrap());
    assert_eq!(value(&counted[0].1, "nc"), Some("00000001"));
    script.answer(401, &[MD5]);

    assert!(matches!(
        script.verdict(),
        Verdict::CredentialRefused { .. }
    ));
}

#[test]
fn each_of_many_challengers_is_answered_a_few_times_at_most() {
    let proxy = ("Proxy-Authenticate", MD5.1);
    let mut script = Script::new(CheckKind::Query, password());
    for round in 0..20 {
        let (status, header) = if round % 2 == 0 {
            (407, proxy)
        } else {
            (401, MD5)
        };
        if !script.is_open() {
            break;
        }
        script.answer(status, &[header]);
    }

    assert!(!script.is_open());
    assert!(script.register.number <= 6, "{}", script.register.number);
}

#[test]
fn a_second_challenge_without_stale_is_a_wrong_credential() {
    let mut script = Script::new(CheckKind::Query, password());
    script.answer(401, &[MD5]);

    let (_, meaning) = script.answer(401, &[MD5]);

    assert_eq!(meaning, Meaning::RefusedAnswer);
    assert_eq!(
        *script.verdict(),
        Verdict::CredentialRefused {
            tried: vec!["bob@somewhere.com".to_owned()]
        }
    );
}

#[test]
fn each_challenge_gets_one_header_with_a_fresh_cnonce() {
    const BOTH: (&str, &str) = (
        "WWW-Authenticate",
        r#"Basic realm="r.example", Digest realm="r.example", nonce="s", qop="auth", algorithm=SHA-256, Digest realm="r.example", nonce="n1", qop="auth-int, auth", opaque="o""#,
    );
    let mut script = Script::new(CheckKind::Query, hashes());
    let first = script.sent();
    script.answer(401, &[BOTH, OTHER]);
    let second = script.sent();
    script.answer(401, &[STALE]);
    let third = script.sent();

    assert_eq!(first.header("Authorization"), None, "no old nonce is used");
    let mut cnonces = Vec::new();
    for (answer, nonce) in [(&second, "n1"), (&third, "n2")] {
        assert_eq!(answer.headers("Authorization").len(), 1);
        let read = schemes(answer.header("Authorization").unwrap());
        let [(scheme, parameters)] = &read[..] else {
            panic!("{read:?}")
        };
        assert_eq!(scheme, "Digest");
        assert_eq!(value(parameters, "algorithm"), Some("MD5"));
        assert_eq!(value(parameters, "nonce"), Some(nonce));
        assert_eq!(value(parameters, "nc"), Some("00000001"));
        cnonces.push(value(parameters, "cnonce").unwrap().to_owned());
    }
    assert_ne!(cnonces[0], cnonces[1]);
    let opaque = schemes(second.header("Authorization").unwrap());
    assert_eq!(value(&opaque[0].1, "opaque"), Some("o"));
}

#[test]
fn every_request_asks_for_our_port_and_fits_a_datagram() {
    for kind in [CheckKind::Query, CheckKind::Full] {
        let mut script = Script::new(kind, hashes());
        let mut sent = vec![script.sent()];
        script.answer(401, &[MD5]);
        sent.push(script.sent());
        script.answer(200, &[]);
        if kind == CheckKind::Full {
            sent.push(script.sent());
        }

        for (number, request) in (1..).zip(&sent) {
            assert!(request.header("Via").unwrap().contains(";rport;"));
            assert_eq!(request.cseq(), Some((number, "REGISTER")));
            assert_eq!(request.header("Call-ID"), sent[0].header("Call-ID"));
            assert_ne!(request.header("Contact"), Some("*"), "others stay");
            assert!(request.to_bytes().len() < 1300, "RFC 3261 section 18.1.1");
        }
    }
}

#[test]
fn only_basic_is_refused_and_nothing_is_sent_for_it() {
    for proof in [password(), hashes()] {
        let mut script = Script::new(CheckKind::Full, proof);
        script.sent();

        script.answer(401, &[("WWW-Authenticate", "Basic realm=\"r.example\"")]);

        let offered = vec!["Basic".to_owned()];
        assert_eq!(*script.verdict(), Verdict::CannotAnswer { offered });
        assert!(script.register.poll_transmit().is_none());
    }
}

#[test]
fn one_hash_alone_answers_in_its_own_form() {
    let made = Hashes::make("bob@somewhere.com", REALM, &SipPassword::new("x"));
    for (proof, form, user_name) in [
        (
            Proof::Hash1(made.hash1.clone()),
            NameForm::Composite,
            "bob@somewhere.com",
        ),
        (
            Proof::Hash1b(made.hash1b.clone()),
            NameForm::WithRealm,
            "bob@somewhere.com@r.example",
        ),
    ] {
        let mut script = Script::new(CheckKind::Query, proof);
        script.register.plan.form = form;
        script.answer(401, &[MD5]);
        script.answer(200, &[]);

        let user_name = user_name.to_owned();
        let algorithm = Algorithm::Md5;
        let expected = Verdict::Accepted {
            user_name,
            form,
            algorithm,
        };
        assert_eq!(*script.verdict(), expected);
    }
}

#[test]
fn a_request_that_is_held_back_waits_from_then_on() {
    let mut script = Script::new(CheckKind::Query, password());
    let held = Duration::from_secs(20);
    script.now += held;

    script.register.held_until(script.now);
    let first_resend = script.register.poll_timeout().unwrap();
    script.sent();
    script.let_time_pass();

    assert_eq!(script.now - first_resend, Duration::from_millis(7500));
    assert_eq!(*script.verdict(), Verdict::NoAnswer { provisional: false });
}

#[test]
fn md5_behind_an_answered_sha_256_is_remembered() {
    let sha256 = (
        MD5.0,
        r#"Digest realm="r.example", nonce="n1", qop="auth", algorithm=SHA-256"#,
    );
    for (offered, passed_over) in [
        (&[MD5][..], false),
        (&[sha256], false),
        (&[sha256, MD5], true),
    ] {
        let mut script = Script::new(CheckKind::Query, password());
        assert!(!script.register.passed_over_md5(), "nothing was asked yet");

        script.answer(401, offered);

        assert_eq!(
            script.register.passed_over_md5(),
            passed_over,
            "{offered:?}"
        );
    }
}

#[test]
fn only_a_query_proves_something_by_a_refusal() {
    let unexpected = |status| Verdict::Unexpected {
        status,
        reason: "Words".to_owned(),
    };
    for (status, verdict) in [
        (404, Verdict::UnknownUser),
        (400, unexpected(400)),
        (405, unexpected(405)),
    ] {
        let mut full = Script::new(CheckKind::Full, password());
        full.answer(401, &[MD5]);

        full.answer(status, &[]);

        assert_eq!(*full.verdict(), verdict, "{status}");
    }
    let mut query = Script::new(CheckKind::Query, password());
    query.answer(401, &[MD5]);
    query.answer(404, &[]);
    assert!(query.verdict().proved());
    // Nothing was proved, whatever it says.
    let mut unasked = Script::new(CheckKind::Query, password());
    unasked.answer(404, &[]);
    assert_eq!(*unasked.verdict(), Verdict::UnknownUser);
}
