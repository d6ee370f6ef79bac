//! Many credentials checked side by side, each by a query that disturbs nothing.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::check::{CheckOutcome, CheckRequest, Checks, Limits};
use crate::ipc::CheckKind;

/// How many checks run at the same time where nothing else was chosen.
pub const AT_ONCE: usize = 10;
/// Most checks at the same time: each has a socket and a ladder of its own.
pub const MOST_AT_ONCE: usize = 50;
/// Most REGISTERs of one check that wait for their turn: two for each form of the name, each sent
/// again up to four times.
const MOST_SENDS: u32 = 20;

/// How many credentials are checked.
#[derive(Clone, Debug)]
pub struct Fleet {
    checks: Checks,
    limits: Limits,
    at_once: usize,
}

/// A check of many that ended.
#[derive(Debug)]
pub struct Ended<'a> {
    /// Its place in the list, counted from 0.
    pub index: usize,
    /// How many ended, with this one.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// What was checked.
    pub request: &'a CheckRequest,
    /// What came of it.
    pub outcome: &'a CheckOutcome,
}

/// The end of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FleetOutcome {
    /// How many were accepted.
    pub accepted: usize,
    /// How many were checked and not accepted.
    pub not_accepted: usize,
    /// How many were not checked: it was stopped, or nothing could be answered.
    pub not_checked: usize,
    /// How many did not end, because it was stopped.
    pub stopped: usize,
    /// How long it took.
    pub took: Duration,
}

impl Fleet {
    /// Checks by `checks`, whose pace it keeps, at most `at_once` at the same time (1 to 50).
    /// `limits` are those of one check that need not wait for its turn.
    #[must_use]
    pub fn new(checks: Checks, limits: Limits, at_once: usize) -> Self {
        Self {
            checks,
            limits,
            at_once: at_once.clamp(1, MOST_AT_ONCE),
        }
    }

    /// Checks all of `requests`, until `stop`. Each is a query, whatever its kind says. Each end
    /// goes to `on_end` at once and is not kept; a request is taken only when its turn comes.
    pub async fn run(
        &self,
        requests: impl ExactSizeIterator<Item = CheckRequest> + Send,
        stop: &CancellationToken,
        on_end: &(dyn Fn(&Ended<'_>) + Send + Sync),
    ) -> FleetOutcome {
        let began = Instant::now();
        let total = requests.len();
        let mut waiting = requests.enumerate();
        let mut underway = JoinSet::new();
        let (mut accepted, mut checked, mut done) = (0, 0, 0);
        loop {
            while underway.len() < self.at_once && !stop.is_cancelled() {
                let Some((index, mut request)) = waiting.next() else {
                    break;
                };
                request.kind = CheckKind::Query;
                let (checks, limits) = (self.checks.clone(), self.patient_limits());
                underway.spawn(async move {
                    let outcome = checks.check(&request, limits, &|_| {}).await;
                    (index, request, outcome)
                });
            }
            let ended = tokio::select! {
                biased;
                () = stop.cancelled() => None,
                ended = underway.join_next() => ended,
            };
            let Some(ended) = ended else {
                break;
            };
            // A check that panicked counts as not checked.
            if let Ok((index, request, outcome)) = ended {
                done += 1;
                accepted += usize::from(outcome.verdict.proved());
                checked += usize::from(outcome.verdict.is_checked());
                on_end(&Ended {
                    index,
                    done,
                    total,
                    request: &request,
                    outcome: &outcome,
                });
            }
        }
        underway.shutdown().await;
        FleetOutcome {
            accepted,
            not_accepted: checked - accepted,
            not_checked: total - checked,
            stopped: total - done,
            took: began.elapsed(),
        }
    }

    /// A check that waits for its turn behind the others has the more time.
    fn patient_limits(&self) -> Limits {
        let Some(pace) = self.checks.pace() else {
            return self.limits;
        };
        let before = u32::try_from(self.at_once).unwrap_or(u32::MAX);
        let turns = Duration::from_secs(1) * before * MOST_SENDS / pace.rate();
        Limits {
            total: self.limits.total + turns,
            ..self.limits
        }
    }
}

#[cfg(test)]
#[path = "fleet_tests.rs"]
mod tests;
