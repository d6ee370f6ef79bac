//! `cargo xtask app`: from nothing but Rust to the open window.

use crate::steps;
use crate::system::{self, TO_BUILD};

/// How the app is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Soon ready: what a newcomer wants.
    Debug,
    /// As it is shipped; the first build takes about four times as long.
    Release,
}

/// Installs what is missing, builds the app, and opens its window until it is closed.
pub(crate) fn open(profile: Profile) -> Result<(), String> {
    system::provide(&[TO_BUILD])?;
    println!("Building the app. The first time takes some minutes.");
    let mut cargo = steps::cargo(&["run", "--package", "sip-registrar-setup", "--locked"]);
    match profile {
        Profile::Debug => {}
        Profile::Release => {
            cargo.args(["--release", "--features", "tauri/custom-protocol"]);
        }
    }
    steps::stream(&mut cargo)
}
