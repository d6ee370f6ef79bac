//! The two ports used by a call's audio.

use std::io;
use std::net::{IpAddr, SocketAddr};

use tokio::net::UdpSocket;

/// Number of attempts to find a pair of ports.
const ATTEMPTS: usize = 64;

/// RTP on an even port, and RTCP on the next one (RFC 3550 section 11).
#[derive(Debug)]
pub struct Sockets {
    pub(super) sound: UdpSocket,
    pub(super) reports: UdpSocket,
}

impl Sockets {
    /// Opens two adjacent free ports on this address.
    ///
    /// # Errors
    ///
    /// The system's error if the address isn't this computer's, or no pair is free.
    pub async fn bind(ip: IpAddr) -> io::Result<Self> {
        let mut failed = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..ATTEMPTS {
            let first = UdpSocket::bind((ip, 0)).await?;
            let port = first.local_addr()?.port();
            let is_even = port.is_multiple_of(2);
            let neighbor = if is_even { port + 1 } else { port - 1 };
            match UdpSocket::bind((ip, neighbor)).await {
                Ok(second) => {
                    let (sound, reports) = if is_even {
                        (first, second)
                    } else {
                        (second, first)
                    };
                    return Ok(Self { sound, reports });
                }
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }

    /// Returns the address for the `c=` and `m=` lines of the SDP.
    ///
    /// # Errors
    ///
    /// What the system says, where the socket has none.
    pub fn rtp(&self) -> io::Result<SocketAddr> {
        self.sound.local_addr()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn sound_has_an_even_port_and_reports_the_next() {
        for ip in ["127.0.0.1", "::1"] {
            let mut open = Vec::new();
            for _ in 0..20 {
                let sockets = Sockets::bind(ip.parse().unwrap()).await.unwrap();

                let sound = sockets.rtp().unwrap();
                let reports = sockets.reports.local_addr().unwrap();
                assert!(sound.port().is_multiple_of(2), "{sound}");
                assert_eq!(reports.port(), sound.port() + 1);
                assert_eq!(sound.ip(), reports.ip());
                open.push(sockets);
            }
        }
    }

    #[tokio::test]
    async fn an_address_of_another_computer_is_refused() {
        let refused = Sockets::bind("192.0.2.1".parse().unwrap()).await;

        assert!(refused.is_err());
    }
}
