//! Runs checks, and tracks which of them still have something to undo.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use registrar_sip::register::LeftBehind;
use tokio::sync::Notify;

use super::rate_limiter::RateLimiter;
use super::{CheckOutcome, CheckRequest, Limits};
use crate::breaker::Breaker;
use crate::consent::Consents;
use crate::message_chart::TracedMessage;
use crate::pace::Pace;

/// Most bindings that are remembered because they could not be removed. Each ends by itself soon.
const MOST_LEFT: usize = 100;

/// Runs checks. Keep one and let it settle before exiting: a dropped full check is still removing
/// its binding. Clones share their state.
#[derive(Clone, Debug, Default)]
pub struct Checks {
    undoing: Arc<Undoing>,
    pace: Option<Pace>,
    breaker: Breaker,
    consents: Consents,
}

/// The un-registrations on their way in tasks of their own, and the bindings that stayed.
#[derive(Debug, Default)]
struct Undoing {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    /// What each leaves behind if it isn't awaited.
    underway: BTreeMap<u64, Option<LeftBehind>>,
    left: VecDeque<LeftBehind>,
}

impl Checks {
    /// Returns these checks with a rate limit for their REGISTERs.
    #[must_use]
    pub fn at_pace(self, pace: Pace) -> Self {
        Self {
            pace: Some(pace),
            ..self
        }
    }

    /// Runs a check; see [`super::check`].
    pub async fn check(
        &self,
        request: &CheckRequest,
        limits: Limits,
        on_message: &(dyn Fn(&TracedMessage) + Send + Sync),
    ) -> CheckOutcome {
        super::run(self, request, limits, on_message).await
    }

    /// Returns how many checks that were dropped are still removing their binding.
    #[must_use]
    pub fn undoing(&self) -> usize {
        self.undoing.state().underway.len()
    }

    /// Waits until every check that was dropped has removed its binding, for `limit` at most.
    /// Returns the bindings that may still stand, each once: the next call knows only later ones.
    pub async fn settle(&self, limit: Duration) -> Vec<LeftBehind> {
        self.quiet(limit).await;
        let mut state = self.undoing.state();
        let mut left: Vec<LeftBehind> = state.left.drain(..).collect();
        left.extend(state.underway.values_mut().filter_map(Option::take));
        still_ahead(left)
    }

    /// Waits like [`Checks::settle`], and returns the bindings that may remain, without marking
    /// them as reported: they are reported again at the end.
    pub async fn may_stand(&self, limit: Duration) -> Vec<LeftBehind> {
        self.quiet(limit).await;
        let state = self.undoing.state();
        let underway = state.underway.values().flatten();
        still_ahead(state.left.iter().chain(underway).cloned().collect())
    }

    async fn quiet(&self, limit: Duration) {
        let quiet = async {
            loop {
                let changed = self.undoing.changed.notified();
                if self.undoing() == 0 {
                    return;
                }
                changed.await;
            }
        };
        let _ = tokio::time::timeout(limit, quiet).await;
    }

    /// Returns what a person allowed for these checks.
    #[must_use]
    pub fn consents(&self) -> &Consents {
        &self.consents
    }

    /// Returns what these checks know of the registrars that they asked.
    #[must_use]
    pub fn breaker(&self) -> &Breaker {
        &self.breaker
    }

    /// Returns the rate limit for REGISTERs to a registrar, if there is one.
    pub(super) fn rate_limiter(&self, registrar: SocketAddr) -> Option<RateLimiter> {
        self.pace.clone().map(|pace| RateLimiter {
            pace,
            breaker: self.breaker.clone(),
            sender: self.breaker.sender(),
            registrar,
        })
    }

    /// Returns the rate limit of REGISTERs, if there is one.
    #[must_use]
    pub fn pace(&self) -> Option<&Pace> {
        self.pace.as_ref()
    }

    /// Continues `work` in a separate task. It returns the binding that remained; `may_stay`
    /// remains if it doesn't finish.
    pub(super) fn undo(
        &self,
        may_stay: Option<LeftBehind>,
        work: impl Future<Output = Option<LeftBehind>> + Send + 'static,
    ) {
        let task = Task::begin(&self.undoing, may_stay);
        // Without a runtime, the work can't continue, and dropping the task records what remains.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                let left = work.await;
                task.end(left);
            });
        }
    }
}

fn still_ahead(mut left: Vec<LeftBehind>) -> Vec<LeftBehind> {
    let now = Instant::now();
    left.retain(|binding| binding.ends > now);
    left
}

impl Undoing {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

/// A task's place in the list. It goes with the task, also when the runtime ends that.
struct Task {
    undoing: Arc<Undoing>,
    number: u64,
}

impl Task {
    fn begin(undoing: &Arc<Undoing>, may_stay: Option<LeftBehind>) -> Self {
        let mut state = undoing.state();
        let number = state.next;
        state.next += 1;
        state.underway.insert(number, may_stay);
        drop(state);
        Self {
            undoing: Arc::clone(undoing),
            number,
        }
    }

    fn end(self, left: Option<LeftBehind>) {
        if let Some(may_stay) = self.undoing.state().underway.get_mut(&self.number) {
            *may_stay = left;
        }
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        let mut state = self.undoing.state();
        if let Some(Some(left)) = state.underway.remove(&self.number) {
            if state.left.len() == MOST_LEFT {
                state.left.pop_front();
            }
            state.left.push_back(left);
        }
        drop(state);
        self.undoing.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
