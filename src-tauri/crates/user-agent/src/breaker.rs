//! A circuit breaker: batch checks stop sending to a registrar that responded and then went silent.
//!
//! A registrar that blocks this computer for sending too many messages extends the block with each
//! further one.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// Maximum number of unanswered messages to a registrar that has responded before.
pub const MOST_UNANSWERED: usize = 5;
/// How long the first of those may be unanswered before nothing more is sent.
const PATIENCE: Duration = Duration::from_secs(4);
/// How long a registrar's response is remembered.
const REMEMBERED: Duration = Duration::from_hours(1);
/// Maximum number of registrars remembered.
const MOST_REMEMBERED: usize = 256;

/// What related checks know about the registrars that they contacted. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Breaker(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    registrars: Mutex<HashMap<SocketAddr, Known>>,
    changed: Notify,
    senders: AtomicU64,
}

#[derive(Debug, Default)]
struct Known {
    answered: Option<Instant>,
    /// The messages sent after the last one that was answered: the sender, and the time.
    unanswered: VecDeque<(Sender, Instant)>,
    is_open: bool,
}

/// One of the checks that send to a registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender(u64);

/// The error that nothing more may be sent to a registrar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the registrar fell silent")]
pub struct Open;

impl Breaker {
    /// Returns a new, unique sender.
    #[must_use]
    pub fn sender(&self) -> Sender {
        Sender(self.0.senders.fetch_add(1, Ordering::Relaxed))
    }

    /// Waits until one more message may be sent, and counts it. Dropping the future counts nothing.
    ///
    /// # Errors
    ///
    /// The registrar responded earlier and has gone silent.
    pub async fn pass(&self, registrar: SocketAddr, sender: Sender) -> Result<(), Open> {
        loop {
            let changed = self.0.changed.notified();
            let until = {
                let mut all = self.registrars();
                let known = all.entry(registrar).or_default();
                let now = Instant::now();
                if known.is_open {
                    return Err(Open);
                }
                match known.since().filter(|_| known.is_full()) {
                    Some(since) if now >= since + PATIENCE => {
                        known.is_open = true;
                        drop(all);
                        self.0.changed.notify_waiters();
                        return Err(Open);
                    }
                    Some(since) => since + PATIENCE,
                    None => {
                        known.unanswered.push_back((sender, now));
                        return Ok(());
                    }
                }
            };
            tokio::select! {
                () = changed => {}
                () = sleep_until(until) => {}
            }
        }
    }

    /// Counts a retransmission, if one more message may be sent now. Never waits, because a
    /// retransmission already waits for a response.
    #[must_use]
    pub fn passes_again(&self, registrar: SocketAddr, sender: Sender) -> bool {
        let mut all = self.registrars();
        let known = all.entry(registrar).or_default();
        let passes = !known.is_open && !known.is_full();
        if passes {
            known.unanswered.push_back((sender, Instant::now()));
        }
        passes
    }

    /// Records that the registrar responded in a check that is over, which says nothing about the
    /// present.
    pub fn heard_once(&self, registrar: SocketAddr) {
        let mut all = self.registrars();
        let known = all.entry(registrar).or_default();
        known.answered.get_or_insert_with(Instant::now);
    }

    /// Records that the registrar responded to a sender now. Unanswered messages sent before that
    /// sender's were lost, and aren't a sign of silence.
    pub fn heard(&self, registrar: SocketAddr, sender: Sender) {
        let mut all = self.registrars();
        if all.len() >= MOST_REMEMBERED {
            all.retain(|_, known| known.is_open || !known.unanswered.is_empty());
        }
        let known = all.entry(registrar).or_default();
        known.answered = Some(Instant::now());
        known.is_open = false;
        let last = known.unanswered.iter().rposition(|(of, _)| *of == sender);
        if let Some(last) = last {
            known.unanswered.drain(..=last);
        }
        drop(all);
        self.0.changed.notify_waiters();
    }

