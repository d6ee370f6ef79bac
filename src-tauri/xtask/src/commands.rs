//! `cargo xtask commands`: generates everything that depends on the functions with `#[command]`.
//!
//! These functions, in `src-tauri/src/commands`, are the only list of what the window can call.
//! Generated from them are the list of handlers, which `build.rs` reads too; a capability for each
//! window, which permits it to call its commands and no others; and the functions with which a
//! window calls them, including their types. The module `trainer` is for the trainer's panel, all
//! others are for the main window. All files are committed, and `cargo xtask test lint` checks that
//! they are up to date.
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "Rust has more syntax than a command uses"
)]

mod capability;
mod handlers;
mod read;
mod types;
mod window;

use std::fs;
use std::path::Path;

use crate::count::Count;
use crate::steps::workspace;
use read::{Command, Source, Window};
use types::Types;

/// The commands' folder.
const COMMANDS: &str = "src-tauri/src/commands";
/// The window's types.
const TYPES: &str = "ui/ipc/types.d.ts";
/// The window's files.
const WINDOW: &str = "ui";

/// Writes the files derived from the commands.
pub(crate) fn write() -> Result<(), String> {
    for (path, text) in derive(&workspace()).map_err(|problems| problems.join("\n"))? {
        let written = fs::write(workspace().join(path), text);
        written.map_err(|error| format!("{path} can't be written: {error}."))?;
    }
    Ok(())
}

/// Compares the committed files with the derived ones.
pub(crate) fn check() -> Result<Count, String> {
    let mut problems = match derive(&workspace()) {
        Ok(files) => differences(&workspace(), &files),
        Err(problems) => problems,
    };
    problems.extend(uncalled(&workspace())?);
    for problem in &problems {
        println!("{problem}");
    }
    Ok(Count::one(problems.is_empty()))
}

/// Returns each derived file with its text, or all problems of the commands.
fn derive(workspace: &Path) -> Result<[(&'static str, String); 5], Vec<String>> {
    type Text = fn(&[Command], Window) -> String;
    let commands = commands(workspace)?;
    let of = |window, file: fn(Window) -> &'static str, text: Text| {
        (file(window), text(&commands, window))
    };
    Ok([
        (handlers::FILE, handlers::text(&commands)),
        of(Window::Main, capability::file, capability::text),
        of(Window::Trainer, capability::file, capability::text),
        of(Window::Main, window::file, window::text),
        of(Window::Trainer, window::file, window::text),
    ])
}

fn commands(workspace: &Path) -> Result<Vec<Command>, Vec<String>> {
    let alone = |problem| vec![problem];
    let types = Types::parse(&text(&workspace.join(TYPES)).map_err(alone)?);
    let sources = files(workspace, COMMANDS, "rs").map_err(alone)?;
    read::commands(&sources, &types)
}

/// Returns a sentence for each outdated file.
fn differences(workspace: &Path, files: &[(&str, String)]) -> Vec<String> {
    let differs = |(path, derived): &&(&str, String)| {
        fs::read_to_string(workspace.join(path)).ok().as_ref() != Some(derived)
    };
    let sentence = |(path, _): &(&str, String)| {
        format!("{path} doesn't fit the commands. Write it anew: cargo xtask commands")
    };
    files.iter().filter(differs).map(sentence).collect()
}

/// Returns a sentence for each command that no screen calls.
fn uncalled(workspace: &Path) -> Result<Vec<String>, String> {
    // Problems of the commands themselves were reported before.
    let Ok(commands) = commands(workspace) else {
        return Ok(Vec::new());
    };
    let mut screens = files(workspace, WINDOW, "js")?;
    screens.retain(|source| !window::FILES.contains(&source.path.as_str()));
    let calls = |command: &Command| {
        let (function, name) = (command.function(), format!("'{}'", command.name));
        let called = |source: &Source| {
            source.text.contains(&name) || window::has_word(&source.text, &function)
        };
        screens.iter().any(called)
    };
    let sentence = |command: &Command| {
        let Command { file, name, .. } = command;
        format!("{file}: no screen calls the command '{name}'.")
    };
    Ok((commands.iter())
        .filter(|command| !calls(command))
        .map(sentence)
        .collect())
}

/// Reads all files with this extension in a folder and its subfolders, sorted by path.
fn files(workspace: &Path, folder: &str, ending: &str) -> Result<Vec<Source>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(workspace.join(&folder))
            .map_err(|error| format!("{folder} can't be read: {error}."))?;
        for entry in entries.flatten() {
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let place = entry.path();
            if place.is_dir() {
                folders.push(path);
            } else if place.extension().is_some_and(|is| is == ending) {
                let text = text(&place)?;
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))
}

#[cfg(test)]
mod tests;
