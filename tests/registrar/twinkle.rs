//! Command-line Twinkle, as a phone of the practice registrar.

use registrar_sip::TransportName;

use crate::clients::{Client, write};
use crate::credentials::{CREDENTIALS, Credential};
use crate::kamailio::Kamailio;
use crate::peers::Told;
use crate::{BOTH, REALM, against_practice, free_port, sent, word};

#[tokio::test(flavor = "multi_thread")]
async fn twinkle_registers_with_practice() {
    let registrar = against_practice::registrar().await;
    let credential = &CREDENTIALS[0];
    for transport in BOTH {
        for (password, told) in [
            (credential.password, Told::Registered),
            ("wrong", Told::Unauthorized),
        ] {
            let mut phone = start(registrar.port(), credential, password, transport);

            let answer = phone
                .told("registration succeeded", "registration failed")
                .await;

            assert_eq!(answer, told, "{transport:?}");
        }
    }
}

/// It has no file of ours: it stands for any other phone, into which a person types.
#[tokio::test(flavor = "multi_thread")]
async fn twinkle_registers_with_every_awkward_credential() {
    let registrar = against_practice::registrar().await;
    let kamailio = Kamailio::start(sent::rows().await, 300, true);
    for port in [registrar.port(), kamailio.port] {
        for credential in &CREDENTIALS[1..] {
            let udp = TransportName::Udp;
            let mut phone = start(port, credential, credential.password, udp);

            let answer = phone
                .told("registration succeeded", "registration failed")
                .await;

            assert_eq!(answer, Told::Registered, "{credential:?}");
        }
    }
}

fn start(
    registrar: u16,
    credential: &Credential,
    password: &str,
    transport: TransportName,
) -> Client {
    let home = tempfile::tempdir().unwrap();
    let word = word(transport);
    let (name, port) = (credential.name(), free_port());
    let profile = format!(
        "user_name={name}\nuser_domain={REALM}\nauth_name={name}\nauth_pass={password}\n\
         outbound_proxy=127.0.0.1:{registrar}\nall_requests_to_proxy=yes\nsip_transport={word}\n\
         register_at_startup=yes\nregistration_time=60\n"
    );
    let system = format!(
        "sip_port={port}\nrtp_port={}\ndev_ringtone=null\ndev_speaker=null\ndev_mic=null\n",
        free_port()
    );
    write(&home, ".twinkle/phone.cfg", &profile);
    write(&home, ".twinkle/twinkle.sys", &system);
    Client::start(home, "twinkle", &["-c", "-f", "phone"])
}
