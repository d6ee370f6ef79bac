//! Kamailio fails in every way, and the app's check tells the failures apart.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use registrar_digest::Hashes;
use registrar_http::trust::Trust;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::register::Meaning;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Checks, Limits, check};
use registrar_user_agent::message_chart::{MessageMeaning, TracedMessage};
use registrar_user_agent::resolve::Target;

use crate::credentials::Credential;
use crate::kamailio::Kamailio;
use crate::relay::{Relay, Rules};
use crate::{BOTH, REALM, app_checks, free_port};

/// Returns a credential that goes wrong as its name says.
fn fault(user: &'static str) -> Credential {
    Credential {
        user,
        domain: None,
        password: "pass word",
    }
}

fn by_password(credential: &Credential) -> Proof {
    Proof::Password(credential.password())
}

fn by_hashes(credential: &Credential) -> Proof {
    Proof::Hashes(credential.hashes().into())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_of_kamailio_has_its_own_verdict() {
    let kamailio = Kamailio::start(&fault("nobody").row(), 300, true);
    for transport in BOTH {
        for (user, verdict) in [
            (
                "fault-302",
                Verdict::Redirected {
                    to: vec!["<sip:other.registrar.invalid:5099>".to_owned()],
                },
            ),
            (
                "fault-403",
                Verdict::Forbidden {
                    answered: false,
                    query: true,
                },
            ),
            ("fault-404", Verdict::UnknownUser),
            ("fault-500", Verdict::ServerFailed { status: 500 }),
            (
                "fault-503",
                Verdict::ServiceUnavailable {
                    retry_after: Some(Duration::from_secs(30)),
                },
            ),
            (
                "fault-basic",
                Verdict::CannotAnswer {
                    offered: vec!["Basic".to_owned()],
                },
            ),
            ("fault-sha256", Verdict::Sha256Only),
            (
                "fault-realm",
                Verdict::RealmNotAnswered {
                    asked: "other.realm.invalid".to_owned(),
                },
            ),
        ] {
            let proof = by_hashes(&fault(user));
            let outcome = app_checks(kamailio.port, user, proof, CheckKind::Query, transport).await;

            assert_eq!(outcome.verdict, verdict, "{user}");
            assert_eq!(
                outcome.message_chart.len(),
                2,
                "{user}: one question, one answer"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_be_answered_is_answered() {
    let users = ["fault-407", "fault-423", "fault-multi", "fault-realms"];
    let rows: String = users.iter().map(|user| fault(user).row()).collect();
    let kamailio = Kamailio::start(&rows, 300, true);
    for transport in BOTH {
        for user in users {
            let credential = fault(user);
            // With a password the first offer of 'fault-multi' is taken, SHA-256, which Kamailio
            // refuses; then MD5 is.
            for proof in [by_hashes(&credential), by_password(&credential)] {
                let outcome =
                    app_checks(kamailio.port, user, proof, CheckKind::Full, transport).await;

                assert!(outcome.verdict.proved(), "{user}: {outcome:?}");
                assert_eq!(outcome.unregistered, Some(Unregistered::Done), "{user}");
                let longer = outcome
                    .bindings
                    .iter()
                    .any(|binding| binding.expires > 1700);
                assert_eq!(longer, user == "fault-423");
            }
        }
    }
    assert!(kamailio.bindings().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registrar_that_never_accepts_is_not_asked_for_ever() {
    let kamailio = Kamailio::start(&fault("nobody").row(), 300, true);
    let credential = fault("fault-loop401");
    let (port, proof) = (kamailio.port, by_password(&credential));

    let outcome = app_checks(
        port,
        credential.user,
        proof,
        CheckKind::Full,
        TransportName::Udp,
    )
    .await;

    let sent = outcome
        .message_chart
        .iter()
        .filter(|line| line.sent)
        .count();
    assert_eq!(sent, 4, "two for each form of the name");
    assert!(matches!(outcome.verdict, Verdict::CredentialRefused { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_ends_in_its_time() {
    let kamailio = Kamailio::start(&fault("nobody").row(), 300, true);
    for (transport, sends) in [(TransportName::Udp, 2), (TransportName::Tcp, 1)] {
        let request = request(kamailio.port, &fault("fault-silent"), transport);
        let limits = Limits {
            give_up: Duration::from_millis(900),
            ..Limits::default()
        };

        let outcome = check(&request, limits, &|_| {}).await;

        assert_eq!(outcome.verdict, Verdict::NoAnswer { provisional: false });
        assert_eq!(outcome.message_chart.len(), sends);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_realm_gets_an_answer_only_when_allowed() {
    let credential = fault("bob");
    let kamailio = Kamailio::start(&credential.row(), 300, true);
    let mut request = request(kamailio.port, &credential, TransportName::Udp);
    request.realm = "acme".to_owned();
    let password = credential.password();

    let checks = Checks::default();
    let hashes = Proof::Hashes(Hashes::make("bob", "acme", &password).into());
    let wrong = Proof::Password(SipPassword::new("wrong"));
    let asked = REALM.to_owned();

    for (proof, allowed, sends, verdict) in [
        (hashes.clone(), false, 1, not_answered()),
        (wrong.clone(), false, 1, not_answered()),
        (hashes, true, 1, not_answered()),
        (wrong, true, 4, Verdict::RealmDiffers { asked }),
        (
            by_password(&credential),
            true,
            2,
            Verdict::AcceptedForOtherRealm {
                asked: REALM.to_owned(),
            },
        ),
    ] {
        if allowed {
            checks.consents().allow(&request.target_name, REALM);
        }
        request.proof = proof;
        let outcome = checks.check(&request, Limits::default(), &|_| {}).await;

        assert_eq!(outcome.verdict, verdict);
        let sent = outcome
            .message_chart
            .iter()
            .filter(|line| line.sent)
            .count();
        assert_eq!(sent, sends);
    }
}

fn not_answered() -> Verdict {
    Verdict::RealmNotAnswered {
        asked: REALM.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_hash_alone_proves_its_own_name_and_not_the_other() {
    let credential = fault("bob");
    let kamailio = Kamailio::start(&credential.row(), 300, true);
    let made = credential.python_hashes();
    let with_realm = format!("bob@{REALM}");
    for transport in BOTH {
        for (proof, name) in [
            (Proof::Hash1(made.hash1.clone()), Ok("bob")),
            (Proof::Hash1b(made.hash1b.clone()), Ok(&*with_realm)),
            (Proof::Hash1(made.hash1b.clone()), Err("bob")),
            (Proof::Hash1b(made.hash1.clone()), Err(&*with_realm)),
        ] {
            let port = kamailio.port;
            let outcome = app_checks(port, "bob", proof, CheckKind::Query, transport).await;

            assert_eq!(outcome.accepted_user_name.as_deref(), name.ok());
            if let Err(name) = name {
                let tried = vec![name.to_owned()];
                assert_eq!(outcome.verdict, Verdict::CredentialRefused { tried });
            }
            assert_eq!(outcome.message_chart.len(), 4, "no other name was tried");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn old_nonce_without_stale_reads_as_a_refusal_and_ends() {
    let kamailio = Kamailio::start(&fault("bob").row(), 3, false);

    let outcome = held_back(&kamailio, "\r\nAuthorization:").await;

    // Without stale=true it cannot be told from a wrong password: the other name is tried afresh,
    // and that one is right.
    let accepted = outcome.accepted_user_name.unwrap();
    assert_eq!(accepted, format!("bob@{REALM}"));
    assert_eq!(outcome.unregistered, Some(Unregistered::Done));
    assert!(kamailio.bindings().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_port_shows_at_once() {
    let closed = free_port();
    for transport in BOTH {
        let proof = by_hashes(&fault("bob"));
        let outcome = app_checks(closed, "bob", proof, CheckKind::Full, transport).await;

        assert_eq!(outcome.verdict, Verdict::NobodyListens);
        assert!(outcome.left.is_empty());
    }
}

/// Runs a full check through a relay that once holds a request back, for longer than a nonce lives.
async fn held_back(kamailio: &Kamailio, part: &'static str) -> CheckOutcome {
    let held = AtomicBool::new(false);
    let rules = Rules {
        hold: Box::new(move |text| {
            let now = text.contains(part) && !held.swap(true, Ordering::Relaxed);
            Duration::from_millis(if now { 4500 } else { 0 })
        }),
        ..Rules::default()
    };
    let relay = Relay::start(kamailio.port, rules).await;
    let mut request = request(relay.port, &fault("bob"), TransportName::Udp);
    request.kind = CheckKind::Full;
    check(&request, Limits::default(), &|_| {}).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_nonce_is_answered_anew_where_kamailio_says_so() {
    let kamailio = Kamailio::start(&fault("bob").row(), 3, true);

    let outcome = held_back(&kamailio, "\r\nAuthorization:").await;

    assert_eq!(outcome.accepted_user_name.as_deref(), Some("bob"));
    let stale = |line: &TracedMessage| line.text.to_lowercase().contains("stale=true");
    assert!(
        outcome.message_chart.iter().any(stale),
        "{:?}",
        outcome.message_chart
    );
    assert_eq!(outcome.unregistered, Some(Unregistered::Done));
}

#[tokio::test(flavor = "multi_thread")]
async fn binding_is_removed_even_if_an_old_nonce_is_not_called_stale() {
    let kamailio = Kamailio::start(&fault("bob").row(), 3, false);

    let outcome = held_back(&kamailio, "\r\nExpires: 0").await;

    assert!(outcome.verdict.proved(), "{:?}", outcome.verdict);
    let asks = |line: &&TracedMessage| {
        matches!(
            &line.meaning,
            MessageMeaning::RegisterHeard(Meaning::Asks { .. })
        )
    };
    assert_eq!(
        outcome.message_chart.iter().filter(asks).count(),
        3,
        "the query and the registration were challenged, and the un-registration afresh"
    );
    assert_eq!(outcome.unregistered, Some(Unregistered::Done));
    assert!(kamailio.bindings().is_empty());
}

pub(crate) fn request(
    port: u16,
    credential: &Credential,
    transport: TransportName,
) -> CheckRequest {
    CheckRequest {
        realm: REALM.to_owned(),
        composite: credential.name(),
        proof: by_password(credential),
        kind: CheckKind::Query,
        transport,
        targets: vec![Target::typed((std::net::Ipv4Addr::LOCALHOST, port).into())],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    }
}
