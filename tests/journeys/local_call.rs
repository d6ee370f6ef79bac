//! A call from this computer in practice, without Twilio and without the internet.

use std::sync::Mutex;

use acceptance::practice_journey::{Machine, make_credential, with_realm};
use registrar_core::explain;
use registrar_core::ipc::{
    CallSound, LocalCallProgress, LocalCallState, Screen, Tone, TransportName,
};
use registrar_core::journey::guide::LocalCall;
use registrar_core::practice::{ANSWERS, BUSY, MISSING};
use tokio_util::sync::CancellationToken;

fn call(to: &str, transport: TransportName) -> LocalCall {
    LocalCall {
        to: to.to_owned(),
        sound: CallSound::Tone,
        transport,
        seconds: Some(2),
    }
}

/// The window's commands run on any thread.
fn on_any_thread<T: Send>(work: T) -> T {
    work
}

#[tokio::test]
async fn a_call_in_practice_brings_the_tone_back_and_counts_on_the_last_page() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "acme").await;
    make_credential(&open, "bob", "somewhere.com", "a password").await;
    open.registration_done().unwrap();
    for transport in [TransportName::Tcp, TransportName::Udp] {
        let heard = Mutex::new(Vec::new());
        let on_progress = |news: LocalCallProgress| heard.lock().unwrap().push(news);

        let stop = CancellationToken::new();
        let work = open.place_local_call(call(ANSWERS, transport), &stop, &on_progress);
        let report = on_any_thread(work).await.unwrap();

        assert_eq!(
            report.verdict.sentence, "The tone came back: 440 Hz, no packet lost.",
            "{:?}",
            report.facts
        );
        assert_eq!(report.verdict.tone, Tone::Good);
        assert!(report.heard && report.reading.round_trip_ms.is_some());
        let text = format!("{report:?}");
        assert!(!text.contains("a password") && text.contains("••••••"));
        let heard = heard.into_inner().unwrap();
        let states: Vec<LocalCallState> = heard
            .iter()
            .filter_map(|news| match news {
                LocalCallProgress::State { state, .. } => Some(*state),
                LocalCallProgress::Reading(_) => None,
            })
            .collect();
        assert_eq!(
            states,
            [
                LocalCallState::Calling,
                LocalCallState::Trying,
                LocalCallState::Ringing,
                LocalCallState::Answered,
                LocalCallState::Ended
            ]
        );
        assert!(heard.len() - states.len() >= 10, "ten readings a second");
    }

    let Screen::Finish { summary, .. } = open.call_done().unwrap() else {
        panic!("not at the last page")
    };
    assert!(
        summary
            .checks
            .iter()
            .any(|check| check.sentence.starts_with("The tone came back"))
    );
}

#[tokio::test]
async fn each_number_of_practice_ends_in_its_own_way() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "acme").await;
    make_credential(&open, "bob", "", "a password").await;
    open.registration_done().unwrap();
    for (number, part) in [(BUSY, "is busy"), (MISSING, "no such number")] {
        let stop = CancellationToken::new();
        let report = open
            .place_local_call(call(number, TransportName::Udp), &stop, &|_| {})
            .await
            .unwrap();

        assert!(report.verdict.sentence.contains(part), "{report:?}");
        assert!(!report.heard);
    }
    let stop = CancellationToken::new();
    let wrong = open
        .place_local_call(call("911", TransportName::Udp), &stop, &|_| {})
        .await
        .unwrap_err();
    assert_eq!(explain::failure(&wrong).problems[0].field, "to");
}

#[tokio::test]
async fn keys_are_pressed_only_in_a_call_that_is_up() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "acme").await;
    make_credential(&open, "bob", "", "a password").await;
    open.registration_done().unwrap();
    assert!(open.press_digit("5").is_err(), "nobody is called");
    let stop = CancellationToken::new();
    let results = Mutex::new(Vec::new());
    let on_progress = |news: LocalCallProgress| {
        if let LocalCallProgress::State {
            state: LocalCallState::Answered,
            ..
        } = news
        {
            for key in ["5", "#", "12", "x", ""] {
                let result = open.press_digit(key);
                results.lock().unwrap().push(result.is_ok());
            }
            stop.cancel();
        }
    };

    open.place_local_call(call(ANSWERS, TransportName::Udp), &stop, &on_progress)
        .await
        .unwrap();

    assert_eq!(*results.lock().unwrap(), [true, true, false, false, false]);
    assert!(open.press_digit("5").is_err(), "it is over");
}
