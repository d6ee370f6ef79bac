//! Meaning of a refusal by Twilio, and how a test call ended.

use super::twilio_codes::KNOWN;
use super::words::{Known, Words, wait};
use crate::FailureKind::{Refused, SignIn, Unreachable, Wait};
use crate::RecoveryOption::{NewPassword, SignInAgain, TryAgain, TypeAddress};
use crate::{RecoveryOption, Verdict};
use registrar_activity::Tone;
use registrar_http::Refusal;
use registrar_twilio::{CallStatus, Notification};

mod order;

pub use order::call_problem;

/// Returns the words for one of Twilio's error codes.
#[must_use]
pub fn code(code: u32) -> Words {
    Known::find(KNOWN, Some(code)).unwrap_or_else(|| {
        Words::new(
            Refused,
            &format!("Twilio reported a code that this app doesn’t know: {code}."),
            &[],
            &format!("Read about it at https://www.twilio.com/docs/errors/{code}."),
            &[TryAgain],
        )
    })
}

/// Returns the words for a refusal by Twilio.
#[must_use]
pub fn refusal(refusal: &Refusal) -> Words {
    match refusal.code {
        Some(number) => code(number),
        None => by_status(refusal),
    }
}

fn by_status(refusal: &Refusal) -> Words {
    match refusal.status {
        401 => Words::new(
            SignIn,
            "Twilio didn’t accept the sign-in.",
            &["The auth token or key secret is mistyped or has been replaced."],
            "Copy the account SID and the token or key again from the Twilio Console.",
            &[SignInAgain],
        ),
        403 => Words::new(
            SignIn,
            "Twilio knows these keys but doesn’t allow them to do this.",
            &[
                "It’s a restricted API key.",
                "The keys belong to another account.",
            ],
            "Use the auth token or a standard API key of this account.",
            &[SignInAgain],
        ),
        404 => Words::new(
            Refused,
            "Twilio found nothing at this address.",
            &["The account SID belongs to other keys."],
            "Check the account SID.",
            &[SignInAgain, TryAgain],
        ),
        429 => {
            let left = refusal.retry_after.map_or(10, |left| left.as_secs() + 1);
            Words::new(
                Wait,
                "Twilio is asking for a pause between requests.",
                &["There were too many requests in a short time."],
                &format!("Wait {} and try again.", wait(left)),
                &[TryAgain],
            )
        }
        500.. => Words::new(
            Unreachable,
            "Something is wrong with Twilio’s service.",
            &["Twilio has an outage."],
            "Wait a few minutes and try again.",
            &[TryAgain],
        ),
        status => Words::new(
            Refused,
            &format!("Twilio refused this without saying why (HTTP status {status})."),
            &[],
            "Try again. If that fails too, ask Twilio support: Twilio places the test call.",
            &[TryAgain],
        ),
    }
}

/// Describes a call's state.
#[must_use]
pub fn state(status: CallStatus) -> &'static str {
    match status {
        CallStatus::Busy => "The number is busy.",
        CallStatus::Canceled => "The call was ended before it was answered.",
        CallStatus::Completed => "The call was answered and has ended.",
        CallStatus::Failed => "The call failed.",
        CallStatus::InProgress => "The call has been answered.",
        CallStatus::NoAnswer => "Nobody answered.",
        CallStatus::Queued => "Twilio is placing the call.",
        CallStatus::Ringing => "It’s ringing.",
        CallStatus::Unknown => {
            "Twilio reported a state that this app doesn’t know. Wait for the end of the call."
        }
    }
}

