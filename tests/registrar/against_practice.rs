//! The practice registrar is indistinguishable from a real one for SIPp and baresip.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use registrar_activity::Tone;
use registrar_digest::with_realm;
use registrar_explain::registration;
use registrar_practice::registrar::{Directory, Faults, Options, Registrar};
use registrar_secret::{Hash, SipPassword};
use registrar_sip::CheckKind;
use registrar_sip::answer::Proof;
use registrar_user_agent::check::{Checks, Limits};
use registrar_user_agent::watch::Watch;
use tokio::sync::Notify;

use crate::credentials::CREDENTIALS;
use crate::peers::{Told, baresip, sipp, sipp_calls};
use crate::{BOTH, REALM, app_checks, until};

/// Holds the hashes that Python made.
struct Book(HashMap<String, Hash>);

impl Directory for Book {
    fn realms(&self) -> Vec<String> {
        vec![REALM.to_owned()]
    }

    fn ha1(&self, realm: &str, name: &str) -> Option<Hash> {
        self.0.get(name).filter(|_| realm == REALM).cloned()
    }
}

pub(crate) async fn registrar() -> Registrar {
    let mut book = HashMap::new();
    for credential in &CREDENTIALS {
        let hashes = credential.python_hashes();
        book.insert(credential.name(), hashes.hash1);
        book.insert(with_realm(&credential.name(), REALM), hashes.hash1b);
    }
    registrar_of(book).await
}

/// Starts a practice registrar that knows these hashes, by the digest user name.
pub(crate) async fn registrar_of(book: HashMap<String, Hash>) -> Registrar {
    let options = Options {
        answer_after: Duration::from_millis(100),
        busy: vec!["busy".to_owned()],
        missing: vec!["missing".to_owned()],
        ..Options::default()
    };
    Registrar::start(Arc::new(Book(book)), options)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_registers_with_practice_and_not_with_a_wrong_password() {
    let registrar = registrar().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            let (port, right) = (registrar.port(), credential.password);

            sipp(port, credential, right, transport, Told::Registered).await;
            sipp(port, credential, "wrong", transport, Told::Unauthorized).await;

            let bound = registrar.bindings(REALM, &credential.name());
            assert!(
                bound
                    .iter()
                    .all(|binding| binding.contact.starts_with("sip:sipp@"))
            );
            assert!(!bound.is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn baresip_registers_in_practice_with_the_right_password_only() {
    let registrar = registrar().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            let port = registrar.port();
            let right = baresip(port, credential, credential.password, transport).await;
            let wrong = baresip(port, credential, "wrong", transport).await;

            assert_eq!(right, Told::Registered, "{credential:?} {transport:?}");
            assert_eq!(wrong, Told::Unauthorized, "{credential:?} {transport:?}");
            let bound = registrar.bindings(REALM, &credential.name());
            let agent = bound[0].user_agent.as_deref().unwrap_or_default();
            assert!(agent.starts_with("baresip"), "{agent}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_check_agrees_with_practice_in_every_case() {
    let registrar = registrar().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            let (port, name) = (registrar.port(), credential.name());
            for proof in credential.proofs() {
                let right = app_checks(port, &name, proof, CheckKind::Full, transport).await;
                assert!(right.verdict.proved(), "{credential:?}: {right:?}");
            }
            let wrong = Proof::Password(SipPassword::new("wrong"));
            let wrong = app_checks(port, &name, wrong, CheckKind::Query, transport).await;

            assert!(!wrong.verdict.proved(), "{credential:?}");
            assert!(registrar.bindings(REALM, &name).is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_watch_looks_at_once_and_sees_the_phone_and_the_fault() {
    let registrar = registrar().await;
    let credential = &CREDENTIALS[0];
    let (port, right) = (registrar.port(), credential.password);
    sipp(port, credential, right, BOTH[0], Told::Registered).await;
    let request = crate::faults::request(port, credential, BOTH[0]);
    let checks = Checks::default();
    let look = || async {
        let outcome = checks.check(&request, Limits::default(), &|_| {}).await;
        registration::look(&request, &outcome)
    };
    for (status, tone, bindings) in [(None, Tone::Good, 1), (Some(503), Tone::Bad, 0)] {
        registrar.set_faults(Faults {
            status,
            ..Faults::default()
        });
        let watch = Watch::default();
        let ticked = Notify::new();
        let on_tick = |_: &_| ticked.notify_one();
        tokio::select! {
            () = watch.run(look, &on_tick) => unreachable!("it goes on until it is stopped"),
            () = ticked.notified() => {}
        }

        let kept = watch.kept();
        assert_eq!(kept.len(), 1);
        let found = &kept[0].found;
        assert_eq!((found.tone, found.bindings), (tone, bindings));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sipp_calls_through_practice() {
    const RINGS: &str = "<recv response=\"100\" optional=\"true\"/><recv response=\"180\"/>\n";
    let registrar = registrar().await;
    let taken =
        format!("{RINGS}<recv response=\"200\"/>\nACK-AN-ANSWERHANG-UP<recv response=\"200\"/>\n");
    let refused = |status: u16| {
        format!(
            "<recv response=\"100\" optional=\"true\"/><recv response=\"{status}\"/>\nACK-A-REFUSAL"
        )
    };
    for transport in BOTH {
        for (number, ending) in [
            ("+15551234567", taken.clone()),
            ("busy", refused(486)),
            ("missing", refused(404)),
        ] {
            let credential = &CREDENTIALS[1];
            sipp_calls(registrar.port(), credential, transport, number, &ending).await;
        }
    }
    until(|| registrar.open_calls() == 0).await;
}
