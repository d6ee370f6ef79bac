//! A second socket on the port of a connected one.
//!
//! A connected UDP socket is notified if the remote port is closed, but receives from no one else.
//! A second socket, bound to the same port and not connected, receives from everyone else.

use std::io;

use socket2::{Domain, Protocol, SockRef, Socket, Type};
use tokio::net::UdpSocket;

/// Maximum number of connections waiting to be accepted.
const BACKLOG: i32 = 8;

/// Binds a datagram socket to the address of `first`.
///
/// # Errors
///
/// The system's error.
pub(super) fn datagrams(first: &UdpSocket) -> io::Result<UdpSocket> {
    let second = beside(&SockRef::from(first), Type::DGRAM)?;
    UdpSocket::from_std(second.into())
}

/// Binds a second socket to the address of the first; a stream socket also listens there. Both must
/// allow sharing, which is disabled afterwards so that no other program takes the port.
pub(super) fn beside(first: &SockRef<'_>, kind: Type) -> io::Result<Socket> {
    let address = first.local_addr()?;
    let domain = if address.is_ipv4() {
        Domain::IPV4
    } else {
        Domain::IPV6
    };
    let protocol = if kind == Type::STREAM {
        Protocol::TCP
    } else {
        Protocol::UDP
    };
    let second = Socket::new(domain, kind, Some(protocol))?;
    second.set_nonblocking(true)?;
    share(first, true)?;
    let bind = || {
        share(&SockRef::from(&second), true)?;
        second.bind(&address)?;
        if kind == Type::STREAM {
            second.listen(BACKLOG)?;
        }
        Ok(())
    };
    let bound: io::Result<()> = bind();
    share(first, false)?;
    bound?;
    share(&SockRef::from(&second), false)?;
    Ok(second)
}

/// Allows or forbids other sockets of this user on the same port.
fn share(socket: &SockRef<'_>, allowed: bool) -> io::Result<()> {
    socket.set_reuse_address(allowed)?;
    // BSD-derived systems require this option as well.
    #[cfg(target_vendor = "apple")]
    socket.set_reuse_port(allowed)?;
    Ok(())
}
