//! Checks many credentials concurrently, each with a query that adds no binding.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use registrar_activity::MessageChartLine;
use registrar_sip::CheckKind;
use registrar_sip::verdict::Verdict;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::check::{CheckOutcome, CheckRequest, Checks, Limits};

/// How many checks run at the same time where nothing else was chosen.
pub const AT_ONCE: usize = 10;
/// Most checks at the same time: each has a socket and a message chart of its own.
pub const MOST_AT_ONCE: usize = 50;
/// Most REGISTERs of one check that wait for their turn: two for each form of the name, each sent
/// again up to four times.
const MOST_SENDS: u32 = 20;

/// After how many refusals in a row, each before any proof, a registrar that asked for proofs before
/// is asked no more.
const MOST_REFUSED: usize = 5;

/// A check of many credentials.
#[derive(Clone, Debug)]
pub struct BatchCheck {
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
pub struct BatchCheckOutcome {
    /// How many were accepted.
    pub accepted: usize,
    /// How many were checked and not accepted.
    pub not_accepted: usize,
    /// How many were not checked: it was stopped, or nothing could be answered.
    pub not_checked: usize,
    /// How many did not end, because it was stopped.
    pub stopped: usize,
    /// Why some were not checked, where nobody stopped them.
    pub blocked: Option<Blocked>,
    /// How long it took.
    pub took: Duration,
}

/// Why some were not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// A part of the app panicked in a check.
    Broken,
    /// It answered, and now refuses each credential before any proof.
    Refusing,
    /// It answered, and fell silent.
    Silent,
}

/// What the checks of one registrar met, in the order in which they ended.
#[derive(Debug, Default)]
struct RefusalStreak {
    /// It asked for a proof.
    has_asked: bool,
    /// How many were refused in a row without that.
    refused: usize,
}

impl RefusalStreak {
    /// Counts one check, and returns whether the registrar refuses all that comes.
    fn count(&mut self, outcome: &CheckOutcome) -> bool {
        let asked = |line: &MessageChartLine| !line.sent && is_challenge(&line.label);
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

/// Whether a verdict is a refusal of whoever sent, such as 403, 429, or 503.
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

    /// Says why a check is not begun: nothing more is sent to any of its registrar's addresses.
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

fn registrar(request: &CheckRequest) -> Option<SocketAddr> {
    request.targets.first().map(|target| target.address)
}

#[cfg(test)]
#[path = "batch_check_tests.rs"]
mod tests;
