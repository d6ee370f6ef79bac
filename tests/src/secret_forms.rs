//! The forms in which a secret could be written, for the tests that look for secrets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Returns the first form of a secret that a text holds: plain, as JSON or XML writes it, in base64 behind
/// anything (as in `Basic`), percent-encoded, or as a form body writes it.
#[must_use]
pub fn found_in(text: &str, secret: &str) -> Option<String> {
    forms(secret)
        .into_iter()
        .find(|form| text.contains(form.as_str()))
}

/// Returns values behind the names that stand before secrets, where they are neither dots nor the
/// word that stands for them in a capture, and each part of a path that is as long as the secret of an
/// address of practice.
#[must_use]
pub fn open_values(text: &str) -> Vec<String> {
    const BEFORE: [&str; 9] = [
        "Bearer ",
        "Basic ",
        "response=\"",
        "response=\\\"",
        "access_token\":\"",
        "access_token\\\":\\\"",
        "SipAuthPassword=",
        "<Hash1>",
        "<Hash1b>",
    ];
    let values = BEFORE.iter().flat_map(|before| {
        text.match_indices(before)
            .map(|(at, _)| &text[at + before.len()..])
    });
    values
        .filter(|value| !value.starts_with(['•', '<', '$']) && !value.starts_with("redacted\""))
        .chain(secret_paths(text))
        .map(|value| value.chars().take(12).collect())
        .collect()
}

fn secret_paths(text: &str) -> impl Iterator<Item = &str> {
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_hexdigit).count();
    text.match_indices(['/', '\''])
        .map(|(at, _)| &text[at + 1..])
        .filter(move |part| digits(part) == 32)
}

fn forms(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let mut forms = vec![
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        quick_xml::escape::escape(secret).into_owned(),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
        percent
            .replace("%2D", "-")
            .replace("%2E", ".")
            .replace("%5F", "_"),
        percent,
    ];
    forms.extend((0..3).map(|behind| in_base64(secret, behind)));
    forms
}

/// The letters of base64 that stand for the secret alone, with `behind` bytes before it. What
/// shares a group with a neighbor is left out.
fn in_base64(secret: &str, behind: usize) -> String {
    let bytes = [&b"\0\0"[..behind], secret.as_bytes()].concat();
    let whole = bytes.len() / 3 * 3;
    let letters = STANDARD_NO_PAD.encode(&bytes[..whole]);
    letters[if behind == 0 { 0 } else { 4 }..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "canary: a-b_c.d é&";

    #[test]
    fn a_planted_secret_is_found_in_each_form() {
        let basic = |user: &str| STANDARD_NO_PAD.encode(format!("{user}:{SECRET}"));
        let planted = [
            format!("x{SECRET}y"),
            serde_json::to_string(&format!("a {SECRET} b")).unwrap(),
            "<text>canary: a-b_c.d é&amp;</text>".to_owned(),
            basic("u"),
            basic("us"),
            basic("use"),
            format!("p={}", utf8_percent_encode(SECRET, NON_ALPHANUMERIC)),
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("p", SECRET)
                .finish(),
        ];

        for text in planted {
            assert!(found_in(&text, SECRET).is_some(), "{text}");
        }
        assert_eq!(found_in("nothing of it", SECRET), None);
    }

    #[test]
    fn an_open_value_is_told_from_dots() {
        assert_eq!(open_values("Authorization: Bearer abc"), ["abc"]);
        assert_eq!(open_values("response=\"0123\""), ["0123\""]);
        let path = "0123456789abcdef".repeat(2);
        assert_eq!(open_values(&format!("GET /{path}/api")), ["0123456789ab"]);
        assert_eq!(
            open_values(&format!("GET /Calls/CA{path}")),
            Vec::<String>::new()
        );
        assert_eq!(
            open_values("Authorization: Bearer ••••••, response=\"••\", response=\"redacted\""),
            Vec::<String>::new()
        );
    }
}
