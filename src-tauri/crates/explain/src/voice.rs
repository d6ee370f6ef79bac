//! Meaning of a refusal by the Voice API, and how a call from Bandwidth to the phone ended.

use super::dashboard::api_user_refused;
use super::isolate::foreign;
use super::words::{Words, wait};
use crate::FailureKind::{AskBandwidth, Invalid, Refused, SignIn, Unreachable, Wait};
use crate::RecoveryOption::{SignInAgain, TryAgain};
use crate::Verdict;
use registrar_activity::Tone;
use registrar_activity::clock;
use registrar_bandwidth::voice::{Call, CallState, DisconnectCause};
use registrar_http::Refusal;

/// Maximum length of a quote, in characters.
const LONGEST: usize = 300;
/// What to do if the phone wasn't reached.
const REGISTER_FIRST: &str = "Go back and wait for the phone to register. It must be registered \
                              at the moment of the call. Then call again.";

/// Returns the words for a refusal by the Voice API. Its errors have no numbers, only a status and
/// a sentence; the sentence is the first cause.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Words {
    let ended = api_user_refused(refusal, clock::now_ms());
    let mut words = ended.unwrap_or_else(|| by_status(refusal));
    if let Some(said) = &refusal.description {
        words
            .causes
            .insert(0, format!("Bandwidth says: {}", foreign(said, LONGEST)));
    }
    words
}

fn by_status(refusal: &Refusal) -> Words {
    match refusal.status {
        400 | 422 => Words::new(
            Invalid,
            "Bandwidth doesn’t accept one of the values of this call.",
            &[
                "The account has no such voice application.",
                "The number to call from isn’t in this account, or it belongs to another \
                 application.",
                "The answer address can’t be used.",
            ],
            "Compare the number, application ID, and answer address with the Bandwidth App, then \
             call again.",
            &[TryAgain],
        ),
        401 => Words::new(
            SignIn,
            "The Voice API doesn’t accept this sign-in.",
            &[
                "The sign-in doesn’t have the role “HTTP Voice”, which is separate from “SIP \
                 Credentials”.",
                "The account doesn’t have the Voice API.",
                "The secret was replaced in the meantime.",
            ],
            "Ask whoever manages your Bandwidth account to add the role “HTTP Voice” to the API client in the Bandwidth \
             App, or sign in again.",
            &[SignInAgain, TryAgain],
        ),
        403 => Words::new(
            AskBandwidth,
            "The sign-in is right but isn’t allowed to use the Voice API.",
            &[
                "The sign-in doesn’t have the role “HTTP Voice”, which is separate from “SIP \
                 Credentials”.",
                "The Voice API isn’t turned on for this account.",
            ],
            "Ask whoever manages your Bandwidth account to add the role “HTTP Voice” in the Bandwidth App. If it’s \
             there, ask Bandwidth support to turn on the Voice API.",
            &[SignInAgain, TryAgain],
        ),
        404 => Words::new(
            Refused,
            "The Voice API doesn’t know the account, the application, or the call.",
            &[
                "The account has no such voice application.",
                "The account doesn’t have the Voice API.",
            ],
            "Compare the application ID with the Bandwidth App, then call again.",
            &[TryAgain],
        ),
        409 => Words::new(
            Refused,
            "The call can’t be changed right now.",
            &["It has just ended or hasn’t started yet."],
            "Wait 30 seconds. A call that nobody answers ends by itself.",
            &[TryAgain],
        ),
        429 => {
            let left = refusal.retry_after.map_or(10, |left| left.as_secs() + 1);
            Words::new(
                Wait,
                "The Voice API is asking for a pause between calls.",
                &["The account made too many calls in a short time."],
                &format!("Wait {} and call again.", wait(left)),
                &[TryAgain],
            )
        }
        500.. => Words::new(
            Unreachable,
            "Something is wrong with Bandwidth’s Voice API.",
            &[
                "Bandwidth has an outage.",
                "Its system has no room for calls right now.",
            ],
            "Wait a few minutes and call again.",
            &[TryAgain],
        ),
        status => Words::new(
            Refused,
            &format!("The Voice API refused this without saying why (HTTP status {status})."),
            &[],
            "Call again. If that fails too, ask Bandwidth support.",
            &[TryAgain],
        ),
    }
}

/// Describes a call's state.
#[must_use]
pub fn state(state: CallState) -> &'static str {
    match state {
        CallState::Answered => "The phone has been answered.",
        CallState::Disconnected => "The call has ended.",
        CallState::Initiated => "Bandwidth is calling the phone.",
        CallState::Queued => "Bandwidth has accepted the call.",
        CallState::Ringing => "The phone is ringing.",
        CallState::Unknown => {
            "Bandwidth reported a state that this app doesn’t know. Wait for the end of the call."
        }
    }
}

