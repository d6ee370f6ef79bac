//! Sound for a test call: a steady tone as PCMU in RTP, and what comes back is counted.

use std::f64::consts::TAU;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::time::{MissedTickBehavior, interval};

/// Samples in one packet: 20 ms at 8,000 a second (RFC 3551 section 4.5.14).
const SAMPLES: u32 = 160;
/// The time of one packet.
const PACKET: Duration = Duration::from_millis(20);
/// How loud the tone is, of 32,767.
const AMPLITUDE: f64 = 8000.0;
/// The largest packet that is read, in bytes.
const LARGEST: usize = 1500;

/// A tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tone {
    /// Its pitch.
    pub hertz: u16,
}

impl Default for Tone {
    fn default() -> Self {
        Self { hertz: 440 }
    }
}

impl Tone {
    /// Writes the packet with this number; `source` names the stream.
    #[must_use]
    pub fn packet(self, number: u32, source: u32) -> Vec<u8> {
        let first = number.wrapping_mul(SAMPLES);
        let mut packet = vec![0x80, if number == 0 { 0x80 } else { 0 }];
        packet.extend_from_slice(&(number & 0xffff).to_be_bytes()[2..]);
        packet.extend_from_slice(&first.to_be_bytes());
        packet.extend_from_slice(&source.to_be_bytes());
        packet.extend((0..SAMPLES).map(|at| {
            let angle = TAU * f64::from(self.hertz) * f64::from(first.wrapping_add(at)) / 8000.0;
            #[allow(clippy::cast_possible_truncation, reason = "±8,000 fits")]
            mu_law((AMPLITUDE * angle.sin()) as i16)
        }));
        packet
    }
}

/// Encodes one sample (ITU-T G.711, µ-law).
fn mu_law(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let magnitude = sample.unsigned_abs().min(32_635) + 132;
    // The highest bit that is set is bit 7 at least, because of the 132.
    let exponent = 8 - u32::from(magnitude).leading_zeros().saturating_sub(16);
    let mantissa = (magnitude >> (exponent + 3)) & 0x0f;
    let coded = u16::try_from(exponent << 4).unwrap_or_default() | mantissa | sign;
    !u8::try_from(coded).unwrap_or_default()
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
                if let Ok((length @ 12.., _)) = heard && room[..length][0] >> 6 == 2 {
                    counts.received.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sample in the middle of what a code stands for (ITU-T G.711).
    fn decoded(code: u8) -> i32 {
        let code = !code;
        let magnitude = ((i32::from(code & 0x0f) << 3) + 132) << ((code >> 4) & 7);
        let magnitude = magnitude - 132;
        if code & 0x80 == 0 {
            magnitude
        } else {
            -magnitude
        }
    }

    #[test]
    fn every_sample_comes_back_nearly_the_same() {
        for sample in (-32_600..=32_600).step_by(7) {
            let back = decoded(mu_law(sample));

            let off = (back - i32::from(sample)).abs();
            assert!(
                off <= 4 + i32::from(sample).abs() / 16,
                "{sample} became {back}"
            );
        }
        assert_eq!(mu_law(0), 0xff);
    }

    #[test]
    fn a_packet_has_the_head_of_rtp_and_160_samples() {
        let packet = Tone::default().packet(65_537, 7);

        assert_eq!(packet.len(), 172);
        assert_eq!(&packet[..4], [0x80, 0, 0, 1], "the number wraps at 16 bits");
        assert_eq!(packet[4..8], (65_537_u32 * 160).to_be_bytes());
    }
}
