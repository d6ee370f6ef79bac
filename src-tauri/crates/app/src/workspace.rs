//! All that one running app has: the folders, Home, and the journey or desk that is open.

mod about;
mod account_form;
mod account_list;
mod accounts;
mod activity;
mod crashed;
mod desks;
mod evidence;
mod forgetting;
mod imports;
mod journeys;
mod leaving;
pub mod window_place;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::account_form::Editing;
use self::desks::Desks;
use self::journeys::Journeys;
use self::leaving::Sides;
pub(crate) use self::leaving::read_again;
use parking_lot::{Mutex, MutexGuard};
use registrar_activity::{Exchange, Log, Tone, Whose, clock};
use registrar_explain::Notice;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::Practice;
use registrar_secret::SipPassword;
use registrar_storage::store::Store;
use zeroize::Zeroizing;

use crate::Error;
use crate::account_list::Listed;
use crate::checker::Checker;
use crate::clip::Clip;
use crate::desk::PRACTICE as PRACTICE_DESK;
use crate::ipc::{Copyable, CredentialDraft, Draft, Preview, Savable, Screen};
use crate::journey::guide::Guide;
use crate::journey::saved::{self, Kept, NEW};
use crate::services::Services;

/// The practice folder inside the app's data folder.
const PRACTICE: &str = "practice";
/// The folder of the activity inside the app's data folder, for both sides.
const ACTIVITY: &str = "activity";

/// One running app.
pub struct Workspace {
    folder: PathBuf,
    /// The files of each side. Everybody who changes one has a clone, and so its lock.
    real_files: Store,
    practice_files: Store,
    /// A newer version of this app is at home in the folder: what is not practice is only read there.
    only_reads: bool,
    real: Services,
    practice_keychain: Vault,
    /// The pretend services, once practice was opened: one set, since they share one folder.
    practice: tokio::sync::Mutex<Option<Services>>,
    journeys: Mutex<Journeys>,
    desks: Mutex<Desks>,
    checkers: Mutex<Checkers>,
    checks: Sides,
    editing: Mutex<Option<Editing>>,
    /// The list of accounts that was read from a file and is looked at.
    listed: Mutex<Vec<Listed>>,
    activity: Log,
}

/// The checks without an account, one a side, once they were opened.
#[derive(Default)]
struct Checkers {
    open: Option<Arc<Checker>>,
    known: Vec<Arc<Checker>>,
}

impl Workspace {
    /// Keeps its files in `folder`, which is made when something is kept.
    #[must_use]
    pub fn new(folder: PathBuf, real: Services) -> Self {
        let only_reads = saved::is_newer(&folder) || leaving::is_newer(&folder);
        let activity = folder.join(ACTIVITY);
        Self {
            activity: if only_reads {
                Log::to_read(activity)
            } else {
                Log::in_folder(activity)
            },
            real_files: if only_reads {
                Store::to_read(&folder)
            } else {
                Store::at(&folder)
            },
            practice_files: Store::at(&folder.join(PRACTICE)),
            folder,
            only_reads,
            real,
            practice_keychain: Vault::new(Arc::new(Forgetting::default())),
            practice: tokio::sync::Mutex::new(None),
            journeys: Mutex::default(),
            desks: Mutex::default(),
            checkers: Mutex::default(),
            checks: Sides::default(),
            editing: Mutex::default(),
            listed: Mutex::default(),
        }
    }

    /// Returns Home.
    #[must_use]
    pub fn home(&self) -> Screen {
        let mut notices = Vec::new();
        let real = read(self.real_store(), &mut notices);
        let practice = read(self.practice_store(), &mut notices);
        notices.extend(self.left_behind());
        notices.extend(self.waiting_jobs(&real.accounts));
        let trouble = self.activity.new_trouble().map(Error::from);
        notices.extend(trouble.as_ref().map(Error::notice));
        // One folder that cannot be written is in the way of several things.
        let mut said: Vec<Notice> = Vec::new();
        for notice in notices {
            if !said.contains(&notice) {
                said.push(notice);
            }
        }
        let views = |kept: &Kept, practice| {
            kept.journeys
                .iter()
                .filter_map(|journey| journey.view(&kept.accounts, practice))
                .collect::<Vec<_>>()
        };
        let mut continues = views(&real, false);
        continues.extend(views(&practice, true));
        continues.sort_by(|one, other| other.stopped_at.total_cmp(&one.stopped_at));
        let now_ms = clock::now_ms();
        let accounts = real.accounts.iter().map(|known| known.view(now_ms));
        let begun = Practice::is_begun(&self.folder.join(PRACTICE));
        Screen::Home {
            practice_begun: begun || !practice.journeys.is_empty() || !practice.accounts.is_empty(),
            continues,
            accounts: accounts.collect(),
            notices: said,
            crash: self.crash_report(),
        }
    }

