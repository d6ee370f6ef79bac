//! Recognizes secrets by their form, whoever they belong to: digits of hashes, passwords in URLs,
//! and whatever follows the name of a scheme or a field.

use std::ops::Range;

use super::view::View;

/// The length of an MD5 hash in hexadecimal digits.
const HASH: usize = 32;

/// Minimum length of a token after `Bearer` in the middle of a sentence.
const SHORTEST_TOKEN: usize = 16;

/// Fields whose value is always a secret.
const FIELDS: [&str; 9] = [
    "access_token",
    "auth_token",
    "client_secret",
    "id_token",
    "refresh_token",
    "sip_auth_password",
    "sipauthpassword",
    "accesstoken",
    "clientsecret",
];

/// Returns whether a text can't contain anything in the form of a secret, because it lacks what
/// each form needs.
pub(super) fn are_impossible(text: &[u8]) -> bool {
    let mut run = 0;
    for byte in text {
        if b":%&\\=".contains(byte) {
            return false;
        }
        let in_run = byte.is_ascii_alphanumeric() || b"+/-_".contains(byte);
        run = if in_run { run + 1 } else { 0 };
        if run >= HASH {
            return false;
        }
    }
    let schemes = [&b"basic"[..], b"bearer"];
    let lower = text.to_ascii_lowercase();
    schemes
        .iter()
        .all(|scheme| position(&lower, 0, scheme).is_none())
}

/// Returns everything in a view that has the form of a secret, as ranges of the original text. If a
/// secret is omitted there, the range is empty.
pub(super) fn places(view: &View) -> Vec<Range<usize>> {
    let lower = view.bytes.to_ascii_lowercase();
    let mut found = hashes(view);
    found.extend(passwords(&view.bytes, &lower));
    found.extend(sign_ins(&view.bytes, &lower));
    found.extend(fields(&view.bytes, &lower));
    found.into_iter().map(|part| view.source(part)).collect()
}

/// Returns whether there is a run of digits at least as long as a hash.
pub(super) fn has_hash(view: &View) -> bool {
    !hashes(view).is_empty()
}

/// Returns the positions of the passwords in a view's URLs, including empty ones.
pub(super) fn passwords_of(view: &View) -> Vec<Range<usize>> {
    let lower = view.bytes.to_ascii_lowercase();
    let found = passwords(&view.bytes, &lower);
    found.into_iter().map(|part| view.source(part)).collect()
}

fn hashes(view: &View) -> Vec<Range<usize>> {
    let mut runs = view.runs(|byte| byte.is_ascii_hexdigit());
    runs.retain(|run| run.len() >= HASH);
    runs
}

/// Finds the password in each URL that has one: `sip:bob:secret@host` (RFC 3261 section 19.1.1),
/// `https://bob:secret@host` (RFC 3986 section 3.2.1). It may contain a comma, a semicolon or a
/// quote; a comma followed by another URL ends it.
fn passwords(bytes: &[u8], lower: &[u8]) -> Vec<Range<usize>> {
    const BEFORE: [&[u8]; 3] = [b"sip:", b"sips:", b"://"];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = (BEFORE.iter())
        .filter_map(|before| Some(position(lower, from, before)? + before.len()))
        .min()
    {
        from = start;
        let mut end = start;
        while let Some(byte) = bytes.get(end) {
            let ends = byte.is_ascii_whitespace() || b"<>\"".contains(byte);
            let next = *byte == b',' && begins_address(&lower[end + 1..]);
            if ends || (next && !awaits_password(&bytes[start..end])) {
                break;
            }
            end += 1;
        }
        let Some(at) = bytes[start..end].iter().rposition(|byte| *byte == b'@') else {
            continue;
        };
        let user = &bytes[start..start + at];
        if let Some(colon) = user.iter().position(|byte| *byte == b':') {
            found.push(start + colon + 1..start + at);
            from = start + at;
        }
    }
    found
}

/// Returns whether a colon was seen that isn't followed by a port, and no `@` yet.
fn awaits_password(address: &[u8]) -> bool {
    let colon = address.iter().position(|byte| *byte == b':');
    !address.contains(&b'@')
        && colon.is_some_and(|colon| {
            let port = address[colon + 1..].split(|byte| *byte == b';').next();
            port.is_some_and(|port| !port.iter().all(u8::is_ascii_digit))
        })
}

fn begins_address(lower: &[u8]) -> bool {
    let behind_name = lower.strip_prefix(b"<").unwrap_or(lower);
    let schemes: [&[u8]; 4] = [b"sip:", b"sips:", b"http://", b"https://"];
    schemes.iter().any(|scheme| behind_name.starts_with(scheme))
}

/// Finds what follows `Basic` (RFC 7617) and `Bearer` (RFC 6750).
fn sign_ins(bytes: &[u8], lower: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for scheme in [&b"basic"[..], b"bearer"] {
        let mut from = 0;
        while let Some(at) = position(lower, from, scheme) {
            from = at + scheme.len();
            let blanks = bytes[from..]
                .iter()
                .take_while(|byte| b" \t:+\"=".contains(byte));
            let start = from + blanks.count();
            let token = (bytes[start..].iter())
                .take_while(|byte| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte));
            let end = start + token.count();
            if start == from {
                continue;
            }
            let behind_header = {
                let before = &lower[at.saturating_sub(24)..at];
                before.windows(13).any(|word| word == b"authorization")
            };
            let is_token = match scheme {
                b"basic" => is_user_and_password(&bytes[start..end]),
                _ => end - start >= SHORTEST_TOKEN,
            };
            if behind_header || is_token {
                found.push(start..end);
            }
        }
    }
    found
}

/// Returns whether base64 decodes to printable text with a colon in it.
fn is_user_and_password(token: &[u8]) -> bool {
    let decoded = super::view::base64(token);
    decoded.len() >= 3
        && decoded.contains(&b':')
        && std::str::from_utf8(&decoded).is_ok_and(|text| !text.chars().any(char::is_control))
}

/// Finds the values of fields that hold a secret, in a form, in JSON or in a log line.
fn fields(bytes: &[u8], lower: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for field in FIELDS {
        let mut from = 0;
        while let Some(at) = position(lower, from, field.as_bytes()) {
            from = at + field.len();
            let rest = &bytes[from..];
            let lead = rest
                .iter()
                .take_while(|byte| b"\"' :=\\".contains(byte))
                .count();
            if !rest[..lead].iter().any(|byte| b":=".contains(byte)) {
                continue;
            }
            let value = rest[lead..].iter();
            let length = value
                .take_while(|byte| !b"\"'&<>, \r\n\t;}".contains(byte))
                .count();
            found.push(from + lead..from + lead + length);
        }
    }
    found
}

fn position(bytes: &[u8], from: usize, wanted: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = rest
        .windows(wanted.len())
        .position(|window| window == wanted);
    Some(from + found?)
}
