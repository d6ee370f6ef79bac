//! Sound that comes back: every RTP packet is returned to where it came from.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::UdpSocket;

/// The largest packet that is returned, in bytes; a voice packet has 172.
const LARGEST: usize = 1500;

/// Where a call's sound comes back.
#[derive(Debug)]
pub struct Echo {
    socket: UdpSocket,
}

impl Echo {
    /// Opens a free port on loopback.
    pub async fn open() -> io::Result<Self> {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self { socket })
    }

    /// Returns where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Returns packets for ever; dropping it ends that.
    pub async fn run(&self) {
        let mut room = [0; LARGEST];
        loop {
            // An error tells of a caller who is gone; the next one may still be there.
            if let Ok((length, source)) = self.socket.recv_from(&mut room).await
                && is_rtp(&room[..length])
            {
                let _ = self.socket.send_to(&room[..length], source).await;
            }
        }
    }
}

/// Returns whether a packet has the head of RTP version 2 (RFC 3550 section 5.1).
fn is_rtp(packet: &[u8]) -> bool {
    packet.len() >= 12 && packet[0] >> 6 == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_rtp_comes_back() {
        let echo = Echo::open().await.unwrap();
        let address = echo.address().unwrap();
        let task = tokio::spawn(async move { echo.run().await });
        let caller = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let packet = [[0x80].as_slice(), &[7; 20]].concat();

        caller.send_to(b"no sound at all", address).await.unwrap();
        caller.send_to(&packet, address).await.unwrap();

        let mut room = [0; 100];
        let (length, source) = caller.recv_from(&mut room).await.unwrap();
        assert_eq!((&room[..length], source), (packet.as_slice(), address));
        task.abort();
    }
}
