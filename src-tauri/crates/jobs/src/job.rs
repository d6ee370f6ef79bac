//! A job read from its folder: its progress, one run of it, and its end.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use registrar_activity::clock;
use registrar_bandwidth::dashboard::Dashboard;
use tokio_util::sync::CancellationToken;

use super::error::Error;
use super::folder::{self, Jobs};
use super::header::{self, End, Header, remove_secrets};
use super::journal::{Journal, JournalState};
use super::lock::{Lock, lock};
use super::outcome::Tally;
use super::outcome::{Kind, Outcomes};
use super::passwords::{self, PasswordsFile, name_of, number};
use super::plan::{PLAN, Steps};
use super::result::Wording;
use super::run::{self, Interruption, Parts, Progress};
use super::status::{Job, Stage};
use super::throttle::RequestPolicy;
use super::{issued, result, status};

/// Options for running a job.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions {
    /// How it treats the API.
    pub policy: RequestPolicy,
    /// What it is run for.
    pub aim: RunGoal,
    /// The words of its result file.
    pub wording: Wording,
}

/// What a job is run for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunGoal {
    /// All rows are to be carried out.
    All,
    /// Nothing more is begun. What may have been sent is looked up, and the job ends.
    End,
}

impl Jobs {
    /// Returns the account's jobs, newest first. Jobs that were never started are removed.
    pub fn list(&self) -> Result<Vec<Job>, Error> {
        let mut jobs = Vec::new();
        for name in self.names()? {
            match self.view(&name) {
                Ok(job) => jobs.push(job),
                // Another copy of the app is running it, or its plan is being written.
                Err(Error::OutOfStep) => {}
                Err(error) => return Err(error),
            }
        }
        jobs.sort_by_key(|job| Reverse(job.begun_at_ms));
        Ok(jobs)
    }

