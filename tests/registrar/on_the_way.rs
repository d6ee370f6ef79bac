//! Changes by a router between the app and the registrar are detected.

use std::time::Duration;

use registrar_sip::path::{Nat, Rewritten};
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, Limits, check};

use crate::against_practice::registrar;
use crate::credentials::CREDENTIALS;
use crate::relay::{Relay, Rules};
use crate::{app_checks, faults};

async fn behind(rules: Rules) -> CheckOutcome {
    let registrar = registrar().await;
    let relay = Relay::start(registrar.port(), rules).await;
    let mut request = faults::request(relay.port, &CREDENTIALS[0], TransportName::Udp);
    request.kind = CheckKind::Full;
    let limits = Limits {
        give_up: Duration::from_secs(1),
        ..Limits::default()
    };
    check(&request, limits, &|_| {}).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_router_there_is_no_translation() {
    let registrar = registrar().await;
    let credential = &CREDENTIALS[0];
    for transport in crate::BOTH {
        let [proof, ..] = credential.proofs();
        let (port, name) = (registrar.port(), credential.name());
        let outcome = app_checks(port, &name, proof, CheckKind::Full, transport).await;

        let path = outcome.path.unwrap();
        assert_eq!(path.nat(), Nat::No, "{transport:?}");
        assert_eq!(path.rewritten(), []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_router_that_only_translates_is_no_alg() {
    let outcome = behind(Rules::default()).await;

    assert!(outcome.verdict.proved(), "{outcome:?}");
    let path = outcome.path.unwrap();
    let Nat::Translated(seen_as) = path.nat() else {
        panic!("{path:?}")
    };
    assert_ne!(seen_as, path.local());
    assert_eq!(path.rewritten(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rewritten_via_is_an_alg_and_a_repaired_contact_is_none() {
    let contact = behind(Rules {
        request: Box::new(|text, ends| ends.rewrite("Contact:", &text)),
        ..Rules::default()
    });
    let via = behind(Rules {
        request: Box::new(|text, ends| ends.rewrite("Via:", &text)),
        ..Rules::default()
    });
    let (contact, via) = tokio::join!(contact, via);

    for (outcome, is_contact) in [(contact, true), (via, false)] {
        assert!(outcome.verdict.proved(), "{outcome:?}");
        assert!(outcome.left.is_empty(), "it is un-registered all the same");
        let path = outcome.path.unwrap();
        let Nat::Translated(outside) = path.nat() else {
            panic!("{path:?}")
        };
        match path.rewritten() {
            // The address that the registrar sees is the one where calls arrive.
            [] if is_contact => assert!(path.repaired()),
            [Rewritten::SentBy { returned }] if !is_contact => {
                assert_eq!(*returned, outside.to_string());
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_router_that_spoils_what_names_our_request_is_an_alg() {
    for (changed, found) in [
        ("branch=z9hG4bK", Rewritten::Branch),
        ("Call-ID: ", Rewritten::CallId),
        (";tag=", Rewritten::FromTag),
    ] {
        let outcome = behind(Rules {
            response: Box::new(move |text, _| text.replacen(changed, &format!("{changed}0"), 1)),
            ..Rules::default()
        })
        .await;

        let path = outcome.path.unwrap();
        assert_eq!(path.rewritten(), [found]);
    }
}
