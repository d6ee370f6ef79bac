//! Parsers of untrusted input, exposed for fuzzing: each function reads any bytes as the app does when
//! they come from a service or a file, and returns what is wrong with them.
//!
//! The fuzz targets call these. SIP and SDP have readers of their own in [`registrar_sip`].

use registrar_activity as activity;
use registrar_activity::Service;
use registrar_bandwidth::{dashboard, voice};
use registrar_http as http;
use registrar_http::{Answer, trust};
use registrar_jobs as jobs;
use registrar_practice as practice;
use registrar_twilio as twilio;
use url::Url;

use crate::{Error, account_list, journey, workspace};

/// Parses a response of Bandwidth's dashboard API as each of its requests does, and returns one
/// error per parser that rejects it.
#[must_use]
pub fn dashboard(status: u16, body: &[u8], now_ms: u64) -> Vec<Error> {
    let from = Url::parse("https://api.bandwidth.com/api/v2/accounts/5500123/sipcredentials");
    match (Answer::of(Service::Dashboard, status, body), from) {
        (Err(error), _) => vec![error.into()],
        (Ok(answer), Ok(from)) => said(dashboard::read_as_each(&answer, &from, now_ms)),
        (Ok(_), Err(_)) => Vec::new(),
    }
}

/// Parses a response of the token endpoint.
#[must_use]
pub fn token(status: u16, body: &[u8], now_ms: u64) -> Option<Error> {
    let answer = Answer::of(Service::Token, status, body);
    answer
        .and_then(|answer| dashboard::read_token(&answer, now_ms))
        .err()
        .map(Error::from)
}

/// Parses a response of Twilio's API as each of its requests does.
#[must_use]
pub fn twilio(status: u16, body: &[u8], now_ms: u64) -> Vec<Error> {
    match Answer::of(Service::Twilio, status, body) {
        Err(error) => vec![error.into()],
        Ok(answer) => said(twilio::read_as_each(&answer, now_ms)),
    }
}

/// Parses a response of Bandwidth's Voice API.
#[must_use]
pub fn voice(status: u16, body: &[u8], now_ms: u64) -> Option<Error> {
    let answer = Answer::of(Service::Voice, status, body);
    answer
        .and_then(|answer| voice::read_call(&answer, now_ms))
        .err()
        .map(Error::from)
}

fn said(errors: Vec<http::Error>) -> Vec<Error> {
    errors.into_iter().map(Error::from).collect()
}

/// Parses the files that are stored as a whole: accounts, stopped journeys, what checks left
/// behind, and job headers. Returns what would be written in their place by the parsers that accept
/// them.
#[must_use]
pub fn saved(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut again = journey::saved::read_again(bytes);
    again.extend(workspace::read_again(bytes));
    again.extend(jobs::read_again(bytes));
    again
}

/// Parses one record of each record-based file: an import's plan and journal, the activity, and
/// practice's changes. Returns what would be written in its place by the parsers that accept it.
#[must_use]
pub fn record(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut again = jobs::read_record_again(bytes);
    again.extend(activity::read_again(bytes));
    again.extend(practice::read_again(bytes));
    again
}

/// Parses an untrusted list of accounts, and imports everything that can be imported. Returns the
/// list that would be saved; `None` if it isn't one.
#[must_use]
pub fn account_list(bytes: &[u8]) -> Option<Vec<u8>> {
    let listed = account_list::read(bytes, &[]).ok()?;
    let places: Vec<u32> = listed.iter().map(|row| row.view.place).collect();
    let (accounts, _, _) = account_list::take(&listed, &places, Vec::new(), String::new);
    Some(account_list::write(&accounts))
}

/// Parses an untrusted certificate. Returns what would be said about it.
#[must_use]
pub fn certificate(bytes: &[u8]) -> Vec<String> {
    let facts = trust::Facts::read(bytes);
    [facts.issuer, facts.from, facts.until]
        .into_iter()
        .flatten()
        .chain(facts.names)
        .collect()
}
