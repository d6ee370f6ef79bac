//! Who works in a job's folder: one at a time, also among processes.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::error::Error;
use registrar_storage::own_file::for_this_user;

/// Held by whoever works in a job's folder, also by another process.
const LOCK: &str = "lock";

/// A job's folder that somebody has for oneself, until this is dropped.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Unlocks explicitly: a process that is just being started briefly holds a copy of every open
    /// file, so closing this one wouldn't release the lock.
    fn drop(&mut self) {
        let _unlocked = self.0.unlock();
    }
}

/// Takes a job's folder for oneself.
pub(super) fn lock(folder: &Path) -> Result<Lock, Error> {
    let mut options = File::options();
    let options = options.write(true).create(true).truncate(false);
    let file = for_this_user(options).open(folder.join(LOCK));
    let file = file.map_err(storage)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::OutOfStep),
        Err(TryLockError::Error(source)) => Err(storage(source)),
    }
}

fn storage(source: io::Error) -> Error {
    Error::storage("the job", source)
}
