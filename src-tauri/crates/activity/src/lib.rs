//! A record of what was sent and received, redacted as it is written.
//!
//! The request panel shows the latest exchanges of the open account from memory. The same exchanges
//! are written to the [`Log`], which persists and is what the Activity screen reads.
//!
//! ```
//! use registrar_activity::{Activity, ActivityKind, End, Entry, Tone};
//!
//! let activity = Activity::default();
//! activity.record(Entry {
//!     kind: ActivityKind::Request,
//!     title: "List the realms".to_owned(),
//!     at_ms: 1_785_577_800_000,
//!     took_ms: 12,
//!     method: "GET".to_owned(),
//!     address: "https://api.example/realms".to_owned(),
//!     request: "GET /realms\nHost: api.example\n".to_owned(),
//!     response: "HTTP 200\n\n<Realms/>".to_owned(),
//!     messages: Vec::new(),
//!     end: End::Done { status: 200 },
//!     tone: Tone::Good,
//! });
//!
//! assert_eq!(activity.exchanges().len(), 1);
//! ```

pub mod clock;
mod entry;
mod exchange;
mod kind;
mod log;
pub mod moment;
mod record;
mod service;
mod tone;

use std::collections::VecDeque;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

pub use entry::tone_of_status;
pub use entry::{End, Entry, Meaning};
pub use exchange::{Exchange, MessageChartLine};
pub use kind::ActivityKind;
pub use log::read_again;
pub use log::{Found, Log, Query, Whose};
pub use record::{Head, Message, Record};
pub use service::{Diagnosis, Service, Silence};
pub use tone::Tone;

/// Why the log couldn't be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The log's thread panicked.
    #[error("a part of the app panicked")]
    Broken,
    /// A file could not be read or written.
    #[error(transparent)]
    Storage(registrar_storage::Error),
}

/// How many exchanges are kept in memory.
const KEPT: usize = 200;

/// The exchanges of the open account.
#[derive(Debug, Default)]
pub struct Activity {
    kept: Arc<Mutex<Kept>>,
    log: Option<Log>,
    practice: bool,
    kind: Option<ActivityKind>,
    account: Arc<Mutex<Option<String>>>,
}

#[derive(Debug, Default)]
struct Kept {
    next_id: u32,
    exchanges: VecDeque<Exchange>,
}

impl Activity {
    /// Also writes everything recorded to a log.
    #[must_use]
    pub fn kept_in(log: &Log, practice: bool) -> Self {
        Self {
            log: Some(log.clone()),
            practice,
            ..Self::default()
        }
    }

    /// Returns a handle that records everything as one kind of work, such as an import.
    #[must_use]
    pub fn as_kind(&self, kind: ActivityKind) -> Self {
        Self {
            kept: Arc::clone(&self.kept),
            log: self.log.clone(),
            practice: self.practice,
            kind: Some(kind),
            account: Arc::clone(&self.account),
        }
    }

    /// Attributes everything recorded from now on to an account.
    pub fn belongs_to(&self, account: &str) {
        *self.account() = Some(account.to_owned());
    }

    /// Adds an exchange.
    pub fn record(&self, mut entry: Entry) {
        entry.kind = self.kind.unwrap_or(entry.kind);
        self.keep(&entry);
        if let Some(log) = &self.log {
            let account = self.account().clone();
            log.record(Record::new(entry, account, self.practice));
        }
    }

    /// Adds an exchange to the log only, for exchanges so numerous that they would fill the panel.
    pub fn record_aside(&self, mut entry: Entry) {
        if let Some(log) = &self.log {
            entry.kind = self.kind.unwrap_or(entry.kind);
            let account = self.account().clone();
            log.record(Record::new(entry, account, self.practice));
        }
    }

    /// Returns all exchanges in memory, newest last.
    #[must_use]
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.kept().exchanges.iter().cloned().collect()
    }

    /// Clears the exchanges in memory.
    pub fn clear(&self) {
        self.kept().exchanges.clear();
    }

    fn keep(&self, entry: &Entry) {
        let mut kept = self.kept();
        kept.next_id += 1;
        let id = kept.next_id;
        #[allow(
            clippy::cast_precision_loss,
            reason = "milliseconds since 1970 fit in 53 bits"
        )]
        kept.exchanges.push_back(Exchange {
            id,
            title: entry.title.clone(),
            at: entry.at_ms as f64,
            took_ms: u32::try_from(entry.took_ms).unwrap_or(u32::MAX),
            request: entry.asked(),
            response: entry.answered(),
            tone: entry.tone,
        });
        if kept.exchanges.len() > KEPT {
            kept.exchanges.pop_front();
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock()
    }

    fn account(&self) -> MutexGuard<'_, Option<String>> {
        self.account.lock()
    }
}

#[cfg(any(test, feature = "testing"))]
pub mod samples;

#[cfg(test)]
mod tests {
    use super::samples::entry;
    use super::*;

    #[test]
    fn the_oldest_exchange_goes_first() {
        let activity = Activity::default();

        for number in 0..=KEPT {
            activity.record(entry(&number.to_string(), 0));
        }

        let kept = activity.exchanges();
        assert_eq!(kept.len(), KEPT);
        assert_eq!(kept[0].title, "1");
    }

    #[test]
    fn what_is_recorded_lasts_with_its_account_and_kind() {
        let folder = tempfile::tempdir().unwrap();
        let log = Log::in_folder(folder.path().join("activity"));
        let activity = Activity::kept_in(&log, true).as_kind(ActivityKind::Import);
        activity.belongs_to("a-1");

        activity.record(entry("first", 5));
        activity.record_aside(entry("second", 6));

        let found = log.find(&Query::default(), 0, 10).unwrap();
        let titles: Vec<&str> = found
            .rows
            .iter()
            .map(|(_, head)| head.title.as_str())
            .collect();
        assert_eq!(titles, ["second", "first"]);
        let head = &found.rows[0].1;
        assert_eq!(head.account.as_deref(), Some("a-1"));
        assert!(head.practice && head.kind == ActivityKind::Import);
        assert_eq!(activity.exchanges().len(), 1, "the second one stays aside");
    }
}
