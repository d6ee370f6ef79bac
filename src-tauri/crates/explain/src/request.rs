//! Wording for failed requests.

use super::isolate::foreign;
use super::words::Words;
use super::{Failure, FieldProblem, action, dashboard, transport, twilio, voice};
use registrar_activity::Service;
use registrar_http::{Error, Refusal};

/// Maximum length of a quote, in characters.
const LONGEST: usize = 300;
/// What is wrong with an address without TLS.
const INSECURE: &str = "The address must begin with https://.";

/// Returns the failure of a request as the window shows it.
#[must_use]
pub fn failure(error: &Error) -> Failure {
    match error {
        Error::Insecure => action::invalid(vec![insecure()]),
        Error::Refused(refusal) => Failure {
            detail: Some(detail(refusal)),
            ..refused(refusal).into()
        },
        Error::Malformed { .. }
        | Error::TooLarge { .. }
        | Error::Unreachable { .. }
        | Error::Untrusted { .. } => words(error).into(),
    }
}

/// Returns what is wrong with the field of an address without TLS.
#[must_use]
pub fn insecure() -> FieldProblem {
    FieldProblem::new("address", INSECURE)
}

/// Returns the words for a request that came to nothing.
pub(super) fn words(error: &Error) -> Words {
    if let Error::Refused(refusal) = error {
        return refused(refusal);
    }
    transport::words(error).unwrap_or_else(|| action::invalid_words(1))
}

/// Returns the words for a service's refusal.
pub(super) fn refused(refusal: &Refusal) -> Words {
    match refusal.service {
        Service::Twilio => twilio::refusal(refusal),
        Service::Voice => voice::refusal(refusal),
        Service::Dashboard | Service::Token | Service::Dns | Service::Registrar => {
            dashboard::refusal(refusal)
        }
    }
}

/// Returns the service's own words and numbers.
fn detail(refusal: &Refusal) -> String {
    let number = refusal.code.map(|code| format!("Code {code}"));
    let status = format!("HTTP status {}", refusal.status);
    let parts: Vec<String> = refusal
        .description
        .iter()
        .map(|description| foreign(description, LONGEST))
        .chain(number)
        .chain([status])
        .collect();
    parts.join(" · ")
}
