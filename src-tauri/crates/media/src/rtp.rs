//! RTP packets (RFC 3550 section 5.1).

/// Samples per packet sent: 20 ms at 8,000 per second (RFC 3551 section 4.5.14).
pub const SAMPLES: usize = 160;
/// Samples, and timestamp units, per second.
pub const RATE: u32 = 8000;
/// The size of the header without lists and extensions, in bytes.
const HEAD: usize = 12;
/// Version 2, in the first two bits.
const VERSION: u8 = 0x80;

/// One packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// Audio starts here after a pause, or this is the first packet of a key press.
    pub marker: bool,
    /// The payload type, 0 to 127.
    pub payload_type: u8,
    /// The sequence number, which starts at random.
    pub sequence: u16,
    /// The timestamp in samples, which starts at random.
    pub timestamp: u32,
    /// Names the stream.
    pub source: u32,
    /// The sound.
    pub payload: &'a [u8],
}

impl<'a> Packet<'a> {
    /// Parses a packet; `None` if it isn't RTP, or its lengths are inconsistent.
    #[must_use]
    pub fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (head, mut rest) = bytes.split_first_chunk::<HEAD>()?;
        if head[0] & 0xc0 != VERSION || is_rtcp(bytes) {
            return None;
        }
        let contributors = usize::from(head[0] & 0x0f) * 4;
        rest = rest.get(contributors..)?;
        if head[0] & 0x10 != 0 {
            let (extension, after) = rest.split_first_chunk::<4>()?;
            let words = u16::from_be_bytes([extension[2], extension[3]]);
            rest = after.get(usize::from(words) * 4..)?;
        }
        if head[0] & 0x20 != 0 {
            // The last byte is the number of padding bytes, including itself.
            let padding = usize::from(*rest.last()?);
            if padding == 0 {
                return None;
            }
            rest = rest.get(..rest.len().checked_sub(padding)?)?;
        }
        Some(Self {
            marker: head[1] & 0x80 != 0,
            payload_type: head[1] & 0x7f,
            sequence: u16::from_be_bytes([head[2], head[3]]),
            timestamp: u32::from_be_bytes([head[4], head[5], head[6], head[7]]),
            source: u32::from_be_bytes([head[8], head[9], head[10], head[11]]),
            payload: rest,
        })
    }

    /// Writes the packet, without lists, extensions and padding.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        let marker = if self.marker { 0x80 } else { 0 };
        let mut bytes = Vec::with_capacity(HEAD + self.payload.len());
        bytes.extend([VERSION, marker | (self.payload_type & 0x7f)]);
        bytes.extend(self.sequence.to_be_bytes());
        bytes.extend(self.timestamp.to_be_bytes());
        bytes.extend(self.source.to_be_bytes());
        bytes.extend(self.payload);
        bytes
    }
}

/// Returns whether a packet that arrived on an RTP port is RTCP (RFC 5761 section 4).
#[must_use]
pub fn is_rtcp(bytes: &[u8]) -> bool {
    matches!(bytes, [first, 200..=204, ..] if first & 0xc0 == VERSION)
}

/// Returns how far `to` is after `from`, modulo 2^16 (RFC 1982); negative if before.
#[must_use]
pub fn steps(from: u16, to: u16) -> i16 {
    to.wrapping_sub(from).cast_signed()
}

/// Returns how far a timestamp is after another, modulo 2^32; negative if before.
#[must_use]
pub fn ticks(from: u32, to: u32) -> i32 {
    to.wrapping_sub(from).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: Packet<'_> = Packet {
        marker: true,
        payload_type: 8,
        sequence: 0xfffe,
        timestamp: 0x0102_0304,
        source: 0x0506_0708,
        payload: &[9, 10, 11],
    };

    #[test]
    fn a_packet_is_read_as_it_was_written() {
        let bytes = PACKET.write();

        assert_eq!(
            bytes,
            [0x80, 0x88, 0xff, 0xfe, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
        );
        assert_eq!(Packet::parse(&bytes), Some(PACKET));
    }

    #[test]
    fn contributors_extension_and_padding_are_skipped() {
        let mut bytes = PACKET.write();
        bytes[0] = 0x80 | 0x20 | 0x10 | 2;
        let payload = bytes.split_off(12);
        bytes.extend([0xaa; 8]);
        bytes.extend([0xbe, 0xde, 0, 1, 1, 2, 3, 4]);
        bytes.extend(&payload);
        bytes.extend([0, 0, 3]);

        assert_eq!(Packet::parse(&bytes).unwrap().payload, payload);
    }

    #[test]
    fn lengths_that_do_not_fit_are_no_packet() {
        let head = PACKET.write()[..12].to_vec();
        let with = |first: u8, tail: &[u8]| {
            let mut bytes = head.clone();
            bytes[0] = first;
            bytes.extend(tail);
            bytes
        };
        let rows = [
            ("nothing", vec![]),
            ("a head cut short", head[..11].to_vec()),
            ("version 1", with(0x40, &[0; 20])),
            ("contributors cut short", with(0x8f, &[0; 59])),
            ("extension cut short", with(0x90, &[0, 0, 0])),
            ("extension too long", with(0x90, &[0, 0, 0xff, 0xff, 1])),
            ("padding of none", with(0xa0, &[1, 0])),
            ("padding that is all and more", with(0xa0, &[1, 3])),
            ("padding and no byte", with(0xa0, &[])),
            ("RTCP", {
                let mut bytes = head.clone();
                bytes[1] = 200;
                bytes
            }),
        ];
        for (name, bytes) in rows {
            assert_eq!(Packet::parse(&bytes), None, "{name}");
        }
        assert_eq!(Packet::parse(&head).unwrap().payload, [0; 0]);
    }

    #[test]
    fn no_bytes_make_it_panic() {
        let mut state = 1_u32;
        for _ in 0..20_000 {
            let bytes: Vec<u8> = (0..state % 40)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    state.to_be_bytes()[0]
                })
                .collect();
            state = state.wrapping_add(1);
            if let Some(packet) = Packet::parse(&bytes) {
                assert!(packet.payload.len() + 12 <= bytes.len());
            }
        }
    }

    #[test]
    fn numbers_go_round() {
        assert_eq!(steps(0xffff, 1), 2);
        assert_eq!(steps(1, 0xffff), -2);
        assert_eq!(ticks(u32::MAX, 159), 160);
        assert_eq!(ticks(0, u32::MAX), -1);
    }
}
