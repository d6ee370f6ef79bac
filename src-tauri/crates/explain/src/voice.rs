//! What a refusal of the Voice API means, and how a call of Bandwidth's to the phone ended.

use super::dashboard::api_user_refused;
use super::words::{Words, wait};
use crate::FailureKind::{AskBandwidth, Invalid, Refused, SignIn, Unreachable, Wait};
use crate::RecoveryOption::{SignInAgain, TryAgain};
use crate::Verdict;
use registrar_activity::Tone;
use registrar_activity::clock;
use registrar_bandwidth::voice::{Call, CallState, DisconnectCause};
use registrar_http::Refusal;

/// What to look at where the phone was not reached.
const REGISTER_FIRST: &str = "Go back one step and watch for the phone: it must be registered at the moment of the call. Then \
     ring it again.";

/// Returns the words for a refusal by the Voice API. Its errors have no numbers, only a status and
/// a sentence; the sentence is the first cause.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Words {
    let ended = api_user_refused(refusal, clock::now_ms());
    let mut words = ended.unwrap_or_else(|| by_status(refusal));
    if let Some(said) = &refusal.description {
        words.causes.insert(0, format!("Bandwidth says: {said}"));
    }
    words
}

fn by_status(refusal: &Refusal) -> Words {
    match refusal.status {
        400 | 422 => Words::new(
            Invalid,
            "Bandwidth does not take one of the values of this call.",
            &[
                "The voice application does not exist on this account.",
                "The number to call from is not a number of this account, or belongs to another \
                 application.",
                "The answer address cannot be used.",
            ],
            "Compare number, application ID and answer address with the Bandwidth App, and ring again.",
            &[TryAgain],
        ),
        401 => Words::new(
            SignIn,
            "The Voice API does not accept this sign-in.",
            &[
                "The sign-in lacks the role 'HTTP Voice', which is another one than 'SIP Credentials'.",
                "The account has no Voice API.",
                "The secret was replaced meanwhile.",
            ],
            "Have the role 'HTTP Voice' added to the API client in the Bandwidth App, or sign in again.",
            &[SignInAgain, TryAgain],
        ),
        403 => Words::new(
            AskBandwidth,
            "The sign-in is right, but may not use the Voice API.",
            &[
                "The sign-in lacks the role 'HTTP Voice', which is another one than 'SIP Credentials'.",
                "The Voice API is not switched on for this account.",
            ],
            "Have the role 'HTTP Voice' added in the Bandwidth App; if it is there, ask Bandwidth \
             support to switch on the Voice API.",
            &[SignInAgain, TryAgain],
        ),
        404 => Words::new(
            Refused,
            "The Voice API does not know the account, the application or the call.",
            &[
                "The voice application does not exist on this account.",
                "The account has no Voice API.",
            ],
            "Compare the application ID with the Bandwidth App, and ring again.",
            &[TryAgain],
        ),
        409 => Words::new(
            Refused,
            "The call cannot be changed at this moment.",
            &["It has just ended, or has not begun yet."],
            "Wait half a minute: a call that nobody answers ends by itself.",
            &[TryAgain],
        ),
        429 => {
            let left = refusal.retry_after.map_or(10, |left| left.as_secs() + 1);
            Words::new(
                Wait,
                "The Voice API wants a pause between calls.",
                &["The account made too many calls in a short time."],
                &format!("Wait {} and ring again.", wait(left)),
                &[TryAgain],
            )
        }
        500.. => Words::new(
            Unreachable,
            "Bandwidth's Voice API has a problem of its own.",
            &[
                "Bandwidth has an outage.",
                "Its system is full at the moment.",
            ],
            "Wait a few minutes and ring again.",
            &[TryAgain],
        ),
        status => Words::new(
            Refused,
            &format!("The Voice API refused without saying why (HTTP status {status})."),
            &[],
            "Ring again; if it stays so, ask Bandwidth support.",
            &[TryAgain],
        ),
    }
}

/// Says where a call stands, in plain words.
#[must_use]
pub fn state(state: CallState) -> &'static str {
    match state {
        CallState::Answered => "The phone is answered.",
        CallState::Disconnected => "The call has ended.",
        CallState::Initiated => "Bandwidth is calling the phone.",
        CallState::Queued => "Bandwidth has taken the call.",
        CallState::Ringing => "The phone rings.",
        CallState::Unknown => "Bandwidth reports a state that this app does not know.",
    }
}

