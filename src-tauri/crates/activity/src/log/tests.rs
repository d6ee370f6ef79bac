use std::fs;

use super::*;
use crate::record::Record;
use crate::samples::entry;
use crate::{ActivityKind, Tone};

/// A moment in November 2026.
const NOW: u64 = 1_795_900_000_000;
const DAY: u64 = 24 * 60 * 60 * 1000;

fn log() -> (tempfile::TempDir, Log) {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::in_folder(folder.path().join("activity"));
    (folder, log)
}

fn record(title: &str, at: u64) -> Record {
    Record::new(entry(title, at), None, false)
}

fn titles(log: &Log, query: &Query) -> Vec<String> {
    let found = log.find(query, 0, 1000).unwrap();
    found.rows.into_iter().map(|(_, head)| head.title).collect()
}

fn files(log: &Log) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = fs::read_dir(log.folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

#[test]
fn a_log_that_nobody_writes_leaves_nothing_on_the_disk() {
    let (folder, log) = log();

    assert_eq!(log.find(&Query::default(), 0, 10).unwrap().kept, 0);

    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn another_run_finds_what_was_written_the_newest_first() {
    let (_folder, log) = log();
    let now = clock::now_ms();
    for number in 0..5 {
        log.record(record(&number.to_string(), now + number));
    }
    log.settle();

    let later = Log::in_folder(log.folder().to_owned());
    later.record(record("5", now + 5));

    assert_eq!(
        titles(&later, &Query::default()),
        ["5", "4", "3", "2", "1", "0"]
    );
    let window = later.find(&Query::default(), 2, 2).unwrap();
    assert_eq!((window.kept, window.total, window.rows.len()), (6, 6, 2));
    assert_eq!(window.rows[0].1.title, "3");
    let whole = later.read(window.rows[0].0).unwrap().unwrap();
    assert_eq!(whole.response, "HTTP 200\n\n<Realms/>");
}

#[cfg(unix)]
#[test]
fn only_this_user_can_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_folder, log) = log();

    log.record(record("x", clock::now_ms()));
    log.settle();

    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(log.folder()), 0o700);
    assert_eq!(mode(&files(&log)[0]), 0o600);
}

#[test]
fn line_cut_at_any_byte_is_skipped_and_the_next_is_read() {
    let (_folder, log) = log();
    let now = clock::now_ms();
    log.record(record("whole", now));
    log.record(record("last", now));
    log.settle();
    let path = files(&log).remove(0);
    let both = fs::read(&path).unwrap();
    let first = both.iter().position(|byte| *byte == b'\n').unwrap() + 1;

    for length in (first..both.len() - 1).step_by(7) {
        fs::write(&path, &both[..length]).unwrap();
        let after = Log::in_folder(log.folder().to_owned());
        assert_eq!(titles(&after, &Query::default()), ["whole"], "{length}");

        after.record(record("next", now));

        assert_eq!(
            titles(&after, &Query::default()),
            ["next", "whole"],
            "{length}"
        );
        assert!(after.trouble().is_none());
    }
}

#[test]
fn anything_at_all_in_its_files_is_skipped() {
    let (_folder, log) = log();
    let now = clock::now_ms();
    log.record(record("whole", now));
    log.settle();
    let path = files(&log).remove(0);
    let mut bytes = b"\n\0\xff\xfe{}\n{\"head\":1}\n[[[[\n".to_vec();
    bytes.extend(fs::read(&path).unwrap());
    fs::write(&path, bytes).unwrap();
    fs::write(log.folder().join("notes.txt"), "not ours").unwrap();

    let after = Log::in_folder(log.folder().to_owned());

    assert_eq!(titles(&after, &Query::default()), ["whole"]);
}

#[test]
fn entries_are_found_by_text_account_kind_and_outcome() {
    let (_folder, log) = log();
    let now = clock::now_ms();
    let mut refused = entry("Make \"Zoë\"\\", now);
    refused.tone = Tone::Bad;
    refused.kind = ActivityKind::Import;
    refused.response = "<ErrorCode>23026</ErrorCode> ÄRGER".to_owned();
    log.record(Record::new(refused.clone(), Some("a".to_owned()), false));
    log.record(Record::new(entry("List", now), Some("b".to_owned()), true));
    let find = |text: &str| Query {
        find: text.to_owned(),
        ..Query::default()
    };

    assert_eq!(titles(&log, &find("23026")).len(), 1);
    assert_eq!(titles(&log, &find("ärger")).len(), 1, "in any case");
    assert_eq!(titles(&log, &find("\"zoë\"\\")).len(), 1);
    assert_eq!(
        titles(&log, &find("response")).len(),
        0,
        "no name of our file"
    );
    assert_eq!(titles(&log, &find("5500123")).len(), 2);
    let account = Query {
        account: Some("b".to_owned()),
        ..Query::default()
    };
    assert_eq!(titles(&log, &account), ["List"]);
    let unknown = Query {
        account: Some("c".to_owned()),
        ..Query::default()
    };
    assert_eq!(titles(&log, &unknown).len(), 0);
    let practice = Query {
        practice: Some(true),
        ..Query::default()
    };
    assert_eq!(titles(&log, &practice), ["List"]);
    let bad = Query {
        tone: Some(Tone::Bad),
        kind: Some(ActivityKind::Import),
        ..Query::default()
    };
    assert_eq!(titles(&log, &bad).len(), 1);
    log.record(Record::new(refused, Some("a".to_owned()), false));
    assert_eq!(titles(&log, &bad).len(), 2);
    assert_eq!(log.accounts().unwrap(), ["a", "b"]);
}

