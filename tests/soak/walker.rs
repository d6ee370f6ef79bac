//! Continues a practice journey from wherever it stopped, in a process that a test can kill.
//!
//! `FOLDER REALM USER` prints each step when it is reached, and `Finished` at the end.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "the test that starts it reads what it prints"
)]

use std::path::PathBuf;
use std::time::Duration;

use acceptance::practice_journey::{journey_session, register_phone, sign_in, step, to_call};
use registrar_activity::Tone;
use registrar_app::ipc::{CredentialDraft, Existing, RealmDraft, Screen, StepId};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use registrar_explain::FailureKind;
use registrar_secret::SipPassword;
use registrar_sip::{CheckKind, TransportName};
use tokio_util::sync::CancellationToken;

/// How long somebody waits before trying again.
const PAUSE: Duration = Duration::from_millis(50);

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, realm, user] = arguments.as_slice() else {
        panic!("usage: FOLDER REALM USER");
    };
    let app = Workspace::new(PathBuf::from(folder), Services::real());
    let Screen::Home { continues, .. } = app.home() else {
        panic!("not at Home")
    };
    let mut screen = match continues.first() {
        Some(journey) => app.continue_journey(&journey.account, true).await.unwrap(),
        None => app.start(true).await.unwrap(),
    };
    let open = journey_session(&app);
    // The sign-in comes first at every start, and is no step back.
    let mut begins_at = None;
    if let Screen::SignIn { form, .. } = &screen {
        begins_at = form.continues_at;
    }
    println!("{:?}", begins_at.or(step(&screen)).unwrap());
    loop {
        screen = match step(&screen).unwrap() {
            StepId::Prepare => open.continue_to_sign_in().unwrap(),
            StepId::SignIn => sign_in(&open).await,
            StepId::Realm => choose_realm(&open, realm).await,
            StepId::Credential => make_credential(&open, user).await,
            StepId::Register => register(&open, user).await,
            StepId::Call => open.continue_to_finish().unwrap(),
            StepId::Finish => break,
        };
        println!("{:?}", step(&screen).unwrap());
    }
    app.finish().unwrap();
    println!("Finished");
}

fn password(user: &str) -> SipPassword {
    SipPassword::new(format!("password of {user}"))
}

async fn choose_realm(open: &JourneySession, realm: &str) -> Screen {
    let draft = RealmDraft {
        name: realm.to_owned(),
        ..RealmDraft::default()
    };
    let made = open
        .create_realm(draft, &CancellationToken::new(), &|_| {})
        .await;
    match made {
        Ok(screen) => screen,
        // It was made before the kill.
        Err(error) => {
            assert_eq!(error.failure().kind, FailureKind::RealmExists);
            chosen(open).await
        }
    }
}

/// Chooses the realm that is there, as soon as it can be used.
async fn chosen(open: &JourneySession) -> Screen {
    loop {
        match open.choose_realm(None).await {
            Ok(screen) => return screen,
            Err(error) => assert_eq!(error.failure().kind, FailureKind::Invalid),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn make_credential(open: &JourneySession, user: &str) -> Screen {
    let make = async |existing| {
        let draft = CredentialDraft {
            user_name: user.to_owned(),
            ..CredentialDraft::default()
        };
        let stop = CancellationToken::new();
        open.create_credential(draft, Some(password(user)), existing, &stop, &|_| {})
            .await
    };
    match make(Existing::Refuse).await {
        Ok(screen) => screen,
        // It was made before the kill, with this password.
        Err(error) => {
            assert_eq!(error.failure().kind, FailureKind::CredentialExists);
            make(Existing::Use).await.unwrap()
        }
    }
}

async fn register(open: &JourneySession, user: &str) -> Screen {
    open.verify_password(password(user)).await.unwrap();
    let check = loop {
        let check = open.check_registration(CheckKind::Full, TransportName::Udp, "", &|_| {});
        match check.await {
            Ok(check) => break check,
            // A realm whose making was cut short may not be in the account's DNS yet.
            Err(error) => assert_eq!(error.failure().kind, FailureKind::Invalid),
        }
        tokio::time::sleep(PAUSE).await;
    };
    assert_eq!(check.verdict.tone, Tone::Good, "{check:?}");
    register_phone(open).await;
    to_call(open)
}
