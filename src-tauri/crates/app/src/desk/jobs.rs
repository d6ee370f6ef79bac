//! The desk's jobs: those on disk and those that are running.
//!
//! A job keeps running whichever screen is open. The window polls its progress.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;

use futures_util::FutureExt as _;
use parking_lot::MutexGuard;
use registrar_activity::ActivityKind;
use registrar_bandwidth::dashboard::Dashboard;
use registrar_explain as explain;
use registrar_explain::Failure;
use registrar_jobs::{Job, JobWork, RequestPolicy, RunGoal, RunOptions};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{Desk, job_view};
use crate::Error;
use crate::ipc::{JobStage, JobView};

/// The running jobs, and what blocked those that aren't running, by name.
#[derive(Debug, Default)]
pub(super) struct Working {
    jobs: HashMap<String, AtWork>,
    troubles: HashMap<String, Failure>,
    /// Notified whenever a job stops running.
    rested: Arc<Notify>,
}

#[derive(Debug)]
struct AtWork {
    view: JobView,
    pause: CancellationToken,
}

/// A job that was claimed and is about to run.
#[derive(Debug)]
pub struct TakenUp {
    name: String,
    dashboard: Dashboard,
    pause: CancellationToken,
}

/// Removes a job from the list of running ones, however its run ends.
struct Ended<'a> {
    desk: &'a Desk,
    name: &'a str,
}

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        let mut working = self.desk.working();
        working.jobs.remove(self.name);
        working.rested.notify_waiters();
    }
}

impl Desk {
    /// Returns the account's jobs, newest first: running, stopped, and ended ones.
    pub fn jobs(&self) -> Result<Vec<JobView>, Error> {
        let jobs = self.jobs.list()?;
        let views = jobs.iter().map(job_view);
        Ok(views.map(|job| self.as_it_is_now(job)).collect())
    }

    /// Returns a job's progress.
    pub fn job(&self, name: &str) -> Result<JobView, Error> {
        let now = self.working().jobs.get(name).map(|one| one.view.clone());
        match now {
            Some(now) => Ok(now),
            None => Ok(self.as_it_is_now(job_view(&self.jobs.view(name)?))),
        }
    }

    fn as_it_is_now(&self, job: JobView) -> JobView {
        let working = self.working();
        if let Some(one) = working.jobs.get(&job.id) {
            return one.view.clone();
        }
        JobView {
            trouble: working.troubles.get(&job.id).cloned(),
            ..job
        }
    }

    /// Claims a job, which counts as running from now on. `None` if it was already running. Pass
    /// the result to [`Desk::work_on`].
    pub fn take_up(&self, name: &str) -> Result<Option<TakenUp>, Error> {
        let dashboard = self.dashboard()?;
        let view = JobView {
            stage: JobStage::Running,
            trouble: None,
            ..self.job(name)?
        };
        let dashboard = match view.work {
            JobWork::Import => {
                let as_import = self.activity.as_kind(ActivityKind::Import);
                dashboard.recording(Arc::new(as_import))
            }
            JobWork::Delete | JobWork::Move | JobWork::NewPasswords => dashboard,
        };
        let pause = CancellationToken::new();
        let mut working = self.working();
        if working.jobs.contains_key(name) {
            return Ok(None);
        }
        working.troubles.remove(name);
        let one = AtWork {
            view,
            pause: pause.clone(),
        };
        working.jobs.insert(name.to_owned(), one);
        Ok(Some(TakenUp {
            name: name.to_owned(),
            dashboard,
            pause,
        }))
    }

