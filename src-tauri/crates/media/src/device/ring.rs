//! Buffers audio between a call and a device, whose clocks drift apart slightly.

use std::collections::VecDeque;

use super::super::rtp::SAMPLES;

/// How much is buffered before the first read, in samples: 60 ms, which is more than a device reads
/// or writes at once.
const WAIT: usize = 3 * SAMPLES;
/// Maximum buffered, in samples: 200 ms.
const MOST: usize = 10 * SAMPLES;

/// Samples at 8,000 a second.
#[derive(Debug, Default)]
pub(super) struct Ring {
    samples: VecDeque<i16>,
    /// Enough was buffered, and there was no underrun since.
    is_running: bool,
}

impl Ring {
    /// Appends audio. Anything more than 200 ms old is discarded.
    pub(super) fn put(&mut self, samples: &[i16]) {
        self.samples.extend(samples);
        let over = self.samples.len().saturating_sub(MOST);
        self.samples.drain(..over);
    }

    /// Returns 20 ms; `None` until enough is buffered.
    pub(super) fn take(&mut self) -> Option<[i16; SAMPLES]> {
        let needed = if self.is_running { SAMPLES } else { WAIT };
        self.is_running = self.samples.len() >= needed;
        if !self.is_running {
            return None;
        }
        let mut taken = [0; SAMPLES];
        for (to, from) in taken.iter_mut().zip(self.samples.drain(..SAMPLES)) {
            *to = from;
        }
        Some(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_waits_for_60_ms_at_first_and_after_each_gap() {
        let mut ring = Ring::default();
        for _ in 0..2 {
            ring.put(&[1; 320]);
            assert_eq!(ring.take(), None);
            ring.put(&[2; 160]);

            let taken: Vec<_> = (0..4).map(|_| ring.take().map(|one| one[0])).collect();

            assert_eq!(taken, [Some(1), Some(1), Some(2), None]);
        }
    }

    #[test]
    fn no_more_than_200_ms_wait_and_the_newest_stay() {
        let mut ring = Ring::default();
        for number in 0..100 {
            ring.put(&[number; 160]);
        }

        let taken: Vec<_> = std::iter::from_fn(|| ring.take())
            .map(|one| one[0])
            .collect();

        assert_eq!(taken, (90..100).collect::<Vec<_>>());
    }
}
