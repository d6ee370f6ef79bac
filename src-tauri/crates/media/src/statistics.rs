//! Reception statistics for a peer's packets (RFC 3550 section 6.4.1 and appendix A).

use std::time::{Duration, Instant};

use super::rtp::{Packet, RATE, steps, ticks};

/// A number at most this far ahead is a gap; further ahead, the sender restarted (RFC 3550 appendix
/// A.1).
const LARGEST_GAP: i16 = 3000;
/// A number at most this far behind is late; further behind, the sender restarted (RFC 3550
/// appendix A.1).
const LATEST: i16 = 100;
/// A difference this large means another clock rather than jitter, in timestamp units.
const LARGEST_DIFFERENCE: f64 = 10.0 * RATE as f64;

/// What became of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was there before.
    Duplicate,
    /// It arrived after a packet that was sent later.
    Late,
    /// It is the newest.
    Newest,
    /// It isn't counted: it may be the first of another stream, which its next packet will show.
    Stray,
}

/// A peer's packets, across all streams that it started.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    stream: Option<Stream>,
    /// The expected and received numbers of streams that ended.
    past: (u32, u32),
    duplicates: u32,
    reordered: u32,
    /// A packet that belongs to no stream: its source and number.
    stray: Option<(u32, u16)>,
    /// Expected and received at the last report.
    reported: (u32, u32),
    /// In steps of the timestamp.
    jitter: f64,
    gaps: Gaps,
}

/// Whether skipped numbers count as lost packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gaps {
    /// They are.
    #[default]
    Lost,
    /// Not before the next packet: the pause has ended, and the sender may have continued counting.
    LostAfterOne,
    /// No: no audio is negotiated, as on hold.
    Nothing,
}

/// A contiguous run of numbers.
#[derive(Clone, Debug)]
struct Stream {
    source: u32,
    /// The first number.
    base: u32,
    /// The highest number, with the number of cycles in the upper half.
    highest: u32,
    received: u32,
    /// Bit n: the packet n before the highest was received.
    seen: u128,
    /// When the last packet of sound came, and its timestamp.
    last: Option<(Instant, u32)>,
}

impl Stream {
    fn begin(source: u32, sequence: u16) -> Self {
        Self {
            source,
            base: u32::from(sequence),
            highest: u32::from(sequence),
            received: 1,
            seen: 1,
            last: None,
        }
    }

    fn expected(&self) -> u32 {
        self.highest.wrapping_sub(self.base).wrapping_add(1)
    }
}

impl Statistics {
    /// Counts a packet. Only audio packets contribute to jitter, because all packets of a key press
    /// have the timestamp of its start.
    pub fn count(&mut self, packet: &Packet<'_>, is_sound: bool, now: Instant) -> Arrival {
        let arrival = self.place(packet.source, packet.sequence);
        if is_sound
            && matches!(arrival, Arrival::Late | Arrival::Newest)
            && let Some(stream) = &mut self.stream
        {
            // Audio that starts after a pause may have a new timestamp base.
            if let Some((when, timestamp)) = stream.last.filter(|_| !packet.marker) {
                let passed = now.saturating_duration_since(when).as_secs_f64() * f64::from(RATE);
                let difference = (passed - f64::from(ticks(timestamp, packet.timestamp))).abs();
                if difference < LARGEST_DIFFERENCE {
                    self.jitter += (difference - self.jitter) / 16.0;
                }
            }
            stream.last = Some((now, packet.timestamp));
        }
        arrival
    }

    /// Sets whether audio is negotiated from now on. While it isn't, and up to the first packet
    /// after that, skipped numbers are a pause and not lost packets.
    pub fn expect(&mut self, sound: bool) {
        self.gaps = match (self.gaps, sound) {
            (_, false) => Gaps::Nothing,
            (Gaps::Nothing, true) => Gaps::LostAfterOne,
            (gaps, true) => gaps,
        };
    }

    /// Returns whether a packet ends a pause that isn't counted.
    fn ends_pause(&mut self, source: u32, sequence: u16) -> bool {
        let Some(stream) = self.stream.as_ref().filter(|open| open.source == source) else {
            return false;
        };
        let ahead = steps(low_half(stream.highest), sequence);
        if self.gaps == Gaps::Lost || (-LATEST..=0).contains(&ahead) {
            return false;
        }
        if self.gaps == Gaps::LostAfterOne {
            self.gaps = Gaps::Lost;
        }
        ahead != 1
    }