    /// Runs a job until it has ended, is paused, or is blocked.
    pub async fn work_on(&self, job: TakenUp, aim: RunGoal) -> Result<JobView, Error> {
        let TakenUp {
            name,
            dashboard,
            pause,
        } = job;
        let _ended = Ended {
            desk: self,
            name: &name,
        };
        let on_progress = |now: Job| {
            if let Some(one) = self.working().jobs.get_mut(&name) {
                one.view = job_view(&now);
            }
        };
        let options = RunOptions {
            policy: RequestPolicy::default(),
            aim,
            wording: explain::import::RESULT,
        };
        let run = self
            .jobs
            .run(&name, &dashboard, options, &pause, &on_progress);
        // Reports an end to whoever waits for one, even after a panic.
        let ended = AssertUnwindSafe(run).catch_unwind().await;
        let ended = ended.map(|ended| ended.map_err(Error::from));
        let ended = ended.unwrap_or_else(|_| {
            let before = self.jobs.view(&name).ok();
            let done = before.map(|job| explain::import::job::done(job.tally));
            Err(Error::Broken { done })
        });
        let ended = ended.map(|job| job_view(&job));
        let changed = |now: &JobView| now.made + now.replaced + now.moved + now.deleted > 0.0;
        if ended.as_ref().map_or(true, changed) {
            self.model().outdate();
        }
        let trouble = match &ended {
            Ok(view) => view.trouble.clone(),
            Err(error) => Some(error.failure()),
        };
        if let Some(trouble) = trouble {
            self.working().troubles.insert(name.clone(), trouble);
        }
        ended
    }

    /// Returns the suggested name for another file for a job's passwords.
    #[must_use]
    pub fn job_passwords_name(&self, name: &str) -> String {
        let before = self.jobs.view(name).ok();
        let before = before.and_then(|job| job.passwords.into_iter().next_back());
        let before = before.unwrap_or_default();
        let stem = before.file_stem().unwrap_or_default();
        let stem = registrar_storage::export::name_part(&stem.to_string_lossy());
        format!("{stem}-more.csv")
    }

    /// Sets another file for the passwords that a job has yet to generate. The previous file isn't
    /// changed. Clears whatever blocked the job.
    pub fn move_job_passwords(&self, name: &str, to: &Path) -> Result<JobView, Error> {
        if self.working().jobs.contains_key(name) {
            return Err(Error::OutOfStep);
        }
        let moved = self.jobs.move_passwords(name, to);
        let moved = moved?;
        self.working().troubles.remove(name);
        Ok(job_view(&moved))
    }

    /// Pauses a job between two requests.
    pub fn pause_job(&self, name: &str) {
        if let Some(one) = self.working().jobs.get(name) {
            one.pause.cancel();
        }
    }

    /// Pauses all jobs of this desk.
    pub fn pause_all_jobs(&self) {
        for one in self.working().jobs.values() {
            one.pause.cancel();
        }
    }

    /// Waits until no job is running.
    pub async fn jobs_rest(&self) {
        let rested = Arc::clone(&self.working().rested);
        loop {
            let next = rested.notified();
            tokio::pin!(next);
            next.as_mut().enable();
            if !self.is_at_work() {
                return;
            }
            next.await;
        }
    }

    /// Returns whether a job is running.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        !self.working().jobs.is_empty()
    }

    /// Returns the result file of an ended job: its default name and its bytes.
    pub fn job_result(&self, name: &str) -> Result<(String, Vec<u8>), Error> {
        Ok(self.jobs.result(name)?)
    }

    /// Deletes an ended job, including its result file.
    pub fn delete_job(&self, name: &str) -> Result<(), Error> {
        Ok(self.jobs.forget(name)?)
    }

    fn working(&self) -> MutexGuard<'_, Working> {
        self.working.lock()
    }
}

#[cfg(test)]
mod tests {
    use registrar_activity::{Log, Query};
    use registrar_explain::FailureKind;

    use super::*;
    use crate::desk::fixture::{load, practice, shown};
    use crate::ipc::{SelectRows, StartJob};

    fn found(log: &Log, kind: ActivityKind) -> usize {
        let query = Query {
            kind: Some(kind),
            ..Query::default()
        };
        log.find(&query, 0, 0).unwrap().total
    }

    async fn run(desk: &Desk, name: &str) {
        let job = desk.take_up(name).unwrap().unwrap();
        let ended = desk.work_on(job, RunGoal::All).await.unwrap();
        assert_eq!(ended.stage, JobStage::Finished);
    }

