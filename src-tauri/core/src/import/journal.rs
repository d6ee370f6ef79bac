//! The journal: what was begun and what became of it, in the job's folder.
//!
//! A row is in it as begun, on the disk, before a request for it leaves, and with its outcome
//! afterwards. Records that are written at the same time share one flush. What is lost of the end is
//! looked up in the account again, so that the journal saves work and never decides alone.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::folder::Lock;
use super::outcome::{Outcome, Outcomes};
use super::step::RowHashes;
use crate::Error;
use crate::digest::Hashes;
use crate::framed::{self, Records, Tail};

/// The journal's name in the job's folder.
pub(super) const JOURNAL: &str = "journal";

/// One record.
#[derive(Serialize, Deserialize)]
pub(super) enum Record<'a> {
    /// Requests for these rows may leave from here on. Where a password was made, the hashes tell
    /// later whether what is found is the job's own.
    #[serde(rename = "b", borrow)]
    Begun(Vec<(u64, Option<RowHashes<'a>>)>),
    /// What became of rows.
    #[serde(rename = "e")]
    Ended(Vec<(u64, Outcome)>),
    /// This credential is deleted and made again with the same hashes.
    #[serde(rename = "m")]
    Moving(u64, RowHashes<'a>, Option<String>),
    /// More than so many in one request are refused.
    #[serde(rename = "s")]
    Size(usize),
}

/// Reads a record, and returns what would be written in its place.
pub(super) fn read_again(bytes: &[u8]) -> Option<Vec<u8>> {
    let record: Record<'_> = serde_json::from_slice(bytes).ok()?;
    serde_json::to_vec(&record).ok()
}

/// A credential between its deletion and its making anew.
#[derive(Clone, Debug)]
pub(super) struct Moving {
    pub(super) hashes: Hashes,
    /// The voice application that it had.
    pub(super) from: Option<String>,
}

/// What a journal told when it was opened.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) outcomes: Outcomes,
    /// All hashes that were made for rows that were begun and have no outcome: where the file of
    /// passwords was lost between two runs there is more than one pair.
    pub(super) made: HashMap<u64, Vec<Hashes>>,
    pub(super) moving: HashMap<u64, Moving>,
    pub(super) most_at_once: Option<usize>,
    /// Records in its middle could not be read: any row without an outcome may have been begun.
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
    /// Everything before this place was told to be on the disk to who waited for it.
    acknowledged: AtomicU64,
    /// Held until the last byte is written.
    _lock: Arc<Lock>,
}

#[derive(Default)]
struct Waiting {
    bytes: Zeroizing<Vec<u8>>,
    /// Where the file will end.
    end: u64,
}

struct Written {
    file: File,
    end: u64,
    /// Why writing failed: the file is read anew before anything more is written.
    failed: Option<Why>,
}

impl Journal {
    /// Opens the journal of a job with so many rows, and makes it where there is none.
    pub(super) fn open(folder: &Path, rows: u64, lock: Arc<Lock>) -> Result<(Self, Told), Error> {
        let path = folder.join(JOURNAL);
        let mut told = Told::nothing(rows);
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
        let file = framed::go_on(&path, end).map_err(storage)?;
        file.sync_all().map_err(storage)?;
        framed::flush_folder(folder).map_err(storage)?;
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
            waiting.end += framed::frame(&payload, &mut waiting.bytes);
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
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
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
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a write failed, for all that come behind it: a full disk is told by whoever is asked.
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

impl Told {
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
    Error::Storage {
        what: "the job's journal",
        source,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::super::outcome::Kind;
    use super::super::reason::Reason;
    use super::super::reason::tests::reasons;
    use super::*;
    use crate::arbitrary;
    use crate::import::step::tests::hashes;

    fn open(folder: &Path) -> (Journal, Told) {
        // One of its own, so that a journal can be opened beside the one that wrote it.
        let own = tempfile::tempdir().unwrap();
        let lock = Arc::new(super::super::folder::lock(own.path()).unwrap());
        Journal::open(folder, 10, lock).unwrap()
    }

    #[tokio::test]
    async fn what_was_begun_and_ended_is_told_when_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        let made = hashes("bob");

        let begun = vec![(0, None), (1, Some(RowHashes::of(&made))), (2, None)];
        journal.append(&Record::Begun(begun)).await.unwrap();
        let ended = vec![(0, Outcome::of(Kind::Made))];
        journal.append(&Record::Ended(ended)).await.unwrap();
        journal
            .append(&Record::Moving(2, RowHashes::of(&made), None))
            .await
            .unwrap();
        journal.append(&Record::Size(50)).await.unwrap();

        let (_, told) = open(folder.path());
        assert_eq!(told.outcomes.kind(0), Some(Kind::Made));
        assert!(told.outcomes.is_begun(1) && told.outcomes.kind(1).is_none());
        assert!(!told.outcomes.is_begun(3));
        let [known] = &told.made[&1][..] else {
            panic!("one pair of hashes was made")
        };
        assert!(known.matches(&made));
        assert!(told.moving[&2].hashes.matches(&made));
        assert_eq!(told.most_at_once, Some(50));
        assert!(!told.damaged);
    }

    #[tokio::test]
    async fn all_hashes_that_were_made_for_a_row_are_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        for name in ["bob", "amy", "bob"] {
            let made = hashes(name);
            let begun = vec![(1, Some(RowHashes::of(&made)))];
            journal.append(&Record::Begun(begun)).await.unwrap();
        }

        let (_, told) = open(folder.path());

        let [one, other] = &told.made[&1][..] else {
            panic!("two pairs of hashes were made")
        };
        assert!(one.matches(&hashes("bob")) && other.matches(&hashes("amy")));
    }

    #[test]
    fn each_record_is_read_as_it_was_written() {
        let made = hashes("bob");
        for record in [
            Record::Begun(vec![(0, None), (1, Some(RowHashes::of(&made)))]),
            Record::Ended(vec![(0, Outcome::of(Kind::Made))]),
            Record::Moving(2, RowHashes::of(&made), Some("from".to_owned())),
            Record::Size(50),
        ] {
            let written = serde_json::to_vec(&record).unwrap();

            assert_eq!(read_again(&written), Some(written));
        }
        assert_eq!(read_again(b"{}"), None);
    }

    #[tokio::test]
    async fn a_journal_cut_at_every_byte_is_read_up_to_its_last_whole_record_and_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        let mut ends = Vec::new();
        for row in 0..4 {
            journal
                .append(&Record::Ended(vec![(row, Outcome::of(Kind::Made))]))
                .await
                .unwrap();
            ends.push(journal.cutting().1);
        }
        drop(journal);
        let path = folder.path().join(JOURNAL);
        let whole = fs::read(&path).unwrap();

        for length in 0..=whole.len() {
            fs::write(&path, &whole[..length]).unwrap();

            let (journal, told) = open(folder.path());

            let kept = ends.iter().filter(|end| **end <= length as u64).count() as u64;
            assert_eq!(told.outcomes.ended(), kept, "cut at {length}");
            assert!(!told.damaged, "a cut is no damage");
            journal.append(&Record::Size(3)).await.unwrap();
            drop(journal);
            let (_, told) = open(folder.path());
            assert_eq!(told.outcomes.ended(), kept);
            assert_eq!(told.most_at_once, Some(3), "cut at {length}");
        }
    }

    #[tokio::test]
    async fn a_byte_that_changed_in_the_middle_is_told_as_damage() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        for row in 0..3 {
            journal
                .append(&Record::Begun(vec![(row, None)]))
                .await
                .unwrap();
        }
        drop(journal);
        let path = folder.path().join(JOURNAL);
        let mut bytes = fs::read(&path).unwrap();
        bytes[25] ^= 1;
        fs::write(&path, bytes).unwrap();

        let (_, told) = open(folder.path());

        assert!(told.damaged);
    }

    #[tokio::test]
    async fn records_at_once_are_all_written() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, _) = open(folder.path());
        let journal = Arc::new(journal);
        let mut tasks = tokio::task::JoinSet::new();
        for row in 0..10 {
            let journal = Arc::clone(&journal);
            tasks.spawn(async move {
                let record = Record::Ended(vec![(row, Outcome::of(Kind::Made))]);
                journal.append(&record).await.unwrap();
            });
        }
        tasks.join_all().await;

        let (_, told) = open(folder.path());

        assert_eq!(told.outcomes.ended(), 10);
    }

    #[tokio::test]
    async fn a_journal_of_an_earlier_version_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let written = br#"{"e":[[0,{"k":"refused","n":"It is no longer on the account."}],[1,{"k":"made"}]]}"#;
        let mut framed = Vec::new();
        framed::frame(written, &mut framed);
        let mut file = framed::create(&folder.path().join(JOURNAL)).unwrap();
        file.write_all(&framed).unwrap();
        drop(file);

        let (journal, told) = open(folder.path());

        let kept = "It is no longer on the account.".to_owned();
        assert_eq!(told.outcomes.kind(0), Some(Kind::Refused));
        assert_eq!(told.outcomes.reason(0), Some(&Reason::Told(kept)));
        assert_eq!(told.outcomes.kind(1), Some(Kind::Made));
        assert_eq!(told.outcomes.reason(1), None);
        assert!(!told.damaged);
        assert_eq!(read_again(written).unwrap(), written);
        let ended = vec![(2, Outcome::refused(Reason::Gone))];
        journal.append(&Record::Ended(ended)).await.unwrap();
        drop(journal);
        let (_, told) = open(folder.path());
        assert_eq!(told.outcomes.ended(), 3);
        assert_eq!(told.outcomes.reason(2), Some(&Reason::Gone));
    }

    /// A record in parts, so that it can be written and compared with what is read.
    fn any_record() -> impl Strategy<Value = Vec<u8>> {
        let row = || 0..10_u64;
        let kind = prop_oneof![
            Just(Kind::AlreadyRight),
            Just(Kind::Deleted),
            Just(Kind::Made),
            Just(Kind::MadeRenamed),
            Just(Kind::Moved),
            Just(Kind::NotDone),
            Just(Kind::Refused),
            Just(Kind::Replaced),
        ];
        let reason = prop_oneof![
            any::<String>().prop_map(Reason::Told),
            proptest::sample::select(reasons()),
        ];
        let ended = (row(), kind, proptest::option::of(reason));
        let ended = ended.prop_map(|(row, kind, reason)| (row, Outcome { kind, reason }));
        let begun = (row(), proptest::option::of(arbitrary::hashes()));
        let bytes = |record: &Record<'_>| serde_json::to_vec(record).unwrap();
        prop_oneof![
            proptest::collection::vec(begun, 0..5).prop_map(move |rows| {
                let rows = rows.iter();
                let rows = rows.map(|(row, hashes)| (*row, hashes.as_ref().map(RowHashes::of)));
                bytes(&Record::Begun(rows.collect()))
            }),
            proptest::collection::vec(ended, 0..5)
                .prop_map(move |rows| bytes(&Record::Ended(rows))),
            (
                row(),
                arbitrary::hashes(),
                proptest::option::of(any::<String>())
            )
                .prop_map(move |(row, hashes, from)| bytes(&Record::Moving(
                    row,
                    RowHashes::of(&hashes),
                    from
                ))),
            (1..1000_usize).prop_map(move |most| bytes(&Record::Size(most))),
        ]
    }

    /// What is told, as text that can be compared; hashes stand in it as they are written.
    fn shown(told: &Told) -> Vec<String> {
        let digits = |hashes: &Hashes| serde_json::to_string(&RowHashes::of(hashes)).unwrap();
        (0..10)
            .map(|row| {
                let made = told.made.get(&row).into_iter().flatten().map(digits);
                let moving = told.moving.get(&row);
                format!(
                    "{:?} {} {:?} {:?} {:?} {:?}",
                    told.outcomes.kind(row),
                    told.outcomes.is_begun(row),
                    told.outcomes.reason(row),
                    made.collect::<Vec<_>>(),
                    moving.map(|moving| (digits(&moving.hashes), &moving.from)),
                    told.most_at_once,
                )
            })
            .collect()
    }

    proptest! {
        #![proptest_config(arbitrary::few(16))]
        #[test]
        fn any_records_that_were_written_tell_the_same_when_they_are_read(
            records in proptest::collection::vec(any_record(), 0..12),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let mut expected = Told::nothing(10);

            let (journal, _) = open(folder.path());
            for record in &records {
                let record = || serde_json::from_slice::<Record<'_>>(record).unwrap();
                expected.take(record());
                runtime.block_on(journal.append(&record())).unwrap();
            }
            drop(journal);

            let (_, told) = open(folder.path());
            assert_eq!(shown(&told), shown(&expected));
            assert!(!told.damaged);
        }
    }
}
