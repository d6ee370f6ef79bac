//! Checks many credentials concurrently, each with a query that adds no binding.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_sip::CheckKind;
use registrar_sip::verdict::Verdict;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::check::{CheckOutcome, CheckRequest, Checks, Limits};
use super::message_chart::TracedMessage;

/// The default number of concurrent checks.
pub const AT_ONCE: usize = 10;
/// Maximum number of concurrent checks: each has its own socket and message chart.
pub const MOST_AT_ONCE: usize = 50;
/// Maximum number of REGISTERs of one check that wait for their turn: two for each form of the
/// name, each retransmitted up to four times.
const MOST_SENDS: u32 = 20;

/// Number of consecutive refusals before any authentication after which a registrar that requested
/// authentication earlier isn't asked any more.
const MOST_REFUSED: usize = 5;

/// A check of many credentials.
#[derive(Clone, Debug)]
pub struct BatchCheck {
    checks: Checks,
    limits: Limits,
    at_once: usize,
}

/// A finished check of a batch.
#[derive(Debug)]
pub struct Ended<'a> {
    /// Its index in the list.
    pub index: usize,
    /// How many have finished, including this one.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// What was checked.
    pub request: &'a CheckRequest,
    /// The result.
    pub outcome: &'a CheckOutcome,
}

/// The outcome of a batch check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchCheckOutcome {
    /// How many were accepted.
    pub accepted: usize,
    /// How many were checked and not accepted.
    pub not_accepted: usize,
    /// How many weren't checked: the batch was stopped, or nothing could be answered.
    pub not_checked: usize,
    /// How many didn't finish, because the batch was stopped.
    pub stopped: usize,
    /// Why some weren't checked, if the batch wasn't stopped.
    pub blocked: Option<Blocked>,
    /// How long it took.
    pub took: Duration,
}

/// Why some were not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Part of the app panicked in a check.
    Broken,
    /// The registrar responded earlier, and now refuses every credential before any authentication.
    Refusing,
    /// The registrar responded earlier, and then went silent.
    Silent,
}

/// The results of one registrar's checks, in the order they finished.
#[derive(Debug, Default)]
struct RefusalStreak {
    /// It has requested authentication.
    has_asked: bool,
    /// The number of consecutive refusals without that.
    refused: usize,
}

impl RefusalStreak {
    /// Counts one check, and returns whether the registrar refuses everything.
    fn count(&mut self, outcome: &CheckOutcome) -> bool {
        let asked = |line: &TracedMessage| !line.sent && is_challenge(&line.label);
        if outcome.message_chart.iter().any(asked) {
            self.has_asked = true;
            self.refused = 0;
        } else if refuses_unasked(&outcome.verdict) {
            self.refused += 1;
        }
        self.has_asked && self.refused >= MOST_REFUSED
    }
}

fn is_challenge(label: &str) -> bool {
    label.starts_with("401") || label.starts_with("407")
}

/// Returns whether a verdict refuses the sender rather than the credential, such as 403, 429, or
/// 503.
fn refuses_unasked(verdict: &Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Forbidden { .. }
            | Verdict::ServerFailed { .. }
            | Verdict::ServiceUnavailable { .. }
            | Verdict::TemporarilyUnavailable
            | Verdict::Unexpected { .. }
    )
}

impl BatchCheck {
    /// Creates a batch that uses `checks` and its rate limit, with at most `at_once` concurrent
    /// checks (1 to 50). `limits` are those of one check that doesn't wait for its turn.
    #[must_use]
    pub fn new(checks: Checks, limits: Limits, at_once: usize) -> Self {
        Self {
            checks,
            limits,
            at_once: at_once.clamp(1, MOST_AT_ONCE),
        }
    }

    /// Checks all `requests`, until `stop`. Each is a query, whatever its kind. Each result is
    /// passed to `on_end` immediately and isn't kept; a request is taken only when its turn comes.
    pub async fn run(
        &self,
        requests: impl ExactSizeIterator<Item = CheckRequest> + Send,
        stop: &CancellationToken,
        on_end: &(dyn Fn(&Ended<'_>) + Send + Sync),
    ) -> BatchCheckOutcome {
        let began = Instant::now();
        let total = requests.len();
        let mut waiting = requests.enumerate();
        let mut underway = JoinSet::new();
        let (mut accepted, mut checked, mut done) = (0, 0, 0);
        let mut refusals: HashMap<SocketAddr, RefusalStreak> = HashMap::new();
        let mut refusing: HashSet<SocketAddr> = HashSet::new();
        let mut blocked = None;
        loop {
            while underway.len() < self.at_once && !stop.is_cancelled() {
                let Some((index, mut request)) = waiting.next() else {
                    break;
                };
                if let Some(why) = self.blocked(&request, &refusing) {
                    // Nothing is sent, and the rest counts as not checked.
                    blocked = Some(why);
                    continue;
                }
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
            let Ok((index, request, outcome)) = ended else {
                // It panicked, and counts as not checked.
                blocked.get_or_insert(Blocked::Broken);
                continue;
            };
            done += 1;
            accepted += usize::from(outcome.verdict.proved());
            checked += usize::from(outcome.verdict.is_checked());
            if let Verdict::FellSilent { .. } = outcome.verdict {
                blocked = Some(Blocked::Silent);
            }
            if let Some(registrar) = registrar(&request)
                && refusals.entry(registrar).or_default().count(&outcome)
            {
                refusing.insert(registrar);
            }
            on_end(&Ended {
                index,
                done,
                total,
                request: &request,
                outcome: &outcome,
            });
        }
        underway.shutdown().await;
        BatchCheckOutcome {
            accepted,
            not_accepted: checked - accepted,
            not_checked: total - checked,
            stopped: total - done,
            blocked,
            took: began.elapsed(),
        }
    }

    /// Returns why a check isn't started: nothing more is sent to any of its registrar's addresses.
    fn blocked(&self, request: &CheckRequest, refusing: &HashSet<SocketAddr>) -> Option<Blocked> {
        let refuses = registrar(request).is_some_and(|first| refusing.contains(&first));
        let breaker = self.checks.breaker();
        let mut targets = request.targets.iter();
        let silent =
            !request.targets.is_empty() && targets.all(|target| breaker.is_open(target.address));
        if silent {
            Some(Blocked::Silent)
        } else {
            refuses.then_some(Blocked::Refusing)
        }
    }

    /// Allows more time for a check that waits for its turn.
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

fn registrar(request: &CheckRequest) -> Option<SocketAddr> {
    request.targets.first().map(|target| target.address)
}

#[cfg(test)]
#[path = "batch_check_tests.rs"]
mod tests;
