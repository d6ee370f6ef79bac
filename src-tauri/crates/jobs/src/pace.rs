//! A job's speed, and how often it is reported.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

/// The period over which the rate is averaged.
const RATE_OVER: Duration = Duration::from_secs(20);
/// The minimum period for a rate.
const SHORTEST: Duration = Duration::from_millis(500);
/// How often a job's progress is reported.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// The times at which rows ended recently.
#[derive(Default)]
pub(super) struct Pace {
    lately: VecDeque<(Instant, u64)>,
    told: Option<Instant>,
}

impl Pace {
    /// Records that this many rows ended.
    pub(super) fn add(&mut self, rows: u64, now: Instant) {
        self.lately.push_back((now, rows));
        while (self.lately.front()).is_some_and(|(at, _)| now.duration_since(*at) > RATE_OVER) {
            self.lately.pop_front();
        }
    }

    /// Returns whether it is time to report progress, and if so, records that it was.
    pub(super) fn is_time_to_tell(&mut self, now: Instant) -> bool {
        if (self.told).is_some_and(|told| now.duration_since(told) < TOLD_EVERY) {
            return false;
        }
        self.told = Some(now);
        true
    }

    /// Returns how many rows ended per second recently; `None` if that isn't known yet.
    pub(super) fn rate(&self, now: Instant) -> Option<f64> {
        let mut lately = self.lately.iter();
        // Those that ended first were on their way before.
        let (first, _) = lately.next()?;
        let took = now.duration_since(*first);
        let rows: u64 = lately.map(|(_, rows)| rows).sum();
        #[allow(clippy::cast_precision_loss, reason = "a rate is no exact number")]
        (took > SHORTEST).then(|| rows as f64 / took.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(began: Instant, ms: u64) -> Instant {
        began + Duration::from_millis(ms)
    }

    #[test]
    fn the_rate_is_that_of_the_last_seconds() {
        let began = Instant::now();
        let mut pace = Pace::default();

        pace.add(10, began);
        assert_eq!(pace.rate(began), None, "no time has passed");
        pace.add(10, after(began, 400));
        assert_eq!(pace.rate(after(began, 400)), None, "too soon to tell");
        pace.add(20, after(began, 2_000));
        assert_eq!(pace.rate(after(began, 2_000)), Some(15.0));

        pace.add(5, after(began, 30_000));
        pace.add(9, after(began, 33_000));
        let rate = pace.rate(after(began, 33_000));
        assert_eq!(rate, Some(3.0), "long ago counts no more");
    }

    #[test]
    fn how_far_a_job_is_isnt_told_at_every_row() {
        let began = Instant::now();
        let mut pace = Pace::default();

        let told = [0, 50, 150, 250, 300, 500];
        let told = told.map(|ms| pace.is_time_to_tell(after(began, ms)));

        assert_eq!(told, [true, false, false, true, false, true]);
    }
}