    /// Records that the registrar's port is closed, which may also be a firewall's doing. If it
    /// responded before, nothing more is sent.
    pub fn refused(&self, registrar: SocketAddr) {
        let mut all = self.registrars();
        let known = all.entry(registrar).or_default();
        known.is_open |= known.answered.is_some();
        drop(all);
        self.0.changed.notify_waiters();
    }

    /// Returns whether the registrar responded within the last hour.
    #[must_use]
    pub fn has_answered(&self, registrar: SocketAddr) -> bool {
        let all = self.registrars();
        let answered = all.get(&registrar).and_then(|known| known.answered);
        answered.is_some_and(|at| at.elapsed() < REMEMBERED)
    }

    /// Returns whether sending there is blocked.
    #[must_use]
    pub fn is_open(&self, registrar: SocketAddr) -> bool {
        let all = self.registrars();
        all.get(&registrar).is_some_and(|known| known.is_open)
    }

    fn registrars(&self) -> MutexGuard<'_, HashMap<SocketAddr, Known>> {
        let all = &self.0.registrars;
        all.lock()
    }
}

impl Known {
    fn is_full(&self) -> bool {
        self.answered.is_some() && self.unanswered.len() >= MOST_UNANSWERED
    }

    /// Returns when the first unanswered message was sent.
    fn since(&self) -> Option<Instant> {
        self.unanswered.front().map(|(_, at)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registrar() -> SocketAddr {
        "192.0.2.1:5060".parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn few_messages_leave_after_the_last_answer() {
        let breaker = Breaker::default();
        breaker.heard(registrar(), breaker.sender());
        for _ in 0..MOST_UNANSWERED {
            breaker.pass(registrar(), breaker.sender()).await.unwrap();
        }
        let began = Instant::now();

        assert!(!breaker.passes_again(registrar(), breaker.sender()));
        assert_eq!(breaker.pass(registrar(), breaker.sender()).await, Err(Open));

        assert_eq!(began.elapsed(), PATIENCE);
        assert_eq!(breaker.pass(registrar(), breaker.sender()).await, Err(Open));
        assert!(breaker.is_open(registrar()));
        let other = "192.0.2.2:5060".parse().unwrap();
        assert_eq!(breaker.pass(other, breaker.sender()).await, Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_lets_those_pass_that_wait() {
        let breaker = Breaker::default();
        breaker.heard(registrar(), breaker.sender());
        let first = breaker.sender();
        for _ in 0..MOST_UNANSWERED {
            breaker.pass(registrar(), first).await.unwrap();
        }
        let (waits, other) = (breaker.clone(), breaker.sender());
        let waits = tokio::spawn(async move { waits.pass(registrar(), other).await });
        tokio::time::sleep(PATIENCE / 2).await;

        breaker.heard(registrar(), first);

        assert_eq!(waits.await.unwrap(), Ok(()));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_clears_what_left_before_it_only() {
        let breaker = Breaker::default();
        let senders: Vec<Sender> = (0..MOST_UNANSWERED).map(|_| breaker.sender()).collect();
        breaker.heard(registrar(), senders[0]);
        for sender in &senders {
            breaker.pass(registrar(), *sender).await.unwrap();
        }

        breaker.heard(registrar(), senders[1]);

        assert!(breaker.passes_again(registrar(), senders[2]));
        assert!(breaker.passes_again(registrar(), senders[2]));
        assert!(!breaker.passes_again(registrar(), senders[2]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_registrar_that_never_answered_blocks_nobody() {
        let breaker = Breaker::default();
        breaker.refused(registrar());
        for _ in 0..100 {
            breaker.pass(registrar(), breaker.sender()).await.unwrap();
        }

        assert!(!breaker.has_answered(registrar()));
        breaker.heard(registrar(), breaker.sender());
        assert!(breaker.has_answered(registrar()));
        breaker.refused(registrar());
        assert_eq!(breaker.pass(registrar(), breaker.sender()).await, Err(Open));
    }
}