/// Explains what the end of a test call proves. Twilio's notes say why a call failed.
#[must_use]
pub fn ended(status: CallStatus, notes: &[Notification]) -> Verdict {
    match status {
        CallStatus::Completed => verdict(
            Tone::Good,
            "The test call was answered: the SIP credential can make calls.",
            &[],
            None,
            &[],
        ),
        CallStatus::Busy => verdict(
            Tone::Wait,
            "The call got through to a busy number: the registrar accepted it.",
            &[
                "The phone you called is in another call.",
                "The phone you called rejected the call.",
            ],
            Some("Call again when the number is free."),
            &[TryAgain],
        ),
        CallStatus::NoAnswer => verdict(
            Tone::Wait,
            "The call wasn’t answered in time.",
            &[
                "It rang, and nobody picked up.",
                "The phone you called is off or can’t be reached.",
            ],
            Some("Call again and answer it."),
            &[TryAgain],
        ),
        CallStatus::Canceled => verdict(
            Tone::Wait,
            "The call ended before anybody answered.",
            &[],
            Some("Call again to complete the test."),
            &[TryAgain],
        ),
        CallStatus::Failed => failed(notes),
        CallStatus::InProgress | CallStatus::Queued | CallStatus::Ringing | CallStatus::Unknown => {
            verdict(
                Tone::Wait,
                "The app didn’t see how the call ended.",
                &[
                    "The call is still going on.",
                    "Twilio could no longer be reached.",
                ],
                Some("See the call in the Twilio Console, or hang up and call again."),
                &[TryAgain],
            )
        }
    }
}

fn failed(notes: &[Notification]) -> Verdict {
    if let Some(number) = telling(notes) {
        let words = code(number);
        return Verdict {
            tone: Tone::Bad,
            sentence: words.sentence,
            causes: words.causes,
            next: Some(words.next),
            recovery_options: words.recovery_options,
        };
    }
    verdict(
        Tone::Bad,
        "The call failed, and Twilio didn’t say why.",
        &[
            "The SIP password or user name is wrong.",
            "The port is wrong, so the call didn’t reach the registrar.",
            "Bandwidth doesn’t accept calls from Twilio for this account.",
            "The number to call, or the one to call from, isn’t accepted.",
        ],
        Some("Go back and check the registration, which tests the user name, password, and port."),
        &[TryAgain, TypeAddress, NewPassword],
    )
}

/// Returns the most telling code: a known one before an unknown one, and one about the SIP call
/// (32…) before one about the account.
fn telling(notes: &[Notification]) -> Option<u32> {
    let codes = notes.iter().filter_map(|note| note.code);
    codes.max_by_key(|code| {
        let is_known = KNOWN
            .iter()
            .copied()
            .flatten()
            .any(|known| known.code == *code);
        (is_known, (32_000..33_000).contains(code))
    })
}

fn verdict(
    tone: Tone,
    sentence: &str,
    causes: &[&str],
    next: Option<&str>,
    recovery_options: &[RecoveryOption],
) -> Verdict {
    Verdict {
        tone,
        sentence: sentence.to_owned(),
        causes: causes.iter().map(ToString::to_string).collect(),
        next: next.map(ToOwned::to_owned),
        recovery_options: recovery_options.to_vec(),
    }
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use registrar_activity::Service;

    fn note(code: u32) -> Notification {
        Notification {
            code: Some(code),
            message: String::new(),
            more_info: String::new(),
        }
    }

    #[test]
    fn a_failed_call_is_explained_by_what_twilio_noted() {
        let verdict = ended(
            CallStatus::Failed,
            &[note(99), note(21210), note(32106), note(7)],
        );

        assert_eq!(verdict.sentence, code(32106).sentence);
        assert_eq!(verdict.tone, Tone::Bad);
    }

    #[test]
    fn a_failed_call_without_a_note_lists_the_causes() {
        assert!(ended(CallStatus::Failed, &[]).causes.len() > 2);
    }

    #[test]
    fn an_unknown_code_still_leads_somewhere() {
        let verdict = ended(CallStatus::Failed, &[note(99_999)]);

        assert!(verdict.sentence.contains("99999"));
        assert!(verdict.next.unwrap().contains("docs/errors/99999"));
    }

    #[test]
    fn each_end_each_state_and_each_status_has_words_of_its_own() {
        let ends = [
            CallStatus::Busy,
            CallStatus::Canceled,
            CallStatus::Completed,
            CallStatus::Failed,
            CallStatus::InProgress,
            CallStatus::NoAnswer,
        ];
        let sentences: HashSet<_> = ends.iter().map(|end| ended(*end, &[]).sentence).collect();
        let states: HashSet<_> = ends.iter().map(|end| state(*end)).collect();
        let statuses: HashSet<_> = [400, 401, 403, 404, 429, 500]
            .map(|status| refusal(&Refusal::new(Service::Twilio, status)).sentence)
            .into();

        assert_eq!((sentences.len(), states.len(), statuses.len()), (6, 6, 6));
    }
}