/// Explains Bandwidth's disconnect cause.
#[must_use]
pub fn cause(cause: &DisconnectCause) -> String {
    let meaning = match cause {
        DisconnectCause::AccountLimit => "The account’s limit of calls was reached",
        DisconnectCause::ApplicationError => "The instructions couldn’t be carried out",
        DisconnectCause::Busy => "The phone was busy",
        DisconnectCause::CallbackError => "Bandwidth couldn’t ask the answer address what to do",
        DisconnectCause::Cancel => "The call was canceled before it was answered",
        DisconnectCause::Error => "Something went wrong, and Bandwidth has no name for it",
        DisconnectCause::Hangup => "One side hung up, or the instructions ended",
        DisconnectCause::InvalidBxml => "The answer address sent no readable instructions",
        DisconnectCause::NodeCapacityExceeded => "Bandwidth’s system had no room for the call",
        DisconnectCause::Rejected => "The phone, or the registrar for it, rejected the call",
        DisconnectCause::Timeout => "Nobody answered in time",
        DisconnectCause::Unknown => "Bandwidth doesn’t know why it ended",
        DisconnectCause::Other(_) => "Bandwidth gave a reason that this app doesn’t know",
    };
    format!("{meaning} ({}).", cause.as_str())
}

/// Explains what the end of a call to the phone proves.
#[must_use]
pub fn ended(call: &Call) -> Verdict {
    let Some(cause) = call.cause.as_ref().filter(|_| is_over(call)) else {
        return unseen(call);
    };
    if call.answered {
        return answered(cause);
    }
    match cause {
        DisconnectCause::Busy => verdict(
            Tone::Wait,
            "Bandwidth reached the phone, but it was busy.",
            &[
                "The phone is in another call.",
                "“Do not disturb” is on, or someone rejected the call.",
            ],
            Some("Call again when the phone is free."),
        ),
        DisconnectCause::Timeout => verdict(
            Tone::Wait,
            "The phone wasn’t answered in time.",
            &[
                "It rang, and nobody picked up. If so, calls reach it.",
                "The phone is registered, but a router no longer lets calls through to it.",
                "The phone was turned off after it registered.",
            ],
            Some("Call again and listen. If the phone rings, answer it."),
        ),
        DisconnectCause::Cancel => verdict(
            Tone::Wait,
            "The call ended before anybody answered.",
            &[],
            Some("Call again to complete the test."),
        ),
        DisconnectCause::Rejected => verdict(
            Tone::Bad,
            "The call to the phone was rejected.",
            &[
                "The phone isn’t registered right now.",
                "The phone rejects calls, because “do not disturb” is on or it only accepts known \
                 numbers.",
                "The phone doesn’t accept calls without a password of its own.",
            ],
            Some(REGISTER_FIRST),
        ),
        DisconnectCause::AccountLimit | DisconnectCause::NodeCapacityExceeded => verdict(
            Tone::Wait,
            "Bandwidth had no room for the call.",
            &["The account’s limit, or Bandwidth’s own, was reached."],
            Some("Wait a minute and call again."),
        ),
        DisconnectCause::ApplicationError
        | DisconnectCause::CallbackError
        | DisconnectCause::Hangup
        | DisconnectCause::InvalidBxml => answered(cause),
        DisconnectCause::Error | DisconnectCause::Unknown | DisconnectCause::Other(_) => verdict(
            Tone::Bad,
            "Bandwidth didn’t reach the phone.",
            &[
                "The phone isn’t registered right now.",
                "The number to call from isn’t set up for calls.",
                "Something is wrong at Bandwidth.",
            ],
            Some(REGISTER_FIRST),
        ),
    }
}

/// The phone rang and was answered: what follows isn't part of the test.
fn answered(cause: &DisconnectCause) -> Verdict {
    let next = match cause {
        DisconnectCause::CallbackError => {
            "The phone can be called. Bandwidth then got no answer from the answer address, which \
             doesn’t matter for this test."
        }
        DisconnectCause::ApplicationError | DisconnectCause::InvalidBxml => {
            "The phone can be called. The answer address’s instructions then didn’t work, which \
             doesn’t matter for this test."
        }
        DisconnectCause::AccountLimit
        | DisconnectCause::Busy
        | DisconnectCause::Cancel
        | DisconnectCause::Error
        | DisconnectCause::Hangup
        | DisconnectCause::NodeCapacityExceeded
        | DisconnectCause::Other(_)
        | DisconnectCause::Rejected
        | DisconnectCause::Timeout
        | DisconnectCause::Unknown => "The phone can be called.",
    };
    Verdict {
        recovery_options: Vec::new(),
        ..verdict(
            Tone::Good,
            "The phone rang and was answered.",
            &[],
            Some(next),
        )
    }
}

