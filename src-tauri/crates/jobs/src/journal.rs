//! The journal in the job's folder: what was started, and the outcomes.
//!
//! A row is recorded on disk as started before a request for it is sent, and with its outcome
//! afterwards. Concurrent records share one flush. Whatever is lost at the end is looked up in the
//! account again, so the journal saves work but is never the only basis of a decision.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::{Mutex, MutexGuard};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::error::Error;
use super::lock::Lock;
use super::outcome::{Outcome, Outcomes};
use super::step::RowHashes;
use registrar_digest::Hashes;
use registrar_storage::record_log::{self, Records, Tail};

/// The journal's name in the job's folder.
pub(super) const JOURNAL: &str = "journal";

/// One record.
#[derive(Serialize, Deserialize)]
pub(super) enum Record<'a> {
    /// Requests for these rows may be sent from now on. If a password was generated, the hashes
    /// show later whether an existing credential is the job's own.
    #[serde(rename = "b", borrow)]
    Begun(Vec<(u64, Option<RowHashes<'a>>)>),
    /// The outcomes of rows.
    #[serde(rename = "e")]
    Ended(Vec<(u64, Outcome)>),
    /// This credential is deleted and created again with the same hashes.
    #[serde(rename = "m")]
    Moving(u64, RowHashes<'a>, Option<String>),
    /// Requests with more entries than this are refused.
    #[serde(rename = "s")]
    Size(usize),
}

/// Parses a record, and returns it as it would be written today.
pub(super) fn read_again(bytes: &[u8]) -> Option<Vec<u8>> {
    let record: Record<'_> = serde_json::from_slice(bytes).ok()?;
    serde_json::to_vec(&record).ok()
}

/// A credential between its deletion and its re-creation.
#[derive(Clone, Debug)]
pub(super) struct Moving {
    pub(super) hashes: Hashes,
    /// The voice application that it had.
    pub(super) from: Option<String>,
}

/// The content of a journal when it was opened.
#[derive(Debug)]
pub(super) struct JournalState {
    pub(super) outcomes: Outcomes,
    /// All hashes generated for rows that were started and have no outcome. If the password file
    /// was lost between two runs, there is more than one pair.
    pub(super) made: HashMap<u64, Vec<Hashes>>,
    pub(super) moving: HashMap<u64, Moving>,
    pub(super) most_at_once: Option<usize>,
    /// Records in the middle couldn't be read: any row without an outcome may have been started.
    pub(super) damaged: bool,
}

/// The journal of a job that runs.
pub(super) struct Journal {
    shared: Arc<Shared>,
}

struct Shared {
    #[cfg(test)]
    path: std::path::PathBuf,
    waiting: Mutex<Waiting>,
    written: Mutex<Written>,
    /// Everything before this position has been acknowledged as written to disk.
    acknowledged: AtomicU64,
    /// Held until the last byte is written.
    _lock: Arc<Lock>,
}

#[derive(Default)]
struct Waiting {
    bytes: Zeroizing<Vec<u8>>,
    /// The file's length after the current write.
    end: u64,
}

struct Written {
    file: File,
    end: u64,
    /// Why writing failed: the file is reread before anything more is written.
    failed: Option<Why>,
}

impl Journal {
    /// Opens the journal of a job with this many rows, creating it if missing.
    pub(super) fn open(
        folder: &Path,
        rows: u64,
        lock: Arc<Lock>,
    ) -> Result<(Self, JournalState), Error> {
        let path = folder.join(JOURNAL);
        let mut told = JournalState::nothing(rows);
        let mut end = 0;
        if path.try_exists().map_err(storage)? {
            let mut records = Records::open(&path).map_err(storage)?;
            while let Some(payload) = records.next_record().map_err(storage)? {
                match serde_json::from_slice::<Record<'_>>(&payload) {
                    Ok(record) => told.take(record),
                    Err(_) => told.damaged = true,
                }
            }
            told.damaged |= records.tail() == Tail::Damaged;
            end = records.position();
        }
        let file = record_log::go_on(&path, end).map_err(storage)?;
        file.sync_all().map_err(storage)?;
        record_log::flush_folder(folder).map_err(storage)?;
        let end = file.metadata().map_err(storage)?.len();
        let shared = Shared {
            #[cfg(test)]
            path,
            waiting: Mutex::new(Waiting {
                end,
                ..Waiting::default()
            }),
            written: Mutex::new(Written {
                file,
                end,
                failed: None,
            }),
            acknowledged: AtomicU64::new(end),
            _lock: lock,
        };
        let shared = Arc::new(shared);
        Ok((Self { shared }, told))
    }

    /// Adds a record, and returns when it is on the disk.
    pub(super) async fn append(&self, record: &Record<'_>) -> Result<(), Error> {
        let payload = serde_json::to_vec(record)
            .map(Zeroizing::new)
            .map_err(|error| storage(error.into()))?;
        let end = {
            let mut waiting = self.shared.waiting();
            waiting.end += record_log::frame(&payload, &mut waiting.bytes);
            waiting.end
        };
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || shared.write_up_to(end))
            .await
            .map_err(|error| Error::of_task(&error))?
            .map_err(storage)?;
        self.shared.acknowledged.fetch_max(end, Ordering::SeqCst);
        Ok(())
    }

    /// Returns where the file may be cut off without that anything is lost that was waited for, for
    /// tests that cut.
    #[cfg(test)]
    pub(super) fn cutting(&self) -> (std::path::PathBuf, u64) {
        let at = self.shared.acknowledged.load(Ordering::SeqCst);
        (self.shared.path.clone(), at)
    }
}

