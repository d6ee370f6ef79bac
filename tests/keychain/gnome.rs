//! Tests against a real gnome-keyring on its own bus.

use std::process::Stdio;

use acceptance::owned_process::OwnedProcess;
use acceptance::private_session::{Keyring, PrivateSession};

use crate::{SECRET, VAULT};

#[test]
fn a_saved_secret_outlives_the_process_and_the_keychain_daemon() {
    let mut session = with_keyring(Keyring::Unlocked);

    assert_eq!(vault(&session, &["save", "5500123", SECRET]), "saved");
    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "the same");
    session.stop_keyring();
    session.start_keyring(Keyring::Unlocked);

    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "the same");
}

#[test]
fn a_secret_that_is_saved_again_takes_the_old_ones_place() {
    let session = with_keyring(Keyring::Unlocked);

    vault(&session, &["save", "5500123", "old"]);
    vault(&session, &["save", "5500123", "new"]);

    assert_eq!(vault(&session, &["load", "5500123", "new"]), "the same");
}

#[test]
fn a_forgotten_secret_is_gone_and_can_be_forgotten_again() {
    let session = with_keyring(Keyring::Unlocked);
    vault(&session, &["save", "5500123", SECRET]);
    vault(&session, &["save", "5500124", SECRET]);

    assert_eq!(vault(&session, &["forget", "5500123"]), "forgotten");

    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "nothing");
    assert_eq!(vault(&session, &["forget", "5500123"]), "forgotten");
    assert_eq!(vault(&session, &["load", "5500124", SECRET]), "the same");
}

#[test]
fn a_locked_keychain_is_told_from_an_empty_one() {
    let mut session = with_keyring(Keyring::Unlocked);
    vault(&session, &["save", "5500123", SECRET]);
    session.stop_keyring();
    session.start_keyring(Keyring::Locked);

    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "Locked");
    assert_eq!(vault(&session, &["load", "5500124", SECRET]), "Locked");
    assert_eq!(vault(&session, &["save", "5500124", SECRET]), "Locked");
    assert_eq!(vault(&session, &["forget", "5500123"]), "Locked");
    session.stop_keyring();
    session.start_keyring(Keyring::Unlocked);
    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "the same");
}

#[test]
fn keychain_that_was_never_set_up_is_empty_and_unwritable() {
    let session = with_keyring(Keyring::Locked);

    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "nothing");
    assert_eq!(vault(&session, &["save", "5500123", SECRET]), "Missing");
}

#[test]
fn a_keychain_that_starts_late_is_found_by_the_same_process() {
    let mut session = PrivateSession::new();
    session.start_bus();
    let (mut process, first) = OwnedProcess::start_and_read(
        session
            .command(VAULT)
            .args(["twice", "save", "5500123", SECRET])
            .stdin(Stdio::piped()),
    );
    assert_eq!(first, "Missing");

    session.start_keyring(Keyring::Unlocked);
    process.feed("again\n");

    assert_eq!(process.next_line(), "saved");
}

#[test]
fn without_a_secret_service_the_keychain_is_missing() {
    let mut session = PrivateSession::new();
    session.start_bus();

    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "Missing");
    assert_eq!(vault(&session, &["save", "5500123", SECRET]), "Missing");
    assert_eq!(vault(&session, &["forget", "5500123"]), "Missing");
}

#[test]
fn without_a_bus_the_keychain_is_missing() {
    let session = PrivateSession::new();

    assert_eq!(vault(&session, &["load", "5500123", SECRET]), "Missing");
    assert_eq!(vault(&session, &["save", "5500123", SECRET]), "Missing");
}

fn with_keyring(state: Keyring) -> PrivateSession {
    let mut session = PrivateSession::new();
    session.start_bus();
    session.start_keyring(state);
    session
}

/// Runs the app's keychain code once, in a process of its own.
fn vault(session: &PrivateSession, arguments: &[&str]) -> String {
    let output = session.command(VAULT).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
