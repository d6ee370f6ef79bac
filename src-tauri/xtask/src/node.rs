//! Node and the packages of tests/ui.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::steps::{answer, stream, workspace};
use crate::system::{Needs, provide};

/// The oldest Node whose test runner and syntax the checks use.
const OLDEST: u32 = 20;

const NEEDS: Needs = Needs {
    debian: &["nodejs", "npm"],
    fedora: &[],
    commands: &["node", "npm"],
};

/// Brings Node, and the packages that the lock file names, unless they are there already.
pub(crate) fn provide_packages() -> Result<(), String> {
    if version().is_none_or(|version| version < OLDEST) || answer(npm(), &["--version"]).is_none() {
        provide(&[NEEDS])?;
    }
    match version() {
        Some(version) if version >= OLDEST => install(),
        Some(version) => Err(format!(
            "Node {OLDEST} or newer is needed, and this is Node {version}: see https://nodejs.org."
        )),
        None => Err("Node cannot be started: see https://nodejs.org.".to_owned()),
    }
}

/// Makes a call of npm in the folder of the window's tests.
pub(crate) fn npm_call(arguments: &[&str]) -> Command {
    let mut command = Command::new(npm());
    command.args(arguments).current_dir(folder());
    command
}

/// Installs what the lock file names, when it is another than the last time.
fn install() -> Result<(), String> {
    let lock = fs::read(folder().join("package-lock.json"))
        .map_err(|error| format!("tests/ui/package-lock.json cannot be read: {error}."))?;
    let installed = folder().join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|last| last == lock) {
        return Ok(());
    }
    stream(&mut npm_call(&["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock)
        .map_err(|error| format!("{} cannot be written: {error}.", installed.display()))
}

fn version() -> Option<u32> {
    major(&answer("node", &["--version"])?)
}

/// Reads the major number of `v20.19.2`.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn folder() -> PathBuf {
    workspace().join("tests/ui")
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_of_node_is_read_by_its_major_number() {
        assert_eq!(major("v20.19.2"), Some(20));
        assert_eq!(major("v8.0.0"), Some(8));
        assert_eq!(major("20"), None);
    }
}
