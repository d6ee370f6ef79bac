//! Ports that nobody uses.

use std::net::{TcpListener, UdpSocket};

/// Returns a port on 127.0.0.1 that was free for TCP and UDP a moment ago.
///
/// Prefer port 0 where the process under test can say which port it got: between this call and its
/// use another process may take the port.
#[must_use]
pub fn free_port() -> u16 {
    loop {
        let tcp = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = tcp.local_addr().unwrap().port();
        if UdpSocket::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
