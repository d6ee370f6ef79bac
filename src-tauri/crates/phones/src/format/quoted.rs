//! Formats with quoted values: option lines, commands, and SQL.

use crate::refusal::{Cause, Refusal};
use crate::settings::Entry;

/// Maximum length of a line that pjsua reads, in characters.
const PJSUA_LINE: usize = 199;

/// The address, then `;key=value`. Quotes are dropped, and nothing inside them is unescaped.
pub(super) fn baresip(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut text = String::new();
    for entry in entries {
        if entry.text.contains('"') {
            return Err(entry.refuse(Cause::Character('"')));
        }
        if entry.text.ends_with('\\') {
            return Err(entry.refuse(Cause::End('\\')));
        }
        if entry.key == "address" {
            text.push_str(&entry.text);
            continue;
        }
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "@._-".contains(letter);
        let quote = if entry.text.chars().all(plain) {
            ""
        } else {
            "\""
        };
        text.extend([";", entry.key, "=", quote, &entry.text, quote]);
    }
    text.push('\n');
    Ok(text.into_bytes())
}

/// One option per line. A value is quoted with a quotation mark that it doesn't contain.
pub(super) fn pjsua(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut text = String::new();
    for entry in entries {
        let line = if entry.text.is_empty() {
            entry.key.to_owned()
        } else {
            let quote = match (entry.text.contains('"'), entry.text.contains('\'')) {
                (false, _) => '"',
                (true, false) => '\'',
                (true, true) => return Err(entry.refuse(Cause::BothQuotes)),
            };
            format!("{} {quote}{}{quote}", entry.key, entry.text.as_str())
        };
        if line.len() > PJSUA_LINE {
            let around = line.len() - entry.text.len();
            return Err(entry.refuse(Cause::TooLong(PJSUA_LINE - around)));
        }
        text.push_str(&line);
        text.push('\n');
    }
    Ok(text.into_bytes())
}

/// Words of a POSIX shell. A key that starts with a minus is written before its value.
pub(super) fn shell(entries: &[Entry]) -> Vec<u8> {
    let mut words = Vec::new();
    for entry in entries {
        if entry.key.starts_with('-') {
            words.push(entry.key.to_owned());
        }
        if !entry.text.is_empty() {
            words.push(shell_word(&entry.text));
        }
    }
    let mut text = words.join(" ");
    text.push('\n');
    text.into_bytes()
}

/// Quotes a word if a shell could interpret it (POSIX 2.2.2).
fn shell_word(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".:_-/".contains(letter);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// One row. Quotes are doubled; a backslash is refused, because databases treat it differently.
pub(super) fn sql(table: &str, entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    if let Some(entry) = entries.iter().find(|entry| entry.text.contains('\\')) {
        return Err(entry.refuse(Cause::Character('\\')));
    }
    let columns: Vec<&str> = entries.iter().map(|entry| entry.key).collect();
    let values: Vec<String> = (entries.iter())
        .map(|entry| format!("'{}'", entry.text.replace('\'', "''")))
        .collect();
    let row = format!(
        "INSERT INTO {table} ({})\nVALUES ({});\n",
        columns.join(", "),
        values.join(", ")
    );
    Ok(row.into_bytes())
}
