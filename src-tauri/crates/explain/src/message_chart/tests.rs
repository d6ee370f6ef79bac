//! Sentences about each message.

use super::*;
use crate::table::Table;
use registrar_names::every;

fn realm() -> String {
    "r.example".to_owned()
}

fn purposes() -> Vec<Purpose> {
    every!(Purpose {
        Purpose::Answer => [Purpose::Answer],
        Purpose::Ask => [Purpose::Ask],
        Purpose::Longer { .. } => [Purpose::Longer { seconds: 120 }],
        Purpose::Unregister => [Purpose::Unregister],
    })
}

fn meanings() -> Vec<Meaning> {
    every!(Meaning {
        Meaning::Accepted { .. } => [0, 1, 2].map(|bindings| Meaning::Accepted { bindings }),
        Meaning::Asks { .. } => [Meaning::Asks { realm: realm() }],
        Meaning::AsksForOther { .. } => [Meaning::AsksForOther { realm: realm() }],
        Meaning::CannotAnswer => [Meaning::CannotAnswer],
        Meaning::Interval => [Meaning::Interval],
        Meaning::Provisional => [Meaning::Provisional],
        Meaning::Refused => [Meaning::Refused],
        Meaning::RefusedAnswer => [Meaning::RefusedAnswer],
        Meaning::Repeated => [Meaning::Repeated],
        Meaning::Stale => [Meaning::Stale],
        Meaning::Stray => [Meaning::Stray],
        Meaning::Unregistered => [Meaning::Unregistered],
    })
}

fn sent_in_a_call() -> Vec<CallSent> {
    every!(CallSent {
        CallSent::Again => [CallSent::Again],
        CallSent::Agrees => [CallSent::Agrees],
        CallSent::AgreesToChange => [CallSent::AgreesToChange],
        CallSent::Calls { .. } => [CallSent::Calls { user: "5000".to_owned() }],
        CallSent::Cancels => [CallSent::Cancels],
        CallSent::ChangesCall => [CallSent::ChangesCall],
        CallSent::ConfirmsAgain => [CallSent::ConfirmsAgain],
        CallSent::ConfirmsAnswer => [CallSent::ConfirmsAnswer],
        CallSent::ConfirmsEnd => [CallSent::ConfirmsEnd],
        CallSent::ConfirmsRefusal => [CallSent::ConfirmsRefusal],
        CallSent::Glare => [CallSent::Glare],
        CallSent::HangsUp => [CallSent::HangsUp],
        CallSent::NoSuchCall => [CallSent::NoSuchCall],
        CallSent::Options => [CallSent::Options],
        CallSent::Proves => [CallSent::Proves],
        CallSent::Refuses => [CallSent::Refuses],
    })
}

fn heard_in_a_call() -> Vec<CallHeard> {
    every!(CallHeard {
        CallHeard::Again => [CallHeard::Again],
        CallHeard::Agrees => [CallHeard::Agrees],
        CallHeard::Answered => [CallHeard::Answered],
        CallHeard::Asks { .. } => [CallHeard::Asks { realm: realm() }],
        CallHeard::AsksOptions => [CallHeard::AsksOptions],
        CallHeard::AsksOther => [CallHeard::AsksOther],
        CallHeard::Busy => [CallHeard::Busy],
        CallHeard::Canceled => [CallHeard::Canceled],
        CallHeard::CannotAnswer => [CallHeard::CannotAnswer],
        CallHeard::ChangesCall => [CallHeard::ChangesCall],
        CallHeard::ConfirmsChange => [CallHeard::ConfirmsChange],
        CallHeard::ConfirmsEnd => [CallHeard::ConfirmsEnd],
        CallHeard::EarlySound => [CallHeard::EarlySound],
        CallHeard::HangsUp => [CallHeard::HangsUp],
        CallHeard::Refuses { .. } => [CallHeard::Refuses { label: "404 Not Found".to_owned() }],
        CallHeard::RefusesProof => [CallHeard::RefusesProof],
        CallHeard::Rings => [CallHeard::Rings],
        CallHeard::Stale => [CallHeard::Stale],
        CallHeard::TakesBack => [CallHeard::TakesBack],
        CallHeard::Trying => [CallHeard::Trying],
        CallHeard::Underway => [CallHeard::Underway],
    })
}

#[test]
fn the_table_has_what_each_message_means() {
    let said = |meaning: &MessageMeaning| {
        let (tone, sentence) = words(meaning, "403 Forbidden");
        format!("{tone:?}: {sentence}")
    };
    let register_sent = |again| move |purpose| MessageMeaning::RegisterSent { purpose, again };
    let first = purposes().into_iter().map(register_sent(false));
    let sent = first.chain([register_sent(true)(Purpose::Ask)]);
    let astray = [None, Some(([192, 0, 2, 66], 5060).into())];
    let heard = |said| MessageMeaning::CallHeard { said, astray: None };
    let from = astray.map(|astray| MessageMeaning::CallHeard {
        said: CallHeard::HangsUp,
        astray,
    });
    Table::new("Sentences about each message")
        .with("Sent for a registration", sent, said)
        .with(
            "Heard for a registration",
            meanings().into_iter().map(MessageMeaning::RegisterHeard),
            said,
        )
        .with(
            "Sent in a call",
            sent_in_a_call().into_iter().map(MessageMeaning::CallSent),
            said,
        )
        .with(
            "Heard in a call",
            heard_in_a_call().into_iter().map(heard),
            said,
        )
        .with("Heard from elsewhere", from, said)
        .assert_is(include_str!("sentences.md"));
}
