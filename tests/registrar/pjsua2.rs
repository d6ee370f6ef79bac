//! pjsua2, the SIP stack of many phones: registers with practice, calls and is called.

use std::path::Path;
use std::sync::OnceLock;

use acceptance::python_packages::python_with;
use registrar_sip::TransportName;
use serde_json::json;

use crate::clients::Client;
use crate::credentials::{CREDENTIALS, Credential};
use crate::peers::Told;
use crate::{BOTH, REALM, against_practice, free_port, until, word};

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/registrar");

#[tokio::test(flavor = "multi_thread")]
async fn pjsua2_registers_with_practice() {
    let registrar = against_practice::registrar().await;
    for transport in BOTH {
        for credential in &CREDENTIALS {
            for (password, told) in [
                (credential.password, Told::Registered),
                ("wrong", Told::Unauthorized),
            ] {
                let mut phone = start(registrar.port(), credential, password, transport, None);

                let answer = phone.told("registration 200", "registration 401").await;

                assert_eq!(answer, told, "{credential:?} {transport:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pjsua2_calls_through_practice_and_hangs_up() {
    let registrar = against_practice::registrar().await;
    let credential = &CREDENTIALS[1];
    for transport in BOTH {
        let port = registrar.port();
        let password = credential.password;
        let mut phone = start(port, credential, password, transport, Some("+15551234567"));

        phone.says(&["call CONFIRMED 200"]).await;
        phone.says(&["call DISCONNECTED 200"]).await;

        until(|| registrar.open_calls() == 0).await;
    }
}

/// Returns the Python that has pjsua2 and sippy.
pub(crate) fn python() -> &'static str {
    static PYTHON: OnceLock<String> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let requirements = Path::new(SOURCES).join("requirements.txt");
        let parent = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let python = python_with(&requirements, parent, "sip-peers");
        python.to_string_lossy().into_owned()
    })
}

/// Starts a phone that registers, calls `number` if there is one, and hangs up after a second.
pub(crate) fn start(
    registrar: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
    number: Option<&str>,
) -> Client {
    let word = word(transport);
    let name = credential.name();
    let order = json!({
        "user": name.replace('@', "%40"),
        "name": name,
        "password": password,
        "realm": REALM,
        "proxy": format!("sip:127.0.0.1:{registrar};lr;transport={word}"),
        "transport": word,
        "port": free_port(),
        "call": number,
    });
    let script = format!("{SOURCES}/pjsua2_phone.py");
    let arguments = [script.as_str(), &order.to_string()];
    Client::start(tempfile::tempdir().unwrap(), python(), &arguments)
}
