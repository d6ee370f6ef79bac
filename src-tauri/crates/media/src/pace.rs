//! When the next packet is due.

use std::time::{Duration, Instant};

/// The time of one packet.
pub(super) const PACKET: Duration = Duration::from_millis(20);
/// Maximum number of packets to catch up on; if there are more, the computer was asleep.
const MOST_BEHIND: u32 = 10;

/// A packet every 20 ms. A late packet doesn't delay the following ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    next: Instant,
}

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Due {
    /// Packets to skip, because their time has long passed.
    pub(super) left_out: u32,
    /// Packets to be sent.
    pub(super) packets: u32,
}

impl Pace {
    /// Starts with a packet due immediately.
    #[must_use]
    pub(super) fn begin(now: Instant) -> Self {
        Self { next: now }
    }

    /// Returns when the next packet is due.
    #[must_use]
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    /// Takes what is due.
    pub(super) fn take(&mut self, now: Instant) -> Due {
        let Some(behind) = now.checked_duration_since(self.next) else {
            return Due {
                left_out: 0,
                packets: 0,
            };
        };
        let due = behind.as_millis() / PACKET.as_millis() + 1;
        let due = u32::try_from(due).unwrap_or(u32::MAX);
        self.next += PACKET * due;
        let left_out = if due > MOST_BEHIND { due - 1 } else { 0 };
        Due {
            left_out,
            packets: due - left_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_packet_delays_no_other() {
        let start = Instant::now();
        let mut pace = Pace::begin(start);
        let rows = [
            (0, 1, 20),
            (19, 0, 20),
            (20, 1, 40),
            (47, 1, 60),
            (60, 1, 80),
            (131, 3, 140),
        ];
        for (millis, packets, next) in rows {
            let due = pace.take(start + Duration::from_millis(millis));

            assert_eq!((due.left_out, due.packets), (0, packets), "at {millis} ms");
            assert_eq!(pace.next(), start + Duration::from_millis(next));
        }
    }

    #[test]
    fn a_computer_that_slept_does_not_send_it_all_at_once() {
        let start = Instant::now();
        let mut pace = Pace::begin(start);

        let due = pace.take(start + Duration::from_hours(1));

        assert_eq!((due.left_out, due.packets), (180_000, 1));
    }
}
