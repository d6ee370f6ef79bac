//! The registration check and the practice registrar against third-party peers: Kamailio, SIPp,
//! baresip, ejabberd, Net::SIP, Linphone, Twinkle, pjsua2 and sippy, with the hashes that the app
//! sends and those that Python computes.
//!
//! Each test has its own ports and folder, and stops what it started.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::doc_markdown, reason = "SIPp is a name")]

mod clients;
mod credentials;
mod kamailio;
mod peers;
mod relay;

mod against_kamailio;
mod against_practice;
mod callees;
mod calls;
mod ejabberd;
mod faults;
mod leaving;
mod limits;
mod linphone;
mod many;
mod net_sip;
mod on_the_way;
mod phone_files;
mod pjsua2;
mod provisioning;
mod sent;
mod sippy;
mod targets;
mod tls;
mod twinkle;

use std::net::Ipv4Addr;
use std::time::Duration;

use acceptance::free_port::free_port;
use registrar_http::trust::Trust;
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckOutcome, CheckRequest, Limits, check};
use registrar_user_agent::resolve::Target;

const BOTH: [TransportName; 2] = [TransportName::Udp, TransportName::Tcp];
const REALM: &str = "acme.1a2b3c.auth.bandwidth.com";

/// The app's own check.
async fn app_checks(
    port: u16,
    composite: &str,
    proof: Proof,
    kind: CheckKind,
    transport: TransportName,
) -> CheckOutcome {
    let request = CheckRequest {
        realm: REALM.to_owned(),
        composite: composite.to_owned(),
        proof,
        kind,
        transport,
        targets: vec![Target::typed((Ipv4Addr::LOCALHOST, port).into())],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    };
    check(&request, Limits::default(), &|_| {}).await
}

/// The transport as it is written in a SIP URI.
fn word(transport: TransportName) -> &'static str {
    match transport {
        TransportName::Udp => "udp",
        TransportName::Tcp => "tcp",
        TransportName::Tls => "tls",
    }
}

/// Waits at most five seconds until something holds.
async fn until(holds: impl Fn() -> bool) {
    let held = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let held = tokio::time::timeout(Duration::from_secs(5), held).await;
    assert!(held.is_ok(), "it never came to that");
}
