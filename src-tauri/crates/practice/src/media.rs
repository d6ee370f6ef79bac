//! Echoes audio: every RTP packet, including telephone events, is returned to its source unless a
//! fault loses it, and every RTCP sender report is answered.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};

use registrar_server::Sound;
use tokio::net::UdpSocket;

/// Maximum size of an echoed packet, in bytes; a voice packet has 172.
const LARGEST: usize = 1500;
/// Number of attempts to find a pair of ports.
const TRIES: usize = 50;
/// One packet of this many is lost where packets are.
const EVERY: u16 = 5;
/// The RTCP packet type of a sender report (RFC 3550 section 6.4.1).
const SENDER_REPORT: u8 = 200;

/// Echoes a call's audio.
#[derive(Debug)]
pub struct Echo {
    sound: UdpSocket,
    treatment: Sound,
    /// RTCP, on the next port.
    reports: UdpSocket,
    /// The number of the last packet of sound.
    last: AtomicU32,
    /// Our own SSRC in reports.
    source: u32,
}

impl Echo {
    /// Opens two adjacent free loopback ports, the even one for RTP.
    pub async fn open(treatment: Sound) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..TRIES {
            let sound = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let port = sound.local_addr()?.port();
            if port % 2 == 1 {
                continue;
            }
            match UdpSocket::bind((Ipv4Addr::LOCALHOST, port + 1)).await {
                Ok(reports) => {
                    return Ok(Self {
                        sound,
                        treatment,
                        reports,
                        last: AtomicU32::new(0),
                        source: rand::random(),
                    });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Returns its address.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.sound.local_addr()
    }

    /// Echoes packets until dropped.
    pub async fn run(&self) {
        tokio::join!(self.return_sound(), self.answer_reports());
    }

    async fn return_sound(&self) {
        let mut room = [0; LARGEST];
        loop {
            // An error may mean that one caller is gone; others may still be there.
            if let Ok((length, source)) = self.sound.recv_from(&mut room).await
                && is_rtp(&room[..length])
            {
                let number = u16::from_be_bytes([room[2], room[3]]);
                self.last.store(number.into(), Ordering::Relaxed);
                let comes_back = match self.treatment {
                    Sound::Echoed => true,
                    Sound::Lossy => number % EVERY != 0,
                    Sound::OneWay => false,
                };
                if comes_back {
                    let _ = self.sound.send_to(&room[..length], source).await;
                }
            }
        }
    }

    async fn answer_reports(&self) {
        let mut room = [0; LARGEST];
        loop {
            if let Ok((length, source)) = self.reports.recv_from(&mut room).await
                && let Some(report) = self.report(&room[..length])
            {
                let _ = self.reports.send_to(&report, source).await;
            }
        }
    }

    /// Answers a sender report: everything arrived, and the answer is sent immediately, so that the
    /// sender measures the round-trip time (RFC 3550 sections 6.4.2 and 6.5).
    fn report(&self, packet: &[u8]) -> Option<Vec<u8>> {
        let is_report = packet.len() >= 28 && packet[0] >> 6 == 2 && packet[1] == SENDER_REPORT;
        if !is_report {
            return None;
        }
        let own = self.source.to_be_bytes();
        let mut report = vec![0x81, 201, 0, 7];
        report.extend(own);
        report.extend(&packet[4..8]);
        // Nothing is lost.
        report.extend([0; 4]);
        report.extend(self.last.load(Ordering::Relaxed).to_be_bytes());
        // No jitter.
        report.extend([0; 4]);
        // The time of the sender report being answered, and no delay since.
        report.extend(&packet[10..14]);
        report.extend([0; 4]);
        report.extend([0x81, 202, 0, 3]);
        report.extend(own);
        report.extend(b"\x01\x04echo\0\0");
        Some(report)
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
        let echo = Echo::open(Sound::default()).await.unwrap();
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

    #[tokio::test]
    async fn report_is_answered_on_the_next_port_with_its_own_time() {
        let echo = Echo::open(Sound::default()).await.unwrap();
        let mut address = echo.address().unwrap();
        assert_eq!(address.port() % 2, 0);
        address.set_port(address.port() + 1);
        let task = tokio::spawn(async move { echo.run().await });
        let caller = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let mut packet = [7_u8; 28];
        packet[..4].copy_from_slice(&[0x80, SENDER_REPORT, 0, 6]);
        packet[8..16].copy_from_slice(&[1, 2, 3, 4, 5, 6, 7, 8]);

        caller.send_to(b"no report", address).await.unwrap();
        caller.send_to(&packet, address).await.unwrap();

        let mut room = [0; 100];
        let (length, _) = caller.recv_from(&mut room).await.unwrap();
        assert_eq!(length, 48);
        assert_eq!(room[..4], [0x81, 201, 0, 7]);
        assert_eq!(room[8..12], [7; 4], "it is about the caller's sound");
        assert_eq!(
            room[24..28],
            [3, 4, 5, 6],
            "the middle of the caller's time"
        );
        assert_eq!(room[28..32], [0; 4], "no time passed");
        task.abort();
    }
}
