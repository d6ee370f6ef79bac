//! Reorders incoming audio and delays it slightly, so that packets arriving unevenly are played
//! evenly.

use super::rtp::{SAMPLES, ticks};

/// The initial delay, in samples: 60 ms.
const WAIT: u32 = 480;
/// Maximum buffered, in samples: 200 ms.
const MOST: usize = 1600;
/// Number of consecutive late packets after which the sender's clock counts as shifted.
const LATE_ENOUGH: u32 = 5;
/// Number of samples without audio after which the next packet starts afresh: 1 s.
const PAUSE: usize = 8000;

/// Buffered audio.
#[derive(Clone, Debug)]
pub(super) struct Playout {
    /// The timestamp of the first sample in `waiting`, once there is one.
    next: Option<u32>,
    /// A ring buffer: the sample with the timestamp `next` is at `first`.
    waiting: Vec<Option<i16>>,
    first: usize,
    late: u32,
    silent: usize,
}

impl Default for Playout {
    fn default() -> Self {
        Self {
            next: None,
            waiting: vec![None; MOST],
            first: 0,
            late: 0,
            silent: 0,
        }
    }
}

impl Playout {
    /// Inserts the audio of a packet. Audio that arrives too late is dropped.
    pub(super) fn put(&mut self, timestamp: u32, samples: &[i16]) {
        let Some(next) = self.next else {
            self.begin(timestamp, samples);
            return;
        };
        let offset = i64::from(ticks(next, timestamp));
        let length = i64::try_from(samples.len()).unwrap_or(i64::MAX);
        if offset + length <= 0 {
            self.late += 1;
            if self.late == LATE_ENOUGH {
                self.begin(timestamp, samples);
            }
            return;
        }
        self.late = 0;
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        if offset + length > most {
            self.begin(timestamp, samples);
            return;
        }
        for (at, &sample) in (offset..).zip(samples) {
            if let Ok(at) = usize::try_from(at) {
                self.waiting[(self.first + at) % MOST] = Some(sample);
            }
        }
    }

    /// Clears the buffer, and delays this audio by 60 ms.
    fn begin(&mut self, timestamp: u32, samples: &[i16]) {
        let wait = WAIT.min(u32::try_from(MOST.saturating_sub(samples.len())).unwrap_or_default());
        *self = Self::default();
        self.next = Some(timestamp.wrapping_sub(wait));
        for (at, &sample) in (wait as usize..MOST).zip(samples) {
            self.waiting[at] = Some(sample);
        }
    }

    /// Returns the next 20 ms; `None` if it contains no samples. A missing sample repeats the
    /// previous one.
    pub(super) fn take(&mut self) -> Option<[i16; SAMPLES]> {
        let next = self.next?;
        let mut samples = [0; SAMPLES];
        let mut found = 0;
        let mut last = 0;
        for sample in &mut samples {
            if let Some(waiting) = self.waiting[self.first].take() {
                last = waiting;
                found += 1;
            }
            *sample = last;
            self.first = (self.first + 1) % MOST;
        }
        if found > 0 {
            self.silent = 0;
        } else {
            self.silent += SAMPLES;
        }
        self.next = (self.silent < PAUSE).then(|| next.wrapping_add(160));
        (found > 0).then_some(samples)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes packets of 20 ms until nothing waits; each is told by its first sample.
    fn heard(playout: &mut Playout, count: usize) -> Vec<Option<i16>> {
        (0..count)
            .map(|_| playout.take().map(|samples| samples[0]))
            .collect()
    }

    fn put(playout: &mut Playout, number: i16) {
        let after = u32::from(number.unsigned_abs()) * 160;
        put_at(playout, (u32::MAX - 100).wrapping_add(after), number);
    }

    fn put_at(playout: &mut Playout, timestamp: u32, number: i16) {
        playout.put(timestamp, &[number; 160]);
    }

    #[test]
    fn sound_waits_for_60_ms_and_comes_in_order() {
        let mut playout = Playout::default();
        put_at(&mut playout, u32::MAX - 100, 1);
        put_at(&mut playout, 219 + 160, 4);
        put_at(&mut playout, 59, 2);
        put_at(&mut playout, 59, 2);

        let heard = heard(&mut playout, 8);

        let (one, two, four) = (Some(1), Some(2), Some(4));
        assert_eq!(heard, [None, None, None, one, two, None, four, None]);
    }

    #[test]
    fn a_packet_that_comes_too_late_is_dropped() {
        let mut playout = Playout::default();
        for number in [0, 1, 2, 3, 5] {
            put(&mut playout, number);
        }
        heard(&mut playout, 8);

        put(&mut playout, 4);

        assert_eq!(heard(&mut playout, 2), [Some(5), None]);
    }

    #[test]
    fn a_sender_that_is_always_late_is_heard_again() {
        let mut playout = Playout::default();
        put_at(&mut playout, 1_000_000, 1);
        heard(&mut playout, 5);

        for number in 0..10_u8 {
            put_at(&mut playout, u32::from(number) * 160, i16::from(number));
        }

        let heard = heard(&mut playout, 12);
        assert_eq!(heard[3], Some(4), "it begins anew: {heard:?}");
    }

    #[test]
    fn no_more_than_200_ms_wait() {
        let mut playout = Playout::default();
        for number in 0..1000_u32 {
            put_at(&mut playout, number * 160, 1);
        }

        let waiting = (0..1000).filter(|_| playout.take().is_some()).count();

        assert!((1..=10).contains(&waiting), "{waiting} packets");
    }

    #[test]
    fn a_packet_of_any_length_and_time_is_survived() {
        let mut playout = Playout::default();
        let mut state = 1_u32;
        for _ in 0..2000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let length = (state >> 8) as usize % 3000;
            playout.put(state, &vec![1; length]);
            if state.is_multiple_of(3) {
                playout.take();
            }
        }
        assert_eq!(playout.waiting.len(), MOST);
    }

    #[test]
    fn packets_of_other_lengths_are_heard_whole() {
        for length in [160, 320, 480, 800] {
            let mut playout = Playout::default();
            let mut whole = 0;
            for at in 0..60 {
                if at * 160 % length == 0 && at < 30 {
                    playout.put(at * 160, &vec![7; length as usize]);
                }
                let samples = playout.take().unwrap_or([0; SAMPLES]);
                whole += samples.iter().filter(|sample| **sample == 7).count();
            }
            assert_eq!(whole, 30 * 160, "packets of {length}");
        }
    }

    #[test]
    fn after_a_pause_the_next_sound_begins_anew() {
        let mut playout = Playout::default();
        put_at(&mut playout, 0, 1);
        heard(&mut playout, 200);

        put_at(&mut playout, 77, 2);

        assert_eq!(heard(&mut playout, 4), [None, None, None, Some(2)]);
    }
}
