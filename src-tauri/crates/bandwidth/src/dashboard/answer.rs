//! Judges the dashboard's responses: first by the code in the body, then by HTTP status. Nothing
//! else does.
//!
//! Every body is searched for an error, because even a 2xx response can carry one.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::envelope::Envelope;
use super::wire::{self, WireError};
use registrar_activity::{Diagnosis, Service};
use registrar_http::{Answer, Error, Refusal};
use registrar_secret::AccessToken;

/// Maximum length of a stored description, in characters.
const LONGEST_DESCRIPTION: usize = 300;

/// Maximum length of a token, in bytes.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Lifetime of a token if the response doesn't say, in seconds.
const USUAL_LIFE: u64 = 300;

/// Upper limit on a token's lifetime, in seconds.
const LONGEST_LIFE: u64 = 24 * 60 * 60;

/// Parses a response whose document has the given root.
pub(super) fn read<T: DeserializeOwned>(
    answer: &Answer,
    root: &str,
    now_ms: u64,
) -> Result<T, Error> {
    let envelope = accepted(answer, now_ms)?.map_err(malformed)?;
    within(answer, &envelope, root)
}

/// Parses a response whose document has the given root, and returns the list in the element
/// `payload`. An empty root is an empty list; a root with other content is an error.
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

/// Parses the document without checking whether it is an error.
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

/// Checks whether a request without an expected response body succeeded. If there is a body, it
/// must be a document with one of the given roots.
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

/// Returns the document of a successful response, or what is wrong with the document.
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
        // Whether this is a yes or a no can't be determined.
        return Err(malformed("a message without a code in place of a result"));
    }
    Ok(envelope)
}

/// Returns the refusal in a response, even if it is a 2xx.
fn refusal(answer: &Answer, envelope: Option<Envelope>, now_ms: u64) -> Refusal {
    let envelope = envelope.unwrap_or_default();
    let code = envelope.code();
    let words = (envelope.words().map(ToOwned::to_owned)).or_else(|| in_json(&answer.body));
    // The API reports something as gone by 'not found' with a description and no code; a gateway
    // that doesn't know the address does the same in its own format.
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

/// Returns the refusal in one item of a list of errors.
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

/// Parses the token endpoint's response: the token, and its lifetime in seconds.
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
        serde_json::from_str(&answer.body).map_err(|_| malformed("text that isn’t JSON"))?;
    let token = value["access_token"].as_str().unwrap_or_default();
    if token.is_empty() {
        return Err(malformed("JSON without an access_token"));
    }
    if token.len() > LONGEST_TOKEN || !token.bytes().all(|letter| letter.is_ascii_graphic()) {
        return Err(malformed("an access_token that can’t be sent"));
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

/// In places, Bandwidth sends 0 for 'no error'.
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
mod tests;
