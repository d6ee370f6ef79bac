//! The test call from Bandwidth to the registered phone, in practice.

use std::sync::{Arc, Mutex};

use acceptance::practice_journey::{Machine, make_credential, register_phone, to_call, with_realm};
use registrar_activity::Tone;
use registrar_app::Error;
use registrar_app::ipc::{CallReport, CallWay, Copyable, Draft, Screen, VoiceDraft, VoiceForm};
use registrar_app::journey::session::JourneySession;
use registrar_app::workspace::Workspace;
use registrar_practice::Practice;
use tokio_util::sync::CancellationToken;

const MADE_UP: &str = "https://nobody.example.com/answer?key=canary-7f3a";

/// A journey at the test call, whose phone is registered or not.
async fn at_the_call(machine: &Machine, registered: bool) -> (Workspace, Arc<JourneySession>) {
    let (app, open) = with_realm(machine, "lobby").await;
    make_credential(&open, "front-desk", "somewhere.com", "Tr0ub4dor &3").await;
    if registered {
        register_phone(&open).await;
    }
    to_call(&open);
    (app, open)
}

fn form(session: &JourneySession) -> VoiceForm {
    let Screen::Call { form, .. } = session.screen() else {
        panic!("not at the call")
    };
    *form.voice.unwrap()
}

fn draft(answer_url: Option<&str>) -> VoiceDraft {
    let sample = Practice::sample_voice();
    VoiceDraft {
        from: sample.from,
        application_id: sample.application_id,
        answer_url: answer_url.map_or(sample.answer_url, str::to_owned),
    }
}

async fn ring(session: &JourneySession, draft: VoiceDraft) -> CallReport {
    session
        .ring_phone(draft, &CancellationToken::new(), &|_| {})
        .await
        .unwrap()
}

#[tokio::test]
async fn bandwidth_rings_the_registered_phone_and_it_is_answered() {
    let machine = Machine::new();
    let (app, open) = at_the_call(&machine, true).await;
    let shown = form(&open);
    assert!(
        shown
            .registered
            .unwrap()
            .starts_with("A phone is registered from"),
        "the phone was seen"
    );
    assert!(
        shown
            .target
            .starts_with("sip:front-desk%40somewhere.com@lobby."),
        "{}",
        shown.target
    );
    let seen = Mutex::new(Vec::new());

    let report = open
        .ring_phone(draft(None), &CancellationToken::new(), &|progress| {
            seen.lock().unwrap().push(progress.state);
        })
        .await
        .unwrap();

    assert_eq!(report.verdict.tone, Tone::Good, "{report:?}");
    assert_eq!(report.verdict.sentence, "The phone rang and was answered.");
    assert_eq!(report.way, CallWay::Bandwidth);
    assert!(report.notes[0].contains("(hangup)"), "{report:?}");
    let seen = seen.into_inner().unwrap();
    assert!(
        seen.contains(&"initiated".to_owned()) && seen.ends_with(&["disconnected".to_owned()]),
        "{seen:?}"
    );
    let finish = open.continue_to_finish().unwrap();
    let Screen::Finish { summary, .. } = finish else {
        panic!("not at the end")
    };
    let sentences: Vec<_> = summary.checks.iter().map(|check| &check.sentence).collect();
    assert!(
        sentences.contains(&&"The phone rang and was answered.".to_owned()),
        "{sentences:?}"
    );
    drop(app);
}

#[tokio::test]
async fn made_up_answer_address_proves_the_ring_and_is_not_shown() {
    let machine = Machine::new();
    let (_app, open) = at_the_call(&machine, true).await;

    let report = ring(&open, draft(Some(MADE_UP))).await;

    assert_eq!(report.verdict.tone, Tone::Good, "{report:?}");
    assert!(report.notes[0].contains("(callback-error)"), "{report:?}");
    assert!(report.verdict.next.unwrap().contains("doesn’t matter"));
    let behind = format!("{:?}", open.exchanges());
    assert!(behind.contains("Call the phone from Bandwidth"));
    assert!(!behind.contains("canary"), "{behind}");
    let curl = open.clipboard_text(Copyable::Curl).await.unwrap().text;
    assert!(
        curl.contains("/calls'") && curl.contains("$ANSWER_URL"),
        "{}",
        *curl
    );
}

#[tokio::test]
async fn a_phone_that_is_not_registered_is_named_as_the_cause() {
    let machine = Machine::new();
    let (_app, open) = at_the_call(&machine, false).await;
    assert_eq!(form(&open).registered, None);

    let report = ring(&open, draft(None)).await;

    assert_eq!(report.verdict.tone, Tone::Bad, "{report:?}");
    assert!(
        report.verdict.causes[0].contains("isn’t registered"),
        "{report:?}"
    );
    assert!(report.verdict.next.unwrap().contains("Go back and wait"));
}

#[tokio::test]
async fn stopping_while_it_rings_hangs_up_and_says_so() {
    let machine = Machine::new();
    let (_app, open) = at_the_call(&machine, true).await;
    let stop = CancellationToken::new();

    let report = open
        .ring_phone(draft(None), &stop, &|progress| {
            if progress.state == "initiated" {
                stop.cancel();
            }
        })
        .await
        .unwrap();

    assert_eq!(report.verdict.tone, Tone::Wait, "{report:?}");
    assert!(report.notes[0].contains("(cancel)"), "{report:?}");
}

#[tokio::test]
async fn what_bandwidth_refuses_comes_with_its_words() {
    let machine = Machine::new();
    let (_app, open) = at_the_call(&machine, true).await;
    let other = VoiceDraft {
        application_id: "5ba6761d-36bd-4307-8f7b-a6f806c35abf".to_owned(),
        ..draft(None)
    };

    let error = open
        .ring_phone(other, &CancellationToken::new(), &|_| {})
        .await
        .unwrap_err();
    let wrong = open
        .ring_phone(VoiceDraft::default(), &CancellationToken::new(), &|_| {})
        .await
        .unwrap_err();

    let words = error.failure();
    assert!(words.causes[0].contains("Application id"), "{words:?}");
    assert!(matches!(&wrong, Error::Invalid { problems } if problems.len() == 3));
}

#[tokio::test]
async fn typed_values_are_kept_and_shown_as_the_request() {
    let machine = Machine::new();
    let (_app, open) = at_the_call(&machine, false).await;
    let typed = VoiceDraft {
        answer_url: "https://user:canary-7f3a@voice.example.com/answer".to_owned(),
        ..draft(None)
    };

    let refused = open.save_draft(Draft::Voice { draft: typed }).unwrap();
    let kept = form(&open);
    let good = open
        .save_draft(Draft::Voice { draft: draft(None) })
        .unwrap();

    assert_eq!(refused.problems[0].field, "answerUrl");
    assert_eq!(kept.answer_url, "https://voice.example.com/answer");
    let request = good.request.unwrap();
    assert!(
        request.starts_with("POST /••••••/api/v2/accounts/5500123/calls\n"),
        "{request}"
    );
    assert!(request.contains("\"to\": \"sip:front-desk%40somewhere.com@lobby."));
    let file = std::fs::read_dir(machine.folder()).unwrap();
    for entry in file.flatten().filter(|entry| entry.path().is_file()) {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        assert!(!text.contains("canary"), "{:?}", entry.path());
    }
}
