//! Throttles a device that produces or consumes audio faster than real time, as one backed by a
//! file does.

use std::time::{Duration, Instant};

/// How far ahead a device may be: some take a burst when they start.
const AHEAD: Duration = Duration::from_millis(100);
/// How much faster than nominal a real device's clock may run: ten times the usual error.
const FASTER: f64 = 1.001;
/// The longest single delay, so that the device can still be closed.
const LONGEST: Duration = Duration::from_millis(100);

/// Tracks how much audio passed since when.
#[derive(Debug)]
pub(super) struct DeviceThrottle {
    rate: u32,
    began: Option<Instant>,
    frames: u64,
}

impl DeviceThrottle {
    /// Starts with the first audio. `rate` is in frames per second.
    pub(super) fn new(rate: u32) -> Self {
        Self {
            rate: rate.max(1),
            began: None,
            frames: 0,
        }
    }

    /// Counts audio that passed, and returns how long to wait before more may pass.
    pub(super) fn pass(&mut self, frames: usize, now: Instant) -> Duration {
        let began = *self.began.get_or_insert(now);
        let frames = u64::try_from(frames).unwrap_or(u64::MAX);
        self.frames = self.frames.saturating_add(frames);
        let micros = u128::from(self.frames) * 1_000_000 / u128::from(self.rate);
        let sounded = Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX));
        let passed = now.saturating_duration_since(began).mul_f64(FASTER);
        if passed > sounded + AHEAD {
            // It stalled for a while, which it must not catch up on.
            *self = Self::new(self.rate);
            return Duration::ZERO;
        }
        sounded.saturating_sub(passed + AHEAD).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERIOD: Duration = Duration::from_millis(20);

    #[test]
    fn a_real_device_is_never_held_back() {
        let start = Instant::now();
        for faster in [0.9995, 1.0, 1.0005] {
            let mut throttle = DeviceThrottle::new(48_000);
            for at in 0..100_000 {
                let now = start + (PERIOD * at).mul_f64(1.0 / faster);
                assert_eq!(throttle.pass(960, now), Duration::ZERO, "{at}");
            }
        }
    }

    #[test]
    fn a_file_runs_as_fast_as_it_sounds() {
        let start = Instant::now();
        let mut throttle = DeviceThrottle::new(48_000);
        let mut now = start;
        for _ in 0..1000 {
            now += throttle.pass(960, now);
        }

        let passed = now - start;
        assert!(
            (Duration::from_millis(19_700)..Duration::from_secs(20)).contains(&passed),
            "20 s of sound in {passed:?}"
        );
    }

    #[test]
    fn what_a_device_missed_is_not_made_up_for() {
        let start = Instant::now();
        let mut throttle = DeviceThrottle::new(8000);
        throttle.pass(160, start);
        let later = start + Duration::from_mins(1);
        throttle.pass(160, later);

        let held: Duration = (0..50).map(|_| throttle.pass(160, later)).sum();

        assert!(held > Duration::ZERO);
    }
}
