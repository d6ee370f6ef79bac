//! Starts a job, and chooses the place for the passwords that it generates.

use std::path::{Path, PathBuf};

use super::error::Error;
use super::folder::{self, Jobs};
use super::header::{Header, JobWork};
use super::lock::lock;
use super::passwords;
use super::plan::Plan;
use super::status::Job;
use registrar_activity::clock;
use registrar_storage::record_log;

/// Why a job gets no passwords file.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The place can't be used.
    #[error("no place for the passwords: {0:?}")]
    Problem(PlaceProblem),
    /// Something else failed.
    #[error(transparent)]
    Other(#[from] Error),
}

/// Why a place can't be used for a passwords file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceProblem {
    /// The job makes passwords, and no place is named.
    Missing,
    /// It isn't named with its folder.
    NotAbsolute,
    /// A file with something in it is there.
    Taken,
}

impl From<PlaceProblem> for PlaceError {
    fn from(problem: PlaceProblem) -> Self {
        Self::Problem(problem)
    }
}

impl Jobs {
    /// Begins a job: from here on it lasts, and the plan is its own. The passwords file is made at
    /// once, so that a place that cannot be written is told now; then, as after any failure, the plan
    /// is as it was. Returns the job's name.
    pub fn start(
        &self,
        plan: &mut Plan,
        work: JobWork,
        title: &str,
        passwords: Option<PathBuf>,
    ) -> Result<String, PlaceError> {
        let counts = plan.counts();
        let passwords = passwords.filter(|_| counts.passwords > 0);
        if let Some(path) = &passwords {
            make_passwords_file(path)?;
        } else if counts.passwords > 0 {
            return Err(PlaceProblem::Missing.into());
        }
        let header = Header {
            work,
            title: title.chars().take(200).collect(),
            begun_at_ms: clock::now_ms(),
            counts,
            passwords,
            earlier_passwords: Vec::new(),
            end: None,
        };
        let folder = &plan.draft.folder;
        // A folder is a job once its header is in it; so the folder itself is on the disk before.
        for above in [Some(self.folder()), self.folder().parent()] {
            above
                .map_or(Ok(()), record_log::flush_folder)
                .map_err(folder::storage)?;
        }
        header.write(folder)?;
        let name = folder.file_name().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        plan.draft.kept = true;
        // From here on whoever works on it holds it.
        plan.draft.lock = None;
        Ok(name)
    }

    /// Chooses another file for the passwords that are still to be made. The file before stays as it
    /// is, with those that were made.
    pub fn move_passwords(&self, name: &str, to: &Path) -> Result<Job, PlaceError> {
        self.may_write()?;
        let folder = self.folder_of(name)?;
        // A folder that is not there is not made for its lock.
        self.header(&folder)?.ok_or(Error::OutOfStep)?;
        {
            let _lock = lock(&folder)?;
            let mut header = self.header(&folder)?.ok_or(Error::OutOfStep)?;
            let before = header.passwords.take().filter(|_| header.end.is_none());
            let before = before.ok_or(Error::OutOfStep)?;
            make_passwords_file(to)?;
            header.earlier_passwords.retain(|earlier| earlier != to);
            if before != to {
                header.earlier_passwords.push(before);
            }
            header.passwords = Some(to.to_owned());
            header.write(&folder)?;
        }
        Ok(self.view(name)?)
    }
}

fn make_passwords_file(path: &Path) -> Result<(), PlaceError> {
    if !path.is_absolute() {
        return Err(PlaceProblem::NotAbsolute.into());
    }
    match passwords::create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(PlaceProblem::Taken.into())
        }
        outcome => outcome.map_err(|error| Error::PasswordsFile(error).into()),
    }
}
