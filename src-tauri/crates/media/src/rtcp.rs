//! RTCP reports (RFC 3550 section 6): how they are written, parsed and scheduled.

use std::time::Duration;

const SENDER_REPORT: u8 = 200;
const RECEIVER_REPORT: u8 = 201;
const DESCRIPTION: u8 = 202;
const BYE: u8 = 203;
/// Version 2, in the first two bits.
const VERSION: u8 = 0x80;
/// The SDES item that identifies an end of the call.
const CNAME: u8 = 1;
/// Maximum number of parts read per packet; real ones have three.
const MOST_PARTS: usize = 32;
/// Delays between reports: the first ones are short, so that the round trip of a short call is
/// measured, and the rest follow RFC 3550 section 6.2.
const APART: [Duration; 3] = [
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(5),
];

/// What a sender reports about its own audio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// When it was sent, in units of 2^-32 seconds on the sender's own clock.
    pub time: u64,
    /// The timestamp of sound at that time.
    pub timestamp: u32,
    /// Packets sent.
    pub packets: u32,
    /// Bytes of sound sent.
    pub bytes: u32,
}

/// What one end reports about a received stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The stream.
    pub source: u32,
    /// The share lost since the last report, in 256ths.
    pub fraction_lost: u8,
    /// Packets lost, at most 8,388,607; negative if more arrived than were sent.
    pub lost: i32,
    /// The highest number, extended by the number of cycles.
    pub highest: u32,
    /// In timestamp units.
    pub jitter: u32,
    /// The middle of the last sender report's time; 0 if there was none.
    pub last_report: u32,
    /// The time since it arrived, in 65,536ths of a second.
    pub delay: u32,
}

/// One part of a packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// The streams have ended.
    Bye(Vec<u32>),
    /// What one end sends and receives.
    Report {
        /// The reporting stream.
        source: u32,
        /// What it sends; `None` if it only receives.
        sender: Option<Sender>,
        /// What it receives.
        blocks: Vec<Block>,
    },
    /// Another part, such as a description or feedback.
    Other,
}

/// Parses a compound packet; `None` if a length is inconsistent.
#[must_use]
pub fn parse(mut bytes: &[u8]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        if parts.len() == MOST_PARTS {
            return None;
        }
        let (head, after) = bytes.split_first_chunk::<4>()?;
        if head[0] & 0xc0 != VERSION {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([head[2], head[3]])) * 4;
        let (body, next) = after.split_at_checked(length)?;
        parts.push(part(head[1], usize::from(head[0] & 0x1f), body)?);
        bytes = next;
    }
    (!parts.is_empty()).then_some(parts)
}

fn part(kind: u8, count: usize, body: &[u8]) -> Option<Part> {
    let mut words = body
        .as_chunks::<4>()
        .0
        .iter()
        .map(|word| u32::from_be_bytes(*word));
    let words = &mut words;
    match kind {
        SENDER_REPORT | RECEIVER_REPORT => {
            let source = words.next()?;
            let sender = match kind {
                SENDER_REPORT => Some(Sender {
                    time: u64::from(words.next()?) << 32 | u64::from(words.next()?),
                    timestamp: words.next()?,
                    packets: words.next()?,
                    bytes: words.next()?,
                }),
                _ => None,
            };
            let blocks: Option<_> = (0..count).map(|_| block(words)).collect();
            Some(Part::Report {
                source,
                sender,
                blocks: blocks?,
            })
        }
        BYE => (0..count)
            .map(|_| words.next())
            .collect::<Option<_>>()
            .map(Part::Bye),
        _ => Some(Part::Other),
    }
}

fn block(words: &mut impl Iterator<Item = u32>) -> Option<Block> {
    let source = words.next()?;
    let losses = words.next()?;
    Some(Block {
        source,
        fraction_lost: losses.to_be_bytes()[0],
        // The shift back extends the sign from 24 to 32 bits.
        lost: (losses << 8).cast_signed() >> 8,
        highest: words.next()?,
        jitter: words.next()?,
        last_report: words.next()?,
        delay: words.next()?,
    })
}

/// Writes a compound packet: a report, its sender's name, and BYE if the call ends.
///
/// `name` is the CNAME, of which at most 255 bytes are written.
#[must_use]
pub fn write(
    source: u32,
    sender: Option<Sender>,
    block: Option<Block>,
    name: &str,
    bye: bool,
) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    let mut report = source.to_be_bytes().to_vec();
    if let Some(sender) = sender {
        report.extend(sender.time.to_be_bytes());
        for word in [sender.timestamp, sender.packets, sender.bytes] {
            report.extend(word.to_be_bytes());
        }
    }
    if let Some(block) = block {
        let lost = block.lost.clamp(-0x80_0000, 0x7f_ffff).to_be_bytes();
        report.extend(block.source.to_be_bytes());
        report.extend([block.fraction_lost, lost[1], lost[2], lost[3]]);
        for word in [block.highest, block.jitter, block.last_report, block.delay] {
            report.extend(word.to_be_bytes());
        }
    }
    let kind = if sender.is_some() {
        SENDER_REPORT
    } else {
        RECEIVER_REPORT
    };
    write_part(&mut bytes, kind, block.is_some(), &report);

    let name = &name.as_bytes()[..name.len().min(255)];
    let mut description = source.to_be_bytes().to_vec();
    description.extend([CNAME, u8::try_from(name.len()).unwrap_or(u8::MAX)]);
    description.extend(name);
    // At least one zero byte ends the list, and more fill the word.
    description.resize((description.len() / 4 + 1) * 4, 0);
    write_part(&mut bytes, DESCRIPTION, true, &description);

    if bye {
        write_part(&mut bytes, BYE, true, &source.to_be_bytes());
    }
    bytes
}

fn write_part(bytes: &mut Vec<u8>, kind: u8, counts_one: bool, body: &[u8]) {
    let words = u16::try_from(body.len() / 4).unwrap_or(u16::MAX);
    bytes.extend([VERSION | u8::from(counts_one), kind]);
    bytes.extend(words.to_be_bytes());
    bytes.extend(body);
}

/// Returns the middle 32 bits of a sender's time, as used in report blocks.
#[must_use]
pub fn middle(time: u64) -> u32 {
    u32::try_from((time >> 16) & 0xffff_ffff).unwrap_or_default()
}

/// Returns the round-trip time (RFC 3550 section 6.4.1): the time since the report that a block
/// refers to, minus the peer's delay. `now` is the middle of this side's time.
///
/// `None` if the block refers to no report, or the result is implausible: negative, or over a
/// minute.
#[must_use]
pub fn round_trip(block: &Block, now: u32) -> Option<Duration> {
    if block.last_report == 0 {
        return None;
    }
    let passed = now
        .wrapping_sub(block.last_report)
        .wrapping_sub(block.delay)
        .cast_signed();
    // Both sides round down, so a round trip of zero can appear negative.
    let passed = if passed == -1 { 0 } else { passed };
    let micros = u64::try_from(passed).ok()? * 1_000_000 / 65_536;
    let found = Duration::from_micros(micros);
    (found <= Duration::from_mins(1)).then_some(found)
}

/// Returns the delay from a report, or the start, to the next one. `chance`, from 0 to 1, varies it
/// by half (RFC 3550 section 6.3.1), so that many callers don't report in step.
#[must_use]
pub fn until_next(sent: usize, chance: f64) -> Duration {
    let apart = APART[sent.min(APART.len() - 1)];
    apart.mul_f64(0.5 + chance.clamp(0.0, 1.0))
}

#[cfg(test)]
#[path = "rtcp_tests.rs"]
mod tests;