impl Shared {
    /// Writes what waits, unless somebody else took it along already.
    fn write_up_to(&self, end: u64) -> io::Result<()> {
        let mut written = self.written.lock();
        if let Some(why) = written.failed {
            return Err(why.into());
        }
        if written.end >= end {
            return Ok(());
        }
        let (bytes, up_to) = {
            let mut waiting = self.waiting();
            (std::mem::take(&mut waiting.bytes), waiting.end)
        };
        let outcome = written
            .file
            .write_all(&bytes)
            .and_then(|()| written.file.sync_data());
        if let Err(error) = &outcome {
            written.failed = Some(error.into());
            // What cannot be cut off is read past when the journal is opened again.
            let _left = written.file.set_len(written.end);
        } else {
            written.end = up_to;
        }
        outcome
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock()
    }
}

/// Why a write failed, for all later ones: each reports the full disk.
#[derive(Clone, Copy, Debug)]
struct Why {
    kind: io::ErrorKind,
    system: Option<i32>,
}

impl From<&io::Error> for Why {
    fn from(error: &io::Error) -> Self {
        Self {
            kind: error.kind(),
            system: error.raw_os_error(),
        }
    }
}

impl From<Why> for io::Error {
    fn from(why: Why) -> Self {
        let system = why.system.map(Self::from_raw_os_error);
        system.unwrap_or_else(|| why.kind.into())
    }
}

impl JournalState {
    fn nothing(rows: u64) -> Self {
        Self {
            outcomes: Outcomes::none(rows),
            made: HashMap::new(),
            moving: HashMap::new(),
            most_at_once: None,
            damaged: false,
        }
    }

    fn take(&mut self, record: Record<'_>) {
        match record {
            Record::Begun(rows) => {
                for (row, hashes) in rows {
                    self.outcomes.begin(row);
                    if let Some(hashes) = hashes.map(|hashes| hashes.hashes()) {
                        let made = self.made.entry(row).or_default();
                        if !made.iter().any(|known| known.matches(&hashes)) {
                            made.push(hashes);
                        }
                    }
                }
            }
            Record::Ended(rows) => {
                for (row, outcome) in rows {
                    self.made.remove(&row);
                    self.moving.remove(&row);
                    self.outcomes.end(row, &outcome);
                }
            }
            Record::Moving(row, hashes, from) => {
                let hashes = hashes.hashes();
                self.moving.insert(row, Moving { hashes, from });
            }
            Record::Size(most) => self.most_at_once = Some(most.max(1)),
        }
    }
}

fn storage(source: io::Error) -> Error {
    Error::storage("the job’s journal", source)
}

#[cfg(test)]
mod tests;
