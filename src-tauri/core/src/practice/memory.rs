//! What the pretend services remember, kept in the practice folder after every change: the whole
//! state in one file, and beside it the changes since, which are folded into it now and then.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::credential::{Credential, Credentials};
use super::realm::{Fate, Realm};
use super::twilio::call::{self, Call};
use crate::clock;
use crate::digest::Hashes;
use crate::error::Error;
use crate::framed::{self, Records};
use crate::secret::{Hash, SipPassword};
use crate::store::{Loaded, Packed, Store};

const NAME: &str = "state.json";
/// What was changed since, and how long it grows before it is folded into the whole, in bytes.
const LOG: &str = "changes";
const LONGEST_LOG: u64 = 16 * 1024 * 1024;
/// 1 had no file of changes.
const VERSION: u32 = 2;
/// The user name of the SIP credential that practice shows.
pub(super) const SAMPLE_USER_NAME: &str = "reception";
/// Its password; it opens nothing but practice.
pub(super) const SAMPLE_PASSWORD: &str = "practice-phone-password";

/// Everything that outlives a restart.
#[derive(Debug)]
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

/// The state, its file, and the file of the changes since.
#[derive(Debug)]
pub(super) struct Memory {
    live: Mutex<Live>,
    store: Store,
    /// What is on the disk. Held while it is written, so that changes come in their order.
    written: Mutex<Written>,
}

#[derive(Debug)]
struct Live {
    state: State,
    changes: u64,
    /// Changes that are not on the disk yet.
    waiting: Vec<u8>,
    /// The realms and calls as they were written last.
    realms: String,
    calls: String,
    /// The whole state has to be written, because the waiting changes do not tell all.
    whole: bool,
}

#[derive(Debug)]
struct Written {
    path: PathBuf,
    log: File,
    end: u64,
    changes: u64,
}

/// One change as it lies in the file of changes.
#[derive(Serialize, Deserialize)]
struct Change {
    number: u64,
    next_id: u64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    realms: Option<Vec<Realm>>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    calls: Option<Vec<Call>>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    put: Vec<Credential>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    gone: Vec<u64>,
}

impl Change {
    fn apply(self, state: &mut State) {
        state.next_id = self.next_id;
        if let Some(realms) = self.realms {
            state.realms = realms;
        }
        if let Some(calls) = self.calls {
            state.calls = calls;
        }
        for credential in self.put {
            state.credentials.put(credential);
        }
        for id in self.gone {
            state.credentials.remove(id);
        }
    }
}

/// The state as it lies in its file.
#[derive(Deserialize)]
struct Whole {
    /// How many changes are in it.
    #[serde(default)]
    changes: u64,
    next_id: u64,
    realms: Vec<Realm>,
    credentials: Credentials,
    calls: Vec<Call>,
}

/// The same, to write.
#[derive(Serialize)]
struct WholeRef<'a> {
    changes: u64,
    next_id: u64,
    realms: &'a [Realm],
    credentials: &'a Credentials,
    calls: &'a [Call],
}

