//! Repeats a check every few seconds, and keeps the results.

use std::collections::VecDeque;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use registrar_activity::clock;
use tokio::time::{Instant, sleep_until};

/// Default seconds between two checks.
pub const DEFAULT: u32 = 30;
/// The shortest and the longest time between two looks, in seconds.
pub const RANGE: std::ops::RangeInclusive<u32> = 5..=3600;
/// Number of stored results.
pub const KEPT: usize = 500;

/// How many queries in a row may stay without an answer, once the registrar has answered.
pub const MOST_SILENT: usize = 3;

/// Returns how long to wait before the registrar is asked again for a phone that is waited for since
/// `waited`: 10 seconds in the first minute, 30 in the next five, and then a minute.
#[must_use]
pub fn pause(waited: Duration) -> Duration {
    match waited.as_secs() {
        0..60 => Duration::from_secs(10),
        60..360 => Duration::from_secs(30),
        _ => Duration::from_mins(1),
    }
}

/// Notices that a registrar which responded has fallen silent, so that it isn't asked forever.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silence {
    answered: bool,
    in_a_row: usize,
}

impl Silence {
    /// Counts one query. Returns whether it is time to stop.
    pub fn count(&mut self, answered: bool) -> bool {
        if answered {
            *self = Self {
                answered,
                in_a_row: 0,
            };
        } else {
            self.in_a_row += 1;
        }
        self.answered && self.in_a_row >= MOST_SILENT
    }
}

/// One result of a repeated check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick<T> {
    /// When it began, in milliseconds since 1970.
    pub at_ms: u64,
    /// How long it took.
    pub took: Duration,
    /// What it found.
    pub found: T,
    /// The registrar answered before and has fallen silent: this is the last one.
    pub fell_silent: bool,
}

/// What one look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look<T> {
    /// Any answer came.
    pub answered: bool,
    /// The reported result.
    pub found: T,
}

/// A repeated check and its latest results.
#[derive(Debug)]
pub struct Watch<T> {
    every: Duration,
    kept: Mutex<VecDeque<Tick<T>>>,
}

impl<T: Clone> Watch<T> {
    /// Looks every `seconds`, 5 to 3600; others are brought into that range.
    #[must_use]
    pub fn new(seconds: u32) -> Self {
        let seconds = seconds.clamp(*RANGE.start(), *RANGE.end());
        Self {
            every: Duration::from_secs(seconds.into()),
            kept: Mutex::default(),
        }
    }

    /// Checks at once and then repeatedly, until this is dropped or a registrar that responded has
    /// fallen silent. Checks start at equal intervals; one that takes longer is followed by the
    /// next at once, and missed ones are skipped.
    ///
    /// `look` must not affect phones: a query, never a full registration.
    pub async fn run<F, L>(&self, look: F, on_tick: &(dyn Fn(&Tick<T>) + Send + Sync))
    where
        F: Fn() -> L,
        L: Future<Output = Look<T>>,
    {
        let mut silence = Silence::default();
        loop {
            let (began, at_ms) = (Instant::now(), clock::now_ms());
            let look = look().await;
            let fell_silent = silence.count(look.answered);
            let tick = Tick {
                at_ms,
                took: began.elapsed(),
                found: look.found,
                fell_silent,
            };
            on_tick(&tick);
            self.keep(tick);
            if fell_silent {
                return;
            }
            sleep_until(began + self.every).await;
        }
    }

    /// Returns the latest results, the oldest first.
    #[must_use]
    pub fn kept(&self) -> Vec<Tick<T>> {
        self.results().iter().cloned().collect()
    }

    fn keep(&self, tick: Tick<T>) {
        let mut kept = self.results();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(tick);
    }

    fn results(&self) -> MutexGuard<'_, VecDeque<Tick<T>>> {
        self.kept.lock()
    }
}