    /// Opens a new journey.
    pub async fn start(&self, practice: bool) -> Result<Screen, Error> {
        let (services, store) = self.side(practice).await?;
        let guide = Guide::open(services, store, None)?;
        Ok(self.put(self.ready(guide, practice)))
    }

    /// Takes up a stopped journey where it is.
    pub async fn continue_journey(&self, account: &str, practice: bool) -> Result<Screen, Error> {
        self.leave();
        let account = (account != NEW).then_some(account);
        if let Some(rests) = self.journeys().take_up(account, practice) {
            return Ok(rests.screen());
        }
        let (services, store) = self.side(practice).await?;
        let saved = Kept::read(&store)?
            .journey_of(account)
            .cloned()
            .ok_or(Error::OutOfStep)?;
        let guide = Guide::open(services, store, Some(saved))?;
        self.put(self.ready(guide, practice));
        Ok(self.guide()?.take_up().await)
    }

    /// Sets up another phone on a saved account: its stopped journey, or a new one at its realms.
    pub async fn open_account(&self, account: &str) -> Result<Screen, Error> {
        let store = self.real_store()?;
        let kept = Kept::read(&store)?;
        if kept.journey_of(Some(account)).is_none() {
            if !kept.accounts.iter().any(|known| known.id == account) {
                return Err(Error::OutOfStep);
            }
            saved::begin(&store, account)?;
        }
        self.continue_journey(account, false).await
    }

    /// Empties the practice folder.
    pub async fn reset_practice(&self) -> Result<Screen, Error> {
        self.leave();
        self.journeys().forget_practice();
        self.desks().forget(PRACTICE_DESK);
        self.checkers().known.retain(|known| !known.is_practice());
        // Held until the folder is gone, so that nobody begins practice in it meanwhile.
        let mut practice = self.practice.lock().await;
        *practice = None;
        self.forget_activity(Whose::Practice).await?;
        Practice::remove(&self.folder.join(PRACTICE))?;
        Ok(self.home())
    }

    /// Leaves the open journey or desk, which stays where it is with all that it knows, or the open
    /// check, which forgets its secret.
    pub fn leave(&self) -> Screen {
        self.desks().close();
        self.journeys().rest();
        if let Some(left) = self.checkers().open.take() {
            left.leave();
        }
        self.home()
    }

    /// Opens the check without an account.
    pub async fn open_check(&self, practice: bool) -> Result<Screen, Error> {
        // A check keeps nothing, so it needs no folder that can be written.
        let services = self.services(practice).await?;
        self.leave();
        let mut checkers = self.checkers();
        let known = checkers
            .known
            .iter()
            .find(|known| known.is_practice() == practice);
        let opened = known.cloned();
        let opened = opened.unwrap_or_else(|| {
            let checker = Checker::open(services, self.checks.of(practice));
            Arc::new(checker.recording(&self.activity))
        });
        checkers.known.retain(|known| !Arc::ptr_eq(known, &opened));
        checkers.known.push(Arc::clone(&opened));
        checkers.open = Some(Arc::clone(&opened));
        Ok(opened.screen())
    }

    /// Returns the open check.
    pub fn checker(&self) -> Result<Arc<Checker>, Error> {
        self.checkers().open.clone().ok_or(Error::OutOfStep)
    }

    /// Keeps what was typed into the open form, and tells what it would make and send.
    pub fn save_draft(&self, draft: Draft) -> Result<Preview, Error> {
        if let Draft::Check { draft } = draft {
            return Ok(self.checker()?.save_draft(draft));
        }
        if let Draft::DeskRealm { draft } = draft {
            return Ok(self.desk()?.keep_realm_draft(draft));
        }
        if let Draft::Account { draft } = draft {
            return self.keep_account_draft(draft);
        }
        self.guide()?.save_draft(draft)
    }

    /// Makes a file of what is open: its usual name and its bytes.
    pub async fn file(&self, what: Savable) -> Result<(String, Vec<u8>), Error> {
        if what == Savable::CrashReport {
            return self.crash_file();
        }
        if let Ok(checker) = self.checker() {
            return checker.file(what);
        }
        if let Ok(desk) = self.desk() {
            return desk.file(what);
        }
        self.guide()?.file(what).await
    }

    /// Makes a password for the open form, and keeps it there. Returns its length.
    pub fn generate_password(&self) -> Result<usize, Error> {
        match self.desk() {
            Ok(desk) => desk.generate_password(),
            Err(_) => self.guide()?.generate_password(),
        }
    }

    /// Shows a secret of what is open. This is the one way on which a secret goes to the window.
    pub async fn reveal(
        &self,
        what: Copyable,
        typed: Option<SipPassword>,
        draft: Option<CredentialDraft>,
    ) -> Result<Zeroizing<String>, Error> {
        match self.desk() {
            Ok(desk) => desk.reveal(what),
            Err(_) => self.guide()?.reveal(what, typed, draft).await,
        }
    }

