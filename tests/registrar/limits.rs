//! A registrar that allows one contact, and one behind an edge proxy with Path. Each test takes a
//! few seconds.

use std::net::Ipv4Addr;

use registrar_practice::phone::{PhoneSettings, PretendPhone};
use registrar_sip::verdict::{Unregistered, Verdict};
use registrar_sip::{CheckKind, TransportName};

use crate::credentials::{CREDENTIALS, Credential};
use crate::kamailio::Kamailio;
use crate::{REALM, app_checks};

const UDP: TransportName = TransportName::Udp;

fn credential(user: &'static str) -> Credential {
    Credential {
        user,
        ..CREDENTIALS[0]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_contact_is_asked_about_and_stays() {
    let credential = credential("one-contact");
    let kamailio = Kamailio::start(&credential.row(), 300, true);
    let (port, name) = (kamailio.port, credential.name());
    let settings = PhoneSettings {
        realm: REALM.to_owned(),
        composite: name.clone(),
        registrar: (Ipv4Addr::LOCALHOST, port).into(),
        transport: UDP,
    };
    let phone = PretendPhone::register(settings, credential.password(), "Phone").await;
    let phone = phone.unwrap();
    let [proof, ..] = credential.proofs();

    let asked = app_checks(port, &name, proof.clone(), CheckKind::Full, UDP).await;
    let allowed = app_checks(port, &name, proof, CheckKind::Replacing, UDP).await;

    let Verdict::MayReplace {
        proved: Some(_),
        listed: true,
    } = asked.verdict
    else {
        panic!("{asked:?}")
    };
    let Verdict::RegistrationRefused {
        status,
        phones,
        too_many,
        ..
    } = allowed.verdict
    else {
        panic!("{allowed:?}")
    };
    assert_eq!((status, phones, too_many), (503, 1, true));
    assert_eq!(allowed.remarks[0].header, "P-Registrar-Error");
    assert_eq!(kamailio.bindings(), [phone.contact().to_owned()]);
    assert!(phone.stop().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edge_proxy_and_its_registrar_are_both_answered() {
    let credential = credential("behind-edge");
    let kamailio = Kamailio::start(&credential.row(), 300, true);
    for proof in credential.proofs() {
        for kind in [CheckKind::Query, CheckKind::Full] {
            let (port, name) = (kamailio.port, credential.name());
            let outcome = app_checks(port, &name, proof.clone(), kind, UDP).await;

            assert!(outcome.verdict.proved(), "{outcome:?}");
            let full = kind == CheckKind::Full;
            assert_eq!(outcome.unregistered, full.then_some(Unregistered::Done));
            let both = ["\r\nAuthorization: ", "\r\nProxy-Authorization: "];
            let carries = |text: &str| {
                let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
                both.iter().all(|header| text.contains(header))
            };
            assert!(outcome.message_chart.iter().any(|line| carries(&line.text)));
        }
    }
    assert!(kamailio.bindings().is_empty());
}
