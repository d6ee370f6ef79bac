//! The one place where an answer is judged: by the code in its body first, by its HTTP status
//! second.
//!
//! Every body is looked through for an error, because a 2xx can carry one.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::envelope::Envelope;
use super::wire::{self, WireError};
use crate::Error;
use crate::error::{Diagnosis, Refusal, Service};
use crate::http::Answer;
use crate::secret::AccessToken;

/// Longest description that is kept, in characters.
const LONGEST_DESCRIPTION: usize = 300;

/// Longest token that is taken, in bytes.
const LONGEST_TOKEN: usize = 16 * 1024;

/// How long a token is good for where its answer does not say, in seconds.
const USUAL_LIFE: u64 = 300;

/// How long a token is believed to be good for at most, in seconds.
const LONGEST_LIFE: u64 = 24 * 60 * 60;

/// Reads an answer whose document has the given root.
pub(super) fn read<T: DeserializeOwned>(
    answer: &Answer,
    root: &str,
    now_ms: u64,
) -> Result<T, Error> {
    let envelope = accepted(answer, now_ms)?.map_err(malformed)?;
    within(answer, &envelope, root)
}

/// Reads an answer whose document has the given root and lists what the element `payload` holds. A
/// root with nothing in it is an empty list; one with anything else in its place is not.
pub(super) fn read_list<T: DeserializeOwned>(
    answer: &Answer,
    root: &str,
    payload: &str,
    now_ms: u64,
) -> Result<T, Error> {
    let envelope = accepted(answer, now_ms)?.map_err(malformed)?;
    let links = |name: &&String| name.as_str() != "Links";
    let mut held = envelope.payload.iter().filter(links).peekable();
    if held.peek().is_some() && !held.any(|name| name == payload) {
        return Err(malformed("XML with something else in place of the list"));
    }
    within(answer, &envelope, root)
}

/// Reads the document without asking whether it is an error.
pub(super) fn document<T: DeserializeOwned>(answer: &Answer, root: &str) -> Result<T, Error> {
    within(
        answer,
        &Envelope::read(&answer.body).map_err(malformed)?,
        root,
    )
}

fn within<T: DeserializeOwned>(
    answer: &Answer,
    envelope: &Envelope,
    root: &str,
) -> Result<T, Error> {
    if envelope.root != root {
        return Err(malformed("XML with another root"));
    }
    wire::read(&answer.body).map_err(malformed)
}

/// Says whether what was asked for was done, where no body is due. A body that came all the same has
/// to be a document with one of the given roots.
pub(super) fn done(answer: &Answer, roots: &[&str], now_ms: u64) -> Result<(), Error> {
    let envelope = accepted(answer, now_ms)?;
    if answer.body.trim().is_empty() {
        return Ok(());
    }
    if roots.contains(&envelope.map_err(malformed)?.root.as_str()) {
        Ok(())
    } else {
        Err(malformed("XML with another root"))
    }
}

/// Returns the document of an answer that refuses nothing, or what is wrong with that document.
fn accepted(answer: &Answer, now_ms: u64) -> Result<Result<Envelope, &'static str>, Error> {
    if (300..400).contains(&answer.status) {
        return Err(malformed("a redirect, which is not followed"));
    }
    let envelope = Envelope::read(&answer.body);
    let is_error = envelope.as_ref().is_ok_and(Envelope::is_error);
    if !answer.is_success() || is_error {
        return Err(Error::Refused(refusal(answer, envelope.ok(), now_ms)));
    }
    if envelope.as_ref().is_ok_and(Envelope::is_words_alone) {
        // Whether they say yes or no cannot be known.
        return Err(malformed("words without a code in place of a result"));
    }
    Ok(envelope)
}

/// Returns what the answer refuses, also where a 2xx carries it.
fn refusal(answer: &Answer, envelope: Option<Envelope>, now_ms: u64) -> Refusal {
    let envelope = envelope.unwrap_or_default();
    let code = envelope.code();
    let words = (envelope.words().map(ToOwned::to_owned)).or_else(|| in_json(&answer.body));
    // 'Not found' with words and no code is how the API says that something is gone; a gateway that
    // doesn't know the address says the same in its own format.
    let from_gateway = answer.status == 404 && code.is_none();
    let words = words.filter(|_| !from_gateway || envelope.root.ends_with("Response"));
    Refusal {
        code,
        description: words.map(|words| answer.line(&words, LONGEST_DESCRIPTION)),
        retry_after: answer.retry_after(now_ms),
        diagnosis: diagnosis(code),
        ..Refusal::new(Service::Dashboard, answer.status)
    }
}

/// Returns what one item of a list of errors refuses.
pub(super) fn item_refusal(answer: &Answer, error: &WireError) -> Refusal {
    let code = code_of(error);
    Refusal {
        code,
        description: (error.description.as_deref())
            .map(|words| answer.line(words, LONGEST_DESCRIPTION)),
        diagnosis: diagnosis(code),
        ..Refusal::new(Service::Dashboard, answer.status)
    }
}