    /// Returns a value of what is open for the clipboard.
    pub async fn clip(&self, what: Copyable) -> Result<Clip, Error> {
        match self.desk() {
            Ok(desk) => desk.clip(what),
            Err(_) => self.guide()?.clip(what).await,
        }
    }

    /// Returns the user name whose password was made by the app and is nowhere but in what is open.
    #[must_use]
    pub fn unsaved_password(&self) -> Option<String> {
        match self.desk() {
            Ok(desk) => desk.unsaved_password(),
            Err(_) => self.guide().ok()?.unsaved_password(),
        }
    }

    /// Returns the same for all that ends with the app.
    #[must_use]
    pub fn unsaved_passwords(&self) -> Option<String> {
        let rests = || {
            self.journeys()
                .resting
                .iter()
                .find_map(|rests| rests.unsaved_password())
        };
        self.unsaved_password().or_else(rests)
    }

    /// The password of what is open was copied or saved.
    pub fn password_is_kept(&self) {
        if let Ok(desk) = self.desk() {
            desk.password_is_kept();
        } else if let Ok(guide) = self.guide() {
            guide.password_is_kept();
        }
    }

    /// Returns what was sent by what is open and what came back, the newest last.
    pub fn exchanges(&self) -> Result<Vec<Exchange>, Error> {
        if let Ok(checker) = self.checker() {
            return Ok(checker.exchanges());
        }
        if let Ok(desk) = self.desk() {
            return Ok(desk.exchanges());
        }
        Ok(self.guide()?.exchanges())
    }

    /// Ends the open journey.
    pub fn finish(&self) -> Result<Screen, Error> {
        self.guide()?.finish()?;
        self.journeys().open = None;
        Ok(self.home())
    }

    /// Returns the open journey.
    pub fn guide(&self) -> Result<Arc<Guide>, Error> {
        self.journeys().open.clone().ok_or(Error::OutOfStep)
    }

    /// The folder that holds everything that is kept.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn journeys(&self) -> MutexGuard<'_, Journeys> {
        self.journeys.lock()
    }

    fn editing(&self) -> MutexGuard<'_, Option<Editing>> {
        self.editing.lock()
    }

    fn checkers(&self) -> MutexGuard<'_, Checkers> {
        self.checkers.lock()
    }

    /// Gives a journey what outlives it.
    fn ready(&self, guide: Guide, practice: bool) -> Guide {
        guide
            .within(self.checks.of(practice))
            .recording(&self.activity)
    }

    fn put(&self, guide: Guide) -> Screen {
        let guide = Arc::new(guide);
        let screen = guide.screen();
        let mut journeys = self.journeys();
        journeys.rest();
        journeys.open = Some(guide);
        screen
    }

    async fn side(&self, practice: bool) -> Result<(Services, Store), Error> {
        let services = self.services(practice).await?;
        let store = if practice {
            self.practice_store()
        } else {
            self.real_store()
        };
        Ok((services, store?))
    }

    async fn services(&self, practice: bool) -> Result<Services, Error> {
        if !practice {
            return Ok(self.real.clone());
        }
        let mut started = self.practice.lock().await;
        let services = if let Some(services) = started.as_ref() {
            services.clone()
        } else {
            let practice = Practice::start(&self.folder.join(PRACTICE)).await?;
            let services = Services::practice(practice, self.practice_keychain.clone());
            started.insert(services).clone()
        };
        Ok(services)
    }

    fn real_store(&self) -> Result<Store, Error> {
        Ok(self.real_files.ready()?)
    }

    fn practice_store(&self) -> Result<Store, Error> {
        let folder = self.folder.join(PRACTICE);
        // Practice has a folder of its own, which is made when it is opened.
        if self.only_reads && !folder.exists() {
            return Ok(Store::to_read(&folder));
        }
        Ok(self.practice_files.ready()?)
    }
}

impl std::fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Workspace")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

/// Reads what is kept; what could not be read is said, and Home opens all the same.
fn read(store: Result<Store, Error>, notices: &mut Vec<Notice>) -> Kept {
    let kept = store
        .and_then(|store| Kept::read(&store))
        .unwrap_or_else(|error| {
            notices.push(error.notice());
            Kept::default()
        });
    notices.extend(kept.set_aside.iter().map(|name| set_aside(name)));
    notices.extend(kept.newer.iter().map(|name| newer(name)));
    kept
}

fn set_aside(name: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: "A file with what was kept could not be read.".to_owned(),
        next: Some(format!(
            "It was set aside as {name} in the app's data folder, unchanged."
        )),
    }
}

fn newer(name: &str) -> Notice {
    Notice {
        tone: Tone::Wait,
        sentence: format!("A newer version of this app wrote {name}."),
        next: Some(
            "This version only reads what is there and keeps nothing. Use the newer version to go on."
                .to_owned(),
        ),
    }
}
