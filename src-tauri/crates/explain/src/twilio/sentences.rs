//! Sentences for Twilio's refusals and the ends of its calls.

use std::time::Duration;

use super::{ended, refusal, state};
use crate::table::{Table, verdict, words};
use crate::twilio_codes::KNOWN;
use registrar_activity::Service;
use registrar_http::Refusal;
use registrar_names::every;
use registrar_twilio::{
    CallProblem, CallStatus, Notification, TwimlFault, TwimlProblem, UrlProblem,
};

#[test]
fn the_table_has_every_word_about_twilio() {
    let statuses = [400, 401, 403, 404, 418, 429, 499, 500, 503];
    let known = KNOWN.iter().copied().flatten().map(|known| known.code);
    let mut codes: Vec<u32> = known.chain([99_999]).collect();
    codes.sort_unstable();
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
        .with(
            "Why a call isn't placed",
            call_problems(),
            super::call_problem,
        )
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

fn call_problems() -> Vec<CallProblem> {
    let urls = every!(UrlProblem {
        UrlProblem::Malformed => [UrlProblem::Malformed],
        UrlProblem::Missing => [UrlProblem::Missing],
        UrlProblem::OtherScheme => [UrlProblem::OtherScheme],
        UrlProblem::WithSignIn => [UrlProblem::WithSignIn],
    });
    let at = |fault| TwimlProblem::At {
        line: 2,
        column: 9,
        fault,
    };
    let twimls = every!(TwimlProblem {
        TwimlProblem::At { .. } => twiml_faults().into_iter().map(at),
        TwimlProblem::Missing => [TwimlProblem::Missing],
        TwimlProblem::TooLong => [TwimlProblem::TooLong],
    });
    every!(CallProblem {
        CallProblem::Password => [CallProblem::Password],
        CallProblem::Target => [CallProblem::Target],
        CallProblem::Twiml(_) => twimls.clone().into_iter().map(CallProblem::Twiml),
        CallProblem::Url(_) => urls.clone().into_iter().map(CallProblem::Url),
        CallProblem::UserName => [CallProblem::UserName],
    })
}

fn twiml_faults() -> Vec<TwimlFault> {
    use TwimlFault::*;
    let say = || "Say".to_owned();
    every!(TwimlFault {
        Ampersand => [Ampersand],
        Attribute(_) => [Attribute(say())],
        AttributeText(_) => [AttributeText(say())],
        ClosesNothing { .. } => [Some(say()), None].map(|open| ClosesNothing {
            found: "say".to_owned(),
            open,
        }),
        Doctype => [Doctype],
        NeverClosed(_) => [NeverClosed(say())],
        NoResponse => [NoResponse],
        NotXml(_) => [NotXml(Some(say())), NotXml(None)],
        OpenComment => [OpenComment],
        OpenQuote => [OpenQuote],
        OpenTag => [OpenTag],
        OtherRoot(_) => [OtherRoot(say())],
        OutsideText => [OutsideText],
        Spelling { .. } => [Spelling { right: "Say", found: "say".to_owned() }],
        TooDeep => [TooDeep],
        TwoRoots => [TwoRoots],
    })
}
