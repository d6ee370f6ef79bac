//! A steady tone.

use std::f64::consts::TAU;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::time::{MissedTickBehavior, interval};

use super::g711::Codec;
use super::rtp::{Packet, RATE, SAMPLES};

/// The time of one packet.
const PACKET: Duration = Duration::from_millis(20);
/// How loud the tone is, of 32,767.
const AMPLITUDE: f64 = 8000.0;
/// The largest packet that is read, in bytes.
const LARGEST: usize = 1500;

/// A tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Its pitch; a phone call carries 300 to 3,400.
    pub hertz: u16,
}

impl Default for Tone {
    fn default() -> Self {
        Self { hertz: 440 }
    }
}

impl Tone {
    /// Writes the samples from the one with this number on.
    pub fn fill(self, first: u32, samples: &mut [i16]) {
        // A tone of whole hertz begins anew each second, so the number may go round with it.
        for (at, sample) in (u64::from(first % RATE)..).zip(samples) {
            let turned = u32::try_from(u64::from(self.hertz) * at % u64::from(RATE));
            let angle = TAU * f64::from(turned.unwrap_or_default()) / f64::from(RATE);
            #[allow(clippy::cast_possible_truncation, reason = "±8,000 fits")]
            {
                *sample = (AMPLITUDE * angle.sin()) as i16;
            }
        }
    }

    /// Writes the packet with this number, as PCMU; `source` names the stream.
    #[must_use]
    pub fn packet(self, number: u32, source: u32) -> Vec<u8> {
        let timestamp = number.wrapping_mul(160);
        let mut samples = [0; SAMPLES];
        self.fill((number % 50) * 160, &mut samples);
        let [_, _, high, low] = number.to_be_bytes();
        Packet {
            marker: number == 0,
            payload_type: Codec::Pcmu.payload(),
            sequence: u16::from_be_bytes([high, low]),
            timestamp,
            source,
            payload: &samples.map(|sample| Codec::Pcmu.encode(sample)),
        }
        .write()
    }
}

/// How many packets went each way.
#[derive(Debug, Default)]
pub struct Counts {
    /// Sent.
    pub sent: AtomicU32,
    /// Received.
    pub received: AtomicU32,
}

/// Sends the tone to `peer` and counts, for ever; dropping it ends that. Without a tone, or without
/// a peer, it only counts what comes.
pub async fn play(
    socket: &UdpSocket,
    peer: Option<SocketAddr>,
    tone: Option<Tone>,
    counts: &Counts,
) {
    let source = rand::random();
    let mut ticks = interval(PACKET);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut number = 0_u32;
    let mut room = [0; LARGEST];
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                if let (Some(peer), Some(tone)) = (peer, tone)
                    && socket.send_to(&tone.packet(number, source), peer).await.is_ok()
                {
                    counts.sent.fetch_add(1, Ordering::Relaxed);
                }
                number = number.wrapping_add(1);
            }
            heard = socket.recv_from(&mut room) => {
                if let Ok((length, _)) = heard && Packet::parse(&room[..length]).is_some() {
                    counts.received.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packet_has_the_head_of_rtp_and_160_samples() {
        let packet = Tone::default().packet(65_537, 7);

        assert_eq!(packet.len(), 172);
        assert_eq!(&packet[..4], [0x80, 0, 0, 1], "the number wraps at 16 bits");
        assert_eq!(packet[4..8], (65_537_u32 * 160).to_be_bytes());
    }

    #[test]
    fn a_tone_goes_on_where_the_last_packet_ended() {
        let tone = Tone { hertz: 1234 };
        let mut whole = [0; 8160];
        tone.fill(0, &mut whole);

        for first in [0, 160, 7999, 8000] {
            let mut part = [0; 160];
            tone.fill(first, &mut part);
            assert_eq!(part, whole[first as usize..][..160], "from {first}");
        }
        assert_eq!(whole.iter().max(), Some(&8000));
    }
}
