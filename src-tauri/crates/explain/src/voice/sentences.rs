//! Sentences for the Voice API's refusals and the ends of its calls.

use std::time::Duration;

use super::{cause, ended, refusal, state};
use crate::table::{Table, verdict, words};
use registrar_activity::Service;
use registrar_bandwidth::voice::{Call, CallId, CallState, DisconnectCause};
use registrar_http::Refusal;
use registrar_names::every;

#[test]
fn the_table_has_every_word_about_the_voice_api() {
    let statuses = [400, 401, 403, 404, 409, 418, 422, 429, 499, 500, 503];
    let answered = [false, true];
    let ends = causes().into_iter();
    let ends = ends.flat_map(|cause| answered.map(|answered| (answered, cause.clone())));
    let unseen = states().into_iter();
    let unseen = unseen.flat_map(|state| answered.map(|answered| (answered, state)));
    Table::new("Sentences about a call by Bandwidth to the phone")
        .with("Refusals by their status", statuses, |status| {
            words(&refusal(&Refusal::new(Service::Voice, *status)))
        })
        .with("Pauses in seconds", [0, 1, 59, 118, 119, 120], |seconds| {
            words(&refusal(&Refusal {
                retry_after: Some(Duration::from_secs(*seconds)),
                ..Refusal::new(Service::Voice, 429)
            }))
        })
        .with("Where a call stands", states(), |one| {
            state(*one).to_owned()
        })
        .with("Why a call ended", causes(), cause)
        .with("What an end proves", ends, |(answered, cause)| {
            let call = call(CallState::Disconnected, *answered, Some(cause.clone()));
            verdict(&ended(&call))
        })
        .with("A call without a cause", unseen, |(answered, state)| {
            verdict(&ended(&call(*state, *answered, None)))
        })
        .assert_is(include_str!("sentences.md"));
}

#[test]
fn a_cause_counts_only_once_the_call_is_over() {
    for state in states() {
        let busy = call(state, false, Some(DisconnectCause::Busy));

        let told = ended(&busy).sentence.contains("busy");

        assert_eq!(told, state == CallState::Disconnected, "{state:?}");
    }
}

fn call(state: CallState, answered: bool, cause: Option<DisconnectCause>) -> Call {
    Call {
        id: CallId::parse("c-1").unwrap(),
        state,
        answered,
        cause,
        error: None,
    }
}

fn states() -> Vec<CallState> {
    every!(CallState {
        CallState::Answered => [CallState::Answered],
        CallState::Disconnected => [CallState::Disconnected],
        CallState::Initiated => [CallState::Initiated],
        CallState::Queued => [CallState::Queued],
        CallState::Ringing => [CallState::Ringing],
        CallState::Unknown => [CallState::Unknown],
    })
}

fn causes() -> Vec<DisconnectCause> {
    use DisconnectCause as Cause;
    every!(Cause {
        Cause::AccountLimit => [Cause::AccountLimit],
        Cause::ApplicationError => [Cause::ApplicationError],
        Cause::Busy => [Cause::Busy],
        Cause::CallbackError => [Cause::CallbackError],
        Cause::Cancel => [Cause::Cancel],
        Cause::Error => [Cause::Error],
        Cause::Hangup => [Cause::Hangup],
        Cause::InvalidBxml => [Cause::InvalidBxml],
        Cause::NodeCapacityExceeded => [Cause::NodeCapacityExceeded],
        Cause::Rejected => [Cause::Rejected],
        Cause::Timeout => [Cause::Timeout],
        Cause::Unknown => [Cause::Unknown],
        Cause::Other(_) => [Cause::Other("moon-phase".to_owned())],
    })
}
