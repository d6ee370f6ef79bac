//! Each message of a check or a call, in words.

use crate::isolate::foreign;
use registrar_activity::{MessageChartLine, Tone};
use registrar_sip::register::{Meaning, Purpose};
use registrar_user_agent::message_chart::{CallHeard, CallSent, MessageMeaning, TracedMessage};

/// Maximum length of a realm in a sentence, in characters.
const LONGEST: usize = 100;

/// Returns messages as the window shows them.
#[must_use]
pub fn lines(messages: &[TracedMessage]) -> Vec<MessageChartLine> {
    messages.iter().map(line).collect()
}

/// Returns a message as the window shows it.
#[must_use]
pub fn line(message: &TracedMessage) -> MessageChartLine {
    let (tone, plain) = words(&message.meaning, &message.label);
    MessageChartLine {
        sent: message.sent,
        target: message.target,
        at_ms: message.at_ms,
        label: message.label.clone(),
        plain,
        text: message.text.clone(),
        tone,
    }
}

fn words(meaning: &MessageMeaning, label: &str) -> (Tone, String) {
    match meaning {
        MessageMeaning::CallHeard { said, astray } => {
            let (tone, mut sentence) = call_heard(said);
            if let Some(source) = astray {
                sentence += " It came from ";
                sentence += &source.to_string();
                sentence += ", not through the registrar.";
            }
            (tone, sentence)
        }
        MessageMeaning::CallSent(said) => call_sent(said),
        MessageMeaning::RegisterHeard(meaning) => register_heard(meaning, label),
        MessageMeaning::RegisterSent { again: true, .. } => {
            let sentence = "No answer yet, so this computer sends the request again.";
            (Tone::Wait, sentence.to_owned())
        }
        MessageMeaning::RegisterSent {
            purpose,
            again: false,
        } => (Tone::Plain, register_sent(*purpose)),
    }
}

fn register_sent(purpose: Purpose) -> String {
    match purpose {
        Purpose::Answer => "This computer signs in. The password itself is never sent.".to_owned(),
        Purpose::Ask => "This computer contacts the registrar, without signing in yet.".to_owned(),
        Purpose::Longer { seconds } => {
            format!("This computer asks again, for the {seconds} seconds that the registrar wants.")
        }
        Purpose::Unregister => {
            "This computer removes its own registration, and no other one.".to_owned()
        }
    }
}

fn register_heard(meaning: &Meaning, label: &str) -> (Tone, String) {
    let (tone, sentence) = match meaning {
        Meaning::Accepted { bindings: 0 } => (
            Tone::Good,
            "The registrar accepted the credential. No phone is registered with it.",
        ),
        Meaning::Accepted { bindings: 1 } => (
            Tone::Good,
            "The registrar accepted the credential and listed 1 registered device.",
        ),
        Meaning::Accepted { bindings } => {
            return (
                Tone::Good,
                format!(
                    "The registrar accepted the credential and listed {bindings} registered devices."
                ),
            );
        }
        Meaning::Asks { realm } => return (Tone::Plain, asks(realm)),
        Meaning::AsksForOther { realm } => {
            let realm = foreign(realm, LONGEST);
            let sentence = format!("The registrar asks for realm {realm}, which isn’t answered.");
            return (Tone::Wait, sentence);
        }
        Meaning::CannotAnswer => (
            Tone::Bad,
            "The registrar asks for a sign-in method that this computer doesn’t support.",
        ),
        Meaning::Interval => (
            Tone::Wait,
            "The registrar finds the registration time too short.",
        ),
        Meaning::Provisional => (
            Tone::Wait,
            "The registrar has the request and is working on it.",
        ),
        Meaning::Refused => return (Tone::Bad, format!("The registrar refused: {label}.")),
        Meaning::RefusedAnswer => (Tone::Bad, "The registrar didn’t accept the answer."),
        Meaning::Repeated => (Tone::Plain, "The same answer again. It changes nothing."),
        Meaning::Stale => (
            Tone::Wait,
            "The registrar found the answer too old and asks again.",
        ),
        Meaning::Stray => (
            Tone::Plain,
            "This message doesn’t belong to the check and was ignored.",
        ),
        Meaning::Unregistered => (
            Tone::Good,
            "The registrar removed this computer’s registration.",
        ),
    };
    (tone, sentence.to_owned())
}

