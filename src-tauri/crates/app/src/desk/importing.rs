//! Imports at the desk: a file is chosen, parsed into a plan, reviewed, and started as a job.

use std::path::{Path, PathBuf};

use registrar_activity::clock;
use registrar_explain::number::grouped;
use registrar_import::csv::Fault;
use registrar_import::{self as import, Existing, Imported, Realms, Stored};
use registrar_jobs::{JobWork, PlaceError, PlaceProblem};
use registrar_storage::export;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::model::Loaded;
use super::plan_rows::{self, Made};
use super::{Desk, plan_view};
use crate::Error;
use crate::ipc::{ImportView, ListPlan, PlanProgress, PlanRows, PlanView};

/// Maximum age of the list: an older one is reloaded before a plan is made, and a plan compared
/// with an older one isn't started.
const FRESH_FOR_PLAN_MS: u64 = 2 * 60 * 1000;
const FRESH_FOR_START_MS: u64 = 15 * 60 * 1000;

/// What was done where a plan broke.
const NOTHING_SENT: &str = "Nothing was sent to Bandwidth. Read the file again.";

/// The import being prepared.
#[derive(Debug, Default)]
pub(super) struct Importing {
    file: Option<PathBuf>,
    made: Option<Made>,
}

impl Desk {
    /// Selects the file to import, replacing the previous one. Returns its name.
    pub fn choose_import(&self, file: PathBuf) -> String {
        let name = plan_view::file_name(&file);
        *self.importing() = Importing {
            file: Some(file),
            made: None,
        };
        name
    }

    /// Parses the selected file and makes its plan, compared with a fresh list. Sends nothing
    /// except the requests for the list.
    pub async fn read_import(
        &self,
        stop: &CancellationToken,
        on_progress: &(dyn Fn(PlanProgress) + Send + Sync),
    ) -> Result<PlanView, Error> {
        let file = {
            let mut importing = self.importing();
            // Dropping the previous plan frees its disk space.
            importing.made = None;
            importing.file.clone().ok_or(Error::OutOfStep)?
        };
        if !self.has_fresh_list() {
            on_progress(PlanProgress {
                share: 0.0,
                sentence: "Loading the account’s SIP credentials to compare them with the file."
                    .to_owned(),
            });
            self.load(stop, &|_| {}).await?;
        }
        if stop.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let (realms, existing, compared_at, list_is_whole) = {
            let model = self.model();
            let shown = model.shown();
            let realms: Vec<_> = shown.realms.iter().map(|load| load.realm.clone()).collect();
            let at = shown.at_ms.ok_or(Error::OutOfStep)?;
            (Realms::new(&realms), stored(shown), at, shown.is_whole())
        };
        let imported = self
            .make_plan(file, realms, existing, stop, on_progress)
            .await?;
        let made = Made {
            imported,
            compared_at,
            list_is_whole,
            passwords: None,
            fitting: None,
        };
        let view = plan_view::plan(&made);
        self.importing().made = Some(made);
        Ok(view)
    }

    async fn make_plan(
        &self,
        file: PathBuf,
        realms: Realms,
        existing: Vec<Stored>,
        stop: &CancellationToken,
        on_progress: &(dyn Fn(PlanProgress) + Send + Sync),
    ) -> Result<Imported, Error> {
        let (tell, mut told) = watch::channel((0.0, 0));
        let jobs = self.jobs.clone();
        // Its threads end with this call, even if it is dropped.
        let inner = stop.child_token();
        let _ends = inner.clone().drop_guard();
        let mut work = tokio::task::spawn_blocking(move || {
            let existing = Existing::new(existing);
            let tell = |share, rows| {
                tell.send_replace((share, rows));
            };
            import::make(&file, &realms, &existing, &jobs, &inner, &tell)
        });
        loop {
            tokio::select! {
                biased;
                done = &mut work => {
                    let made = done.map_err(|error| Error::of_task(&error).after(NOTHING_SENT))?;
                    return Ok(made?);
                }
                Ok(()) = told.changed() => {
                    let (share, rows) = *told.borrow_and_update();
                    on_progress(PlanProgress {
                        share,
                        sentence: format!("Rows read: {}.", grouped(rows)),
                    });
                }
            }
        }
    }

    /// Returns the import being prepared, as shown in the window.
    #[must_use]
    pub fn import_view(&self) -> ImportView {
        let importing = self.importing();
        ImportView {
            practice: self.is_practice(),
            account: self.account.name.clone(),
            number: self.account.number.to_string(),
            file: importing.file.as_deref().map(plan_view::file_name),
            plan: importing.made.as_ref().map(plan_view::plan),
        }
    }

    /// Returns the suggested name for the file of generated passwords.
    #[must_use]
    pub fn usual_passwords_name(&self) -> String {
        let importing = self.importing();
        let file = importing.file.as_deref();
        let stem = file.and_then(Path::file_stem).unwrap_or_default();
        let stem = export::name_part(&stem.to_string_lossy());
        format!("passwords-{stem}.csv")
    }

    /// Returns a range of the plan.
    pub fn plan_rows(&self, asked: &ListPlan) -> Result<PlanRows, Error> {
        let mut importing = self.importing();
        let made = importing.made.as_mut().ok_or(Error::OutOfStep)?;
        plan_rows::rows(made, asked)
    }

