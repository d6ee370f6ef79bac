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

/// Reads an answer of Bandwidth's dashboard API as each of its requests does, one error for each
/// that cannot use it.
#[must_use]
pub fn dashboard(status: u16, body: &[u8], now_ms: u64) -> Vec<Error> {
    let from = Url::parse("https://api.bandwidth.com/api/v2/accounts/5500123/sipcredentials");
    match (Answer::of(Service::Dashboard, status, body), from) {
        (Err(error), _) => vec![error.into()],
        (Ok(answer), Ok(from)) => said(dashboard::read_as_each(&answer, &from, now_ms)),
        (Ok(_), Err(_)) => Vec::new(),
    }
}

/// Reads an answer of the token endpoint.
#[must_use]
pub fn token(status: u16, body: &[u8], now_ms: u64) -> Option<Error> {
    let answer = Answer::of(Service::Token, status, body);
    answer
        .and_then(|answer| dashboard::read_token(&answer, now_ms))
        .err()
        .map(Error::from)
}

/// Reads an answer of Twilio's API as each of its requests does.
#[must_use]
pub fn twilio(status: u16, body: &[u8], now_ms: u64) -> Vec<Error> {
    match Answer::of(Service::Twilio, status, body) {
        Err(error) => vec![error.into()],
        Ok(answer) => said(twilio::read_as_each(&answer, now_ms)),
    }
}

/// Reads an answer of Bandwidth's Voice API.
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

/// Reads the files that are kept whole: accounts, stopped journeys, what checks left behind, and what
/// a job is. Returns what it would write in their place, where it understands them.
#[must_use]
pub fn saved(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut again = journey::saved::read_again(bytes);
    again.extend(workspace::read_again(bytes));
    again.extend(jobs::read_again(bytes));
    again
}

/// Reads one record of each file that is written record by record: an import's plan and journal, the
/// activity, and practice's changes. Returns what it would write in its place, where it understands it.
#[must_use]
pub fn record(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut again = jobs::read_record_again(bytes);
    again.extend(activity::read_again(bytes));
    again.extend(practice::read_again(bytes));
    again
}

/// Reads a list of accounts that somebody hands over, and takes all that can be taken. Returns the list
/// that would be saved then; `None` where it is none.
#[must_use]
pub fn account_list(bytes: &[u8]) -> Option<Vec<u8>> {
    let listed = account_list::read(bytes, &[]).ok()?;
    let places: Vec<u32> = listed.iter().map(|row| row.view.place).collect();
    let (accounts, _, _) = account_list::take(&listed, &places, Vec::new(), String::new);
    Some(account_list::write(&accounts))
}

/// Reads a certificate that nobody vouches for. Returns what is said of it.
#[must_use]
pub fn certificate(bytes: &[u8]) -> Vec<String> {
    let facts = trust::Facts::read(bytes);
    [facts.issuer, facts.from, facts.until]
        .into_iter()
        .flatten()
        .chain(facts.names)
        .collect()
}
