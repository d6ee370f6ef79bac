use registrar_digest::Hashes;
use registrar_secret::SipPassword;

use super::fixture::{QUICK, REALM, against, quiet, request, user_name};
use super::*;
use crate::scripted::{Act, Scripted, challenge, status};

#[tokio::test]
async fn refused_composite_name_is_followed_by_name_with_realm() {
    for transport in [TransportName::Udp, TransportName::Tcp] {
        let ask = || challenge(REALM, ", qop=\"auth\"");
        let script = [ask(), ask(), ask(), status(200)];
        let registrar = Scripted::start(transport, &script).await;
        let request = request(&registrar, CheckKind::Query, transport);

        let outcome = check(&request, QUICK, &quiet).await;

        assert_eq!(outcome.accepted_user_name.as_deref(), Some("bob@r.example"));
        let heard = registrar.heard();
        let names: Vec<Option<String>> = heard.iter().map(user_name).collect();
        let tried = [None, Some("bob"), None, Some("bob@r.example")];
        assert_eq!(names, tried.map(|name| name.map(str::to_owned)));
        assert_ne!(
            heard[1].header("Call-ID"),
            heard[2].header("Call-ID"),
            "the second name begins afresh"
        );
        assert_eq!(outcome.message_chart.len(), 8);
        assert!(outcome.seen_as.unwrap().starts_with("127.0.0.1:"));
    }
}

#[tokio::test]
async fn each_line_has_its_time_and_its_two_ends() {
    for transport in [TransportName::Udp, TransportName::Tcp] {
        let ask = || challenge(REALM, ", qop=\"auth\"");
        let registrar = Scripted::start(transport, &[ask(), ask(), ask(), status(200)]).await;
        let request = request(&registrar, CheckKind::Query, transport);
        let before = clock::now_ms();

        let CheckOutcome {
            message_chart,
            timing,
            ..
        } = check(&request, QUICK, &quiet).await;

        assert!((before..=clock::now_ms()).contains(&timing.began_ms));
        assert_eq!(timing.stamps.len(), message_chart.len());
        let mut locals = std::collections::BTreeSet::new();
        for (stamp, line) in timing.stamps.iter().zip(&message_chart) {
            let ends = stamp.ends.unwrap();
            assert_eq!(stamp.at.as_millis(), u128::from(line.at_ms));
            assert_eq!(
                (ends.remote, ends.transport),
                (registrar.address, transport)
            );
            assert!(ends.local.ip().is_loopback() && ends.local.port() != 0);
            locals.insert(ends.local);
        }
        assert_eq!(locals.len(), 2, "each name form has a socket of its own");
        assert!(timing.stamps.is_sorted_by_key(|stamp| stamp.at));
    }
}

#[tokio::test]
async fn an_answer_is_found_with_its_request_in_what_is_shown() {
    let registrar = Scripted::start(TransportName::Udp, &[status(200)]).await;
    let request = request(&registrar, CheckKind::Query, TransportName::Udp);

    let outcome = check(&request, QUICK, &quiet).await;

    let call_id = |line: &TracedMessage| {
        let lines = line.text.lines();
        lines
            .into_iter()
            .find_map(|line| line.strip_prefix("Call-ID: ").map(str::to_owned))
    };
    let calls: Vec<String> = outcome.message_chart.iter().filter_map(call_id).collect();
    assert_eq!(calls.len(), 2);
    assert_eq!(calls[0], calls[1], "no part of it was taken for a hash");
}

#[tokio::test]
async fn a_404_proves_a_credential_only_after_an_answer() {
    for (script, proved) in [
        (vec![challenge(REALM, ""), status(404)], true),
        (vec![challenge(REALM, ""), status(501)], true),
        (vec![challenge(REALM, ""), status(400)], false),
        (vec![challenge(REALM, ""), status(403)], false),
        (vec![challenge(REALM, ""), status(500)], false),
        (vec![status(404)], false),
        (vec![challenge("other.example", ""), status(404)], false),
    ] {
        let (outcome, _) = against(CheckKind::Query, &script).await;

        assert_eq!(outcome.verdict.proved(), proved, "{script:?}");
    }
}

