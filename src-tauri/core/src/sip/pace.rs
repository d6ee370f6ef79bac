//! How many messages a second may go to one account's registrar.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// The time in which messages are counted. It is a little more than a second, so that the limit
/// holds also where the network hands messages over unevenly.
const WINDOW: Duration = Duration::from_millis(1050);

/// A limit that all who hold a clone of it keep together. It counts what really leaves: questions,
/// answers to challenges and what is sent again.
#[derive(Clone, Debug)]
pub struct Pace {
    rate: Arc<AtomicU32>,
    /// When the latest messages left. The lock is fair: who waits first goes first.
    left: Arc<Mutex<VecDeque<Instant>>>,
}

impl Pace {
    /// Messages a second where nothing else was chosen.
    pub const DEFAULT: u32 = 5;
    /// The highest rate that can be chosen.
    pub const HIGHEST: u32 = 50;

    /// Makes a limit of `rate` messages a second, 1 to 50; others are brought into that range.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        Self {
            rate: Arc::new(AtomicU32::new(rate.clamp(1, Self::HIGHEST))),
            left: Arc::default(),
        }
    }

    /// Changes the limit. Who waits already waits for about a second more at most.
    pub fn set_rate(&self, rate: u32) {
        self.rate
            .store(rate.clamp(1, Self::HIGHEST), Ordering::Relaxed);
    }

    /// Returns the limit in messages a second.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.rate.load(Ordering::Relaxed)
    }

    /// Waits until one more message may leave, and counts it. Dropping the wait counts nothing.
    pub async fn pass(&self) {
        let mut left = self.left.lock().await;
        loop {
            let now = Instant::now();
            while left.front().is_some_and(|first| now >= *first + WINDOW) {
                left.pop_front();
            }
            let rate = usize::try_from(self.rate()).unwrap_or(usize::MAX);
            // The one that must have left the window before another may go.
            let Some(before) = left.len().checked_sub(rate).and_then(|at| left.get(at)) else {
                left.push_back(now);
                return;
            };
            sleep_until(*before + WINDOW).await;
        }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new(Self::DEFAULT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn passed(pace: &Pace, count: usize) -> Vec<Instant> {
        let mut times = Vec::new();
        for _ in 0..count {
            pace.pass().await;
            times.push(Instant::now());
        }
        times
    }

    #[tokio::test(start_paused = true)]
    async fn no_second_holds_more_than_the_rate() {
        for rate in [1, 5, 50] {
            let pace = Pace::new(rate);
            let per_second = usize::try_from(rate).unwrap();

            let times = passed(&pace, 4 * per_second).await;

            for (first, later) in times.iter().zip(&times[per_second..]) {
                assert!(*later - *first > Duration::from_secs(1), "rate {rate}");
            }
            let whole = times[4 * per_second - 1] - times[0];
            assert!(whole < Duration::from_secs(4), "no slower than it must be");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn clones_keep_one_limit_together() {
        let pace = Pace::new(2);
        let began = Instant::now();

        let other = pace.clone();
        let (first, second) = tokio::join!(passed(&pace, 3), passed(&other, 3));

        let last = first.into_iter().chain(second).max().unwrap();
        assert!(last - began >= 2 * WINDOW, "{:?}", last - began);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_that_is_dropped_counts_nothing() {
        let pace = Pace::new(1);
        pace.pass().await;
        let began = Instant::now();
        for _ in 0..20 {
            let wait = tokio::time::timeout(Duration::from_millis(1), pace.pass());
            assert!(wait.await.is_err());
        }

        pace.pass().await;

        assert!(began.elapsed() <= WINDOW, "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_changed_rate_holds_at_once() {
        let pace = Pace::new(1);
        let began = Instant::now();
        passed(&pace, 1).await;

        pace.set_rate(50);
        passed(&pace, 49).await;

        assert!(began.elapsed() < Duration::from_millis(10));
        assert_eq!(Pace::new(0).rate(), 1);
        assert_eq!(Pace::new(1000).rate(), 50);
    }
}
