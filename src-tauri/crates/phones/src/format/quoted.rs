//! Formats with quoted values: option lines, commands, and SQL.

use super::{all_fits, fitting};
use crate::phone::Value;
use crate::refusal::{Cause, Refusal};
use crate::settings::Entry;

/// Maximum length of a line that baresip reads, in bytes.
const BARESIP_LINE: usize = 511;

/// Maximum length of a line that pjsua reads, in bytes.
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
    all_fits(entries, text.len(), BARESIP_LINE)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// One option per line. A value is quoted with a quotation mark that it doesn't contain. A `#` at its
/// start ends the line even within quotes.
pub(super) fn pjsua(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut text = String::new();
    for entry in entries {
        if entry.text.starts_with('#') {
            return Err(entry.refuse(Cause::Start('#')));
        }
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
        let around = line.len() - entry.text.len();
        let room = PJSUA_LINE.saturating_sub(around);
        if let Some(fitting) = fitting(&entry.text, room, char::len_utf8) {
            return Err(entry.too_long(fitting));
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

/// A row of `OpenSIPS`, which takes 34 characters that begin with `0x` for a hash.
pub(super) fn registrant(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let looks_hashed = |entry: &&Entry| {
        entry.about == Value::Password && entry.text.len() == 34 && entry.text.starts_with("0x")
    };
    if let Some(entry) = entries.iter().find(looks_hashed) {
        return Err(entry.refuse(Cause::LooksEncrypted));
    }
    sql("registrant", entries)
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