    #[tokio::test]
    async fn a_job_whose_worker_panics_says_what_was_done() {
        let (folder, desk) = practice().await;
        load(&desk).await;
        let file = folder.path().join("people.csv");
        std::fs::write(
            &file,
            "User name,Password\nbob,Kk4-aaaa-1\neve,Kk4-aaaa-2\n",
        )
        .unwrap();
        desk.choose_import(file);
        let stop = CancellationToken::new();
        desk.read_import(&stop, &|_| {}).await.unwrap();
        let name = desk.start_import().await.unwrap();
        let dashboard = desk.dashboard().unwrap();
        let sequential = RunOptions {
            policy: RequestPolicy {
                most_at_once: 1,
                connections: 1,
                ..RequestPolicy::default()
            },
            aim: RunGoal::All,
            wording: explain::import::RESULT,
        };

        let panics = |now: Job| assert!(now.tally.made < 1, "as the test wants it");
        let broken = desk
            .jobs
            .run(&name, &dashboard, sequential, &stop, &panics)
            .await
            .unwrap();
        let broken = job_view(&broken);

        assert_eq!(broken.stage, JobStage::Paused);
        let trouble = broken.trouble.unwrap();
        assert_eq!(trouble.kind, FailureKind::Broken);
        assert!(
            trouble.next.contains(&format!("{} created", broken.made)),
            "{trouble:?}"
        );
        assert!(broken.made >= 1.0);
        assert!(!trouble.next.contains("Nothing has changed"), "{trouble:?}");
        run(&desk, &name).await;
        let ended = desk.job(&name).unwrap();
        assert_eq!(
            (ended.stage, ended.made),
            (JobStage::Finished, 2.0),
            "none twice"
        );
    }

    #[tokio::test]
    async fn an_end_that_panics_says_what_was_done() {
        let (folder, desk) = practice().await;
        load(&desk).await;
        let file = folder.path().join("people.csv");
        let rows = "User name,Password\nbob,Kk4-aaaa-1\neve,Kk4-aaaa-2\n";
        std::fs::write(&file, rows).unwrap();
        desk.choose_import(file);
        let stop = CancellationToken::new();
        desk.read_import(&stop, &|_| {}).await.unwrap();
        let name = desk.start_import().await.unwrap();
        let breaks = folder.path().join("jobs").join(&name).join("breaks");
        std::fs::write(&breaks, "").unwrap();

        let job = desk.take_up(&name).unwrap().unwrap();
        let broken = desk.work_on(job, RunGoal::All).await.unwrap();

        assert_eq!(broken.stage, JobStage::Paused);
        let told = broken.trouble.unwrap();
        assert_eq!(told.kind, FailureKind::Broken);
        assert!(told.next.contains("2 created"), "{told:?}");
        assert!(!told.next.contains("Nothing has changed"), "{told:?}");
        let shown = desk.job(&name).unwrap();
        let trouble = shown.trouble.unwrap();
        assert_eq!((trouble.kind, shown.made), (FailureKind::Broken, 2.0));
        std::fs::remove_file(breaks).unwrap();
        run(&desk, &name).await;
        let ended = desk.job(&name).unwrap();
        assert_eq!((ended.stage, ended.made), (JobStage::Finished, 2.0));
    }

    #[tokio::test]
    async fn only_requests_of_imports_are_found_as_import_requests() {
        let (folder, desk) = practice().await;
        let log = Log::in_folder(folder.path().join("activity"));
        let desk = desk.recording(&log);
        desk.sign_out();
        desk.sign_in_by_itself().await;
        load(&desk).await;
        let file = folder.path().join("people.csv");
        std::fs::write(&file, "User name,Password\nbob,secret\n").unwrap();
        desk.choose_import(file);
        let stop = CancellationToken::new();
        desk.read_import(&stop, &|_| {}).await.unwrap();
        assert_eq!(found(&log, ActivityKind::Import), 0, "a plan sends nothing");

        run(&desk, &desk.start_import().await.unwrap()).await;

        let of_import = found(&log, ActivityKind::Import);
        assert!(of_import > 0);
        let panel = desk.exchanges();
        assert!(panel.len() > of_import, "the panel shows them, too");
        load(&desk).await;
        let _ = desk.rows(&shown("bob"));
        desk.select(SelectRows::All);
        let before = found(&log, ActivityKind::Request);
        let one = StartJob::Delete {
            count: "1".to_owned(),
        };
        run(&desk, &desk.start_job(&one, None).unwrap()).await;
        assert_eq!(found(&log, ActivityKind::Import), of_import);
        assert!(found(&log, ActivityKind::Request) > before);
    }
}
