//! Judges the Voice API's responses. Nothing else does.

use serde::Deserialize;
use serde_json::Value;

use registrar_activity::Service;
use registrar_http::{Answer, Error, Refusal};

/// Maximum length of a stored message, in characters.
const LONGEST_MESSAGE: usize = 300;

/// Parses the object of a successful response, or returns its refusal.
pub(super) fn read(answer: &Answer, now_ms: u64) -> Result<Value, Error> {
    if (300..400).contains(&answer.status) {
        return Err(malformed("a redirect, which is not followed"));
    }
    if !answer.is_success() {
        return Err(Error::Refused(refusal(answer, now_ms)));
    }
    let start = answer.body.trim_start();
    if !start.starts_with('{') {
        return Err(malformed("text that isn’t a JSON object"));
    }
    let value: Value = serde_json::from_str(start).map_err(|_| malformed("JSON that’s cut off"))?;
    // The documented shape of an error, which differs from that of a call.
    if value["callId"].is_null() && value["type"].is_string() && value["description"].is_string() {
        return Err(Error::Refused(refusal(answer, now_ms)));
    }
    Ok(value)
}

/// Judges a response whose body is empty, or an object without further information.
pub(super) fn accepted(answer: &Answer, now_ms: u64) -> Result<(), Error> {
    if answer.is_success() && answer.body.trim().is_empty() {
        return Ok(());
    }
    read(answer, now_ms).map(drop)
}

/// The documented shape of an error; its `type` adds nothing to the status.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Problem {
    description: Value,
}

fn refusal(answer: &Answer, now_ms: u64) -> Refusal {
    let problem: Problem = serde_json::from_str(&answer.body).unwrap_or_default();
    Refusal {
        description: line(answer, &problem.description),
        retry_after: answer.retry_after(now_ms),
        ..Refusal::new(Service::Voice, answer.status)
    }
}

/// Converts untrusted text to one line; empty text is `None`.
pub(super) fn line(answer: &Answer, value: &Value) -> Option<String> {
    let line = answer.line(value.as_str()?, LONGEST_MESSAGE);
    (!line.is_empty()).then_some(line)
}

pub(super) fn malformed(what: &'static str) -> Error {
    Error::Malformed {
        service: Service::Voice,
        what,
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    #[test]
    fn the_documented_error_is_read() {
        let body = include_str!("../../tests/fixtures/voice/error-400.json");

        let Err(Error::Refused(refusal)) = read(&answer(400, body), 0) else {
            panic!("a refusal");
        };

        assert_eq!(refusal.service, Service::Voice);
        assert_eq!(
            refusal.description.as_deref(),
            Some("Invalid to: must be an E164 telephone number")
        );
    }

    #[test]
    fn an_error_of_another_shape_has_only_its_status() {
        for body in [
            "",
            "<html>",
            "[]",
            "{",
            r#"{"description":7}"#,
            r#"{"description":" "}"#,
        ] {
            match accepted(&answer(503, body), 0) {
                Err(Error::Refused(refusal)) => {
                    assert_eq!((refusal.status, refusal.description), (503, None), "{body}");
                }
                other => panic!("{body}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_web_page_or_a_redirect_is_not_an_answer() {
        for (status, body) in [(200, "<html>"), (200, "[]"), (201, "{\"a\""), (302, "{}")] {
            assert!(
                matches!(read(&answer(status, body), 0), Err(Error::Malformed { .. })),
                "{status} {body}"
            );
            assert!(
                accepted(&answer(status, body), 0).is_err(),
                "{status} {body}"
            );
        }
        assert!(accepted(&answer(200, ""), 0).is_ok());
        assert!(accepted(&answer(200, "{}"), 0).is_ok());
    }

    #[test]
    fn error_inside_a_2xx_is_a_refusal() {
        let body = include_str!("../../tests/fixtures/voice/error-400.json");

        for outcome in [
            read(&answer(200, body), 0).map(drop),
            accepted(&answer(200, body), 0),
        ] {
            assert!(matches!(outcome, Err(Error::Refused(_))), "{outcome:?}");
        }
    }

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            body: Zeroizing::new(body.to_owned()),
            ..Answer::default()
        }
    }
}