fn call_sent(said: &CallSent) -> (Tone, String) {
    let sentence = match said {
        CallSent::Again => {
            let sentence = "No answer came, so this computer sends the message again.";
            return (Tone::Wait, sentence.to_owned());
        }
        CallSent::Agrees => "This computer agrees.",
        CallSent::AgreesToChange => "This computer agrees to the change.",
        CallSent::Calls { user } => {
            let sentence = format!("This computer asks the registrar to call {user}.");
            return (Tone::Plain, sentence);
        }
        CallSent::Cancels => "This computer cancels the call before it’s answered.",
        CallSent::ChangesCall => "This computer holds, resumes, or refreshes the call.",
        CallSent::ConfirmsAgain => "This computer confirms again.",
        CallSent::ConfirmsAnswer => "This computer confirms the answer. The call is connected.",
        CallSent::ConfirmsEnd => "This computer confirms the end of the call.",
        CallSent::ConfirmsRefusal => "This computer confirms that it got the refusal.",
        CallSent::Glare => {
            let sentence = "Both sides asked at the same time. This computer says so.";
            return (Tone::Wait, sentence.to_owned());
        }
        CallSent::HangsUp => "This computer hangs up.",
        CallSent::NoSuchCall => {
            "This computer doesn’t know the call it was asked about, and says so."
        }
        CallSent::Options => "This computer says what it supports.",
        CallSent::Proves => {
            "This computer signs in and calls again. The password itself is never sent."
        }
        CallSent::Refuses => "This computer doesn’t support that, and says so.",
    };
    (Tone::Plain, sentence.to_owned())
}

fn call_heard(said: &CallHeard) -> (Tone, String) {
    let (tone, sentence) = match said {
        CallHeard::Again => (Tone::Plain, "The same message again. It changes nothing."),
        CallHeard::Agrees => (Tone::Plain, "The other side agrees."),
        CallHeard::Answered => (Tone::Good, "The call was answered."),
        CallHeard::Asks { realm } => return (Tone::Wait, asks(realm)),
        CallHeard::AsksOptions => (
            Tone::Plain,
            "The other side asks what this computer supports.",
        ),
        CallHeard::AsksOther => (
            Tone::Plain,
            "The other side asks for something that a test call doesn’t support.",
        ),
        CallHeard::Busy => (Tone::Bad, "The called number is busy."),
        CallHeard::Canceled => (Tone::Plain, "The call was canceled before it was answered."),
        CallHeard::CannotAnswer => (
            Tone::Bad,
            "The registrar asks for a sign-in method that SIP credentials don’t support.",
        ),
        CallHeard::ChangesCall => (Tone::Plain, "The other side changes or refreshes the call."),
        CallHeard::ConfirmsChange => (Tone::Plain, "The other side confirms the change."),
        CallHeard::ConfirmsEnd => (Tone::Good, "The end of the call was confirmed."),
        CallHeard::EarlySound => (
            Tone::Wait,
            "Sound is coming before the answer, such as an announcement.",
        ),
        CallHeard::HangsUp => (Tone::Plain, "The other side hangs up."),
        CallHeard::Refuses { label } => {
            return (Tone::Bad, format!("The call was refused: {label}."));
        }
        CallHeard::RefusesProof => (
            Tone::Bad,
            "The registrar didn’t accept the answer, or asks for another one.",
        ),
        CallHeard::Rings => (Tone::Wait, "It’s ringing."),
        CallHeard::Stale => (
            Tone::Wait,
            "The registrar found the answer too old and asks again.",
        ),
        CallHeard::TakesBack => (Tone::Plain, "The registrar cancels the call."),
        CallHeard::Trying => (
            Tone::Wait,
            "The registrar has the request and is working on it.",
        ),
        CallHeard::Underway => (Tone::Wait, "The call is on its way."),
    };
    (tone, sentence.to_owned())
}

fn asks(realm: &str) -> String {
    let realm = foreign(realm, LONGEST);
    format!("The registrar asks this computer to sign in for realm {realm}.")
}

#[cfg(test)]
mod tests;