/// Reads the token endpoint's answer: the token and for how many seconds it is good.
pub(super) fn token(answer: &Answer, now_ms: u64) -> Result<(AccessToken, u64), Error> {
    let service = Service::Token;
    let malformed = |what| Error::Malformed { service, what };
    if (300..400).contains(&answer.status) {
        return Err(malformed("a redirect, which is not followed"));
    }
    if !answer.is_success() {
        // RFC 6749 section 5.2: 400 or 401 with `invalid_client` for a wrong client or secret.
        let wrong = matches!(answer.status, 400 | 401);
        return Err(Error::Refused(Refusal {
            description: in_json(&answer.body)
                .map(|words| answer.line(&words, LONGEST_DESCRIPTION)),
            retry_after: answer.retry_after(now_ms),
            diagnosis: wrong.then_some(Diagnosis::SignInWrong),
            ..Refusal::new(service, answer.status)
        }));
    }
    let value: Value =
        serde_json::from_str(&answer.body).map_err(|_| malformed("text that is not JSON"))?;
    let token = value["access_token"].as_str().unwrap_or_default();
    if token.is_empty() {
        return Err(malformed("JSON without an access_token"));
    }
    if token.len() > LONGEST_TOKEN || !token.bytes().all(|letter| letter.is_ascii_graphic()) {
        return Err(malformed("an access_token that cannot be sent"));
    }
    let life = &value["expires_in"];
    let life = life.as_u64().or_else(|| life.as_str()?.trim().parse().ok());
    Ok((
        AccessToken::new(token),
        life.unwrap_or(USUAL_LIFE).min(LONGEST_LIFE),
    ))
}

fn diagnosis(code: Option<u32>) -> Option<Diagnosis> {
    match code? {
        4022 => Some(Diagnosis::AccountUnknown),
        23013 | 33004 => Some(Diagnosis::NotEnabled),
        _ => None,
    }
}

fn code_of(error: &WireError) -> Option<u32> {
    code(error.error_code.as_deref()).or(code(error.code.as_deref()))
}

/// Bandwidth sends 0 for 'no error' in places.
fn code(text: Option<&str>) -> Option<u32> {
    text?.trim().parse().ok().filter(|code| *code != 0)
}

/// A gateway in front of a service may refuse in JSON.
fn in_json(body: &str) -> Option<String> {
    let value: Value = serde_json::from_str(body).ok()?;
    let names = [
        "error_description",
        "description",
        "message",
        "detail",
        "error",
        "title",
    ];
    let mut texts = names.iter().filter_map(|name| value[*name].as_str());
    texts.next().map(ToOwned::to_owned)
}

