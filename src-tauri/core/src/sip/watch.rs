//! A check that is repeated: one look every few seconds, and the results that are kept.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::clock;
use crate::ipc::{Tone, WatchTick};

/// Seconds between two looks where nothing else was chosen.
pub const DEFAULT: u32 = 30;
/// The shortest and the longest time between two looks, in seconds.
pub const RANGE: std::ops::RangeInclusive<u32> = 5..=3600;
/// How many results are kept.
pub const KEPT: usize = 500;

/// What one look found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Its colour.
    pub tone: Tone,
    /// In one sentence.
    pub sentence: String,
    /// How many bindings the registrar lists.
    pub bindings: usize,
}

/// A repeated check and its latest results.
#[derive(Debug)]
pub struct Watch {
    every: Duration,
    kept: Mutex<VecDeque<WatchTick>>,
}

impl Watch {
    /// Looks every `seconds`, 5 to 3600; others are brought into that range.
    #[must_use]
    pub fn new(seconds: u32) -> Self {
        let seconds = seconds.clamp(*RANGE.start(), *RANGE.end());
        Self {
            every: Duration::from_secs(seconds.into()),
            kept: Mutex::default(),
        }
    }

    /// Looks at once and then again and again, until this is dropped. Looks begin in equal steps;
    /// one that takes longer than a step is followed by the next at once, and none is caught up.
    ///
    /// `look` must disturb nothing: a query, never a full registration.
    pub async fn run<F, L>(&self, look: F, on_tick: &(dyn Fn(&WatchTick) + Send + Sync))
    where
        F: Fn() -> L,
        L: Future<Output = Look>,
    {
        loop {
            let (began, at) = (Instant::now(), clock::now_ms());
            let found = look().await;
            let took = began.elapsed().as_millis();
            #[allow(
                clippy::cast_precision_loss,
                reason = "milliseconds since 1970 fit into 53 bits for ages"
            )]
            let tick = WatchTick {
                at: at as f64,
                tone: found.tone,
                sentence: found.sentence,
                took_ms: u32::try_from(took).unwrap_or(u32::MAX),
                bindings: u32::try_from(found.bindings).unwrap_or(u32::MAX),
            };
            on_tick(&tick);
            self.keep(tick);
            sleep_until(began + self.every).await;
        }
    }

    /// Returns the latest results, the oldest first.
    #[must_use]
    pub fn kept(&self) -> Vec<WatchTick> {
        self.results().iter().cloned().collect()
    }

    fn keep(&self, tick: WatchTick) {
        let mut kept = self.results();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(tick);
    }

    fn results(&self) -> MutexGuard<'_, VecDeque<WatchTick>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Watch {
    fn default() -> Self {
        Self::new(DEFAULT)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::time::{sleep, timeout};

    use super::*;

    fn good(bindings: usize) -> Look {
        Look {
            tone: Tone::Good,
            sentence: "Accepted.".to_owned(),
            bindings,
        }
    }

    /// Watches for `length` with looks that take `takes`, and returns when each began.
    async fn beginnings(watch: &Watch, takes: Duration, length: Duration) -> Vec<u64> {
        let start = Instant::now();
        let began = Mutex::new(Vec::new());
        let look = || async {
            began.lock().unwrap().push(start.elapsed().as_secs());
            sleep(takes).await;
            good(1)
        };
        let watched = timeout(length, watch.run(look, &|_| {})).await;
        assert!(watched.is_err(), "it goes on until it is stopped");
        began.into_inner().unwrap()
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
    async fn a_step_is_never_shorter_than_five_seconds_nor_longer_than_an_hour() {
        for (chosen, step) in [(0, 5), (4, 5), (5, 5), (3600, 3600), (u32::MAX, 3600)] {
            let watch = Watch::new(chosen);

            let length = Duration::from_secs(step + 1);
            let began = beginnings(&watch, Duration::ZERO, length).await;

            assert_eq!(began, [0, step], "{chosen}");
        }
        assert_eq!(Watch::default().every, Duration::from_secs(30));
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
        let on_tick = |tick: &WatchTick| {
            told.fetch_add(1, Ordering::Relaxed);
            assert_eq!((tick.tone, tick.took_ms), (Tone::Good, 20));
            assert!(tick.at > 1e12, "a time of day: {}", tick.at);
        };

        let watched = timeout(Duration::from_mins(50), watch.run(look, &on_tick)).await;

        assert!(watched.is_err());
        assert_eq!(told.load(Ordering::Relaxed), 600);
        let kept = watch.kept();
        assert_eq!(kept.len(), KEPT);
        assert_eq!((kept[0].bindings, kept[KEPT - 1].bindings), (100, 599));
    }
}
