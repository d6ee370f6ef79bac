//! What the pretend registrar verifies against: the hashes sent to the pretend dashboard.

use std::sync::Arc;

use registrar_activity::clock;
use registrar_secret::Hash;

use super::faults::{ActiveFaults, Faults};
use super::memory::Memory;
use super::realm::{Realm, Status};
use super::registrar::Directory;

/// The current realms and hashes of the practice account.
#[derive(Clone, Debug)]
pub struct PracticeDirectory {
    memory: Arc<Memory>,
    faults: Arc<ActiveFaults>,
}

impl PracticeDirectory {
    pub(super) fn new(memory: Arc<Memory>, faults: Arc<ActiveFaults>) -> Self {
        Self { memory, faults }
    }
}

impl Directory for PracticeDirectory {
    fn realms(&self) -> Vec<String> {
        let now_ms = clock::now_ms();
        let faults = Faults::default();
        self.memory.look(|state| {
            let mut realms: Vec<&Realm> = state
                .realms_at(now_ms)
                .filter(|realm| realm.status(now_ms, &faults) == Status::Active)
                .collect();
            realms.sort_by_key(|realm| !realm.default);
            realms.into_iter().map(Realm::full_name).collect()
        })
    }

    fn ha1(&self, realm: &str, digest_user_name: &str) -> Option<Hash> {
        let stored = self.faults.now().stored;
        self.memory
            .look(|state| state.ha1(realm, digest_user_name, stored))
    }
}
