//! Generates the list of handlers, as a call of a macro defined by the file that includes it.

use std::fmt::Write as _;

use super::read::Command;

pub(super) const FILE: &str = "src-tauri/src/command_list.rs";

const HEAD: &str = "\
// Written by `cargo xtask commands`: every command of the window, by its module. It is included by
// lib.rs, which lists what runs them, and by build.rs, which names them to Tauri.
commands![
";

pub(super) fn text(commands: &[Command]) -> String {
    let mut text = HEAD.to_owned();
    for Command { module, name, .. } in commands {
        let _ = writeln!(text, "    {module}::{name},");
    }
    text + "]\n"
}
