//! What the pretend services remember, kept in the practice folder after every change.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::credential::{Credential, Credentials};
use super::realm::{Fate, Realm};
use super::twilio::call::{self, Call};
use crate::clock;
use crate::digest::Hashes;
use crate::error::Error;
use crate::secret::{Hash, SipPassword};
use crate::store::{Loaded, Packed, Store};

const NAME: &str = "state.json";
const VERSION: u32 = 1;
/// The user name of the SIP credential that practice shows.
pub(super) const SAMPLE_USER_NAME: &str = "reception";
/// Its password; it opens nothing but practice.
pub(super) const SAMPLE_PASSWORD: &str = "practice-phone-password";

/// Everything that outlives a restart.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct State {
    /// The number that the next realm or credential gets.
    pub(super) next_id: u64,
    pub(super) realms: Vec<Realm>,
    pub(super) credentials: Credentials,
    pub(super) calls: Vec<Call>,
}

impl State {
    /// The account as a newcomer finds it: one realm, and two credentials, of which one has a password
    /// that practice shows and the other one that nobody has.
    fn fresh() -> Self {
        let realm = Realm {
            id: 22,
            short_name: "office".to_owned(),
            description: "Phones of the office".to_owned(),
            default: true,
            made_at_ms: 0,
            deleted_at_ms: None,
            fate: Fate::Good,
        };
        let mut credentials = Credentials::default();
        for (id, user_name, domain, password) in [
            (
                39,
                SAMPLE_USER_NAME,
                None,
                SipPassword::new(SAMPLE_PASSWORD),
            ),
            (40, "anna", Some("phones.example"), SipPassword::make()),
        ] {
            let composite = crate::digest::composite(user_name, domain);
            let hashes = Hashes::make(&composite, &realm.full_name(), &password);
            credentials.put(Credential {
                id,
                realm_id: realm.id,
                user_name: user_name.to_owned(),
                domain: domain.map(str::to_owned),
                hash1: hashes.hash1,
                hash1b: Some(hashes.hash1b),
                application_id: None,
            });
        }
        Self {
            next_id: 41,
            realms: vec![realm],
            credentials,
            calls: Vec::new(),
        }
    }

    pub(super) fn take_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }

    /// The realms that can be seen at this moment.
    pub(super) fn realms_at(&self, now_ms: u64) -> impl Iterator<Item = &Realm> {
        self.realms.iter().filter(move |realm| !realm.gone(now_ms))
    }

    pub(super) fn realm(&self, id: u64) -> Option<&Realm> {
        self.realms.iter().find(|realm| realm.id == id)
    }

    /// Finds HA1 as a registrar needs it.
    pub(super) fn ha1(&self, realm: &str, digest_user_name: &str) -> Option<Hash> {
        let found = self
            .realms_at(clock::now_ms())
            .find(|one| one.full_name() == realm)?;
        self.credentials
            .ha1(found.id, realm, digest_user_name)
            .cloned()
    }
}

/// The state, and its file.
#[derive(Debug)]
pub(super) struct Memory {
    live: Mutex<Live>,
    store: Store,
    /// Which change is in the file. Held while the file is written, so that an older state can
    /// never replace a newer one.
    written: Mutex<u64>,
}

#[derive(Debug)]
struct Live {
    state: State,
    changes: u64,
}

impl Memory {
    /// Reads the folder, or begins afresh. Returns also the name under which a damaged file lies.
    pub(super) fn open(folder: &Path) -> Result<(Self, Option<String>), Error> {
        let store = Store::open(folder)?;
        let (mut state, set_aside): (State, _) = match store.read(NAME, VERSION)? {
            Loaded::Found(state) => (state, None),
            Loaded::Missing => (State::fresh(), None),
            Loaded::SetAside { as_name } => (State::fresh(), Some(as_name)),
            Loaded::Newer { .. } => {
                return Err(Error::Storage {
                    what: "the practice account of a newer version of this app",
                    source: std::io::ErrorKind::Unsupported.into(),
                });
            }
        };
        call::settle(&mut state.calls);
        let memory = Self {
            live: Mutex::new(Live { state, changes: 1 }),
            store,
            written: Mutex::new(0),
        };
        memory.write(1)?;
        Ok((memory, set_aside))
    }

    /// Looks at the state.
    pub(super) fn look<T>(&self, at: impl FnOnce(&State) -> T) -> T {
        at(&self.live().state)
    }

    /// Changes the state and returns when the change is on the disk.
    pub(super) async fn change<T>(
        self: &Arc<Self>,
        change: impl FnOnce(&mut State) -> T,
    ) -> Result<T, Error> {
        let (outcome, number) = {
            let mut live = self.live();
            live.changes += 1;
            (change(&mut live.state), live.changes)
        };
        let memory = Arc::clone(self);
        tokio::task::spawn_blocking(move || memory.write(number))
            .await
            .map_err(|_| Error::Cancelled)??;
        Ok(outcome)
    }

    /// Forgets everything but the fresh account.
    pub(super) async fn reset(self: &Arc<Self>) -> Result<(), Error> {
        self.change(|state| *state = State::fresh()).await
    }

    /// Writes the state unless a later write took this change along.
    fn write(&self, number: u64) -> Result<(), Error> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if *written >= number {
            return Ok(());
        }
        let (packed, changes) = {
            let live = self.live();
            (Packed::new(VERSION, &live.state)?, live.changes)
        };
        self.store.write_packed(NAME, &packed)?;
        *written = changes;
        Ok(())
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_was_changed_is_there_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let (memory, _) = Memory::open(folder.path()).unwrap();

        Arc::new(memory).change(State::take_id).await.unwrap();

        let (again, set_aside) = Memory::open(folder.path()).unwrap();
        assert_eq!(again.look(|state| state.next_id), 42);
        assert_eq!(set_aside, None);
    }

    #[tokio::test]
    async fn changes_at_once_are_all_written() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
        let mut changes = tokio::task::JoinSet::new();
        for _ in 0..50 {
            let memory = Arc::clone(&memory);
            changes.spawn(async move { memory.change(State::take_id).await.unwrap() });
        }

        let mut ids = changes.join_all().await;

        ids.sort_unstable();
        assert_eq!(ids, (41..91).collect::<Vec<_>>());
        let (again, _) = Memory::open(folder.path()).unwrap();
        assert_eq!(again.look(|state| state.next_id), 91);
    }

    #[test]
    fn a_damaged_file_leads_to_a_fresh_account_and_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(NAME), "{").unwrap();

        let (memory, set_aside) = Memory::open(folder.path()).unwrap();

        assert_eq!(memory.look(|state| state.credentials.count()), 2);
        assert!(folder.path().join(set_aside.unwrap()).exists());
    }

    #[test]
    fn the_fresh_accounts_hashes_are_32_digits_and_those_that_nobody_knows_new_each_time() {
        let hash = |name: &str| {
            let state = State::fresh();
            let realm = state.realms[0].full_name();
            state.ha1(&realm, name).unwrap()
        };

        assert_eq!(hash(SAMPLE_USER_NAME).expose().len(), 32);
        assert!(hash(SAMPLE_USER_NAME).matches(&hash(SAMPLE_USER_NAME)));
        let anna = format!(
            "anna@phones.example@{}",
            State::fresh().realms[0].full_name()
        );
        assert!(
            !hash(&anna).matches(&hash(&anna)),
            "nobody has this password"
        );
    }
}
