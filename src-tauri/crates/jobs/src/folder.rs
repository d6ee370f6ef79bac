//! Where jobs are stored: a folder for each account, containing one for each job.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::lock::lock;
use super::plan::{Draft, PlanWriter};
use registrar_storage::store;

/// The jobs of one account. They are read from the disk each time they are asked for.
#[derive(Clone, Debug)]
pub struct Jobs {
    folder: PathBuf,
    only_reads: bool,
}

impl Jobs {
    /// Refers to the folder of an account's jobs, which is created when the first job is planned.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self {
            folder,
            only_reads: false,
        }
    }

    /// The same for a folder written by a newer version of this app: jobs are listed, but can't be
    /// started, resumed or deleted.
    #[must_use]
    pub fn to_read(folder: PathBuf) -> Self {
        Self {
            folder,
            only_reads: true,
        }
    }

    /// Returns an error if jobs are read-only.
    pub fn may_write(&self) -> Result<(), Error> {
        if self.only_reads {
            return Err(storage(store::newer_wrote()));
        }
        Ok(())
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Begins to write a plan.
    pub fn plan(&self) -> Result<PlanWriter, Error> {
        self.may_write()?;
        let name = uuid::Uuid::from_bytes(rand::random()).simple().to_string();
        let folder = self.folder.join(name);
        make_private(&folder).map_err(storage)?;
        let lock = lock(&folder)?;
        PlanWriter::begin(Draft {
            folder,
            kept: false,
            lock: Some(lock),
        })
    }

    /// Returns the folder of a job, without checking that it exists.
    pub(super) fn folder_of(&self, name: &str) -> Result<PathBuf, Error> {
        if is_name(name) {
            Ok(self.folder.join(name))
        } else {
            Err(Error::OutOfStep)
        }
    }

    /// Returns the names of all jobs that have a folder.
    pub(super) fn names(&self) -> Result<Vec<String>, Error> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(storage(error)),
        };
        let names = entries
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned());
        Ok(names.filter(|name| is_name(name)).collect())
    }
}

/// Returns whether text is a valid job name, which can't lead elsewhere.
fn is_name(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|letter| letter.is_ascii_hexdigit())
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

pub(super) fn storage(source: io::Error) -> Error {
    Error::storage("the job", source)
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Interruption, JobWork, PlaceError, Secret, Stage, Step};
    use super::*;
    use crate::step::tests::hashes;
    use registrar_bandwidth::dashboard::RealmId;

    #[test]
    fn a_job_that_is_held_keeps_its_header() {
        let folder = tempfile::tempdir().unwrap();
        let jobs = Jobs::at(folder.path().join("jobs"));
        let mut writer = jobs.plan().unwrap();
        writer.push(&created(Secret::ToMake)).unwrap();
        let mut plan = writer.seal().unwrap();
        let (first, second) = (folder.path().join("1.csv"), folder.path().join("2.csv"));
        let name = jobs
            .start(&mut plan, JobWork::Import, "people.csv", Some(first))
            .unwrap();
        drop(plan);
        let header = jobs.folder().join(&name).join("job.json");
        let before = fs::read(&header).unwrap();
        let held = lock(&jobs.folder().join(&name)).unwrap();

        let refused = jobs.move_passwords(&name, &second);

        let held_by_another = matches!(refused, Err(PlaceError::Other(Error::OutOfStep)));
        assert!(held_by_another, "{refused:?}");
        assert_eq!(fs::read(&header).unwrap(), before);
        assert!(!second.exists(), "no file is made for it");
        drop(held);
        let moved = jobs.move_passwords(&name, &second).unwrap();
        assert_eq!(moved.passwords.len(), 2);
        assert_ne!(fs::read(&header).unwrap(), before);
    }

    #[test]
    fn jobs_that_are_only_read_are_listed_and_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let jobs = Jobs::at(folder.path().join("jobs"));
        let mut writer = jobs.plan().unwrap();
        writer
            .push(&created(Secret::Given(hashes("anna"))))
            .unwrap();
        let mut plan = writer.seal().unwrap();
        let name = jobs
            .start(&mut plan, JobWork::Import, "people.csv", None)
            .unwrap();
        drop(plan);
        let files = || {
            let files = fs::read_dir(jobs.folder().join(&name)).unwrap();
            let mut files: Vec<_> = files
                .map(|file| file.unwrap().path())
                .map(|path| (fs::read(&path).unwrap(), path))
                .collect();
            files.sort();
            files
        };
        let before = files();

        let read = Jobs::to_read(jobs.folder().to_owned());

        let listed = read.list().unwrap();
        assert_eq!(listed.len(), 1);
        assert!(matches!(
            listed[0].stage,
            Stage::Paused(Interruption::Paused)
        ));
        assert!(read.has_unfinished().unwrap());
        for refused in [read.plan().map(drop), read.forget(&name)] {
            assert!(is_newer_wrote(&refused.unwrap_err()));
        }
        let place = folder.path().join("p.csv");
        let Err(PlaceError::Other(refused)) = read.move_passwords(&name, &place) else {
            panic!("the place was taken")
        };
        assert!(is_newer_wrote(&refused));
        assert_eq!(files(), before);
    }

    fn created(secret: Secret) -> Step {
        Step {
            line: 2,
            user_name: "anna".to_owned(),
            domain: None,
            realm: "r.example".to_owned(),
            action: Action::Create {
                realm: RealmId(22),
                application: None,
                secret,
            },
        }
    }

    fn is_newer_wrote(error: &Error) -> bool {
        matches!(error, Error::Storage(error) if store::is_newer_wrote(&error.source))
    }
}