/// Says what Bandwidth's word for the end of a call means.
#[must_use]
pub fn cause(cause: &DisconnectCause) -> String {
    let meaning = match cause {
        DisconnectCause::AccountLimit => "the account's limit of calls was reached",
        DisconnectCause::ApplicationError => "the instructions could not be carried out",
        DisconnectCause::Busy => "the phone is busy",
        DisconnectCause::CallbackError => "the answer address could not be asked what to do",
        DisconnectCause::Cancel => "it was given up before it was answered",
        DisconnectCause::Error => "something went wrong that has no word of its own",
        DisconnectCause::Hangup => "one side hung up, or the instructions came to their end",
        DisconnectCause::InvalidBxml => "the answer address sent no instructions that can be read",
        DisconnectCause::NodeCapacityExceeded => "Bandwidth's system was full",
        DisconnectCause::Rejected => "the phone, or the registrar for it, said no",
        DisconnectCause::Timeout => "nobody answered in time",
        DisconnectCause::Unknown => "Bandwidth does not know why",
        DisconnectCause::Other(_) => "a word that this app does not know",
    };
    format!("Why it ended: {meaning} ({}).", cause.as_str())
}

/// Says what the end of a call to the phone proves.
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
            "Bandwidth reaches the phone, but it is busy.",
            &[
                "The phone is in a call.",
                "'Do not disturb' is on, or somebody pressed reject.",
            ],
            Some("Ring again when the phone is free."),
        ),
        DisconnectCause::Timeout => verdict(
            Tone::Wait,
            "The phone was not answered in time.",
            &[
                "It rang, and nobody picked it up: then calls reach it.",
                "The phone is registered, but a router no longer lets calls through to it.",
                "The phone is off since it registered.",
            ],
            Some("Ring again and listen: if it rings, answer it."),
        ),
        DisconnectCause::Cancel => verdict(
            Tone::Wait,
            "The call was ended before anybody answered it.",
            &[],
            Some("Ring again to test further."),
        ),
        DisconnectCause::Rejected => verdict(
            Tone::Bad,
            "The call to the phone was rejected.",
            &[
                "The phone is not registered at the moment.",
                "The phone rejects calls: 'do not disturb', or only from known numbers.",
                "The phone does not take calls without a password of its own.",
            ],
            Some(REGISTER_FIRST),
        ),
        DisconnectCause::AccountLimit | DisconnectCause::NodeCapacityExceeded => verdict(
            Tone::Wait,
            "Bandwidth had no room for the call.",
            &["The account's limit, or Bandwidth's own, was reached."],
            Some("Wait a minute and ring again."),
        ),
        DisconnectCause::ApplicationError
        | DisconnectCause::CallbackError
        | DisconnectCause::Hangup
        | DisconnectCause::InvalidBxml => answered(cause),
        DisconnectCause::Error | DisconnectCause::Unknown | DisconnectCause::Other(_) => verdict(
            Tone::Bad,
            "Bandwidth did not reach the phone.",
            &[
                "The phone is not registered at the moment.",
                "The number to call from is not set up for calls.",
                "Bandwidth has a problem of its own.",
            ],
            Some(REGISTER_FIRST),
        ),
    }
}

/// The phone rang and was answered: what came after that is no part of the test.
fn answered(cause: &DisconnectCause) -> Verdict {
    let next = match cause {
        DisconnectCause::CallbackError => {
            "Bandwidth then asked the answer address what to say, and got no answer. That does not \
             matter here: the phone can be called."
        }
        DisconnectCause::ApplicationError | DisconnectCause::InvalidBxml => {
            "What the answer address told Bandwidth to do did not work. That does not matter here: \
             the phone can be called."
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
            Some("The end of the call was not seen. Hang up at the phone."),
        );
    }
    verdict(
        Tone::Wait,
        "The end of the call was not seen.",
        &["It still goes on.", "Bandwidth did not say how it ended."],
        Some("If the phone rang, calls reach it. Ring again to test further."),
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
        assert!(verdict.next.unwrap().contains("does not matter"));
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
