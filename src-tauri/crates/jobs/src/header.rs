//! A job's description, in a file of its folder. A folder is a job once this file exists.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::folder;
use super::journal::JOURNAL;
use super::outcome::Tally;
use super::plan::{Counts, PLAN};
use registrar_storage::store::{self, Loaded, Store};

/// The file that says what a job is.
const HEADER: &str = "job.json";
/// Version 1 stored sentences in the plan and the journal; versions that wrote it can't read those
/// of 2.
const VERSION: u32 = 2;

/// What a job does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "export-types",
    derive(ts_rs::TS),
    ts(export_to = "types.d.ts")
)]
#[serde(rename_all = "snake_case")]
pub enum JobWork {
    /// It carries out the plan of an import.
    Import,
    /// Replaces passwords of SIP credentials.
    NewPasswords,
    /// It moves SIP credentials to another voice application.
    Move,
    /// It deletes SIP credentials.
    Delete,
}

/// What a job is, and how it ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) work: JobWork,
    /// The source of its rows, such as a file name.
    pub(super) title: String,
    pub(super) begun_at_ms: u64,
    pub(super) counts: Counts,
    /// The passwords file.
    pub(super) passwords: Option<PathBuf>,
    /// Previous password files, which contain what was generated until then.
    #[serde(default)]
    pub(super) earlier_passwords: Vec<PathBuf>,
    pub(super) end: Option<End>,
}

/// How a job ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) at_ms: u64,
    pub(super) tally: Tally,
    /// The plan couldn't be read, and was renamed to this in the job's folder.
    pub(super) set_aside: Option<String>,
}

/// Reads the content of the file that says what a job is, and returns what would be written in its
/// place.
#[must_use]
pub fn read_again(bytes: &[u8]) -> Option<Vec<u8>> {
    store::read_again::<Header>(bytes, VERSION)
}

/// Returns whether the file couldn't be read and was renamed.
pub(super) fn is_set_aside(folder: &Path) -> bool {
    folder.join(format!("{HEADER}.damaged-1")).exists()
}

impl Header {
    /// Reads a job's header. A job that has ended contains no secrets, even if its end was
    /// interrupted.
    pub(super) fn read(folder: &Path, only_reads: bool) -> Result<Option<Self>, Error> {
        if !folder.exists() {
            return Ok(None);
        }
        let store = if only_reads {
            Store::to_read(folder)
        } else {
            Store::open(folder)?
        };
        let header = match store.read::<Self>(HEADER, VERSION)? {
            Loaded::Found(header) => header,
            Loaded::Missing | Loaded::SetAside { .. } => return Ok(None),
            Loaded::Newer { .. } => return Err(folder::storage(store::newer_wrote())),
        };
        let ended = (header.end.as_ref()).is_some_and(|end| end.set_aside.is_none());
        if ended && !only_reads {
            remove_secrets(folder)?;
        }
        Ok(Some(header))
    }

    /// Writes a job's header atomically.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Error> {
        Ok(Store::open(folder)?.write(HEADER, VERSION, self)?)
    }
}

pub(super) fn remove_secrets(folder: &Path) -> Result<(), Error> {
    for name in [PLAN, JOURNAL] {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(folder::storage(error));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_of_an_earlier_version_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let written = br#"{"version":1,"data":{"work":"import","title":"people.csv","begun_at_ms":7,"counts":{"rows":2,"create":1,"replace":0,"move":0,"delete":0,"already_right":0,"refused":1,"passwords":0},"passwords":null,"end":null}}"#;
        fs::write(folder.path().join(HEADER), written).unwrap();

        let header = Header::read(folder.path(), false).unwrap().unwrap();

        assert_eq!((header.work, header.counts.rows), (JobWork::Import, 2));
        header.write(folder.path()).unwrap();
        let before = store::is_newer(&folder.path().join(HEADER), 1);
        assert!(before, "an earlier version leaves it alone");
    }
}
