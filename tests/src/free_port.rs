//! Ports that nobody uses.

use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicU16, Ordering};

/// Returns an even port on 127.0.0.1 that is free, with the one behind it, for TCP and UDP.
///
/// It is taken from below the range that systems give out by themselves, so that no connection and
/// no service with port 0 is given it before whoever asked for it binds it.
#[must_use]
pub fn free_port() -> u16 {
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