    /// Returns whether a job of the account is unfinished or running.
    pub fn has_unfinished(&self) -> Result<bool, Error> {
        for name in self.names()? {
            if self
                .header(&self.folder_of(&name)?)?
                .is_some_and(|header| header.end.is_none())
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns a job's progress.
    pub fn view(&self, name: &str) -> Result<Job, Error> {
        let folder = self.folder_of(name)?;
        let Some(header) = self.header(&folder)? else {
            if self.may_write().is_ok() {
                remove_abandoned(&folder);
            }
            return Err(Error::OutOfStep);
        };
        if header.end.is_some() {
            return Ok(status::ended(name, &header));
        }
        if self.may_write().is_err() {
            // Its journal's content is known only after opening it for writing.
            let outcomes = Outcomes::none(header.counts.rows);
            let tally = Tally::of(header.counts, &outcomes);
            return Ok(status::paused(name, &header, tally, Interruption::Paused));
        }
        let outcomes = match lock(&folder) {
            Ok(lock) => {
                Journal::open(&folder, header.counts.rows, Arc::new(lock))?
                    .1
                    .outcomes
            }
            // It's running in this instance of the app or another one, which reports its progress.
            Err(Error::OutOfStep) => return Ok(status::running(name, &header, None)),
            Err(error) => return Err(error),
        };
        let tally = Tally::of(header.counts, &outcomes);
        Ok(status::paused(name, &header, tally, Interruption::Paused))
    }

    /// Runs a job until it's finished, stopped by `stop` between two requests, or blocked; its
    /// stage says which. If dropped at any point, the job continues from there next time.
    pub async fn run(
        &self,
        name: &str,
        dashboard: &Dashboard,
        options: RunOptions,
        stop: &CancellationToken,
        on_progress: &(dyn Fn(Job) + Send + Sync),
    ) -> Result<Job, Error> {
        self.may_write()?;
        let RunOptions {
            policy,
            aim,
            wording,
        } = options;
        let folder = self.folder_of(name)?;
        let header = self.header(&folder)?.ok_or(Error::OutOfStep)?;
        if header.end.is_some() {
            return Ok(status::ended(name, &header));
        }
        let lock = Arc::new(lock(&folder)?);
        // The previous holder of the lock may have changed the job.
        let header = self.header(&folder)?.ok_or(Error::OutOfStep)?;
        if header.end.is_some() {
            return Ok(status::ended(name, &header));
        }
        let opened = {
            let (folder, header, lock) = (folder.clone(), header.clone(), Arc::clone(&lock));
            let opened = tokio::task::spawn_blocking(move || open(&folder, &header, lock));
            opened.await.unwrap_or_else(|error| {
                let error = Error::of_task(&error);
                Err(Interruption::from(error))
            })
        };
        let Opened {
            steps,
            journal,
            told,
            passwords,
        } = match opened {
            Ok(Some(opened)) => opened,
            Ok(None) => return set_aside(name, &folder, header, &lock),
            Err(halt) => {
                drop(lock);
                // Earlier runs may have done something.
                let mut job = self.view(name).unwrap_or_else(|_| {
                    let tally = Tally::of(header.counts, &Outcomes::none(header.counts.rows));
                    status::paused(name, &header, tally, Interruption::Paused)
                });
                if let Stage::Paused(why) = &mut job.stage {
                    *why = halt;
                }
                return Ok(job);
            }
        };
        let parts = Parts {
            dashboard,
            policy,
            journal: &journal,
            told,
            rows: steps.from(0)?,
            counts: header.counts,
            passwords,
            ending: aim == RunGoal::End,
        };
        let tell = |progress: Progress| on_progress(status::running(name, &header, Some(progress)));
        let (outcomes, worked) = run::run(parts, stop, &tell).await;
        let tally = Tally::of(header.counts, &outcomes);
        if let Err(halt) = worked {
            return Ok(status::paused(name, &header, tally, halt));
        }
        let broken = status::paused(name, &header, tally, Interruption::Broken);
        let name = name.to_owned();
        let finished = tokio::task::spawn_blocking(move || {
            let _lock = lock;
            finish(&name, &folder, header, &steps, &outcomes, wording)
        });
        finished.await.unwrap_or_else(|error| {
            let error = Error::of_task(&error);
            if matches!(error, Error::Broken) {
                Ok(broken)
            } else {
                Err(error)
            }
        })
    }

    /// Returns the result file of an ended job: its default name and its bytes.
    pub fn result(&self, name: &str) -> Result<(String, Vec<u8>), Error> {
        let folder = self.folder_of(name)?;
        let bytes = fs::read(folder.join(result::RESULT)).map_err(folder::storage)?;
        let header = self.header(&folder)?.ok_or(Error::OutOfStep)?;
        let title = registrar_storage::export::name_part(&header.title);
        Ok((format!("result-{title}.csv"), bytes))
    }

    /// Deletes an ended job, including its result file, from this computer.
    pub fn forget(&self, name: &str) -> Result<(), Error> {
        self.may_write()?;
        let folder = self.folder_of(name)?;
        let header = self.header(&folder)?.ok_or(Error::OutOfStep)?;
        if header.end.is_none() {
            return Err(Error::OutOfStep);
        }
        fs::remove_dir_all(folder).map_err(folder::storage)
    }

    /// Reads what a job is.
    pub(super) fn header(&self, folder: &Path) -> Result<Option<Header>, Error> {
        Header::read(folder, self.may_write().is_err())
    }
}

struct Opened {
    steps: Steps,
    journal: Journal,
    told: JournalState,
    passwords: Option<PasswordsFile>,
}

/// Opens everything that a run needs. `None` if the plan is damaged.
fn open(folder: &Path, header: &Header, lock: Arc<Lock>) -> Result<Option<Opened>, Interruption> {
    let Some(steps) = Steps::open(folder)? else {
        return Ok(None);
    };
    let (journal, told) = Journal::open(folder, steps.counts.rows, lock)?;
    let passwords = match &header.passwords {
        None => None,
        Some(path) => {
            let mut awaited = HashSet::new();
            let mut rows = steps.from(0)?;
            while let Some((row, step)) = rows.next()? {
                if step.makes_password() && told.outcomes.kind(row).is_none() {
                    awaited.insert(number(&name_of(&step)));
                }
            }
            let file = PasswordsFile::open(path, &|name| awaited.contains(&number(name)))
                .map_err(Interruption::Passwords)?;
            Some(file)
        }
    };
    Ok(Some(Opened {
        steps,
        journal,
        told,
        passwords,
    }))
}

/// Ends a job: writes the result files, then the header, and then removes all secrets from the
/// folder.
fn finish(
    name: &str,
    folder: &Path,
    mut header: Header,
    steps: &Steps,
    outcomes: &Outcomes,
    wording: Wording,
) -> Result<Job, Error> {
    #[cfg(any(test, feature = "testing"))]
    assert!(!folder.join("breaks").exists(), "as the test wants it");
    if let Some(path) = &header.passwords {
        let mut without = HashSet::new();
        let mut rows = steps.from(0)?;
        while let Some((row, step)) = rows.next()? {
            let exists = match outcomes.kind(row) {
                Some(Kind::Made | Kind::Replaced) => true,
                Some(_) | None => false,
            };
            if step.makes_password() && !exists {
                without.insert(name_of(&step));
            }
        }
        // A name that is listed twice exists if one of its rows was carried out.
        let mut rows = steps.from(0)?;
        while !without.is_empty()
            && let Some((row, step)) = rows.next()?
        {
            if let Some(Kind::Made | Kind::Replaced) = outcomes.kind(row) {
                without.remove(&name_of(&step));
            }
        }
        // Another program may hold the file; then its lines for rows that were refused stay, and the
        // result file says which those are.
        if !without.is_empty()
            && let Err(error) = passwords::leave_out(path, &without)
        {
            tracing::warn!(%error, "Lines of refused rows stay in the passwords file");
        }
    }
    result::write(folder, steps, outcomes, wording)?;
    issued::write(folder, steps, outcomes)?;
    header.end = Some(End {
        at_ms: clock::now_ms(),
        tally: Tally::of(header.counts, outcomes),
        set_aside: None,
    });
    header.write(folder)?;
    remove_secrets(folder)?;
    Ok(status::ended(name, &header))
}

fn set_aside(
    name: &str,
    folder: &Path,
    mut header: Header,
    lock: &Arc<Lock>,
) -> Result<Job, Error> {
    let (_, told) = Journal::open(folder, header.counts.rows, Arc::clone(lock))?;
    let as_name = format!("{PLAN}.damaged");
    match fs::rename(folder.join(PLAN), folder.join(&as_name)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(folder::storage(error));
        }
        _ => {}
    }
    header.end = Some(End {
        at_ms: clock::now_ms(),
        tally: Tally::of(header.counts, &told.outcomes),
        set_aside: Some(as_name),
    });
    header.write(folder)?;
    Ok(status::ended(name, &header))
}

/// Removes the folder of a job that was never started, unless it is in use.
fn remove_abandoned(folder: &Path) {
    if let Ok(_lock) = lock(folder)
        && !header::is_set_aside(folder)
    {
        let _left = fs::remove_dir_all(folder);
    }
}
