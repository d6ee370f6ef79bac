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
    /// Fast to build, for newcomers.
    Debug,
    /// The release build; the first one takes about four times as long.
    Release,
}

/// Installs what is missing, builds the app, and runs it until its window is closed.
pub(crate) fn open(profile: Profile) -> Result<(), String> {
    system::provide(&[TO_BUILD])?;
    println!("Building the app. The first time takes some minutes.");
    let folder = match profile {
        // There are no examples, but with `--examples`, cargo chooses the same features as for the
        // tests, so that nothing is compiled twice.
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

/// Creates the command that builds the release.
pub(crate) fn as_shipped() -> Command {
    let one = ["build", "--package", APP, "--locked", "--release"];
    let mut call = cargo(&one);
    call.args(["--features", "tauri/custom-protocol"])
        // Set as Tauri's own CLI does for `removeUnusedCommands` in tauri.conf.json: commands that
        // the capability doesn't grant aren't compiled.
        .env(
            "REMOVE_UNUSED_COMMANDS",
            steps::workspace().join("src-tauri"),
        );
    call
}
