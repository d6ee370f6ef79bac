//! The building blocks of SIP headers: lists, parameters, quoted strings.

use percent_encoding::percent_decode_str;

/// Maximum number of parameters read from one value; real ones have fewer than 20.
pub const MOST_PARAMETERS: usize = 64;

/// Splits at each `separator` outside quotes and angle brackets, trims the parts, and skips empty
/// ones.
pub fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        loop {
            let text = rest?;
            let end = end_of_part(text, separator);
            rest = text.get(end + separator.len_utf8()..);
            let part = text[..end].trim();
            if !part.is_empty() {
                return Some(part);
            }
        }
    })
}

/// Returns where the first part of `text` ends.
fn end_of_part(text: &str, separator: char) -> usize {
    let (mut quoted, mut escaped, mut bracketed) = (false, false, false);
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match letter {
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' if !quoted => bracketed = true,
            '>' if !quoted => bracketed = false,
            _ if letter == separator && !quoted && !bracketed => return at,
            _ => {}
        }
    }
    text.len()
}

/// Parses `name=value` or `name`; the name in lower case, the value without its quotes.
#[must_use]
pub fn parameter(text: &str) -> (String, Option<String>) {
    match text.split_once('=') {
        Some((name, value)) => (
            name.trim().to_ascii_lowercase(),
            Some(unquote(value.trim())),
        ),
        None => (text.trim().to_ascii_lowercase(), None),
    }
}

/// Parses `;name=value;name` after an address or in a Via. Parameters whose name isn't a token are
/// skipped.
#[must_use]
pub fn parameters(text: &str) -> Vec<(String, Option<String>)> {
    split(text, ';')
        .map(parameter)
        .filter(|(name, _)| is_token(name))
        .take(MOST_PARAMETERS)
        .collect()
}

/// Parses `name=value;name` in a URI: with escapes, without quotes (RFC 3261 section 19.1.1).
#[must_use]
pub fn uri_parameters(text: &str) -> Vec<(String, Option<String>)> {
    let plain = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    text.split(';')
        .map(|part| match part.split_once('=') {
            Some((name, value)) => (name, Some(plain(value.trim()))),
            None => (part, None),
        })
        .map(|(name, value)| (plain(name.trim()).to_ascii_lowercase(), value))
        .filter(|(name, _)| !name.is_empty())
        .take(MOST_PARAMETERS)
        .collect()
}

/// Returns the value of the first parameter called `name`, which must be in lower case.
#[must_use]
pub fn value<'a>(parameters: &'a [(String, Option<String>)], name: &str) -> Option<&'a str> {
    parameters
        .iter()
        .find(|(other, _)| other == name)
        .and_then(|(_, value)| value.as_deref())
}

/// Writes a quoted string (RFC 3261 section 25.1). Control characters become spaces.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(if letter.is_control() { ' ' } else { letter });
    }
    quoted.push('"');
    quoted
}

/// Parses a quoted string, or returns a token unchanged.
#[must_use]
pub fn unquote(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"') else {
        return text.to_owned();
    };
    let mut plain = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => plain.extend(letters.next()),
            _ => plain.push(letter),
        }
    }
    plain
}

/// Returns whether `text` is a token (RFC 3261 section 25.1).
#[must_use]
pub fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-.!%*_+`'~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_in_quotes_or_brackets_splits_nothing() {
        let list = r#""Meier, \"Jo\", x" <sip:a,b@c>;q=1, <sip:d@e>"#;

        assert_eq!(
            split(list, ',').collect::<Vec<_>>(),
            [r#""Meier, \"Jo\", x" <sip:a,b@c>;q=1"#, "<sip:d@e>"]
        );
    }

    #[test]
    fn every_text_survives_quoting() {
        for text in ["", "a b", "zoë", r#"q"u\o:t@e"#, r"\\", "\""] {
            assert_eq!(unquote(&quote(text)), text);
        }
    }

    #[test]
    fn a_line_break_cannot_leave_a_quoted_string() {
        assert_eq!(quote("a\r\nVia: x"), "\"a  Via: x\"");
    }

    #[test]
    fn an_unfinished_quoted_string_ends_with_the_text() {
        assert_eq!(unquote("\"abc\\"), "abc");
    }
}