#[test]
fn removing_an_account_deletes_only_its_own_entries() {
    let (_folder, log) = log();
    let now = clock::now_ms();
    for number in 0..6 {
        let account = if number % 2 == 0 { "a" } else { "b" };
        let record = Record::new(entry("x", now), Some(account.to_owned()), false);
        log.record(record);
    }
    log.record(Record::new(entry("practised", now), None, true));
    let all = log.find(&Query::default(), 0, 10).unwrap();

    assert_eq!(log.remove(Whose::Account("a".to_owned())).unwrap(), 3);

    let left = log.find(&Query::default(), 0, 10).unwrap();
    assert_eq!((all.kept, left.kept), (7, 4));
    assert!(
        left.rows
            .iter()
            .all(|(_, head)| head.account.as_deref() != Some("a"))
    );
    let text = fs::read_to_string(&files(&log)[0]).unwrap();
    assert!(!text.contains("\"a\""), "{text}");
    assert_eq!(log.remove(Whose::Practice).unwrap(), 1);
    assert_eq!(log.remove(Whose::All).unwrap(), 3);
    assert_eq!(files(&log).len(), 0);
    log.record(record("afterwards", now));
    assert_eq!(titles(&log, &Query::default()), ["afterwards"]);
}

#[test]
fn it_never_grows_past_its_size_and_the_oldest_goes_first() {
    let (_folder, log) = log();
    let mut endless = entry("x", NOW);
    endless.tone = Tone::Bad;
    endless.response = "y".repeat(16_000);
    for number in 0..4_000 {
        endless.title = number.to_string();
        endless.at_ms = clock::now_ms();
        log.record(Record::new(endless.clone(), None, false));
        if number % 500 == 0 {
            log.settle();
        }
    }

    let found = log.find(&Query::default(), 0, 1).unwrap();

    let bytes: u64 = files(&log)
        .iter()
        .map(|path| fs::metadata(path).unwrap().len())
        .sum();
    assert!(bytes <= MOST_BYTES && bytes > MOST_BYTES / 2, "{bytes}");
    assert_eq!(found.rows[0].1.title, "3999");
    assert!(found.kept < 4_000 && found.kept > 2_000, "{}", found.kept);
}

#[test]
fn a_clock_that_leaps_takes_no_exchange_away() {
    let (_folder, log) = log();
    let times = [
        NOW,
        NOW + 60_000,
        4_102_444_800_000,
        NOW + 120_000,
        0,
        NOW + 180_000,
        NOW - 3 * DAY,
    ];

    for (number, at) in times.into_iter().enumerate() {
        log.record(record(&number.to_string(), at));
        log.settle();
    }

    let titles = titles(&log, &Query::default());
    assert_eq!(titles, ["6", "5", "4", "3", "2", "1", "0"]);
}

#[test]
fn a_month_is_kept_and_what_is_older_is_not() {
    let (_folder, log) = log();
    let today = clock::now_ms();

    for days in (0..45).rev() {
        log.record(record(&days.to_string(), today - days * DAY + DAY / 24));
    }

    let titles = titles(&log, &Query::default());
    assert_eq!(titles.len(), 31, "{titles:?}");
    assert_eq!(titles.last().unwrap(), "30");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_made_stops_nothing_and_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let in_the_way = folder.path().join("activity");
    fs::write(&in_the_way, "a file is in the way").unwrap();
    let log = Log::in_folder(in_the_way.clone());

    log.record(record("lost", clock::now_ms()));
    log.settle();

    assert!(log.trouble().is_some());
    assert!(log.new_trouble().is_some());
    assert!(log.new_trouble().is_none(), "it is said once");
    fs::remove_file(&in_the_way).unwrap();
    log.record(record("kept", clock::now_ms()));
    assert_eq!(titles(&log, &Query::default()), ["kept"]);
    assert!(log.trouble().is_none(), "it works again");
}

#[test]
fn a_writer_that_panics_is_broken_and_no_fault_of_the_disk() {
    let (_folder, log) = log();
    let (orders, taken) = sync_channel(1);
    *log.inner.orders.lock() = Some(orders);
    // A thread that panics drops the order that it took.
    let broken = std::thread::spawn(move || drop(taken.recv()));

    let removed = log.remove(Whose::All);

    broken.join().unwrap();
    assert!(matches!(removed, Err(Error::Broken)), "{removed:?}");
}
