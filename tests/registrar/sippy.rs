//! sippy's B2BUA between the app and what is behind it: it forwards REGISTER, and splits each call
//! into two.

use std::path::Path;

use registrar_sip::invite::CallEnd;
use registrar_sip::{CheckKind, TransportName};

use crate::callees::{Part, Sipp, bound};
use crate::calls::{assert_the_tone_came_back, quietly, request_to};
use crate::clients::Client;
use crate::credentials::CREDENTIALS;
use crate::{against_practice, app_checks, free_port, pjsua2};

#[tokio::test(flavor = "multi_thread")]
async fn the_check_passes_through_sippy() {
    let registrar = against_practice::registrar().await;
    let (port, _sippy) = start(registrar.port()).await;
    for credential in &CREDENTIALS {
        for kind in [CheckKind::Query, CheckKind::Full] {
            let [_, hashes, _] = credential.proofs();
            let name = credential.name();
            let outcome = app_checks(port, &name, hashes, kind, TransportName::Udp).await;

            let verdict = &outcome.verdict;
            assert!(verdict.proved(), "{credential:?} {kind:?}: {verdict:?}");
            assert!(registrar.bindings(crate::REALM, &name).is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_passes_through_sippy() {
    // sippy 2.5.0 never hangs up its second call, so SIPp is not asked how it ended.
    let sipp = Sipp::start(Part::BuiltIn).await;
    let (port, _sippy) = start(sipp.port).await;

    let outcome = quietly(request_to(port, "+15551234567", TransportName::Udp)).await;

    assert_eq!(outcome.end, CallEnd::HungUp { by_us: true });
    assert_the_tone_came_back(&outcome);
}

/// Starts a B2BUA whose next hop is a port on this computer.
async fn start(next: u16) -> (u16, Client) {
    let port = free_port();
    let program = Path::new(pjsua2::python()).with_file_name("b2bua_simple");
    let (port_word, next) = (port.to_string(), format!("127.0.0.1:{next}"));
    let arguments = ["-f", "-l", "127.0.0.1", "-p", &port_word, "-n", &next];
    let home = tempfile::tempdir().unwrap();
    let sippy = Client::start(home, &program.to_string_lossy(), &arguments);
    bound(port).await;
    (port, sippy)
}
