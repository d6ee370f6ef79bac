//! Node, and the npm packages of tests/ui.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::steps::{alone, answer_of, cache, scratch, stream, workspace};
use crate::system::{Needs, provide};

/// The oldest Node that recognizes the window's modules by itself.
const OLDEST: (u32, u32) = (20, 19);

const NEEDS: Needs = Needs {
    debian: &["nodejs", "npm"],
    fedora: &[],
    commands: &["node", "npm"],
};

/// Installs Node and the packages in the lock file, unless they are installed.
pub(crate) fn provide_packages() -> Result<(), String> {
    let named = format!("Node {}.{} or newer", OLDEST.0, OLDEST.1);
    if version().is_none_or(|version| version < OLDEST) || !npm_answers() {
        provide(&[NEEDS])?;
    }
    if cfg!(target_os = "linux") && npm_answers() && version().is_some_and(|old| old < OLDEST) {
        println!("The system's Node is too old: fetching a newer one for the checks alone.");
        bring()?;
    }
    match version() {
        Some(version) if version >= OLDEST => install(),
        Some((major, minor)) => Err(format!(
            "{named} is needed, and this is Node {major}.{minor}: see https://nodejs.org."
        )),
        None => Err("Node cannot be started: see https://nodejs.org.".to_owned()),
    }
}

/// Writes the table of the window's texts.
pub(crate) fn write_texts() -> Result<(), String> {
    provide_packages()?;
    let mut write = Command::new("node");
    stream(with_node(write.arg("write-texts.js").current_dir(folder())))
}

/// Puts the installed Node before the system's in PATH, for a command and its children.
pub(crate) fn with_node(command: &mut Command) -> &mut Command {
    match search_path() {
        Some(path) => command.env("PATH", path),
        None => command,
    }
}

/// Creates an npm command in the folder of the window's tests.
pub(crate) fn npm_call(arguments: &[&str]) -> Command {
    let mut command = Command::new(npm());
    command.args(arguments).current_dir(folder());
    with_node(&mut command);
    command
}

/// Installs the Node that tests/node names, by the system's own npm, into the person's cache.
fn bring() -> Result<(), String> {
    let root = brought();
    let _lock = alone(&cache().join("tools"), "node")?;
    let unusable = |error| format!("{} cannot be written: {error}.", root.display());
    fs::create_dir_all(&root).map_err(unusable)?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(workspace().join("tests/node").join(file), root.join(file)).map_err(unusable)?;
    }
    let mut npm = Command::new(npm());
    stream(
        npm.args(["ci", "--no-audit", "--no-fund"])
            .current_dir(&root),
    )
}

/// The folder of the installed Node; most computers have none.
fn brought() -> PathBuf {
    cache().join("tools/node")
}

/// PATH, with the installed Node first.
fn search_path() -> Option<OsString> {
    let programs = fs::read_dir(brought().join("node_modules")).ok()?.flatten();
    let programs = programs.map(|package| package.path().join("bin"));
    let programs = programs.filter(|folder| folder.join("node").is_file());
    let system = env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = programs.collect();
    if folders.is_empty() {
        return None;
    }
    folders.extend(env::split_paths(&system));
    env::join_paths(folders).ok()
}

fn npm_answers() -> bool {
    answer_of(with_node(Command::new(npm()).arg("--version"))).is_some()
}

/// Installs the packages in the lock file if it has changed.
fn install() -> Result<(), String> {
    let lock = fs::read(folder().join("package-lock.json"))
        .map_err(|error| format!("tests/ui/package-lock.json cannot be read: {error}."))?;
    let installed = folder().join("node_modules/.installed-lock.json");
    let _lock = alone(&scratch(), "npm")?;
    if fs::read(&installed).is_ok_and(|last| last == lock) {
        return Ok(());
    }
    stream(&mut npm_call(&["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock)
        .map_err(|error| format!("{} cannot be written: {error}.", installed.display()))
}

fn version() -> Option<(u32, u32)> {
    numbers(&answer_of(with_node(
        Command::new("node").arg("--version"),
    ))?)
}

/// Parses the first two numbers of `v20.19.2`.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
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
    fn a_version_of_node_is_read_by_its_first_two_numbers() {
        assert_eq!(numbers("v20.19.2"), Some((20, 19)));
        assert_eq!(numbers("v8.0.0"), Some((8, 0)));
        assert_eq!(numbers("20"), None);
        assert!(numbers("v18.20.4") < Some(OLDEST) && numbers("v22.1.0") > Some(OLDEST));
    }
}
