//! Hostile input: every input in the fuzzing corpus is parsed again, and no message takes a
//! mebibyte.
//!
//! The properties come from `tests/fuzz`, a workspace of its own. They are compiled here too, so
//! that they can't go stale and run without a fuzzer.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../fuzz/src/answers.rs"]
pub mod answers;
#[path = "../fuzz/src/certificate.rs"]
pub mod certificate;
#[path = "../fuzz/src/csv.rs"]
pub mod csv;
#[path = "../fuzz/src/dialogue/mod.rs"]
pub mod dialogue;
#[path = "../fuzz/src/link.rs"]
pub mod link;
#[path = "../fuzz/src/media.rs"]
pub mod media;
#[path = "../fuzz/src/memory.rs"]
pub mod memory;
#[path = "../fuzz/src/message.rs"]
pub mod message;
mod most;
#[path = "../fuzz/src/packed.rs"]
pub mod packed;
#[path = "../fuzz/src/saved.rs"]
pub mod saved;
#[path = "../fuzz/src/sdp.rs"]
pub mod sdp;
#[path = "../fuzz/src/shown.rs"]
pub mod shown;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is counted is the whole program's memory: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads each file of a folder beside this package; there must be some.
fn each(folder: &str, mut work: impl FnMut(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    for file in files {
        // It is shown where a test fails.
        eprintln!("{}", file.display());
        work(&fs::read(&file).unwrap());
    }
}

/// Reads each input that fuzzing kept for a target; there must be some.
fn each_kept(target: &str, mut work: impl FnMut(&[u8])) {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/corpus/{target}.txt"));
    let inputs = packed::unpack(&fs::read_to_string(&list).unwrap()).unwrap();
    assert!(!inputs.is_empty(), "{} is empty", list.display());
    for (number, input) in (1..).zip(inputs) {
        // It is shown where a test fails.
        eprintln!("{}:{number}", list.display());
        work(&input);
    }
}

const TORTURE: &str = "../src-tauri/crates/sip/src/wire/torture";

#[test]
fn what_is_held_of_a_message_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("sip_message", message::run);
    each(TORTURE, message::run);
}

#[test]
fn what_is_held_of_a_dialogue_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("sip_dialogue", dialogue::run);
    // Each torture message answers a registration (even) or a call (odd), as it is and made to fit.
    each(TORTURE, |bytes| {
        for begin in [b"@@", b"@D", b"A@", b"AD"] {
            dialogue::run(&[begin, bytes].concat());
        }
    });
}

#[test]
fn what_is_held_of_a_description_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("sdp", sdp::run);
}

#[test]
fn what_is_held_of_answers_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("dashboard_xml", answers::xml);
    each("contract/samples", answers::xml);
    each_kept("service_json", answers::json);
}

#[test]
fn what_is_held_of_a_csv_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("csv", csv::run);
}

#[test]
fn what_is_held_of_links_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("deep_link", link::run);
}

#[test]
fn what_is_held_of_saved_files_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("saved_file", saved::run);
}

#[test]
fn rules_for_account_lists_hold_for_all_found_inputs() {
    let _alone = alone();
    each_kept("account_list", saved::run_list);
}

#[test]
fn what_is_held_of_certificates_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("certificate", certificate::run);
}

#[test]
fn what_is_held_of_packets_holds_of_all_that_was_found() {
    let _alone = alone();
    each_kept("media", media::run);
}
