//! Ensures that only one copy of the app uses a data folder at a time.
//!
//! A second launch usually activates the running copy and exits. Where it can't reach it, for
//! example without a session bus, this lock keeps the two from writing to the same files.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::store;

/// The lock file. It is empty and never deleted: only the lock on it matters, so a copy that was
/// killed doesn't block the next one.
const FILE: &str = "in-use.lock";

/// The result of claiming a data folder.
#[derive(Debug)]
pub enum Claim {
    /// This copy holds the folder until the value is dropped.
    Ours(Held),
    /// Another running copy holds it.
    Taken,
    /// It can't be determined: the folder isn't writable, or its file system has no locks.
    Unknown,
}

/// A claimed data folder. It is released when this is dropped or the process ends.
#[derive(Debug)]
pub struct Held {
    _file: File,
}

/// Claims a data folder, creating it if missing.
#[must_use]
pub fn claim(folder: &Path) -> Claim {
    if store::make_private_folder(folder).is_err() {
        return Claim::Unknown;
    }
    let mut options = OpenOptions::new();
    let options = options.create(true).truncate(false).write(true);
    #[cfg(windows)]
    {
        // Allows reading and writing but not deletion: a process that deleted it could claim the
        // folder again.
        const SHARED: u32 = 1 | 2;
        std::os::windows::fs::OpenOptionsExt::share_mode(options, SHARED);
    }
    let Ok(file) = options.open(folder.join(FILE)) else {
        return Claim::Unknown;
    };
    match file.try_lock() {
        Ok(()) => Claim::Ours(Held { _file: file }),
        Err(TryLockError::WouldBlock) => Claim::Taken,
        Err(TryLockError::Error(_)) => Claim::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_claim_is_refused_until_the_first_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = claim(folder.path());
        assert!(matches!(first, Claim::Ours(_)), "{first:?}");

        let second = claim(folder.path());

        assert!(matches!(second, Claim::Taken), "{second:?}");
        drop(first);
        let third = claim(folder.path());
        assert!(matches!(third, Claim::Ours(_)), "{third:?}");
    }

    #[test]
    fn two_folders_have_two_copies() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());

        let claims = [claim(one.path()), claim(other.path())];

        assert!(claims.iter().all(|claim| matches!(claim, Claim::Ours(_))));
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_nobodys() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();

        let claimed = claim(&file.join("folder"));

        assert!(matches!(claimed, Claim::Unknown), "{claimed:?}");
    }
}
