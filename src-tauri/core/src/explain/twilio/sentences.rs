//! Sentences about Twilio's refusals and of the ends of its calls.

use std::time::Duration;

use super::{ended, refusal, state};
use crate::activity::Service;
use crate::arbitrary::every;
use crate::explain::table::{Table, verdict, words};
use crate::explain::twilio_codes::KNOWN;
use crate::http::Refusal;
use crate::twilio::{CallStatus, Notification};

#[test]
fn the_table_has_every_word_about_twilio() {
    let statuses = [400, 401, 403, 404, 418, 429, 499, 500, 503];
    let codes = KNOWN.iter().map(|known| known.code).chain([99_999]);
    let of_code = |code: &u32| {
        words(&refusal(&Refusal {
            code: Some(*code),
            ..Refusal::new(Service::Twilio, 400)
        }))
    };
    let notes: [&[u32]; 6] = [
        &[],
        &[99_999],
        &[21_210],
        &[21_210, 99_999],
        &[32_106, 21_210],
        &[99_999, 21_210, 32_106, 32_999],
    ];
    Table::new("Sentences about a call by Twilio")
        .with("Refusals by their status", statuses, |status| {
            words(&refusal(&Refusal::new(Service::Twilio, *status)))
        })
        .with("Refusals by their number", codes, of_code)
        .with("Pauses in seconds", [0, 1, 59, 118, 119, 120], |seconds| {
            words(&refusal(&Refusal {
                retry_after: Some(Duration::from_secs(*seconds)),
                ..Refusal::new(Service::Twilio, 429)
            }))
        })
        .with("Where a call stands", statuses_of_calls(), |status| {
            state(*status).to_owned()
        })
        .with("How a call ended", statuses_of_calls(), |status| {
            verdict(&ended(*status, &[]))
        })
        .with("Why a call failed, by its notes", notes, |codes| {
            let notes: Vec<_> = codes.iter().copied().map(note).collect();
            verdict(&ended(CallStatus::Failed, &notes))
        })
        .assert_is(include_str!("sentences.md"));
}

fn statuses_of_calls() -> Vec<CallStatus> {
    every!(CallStatus {
        CallStatus::Busy => [CallStatus::Busy],
        CallStatus::Canceled => [CallStatus::Canceled],
        CallStatus::Completed => [CallStatus::Completed],
        CallStatus::Failed => [CallStatus::Failed],
        CallStatus::InProgress => [CallStatus::InProgress],
        CallStatus::NoAnswer => [CallStatus::NoAnswer],
        CallStatus::Queued => [CallStatus::Queued],
        CallStatus::Ringing => [CallStatus::Ringing],
        CallStatus::Unknown => [CallStatus::Unknown],
    })
}

fn note(code: u32) -> Notification {
    Notification {
        code: Some(code),
        message: String::new(),
        more_info: String::new(),
    }
}
