//! A call from this computer in practice, without Twilio and without the internet.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use acceptance::practice_journey::{
    Machine, make_credential, make_realm, sign_in, to_call, with_realm,
};
use registrar_activity::{MessageChartLine, Tone};
use registrar_app::ipc::{LocalCallProgress, Screen};
use registrar_app::journey::session::{JourneySession, LocalCall};
use registrar_app::operation::Operations;
use registrar_app::services::Services;
use registrar_explain::{CallSound, LocalCallState};
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{ANSWERS, BUSY, MISSING, Practice};
use registrar_sip::TransportName;
use registrar_storage::store::Store;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// How long the app waits for what is on its way when it is quit.
const LIMIT: Duration = Duration::from_secs(3);

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
async fn practice_call_returns_the_tone_and_counts_on_the_last_page() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "acme").await;
    make_credential(&open, "bob", "somewhere.com", "a password").await;
    to_call(&open);
    for transport in [TransportName::Tcp, TransportName::Udp] {
        let heard = Mutex::new(Vec::new());
        let on_progress = |news: LocalCallProgress| heard.lock().unwrap().push(news);

        let stop = CancellationToken::new();
        let work = open.place_local_call(call(ANSWERS, transport), &stop, &on_progress);
        let report = on_any_thread(work).await.unwrap();

        assert_eq!(
            report.verdict.sentence, "Sound works in both directions.",
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

    let Screen::Finish { summary, .. } = open.continue_to_finish().unwrap() else {
        panic!("not at the last page")
    };
    assert!(
        summary
            .checks
            .iter()
            .any(|check| check.sentence.starts_with("Sound works in both directions"))
    );
}

#[tokio::test]
async fn each_number_of_practice_ends_in_its_own_way() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "acme").await;
    make_credential(&open, "bob", "", "a password").await;
    to_call(&open);
    for (number, part) in [(BUSY, "is busy"), (MISSING, "wasn’t found")] {
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
    assert_eq!(wrong.failure().problems[0].field, "to");
}

#[tokio::test]
async fn keys_are_pressed_only_in_a_call_that_is_up() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "acme").await;
    make_credential(&open, "bob", "", "a password").await;
    to_call(&open);
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

/// The app is quit while a call is up: it is hung up, and the other side hears that.
#[tokio::test]
async fn stopping_everything_ends_a_connected_call_with_a_bye() {
    let folder = tempfile::tempdir().unwrap();
    let pretend = Practice::start(&folder.path().join("practice"))
        .await
        .unwrap();
    let keychain = Vault::new(Arc::new(Forgetting::default()));
    let services = Services::practice(pretend, keychain);
    let pretend = services.practice.clone().unwrap();
    let open = JourneySession::open(services, Store::open(folder.path()).unwrap(), None).unwrap();
    open.continue_to_sign_in().unwrap();
    sign_in(&open).await;
    make_realm(&open, "acme").await;
    make_credential(&open, "bob", "", "a password").await;
    to_call(&open);
    let (operations, answered) = (Operations::default(), Notify::new());
    let on_progress = |news: LocalCallProgress| {
        if let LocalCallProgress::State {
            state: LocalCallState::Answered,
            ..
        } = news
        {
            answered.notify_one();
        }
    };
    let long = LocalCall {
        seconds: Some(50),
        ..call(ANSWERS, TransportName::Udp)
    };
    let (session, told) = (&open, &on_progress);
    let work = |stop| async move { session.place_local_call(long, &stop, told).await };

    let quit = async {
        answered.notified().await;
        assert_eq!(pretend.registrar().open_calls(), 1);
        let began = Instant::now();
        operations.stop_all(LIMIT).await;
        began.elapsed()
    };
    let (report, took) = tokio::join!(operations.run_to_a_stop(1, work), quit);

    assert!(took < LIMIT, "{took:?}");
    let message_chart = report.unwrap().message_chart;
    let bye = message_chart
        .iter()
        .position(|line| line.sent && line.label.starts_with("BYE"));
    let after = &message_chart[bye.unwrap() + 1..];
    let confirmed = |line: &MessageChartLine| !line.sent && line.label.starts_with("200");
    assert!(after.iter().any(confirmed), "{after:?}");
    let over = async {
        while pretend.registrar().open_calls() > 0 {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(LIMIT, over).await.is_ok());
}
