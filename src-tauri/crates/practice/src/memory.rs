//! The pretend services' state, saved in the practice folder after every change: a snapshot in one
//! file, and a file of the changes since, which are merged into the snapshot from time to time.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};
use registrar_storage::record_log::{self, Records};
use registrar_storage::store::{self, Loaded, Packed, Store};
use serde::{Deserialize, Serialize};

use super::credential::{Credential, Credentials};
use super::realm::Realm;
use super::state::State;
use super::twilio::call::{self, Call};
use crate::Error;

const NAME: &str = "state.json";
/// The file of changes, and the size at which it is merged into the snapshot, in bytes.
const LOG: &str = "changes";
const LONGEST_LOG: u64 = 16 * 1024 * 1024;
/// Version 1 had no file of changes.
const VERSION: u32 = 2;
/// The state, its snapshot file, and its file of changes.
#[derive(Debug)]
pub(super) struct Memory {
    live: Mutex<Live>,
    store: Store,
    /// What is on disk. Locked during writes, so that changes are written in order.
    written: Mutex<Written>,
}

#[derive(Debug)]
struct Live {
    state: State,
    changes: u64,
    /// Changes that aren't on disk yet.
    waiting: Vec<u8>,
    /// The realms and calls as last written.
    realms: String,
    calls: String,
    /// The whole state must be written, because the pending changes aren't sufficient.
    whole: bool,
}

#[derive(Debug)]
struct Written {
    path: PathBuf,
    log: File,
    end: u64,
    changes: u64,
}

/// One change as stored in the file of changes.
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

/// The state as stored in its file.
#[derive(Deserialize)]
struct Whole {
    /// The number of changes it includes.
    #[serde(default)]
    changes: u64,
    next_id: u64,
    realms: Vec<Realm>,
    credentials: Credentials,
    calls: Vec<Call>,
}

/// The same, for writing.
#[derive(Serialize)]
struct WholeRef<'a> {
    changes: u64,
    next_id: u64,
    realms: &'a [Realm],
    credentials: &'a Credentials,
    calls: &'a [Call],
}

impl Memory {
    /// Reads the folder, or starts afresh. Also returns the new name of a damaged file.
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
                return Err(Error::storage(
                    "the practice account of a newer version of this app",
                    store::newer_wrote(),
                ));
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
                log: record_log::open(&path).map_err(storage)?,
                path,
                end: 0,
                changes: 0,
            }),
        };
        memory.write(changes + 1)?;
        Ok((memory, set_aside))
    }

    /// Returns whether a folder contains saved state.
    pub(super) fn is_in(folder: &Path) -> bool {
        folder.join(NAME).exists()
    }

    /// Reads the state.
    pub(super) fn look<T>(&self, at: impl FnOnce(&State) -> T) -> T {
        at(&self.live().state)
    }

    /// Changes the state, and returns once the change is on disk.
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

    /// Resets everything to a fresh account.
    pub(super) async fn reset(self: &Arc<Self>) -> Result<(), Error> {
        let number = {
            let mut live = self.live();
            live.state = State::fresh();
            live.note()?;
            // No change records what a fresh account lacks.
            live.whole = true;
            live.changes
        };
        self.written(number).await
    }

    async fn written(self: &Arc<Self>, number: u64) -> Result<(), Error> {
        let memory = Arc::clone(self);
        tokio::task::spawn_blocking(move || memory.write(number))
            .await
            .map_err(|error| Error::of_task(&error))?
    }

    /// Writes pending changes, unless a later write included this one. Occasionally merges the
    /// changes into the snapshot.
    fn write(&self, number: u64) -> Result<(), Error> {
        let mut written = self.written.lock();
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
            // The pending changes are lost, so the next write must write everything.
            self.live().whole = true;
        }
        done?;
        written.changes = changes;
        Ok(())
    }

    /// Writes the whole state, and starts a new file of changes. After a crash in between, the file
    /// contains changes that the snapshot already includes, which their numbers show.
    fn fold(&self, written: &mut Written, packed: Result<Packed, Error>) -> Result<(), Error> {
        self.store.write_packed(NAME, &packed?)?;
        written.log = record_log::go_on(&written.path, 0).map_err(storage)?;
        written.end = 0;
        Ok(())
    }

    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock()
    }
}

impl Live {
    /// Adds the latest change to the pending ones.
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
        record_log::frame(&payload, &mut self.waiting);
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
        Ok(Packed::new(VERSION, &whole)?)
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

/// Parses a change, and returns it as it would be written today.
#[must_use]
pub fn read_again(bytes: &[u8]) -> Option<Vec<u8>> {
    let change: Change = serde_json::from_slice(bytes).ok()?;
    serde_json::to_vec(&change).ok()
}

/// Applies the changes that the snapshot lacks, up to the last complete one.
fn read_changes(path: &Path, state: &mut State, changes: &mut u64) -> Result<(), Error> {
    let mut records = match Records::open(path) {
        Ok(records) => records,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(storage(error)),
    };
    while let Some(payload) = records.next_record().map_err(storage)? {
        let Ok(change) = serde_json::from_slice::<Change>(&payload) else {
            return Ok(());
        };
        // If one is missing in between, all following ones are useless.
        if change.number == *changes + 1 {
            *changes = change.number;
            change.apply(state);
        }
    }
    Ok(())
}

fn storage(source: std::io::Error) -> Error {
    Error::storage("the practice account", source)
}

#[cfg(test)]
#[path = "memory_tests.rs"]
mod tests;
