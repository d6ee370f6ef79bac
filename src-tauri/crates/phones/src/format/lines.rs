//! Line-based formats without quoting: characters that would end a value are refused.

use super::{all_fits, fanvil_version};
use crate::refusal::{Cause, Refusal};
use crate::settings::Entry;

/// Maximum length of the keyword that `SIPp` answers a challenge with, in bytes.
const SIPP_KEYWORD: usize = 256;

/// `key = value` up to the end of the line, after a first line that identifies the format.
pub(super) fn yealink(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut text = String::from("#!version:1.0.0.1\n");
    for entry in entries {
        // This word clears a setting.
        if entry.text.as_str() == "%NULL%" {
            return Err(entry.refuse(Cause::Character('%')));
        }
        text.push_str(entry.key);
        text.push_str(" = ");
        text.push_str(&entry.text);
        text.push('\n');
    }
    Ok(text.into_bytes())
}

/// `name :value` up to the line's end, in the module for SIP.
pub(super) fn fanvil(entries: &[Entry]) -> Vec<u8> {
    let version = fanvil_version(entries);
    let mut text = format!("<<VOIP CONFIG FILE>>Version:{version}\r\n\r\n<SIP CONFIG MODULE>\r\n");
    for entry in entries {
        text.push_str(entry.key);
        text.push_str(" :");
        text.push_str(&entry.text);
        text.push_str("\r\n");
    }
    text.push_str("\r\n<<END OF FILE>>\r\n");
    text.into_bytes()
}

/// `key=value` with semicolons between, doubled within a value.
pub(super) fn sipnetic(entries: &[Entry]) -> Vec<u8> {
    let mut text = String::new();
    for entry in entries {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(entry.key);
        text.push('=');
        text.push_str(&entry.text.replace(';', ";;"));
    }
    text.into_bytes()
}

/// A row of fields, each followed by a semicolon. One of them is the keyword that answers
/// challenges, in which a blank or a bracket ends a value, `\x` starts a byte, and non-ASCII
/// characters get lost.
pub(super) fn sipp(entries: &[Entry]) -> Result<Vec<u8>, Refusal> {
    let mut text = String::from("SEQUENTIAL\n");
    let mut keyword = Vec::new();
    for entry in entries {
        let odd = |letter: &char| !letter.is_ascii_graphic() || ";[]\"\\".contains(*letter);
        if let Some(odd) = entry.text.chars().find(odd) {
            return Err(entry.refuse(Cause::Character(odd)));
        }
        if let Some(key) = entry.key.strip_prefix("authentication/") {
            keyword.push(format!(" {key}={}", entry.text.as_str()));
        } else {
            text.push_str(&entry.text);
            text.push(';');
        }
    }
    let keyword = format!("authentication{}", keyword.concat());
    all_fits(entries, keyword.len(), SIPP_KEYWORD)?;
    text.extend(["[", &keyword, "];\n"]);
    Ok(text.into_bytes())
}
