//! The support desk: all realms and SIP credentials of one account, searched, filtered and checked.
//!
//! Each desk serves one account. While another desk is open, it keeps its list, position and
//! results. Locks are held briefly and never across an await.

mod changing;
mod checking;
mod evidence;
mod exporting;
mod importing;
mod issued;
mod job_view;
mod jobs;
pub mod list;
mod loading;
mod many;
mod model;
mod phone;
mod plan_rows;
mod plan_view;
mod precondition;
mod realms;
mod secrets;
mod selected;
mod sheets;
mod signing_in;
mod view;

pub use job_view::job_view;
pub use jobs::TakenUp;
pub use sheets::SheetsOrder;

#[cfg(test)]
mod conflict_tests;
#[cfg(test)]
mod credential_tests;
#[cfg(test)]
mod fixture;

use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use registrar_activity::{Activity, Exchange, Log, clock};
use registrar_bandwidth::dashboard::{CredentialId, Dashboard, RealmId};
use registrar_explain::Notice;
use registrar_jobs::Jobs;
use tokio_util::sync::CancellationToken;

use self::importing::Importing;
use self::jobs::Working;
use self::list::Query;
use self::model::Model;
use self::secrets::Secrets;
use crate::Error;
use crate::account::Account;
use crate::ipc::{
    DeskAccount, DeskCredential, DeskRows, DeskState, DeskView, ListRows, RealmDraft, SelectRows,
    SignInMethod,
};
use crate::services::Services;

/// The name under which practice's desk is opened.
pub const PRACTICE: &str = "practice";

/// The desk of one account.
pub struct Desk {
    services: Services,
    account: Account,
    activity: Arc<Activity>,
    session: Mutex<Session>,
    model: Mutex<Model>,
    secrets: Mutex<Secrets>,
    jobs: Jobs,
    importing: Mutex<Importing>,
    working: Arc<Mutex<Working>>,
}

/// The sign-in, if there is one.
#[derive(Default)]
struct Session {
    dashboard: Option<Dashboard>,
    /// Whether Bandwidth has accepted its secret.
    accepted: bool,
    notices: Vec<Notice>,
    /// The form of a new realm, as typed.
    realm_draft: RealmDraft,
}

impl Desk {
    /// Opens the desk of an account, whose jobs are in a folder of their own. Sends nothing: see
    /// [`Desk::sign_in_by_itself`].
    #[must_use]
    pub fn open(services: Services, account: Account, jobs: Jobs) -> Self {
        Self {
            services,
            account,
            activity: Arc::new(Activity::default()),
            session: Mutex::default(),
            model: Mutex::default(),
            secrets: Mutex::default(),
            jobs,
            importing: Mutex::default(),
            working: Arc::default(),
        }
    }

    /// Continues as the desk of the same account with other details, such as its name.
    #[must_use]
    pub(crate) fn under(&self, account: Account) -> Self {
        Self {
            services: self.services.clone(),
            account,
            activity: Arc::clone(&self.activity),
            session: Mutex::new(std::mem::take(&mut *self.session())),
            model: Mutex::new(std::mem::take(&mut *self.model())),
            secrets: Mutex::default(),
            jobs: self.jobs.clone(),
            importing: Mutex::new(std::mem::take(&mut *self.importing())),
            working: Arc::clone(&self.working),
        }
    }

    /// Also records its exchanges in a log.
    #[must_use]
    pub fn recording(self, log: &Log) -> Self {
        let activity = Activity::kept_in(log, self.is_practice());
        activity.belongs_to(&self.account.id);
        let activity = Arc::new(activity);
        Self { activity, ..self }
    }

