//! Checks the rules of wording against the tables of everything that the window and `explain` can
//! say.

use std::fs;
use std::path::Path;

use crate::count::Count;
use crate::step_report::report;
use crate::steps::{Ended, workspace};

use super::source_files;

mod words;

/// A text's role on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Button,
    Heading,
    Hint,
    Label,
    Text,
}

/// A row of a table: the name of a text, and what it says.
#[derive(Debug, PartialEq, Eq)]
struct Row<'a> {
    name: &'a str,
    role: Role,
    text: &'a str,
}

/// Maximum length of a heading, a button, and a hint: longer ones wrap.
const HEADING: usize = 60;
const BUTTON: usize = 32;
const HINT: usize = 90;

/// Maximum number of words of a sentence: longer ones have to be read twice.
const SENTENCE: usize = 25;

/// Text that is typed into a CSV cell exactly like this.
const LITERALS: [&str; 2] = ["\"\"", "=\"…\""];

/// Checks all tables of texts.
pub(super) fn run() -> Result<Count, String> {
    let root = workspace();
    let mut found = Vec::new();
    for path in source_files()? {
        let file = path.strip_prefix(&root).unwrap_or(&path);
        if !is_table(file) {
            continue;
        }
        let table =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", file.display()))?;
        for (number, row) in (1..).zip(table.lines().map(row)) {
            let faults = row.iter().flat_map(faults);
            found.extend(faults.map(|fault| format!("{}:{number}: {fault}", file.display())));
        }
    }
    let ended = Ended {
        succeeded: found.is_empty(),
        output: found.join("\n"),
    };
    report("texts", &ended);
    Ok(Count::one(ended.succeeded))
}

/// Returns whether a file is a table of texts.
fn is_table(file: &Path) -> bool {
    let is_markdown = file.extension().is_some_and(|extension| extension == "md");
    is_markdown
        && (file.starts_with("ui/texts") || file.starts_with("src-tauri/crates/explain/src"))
}

/// Parses a row of a table: a name in code, an optional role, and a text.
fn row(line: &str) -> Option<Row<'_>> {
    let cells = line.strip_prefix("| `")?.strip_suffix(" |")?;
    let (name, rest) = cells.split_once("` | ")?;
    let roles = [
        ("button | ", Role::Button),
        ("heading | ", Role::Heading),
        ("hint | ", Role::Hint),
        ("label | ", Role::Label),
        ("text | ", Role::Text),
    ];
    let of_role = roles
        .into_iter()
        .find_map(|(cell, role)| rest.strip_prefix(cell).map(|text| (role, text)));
    let (role, text) = of_role.unwrap_or((Role::Text, rest));
    Some(Row { name, role, text })
}

/// Returns a sentence for each rule that a text breaks.
fn faults(row: &Row<'_>) -> Vec<String> {
    let Row { name, role, text } = *row;
    let mut faults = Vec::new();
    let mut fault = |what: &str| faults.push(format!("{what}: {name}: {text}"));
    let typed = LITERALS
        .iter()
        .fold(text.to_owned(), |text, literal| text.replace(literal, ""));
    if own_words(&typed).any(|words| words.contains(['\'', '"'])) {
        fault("a straight quote or apostrophe");
    }
    if let Some(sentence) = sentences(text).find(|sentence| words::count(sentence) > SENTENCE) {
        fault(&format!("a sentence of {} words", words::count(sentence)));
    }
    let letters = text.chars().count();
    match role {
        Role::Heading if letters > HEADING => fault("a heading of more than 60 letters"),
        Role::Button if letters > BUTTON => fault("a button of more than 32 letters"),
        Role::Hint if letters > HINT => fault("a hint of more than 90 letters"),
        Role::Button | Role::Heading | Role::Hint | Role::Label | Role::Text => (),
    }
    let is_short = matches!(role, Role::Button | Role::Heading | Role::Label);
    if is_short && text.ends_with('.') {
        fault("a full stop at the end");
    }
    if is_short && words::capital(text).is_some() {
        fault("a capital letter within");
    }
    if role == Role::Button && !words::begins_with_verb(text) {
        fault("a button without a verb of the table");
    }
    faults
}

/// Returns a text without its quotes, which follow no rules.
fn own_words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split('“');
    parts.map(|part| part.split_once('”').map_or(part, |(_, behind)| behind))
}

/// Splits a text into its sentences; causes, buttons, and what to do next stand in lines of their own.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let ends = [". ", "? ", "! ", ": ", ".” "];
    let lines = text.split("<br>");
    lines.flat_map(move |line| {
        let mut rest = Some(line);
        std::iter::from_fn(move || {
            let line = rest?;
            let end = ends
                .iter()
                .filter_map(|end| line.find(end).map(|at| at + end.len()))
                .min();
            let (sentence, after) = end.map_or((line, None), |at| (&line[..at], Some(&line[at..])));
            rest = after;
            Some(sentence)
        })
    })
}

#[cfg(test)]
mod tests;
