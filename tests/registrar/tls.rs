//! The check over TLS against Kamailio: valid and invalid certificates, and ports that don't speak
//! TLS.

use std::process::Command;
use std::time::{Duration, Instant};

use registrar_activity::Tone;
use registrar_http::trust::Trust;
use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::failure::TlsProblem;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Limits, check};
use registrar_user_agent::resolve::Target;

use crate::REALM;
use crate::credentials::{CREDENTIALS, Credential};
use crate::kamailio::Kamailio;

fn request(port: u16, transport: TransportName, trust: Trust) -> CheckRequest {
    let credential = &CREDENTIALS[1];
    CheckRequest {
        realm: REALM.to_owned(),
        composite: credential.name(),
        proof: Proof::Password(credential.password()),
        kind: CheckKind::Query,
        transport,
        targets: vec![Target::typed((std::net::Ipv4Addr::LOCALHOST, port).into())],
        target_name: REALM.to_owned(),
        trust,
    }
}

async fn run(request: &CheckRequest) -> CheckOutcome {
    check(request, Limits::default(), &|_| {}).await
}

fn rows() -> String {
    CREDENTIALS.iter().map(Credential::row).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn credential_is_proved_over_tls_by_password_and_by_hashes() {
    let kamailio = Kamailio::start_tls(&rows(), "good");
    let trust = kamailio.authority();
    for credential in &CREDENTIALS {
        for proof in credential.proofs() {
            for kind in [CheckKind::Query, CheckKind::Full] {
                let request = CheckRequest {
                    composite: credential.name(),
                    proof: proof.clone(),
                    kind,
                    ..request(kamailio.tls_port(), TransportName::Tls, trust.clone())
                };

                let outcome = run(&request).await;

                assert!(outcome.verdict.proved(), "{credential:?}: {outcome:?}");
                assert_eq!(outcome.accepted_user_name, Some(credential.name()));
                let full = kind == CheckKind::Full;
                assert_eq!(outcome.unregistered, full.then_some(Unregistered::Done));
                let first = &outcome.message_chart[0].text;
                assert!(first.contains("Via: SIP/2.0/TLS 127.0.0.1:"), "{first}");
                let mut lines = outcome.message_chart.iter();
                let contact = lines.any(|line| line.sent && line.text.contains(";transport=tls"));
                assert_eq!(contact, full);
            }
        }
    }
    let mut wrong = request(kamailio.tls_port(), TransportName::Tls, trust);
    wrong.proof = Proof::Password(SipPassword::new("wrong"));
    let outcome = run(&wrong).await;
    assert!(matches!(outcome.verdict, Verdict::CredentialRefused { .. }));
    assert!(
        kamailio.bindings().is_empty(),
        "each check took its own back"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_of_a_certificate_is_told_and_nothing_is_sent() {
    let text = |text: &str| Some(text.to_owned());
    for (certificate, problem) in [
        (
            "expired",
            TlsProblem::Expired {
                until: text("1 January 2021"),
            },
        ),
        (
            "self-signed",
            TlsProblem::UnknownIssuer {
                issuer: text("registrar.test"),
                self_signed: true,
            },
        ),
        (
            "wrong-name",
            TlsProblem::OtherName {
                asked: REALM.to_owned(),
                names: vec!["someone-else.invalid".to_owned()],
            },
        ),
    ] {
        let kamailio = Kamailio::start_tls(&rows(), certificate);
        let trust = kamailio.authority();

        let outcome = run(&request(kamailio.tls_port(), TransportName::Tls, trust)).await;

        assert_eq!(outcome.verdict, Verdict::Tls(problem));
        assert!(
            outcome.message_chart.is_empty(),
            "{:?}",
            outcome.message_chart
        );
    }
}

// Windows and macOS don't say whether a certificate with another name is good otherwise.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn sip_uri_alone_names_the_realm() {
    let kamailio = Kamailio::start_tls(&rows(), "sip-uri");
    let mut request = request(
        kamailio.tls_port(),
        TransportName::Tls,
        kamailio.authority(),
    );

    assert!(run(&request).await.verdict.proved());

    request.target_name = "sbc.example".to_owned();
    let problem = TlsProblem::OtherName {
        asked: "sbc.example".to_owned(),
        names: vec![format!("sip:{REALM}")],
    };
    assert_eq!(run(&request).await.verdict, Verdict::Tls(problem));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authority_that_this_computer_does_not_know_is_named() {
    let kamailio = Kamailio::start_tls(&rows(), "good");
    let port = kamailio.tls_port();

    let outcome = run(&request(port, TransportName::Tls, Trust::default())).await;

    let problem = TlsProblem::UnknownIssuer {
        issuer: Some("Test SIP Authority".to_owned()),
        self_signed: false,
    };
    assert_eq!(outcome.verdict, Verdict::Tls(problem));
    let request = request(port, TransportName::Tls, Trust::default());
    let report = registrar_explain::registration::report(&request, outcome);
    assert!(report.verdict.sentence.contains("Test SIP Authority"));
    let view = &report.targets[0];
    assert_eq!(view.address, format!("127.0.0.1:{port}"));
    assert_eq!((view.transport, view.tone), (TransportName::Tls, Tone::Bad));
    assert_eq!(view.outcome, "Certificate isn’t trusted");
}

/// Where the system's list of whom to trust is read from, instead of where the system keeps it.
const LIST: &str = "SSL_CERT_FILE";
/// Where single certificates are read from, likewise.
const SINGLE: &str = "SSL_CERT_DIR";

#[test]
fn missing_trust_list_is_reported_and_nothing_is_sent() {
    const INSIDE: &str = "CHECK_WITHOUT_A_LIST";
    if std::env::var_os(INSIDE).is_some() {
        return check_without_a_list();
    }
    let empty = tempfile::tempdir().unwrap();
    // The list belongs to the whole process, so this test runs once more in one of its own.
    let name = "tls::missing_trust_list_is_reported_and_nothing_is_sent";
    let ended = Command::new(std::env::current_exe().unwrap())
        .args([name, "--exact"])
        .env(INSIDE, "1")
        .env(LIST, empty.path().join("none.pem"))
        .env(SINGLE, empty.path())
        .output()
        .unwrap();

    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
}

fn check_without_a_list() {
    let kamailio = Kamailio::start_tls(&rows(), "good");
    let request = request(kamailio.tls_port(), TransportName::Tls, Trust::default());
    let runtime = tokio::runtime::Runtime::new().unwrap();

    let outcome = runtime.block_on(run(&request));

    assert_eq!(outcome.verdict, Verdict::Tls(TlsProblem::NobodyToTrust));
    assert!(
        outcome.message_chart.is_empty(),
        "{:?}",
        outcome.message_chart
    );
    let report = registrar_explain::registration::report(&request, outcome);
    let sentence = &report.verdict.sentence;
    assert!(
        sentence.contains("list of trusted authorities"),
        "{sentence}"
    );
    let next = report.verdict.next.unwrap();
    assert!(next.contains("install the system’s certificates"), "{next}");
    assert_eq!(report.targets[0].outcome, "No list of trusted authorities");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_that_was_asked_for_is_verified_whatever_the_host() {
    let kamailio = Kamailio::start_tls(&rows(), "good");
    let mut request = request(
        kamailio.tls_port(),
        TransportName::Tls,
        kamailio.authority(),
    );
    // An SRV record may name any host; the certificate is for the realm.
    request.targets[0].host = "sbc.example".to_owned();

    assert!(run(&request).await.verdict.proved());

    request.target_name = "sbc.example".to_owned();
    let problem = TlsProblem::OtherName {
        asked: "sbc.example".to_owned(),
        names: vec![REALM.to_owned()],
    };
    assert_eq!(run(&request).await.verdict, Verdict::Tls(problem));
}

#[tokio::test(flavor = "multi_thread")]
async fn tls_to_a_tcp_port_hangs_until_its_limit() {
    let kamailio = Kamailio::start_tls(&rows(), "good");
    let request = request(kamailio.port, TransportName::Tls, kamailio.authority());
    let limits = Limits {
        give_up: Duration::from_millis(900),
        ..Limits::default()
    };
    let began = Instant::now();

    let outcome = check(&request, limits, &|_| {}).await;

    assert_eq!(outcome.verdict, Verdict::Tls(TlsProblem::Silent));
    assert!((900..4000).contains(&began.elapsed().as_millis()));
}

#[tokio::test(flavor = "multi_thread")]
async fn tcp_to_a_tls_port_is_closed_at_once() {
    let kamailio = Kamailio::start_tls(&rows(), "good");
    let began = Instant::now();

    let request = request(kamailio.tls_port(), TransportName::Tcp, Trust::default());
    let outcome = run(&request).await;

    assert_eq!(outcome.verdict, Verdict::ConnectionClosed);
    assert!(began.elapsed() < Duration::from_secs(4));
}
