//! The desks' imports and jobs: where they are stored, and the screen of an import.

use std::path::PathBuf;

use registrar_activity::Tone;
use registrar_explain::{Notice, isolated};
use registrar_jobs::Jobs;

use super::{PRACTICE, PRACTICE_DESK, Workspace};
use crate::Error;
use crate::account::Account;
use crate::ipc::Screen;

/// The folder of all accounts' jobs inside the app's data folder.
const JOBS: &str = "jobs";

impl Workspace {
    /// Opens the import of the open desk, where it was left.
    pub fn open_import(&self) -> Result<Screen, Error> {
        Ok(Screen::Import {
            import: self.desk()?.import_view(),
            notices: Vec::new(),
        })
    }

    /// Gives the prepared import up, and goes back to the desk.
    pub fn leave_import(&self) -> Result<Screen, Error> {
        self.desk()?.drop_import();
        self.desk_screen()
    }

    /// Returns whether a job is at work, so that the app goes on without its window.
    #[must_use]
    pub fn has_jobs_at_work(&self) -> bool {
        self.desks().are_at_work()
    }

    /// Says whose jobs wait to be gone on with, of these accounts and of practice.
    pub(super) fn waiting_jobs(&self, accounts: &[Account]) -> Vec<Notice> {
        let named = accounts
            .iter()
            .map(|known| (known.id.as_str(), known.name.as_str()));
        let waits = |id: &str| {
            let at_work = self.desks().get(id).is_some_and(|desk| desk.is_at_work());
            // What is wrong with a job is said at its desk.
            !at_work && self.jobs_of(id).has_unfinished().unwrap_or(true)
        };
        named
            .chain([(PRACTICE_DESK, "The practice account")])
            .filter(|(id, _)| waits(id))
            .map(|(_, name)| Notice {
                tone: Tone::Wait,
                sentence: format!("{} has a job that isn’t finished.", isolated(name)),
                next: Some(
                    "Open its support desk and choose Continue. The job continues where it \
                     stopped."
                        .to_owned(),
                ),
            })
            .collect()
    }

    pub(super) fn jobs_of(&self, account: &str) -> Jobs {
        let folder = self.jobs_folder(account);
        if self.only_reads && account != PRACTICE_DESK {
            return Jobs::to_read(folder);
        }
        Jobs::at(folder)
    }

    /// Removes an account's jobs. They were stopped before.
    pub(super) fn forget_jobs(&self, account: &str) -> Result<(), Error> {
        self.jobs_of(account).may_write()?;
        match std::fs::remove_dir_all(self.jobs_folder(account)) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(Error::Storage {
                what: "the list of jobs",
                source,
            }),
            _ => Ok(()),
        }
    }

    pub(super) fn jobs_folder(&self, account: &str) -> PathBuf {
        let side = if account == PRACTICE_DESK {
            self.folder.join(PRACTICE)
        } else {
            self.folder.clone()
        };
        side.join(JOBS)
            .join(registrar_storage::export::name_part(account))
    }
}