impl Memory {
    /// Reads the folder, or begins afresh. Returns also the name under which a damaged file lies.
    pub(super) fn open(folder: &Path) -> Result<(Self, Option<String>), Error> {
        let store = Store::open(folder)?;
        let path = folder.join(LOG);
        let (mut state, mut changes, set_aside) = match store.read::<Whole>(NAME, VERSION)? {
            Loaded::Found(whole) => {
                let state = State {
                    next_id: whole.next_id,
                    realms: whole.realms,
                    credentials: whole.credentials,
                    calls: whole.calls,
                };
                (state, whole.changes, None)
            }
            Loaded::Missing => (State::fresh(), 0, None),
            Loaded::SetAside { as_name } => {
                let aside = folder.join(format!("{as_name}.changes"));
                if path.exists() {
                    std::fs::rename(&path, aside).map_err(storage)?;
                }
                (State::fresh(), 0, Some(as_name))
            }
            Loaded::Newer { .. } => {
                return Err(Error::Storage {
                    what: "the practice account of a newer version of this app",
                    source: std::io::ErrorKind::Unsupported.into(),
                });
            }
        };
        if changes > 0 {
            read_changes(&path, &mut state, &mut changes)?;
        }
        call::settle(&mut state.calls);
        state.credentials.take_touched();
        let memory = Self {
            live: Mutex::new(Live {
                state,
                changes: changes + 1,
                waiting: Vec::new(),
                realms: String::new(),
                calls: String::new(),
                whole: true,
            }),
            store,
            written: Mutex::new(Written {
                log: framed::open(&path).map_err(storage)?,
                path,
                end: 0,
                changes: 0,
            }),
        };
        memory.write(changes + 1)?;
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
            let outcome = change(&mut live.state);
            live.note()?;
            (outcome, live.changes)
        };
        self.written(number).await?;
        Ok(outcome)
    }

    /// Forgets everything but the fresh account.
    pub(super) async fn reset(self: &Arc<Self>) -> Result<(), Error> {
        let number = {
            let mut live = self.live();
            live.state = State::fresh();
            live.note()?;
            // What is not in a fresh account is in no change.
            live.whole = true;
            live.changes
        };
        self.written(number).await
    }

    async fn written(self: &Arc<Self>, number: u64) -> Result<(), Error> {
        let memory = Arc::clone(self);
        tokio::task::spawn_blocking(move || memory.write(number))
            .await
            .map_err(|_| Error::Cancelled)?
    }

    /// Writes what waits, unless a later write took this change along. Now and then the changes are
    /// folded into the whole.
    fn write(&self, number: u64) -> Result<(), Error> {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.changes >= number {
            return Ok(());
        }
        let (waiting, packed, changes) = {
            let mut live = self.live();
            let waiting = std::mem::take(&mut live.waiting);
            let whole = live.whole || written.end + waiting.len() as u64 > LONGEST_LOG;
            live.whole = false;
            (waiting, whole.then(|| live.pack()), live.changes)
        };
        let done = match packed {
            Some(packed) => self.fold(&mut written, packed),
            None => written.append(&waiting),
        };
        if done.is_err() {
            // What waited is lost as a change, so the next write writes all.
            self.live().whole = true;
        }
        done?;
        written.changes = changes;
        Ok(())
    }

    /// Writes the whole state, and begins the file of changes anew. A kill between both leaves changes
    /// that the whole has already: their numbers tell.
    fn fold(&self, written: &mut Written, packed: Result<Packed, Error>) -> Result<(), Error> {
        self.store.write_packed(NAME, &packed?)?;
        written.log = framed::go_on(&written.path, 0).map_err(storage)?;
        written.end = 0;
        Ok(())
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Live {
    /// Adds the change that was just made to what waits.
    fn note(&mut self) -> Result<(), Error> {
        self.changes += 1;
        let text = |value: serde_json::Result<String>| value.map_err(|error| storage(error.into()));
        let realms = text(serde_json::to_string(&self.state.realms))?;
        let calls = text(serde_json::to_string(&self.state.calls))?;
        let (put, gone) = self.state.credentials.take_touched();
        let change = Change {
            number: self.changes,
            next_id: self.state.next_id,
            realms: (realms != self.realms).then(|| self.state.realms.clone()),
            calls: (calls != self.calls).then(|| self.state.calls.clone()),
            put,
            gone,
        };
        let payload = serde_json::to_vec(&change).map_err(|error| storage(error.into()))?;
        framed::frame(&payload, &mut self.waiting);
        (self.realms, self.calls) = (realms, calls);
        Ok(())
    }

    fn pack(&self) -> Result<Packed, Error> {
        let whole = WholeRef {
            changes: self.changes,
            next_id: self.state.next_id,
            realms: &self.state.realms,
            credentials: &self.state.credentials,
            calls: &self.state.calls,
        };
        Packed::new(VERSION, &whole)
    }
}

impl Written {
    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let appended = self
            .log
            .write_all(bytes)
            .and_then(|()| self.log.sync_data());
        appended.map_err(storage)?;
        self.end += bytes.len() as u64;
        Ok(())
    }
}

