//! Generates the capabilities, which permit each window to call its commands by name.

use super::read::Command;

use super::read::Window;

/// Returns the file of a window's capability.
pub(super) fn file(window: Window) -> &'static str {
    match window {
        Window::Main => "src-tauri/capabilities/main.json",
        Window::Trainer => "src-tauri/capabilities/trainer.json",
    }
}

pub(super) fn text(commands: &[Command], window: Window) -> String {
    let name = match window {
        Window::Main => "main",
        Window::Trainer => "trainer",
    };
    let mut permissions: Vec<String> = (commands.iter())
        .filter(|command| command.window() == window)
        .map(|command| format!("    \"allow-{}\"", command.name.replace('_', "-")))
        .collect();
    permissions.sort();
    let permissions = permissions.join(",\n");
    format!(
        r#"{{
  "identifier": "{name}",
  "description": "What this window may call: each command by its name. Written by cargo xtask commands.",
  "windows": [
    "{name}"
  ],
  "permissions": [
{permissions}
  ]
}}
"#
    )
}
