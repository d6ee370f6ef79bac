//! An in-memory keychain, for practice and tests.

use std::collections::HashMap;

use super::{Entry, Failure, Keychain};
use parking_lot::{Mutex, MutexGuard};
use registrar_secret::Kept;

/// Keeps secrets until it is dropped.
#[derive(Debug, Default)]
pub struct Forgetting {
    kept: Mutex<HashMap<Entry, Kept>>,
}

impl Forgetting {
    fn kept(&self) -> MutexGuard<'_, HashMap<Entry, Kept>> {
        self.kept.lock()
    }
}

impl Keychain for Forgetting {
    fn save(&self, entry: &Entry, secret: &Kept) -> Result<(), Failure> {
        self.kept().insert(entry.clone(), secret.clone());
        Ok(())
    }

    fn load(&self, entry: &Entry) -> Result<Option<Kept>, Failure> {
        Ok(self.kept().get(entry).cloned())
    }

    fn forget(&self, entry: &Entry) -> Result<(), Failure> {
        self.kept().remove(entry);
        Ok(())
    }
}