pub(super) fn malformed(what: &'static str) -> Error {
    Error::Malformed {
        service: Service::Dashboard,
        what,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use zeroize::Zeroizing;

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            body: Zeroizing::new(body.to_owned()),
            ..Answer::default()
        }
    }

    fn refused(status: u16, body: &str) -> Refusal {
        match done(&answer(status, body), &["R"], 0) {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_shape_of_error_is_read_whatever_the_status() {
        let status = "<R><ResponseStatus><ErrorCode>33004</ErrorCode><Description>no</Description></ResponseStatus></R>";
        let items = "<R><Errors><Error><ErrorCode>1003</ErrorCode><Description>no</Description></Error></Errors></R>";
        let orders = "<R><ErrorList><Error><Code>5</Code><Description>no</Description></Error></ErrorList></R>";
        let bare =
            "<ErrorList><Error><Code>5</Code><Description>no</Description></Error></ErrorList>";
        let direct = "<R><Errors><Code>5</Code><Description>no</Description></Errors></R>";

        for (body, code) in [
            (status, 33004),
            (items, 1003),
            (orders, 5),
            (bare, 5),
            (direct, 5),
        ] {
            for http in [200, 201, 400, 409, 500] {
                let refusal = refused(http, body);
                assert_eq!(refusal.code, Some(code), "{body}");
                assert_eq!(refusal.status, http);
                assert_eq!(refusal.description.as_deref(), Some("no"));
            }
        }
    }

    #[test]
    fn a_status_alone_is_a_refusal_without_a_code() {
        let description = "<RealmResponse><ResponseStatus><Description>The resource does not exist</Description></ResponseStatus></RealmResponse>";

        assert_eq!(refused(404, description).code, None);
        assert!(refused(404, description).description.is_some());
        for body in [
            "",
            "<html>",
            "Forbidden",
            "<a",
            r#"{"message":"Forbidden"}"#,
        ] {
            assert_eq!(refused(403, body).code, None, "{body}");
        }
        assert_eq!(
            refused(403, r#"{"message":"Forbidden"}"#)
                .description
                .as_deref(),
            Some("Forbidden")
        );
    }

    #[test]
    fn a_good_answer_is_no_refusal() {
        for body in [
            "",
            "<R/>",
            "<R><ResponseStatus><ErrorCode>0</ErrorCode></ResponseStatus></R>",
        ] {
            assert!(done(&answer(200, body), &["R"], 0).is_ok(), "{body}");
        }
    }

    #[test]
    fn unreadable_or_foreign_body_is_never_done() {
        for body in [
            "<html><body>Sign in</body></html>",
            "<!DOCTYPE html><html></html>",
            "OK",
            r#"{"status":"ok"}"#,
            "<R><Realm>",
            "<R></Q>",
            "<Q/>",
            "<R/><R/>",
            "<R/>and more",
            "<R><ResponseStatus><Description>Service is Unavailable</Description></ResponseStatus></R>",
        ] {
            let outcome = done(&answer(200, body), &["R"], 0);

            assert!(
                matches!(outcome, Err(Error::Malformed { .. })),
                "{body}: {outcome:?}"
            );
            assert!(outcome.unwrap_err().answer_is_unknown(), "{body}");
        }
    }

    #[test]
    fn list_with_something_else_inside_is_not_empty() {
        let read = |body| {
            read_list::<wire::RealmsResponse>(&answer(200, body), "RealmsResponse", "Realms", 0)
        };

        for body in [
            "<RealmsResponse/>",
            "<RealmsResponse><Realms/></RealmsResponse>",
            "<RealmsResponse><Links><first>x</first></Links></RealmsResponse>",
        ] {
            assert!(
                read(body)
                    .unwrap()
                    .realms
                    .unwrap_or_default()
                    .realm
                    .is_empty()
            );
        }
        for body in [
            "",
            "<RealmsResponse><Item/></RealmsResponse>",
            "<RealmsResponse><Realm/></RealmsResponse>",
            "<SipCredentialsResponse/>",
            "<RealmsResponse><ResponseStatus><Description>busy</Description></ResponseStatus></RealmsResponse>",
        ] {
            assert!(matches!(read(body), Err(Error::Malformed { .. })), "{body}");
        }
    }

    #[test]
    fn too_many_requests_say_how_long_to_wait() {
        let limited = Answer {
            reset_at: Some(1_700_000_010),
            ..answer(429, "")
        };

        let Err(Error::Refused(refusal)) = done(&limited, &[], 1_700_000_000_000) else {
            panic!("429 is a refusal");
        };

        assert_eq!(refusal.retry_after, Some(Duration::from_secs(10)));
        assert_eq!(refused(429, "").retry_after, None);
    }

    #[test]
    fn a_redirect_is_not_an_answer() {
        assert!(matches!(
            done(&answer(302, ""), &[], 0),
            Err(Error::Malformed { .. })
        ));
    }

    #[test]
    fn description_is_cut_at_300_letters() {
        let body = format!(r#"{{"message":"{}"}}"#, "é".repeat(301));

        let description = refused(400, &body).description.unwrap();

        assert_eq!(description, format!("{}…", "é".repeat(300)));
    }

    #[test]
    fn echoed_hashes_do_not_reach_a_description() {
        let body = format!(
            "<R><ResponseStatus><ErrorCode>23026</ErrorCode><Description>exists {}</Description></ResponseStatus></R>",
            "ab12".repeat(8)
        );

        assert_eq!(
            refused(400, &body).description.as_deref(),
            Some("exists ••••••")
        );
    }

    #[test]
    fn a_token_answer_is_read_strictly() {
        let read = |body: &str| token(&answer(200, body), 0);

        assert_eq!(
            read(r#"{"access_token":"a","expires_in":3600}"#).unwrap().1,
            3600
        );
        assert_eq!(
            read(r#"{"access_token":"a","expires_in":"60"}"#).unwrap().1,
            60
        );
        assert_eq!(read(r#"{"access_token":"a"}"#).unwrap().1, USUAL_LIFE);
        let most = format!(r#"{{"access_token":"a","expires_in":{}}}"#, u64::MAX);
        assert_eq!(read(&most).unwrap().1, 86_400);
        let of_length = |length| format!(r#"{{"access_token":"{}"}}"#, "a".repeat(length));
        assert!(read(&of_length(16_384)).is_ok());
        assert!(read(&of_length(16_385)).is_err());
        for bad in [
            "",
            "<a/>",
            "[]",
            "{}",
            r#"{"access_token":7}"#,
            r#"{"access_token":"a\nb"}"#,
        ] {
            assert!(matches!(read(bad), Err(Error::Malformed { .. })), "{bad}");
        }
    }

    #[test]
    fn a_refused_token_is_a_wrong_sign_in() {
        let refused = |status| match token(&answer(status, r#"{"error":"invalid_client"}"#), 0) {
            Err(Error::Refused(refusal)) => refusal,
            other => panic!("{other:?}"),
        };

        assert_eq!(refused(401).diagnosis, Some(Diagnosis::SignInWrong));
        assert_eq!(refused(400).description.as_deref(), Some("invalid_client"));
        assert_eq!(
            refused(503).diagnosis,
            None,
            "an outage says nothing about the secret"
        );
    }
}
