//! The small pieces that SIP headers are made of: lists, parameters, quoted strings.

/// Splits at each `separator` that stands outside of quotes and angle brackets, and trims.
#[must_use]
pub fn split(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quoted, mut escaped, mut bracketed) = (0, false, false, false);
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
            _ if letter == separator && !quoted && !bracketed => {
                parts.push(text[start..at].trim());
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Reads one `name=value` or `name`; the name in lower case, the value without its quotes.
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

/// Reads `;name=value;name` as it stands behind a URI or an address.
#[must_use]
pub fn parameters(text: &str) -> Vec<(String, Option<String>)> {
    split(text, ';').into_iter().map(parameter).collect()
}

/// Returns the value of the first parameter called `name`, which is given in lower case.
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

/// Reads a quoted string, or returns a token as it is.
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
            split(list, ','),
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
