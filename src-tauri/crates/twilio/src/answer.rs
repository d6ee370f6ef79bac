//! Judges Twilio's responses. Nothing else does.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use registrar_activity::Service;
use registrar_http::{Answer, Error, Refusal};

/// Maximum length of a message that is kept, in characters.
const LONGEST_MESSAGE: usize = 300;

/// Parses a response, or returns its refusal.
pub(super) fn read<T: DeserializeOwned>(answer: &Answer, now_ms: u64) -> Result<T, Error> {
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
    serde_json::from_str(start).map_err(|_| {
        let refusal = refusal(answer, now_ms);
        match refusal.code {
            Some(_) => Error::Refused(refusal),
            None => malformed("JSON with other fields than expected"),
        }
    })
}

/// Both shapes of an error: Twilio's own, and that of RFC 9457.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Problem {
    code: Value,
    message: Value,
    detail: Value,
    title: Value,
}

fn refusal(answer: &Answer, now_ms: u64) -> Refusal {
    let problem: Problem = serde_json::from_str(&answer.body).unwrap_or_default();
    let texts = [&problem.message, &problem.detail, &problem.title];
    let text = texts.into_iter().find_map(Value::as_str);
    Refusal {
        code: number(&problem.code),
        description: text.map(|text| answer.line(text, LONGEST_MESSAGE)),
        retry_after: answer.retry_after(now_ms),
        ..Refusal::new(Service::Twilio, answer.status)
    }
}

/// Parses a number that is sent as a number or as text; 0 means none.
pub(super) fn number(value: &Value) -> Option<u32> {
    let number = match value {
        Value::Number(number) => number.as_u64()?.try_into().ok()?,
        Value::String(text) => text.trim().parse().ok()?,
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    (number != 0).then_some(number)
}

pub(super) fn malformed(what: &'static str) -> Error {
    Error::Malformed {
        service: Service::Twilio,
        what,
    }
}

#[cfg(test)]
mod tests {
    use zeroize::Zeroizing;

    use super::*;

    #[test]
    fn both_shapes_of_an_error_are_read() {
        let own = include_str!("../tests/fixtures/error.json");
        let rfc = include_str!("../tests/fixtures/error-rfc9457.json");

        for body in [own, rfc] {
            let refusal = refused(400, body);
            assert_eq!(refusal.code, Some(21210), "{body}");
            assert!(refusal.description.unwrap().contains("+15005550001"));
        }
    }

    #[test]
    fn an_error_without_a_body_of_ours_has_only_its_status() {
        for body in [
            "",
            "<html>",
            "[]",
            "{",
            r#"{"code":null}"#,
            r#"{"code":"x"}"#,
        ] {
            let refusal = refused(503, body);
            assert_eq!((refusal.code, refusal.status), (None, 503), "{body}");
        }
    }

    #[test]
    fn error_inside_a_2xx_is_a_refusal() {
        let own = include_str!("../tests/fixtures/error.json");
        let answer = Answer {
            status: 201,
            body: Zeroizing::new(own.to_owned()),
            ..Answer::default()
        };

        let outcomes = [
            super::super::call::read(&answer, 0).map(drop),
            super::super::numbers::read(&answer, 0).map(drop),
            super::super::notifications::read(&answer, 0).map(drop),
        ];

        for outcome in outcomes {
            assert!(matches!(outcome, Err(Error::Refused(_))), "{outcome:?}");
        }
    }

    #[test]
    fn a_web_page_is_not_an_answer() {
        let answer = Answer {
            status: 200,
            body: Zeroizing::new("<html>".to_owned()),
            ..Answer::default()
        };

        assert!(matches!(
            read::<Value>(&answer, 0),
            Err(Error::Malformed { .. })
        ));
    }

    fn refused(status: u16, body: &str) -> Refusal {
        let answer = Answer {
            status,
            body: Zeroizing::new(body.to_owned()),
            ..Answer::default()
        };
        match read::<Value>(&answer, 0) {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }
}
