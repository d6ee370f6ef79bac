//! A journey that was stopped, left or signed in to again continues where it was.

use std::sync::Arc;

use acceptance::practice_addresses::exposed;
use acceptance::practice_journey::{
    Machine, journey_session, make_credential, make_realm, sign_in, sign_in_draft, signed_in, step,
    to_call, with_realm,
};
use registrar_app::ipc::{
    Copyable, CredentialDraft, Existing, Screen, SignInDraft, SignInMethod, StepId,
};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::Practice;
use registrar_secret::{SignInSecret, SipPassword};
use registrar_storage::store::Store;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_journey_goes_on_after_a_stop_at_each_step() {
    let all = [
        StepId::Realm,
        StepId::Credential,
        StepId::Register,
        StepId::Call,
        StepId::Finish,
    ];
    for stop_at in all {
        let machine = Machine::new();
        let (app, open) = signed_in(&machine).await;
        if stop_at != StepId::Realm {
            make_realm(&open, "lobby").await;
        }
        if matches!(stop_at, StepId::Register | StepId::Call | StepId::Finish) {
            make_credential(&open, "bob", "", "secret-1").await;
        }
        if matches!(stop_at, StepId::Call | StepId::Finish) {
            to_call(&open);
        }
        if stop_at == StepId::Finish {
            open.continue_to_finish().unwrap();
        }
        drop((open, app));

        let again = machine.start();
        let Screen::Home { continues, .. } = again.home() else {
            panic!("not at home")
        };
        assert_eq!(
            continues.len(),
            1,
            "one account has one journey: {continues:?}"
        );
        assert_eq!(continues[0].step, stop_at);
        let asked = again
            .continue_journey(&continues[0].account, true)
            .await
            .unwrap();
        let Screen::SignIn { form, .. } = &asked else {
            panic!("practice forgets its secret")
        };
        assert_eq!(form.continues_at, Some(stop_at));
        let screen = sign_in(&journey_session(&again)).await;

        assert_eq!(step(&screen), Some(stop_at));
    }
}

#[tokio::test]
async fn practice_begun_anew_shows_each_step() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "front-desk", "", "Tr0ub4dor &3").await;
    to_call(&open);
    assert_eq!(step(&open.screen()), Some(StepId::Call));
    drop((open, app));

    let (again, open) = signed_in(&machine).await;

    assert_eq!(step(&open.screen()), Some(StepId::Realm));
    let Screen::Home { continues, .. } = again.leave() else {
        panic!("not at home")
    };
    assert_eq!(
        continues.len(),
        1,
        "no second journey was begun: {continues:?}"
    );
}

#[tokio::test]
async fn real_account_goes_on_where_its_journey_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(&folder.path().join("bandwidth"))
        .await
        .unwrap();
    let addresses = exposed(&practice);
    let open = || {
        let services = Services {
            keychain: Vault::new(Arc::new(Forgetting::default())),
            ..Services::real()
        };
        let session =
            JourneySession::open(services, Store::open(folder.path()).unwrap(), None).unwrap();
        session.continue_to_sign_in().unwrap();
        session
    };
    let sample = Practice::sample_sign_in();
    let draft = SignInDraft {
        name: "Northwind".to_owned(),
        account_number: sample.account_number,
        method: SignInMethod::ApiClient,
        user: sample.client_id,
        environment: EnvironmentName::Own,
        token_address: addresses.token,
        bearer_address: addresses.bearer,
        basic_address: addresses.basic,
        remember: false,
    };
    let sign_in = async |session: &JourneySession| {
        let secret = SignInSecret::new(sample.client_secret.clone());
        session.sign_in(draft.clone(), Some(secret)).await.unwrap()
    };
    let first = open();
    sign_in(&first).await;
    make_realm(&first, "lobby").await;

    let Screen::Credential { head, realm, .. } = sign_in(&open()).await else {
        panic!("not where it stopped")
    };

    assert!(realm.starts_with("lobby."));
    let earlier = head
        .notices
        .iter()
        .any(|said| said.sentence.contains("earlier"));
    assert!(earlier, "{:?}", head.notices);
}

#[tokio::test]
async fn other_sign_in_to_the_same_account_keeps_its_journey() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    open.sign_in_again().unwrap();
    let (client, _) = sign_in_draft(&open.screen());
    let user = Practice::sample_api_user().unwrap();
    let draft = SignInDraft {
        method: SignInMethod::ApiUser,
        user: user.user.to_owned(),
        ..client
    };

    let screen = open
        .sign_in(draft, Some(SignInSecret::new(user.password)))
        .await
        .unwrap();

    assert_eq!(
        step(&screen),
        Some(StepId::Credential),
        "it goes on where it was"
    );
    let Screen::Home { continues, .. } = app.leave() else {
        panic!("not at home")
    };
    assert_eq!(continues.len(), 1, "{continues:?}");
}

#[tokio::test]
async fn a_sign_in_that_was_opened_in_between_leads_back() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;

    open.sign_in_again().unwrap();
    let back = open.go_back().unwrap();

    assert_eq!(step(&back), Some(StepId::Credential));
}

#[tokio::test]
async fn a_password_survives_a_look_at_home_and_a_step_back() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    open.generate_password().unwrap();
    let draft = CredentialDraft {
        user_name: "bob".to_owned(),
        ..CredentialDraft::default()
    };
    let stop = CancellationToken::new();
    open.create_credential(draft, None, Existing::Refuse, &stop, &|_| {})
        .await
        .unwrap();
    let made = open.clipboard_text(Copyable::Password).await.unwrap().text;
    let account = open.key().unwrap();
    assert_eq!(app.unsaved_password().as_deref(), Some("bob"));

    app.leave();
    assert_eq!(app.unsaved_password(), None, "it rests with the journey");
    assert_eq!(app.unsaved_passwords().as_deref(), Some("bob"));
    let screen = app.continue_journey(&account, true).await.unwrap();
    let open = journey_session(&app);
    let after_home = open.clipboard_text(Copyable::Password).await.unwrap().text;
    app.password_is_kept();
    assert_eq!(app.unsaved_passwords(), None, "it was copied");
    let Screen::Credential { form, .. } = open.go_back().unwrap() else {
        panic!("not at the credential")
    };

    assert_eq!(
        step(&screen),
        Some(StepId::Register),
        "it is still signed in"
    );
    assert!(*made == *after_home);
    assert_eq!(
        (form.user_name.as_str(), form.made_password),
        ("bob", Some(22))
    );
}

#[tokio::test]
async fn work_that_ends_after_leaving_changes_nothing() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    let draft = CredentialDraft {
        user_name: "bob".to_owned(),
        ..CredentialDraft::default()
    };
    let stop = CancellationToken::new();
    let password = Some(SipPassword::new("secret-1"));

    let making = open.create_credential(draft, password, Existing::Refuse, &stop, &|_| {});
    let (made, back) = tokio::join!(making, async { open.go_back() });

    assert_eq!(step(&back.unwrap()), Some(StepId::Realm));
    assert!(made.is_err(), "its end belongs to a step that was left");
    assert_eq!(step(&open.screen()), Some(StepId::Realm));
}
