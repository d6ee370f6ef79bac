//! Static checks of the source.

mod arrows;
mod crates;
mod keys;
mod limits;
mod texts;
mod workflows;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::commands;
use crate::count::Count;
use crate::fuzz::corpus;
use crate::licenses;
use crate::step_report::{FEATURES, report};
use crate::steps::{self, Ended, answer, capture, cargo, workspace};
use crate::tools;

/// Runs all of them.
pub(crate) fn run() -> Result<Count, String> {
    let counts = [
        step("fmt", &["fmt", "--all", "--check"])?,
        step(
            "fmt-fuzz",
            &["fmt", "--manifest-path", "tests/fuzz/Cargo.toml", "--check"],
        )?,
        step(
            "clippy",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--features",
                FEATURES,
                "--",
                "-D",
                "warnings",
            ],
        )?,
        documentation()?,
        spelling()?,
        types()?,
        commands::check()?,
        licenses::check()?,
        own_paths()?,
        limits::run()?,
        texts::run()?,
        arrows::run()?,
        workflows::run()?,
        keys::run()?,
        crates::run()?,
        corpus::check()?,
    ];
    Ok(counts.into_iter().sum())
}

fn step(name: &str, arguments: &[&str]) -> Result<Count, String> {
    checked(name, &mut cargo(arguments))
}

fn checked(name: &str, command: &mut Command) -> Result<Count, String> {
    let ended = capture(name, command)?;
    report(name, &ended);
    Ok(Count::one(ended.succeeded))
}

/// Builds the documentation of all items, to check its links.
fn documentation() -> Result<Count, String> {
    let arguments = [
        "doc",
        "--workspace",
        "--no-deps",
        "--document-private-items",
        "--locked",
        "--features",
        FEATURES,
    ];
    checked("doc", cargo(&arguments).env("RUSTDOCFLAGS", "-D warnings"))
}

/// Checks the spelling, configured in `.typos.toml`.
fn spelling() -> Result<Count, String> {
    let typos = tools::of_python("typos", "tests/spelling/requirements.txt")?;
    let mut look = Command::new(typos);
    look.args(["--format", "brief", "."])
        .current_dir(workspace());
    checked("typos", &mut look)
}

/// The committed file of the window's types.
const TYPES: &str = "ui/ipc/types.d.ts";

/// Writes the window's types to the committed file.
pub(crate) fn write_types() -> Result<(), String> {
    let ended = make_types()?;
    report("types", &ended);
    let made = steps::types().join("types.d.ts");
    let copied = fs::copy(&made, workspace().join(TYPES));
    copied.map_err(|error| format!("{TYPES} can't be written: {error}."))?;
    if ended.succeeded {
        Ok(())
    } else {
        Err("The types could not all be made, see above.".to_owned())
    }
}

/// Writes all of the window's types into an untracked folder: a single test would overwrite them
/// with its own type.
fn make_types() -> Result<Ended, String> {
    let arguments = [
        "test",
        "--workspace",
        "--lib",
        "--locked",
        "--features",
        FEATURES,
        "export_bindings",
    ];
    capture("types", &mut cargo(&arguments))
}

/// Compares the window's types with the committed ones.
fn types() -> Result<Count, String> {
    let ended = make_types()?;
    report("types", &ended);
    let made = fs::read_to_string(steps::types().join("types.d.ts"));
    let committed = fs::read_to_string(workspace().join(TYPES));
    let same = matches!((&made, &committed), (Ok(made), Ok(committed)) if made == committed);
    if !same {
        println!("{TYPES} is not what crosses to the window. Write it anew: cargo xtask types");
    }
    Ok(Count::one(ended.succeeded && same))
}

/// Returns the tracked files, or all files where git can't tell which are tracked.
fn source_files() -> Result<Vec<PathBuf>, String> {
    let root = workspace();
    let listed = answer("git", &["-C", &root.to_string_lossy(), "ls-files", "-z"]);
    match &listed {
        Some(list) => Ok(list
            .split_terminator('\0')
            .map(|file| root.join(file))
            .collect()),
        None => files_below(&root),
    }
}

/// Looks for local paths in the source.
fn own_paths() -> Result<Count, String> {
    let root = workspace();
    let mut found = 0;
    for path in source_files()? {
        // Images aren't text, and a file may be deleted before its removal is committed.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let file = path.strip_prefix(&root).unwrap_or(&path).display();
        for (number, line) in text.lines().enumerate() {
            if names_a_place(line, &root) {
                found += 1;
                println!("{file}:{}: a place of one computer: {line}", number + 1);
            }
        }
    }
    Ok(Count::one(found == 0))
}

/// Generated folders.
const MADE: [&str; 6] = [
    ".git",
    ".xtask",
    "autogenerated",
    "gen",
    "node_modules",
    "target",
];

/// Returns the files of a folder and its subfolders, except generated ones.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error| format!("{} can't be read: {error}.", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let is_made = MADE.iter().any(|name| *name == entry.file_name());
        if !entry.file_type().map_err(unreadable)?.is_dir() {
            files.push(entry.path());
        } else if !is_made {
            files.extend(files_below(&entry.path())?);
        }
    }
    Ok(files)
}

/// Returns whether a line names somebody's home folder, or this very folder.
fn names_a_place(line: &str, workspace: &Path) -> bool {
    // Written in two pieces, or this file would find itself.
    let homes = [
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/ro", "ot/"),
        concat!("\\Us", "ers\\"),
    ];
    let workspace = workspace.to_string_lossy();
    // After a folder's name or a dot, it's a folder of that name in the workspace.
    let is_whole = |at: usize| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|before| before != '.' && !before.is_alphanumeric())
    };
    let named = |home: &str| line.match_indices(home).any(|(at, _)| is_whole(at));
    homes.into_iter().any(named) || (workspace.len() > 1 && line.contains(&*workspace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_folder_is_a_place_and_an_address_is_none() {
        let here = Path::new("/builds/project");

        assert!(names_a_place(concat!("see /ho", "me/someone/notes"), here));
        assert!(names_a_place("cd /builds/project", here));
        assert!(!names_a_place("import '../home/home.js'", here));
        assert!(!names_a_place("ui/home/home.css", here));
        assert!(!names_a_place(
            "https://example.com/accounts/1/realms",
            here
        ));
    }
}
