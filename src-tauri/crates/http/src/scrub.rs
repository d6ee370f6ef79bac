//! Removes secrets from bodies by their structure.
//!
//! If a body can't be parsed to its end, the rest is treated as secret.

use registrar_activity::Service;
use registrar_secret::redact::{DOTS, Secrets};
use serde_json::Value;
use zeroize::Zeroizing;

use super::piece::Piece;

/// XML elements that contain a secret, and the shell variables that replace them.
const ELEMENTS: [(&str, &str); 2] = [("Hash1b", "HASH1B"), ("Hash1", "HASH1")];

/// JSON members that contain a secret, in lower case without `_` and `-`.
const MEMBERS: [&str; 12] = [
    "accesstoken",
    "authtoken",
    "clientsecret",
    "fallbackpassword",
    "hash1",
    "hash1b",
    "idtoken",
    "password",
    "refreshtoken",
    "secret",
    "sipauthpassword",
    "token",
];

/// Maximum length of a response body that is kept, in bytes.
const LONGEST: usize = 64 * 1024;

/// Splits an XML body into pieces, with the content of secret elements separate.
pub(super) fn xml_pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut end = 0;
    for found in secret_ranges(text) {
        pieces.push(Piece::Plain(text[end..found.start].to_owned()));
        pieces.push(Piece::Secret(found.variable));
        end = found.end;
    }
    pieces.push(Piece::Plain(text[end..].to_owned()));
    pieces
}

/// Returns the content of a body's secret elements.
pub(super) fn xml_secrets(text: &str) -> Vec<Zeroizing<String>> {
    secret_ranges(text)
        .map(|found| Zeroizing::new(text[found.start..found.end].to_owned()))
        .collect()
}

/// Returns a response's body as it may be stored: without secrets by structure, and redacted by the
/// secrets in use.
pub(super) fn answer(service: Service, body: &str, secrets: &Secrets) -> String {
    let (part, cut) = first(body, LONGEST);
    let mut text = if service == Service::Dashboard || part.trim_start().starts_with('<') {
        plain_with_dots(&xml_pieces(part))
    } else {
        json(service, body, part)
    };
    if cut {
        text.truncate(
            text.trim_end_matches(|letter: char| letter.is_ascii_hexdigit())
                .len(),
        );
        text.push_str("\n…");
    }
    secrets.text(&text)
}

/// Parses the whole text, because the members of truncated JSON wouldn't be found.
fn json(service: Service, text: &str, part: &str) -> String {
    match serde_json::from_str::<Value>(text) {
        Ok(mut value) => {
            hide_members(&mut value);
            serde_json::to_string_pretty(&value).unwrap_or_default()
        }
        Err(_) if text.trim().is_empty() => String::new(),
        Err(_) if service == Service::Token => {
            format!("({} bytes that are no JSON; they are not kept)", text.len())
        }
        Err(_) => part.to_owned(),
    }
}

fn hide_members(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) && !value.is_null() {
                    *value = Value::from(DOTS);
                } else {
                    hide_members(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(hide_members),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Returns whether a member or element of this name is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    MEMBERS.contains(&plain.as_str())
}

fn plain_with_dots(pieces: &[Piece]) -> String {
    let text = pieces.iter().map(|piece| match piece {
        Piece::Plain(plain) => plain,
        Piece::Secret(_) => DOTS,
    });
    text.collect()
}

struct Found {
    start: usize,
    end: usize,
    variable: &'static str,
}

/// Finds the content of secret elements, even in truncated XML.
fn secret_ranges(text: &str) -> impl Iterator<Item = Found> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let open = from + text[from..].find('<')?;
            let tag = &text[open + 1..];
            from = open + 1;
            let Some((name, variable)) = secret_name(tag) else {
                continue;
            };
            let Some(close) = tag.find('>') else {
                return None; // The tag itself breaks off: nothing of the secret is there.
            };
            if tag[..close].ends_with('/') {
                continue;
            }
            let start = open + 1 + close + 1;
            let end = end_of(&text[start..], name).map_or(text.len(), |length| start + length);
            from = end;
            if start == end {
                continue;
            }
            return Some(Found {
                start,
                end,
                variable,
            });
        }
    })
}

/// Returns the element's name if a tag opens a secret element, with or without a prefix.
fn secret_name(tag: &str) -> Option<(&'static str, &'static str)> {
    let end = tag.find(|letter: char| letter == '>' || letter == '/' || letter.is_whitespace());
    let name = &tag[..end.unwrap_or(tag.len())];
    let local = name.rsplit(':').next().unwrap_or(name);
    let known = |(known, _): &(&str, &str)| local.eq_ignore_ascii_case(known);
    ELEMENTS.into_iter().find(known)
}

/// Returns the position of the closing tag of `name`.
fn end_of(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let open = from + text[from..].find("</")?;
        let (tag, _) = secret_name(&text[open + 2..]).unwrap_or_default();
        if tag == name {
            return Some(open);
        }
        from = open + 2;
    }
}

/// Returns the start of a text, cut at a character boundary, and whether anything was cut off.
fn first(text: &str, longest: usize) -> (&str, bool) {
    if text.len() <= longest {
        return (text, false);
    }
    let mut end = longest;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (&text[..end], true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dashboard(body: &str) -> String {
        answer(Service::Dashboard, body, &Secrets::default())
    }

    #[test]
    fn short_hashes_of_an_answer_become_dots_too() {
        let body = "<A><Hash1>1g32</Hash1><x:hash1b a='1'>43</x:hash1b><Hash1/><B>43</B></A>";

        assert_eq!(
            dashboard(body),
            "<A><Hash1>••••••</Hash1><x:hash1b a='1'>••••••</x:hash1b><Hash1/><B>43</B></A>"
        );
    }

    #[test]
    fn a_hash_that_breaks_off_or_is_wrapped_is_dots_to_its_end() {
        assert_eq!(dashboard("<Hash1>abc"), "<Hash1>••••••");
        assert_eq!(
            dashboard("<Hash1><![CDATA[abc]]></Hash1>"),
            "<Hash1>••••••</Hash1>"
        );
        assert_eq!(dashboard("<Hash1><i>abc</i></B>"), "<Hash1>••••••");
    }

    #[test]
    fn a_token_is_dots_wherever_it_stands_in_json() {
        let body = r#"{"access_token":"abc","nested":[{"Client-Secret":"def"}],"expires_in":5}"#;

        let shown = answer(Service::Token, body, &Secrets::default());

        assert!(!shown.contains("abc") && !shown.contains("def"), "{shown}");
        assert!(shown.contains("expires_in"));
    }

    #[test]
    fn a_token_answer_that_is_no_json_is_not_kept() {
        let shown = answer(
            Service::Token,
            r#"{"access_token":"abc"#,
            &Secrets::default(),
        );

        assert!(!shown.contains("abc"), "{shown}");
    }

    #[test]
    fn an_answer_that_echoes_what_it_was_sent_is_cleaned_of_it() {
        let sent = Secrets::new([Zeroizing::new("hunter2!".to_owned())]);

        let shown = answer(Service::Twilio, r#"{"message":"hunter2! is wrong"}"#, &sent);

        assert!(!shown.contains("hunter2"), "{shown}");
    }

    #[test]
    fn a_hash_at_the_place_of_the_cut_is_not_left_in_part() {
        let body = format!("<D>{}{}", " ".repeat(LONGEST - 20), "a1".repeat(16));

        let shown = dashboard(&body);

        assert!(!shown.contains("a1"), "{}", shown.len());
    }
}
