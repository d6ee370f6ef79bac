//! Formats with sections of `key = value`.

use super::fitting;
use crate::phone::Value;
use crate::refusal::{Cause, Refusal};
use crate::settings::Entry;

/// Maximum number of UTF-16 units read from a value in `microsip.ini`; a password may have more.
const MICROSIP_VALUE: usize = 254;

/// Number of hexadecimal digits from which a password in `microsip.ini` may be mistaken for an
/// encrypted one.
const MICROSIP_ENCRYPTED: usize = 16;

/// `section/key` in sections. A `;` starts a comment unless preceded by a backslash.
pub(super) fn asterisk(entries: &[Entry]) -> Vec<u8> {
    let text = sections(entries, "\n", |entry| {
        format!(" = {}", entry.text.replace(';', "\\;"))
    });
    text.into_bytes()
}

/// `section/key` in sections, as Windows reads an INI file: one pair of quotes around each value is
/// dropped, so blanks and quotes inside are preserved. Windows' own reader accepts characters
/// outside the system's code page only in UTF-16.
pub(super) fn microsip(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    for entry in entries {
        if entry.about == Value::Password {
            let hexadecimal = entry.text.chars().all(|letter| letter.is_ascii_hexdigit());
            if hexadecimal && entry.text.len() >= MICROSIP_ENCRYPTED {
                return Err(entry.refuse(Cause::LooksEncrypted));
            }
        } else if let Some(fitting) = fitting(&entry.text, MICROSIP_VALUE, char::len_utf16) {
            return Err(entry.too_long(fitting));
        }
    }
    let text = sections(entries, "\r\n", |entry| {
        let number = entry.text.chars().all(|letter| letter.is_ascii_digit());
        let quote = if number { "" } else { "\"" };
        format!("={quote}{}{quote}", entry.text.as_str())
    });
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    Ok(units.flat_map(u16::to_le_bytes).collect())
}

/// Writes sections with an empty line between them.
fn sections(entries: &[Entry], end: &str, value: impl Fn(&Entry) -> String) -> String {
    let mut text = String::new();
    let mut current = "";
    for entry in entries {
        let (section, key) = entry.key.split_once('/').unwrap_or(("", entry.key));
        if section != current {
            if !text.is_empty() {
                text.push_str(end);
            }
            text.extend(["[", section, "]", end]);
            current = section;
        }
        text.push_str(key);
        text.push_str(&value(entry));
        text.push_str(end);
    }
    text
}
