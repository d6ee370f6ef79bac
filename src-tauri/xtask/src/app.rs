//! `cargo xtask app`: builds and opens the app on a system that has only Rust.

use std::env;
use std::process::Command;

use crate::step_report::FEATURES;
use crate::steps::{self, cargo, stream};
use crate::system::{self, TO_BUILD};

/// The app's package and program.
const APP: &str = "sip-registrar-setup";

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
    let folder = match profile {
        // `--examples` builds none, for there are none; but cargo then chooses the features of all
        // crates as it does for the tests, and nothing is compiled twice.
        Profile::Debug => {
            let all = ["build", "--workspace", "--locked", "--features", FEATURES];
            stream(cargo(&all).args(["--bin", APP, "--examples"]))?;
            "debug"
        }
        Profile::Release => {
            stream(&mut as_shipped())?;
            "release"
        }
    };
    let built = steps::target().join(folder).join(APP);
    stream(&mut Command::new(
        built.with_extension(env::consts::EXE_EXTENSION),
    ))
}

/// Makes the call that builds the app as it is shipped.
pub(crate) fn as_shipped() -> Command {
    let one = ["build", "--package", APP, "--locked", "--release"];
    let mut call = cargo(&one);
    call.args(["--features", "tauri/custom-protocol"])
        // As Tauri's own command says it, where `removeUnusedCommands` stands in tauri.conf.json: the
        // capability in there has all that is granted, and the others are not compiled.
        .env(
            "REMOVE_UNUSED_COMMANDS",
            steps::workspace().join("src-tauri"),
        );
    call
}
