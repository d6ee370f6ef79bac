//! Generates the functions with which the window calls the commands.

use std::fmt::Write as _;

use super::read::{Argument, Command, Kind, Window, camel};
use super::types::Shape;

/// The files with the functions of all windows.
pub(super) const FILES: [&str; 2] = ["ui/ipc/commands.js", "ui/ipc/trainer-commands.js"];

const HEAD: &str = "\
// Written by `cargo xtask commands`: a function for each command of the app.

/**
 * A command that fails rejects with a `Failure`. One that takes a signal is canceled by it.
 *
 * @import * as Wire from './types.js'
 */
";

/// Maximum line length.
const WIDTH: usize = 110;

/// Returns the file of a window.
pub(super) fn file(window: Window) -> &'static str {
    match window {
        Window::Main => FILES[0],
        Window::Trainer => FILES[1],
    }
}

pub(super) fn text(commands: &[Command], window: Window) -> String {
    let own = commands.iter().filter(|command| command.window() == window);
    let imported = match window {
        Window::Main => "call, callToTheEnd, cancellable, channel",
        Window::Trainer => "call",
    };
    let mut text = format!("{HEAD}import {{ {imported} }} from './invoke.js'\n");
    for command in own {
        let _ = write!(text, "\n{}{}", comment(command), function(command));
    }
    text
}

/// Returns whether a text contains this whole word.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    let outside = |letter: Option<char>| {
        letter.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_' && letter != '$')
    };
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        outside(before.chars().next_back()) && outside(after.chars().next())
    })
}

fn comment(command: &Command) -> String {
    let mut lines = wrapped(&command.about);
    lines.push(String::new());
    for Argument { key, kind } in &command.arguments {
        match kind {
            Kind::Value(_, Shape::Operation) => {}
            Kind::Value(ty, Shape::Cancelable) => {
                lines.push(format!("@param {{Omit<{ty}, 'operation'>}} {}", camel(key)));
            }
            Kind::Value(ty, Shape::Plain) => lines.push(format!("@param {{{ty}}} {}", camel(key))),
            Kind::Channel(ty) => {
                lines.push(format!(
                    "@param {{(message: {ty}) => void}} {}",
                    listener(key)
                ));
            }
        }
    }
    if is_cancelable(command) {
        lines.push("@param {AbortSignal} signal".to_owned());
    }
    lines.push(format!("@returns {{Promise<{}>}}", command.returns));
    let lines: Vec<String> = lines.iter().map(|line| format!(" * {line}")).collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    format!("/**\n{}\n */\n", lines.join("\n"))
}

/// Wraps a text for a comment.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(last) if last.len() + word.len() + 4 <= WIDTH => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

fn function(command: &Command) -> String {
    let mut takes = Vec::new();
    let mut gives = Vec::new();
    for Argument { key, kind } in &command.arguments {
        let name = camel(key);
        match kind {
            Kind::Value(_, Shape::Operation) => gives.push(format!("{key}: {{ operation }}")),
            Kind::Value(_, Shape::Cancelable) => {
                gives.push(format!("{key}: {{ operation, ...{name} }}"));
                takes.push(name);
            }
            Kind::Value(..) if *key == name => {
                gives.push(name.clone());
                takes.push(name);
            }
            Kind::Value(..) => {
                gives.push(format!("{key}: {name}"));
                takes.push(name);
            }
            Kind::Channel(_) => {
                gives.push(format!("{key}: channel({})", listener(key)));
                takes.push(listener(key));
            }
        }
    }
    if is_cancelable(command) {
        takes.push("signal".to_owned());
    }
    let gives = if gives.is_empty() {
        String::new()
    } else {
        format!(", {{ {} }}", gives.join(", "))
    };
    let call = if answers_all(command) {
        "callToTheEnd"
    } else {
        "call"
    };
    let call = format!("{call}('{}'{gives})", command.name);
    let head = format!(
        "export const {} = ({}) =>",
        command.function(),
        takes.join(", ")
    );
    if is_cancelable(command) {
        let start = "  cancellable(signal, (operation) =>";
        let gap = if start.len() + call.len() + 2 > WIDTH {
            "\n    "
        } else {
            " "
        };
        format!("{head}\n{start}{gap}{call})\n")
    } else if head.len() + 1 + call.len() > WIDTH {
        format!("{head}\n  {call}\n")
    } else {
        format!("{head} {call}\n")
    }
}

/// Returns the name of the callback for a channel's messages.
fn listener(key: &str) -> String {
    camel(&format!("on_{key}"))
}

fn is_cancelable(command: &Command) -> bool {
    command.arguments.iter().any(|argument| {
        matches!(
            argument.kind,
            Kind::Value(_, Shape::Cancelable | Shape::Operation)
        )
    })
}

/// Returns whether the response contains everything that the progress reported. A response without
/// a value doesn't, so its messages count.
fn answers_all(command: &Command) -> bool {
    let progress = |argument: &Argument| {
        argument.key == "progress" && matches!(argument.kind, Kind::Channel(_))
    };
    command.returns != "void" && command.arguments.iter().any(progress)
}
