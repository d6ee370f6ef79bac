//! A full disk: stored files stay intact, and the problem is reported.

use std::fs;

use acceptance::practice_journey::{Machine, journey_session, make_realm, sign_in};
use registrar_storage::store::{Loaded, Store};

use crate::storage::{notices, said};

#[test]
fn a_disk_that_fills_up_leaves_the_old_file_whole_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.write("state.json", 1, &["old"]).unwrap();
    // A file of this process may have 64 KiB; the signal that would end it is ignored.
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$1\"";

    let ended = std::process::Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_acceptance-keeper")])
        .arg(folder.path())
        .output()
        .unwrap();

    let printed = String::from_utf8(ended.stdout).unwrap();
    assert!(printed.contains("couldn’t read or save"), "{printed}");
    assert!(
        printed.contains("is full") && printed.contains("Free up space"),
        "{printed}"
    );
    let kept: Loaded<Vec<String>> = store.read("state.json", 1).unwrap();
    assert_eq!(kept, Loaded::Found(vec!["old".to_owned()]));
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "no part of the new one stays");
}

#[tokio::test]
async fn full_disk_under_the_activity_is_said_once_and_stops_no_work() {
    let machine = Machine::new();
    let activity = machine.folder().join("activity");
    fs::create_dir_all(&activity).unwrap();
    std::os::unix::fs::symlink("/dev/full", activity.join("00000001.jsonl")).unwrap();
    let app = machine.start();

    app.start(true).await.unwrap();
    let open = journey_session(&app);
    open.continue_to_sign_in().unwrap();
    sign_in(&open).await;
    make_realm(&open, "lobby").await;
    assert!(open.exchanges().len() > 3, "the panel goes on");
    app.settle(std::time::Duration::ZERO).await;

    let home = notices(app.leave());
    assert_eq!(
        said(&home, "couldn’t read or save the activity"),
        1,
        "{home:?}"
    );
    assert_eq!(said(&notices(app.home()), "activity"), 0, "it is said once");
    assert_eq!(
        said(&home, "Free up space"),
        1,
        "what to do is said: {home:?}"
    );
}
