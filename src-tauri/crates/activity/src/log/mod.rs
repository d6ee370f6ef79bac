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

/// Limit on the total size of all files, in bytes.
pub(super) const MOST_BYTES: u64 = 50 * 1000 * 1000;
/// Limit on exchanges waiting to be written. Further ones are only counted.
const WAITING: usize = 1024;

/// A handle to the log. Clones share the same log.
#[derive(Clone, Debug)]
pub struct Log {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    /// Read-only, because the folder was written by a newer version of this app.
    only_reads: bool,
    /// Created with the first order, so that a log that is never written costs nothing.
    orders: Mutex<Option<SyncSender<Order>>>,
    shared: Arc<Shared>,
    index: Mutex<Index>,
}

/// State shared with the writing thread.
#[derive(Debug, Default)]
struct Shared {
    /// How many exchanges were dropped because the queue was full.
    missed: AtomicU32,
    /// How often files were changed other than by appending.
    rewritten: AtomicU64,
    trouble: Mutex<Trouble>,
}

#[derive(Debug, Default)]
struct Trouble {
    is: Option<std::io::ErrorKind>,
    said: bool,
}

/// Which exchanges to remove.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// An account's.
    Account(String),
    /// All.
    All,
    /// Those of practice.
    Practice,
}

/// An order for the writing thread.
enum Order {
    Keep(Box<Record>),
    Remove(Whose, SyncSender<std::io::Result<u32>>),
    Settle(u64, SyncSender<()>),
}

impl Log {
    /// Keeps its files in `folder`, which is created when something is recorded.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self::new(folder, false)
    }

    /// Opens `folder`, which was written by a newer version of this app, without changing anything.
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

    /// Queues an exchange to be written. Doesn't wait, and doesn't report a failure.
    pub fn record(&self, record: Record) {
        if self.inner.only_reads {
            return;
        }
        if let Err(TrySendError::Full(_)) = self.orders().try_send(Order::Keep(Box::new(record))) {
            self.inner.shared.missed.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits until everything recorded has been written, and removes what has expired.
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

    /// Removes exchanges, and returns how many.
    pub fn remove(&self, whose: Whose) -> Result<u32, Error> {
        if self.inner.only_reads {
            return Err(kept("the activity", store::newer_wrote()));
        }
        let (done, wait) = sync_channel(1);
        let sent = self.orders().send(Order::Remove(whose, done));
        // If the order can't be sent, the system couldn't create the thread. If the thread takes an
        // order and never replies, it has panicked.
        let removed = match sent {
            Ok(()) => wait.recv().map_err(|_| Error::Broken)?,
            Err(_) => Err(std::io::ErrorKind::BrokenPipe.into()),
        };
        removed.map_err(|source| kept("the activity", source))
    }

    /// Returns `count` matching exchanges, newest first, starting at `offset`.
    pub fn find(&self, query: &Query, offset: usize, count: usize) -> Result<Found, Error> {
        self.settle();
        let rewritten = self.inner.shared.rewritten.load(Ordering::Acquire);
        self.index()
            .find(&self.inner.folder, rewritten, query, offset, count)
            .map_err(unreadable)
    }

    /// Returns the newest matching exchanges in full, at most `most`.
    pub fn newest(&self, query: &Query, most: usize) -> Result<Vec<Record>, Error> {
        let found = self.find(query, 0, most)?;
        let records = found.rows.iter().map(|(id, _)| self.read(*id));
        Ok(records.filter_map(Result::ok).flatten().collect())
    }

    /// Returns an exchange, or `None` if it was removed.
    pub fn read(&self, id: u64) -> Result<Option<Record>, Error> {
        segments::read_record(&self.inner.folder, id).map_err(unreadable)
    }

    /// Returns the accounts that the log has exchanges of.
    pub fn accounts(&self) -> Result<Vec<String>, Error> {
        self.find(&Query::default(), 0, 0)?;
        Ok(self.index().accounts().to_vec())
    }

    /// Returns why the log can't be written, if it can't.
    #[must_use]
    pub fn trouble(&self) -> Option<Error> {
        self.shared_trouble().is.map(not_kept)
    }

    /// Returns why the log can't be written, once per problem.
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

    /// Returns the channel to the writing thread, starting the thread if needed.
    fn orders(&self) -> SyncSender<Order> {
        let mut orders = self.inner.orders.lock();
        orders
            .get_or_insert_with(|| {
                let (sender, receiver) = sync_channel(WAITING);
                let mut writer = Writer::new(&self.inner.folder, Arc::clone(&self.inner.shared));
                // If the system can't create a thread, orders are rejected and nothing is logged.
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
