//! Imports and jobs of the desks: where they lie, and the screen of an import.

use std::path::PathBuf;

use super::{PRACTICE, PRACTICE_DESK, Workspace};
use crate::Error;
use crate::import::Jobs;
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

    pub(super) fn jobs_of(&self, account: &str) -> Jobs {
        Jobs::at(self.jobs_folder(account))
    }

    /// Removes an account's jobs. They were stopped before.
    pub(super) fn forget_jobs(&self, account: &str) -> Result<(), Error> {
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
        side.join(JOBS).join(crate::export::name_part(account))
    }
}