    fn place(&mut self, source: u32, sequence: u16) -> Arrival {
        if self.ends_pause(source, sequence) {
            self.past = (self.expected(), self.received());
            self.stream = None;
        }
        let Some(stream) = self.stream.as_mut() else {
            self.stream = Some(Stream::begin(source, sequence));
            return Arrival::Newest;
        };
        let ahead = steps(low_half(stream.highest), sequence);
        if stream.source != source || !(-LATEST..=LARGEST_GAP).contains(&ahead) {
            return self.place_stray(source, sequence);
        }
        if ahead > 0 {
            stream.highest = stream.highest.wrapping_add(u32::from(ahead.unsigned_abs()));
            let shift = u32::from(ahead.unsigned_abs());
            stream.seen = stream.seen.checked_shl(shift).unwrap_or(0) | 1;
            stream.received = stream.received.saturating_add(1);
            return Arrival::Newest;
        }
        let bit = 1_u128 << ahead.unsigned_abs();
        // Numbers before the first packet were never expected.
        let before = stream.highest.wrapping_sub(stream.base) < u32::from(ahead.unsigned_abs());
        if stream.seen & bit != 0 {
            self.duplicates = self.duplicates.saturating_add(1);
            return Arrival::Duplicate;
        }
        if before {
            stream.base = stream.highest.wrapping_sub(u32::from(ahead.unsigned_abs()));
        }
        stream.seen |= bit;
        stream.received = stream.received.saturating_add(1);
        self.reordered = self.reordered.saturating_add(1);
        Arrival::Late
    }

    /// Two consecutive packets start another stream; a single one may be anyone's.
    fn place_stray(&mut self, source: u32, sequence: u16) -> Arrival {
        if self.stray != Some((source, sequence.wrapping_sub(1))) {
            self.stray = Some((source, sequence));
            return Arrival::Stray;
        }
        self.stray = None;
        self.past = (self.expected(), self.received());
        let mut stream = Stream::begin(source, sequence.wrapping_sub(1));
        stream.highest = stream.highest.wrapping_add(1);
        stream.seen = 0b11;
        stream.received = 2;
        self.stream = Some(stream);
        Arrival::Newest
    }

    /// Returns how many packets were sent, according to their numbers.
    #[must_use]
    pub fn expected(&self) -> u32 {
        let stream = self.stream.as_ref().map_or(0, Stream::expected);
        self.past.0.saturating_add(stream)
    }

    /// Returns how many packets arrived, without duplicates.
    #[must_use]
    pub fn received(&self) -> u32 {
        let stream = self.stream.as_ref().map_or(0, |stream| stream.received);
        self.past.1.saturating_add(stream)
    }

    /// Returns how many packets were lost (appendix A.3).
    #[must_use]
    pub fn lost(&self) -> u32 {
        self.expected().saturating_sub(self.received())
    }

    /// Returns how many packets were duplicates.
    #[must_use]
    pub fn duplicates(&self) -> u32 {
        self.duplicates
    }

    /// Returns how many packets arrived after one that was sent later.
    #[must_use]
    pub fn reordered(&self) -> u32 {
        self.reordered
    }

    /// Returns the interarrival jitter, in timestamp units (appendix A.8).
    #[must_use]
    pub fn jitter(&self) -> f64 {
        self.jitter
    }

    /// Returns the interarrival jitter, in milliseconds.
    #[must_use]
    pub fn jitter_ms(&self) -> f64 {
        self.jitter * 1000.0 / f64::from(RATE)
    }

    /// Returns the received stream, and its highest number extended by cycles.
    #[must_use]
    pub fn source(&self) -> Option<(u32, u32)> {
        self.stream
            .as_ref()
            .map(|stream| (stream.source, stream.highest))
    }

    /// Returns the share lost since the last call, in 256ths (appendix A.3).
    pub fn fraction_lost(&mut self) -> u8 {
        let (expected, received) = (self.expected(), self.received());
        let newly_expected = expected.saturating_sub(self.reported.0);
        let newly_lost = newly_expected.saturating_sub(received.saturating_sub(self.reported.1));
        self.reported = (expected, received);
        if newly_expected == 0 {
            return 0;
        }
        let part = u64::from(newly_lost) * 256 / u64::from(newly_expected);
        u8::try_from(part).unwrap_or(u8::MAX)
    }
}

fn low_half(number: u32) -> u16 {
    let [_, _, high, low] = number.to_be_bytes();
    u16::from_be_bytes([high, low])
}

/// Converts a duration to RTCP's units: 65,536ths of a second.
#[must_use]
pub fn in_65536ths(duration: Duration) -> u32 {
    let whole = duration.as_secs() << 16;
    let part = (u64::from(duration.subsec_nanos()) << 16) / 1_000_000_000;
    u32::try_from((whole | part) & 0xffff_ffff).unwrap_or_default()
}

#[cfg(test)]
#[path = "statistics_tests.rs"]
mod tests;
