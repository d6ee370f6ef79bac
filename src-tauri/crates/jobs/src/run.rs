//! One run of a job: workers take rows from the plan until all have an outcome, the job is paused,
//! or it is blocked.
//!
//! Nothing needs cleanup: a run that is dropped at any point is resumed from disk.
//!
//! [`schedule`](super::schedule), [`create`], [`change`] and [`one`](super::one) import [`Run`] and are
//! called from here: it holds what all workers share, and they are the work.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt as _;
use futures_util::future::join_all;
use parking_lot::{Mutex, MutexGuard};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use zeroize::Zeroizing;

use super::error::Error;
use super::journal::{Journal, JournalState, Moving, Record};
use super::outcome::{Outcome, Outcomes, Tally};
use super::pace::Pace;
use super::passwords::{Line, Name, PasswordsFile};
use super::plan::{Counts, Rows};
use super::schedule::{Schedule, Work};
use super::step::RowHashes;
use super::throttle::{NoAnswer, RequestPolicy, Throttle};
use super::{change, create};
use registrar_bandwidth::dashboard::Dashboard;
use registrar_digest::Hashes;
use registrar_http as http;
use registrar_secret::SipPassword;

/// Workers more than connections: while one waits for the disk, no connection is idle.
const MORE_WORKERS: usize = 3;

/// Why a job isn't at work, and not at its end.
#[derive(Debug)]
pub enum Interruption {
    /// It was paused, or not continued yet.
    Paused,
    /// A part of the app panicked.
    Broken,
    /// The API, or the way to it, needs somebody.
    Api(http::Error),
    /// The job's own files cannot be written or read.
    Disk(Error),
    /// The passwords file cannot be written, or is gone.
    Passwords(std::io::Error),
}

impl From<NoAnswer> for Interruption {
    fn from(no: NoAnswer) -> Self {
        match no {
            NoAnswer::Trouble(error) => Self::Api(error),
            // Unknown outcomes are looked up when the job continues.
            NoAnswer::Paused | NoAnswer::Unknown => Self::Paused,
        }
    }
}

impl From<Error> for Interruption {
    fn from(error: Error) -> Self {
        match error {
            Error::Broken => Self::Broken,
            Error::PasswordsFile(error) => Self::Passwords(error),
            Error::Cancelled | Error::OutOfStep | Error::Storage(_) => Self::Disk(error),
        }
    }
}

/// How far a job is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    pub(super) tally: Tally,
    /// Rows a second, lately.
    pub(super) rate: Option<f64>,
}

/// Everything that the workers of one run share.
pub(super) struct Run<'a> {
    pub(super) dashboard: &'a Dashboard,
    pub(super) throttle: Throttle,
    pub(super) journal: &'a Journal,
    /// Nothing new is begun: only what may have been sent is looked up.
    pub(super) ending: bool,
    counts: Counts,
    passwords: Option<Arc<Mutex<PasswordsFile>>>,
    known: Mutex<Known>,
    schedule: Mutex<Schedule>,
    most: AtomicUsize,
    pause: CancellationToken,
    pace: Mutex<Pace>,
    on_progress: &'a (dyn Fn(Progress) + Send + Sync),
}

struct Known {
    outcomes: Outcomes,
    made: HashMap<u64, Vec<Hashes>>,
    moving: HashMap<u64, Moving>,
}

/// The parts of a run.
pub(super) struct Parts<'a> {
    pub(super) dashboard: &'a Dashboard,
    pub(super) policy: RequestPolicy,
    pub(super) journal: &'a Journal,
    pub(super) told: JournalState,
    pub(super) rows: Rows,
    pub(super) counts: Counts,
    pub(super) passwords: Option<PasswordsFile>,
    pub(super) ending: bool,
}

/// Runs until all rows have an outcome, and returns the outcomes and why it stopped early, if it
/// did.
pub(super) async fn run(
    parts: Parts<'_>,
    stop: &CancellationToken,
    on_progress: &(dyn Fn(Progress) + Send + Sync),
) -> (Outcomes, Result<(), Interruption>) {
    let pause = stop.child_token();
    let workers = parts.policy.connections.max(1) + MORE_WORKERS;
    let told = parts.told;
    let run = Run {
        dashboard: parts.dashboard,
        throttle: Throttle::new(parts.policy, pause.clone()),
        journal: parts.journal,
        ending: parts.ending,
        counts: parts.counts,
        passwords: parts.passwords.map(|file| Arc::new(Mutex::new(file))),
        known: Mutex::new(Known {
            outcomes: told.outcomes,
            made: told.made,
            moving: told.moving,
        }),
        schedule: Mutex::new(Schedule::new(parts.rows, told.damaged)),
        most: AtomicUsize::new(
            told.most_at_once
                .unwrap_or(parts.policy.most_at_once)
                .max(1),
        ),
        pause,
        pace: Mutex::default(),
        on_progress,
    };
    let halts = join_all((0..workers).map(|_| run.work())).await;
    // A worker that fails pauses the others, so its reason takes precedence.
    let halt = halts
        .into_iter()
        .filter_map(Result::err)
        .reduce(|one, other| match one {
            Interruption::Paused => other,
            Interruption::Broken
            | Interruption::Api(_)
            | Interruption::Disk(_)
            | Interruption::Passwords(_) => one,
        });
    let known = run.known.into_inner();
    (known.outcomes, halt.map_or(Ok(()), Err))
}

