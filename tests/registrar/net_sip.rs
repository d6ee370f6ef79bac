//! Net::SIP, in Perl: a registrar that stores hashes, and a phone.

use registrar_secret::SipPassword;
use registrar_sip::answer::Proof;
use registrar_sip::verdict::Verdict;
use registrar_sip::{CheckKind, TransportName};

use crate::clients::Client;
use crate::credentials::{CREDENTIALS, Credential};
use crate::peers::Told;
use crate::{BOTH, REALM, against_practice, app_checks, free_port, word};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/registrar/net_sip.pl");
/// Names without a domain: Net::SIP asks for the name of the AOR.
const USERS: [&Credential; 2] = [&CREDENTIALS[0], &CREDENTIALS[2]];

#[tokio::test(flavor = "multi_thread")]
async fn the_check_agrees_with_net_sip() {
    for transport in BOTH {
        let port = free_port();
        let _registrar = registrar(port, transport).await;
        for credential in USERS {
            for kind in [CheckKind::Query, CheckKind::Full] {
                let [_, hashes, _] = credential.proofs();
                let name = credential.name();
                let right = app_checks(port, &name, hashes, kind, transport).await;

                let verdict = &right.verdict;
                assert!(verdict.proved(), "{kind:?} {transport:?}: {verdict:?}");
            }
            let wrong = Proof::Password(SipPassword::new("wrong"));
            let name = credential.name();
            let wrong = app_checks(port, &name, wrong, CheckKind::Query, transport).await;
            let verdict = &wrong.verdict;
            assert!(
                matches!(verdict, Verdict::CredentialRefused { .. }),
                "{verdict:?}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn net_sip_registers_with_practice() {
    let registrar = against_practice::registrar().await;
    for transport in BOTH {
        for credential in USERS {
            let port = registrar.port();
            for (password, told) in [
                (credential.password, Told::Registered),
                ("wrong", Told::Unauthorized),
            ] {
                let mut phone = phone(port, credential, password, transport, &[]);

                let answer = phone.told("registered", "refused").await;

                assert_eq!(answer, told, "{credential:?} {transport:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn net_sip_calls_through_practice_and_hangs_up() {
    let registrar = against_practice::registrar().await;
    for transport in BOTH {
        let (port, credential) = (registrar.port(), USERS[0]);
        let number = ["+15551234567"];
        let mut phone = phone(port, credential, credential.password, transport, &number);

        phone.says(&["call answered"]).await;
        let ended = phone.says(&["call ended", "call still open"]).await;

        assert_eq!(ended, 0, "{transport:?}: the BYE reaches practice");
    }
}

/// Starts its registrar, with the hashes that Python makes.
async fn registrar(port: u16, transport: TransportName) -> Client {
    let mut arguments = vec![
        SCRIPT.to_owned(),
        "registrar".to_owned(),
        uri(port, transport),
        REALM.to_owned(),
    ];
    for credential in USERS {
        arguments.push(credential.name());
        arguments.push(credential.python_hash1());
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut registrar = Client::start(tempfile::tempdir().unwrap(), "perl", &arguments);
    registrar.says(&["ready"]).await;
    registrar
}

fn phone(
    registrar: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
    number: &[&str],
) -> Client {
    let (leg, proxy) = (uri(free_port(), transport), uri(registrar, transport));
    let name = credential.name();
    let mut arguments = vec![SCRIPT, "phone", &leg, REALM, &proxy, &name, password];
    arguments.extend(number);
    Client::start(tempfile::tempdir().unwrap(), "perl", &arguments)
}

fn uri(port: u16, transport: TransportName) -> String {
    format!("sip:127.0.0.1:{port};transport={}", word(transport))
}