#[tokio::test]
async fn a_registrar_that_asks_for_ever_is_asked_four_times() {
    let registrar = Scripted::start(TransportName::Udp, &[challenge(REALM, "")]).await;
    let request = request(&registrar, CheckKind::Full, TransportName::Udp);

    let outcome = check(&request, QUICK, &quiet).await;

    assert_eq!(registrar.heard().len(), 4);
    let tried = vec!["bob".to_owned(), "bob@r.example".to_owned()];
    assert_eq!(outcome.verdict, Verdict::CredentialRefused { tried });
}

#[tokio::test]
async fn refused_sha_256_is_followed_by_md5_if_both_were_offered() {
    let both = || {
        let offers = "Digest realm=\"r.example\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256, \
                      Digest realm=\"r.example\", nonce=\"n\", qop=\"auth\"";
        Act::Answer(401, vec![("WWW-Authenticate", offers.to_owned())])
    };
    let mut script: Vec<Act> = std::iter::repeat_with(both).take(5).collect();
    script.push(status(200));
    let registrar = Scripted::start(TransportName::Udp, &script).await;
    let mut request = request(&registrar, CheckKind::Query, TransportName::Udp);
    request.proof = Proof::Password(SipPassword::new("canary-7f3a"));

    let outcome = check(&request, QUICK, &quiet).await;

    assert_eq!(outcome.accepted_user_name.as_deref(), Some("bob"));
    let heard = registrar.heard();
    let answers: Vec<bool> = heard
        .iter()
        .filter_map(|sent| sent.header("Authorization"))
        .map(|answer| answer.contains("algorithm=SHA-256"))
        .collect();
    assert_eq!(answers, [true, true, false]);
    let never = Scripted::start(TransportName::Udp, &[both()]).await;
    request.targets = vec![Target::typed(never.address)];
    check(&request, QUICK, &quiet).await;
    assert_eq!(never.heard().len(), 8, "two names, two algorithms");
}

#[tokio::test]
async fn wire_time_is_from_the_first_request_to_the_last_answer() {
    let script = [challenge(REALM, ""), status(200)];
    let registrar = Scripted::start(TransportName::Udp, &script).await;
    let silent = Scripted::start(TransportName::Udp, &[Act::Silent]).await;
    let began = Instant::now();

    let answered = request(&registrar, CheckKind::Query, TransportName::Udp);
    let answered = check(&answered, QUICK, &quiet).await;
    let whole = began.elapsed();
    let unanswered = request(&silent, CheckKind::Query, TransportName::Udp);
    let unanswered = check(&unanswered, QUICK, &quiet).await;

    assert!(answered.wire > Duration::ZERO && answered.wire <= whole);
    assert_eq!(unanswered.wire, Duration::ZERO);
}

#[tokio::test]
async fn one_hash_alone_is_tried_in_its_own_form_only() {
    let made = Hashes::make("bob", REALM, &SipPassword::new("canary-7f3a"));
    for (proof, name) in [
        (Proof::Hash1(made.hash1.clone()), "bob"),
        (Proof::Hash1b(made.hash1b.clone()), "bob@r.example"),
    ] {
        let registrar = Scripted::start(TransportName::Udp, &[challenge(REALM, "")]).await;
        let mut request = request(&registrar, CheckKind::Query, TransportName::Udp);
        request.proof = proof;

        let outcome = check(&request, QUICK, &quiet).await;

        let tried = vec![name.to_owned()];
        assert_eq!(outcome.verdict, Verdict::CredentialRefused { tried });
        let heard = registrar.heard();
        let names: Vec<Option<String>> = heard.iter().map(user_name).collect();
        assert_eq!(names, [None, Some(name.to_owned())]);
    }
}

