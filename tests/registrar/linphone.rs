//! Command-line Linphone, as a phone of the practice registrar.

use registrar_sip::TransportName;

use crate::clients::{Client, write};
use crate::credentials::{CREDENTIALS, Credential};
use crate::peers::Told;
use crate::{BOTH, REALM, against_practice, free_port, until, word};

// Its log tells each state; its screen tells none before something is typed.
const REGISTERED: &str = "to [LinphoneRegistrationOk]";
const REFUSED: &str = "to [LinphoneRegistrationFailed]";

#[tokio::test(flavor = "multi_thread")]
async fn linphone_registers_with_practice() {
    let registrar = against_practice::registrar().await;
    for transport in BOTH {
        // One without and one with a domain in its name.
        for credential in &CREDENTIALS[..2] {
            let wrong = Credential {
                password: "wrong",
                ..*credential
            };
            for (credential, told) in [(credential, Told::Registered), (&wrong, Told::Unauthorized)]
            {
                let mut phone = start(registrar.port(), credential, transport);

                let answer = phone.told(REGISTERED, REFUSED).await;

                assert_eq!(answer, told, "{credential:?} {transport:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn linphone_calls_through_practice_and_hangs_up() {
    let registrar = against_practice::registrar().await;
    let credential = &CREDENTIALS[0];
    for transport in BOTH {
        let port = registrar.port();
        let mut phone = start(port, credential, transport);
        phone.says(&[REGISTERED]).await;

        phone.enter(&format!("call sip:+15551234567@{REALM}")).await;
        phone.says(&["to LinphoneCallStreamsRunning"]).await;
        phone.enter("terminate").await;
        phone.says(&["to LinphoneCallReleased"]).await;

        until(|| registrar.open_calls() == 0).await;
    }
}

/// Starts it with Hash1 in place of the password.
fn start(registrar: u16, credential: &Credential, transport: TransportName) -> Client {
    let home = tempfile::tempdir().unwrap();
    let word = word(transport);
    let (name, port) = (credential.name(), free_port());
    let user = name.replace('@', "%40");
    let proxy = format!("<sip:127.0.0.1:{registrar};transport={word}>");
    let config = format!(
        "[sip]\nsip_port={port}\nsip_tcp_port={port}\ndefault_proxy=0\n\
         [rtp]\naudio_rtp_port={}\n[sound]\n\
         [auth_info_0]\nusername={name}\nuserid={name}\nha1={}\nrealm={REALM}\n\
         [proxy_0]\nreg_proxy={proxy}\nreg_route={proxy}\nreg_identity=sip:{user}@{REALM}\n\
         reg_expires=60\nreg_sendregister=1\n",
        free_port(),
        credential.python_hash1(),
    );
    // It stops at the first call where its database has no folder.
    write(&home, ".local/share/linphone/.keep", "");
    write(&home, ".config/linphone/.keep", "");
    write(&home, "linphonerc", &config);
    let file = home.path().join("linphonerc");
    let file = file.to_string_lossy().into_owned();
    Client::start(home, "linphonec", &["-d", "6", "-c", &file])
}
