//! Tests against the built-in keychain of Windows (Credential Manager) and macOS (Keychain).
//!
//! It belongs to the person running the tests, so each test uses unique account names and removes
//! them.

use std::process::{self, Command};

use crate::{SECRET, VAULT};

/// An account of one test, whose secret is gone when the test ends.
struct Account(String);

impl Account {
    fn new(test: &str) -> Self {
        Self(format!("test-{test}-{}", process::id()))
    }

    /// Runs the app's keychain code once, in a process of its own.
    fn vault(&self, what: &str, secret: &[&str]) -> String {
        let mut vault = Command::new(VAULT);
        let output = vault.args([what, &self.0]).args(secret).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let _ended = Command::new(VAULT).args(["forget", &self.0]).output();
    }
}

#[test]
fn a_saved_secret_outlives_the_process() {
    let account = Account::new("outlives");

    assert_eq!(account.vault("load", &[SECRET]), "nothing");
    assert_eq!(account.vault("save", &[SECRET]), "saved");

    assert_eq!(account.vault("load", &[SECRET]), "the same");
}

#[test]
fn a_secret_that_is_saved_again_takes_the_old_ones_place() {
    let account = Account::new("again");

    account.vault("save", &["old"]);
    account.vault("save", &["new"]);

    assert_eq!(account.vault("load", &["new"]), "the same");
}

#[test]
fn a_forgotten_secret_is_gone_and_can_be_forgotten_again() {
    let account = Account::new("forgotten");
    let other = Account::new("other");
    account.vault("save", &[SECRET]);
    other.vault("save", &[SECRET]);

    assert_eq!(account.vault("forget", &[]), "forgotten");

    assert_eq!(account.vault("load", &[SECRET]), "nothing");
    assert_eq!(account.vault("forget", &[]), "forgotten");
    assert_eq!(other.vault("load", &[SECRET]), "the same");
}