    /// Sets where to write generated passwords.
    pub fn choose_passwords(&self, file: PathBuf) -> Result<PlanView, Error> {
        let mut importing = self.importing();
        let made = importing.made.as_mut().ok_or(Error::OutOfStep)?;
        made.passwords = Some(file);
        Ok(plan_view::plan(made))
    }

    /// Discards the plan.
    pub fn drop_import(&self) {
        *self.importing() = Importing::default();
    }

    /// Starts the plan as a job, and returns the job's name. The file must be the one that was
    /// read, and the list must not be too old.
    pub async fn start_import(&self) -> Result<String, Error> {
        let (file, passwords) = {
            let importing = self.importing();
            let made = importing.made.as_ref().ok_or(Error::OutOfStep)?;
            if !is_fresh(made.compared_at, clock::now_ms(), FRESH_FOR_START_MS) {
                return Err(Fault::Outdated.into());
            }
            if made.imported.plan.counts().passwords > 0 && made.passwords.is_none() {
                return Err(PlaceError::from(PlaceProblem::Missing).into());
            }
            (made.imported.file.clone(), made.passwords.clone())
        };
        let title = plan_view::file_name(file.path());
        let unchanged = tokio::task::spawn_blocking(move || file.still_holds());
        unchanged
            .await
            .map_err(|error| Error::of_task(&error).after(NOTHING_SENT))??;
        let mut importing = self.importing();
        let made = importing.made.as_mut().ok_or(Error::OutOfStep)?;
        let plan = &mut made.imported.plan;
        let name = (self.jobs).start(plan, JobWork::Import, &title, passwords)?;
        *importing = Importing::default();
        Ok(name)
    }

    /// Returns a template file for an import: its default name and its bytes.
    pub(super) fn sample(&self) -> (String, Vec<u8>) {
        let model = self.model();
        let realms = &model.shown().realms;
        let default = realms.iter().find(|load| load.realm.default);
        let realm = default.map_or("", |load| load.realm.short_name());
        ("sip-credentials.csv".to_owned(), import::sample(realm))
    }

    /// Returns the plan as a file without secrets: its default name and its bytes.
    pub(super) fn plan_file(&self) -> Result<(String, Vec<u8>), Error> {
        let importing = self.importing();
        let made = importing.made.as_ref().ok_or(Error::OutOfStep)?;
        plan_view::sheet(made)
    }

    fn has_fresh_list(&self) -> bool {
        let model = self.model();
        let shown = model.shown();
        let fresh = |at| is_fresh(at, clock::now_ms(), FRESH_FOR_PLAN_MS);
        model.coming.is_none()
            && !model.outdated.whole
            && shown.is_whole()
            && shown.at_ms.is_some_and(fresh)
    }
}

/// A list loaded in the future was loaded before the clock changed, so its age is unknown.
fn is_fresh(at_ms: u64, now_ms: u64, for_ms: u64) -> bool {
    now_ms.checked_sub(at_ms).is_some_and(|age| age <= for_ms)
}

fn stored(shown: &Loaded) -> Vec<Stored> {
    let rows = shown.list.rows().iter().map(|row| Stored {
        id: row.id,
        realm_id: row.realm_id,
        user_name: row.user_name.clone(),
        domain: row.domain.clone(),
        application_id: row.application_id.clone(),
        hashes: row.hashes.clone(),
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use registrar_explain::RecoveryOption;
    use registrar_jobs::RunGoal;

    use super::*;
    use crate::desk::fixture::{load, practice};
    use crate::ipc::JobStage;

    #[tokio::test]
    async fn a_plan_whose_passwords_find_no_place_waits_for_another_one() {
        let (folder, desk) = practice().await;
        load(&desk).await;
        let file = folder.path().join("people.csv");
        std::fs::write(&file, "User name\nbob\n").unwrap();
        desk.choose_import(file);
        let stop = CancellationToken::new();
        let plan = desk.read_import(&stop, &|_| {}).await.unwrap();
        let gone = folder.path().join("gone").join("passwords.csv");
        desk.choose_passwords(gone).unwrap();

        let refused = desk.start_import().await.unwrap_err();

        let failure = refused.failure();
        assert_eq!(failure.recovery_options, [RecoveryOption::OtherPlace]);
        assert!(failure.sentence.contains("the passwords file"));
        assert_eq!(desk.jobs().unwrap(), [], "nothing began");
        let still = desk.import_view().plan.expect("the plan is still there");
        assert_eq!(still.counts, plan.counts);

        desk.choose_passwords(folder.path().join("passwords.csv"))
            .unwrap();
        let name = desk.start_import().await.unwrap();
        assert_eq!(desk.import_view().plan, None, "it is the job's by now");
        let job = desk.take_up(&name).unwrap().unwrap();
        let ended = desk.work_on(job, RunGoal::All).await.unwrap();
        assert_eq!((ended.stage, ended.made), (JobStage::Finished, 1.0));
    }

    #[test]
    fn list_is_fresh_for_its_time_but_not_if_the_clock_went_back() {
        let minute = 60_000;
        let at = 1_796_000_000_000;

        assert!(is_fresh(at, at, minute));
        assert!(is_fresh(at, at + minute, minute));
        assert!(!is_fresh(at, at + minute + 1, minute));
        assert!(!is_fresh(at, at - 1, minute), "the clock was set back");
    }
}