fn unseen(call: &Call) -> Verdict {
    if call.answered {
        return verdict(
            Tone::Good,
            "The phone rang and was answered.",
            &[],
            Some("The app didn’t see how the call ended. Hang up the phone."),
        );
    }
    verdict(
        Tone::Wait,
        "The app didn’t see how the call ended.",
        &[
            "The call is still going on.",
            "Bandwidth didn’t say how it ended.",
        ],
        Some("If the phone rang, calls reach it. Call again to complete the test."),
    )
}

fn is_over(call: &Call) -> bool {
    call.state == CallState::Disconnected
}

fn verdict(tone: Tone, sentence: &str, causes: &[&str], next: Option<&str>) -> Verdict {
    Verdict {
        tone,
        sentence: sentence.to_owned(),
        causes: causes.iter().map(ToString::to_string).collect(),
        next: next.map(ToOwned::to_owned),
        recovery_options: vec![TryAgain],
    }
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use registrar_activity::Service;
    use registrar_bandwidth::voice::CallId;

    fn over(cause: DisconnectCause, was_answered: bool) -> Call {
        Call {
            id: CallId::parse("c-1").unwrap(),
            state: CallState::Disconnected,
            answered: was_answered || cause.follows_an_answer(),
            cause: Some(cause),
            error: None,
        }
    }

    #[test]
    fn every_documented_cause_leads_to_a_verdict_and_a_meaning() {
        let mut meanings = HashSet::new();
        for (found, word) in DisconnectCause::DOCUMENTED {
            let meaning = cause(&found);
            assert!(meaning.contains(&format!("({word})")), "{meaning}");
            meanings.insert(meaning);

            let rang = ended(&over(found.clone(), true));
            assert_eq!(rang.sentence, "The phone rang and was answered.", "{word}");
            assert_eq!(rang.tone, Tone::Good, "{word}");

            let alone = ended(&over(found.clone(), false));
            assert_eq!(
                alone.tone == Tone::Good,
                found.follows_an_answer(),
                "{word}: {alone:?}"
            );
            assert!(alone.next.is_some(), "{word}");
        }
        assert_eq!(meanings.len(), DisconnectCause::DOCUMENTED.len());
    }

    #[test]
    fn ring_is_proved_without_a_reply_from_the_answer_address() {
        let verdict = ended(&over(DisconnectCause::CallbackError, false));

        assert_eq!(verdict.tone, Tone::Good);
        assert!(verdict.next.unwrap().contains("doesn’t matter"));
    }

    #[test]
    fn a_word_that_nobody_knows_is_shown_and_leads_somewhere() {
        let other = DisconnectCause::Other("moon-phase".to_owned());

        assert!(cause(&other).contains("moon-phase"));
        assert_eq!(ended(&over(other, false)).tone, Tone::Bad);
    }

    #[test]
    fn a_call_that_goes_on_has_not_failed() {
        let on = |answered| Call {
            state: CallState::Unknown,
            answered,
            cause: None,
            ..over(DisconnectCause::Error, false)
        };

        assert_eq!(ended(&on(false)).tone, Tone::Wait);
        assert_eq!(ended(&on(true)).tone, Tone::Good);
    }

    #[test]
    fn every_status_has_its_own_words_and_names_a_missing_role() {
        let words = |status| refusal(&Refusal::new(Service::Voice, status));
        let statuses = [400, 401, 403, 404, 409, 429, 418, 500];

        let sentences: HashSet<_> = statuses.map(|status| words(status).sentence).into();

        assert_eq!(sentences.len(), statuses.len());
        assert_eq!(words(422), words(400));
        for status in [401, 403] {
            let words = words(status);
            assert!(words.causes[0].contains("HTTP Voice"), "{words:?}");
            assert!(words.causes[0].contains("SIP Credentials"), "{words:?}");
        }
    }

    #[test]
    fn what_bandwidth_says_is_the_first_cause() {
        let said = Refusal {
            description: Some("Could not create call: Application id 1 not found".to_owned()),
            ..Refusal::new(Service::Voice, 400)
        };

        let words = refusal(&said);

        assert!(
            words.causes[0].contains("Application id 1 not found"),
            "{words:?}"
        );
    }
}
