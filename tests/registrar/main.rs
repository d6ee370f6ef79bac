//! The registration check and the practice registrar against peers that are not ours: Kamailio,
//! SIPp and baresip, with the hashes that the app sends and that Python makes.
//!
//! Each test has its own ports and its own folder, and ends what it started.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::doc_markdown, reason = "SIPp is a name")]

mod credentials;
mod kamailio;
mod peers;
mod relay;

mod against_kamailio;
mod against_practice;
mod callees;
mod calls;
mod faults;
mod leaving;
mod many;
mod on_the_way;
mod places;
mod sent;
mod tls;

use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};

use registrar_core::ipc::{CheckKind, LadderLine, TransportName};
use registrar_core::sip::answer::Proof;
use registrar_core::sip::check::{CheckOutcome, CheckRequest, Limits, check};
use registrar_core::sip::resolve::Target;
use registrar_core::trust::Trust;

const BOTH: [TransportName; 2] = [TransportName::Udp, TransportName::Tcp];
const REALM: &str = "acme.1a2b3c.auth.bandwidth.com";

/// Returns an even port that is free, with the one behind it, on UDP and TCP.
///
/// It is taken from below the range that systems give out by themselves, so that no connection is
/// given it before the peer binds it.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 2500).unwrap() * 4;
    for _ in 0..2500 {
        let step = NEXT.fetch_add(4, Ordering::Relaxed);
        let port = 20_000 + first.wrapping_add(step) % 10_000;
        let free = |port| {
            let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, port));
            udp.is_ok() && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
        };
        if free(port) && free(port + 1) {
            return port;
        }
    }
    panic!("no port is free");
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
        targets: vec![Target::typed((Ipv4Addr::LOCALHOST, port).into())],
        target_name: REALM.to_owned(),
        trust: Trust::default(),
    };
    check(&request, Limits::default(), &|_: &LadderLine| {}).await
}
