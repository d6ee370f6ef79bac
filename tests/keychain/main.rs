//! The app's access to the keychain of the system that the test runs on.
#![allow(clippy::unwrap_used, reason = "this is a test")]

#[cfg(target_os = "linux")]
mod gnome;
#[cfg(not(target_os = "linux"))]
mod native;

const VAULT: &str = env!("CARGO_BIN_EXE_acceptance-vault");

/// A password that a keychain might spoil.
const SECRET: &str = "pä ss:@\"\\ 🔑\n";