impl<T: Clone> Default for Watch<T> {
    fn default() -> Self {
        Self::new(DEFAULT)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::time::{sleep, timeout};

    use super::*;

    /// An answer that lists so many bindings.
    fn good(bindings: usize) -> Look<usize> {
        Look {
            answered: true,
            found: bindings,
        }
    }

    /// Watches for `length` with looks that take `takes`, and returns when each began.
    async fn beginnings(watch: &Watch<usize>, takes: Duration, length: Duration) -> Vec<u64> {
        let start = Instant::now();
        let began = Mutex::new(Vec::new());
        let look = || async {
            began.lock().push(start.elapsed().as_secs());
            sleep(takes).await;
            good(1)
        };
        let watched = timeout(length, watch.run(look, &|_| {})).await;
        assert!(watched.is_err(), "it goes on until it is stopped");
        began.into_inner()
    }

    #[tokio::test(start_paused = true)]
    async fn looks_begin_in_equal_steps_and_none_is_caught_up() {
        for (seconds, takes, expected) in [
            (30, 1, vec![0, 30, 60, 90]),
            (30, 40, vec![0, 40, 80]),
            (60, 0, vec![0, 60]),
        ] {
            let watch = Watch::new(seconds);

            let began =
                beginnings(&watch, Duration::from_secs(takes), Duration::from_secs(100)).await;

            assert_eq!(began, expected, "every {seconds} s, {takes} s long");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_registrar_that_falls_silent_ends_the_watch() {
        let answers = [false, true, false, false, true, false, false, false];
        let (asked, told) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        let look = || async {
            let answered = answers[asked.fetch_add(1, Ordering::Relaxed)];
            Look {
                answered,
                ..good(0)
            }
        };
        let on_tick = |tick: &Tick<usize>| told.lock().push(tick.fell_silent);

        let watch = Watch::new(5);
        timeout(Duration::from_mins(5), watch.run(look, &on_tick))
            .await
            .unwrap();

        let told = told.into_inner();
        assert_eq!(told.len(), answers.len());
        assert_eq!(told.iter().position(|silent| *silent), Some(told.len() - 1));
    }

    #[test]
    fn a_registrar_that_never_answered_has_not_fallen_silent() {
        let mut silence = Silence::default();

        assert!((0..100).all(|_| !silence.count(false)));
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_for_a_phone_asks_less_and_less() {
        let start = Instant::now();
        let mut asked = Vec::new();
        while start.elapsed() < Duration::from_mins(8) {
            asked.push(start.elapsed().as_secs());
            tokio::time::sleep(pause(start.elapsed())).await;
        }

        let expected: Vec<u64> = (0..6)
            .map(|step| 10 * step)
            .chain((2..12).map(|step| 30 * step))
            .chain((6..8).map(|step| 60 * step))
            .collect();
        assert_eq!(asked, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn step_is_at_least_five_seconds_and_at_most_an_hour() {
        for (chosen, step) in [(0, 5), (4, 5), (5, 5), (3600, 3600), (u32::MAX, 3600)] {
            let watch = Watch::new(chosen);

            let length = Duration::from_secs(step + 1);
            let began = beginnings(&watch, Duration::ZERO, length).await;

            assert_eq!(began, [0, step], "{chosen}");
        }
        assert_eq!(Watch::<usize>::default().every, Duration::from_secs(30));
    }

    #[tokio::test(start_paused = true)]
    async fn each_result_is_told_and_the_last_500_are_kept() {
        let watch = Watch::new(5);
        let count = AtomicUsize::new(0);
        let told = AtomicUsize::new(0);
        let look = || async {
            sleep(Duration::from_millis(20)).await;
            good(count.fetch_add(1, Ordering::Relaxed))
        };
        let on_tick = |tick: &Tick<usize>| {
            told.fetch_add(1, Ordering::Relaxed);
            assert_eq!(tick.took.as_millis(), 20);
            assert!(
                tick.at_ms > 1_000_000_000_000,
                "a time of day: {}",
                tick.at_ms
            );
        };

        let watched = timeout(Duration::from_mins(50), watch.run(look, &on_tick)).await;

        assert!(watched.is_err());
        assert_eq!(told.load(Ordering::Relaxed), 600);
        let kept = watch.kept();
        assert_eq!(kept.len(), KEPT);
        assert_eq!((kept[0].found, kept[KEPT - 1].found), (100, 599));
    }
}