    /// Returns the account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Returns whether this is practice.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.services.practice.is_some()
    }

    /// Returns the screen for opening the desk, together with these accounts.
    #[must_use]
    pub fn view(&self, accounts: Vec<DeskAccount>) -> DeskView {
        let asks_for = self.asks_for();
        let model = self.model();
        DeskView {
            accounts,
            practice: self.is_practice(),
            asks_for,
            remember: self.account.remember,
            state: view::state(&model),
            place: view::place(&model),
            last_check: model.last_check.clone(),
            stopped: model.shown().stopped,
        }
    }

    /// Returns which secret must be typed, or `None` if the desk is signed in.
    #[must_use]
    pub fn asks_for(&self) -> Option<SignInMethod> {
        let signed_in = self.session().dashboard.is_some();
        (!signed_in).then_some(self.account.method)
    }

    /// Returns whether Bandwidth has accepted the sign-in in this run.
    #[must_use]
    pub fn is_signed_in(&self) -> bool {
        let session = self.session();
        session.dashboard.is_some() && session.accepted
    }

    /// Returns the notices above the desk, once.
    #[must_use]
    pub fn take_notices(&self) -> Vec<Notice> {
        std::mem::take(&mut self.session().notices)
    }

    /// Returns the exchanges, newest last.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.activity.exchanges()
    }

    /// Loads the realms and SIP credentials, until `stop`. An existing list stays visible until the
    /// new one is complete, and permanently if loading fails or is stopped.
    pub async fn load(
        &self,
        stop: &CancellationToken,
        on_progress: &(dyn Fn(DeskState) + Send + Sync),
    ) -> Result<DeskState, Error> {
        let dashboard = self.dashboard()?;
        self.model().begin_loading()?;
        let into = Into {
            desk: self,
            on_progress,
        };
        let outcome = loading::load(&dashboard, stop, &into).await;
        let mut model = self.model();
        model.end_loading(clock::now_ms(), outcome.is_ok());
        match outcome {
            Ok(()) => {
                self.session().accepted = true;
                Ok(view::state(&model))
            }
            // Stopped: the state shows what that means.
            Err(Error::Cancelled) => Ok(view::state(&model)),
            Err(error) => {
                if error.refuses_sign_in() {
                    self.session().accepted = false;
                }
                Err(error)
            }
        }
    }

    /// Returns what is loaded.
    #[must_use]
    pub fn state(&self) -> DeskState {
        view::state(&self.model())
    }

    /// Returns a range of the list, and stores its filter and position.
    #[must_use]
    pub fn rows(&self, asked: &ListRows) -> DeskRows {
        let mut model = self.model();
        model.query = Query {
            realm: asked.realm.map(|id| RealmId(number(id))),
            find: asked.find.clone(),
            sort: asked.sort,
            descending: asked.descending,
            result: asked.result,
            application: asked.application,
        };
        model.offset = asked.offset;
        view::rows(&mut model, asked.offset as usize, asked.count as usize)
    }

    /// Changes the selection, and returns how many are selected.
    pub fn select(&self, how: SelectRows) -> u32 {
        let mut model = self.model();
        model.select(how);
        view::count(model.selection.len())
    }

    /// Returns all details of a SIP credential except its hashes.
    pub fn credential(&self, id: f64) -> Result<DeskCredential, Error> {
        view::credential(&mut self.model(), CredentialId(number(id))).ok_or(Error::OutOfStep)
    }

    fn dashboard(&self) -> Result<Dashboard, Error> {
        self.session().dashboard.clone().ok_or(Error::OutOfStep)
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock()
    }

    fn secrets(&self) -> MutexGuard<'_, Secrets> {
        self.secrets.lock()
    }

    fn importing(&self) -> MutexGuard<'_, Importing> {
        self.importing.lock()
    }

    fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock()
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Desk")
            .field("practice", &self.is_practice())
            .finish_non_exhaustive()
    }
}

/// Stores what is loaded in the desk, and reports progress.
struct Into<'a> {
    desk: &'a Desk,
    on_progress: &'a (dyn Fn(DeskState) + Send + Sync),
}

impl Into<'_> {
    fn told<T>(&self, change: impl FnOnce(&mut Model) -> T) -> T {
        let (outcome, state) = {
            let mut model = self.desk.model();
            let outcome = change(&mut model);
            (outcome, view::state(&model))
        };
        (self.on_progress)(state);
        outcome
    }
}

impl loading::Take for Into<'_> {
    fn realms(&self, realms: Vec<registrar_bandwidth::dashboard::Realm>) {
        self.told(|model| model.take_realms(realms));
    }

    fn page(
        &self,
        realm: RealmId,
        page: Vec<registrar_bandwidth::dashboard::Credential>,
    ) -> list::Merged {
        self.told(|model| model.take_page(realm, page))
    }

    fn ended(&self, realm: RealmId, end: loading::End) {
        self.told(|model| model.take_end(realm, end));
    }

    fn differs(&self) -> bool {
        self.desk.model().counts_differ()
    }
}

/// Converts a number received from the window.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number came from the list; another one is not found in it"
)]
fn number(id: f64) -> u64 {
    id as u64
}
