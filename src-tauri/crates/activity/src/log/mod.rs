//! The persistent log: 30 days or 50 MB, whichever is less, in files that only this user can read.
//!
//! It is written on a dedicated thread, so nothing waits for the disk. A full or read-only disk
//! stops nothing and is reported once. A line cut short by a crash is skipped.

mod age;
mod index;
mod segments;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};

use parking_lot::{Mutex, MutexGuard};
use registrar_storage::store;

use self::index::Index;
use self::writer::Writer;
use super::Error;
use super::record::Record;
use crate::clock;

pub use index::{Found, Query};
pub use segments::read_again;

/// Most bytes of all files together.
pub(super) const MOST_BYTES: u64 = 50 * 1000 * 1000;
/// Exchanges that may wait to be written. More are counted and not kept.
const WAITING: usize = 1024;

/// The log. Clones are of one log.
#[derive(Clone, Debug)]
pub struct Log {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// Nothing is recorded or taken out: a newer version of this app is at home in the folder.
    only_reads: bool,
    /// Made with the first order, so that a log that nobody writes costs nothing.
    orders: Mutex<Option<SyncSender<Order>>>,
    shared: Arc<Shared>,
    index: Mutex<Index>,
}

/// What the writing thread tells.
#[derive(Debug, Default)]
struct Shared {
    /// Exchanges that could not wait.
    missed: AtomicU32,
    /// Counts how often files were changed otherwise than by appending.
    rewritten: AtomicU64,
    trouble: Mutex<Trouble>,
}

#[derive(Debug, Default)]
struct Trouble {
    is: Option<std::io::ErrorKind>,
    said: bool,
}

/// Whose exchanges are taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of an account.
    Account(String),
    /// All.
    All,
    /// Those of practice.
    Practice,
}

/// What the writing thread is told to do.
enum Order {
    Keep(Box<Record>),
    Remove(Whose, SyncSender<std::io::Result<u32>>),
    Settle(u64, SyncSender<()>),
}

impl Log {
    /// Keeps its files in `folder`, which is made when something is recorded.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self::new(folder, false)
    }

    /// Reads what is in `folder`, in which a newer version of this app is at home, and changes nothing.
    #[must_use]
    pub fn to_read(folder: PathBuf) -> Self {
        Self::new(folder, true)
    }

    fn new(folder: PathBuf, only_reads: bool) -> Self {
        Self {
            inner: Arc::new(Inner {
                folder,
                only_reads,
                orders: Mutex::default(),
                shared: Arc::default(),
                index: Mutex::default(),
            }),
        }
    }

    /// Writes an exchange, soon. Nobody waits for that, and nobody is told here if it fails.
    pub fn record(&self, record: Record) {
        if self.inner.only_reads {
            return;
        }
        if let Err(TrySendError::Full(_)) = self.orders().try_send(Order::Keep(Box::new(record))) {
            self.inner.shared.missed.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits until all that was recorded is in its file, and takes out what is too old.
    pub fn settle(&self) {
        let nothing_to_do = self.inner.orders.lock().is_none();
        if self.inner.only_reads || nothing_to_do && !self.exists() {
            return;
        }
        let (done, wait) = sync_channel(1);
        if self
            .orders()
            .send(Order::Settle(clock::now_ms(), done))
            .is_ok()
        {
            let _ = wait.recv();
        }
    }

    /// Takes exchanges out, and returns how many those were.
    pub fn remove(&self, whose: Whose) -> Result<u32, Error> {
        if self.inner.only_reads {
            return Err(kept("the activity", store::newer_wrote()));
        }
        let (done, wait) = sync_channel(1);
        let sent = self.orders().send(Order::Remove(whose, done));
        // Where nobody takes the order, the system gave no thread; a thread that takes one and says
        // nothing has panicked.
        let removed = match sent {
            Ok(()) => wait.recv().map_err(|_| Error::Broken)?,
            Err(_) => Err(std::io::ErrorKind::BrokenPipe.into()),
        };
        removed.map_err(|source| kept("the activity", source))
    }

    /// Returns the exchanges that fit, the newest first, from `offset` on.
    pub fn find(&self, query: &Query, offset: usize, count: usize) -> Result<Found, Error> {
        self.settle();
        let rewritten = self.inner.shared.rewritten.load(Ordering::Acquire);
        self.index()
            .find(&self.inner.folder, rewritten, query, offset, count)
            .map_err(unreadable)
    }

    /// Returns the newest exchanges that fit, whole, `most` of them at most.
    pub fn newest(&self, query: &Query, most: usize) -> Result<Vec<Record>, Error> {
        let found = self.find(query, 0, most)?;
        let records = found.rows.iter().map(|(id, _)| self.read(*id));
        Ok(records.filter_map(Result::ok).flatten().collect())
    }

    /// Returns one exchange; `None` where it is gone by now.
    pub fn read(&self, id: u64) -> Result<Option<Record>, Error> {
        segments::read_record(&self.inner.folder, id).map_err(unreadable)
    }

    /// Returns the accounts of which there are exchanges.
    pub fn accounts(&self) -> Result<Vec<String>, Error> {
        self.find(&Query::default(), 0, 0)?;
        Ok(self.index().accounts().to_vec())
    }

    /// Returns what keeps the log from being written, where something does.
    #[must_use]
    pub fn trouble(&self) -> Option<Error> {
        self.shared_trouble().is.map(not_kept)
    }

    /// Returns what keeps the log from being written, the first time that it is asked for.
    #[must_use]
    pub fn new_trouble(&self) -> Option<Error> {
        let mut trouble = self.shared_trouble();
        let is = trouble.is.filter(|_| !trouble.said)?;
        trouble.said = true;
        Some(not_kept(is))
    }

    /// The folder of its files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    fn exists(&self) -> bool {
        self.inner.folder.is_dir()
    }

    /// Returns the way to the writing thread, which begins with it.
    fn orders(&self) -> SyncSender<Order> {
        let mut orders = self.inner.orders.lock();
        orders
            .get_or_insert_with(|| {
                let (sender, receiver) = sync_channel(WAITING);
                let mut writer = Writer::new(&self.inner.folder, Arc::clone(&self.inner.shared));
                // Where the system gives no thread, orders are refused, and nothing is kept.
                let _ = std::thread::Builder::new()
                    .name("activity".to_owned())
                    .spawn(move || {
                        for order in receiver {
                            writer.carry_out(order);
                        }
                    });
                sender
            })
            .clone()
    }

    fn index(&self) -> MutexGuard<'_, Index> {
        self.inner.index.lock()
    }

    fn shared_trouble(&self) -> MutexGuard<'_, Trouble> {
        self.inner.shared.trouble.lock()
    }
}

impl Shared {
    fn written(&self, outcome: &std::io::Result<()>) {
        let mut trouble = self.trouble.lock();
        trouble.is = outcome.as_ref().err().map(std::io::Error::kind);
    }
}

fn not_kept(kind: std::io::ErrorKind) -> Error {
    kept("the activity", kind.into())
}

fn unreadable(source: std::io::Error) -> Error {
    kept("the list of the activity", source)
}

fn kept(what: &'static str, source: std::io::Error) -> Error {
    Error::Storage(registrar_storage::Error { what, source })
}

#[cfg(test)]
mod tests;
