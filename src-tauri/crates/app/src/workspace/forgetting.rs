//! The jobs of an account that is being removed: the confirmation beforehand, and how they end.

use std::time::Duration;

use registrar_explain::import::job::Removal;
use registrar_secret::redact::sanitized_line;

use super::Workspace;
use crate::desk::job_view;
use crate::ipc::{JobStage, JobView};

/// Longest title of a job that is shown, in characters.
const LONGEST: usize = 80;
/// How long a job at work may take to come to a stop, answers on their way included.
const STOPPING: Duration = Duration::from_secs(10);

impl Workspace {
    /// Returns an account's jobs, as its desk or the disk knows them.
    pub(super) fn known_jobs(&self, account: &str) -> Vec<JobView> {
        let desk = self.desks().get(account);
        let listed = || {
            let jobs = self.jobs_of(account).list()?;
            Ok(jobs.iter().map(job_view).collect())
        };
        let jobs = desk.map_or_else(listed, |desk| desk.jobs());
        jobs.unwrap_or_else(|error| {
            tracing::warn!(%error, "The jobs of an account cannot be read");
            Vec::new()
        })
    }

    /// Stops an account's jobs between two requests, and returns how far they came.
    pub(super) async fn stop_jobs(&self, account: &str) -> Vec<JobView> {
        let desk = self.desks().get(account);
        if let Some(desk) = desk {
            desk.pause_all_jobs();
            if tokio::time::timeout(STOPPING, desk.jobs_rest())
                .await
                .is_err()
            {
                tracing::warn!("A job did not stop in time");
            }
        }
        self.known_jobs(account)
    }
}

/// Returns those that are not at their end.
pub(super) fn unfinished(jobs: &[JobView]) -> impl Iterator<Item = &JobView> {
    let open = |job: &&JobView| matches!(job.stage, JobStage::Running | JobStage::Paused);
    jobs.iter().filter(open)
}

/// Says before an account is removed what becomes of its unfinished job.
pub(super) fn before(job: &JobView) -> String {
    removal(job, &sanitized_line(&job.title, LONGEST)).before()
}

/// Says afterwards what was canceled.
pub(super) fn after(job: &JobView) -> String {
    removal(job, &sanitized_line(&job.title, LONGEST)).after()
}

fn removal<'a>(job: &'a JobView, title: &'a str) -> Removal<'a> {
    Removal {
        work: job.work,
        title,
        to_go: rows(job.to_go),
        rows: rows(job.rows),
        passwords: &job.passwords,
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of rows is whole, and small enough"
)]
fn rows(count: f64) -> u64 {
    count as u64
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use registrar_bandwidth::dashboard::{EnvironmentName, RealmId};
    use registrar_jobs::{Action, JobWork, Secret, Step};
    use registrar_storage::store::Store;

    use super::*;
    use crate::account::Account;
    use crate::ipc::{Screen, SignInDraft};
    use crate::journey::saved;
    use crate::services::Services;

    const ACCOUNT: &str = "5500123";

    fn app() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let draft = SignInDraft {
            account_number: ACCOUNT.to_owned(),
            user: "client".to_owned(),
            ..SignInDraft::start(EnvironmentName::Production)
        };
        let account = Account::from_draft(ACCOUNT.to_owned(), &draft).unwrap();
        let store = Store::open(folder.path()).unwrap();
        saved::update_accounts(&store, |kept| {
            kept.push(account);
            Ok(())
        })
        .unwrap();
        let services = Services {
            keychain: registrar_keychain::Vault::new(std::sync::Arc::new(
                registrar_keychain::Forgetting::default(),
            )),
            ..Services::real()
        };
        let app = Workspace::new(folder.path().to_owned(), services);
        (folder, app)
    }

    fn begin_import(app: &Workspace, passwords: &Path) {
        let mut plan = app.jobs_of(ACCOUNT).plan().unwrap();
        for line in 1..=1200 {
            let action = Action::Create {
                realm: RealmId(22),
                application: None,
                secret: Secret::ToMake,
            };
            let step = Step {
                line,
                user_name: format!("phone{line}"),
                domain: None,
                realm: "r.example".to_owned(),
                action,
            };
            plan.push(&step).unwrap();
        }
        let mut plan = plan.seal().unwrap();
        let place = Some(passwords.to_owned());
        let jobs = app.jobs_of(ACCOUNT);
        jobs.start(&mut plan, JobWork::Import, "phones.csv", place)
            .unwrap();
    }

    #[tokio::test]
    async fn removing_an_account_names_its_unfinished_import() {
        let (folder, app) = app();
        let passwords = folder.path().join("passwords.csv");
        begin_import(&app, &passwords);
        let jobs = app.jobs_folder(ACCOUNT);
        assert!(jobs.exists());

        let Screen::Accounts { accounts, .. } = app.open_accounts() else {
            panic!("not at the accounts")
        };
        let asked = accounts[0].unfinished.join(" ");
        let Screen::Accounts { notices, .. } = app.remove_account(ACCOUNT).await.unwrap() else {
            panic!("not at the accounts")
        };

        let file = passwords.display().to_string();
        for part in [
            "import of phones.csv",
            "1,200 of 1,200 rows",
            &file,
            "can’t continue",
        ] {
            assert!(asked.contains(part), "{part}: {asked}");
        }
        let said = notices[0].next.clone().unwrap();
        for part in [
            "import of phones.csv was canceled with rows to go: 1,200",
            &file,
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!jobs.exists(), "plans, journals and results went with it");
        assert!(
            passwords.exists(),
            "the file of passwords is the person's own"
        );
    }

    #[tokio::test]
    async fn an_account_without_a_job_is_not_asked_about_one() {
        let (_folder, app) = app();

        let Screen::Accounts { accounts, .. } = app.open_accounts() else {
            panic!("not at the accounts")
        };

        assert!(accounts[0].unfinished.is_empty());
        assert!(!accounts[0].forgets.iter().any(|line| line.contains("jobs")));
    }
}