#[tokio::test]
async fn the_whole_check_ends_in_its_time() {
    let registrar = Scripted::start(TransportName::Udp, &[Act::Silent]).await;
    let mut request = request(&registrar, CheckKind::Query, TransportName::Udp);
    request.targets = vec![Target::typed(registrar.address); 50];
    let limits = Limits {
        give_up: Duration::from_millis(200),
        total: Duration::from_millis(500),
    };
    let began = Instant::now();

    let outcome = check(&request, limits, &quiet).await;

    assert_eq!(outcome.verdict, Verdict::OutOfTime);
    assert!(began.elapsed() < Duration::from_secs(3));
    assert!(!outcome.message_chart.is_empty(), "what was sent is kept");
}

#[tokio::test]
async fn the_next_address_is_tried_where_nobody_listens() {
    // Nobody listens at this port, and no test is given it.
    let closed = Target::typed("127.0.0.1:1".parse().unwrap());
    for transport in [TransportName::Udp, TransportName::Tcp] {
        let script = [challenge(REALM, ""), status(200)];
        let registrar = Scripted::start(transport, &script).await;
        let mut request = request(&registrar, CheckKind::Query, transport);
        request.targets.insert(0, closed.clone());
        request.targets.push(closed.clone());
        let began = Instant::now();

        let outcome = check(&request, Limits::default(), &quiet).await;

        assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
        assert!(outcome.target.ends_with(&registrar.address.to_string()));
        let tried: Vec<&Target> = outcome.tried.iter().map(|tried| &tried.target).collect();
        assert_eq!(
            tried,
            [&closed, &request.targets[1]],
            "the third needs no try"
        );
        assert_eq!(outcome.tried[0].verdict, Verdict::NobodyListens);
        assert!(outcome.tried[1].verdict.proved());
        let answers = outcome.message_chart.iter().filter(|line| !line.sent);
        assert!(
            answers.map(|line| line.target).eq([1, 1]),
            "both answers came from the second"
        );
        assert!(
            began.elapsed() < Duration::from_secs(4),
            "a closed port shows at once"
        );
    }
}

#[tokio::test]
async fn unsendable_address_counts_less_than_one_that_was_reached() {
    // RFC 4291 section 2.7: a multicast address takes no connection.
    let unreachable = Target::typed("[ff0e::1]:9".parse().unwrap());
    let closed = Target::typed("127.0.0.1:1".parse().unwrap());
    let registrar = Scripted::start(TransportName::Tcp, &[status(200)]).await;
    let mut request = request(&registrar, CheckKind::Query, TransportName::Tcp);
    for targets in [[&unreachable, &closed], [&closed, &unreachable]] {
        request.targets = targets.map(Clone::clone).to_vec();

        let outcome = check(&request, QUICK, &quiet).await;

        assert_eq!(outcome.verdict, Verdict::NobodyListens);
        assert_eq!(outcome.target, "TCP 127.0.0.1:1");
        assert_eq!(outcome.tried.len(), 2);
    }
}

#[tokio::test]
async fn no_line_of_the_chart_holds_a_secret() {
    let echo = Act::Answer(
        200,
        vec![("X-Echo", "0123456789abcdef0123456789abcdef".into())],
    );
    let script = [challenge(REALM, ", qop=\"auth\""), echo];
    let registrar = Scripted::start(TransportName::Udp, &script).await;
    let request = request(&registrar, CheckKind::Query, TransportName::Udp);

    let outcome = check(&request, QUICK, &quiet).await;

    let Proof::Hashes(hashes) = &request.proof else {
        panic!("the request holds hashes")
    };
    let answer = registrar.heard()[1]
        .header("Authorization")
        .unwrap()
        .to_owned();
    let read = registrar_sip::challenge::schemes(&answer);
    let response = registrar_sip::syntax::value(&read[0].1, "response").unwrap();
    let shown = format!("{outcome:?}");
    assert!(shown.contains("nonce"), "{shown}");
    for secret in [
        response,
        hashes.hash1.expose(),
        hashes.hash1b.as_ref().unwrap().expose(),
        "0123456789abcdef0123456789abcdef",
    ] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
