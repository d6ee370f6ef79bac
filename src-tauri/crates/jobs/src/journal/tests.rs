use std::fs;

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::super::outcome::Kind;
use super::super::reason::Reason;
use super::*;
use crate::samples::reasons;
use crate::step::tests::{any_hashes, hashes};

fn open(folder: &Path) -> (Journal, JournalState) {
    // One of its own, so that a journal can be opened beside the one that wrote it.
    let own = tempfile::tempdir().unwrap();
    let lock = Arc::new(super::super::lock::lock(own.path()).unwrap());
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
async fn journal_cut_at_any_byte_resumes_after_last_whole_record() {
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
    let written =
        br#"{"e":[[0,{"k":"refused","n":"It is no longer on the account."}],[1,{"k":"made"}]]}"#;
    let mut framed = Vec::new();
    record_log::frame(written, &mut framed);
    let mut file = record_log::create(&folder.path().join(JOURNAL)).unwrap();
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
    let begun = (row(), proptest::option::of(any_hashes()));
    let bytes = |record: &Record<'_>| serde_json::to_vec(record).unwrap();
    prop_oneof![
        proptest::collection::vec(begun, 0..5).prop_map(move |rows| {
            let rows = rows.iter();
            let rows = rows.map(|(row, hashes)| (*row, hashes.as_ref().map(RowHashes::of)));
            bytes(&Record::Begun(rows.collect()))
        }),
        proptest::collection::vec(ended, 0..5).prop_map(move |rows| bytes(&Record::Ended(rows))),
        (row(), any_hashes(), proptest::option::of(any::<String>())).prop_map(
            move |(row, hashes, from)| bytes(&Record::Moving(row, RowHashes::of(&hashes), from))
        ),
        (1..1000_usize).prop_map(move |most| bytes(&Record::Size(most))),
    ]
}

/// What is told, as text that can be compared; hashes stand in it as they are written.
fn shown(told: &JournalState) -> Vec<String> {
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
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(16) })]
    #[test]
    fn any_written_records_read_back_the_same(
        records in proptest::collection::vec(any_record(), 0..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut expected = JournalState::nothing(10);

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
