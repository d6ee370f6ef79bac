//! The state of a running app: its folders, the services for real and practice, and what is open.

mod about;
mod account_form;
mod account_list;
mod accounts;
mod activity;
mod crashed;
mod desks;
mod evidence;
#[cfg(test)]
mod fixture;
mod forgetting;
mod home;
mod imports;
mod journeys;
mod kept;
mod leaving;
mod opened;
mod phone_codes;
mod phones;
mod standalone_checks;
mod trainer;
pub mod window_placement;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::account_form::Editing;
use self::desks::Desks;
use self::journeys::Journeys;
use self::leaving::Sides;
pub(crate) use self::leaving::read_again;
use self::standalone_checks::StandaloneChecks;
use parking_lot::Mutex;
use registrar_activity::{Log, Whose};
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::Practice;
use registrar_storage::store::Store;
use tokio_util::sync::CancellationToken;

use crate::Error;
use crate::account_list::Listed;
use crate::desk::PRACTICE as PRACTICE_DESK;
use crate::ipc::Screen;
use crate::journey::saved;
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
    standalone_checks: Mutex<StandaloneChecks>,
    checks: Sides,
    editing: Mutex<Option<Editing>>,
    /// The list of accounts that was read from a file and is looked at.
    listed: Mutex<Vec<Listed>>,
    activity: Log,
    /// Stops the file that is served to a phone.
    serving: Mutex<CancellationToken>,
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
            standalone_checks: Mutex::default(),
            checks: Sides::default(),
            editing: Mutex::default(),
            listed: Mutex::default(),
            serving: Mutex::default(),
        }
    }

    /// Empties the practice folder.
    pub async fn reset_practice(&self) -> Result<Screen, Error> {
        self.leave();
        self.journeys().forget_practice();
        self.desks().forget(PRACTICE_DESK);
        self.standalone_checks()
            .known
            .retain(|known| !known.is_practice());
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
        if let Some(left) = self.standalone_checks().open.take() {
            left.leave();
        }
        self.home()
    }

    /// The folder that holds everything that is kept.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
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
