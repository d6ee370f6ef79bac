//! Generates the capability, which permits the window to call each command by name.

use super::read::Command;

pub(super) const FILE: &str = "src-tauri/capabilities/main.json";

const HEAD: &str = r#"{
  "identifier": "main",
  "description": "What the one window may call: each command by its name. Written by cargo xtask commands.",
  "windows": [
    "main"
  ],
  "permissions": [
"#;

pub(super) fn text(commands: &[Command]) -> String {
    let mut permissions: Vec<String> = (commands.iter())
        .map(|command| format!("    \"allow-{}\"", command.name.replace('_', "-")))
        .collect();
    permissions.sort();
    format!("{HEAD}{}\n  ]\n}}\n", permissions.join(",\n"))
}
