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
    /// The file exists and isn't empty.
    Taken,
}

impl From<PlaceProblem> for PlaceError {
    fn from(problem: PlaceProblem) -> Self {
        Self::Problem(problem)
    }
}

impl Jobs {
    /// Starts a job: it persists from now on and owns the plan. The passwords file is created at
    /// once, so that an unwritable path fails now; after any failure, the plan is unchanged.
    /// Returns the job's name.
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
        // From now on, the run holds it.
        plan.draft.lock = None;
        Ok(name)
    }

    /// Chooses another file for the passwords that aren't generated yet. The previous file stays
    /// unchanged.
    pub fn move_passwords(&self, name: &str, to: &Path) -> Result<Job, PlaceError> {
        self.may_write()?;
        let folder = self.folder_of(name)?;
        // A missing folder isn't created just for its lock.
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
