//! The registration check and the practice registrar against peers that are not ours: Kamailio,
//! SIPp and baresip, with hashes that Python made.
//!
//! Each test has its own ports and its own folder, and ends what it started.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::doc_markdown, reason = "SIPp is a name")]

mod credentials;
mod kamailio;
mod peers;

mod against_kamailio;
mod against_practice;
mod faults;

use std::net::{Ipv4Addr, UdpSocket};

use registrar_core::ipc::{CheckKind, LadderLine, TransportName};
use registrar_core::sip::answer::Proof;
use registrar_core::sip::check::{CheckOutcome, CheckRequest, Limits, check};

const BOTH: [TransportName; 2] = [TransportName::Udp, TransportName::Tcp];
const REALM: &str = "acme.1a2b3c.auth.example";

/// Returns a port that is free at this moment, on UDP and mostly on TCP too.
fn free_port() -> u16 {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    socket.local_addr().unwrap().port()
}

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
        targets: vec![(Ipv4Addr::LOCALHOST, port).into()],
        target_name: REALM.to_owned(),
    };
    check(&request, Limits::default(), &|_: &LadderLine| {}).await
}
