//! Limits on the length of test names and files, so that they can be skimmed.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::count::Count;
use crate::step_report::report;
use crate::steps::{Ended, workspace};

use super::source_files;

/// The length at which a name is too long: longer ones wrap in the output of a failing run.
const TOO_LONG: usize = 60;

/// The maximum number of lines of a file: with more, it does more than one thing.
const MOST_LINES: usize = 400;

/// Files that may be longer. `cargo xtask commands` writes a function for each command of the app,
/// and the window imports all of them from one place.
const GENERATED: [&str; 1] = ["ui/ipc/commands.js"];

/// Reads the names of all tests, and counts the lines of all source files.
pub(super) fn run() -> Result<Count, String> {
    let root = workspace();
    let mut found = Vec::new();
    for path in source_files()? {
        let extension = path.extension().and_then(OsStr::to_str);
        let name: fn(&str) -> Option<&str> = match extension {
            Some("rs") => function,
            Some("js") if path.to_string_lossy().ends_with(".test.js") => title,
            Some("js" | "css" | "html") => |_| None,
            Some(_) | None => continue,
        };
        // A file may be gone before its removal is committed.
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let file = path.strip_prefix(&root).unwrap_or(&path);
        let shown = file.display();
        if is_too_long(&text)
            && !GENERATED
                .iter()
                .any(|generated| file == Path::new(generated))
        {
            let lines = text.lines().count();
            found.push(format!("{shown}: {lines} lines, of at most {MOST_LINES}"));
        }
        let names = long_names(&text, name);
        found.extend(names.map(|(line, name)| {
            format!("{shown}:{line}: a name of {TOO_LONG} letters or more: {name}")
        }));
    }
    let ended = Ended {
        succeeded: found.is_empty(),
        output: found.join("\n"),
    };
    report("limits", &ended);
    Ok(Count::one(ended.succeeded))
}

fn is_too_long(text: &str) -> bool {
    text.lines().nth(MOST_LINES).is_some()
}

/// Returns the names that are too long, each with the number of its line.
fn long_names(text: &str, name: fn(&str) -> Option<&str>) -> impl Iterator<Item = (usize, &str)> {
    let names = (1..).zip(text.lines().map(name));
    names.filter_map(|(number, name)| {
        let name = name?;
        (name.chars().count() >= TOO_LONG).then_some((number, name))
    })
}

/// Returns the name of the function that begins in a line of Rust.
fn function(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let begins = before
        .split_whitespace()
        .all(|word| matches!(word, "async" | "const" | "unsafe") || word.starts_with("pub"));
    let ends = after.find(|letter: char| letter != '_' && !letter.is_alphanumeric())?;
    begins.then_some(&after[..ends])
}

/// Returns the title of the test that begins in a line of JavaScript.
fn title(line: &str) -> Option<&str> {
    let calls = ["describe(", "it(", "test("];
    let title = calls
        .into_iter()
        .find_map(|call| line.trim_start().strip_prefix(call))?;
    let quote = title.chars().next()?;
    title.strip_prefix(['\'', '"', '`'])?.split(quote).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_of_more_than_400_lines_is_too_long() {
        assert!(!is_too_long(&"line\n".repeat(400)));
        assert!(is_too_long(&"line\n".repeat(401)));
    }

    #[test]
    fn long_function_names_are_found_with_their_lines() {
        let (longest, too_long) = ("a".repeat(59), "b".repeat(60));
        let text = format!(
            "fn {longest}() {{}}\n    async fn {too_long}() {{\n\
             let text = \"fn {too_long}()\";\npub(crate) fn {too_long}<T>() {{\n"
        );

        let found: Vec<_> = long_names(&text, function).collect();

        assert_eq!(found, [(2, &*too_long), (4, &*too_long)]);
    }

    #[test]
    fn long_titles_are_found_in_every_kind_of_quotes() {
        let (longest, too_long) = ("a".repeat(59), "é".repeat(60));
        let text = format!(
            "test('{longest}', () => {{\n  test(`{too_long}`, async () => {{\n\
             it(\"{too_long}\", () => {{\ntest(titles.of('{too_long}'))\n"
        );

        let found: Vec<_> = long_names(&text, title).collect();

        assert_eq!(found, [(2, &*too_long), (3, &*too_long)]);
    }
}
