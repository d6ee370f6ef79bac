//! Limits the number of messages per second to one account's registrar.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use parking_lot::{Mutex as Lock, MutexGuard};
use tokio::sync::{Mutex, Notify};
use tokio::time::{Instant, sleep_until};

/// The window in which messages are counted. It's slightly longer than a second, so that the limit
/// also holds if the network delivers messages unevenly.
const WINDOW: Duration = Duration::from_millis(1050);

/// A rate limit shared by all clones. It counts everything sent: requests, answers to challenges,
/// and retransmissions.
#[derive(Clone, Debug)]
pub struct Pace(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    rate: AtomicU32,
    /// Fair: first come, first served.
    turn: Mutex<()>,
    departures: Lock<Departures>,
    departed: Notify,
}

#[derive(Debug, Default)]
struct Departures {
    /// How many may leave, and did not yet.
    leaving: usize,
    /// When the latest ones left, the oldest first.
    left: VecDeque<Instant>,
}

/// Leave for one message. Drop it as soon as the message has left: from then on it is counted.
#[derive(Debug)]
pub struct Leave(Arc<Shared>);

impl Pace {
    /// Default messages per second.
    pub const DEFAULT: u32 = 5;
    /// The highest rate that can be chosen.
    pub const HIGHEST: u32 = 50;

    /// Makes a limit of `rate` messages a second, 1 to 50; others are brought into that range.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        Self(Arc::new(Shared {
            rate: AtomicU32::new(rate.clamp(1, Self::HIGHEST)),
            turn: Mutex::default(),
            departures: Lock::default(),
            departed: Notify::new(),
        }))
    }

    /// Changes the limit. Who waits already waits for about a second more at most.
    pub fn set_rate(&self, rate: u32) {
        let rate = rate.clamp(1, Self::HIGHEST);
        self.0.rate.store(rate, Ordering::Relaxed);
    }

    /// Returns the limit in messages a second.
    #[must_use]
    pub fn rate(&self) -> u32 {
        self.0.rate.load(Ordering::Relaxed)
    }

    /// Waits until one more message may be sent. Dropping the future counts nothing.
    pub async fn pass(&self) -> Leave {
        let _turn = self.0.turn.lock().await;
        loop {
            let departed = self.0.departed.notified();
            let rate = usize::try_from(self.rate()).unwrap_or(usize::MAX);
            let wait = self.0.departures().begin(rate, Instant::now());
            match wait {
                Some(Wait::Until(time)) => sleep_until(time).await,
                Some(Wait::ForDeparture) => departed.await,
                None => return Leave(Arc::clone(&self.0)),
            }
        }
    }
}

/// What the next one waits for.
enum Wait {
    ForDeparture,
    Until(Instant),
}

impl Departures {
    /// Counts one that may leave, or says what it waits for.
    fn begin(&mut self, rate: usize, now: Instant) -> Option<Wait> {
        while self
            .left
            .front()
            .is_some_and(|first| now >= *first + WINDOW)
        {
            self.left.pop_front();
        }
        if self.leaving + self.left.len() < rate {
            self.leaving += 1;
            return None;
        }
        // The one that must have left the window before another may go.
        let before = (self.leaving + self.left.len()).checked_sub(rate);
        let before = before.and_then(|at| self.left.get(at));
        Some(before.map_or(Wait::ForDeparture, |time| Wait::Until(*time + WINDOW)))
    }
}

impl Shared {
    fn departures(&self) -> MutexGuard<'_, Departures> {
        self.departures.lock()
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        let mut departures = self.0.departures();
        departures.leaving = departures.leaving.saturating_sub(1);
        departures.left.push_back(Instant::now());
        drop(departures);
        self.0.departed.notify_waiters();
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
            drop(pace.pass().await);
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
        drop(pace.pass().await);
        let began = Instant::now();
        for _ in 0..20 {
            let wait = tokio::time::timeout(Duration::from_millis(1), pace.pass());
            assert!(wait.await.is_err());
        }

        drop(pace.pass().await);

        assert!(began.elapsed() <= WINDOW, "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_leaves_late_is_counted_from_when_it_left() {
        let pace = Pace::new(1);
        let slow = pace.pass().await;
        let other = pace.clone();
        let next = tokio::spawn(async move {
            drop(other.pass().await);
            Instant::now()
        });
        tokio::time::sleep(Duration::from_secs(5)).await;

        let left = Instant::now();
        drop(slow);

        assert_eq!(next.await.unwrap() - left, WINDOW);
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
