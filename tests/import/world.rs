//! A populated practice account, and the jobs that run on it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use acceptance::practice_addresses::exposed;
use registrar_activity::Activity;
use registrar_app::desk::job_view;
use registrar_app::ipc::JobView;
use registrar_bandwidth::dashboard::{
    AccountNumber, Credential, Dashboard, Environment, NewCredential, RealmId, Scope, SignIn,
    UserName,
};
use registrar_digest::Hashes;
use registrar_explain as explain;
use registrar_jobs::{JobWork, Jobs, RequestPolicy, RunGoal, RunOptions};
use registrar_practice::Practice;
use registrar_secret::{SignInSecret, SipPassword};
use tempfile::TempDir;

use crate::rows::Row;

/// Quick, and never tired of trying.
const POLICY: RequestPolicy = RequestPolicy {
    connections: 3,
    most_at_once: 20,
    first_pause: Duration::from_millis(1),
    longest_pause: Duration::from_millis(4),
    failures: 1000,
};

/// A run that is to carry out all rows.
pub(crate) const OPTIONS: RunOptions = RunOptions {
    policy: POLICY,
    aim: RunGoal::All,
    wording: explain::import::RESULT,
};
/// The number of practice's realm.
pub(crate) const REALM: RealmId = RealmId(22);

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) practice: Practice,
    pub(crate) realm: String,
    pub(crate) jobs: Jobs,
}

pub(crate) fn password(name: &str) -> SipPassword {
    SipPassword::new(format!("secret of {name}"))
}

/// Signs in to the practice account whose API is at this address.
pub(crate) fn dashboard_at(token: &str, api: &str) -> Dashboard {
    dashboard_with(token, api, Arc::new(Activity::default()))
}

/// The same, and what is sent can be looked at.
pub(crate) fn dashboard_with(token: &str, api: &str, activity: Arc<Activity>) -> Dashboard {
    let sample = Practice::sample_sign_in();
    Dashboard::new(
        Environment::own(token, api, api).unwrap(),
        AccountNumber::parse(&sample.account_number).unwrap(),
        SignIn::ApiClient {
            client_id: sample.client_id,
            secret: SignInSecret::new(sample.client_secret),
        },
        activity,
    )
    .unwrap()
}

impl World {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let practice = Practice::start(&folder.path().join("practice"))
            .await
            .unwrap();
        let realm = practice.sample_check().unwrap().realm;
        let jobs = Jobs::at(folder.path().join("jobs"));
        Self {
            folder,
            practice,
            realm,
            jobs,
        }
    }

    pub(crate) fn passwords(&self) -> PathBuf {
        self.folder.path().join("passwords.csv")
    }

    pub(crate) fn dashboard(&self) -> Dashboard {
        let addresses = exposed(&self.practice);
        dashboard_at(&addresses.token, &addresses.bearer)
    }

    pub(crate) fn hashes(&self, name: &str) -> Hashes {
        Hashes::make(name, &self.realm, &password(name))
    }

    /// Makes credentials in the account, as somebody did before.
    pub(crate) async fn put(&self, names: &[String]) -> HashMap<String, Credential> {
        let dashboard = self.dashboard();
        let scope = Scope::Realm(REALM);
        for names in names.chunks(500) {
            let new: Vec<NewCredential> = names
                .iter()
                .map(|name| NewCredential {
                    user_name: UserName::parse(name).unwrap(),
                    domain: None,
                    realm: self.realm.clone(),
                    hashes: Hashes::make(name, &self.realm, &SipPassword::new("from before")),
                    application_id: None,
                })
                .collect();
            let made = dashboard.create_credentials(scope, &new).await.unwrap();
            assert_eq!(made.made.len(), names.len(), "{:?}", made.refused.first());
        }
        self.listed()
            .await
            .into_iter()
            .map(|one| (one.composite(), one))
            .collect()
    }

    pub(crate) async fn listed(&self) -> Vec<Credential> {
        self.dashboard().credentials(Scope::Account).await.unwrap()
    }

    /// A job of these rows that has begun.
    pub(crate) fn begin(&self, rows: &[Row]) -> String {
        let mut plan = self.jobs.plan().unwrap();
        for row in rows {
            plan.push(&row.step).unwrap();
        }
        let mut plan = plan.seal().unwrap();
        let place = Some(self.passwords());
        self.jobs
            .start(&mut plan, JobWork::Import, "phones.csv", place)
            .unwrap()
    }

    /// A job as the window shows it.
    pub(crate) fn view(&self, job: &str) -> JobView {
        job_view(&self.jobs.view(job).unwrap())
    }
}
