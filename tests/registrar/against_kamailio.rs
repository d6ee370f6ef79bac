//! Kamailio, loaded with hashes, agrees with SIPp, baresip and the app's own check.

use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};

use crate::credentials::CREDENTIALS;
use crate::kamailio::Kamailio;
use crate::peers::{Told, baresip, sipp};
use crate::{BOTH, app_checks};

async fn kamailio() -> Kamailio {
    Kamailio::start(crate::sent::rows().await, 300, true)
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_registers_with_the_right_password_only() {
    let kamailio = kamailio().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            let right = credential.password;

            sipp(
                kamailio.port,
                credential,
                right,
                transport,
                Told::Registered,
            )
            .await;
            sipp(
                kamailio.port,
                credential,
                "wrong",
                transport,
                Told::Unauthorized,
            )
            .await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn baresip_registers_with_the_right_password_only() {
    let kamailio = kamailio().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            let port = kamailio.port;
            let right = baresip(port, credential, credential.password, transport).await;
            let wrong = baresip(port, credential, "wrong", transport).await;

            assert_eq!(right, Told::Registered, "{credential:?} {transport:?}");
            assert_eq!(wrong, Told::Unauthorized, "{credential:?} {transport:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_check_agrees_from_the_password_and_from_the_hashes() {
    let kamailio = kamailio().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            for proof in credential.proofs() {
                for kind in [CheckKind::Query, CheckKind::Full] {
                    let (port, name) = (kamailio.port, credential.name());
                    let outcome = app_checks(port, &name, proof.clone(), kind, transport).await;

                    assert!(outcome.verdict.proved(), "{credential:?}: {outcome:?}");
                    assert_eq!(outcome.accepted_user_name, Some(name));
                    let full = kind == CheckKind::Full;
                    assert_eq!(outcome.unregistered, full.then_some(Unregistered::Done));
                    assert!(outcome.seen_as.unwrap().starts_with("127.0.0.1:"));
                }
            }
            let wrong = Proof::Password(SipPassword::new("wrong"));
            let name = credential.name();
            let outcome =
                app_checks(kamailio.port, &name, wrong, CheckKind::Query, transport).await;

            let realm_form = format!("{name}@{}", crate::REALM);
            let tried = vec![name, realm_form];
            assert_eq!(outcome.verdict, Verdict::CredentialRefused { tried });
        }
    }
    assert!(
        kamailio.bindings().is_empty(),
        "each check took its own back"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_only_hash1b_proves_is_found() {
    // The row's Hash1 is another password's.
    let credential = CREDENTIALS[0];
    let other = crate::credentials::Credential {
        password: "another",
        ..credential
    };
    let (row, other) = (credential.row(), other.row());
    let (row, other): (Vec<&str>, Vec<&str>) = (
        row.trim_end().split('\t').collect(),
        other.split('\t').collect(),
    );
    let kamailio = Kamailio::start(
        &format!("{}\t-\t{}\t{}\n", row[0], other[2], row[3]),
        300,
        true,
    );

    for proof in credential.proofs() {
        let (port, name) = (kamailio.port, credential.name());
        let outcome = app_checks(port, &name, proof, CheckKind::Query, TransportName::Udp).await;

        let realm_form = format!("{name}@{}", crate::REALM);
        assert_eq!(outcome.accepted_user_name, Some(realm_form));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_leaves_the_binding_of_a_phone_alone() {
    let kamailio = kamailio().await;
    let credential = &CREDENTIALS[1];
    let password = credential.password;
    sipp(
        kamailio.port,
        credential,
        password,
        TransportName::Udp,
        Told::Registered,
    )
    .await;
    let before = kamailio.bindings();
    assert_eq!(before.len(), 1, "{before:?}");

    for transport in BOTH {
        for kind in [CheckKind::Query, CheckKind::Replacing] {
            let [_, proof, _] = credential.proofs();
            let name = credential.name();
            let outcome = app_checks(kamailio.port, &name, proof, kind, transport).await;

            let phone = outcome
                .bindings
                .iter()
                .find(|binding| !binding.ours)
                .unwrap();
            assert_eq!(phone.address, before[0]);
            assert!((1..=60).contains(&phone.expires), "{phone:?}");
            let ours = outcome
                .bindings
                .iter()
                .filter(|binding| binding.ours)
                .count();
            assert_eq!(ours, usize::from(kind == CheckKind::Replacing));
            assert_eq!(kamailio.bindings(), before);
        }
    }
}