/// Carries out the changes that the whole does not have, up to the last one that is whole.
fn read_changes(path: &Path, state: &mut State, changes: &mut u64) -> Result<(), Error> {
    let mut records = match Records::open(path) {
        Ok(records) => records,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(storage(error)),
    };
    while let Some(payload) = records.next().map_err(storage)? {
        let Ok(change) = serde_json::from_slice::<Change>(&payload) else {
            return Ok(());
        };
        // One that is missing between them makes all that follow it useless.
        if change.number == *changes + 1 {
            *changes = change.number;
            change.apply(state);
        }
    }
    Ok(())
}

fn storage(source: std::io::Error) -> Error {
    Error::Storage {
        what: "the practice account",
        source,
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

    #[tokio::test]
    async fn the_changes_cut_at_every_byte_leave_the_account_as_it_was_after_one_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
        let add = |state: &mut State| {
            let one = Credential {
                id: state.take_id(),
                ..state.credentials.by_id(39).unwrap().clone()
            };
            let user_name = format!("user{}", one.id);
            state.credentials.put(Credential { user_name, ..one });
        };
        for _ in 0..3 {
            memory.change(add).await.unwrap();
        }
        memory
            .change(|state| state.credentials.remove(40))
            .await
            .unwrap();
        drop(memory);
        let [whole, changes] =
            [NAME, LOG].map(|name| std::fs::read(folder.path().join(name)).unwrap());

        let mut seen = Vec::new();
        for length in 0..=changes.len() {
            let place = tempfile::tempdir().unwrap();
            std::fs::write(place.path().join(NAME), &whole).unwrap();
            std::fs::write(place.path().join(LOG), &changes[..length]).unwrap();

            let (memory, _) = Memory::open(place.path()).unwrap();

            seen.push(memory.look(|state| {
                let ids: Vec<u64> = state.credentials.iter().map(|one| one.id).collect();
                (state.next_id, ids)
            }));
        }
        seen.dedup();
        let steps: [(u64, &[u64]); 5] = [
            (41, &[39, 40]),
            (42, &[39, 40, 41]),
            (43, &[39, 40, 41, 42]),
            (44, &[39, 40, 41, 42, 43]),
            (44, &[39, 41, 42, 43]),
        ];
        let steps = steps.map(|(next_id, ids)| (next_id, ids.to_vec()));
        assert_eq!(seen, steps);
    }

    #[tokio::test]
    async fn a_kill_between_the_whole_and_its_changes_carries_no_change_out_twice() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
        memory.change(State::take_id).await.unwrap();
        let changes = std::fs::read(folder.path().join(LOG)).unwrap();
        memory
            .change(|state| state.credentials.remove(39))
            .await
            .unwrap();
        drop(memory);
        drop(Memory::open(folder.path()).unwrap());

        std::fs::write(folder.path().join(LOG), changes).unwrap();

        let (again, _) = Memory::open(folder.path()).unwrap();
        assert_eq!(again.look(|state| state.next_id), 42);
        assert!(again.look(|state| state.credentials.by_id(39).is_none()));
    }

    #[tokio::test]
    async fn a_reset_is_whole_after_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Arc::new(Memory::open(folder.path()).unwrap().0);
        memory.change(State::take_id).await.unwrap();
        memory
            .change(|state| {
                let id = state.take_id();
                let one = state.credentials.by_id(39).unwrap().clone();
                let user_name = "more".to_owned();
                state.credentials.put(Credential {
                    id,
                    user_name,
                    ..one
                });
            })
            .await
            .unwrap();

        memory.reset().await.unwrap();

        let (again, _) = Memory::open(folder.path()).unwrap();
        assert_eq!(again.look(|state| state.credentials.count()), 2);
        assert_eq!(again.look(|state| state.next_id), 41);
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
