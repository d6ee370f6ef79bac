//! The checks that read the source rather than run it.

mod arrows;
mod crates;
mod keys;
mod workflows;

use std::fs;
use std::path::Path;

use crate::commands;
use crate::count::Count;
use crate::fuzz::corpus;
use crate::groups::{FEATURES, report};
use crate::licenses;
use crate::steps::{self, Ended, answer, capture, cargo, workspace};

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
        types()?,
        commands::check()?,
        licenses::check()?,
        places()?,
        arrows::run()?,
        workflows::run()?,
        keys::run()?,
        crates::run()?,
        corpus::check()?,
    ];
    Ok(counts.into_iter().sum())
}

fn step(name: &str, arguments: &[&str]) -> Result<Count, String> {
    let ended = capture(name, &mut cargo(arguments))?;
    report(name, &ended);
    Ok(Count::one(ended.succeeded))
}

/// Where the window's types are committed.
const TYPES: &str = "ui/ipc/types.d.ts";

/// Writes the window's types anew where they are committed.
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

/// Writes all of the window's types into a folder that nothing is committed of: a test that runs alone
/// would write its own type in place of all.
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

/// Compares the window's types, made anew, with those that are committed.
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

/// Looks for places of somebody's own computer in the tracked files.
fn places() -> Result<Count, String> {
    let root = workspace();
    let files = answer("git", &["-C", &root.to_string_lossy(), "ls-files"])
        .ok_or("git cannot list the tracked files.")?;
    let mut found = 0;
    for file in files.lines() {
        // Pictures and icons are no text, and a file may be gone before its removal is committed.
        let Ok(text) = fs::read_to_string(root.join(file)) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            if names_a_place(line, &root) {
                found += 1;
                println!("{file}:{}: a place of one computer: {line}", number + 1);
            }
        }
    }
    Ok(Count::one(found == 0))
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
    homes.iter().any(|home| line.contains(home))
        || (workspace.len() > 1 && line.contains(&*workspace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_folder_is_a_place_and_an_address_is_none() {
        let here = Path::new("/builds/project");

        assert!(names_a_place(concat!("see /ho", "me/someone/notes"), here));
        assert!(names_a_place("cd /builds/project", here));
        assert!(!names_a_place(
            "https://example.com/accounts/1/realms",
            here
        ));
    }
}