impl Run<'_> {
    async fn work(&self) -> Result<(), Interruption> {
        // What the others have sent is put into the journal all the same.
        let worked = AssertUnwindSafe(self.work_on()).catch_unwind().await;
        let worked = worked.unwrap_or(Err(Interruption::Broken));
        if worked.is_err() {
            self.pause.cancel();
        }
        worked
    }

    async fn work_on(&self) -> Result<(), Interruption> {
        loop {
            if self.pause.is_cancelled() {
                return Err(Interruption::Paused);
            }
            let Some(work) = self.next_work()? else {
                return Ok(());
            };
            let mut ended = Vec::new();
            let worked = match work {
                Work::Create {
                    scope,
                    rows,
                    unknown,
                } => create::batch(self, scope, rows, unknown, &mut ended).await,
                Work::Each(rows) => change::rows(self, rows, &mut ended).await,
                Work::Settled(outcomes) => {
                    ended = outcomes;
                    Ok(())
                }
            };
            self.end(ended).await?;
            worked?;
        }
    }

    /// Puts rows into the journal before requests for them leave.
    pub(super) async fn begin<'h>(
        &self,
        rows: impl Iterator<Item = (u64, Option<&'h Hashes>)>,
    ) -> Result<(), Error> {
        let rows: Vec<_> = rows
            .map(|(row, hashes)| (row, hashes.map(RowHashes::of)))
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        self.journal.append(&Record::Begun(rows)).await
    }

    /// Brings passwords onto the disk before requests leave that make them work.
    pub(super) async fn write_passwords(&self, lines: Vec<Line<'_>>) -> Result<(), Interruption> {
        if lines.is_empty() {
            return Ok(());
        }
        let Some(file) = &self.passwords else {
            let missing = std::io::ErrorKind::NotFound.into();
            return Err(Interruption::Passwords(missing));
        };
        let text = super::passwords::text(&lines);
        let file = Arc::clone(file);
        let written = tokio::task::spawn_blocking(move || {
            let text: Zeroizing<Vec<u8>> = text;
            let mut file = file.lock();
            file.append(&text)
        })
        .await
        .map_err(|error| Interruption::from(Error::of_task(&error)))?;
        written.map_err(Interruption::Passwords)
    }

    pub(super) fn password_held(&self, name: &Name) -> Option<SipPassword> {
        let file = self.passwords.as_ref()?;
        let file = file.lock();
        file.held(name).cloned()
    }

    /// Returns the hashes computed for a row in earlier runs, which may have been sent.
    pub(super) fn made_before(&self, row: u64) -> Vec<Hashes> {
        self.known().made.get(&row).cloned().unwrap_or_default()
    }

    pub(super) fn moving(&self, row: u64) -> Option<Moving> {
        self.known().moving.get(&row).cloned()
    }

    pub(super) fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// Remembers that no more than so many are taken in one request.
    pub(super) async fn found_most(&self, most: usize) -> Result<(), Error> {
        let before = self.most.fetch_min(most, Ordering::SeqCst);
        let record = Record::Size(most.min(before));
        self.journal.append(&record).await
    }

    async fn end(&self, ended: Vec<(u64, Outcome)>) -> Result<(), Error> {
        if ended.is_empty() {
            return Ok(());
        }
        let count = ended.len() as u64;
        let record = Record::Ended(ended);
        self.journal.append(&record).await?;
        let tally = {
            let mut known = self.known();
            if let Record::Ended(ended) = &record {
                for (row, outcome) in ended {
                    known.outcomes.end(*row, outcome);
                }
            }
            Tally::of(self.counts, &known.outcomes)
        };
        if let Some(progress) = self.pace(count, tally) {
            (self.on_progress)(progress);
        }
        Ok(())
    }

    /// Returns how far it is where it is time to tell it.
    fn pace(&self, count: u64, tally: Tally) -> Option<Progress> {
        let mut pace = self.pace.lock();
        let now = Instant::now();
        pace.add(count, now);
        pace.is_time_to_tell(now).then(|| Progress {
            tally,
            rate: pace.rate(now),
        })
    }

    fn next_work(&self) -> Result<Option<Work>, Error> {
        let mut schedule = self.schedule.lock();
        schedule.next(self)
    }

    /// Returns whether a row has its outcome, and whether a request for it may have left.
    pub(super) fn is_ended_or_begun(&self, row: u64) -> (bool, bool) {
        let outcomes = &self.known().outcomes;
        (outcomes.kind(row).is_some(), outcomes.is_begun(row))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock()
    }
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
