//! From Home to Finish, and from a stop at any step.

use std::sync::Arc;

use acceptance::practice_addresses::exposed;
use acceptance::practice_journey::{
    Machine, call_draft, check_twilio, full_check, guide, make_credential, make_realm, sign_in,
    sign_in_draft, signed_in, step, with_realm,
};
use registrar_activity::Tone;
use registrar_app::ipc::{
    Copyable, CredentialDraft, Existing, Screen, SignInDraft, SignInMethod, StepId, StepState,
    StepView,
};
use registrar_app::journey::guide::Guide;
use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Faults, Practice, Spoiled, WireFault};
use registrar_secret::{SignInSecret, SipPassword};
use registrar_sip::{CheckKind, TransportName};
use registrar_storage::store::Store;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_newcomer_walks_from_home_to_finish_in_practice() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "front-desk", "", "Tr0ub4dor &3").await;
    let check = full_check(&open, TransportName::Udp).await;
    assert_eq!(check.verdict.tone, Tone::Good, "{check:?}");
    assert!(
        check.unregistered.is_some(),
        "the check leaves no binding behind"
    );
    open.register_practice_phone().await.unwrap();
    open.watch_bindings(&|_| {}).await.unwrap();
    open.continue_to_call().unwrap();
    check_twilio(&open).await;
    let call = open
        .place_call(call_draft(&open), &CancellationToken::new(), &|_| {})
        .await
        .unwrap();
    assert_eq!(call.verdict.tone, Tone::Good, "{call:?}");
    let finish = open.continue_to_finish().unwrap();

    let Screen::Finish { summary, .. } = &finish else {
        panic!("not at the end: {finish:?}")
    };
    assert!(
        summary.checks.iter().all(|check| check.tone == Tone::Good),
        "{summary:?}"
    );
    assert!(summary.left_open[0].contains("mergency"));
    assert_eq!(step(&app.finish().unwrap()), None);
    let Screen::Home { continues, .. } = app.home() else {
        panic!("not at home")
    };
    assert_eq!(continues, [], "a finished journey is not offered again");
}

#[tokio::test]
async fn skipped_steps_are_not_marked_as_done() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "front-desk", "", "Tr0ub4dor &3").await;

    open.continue_to_call().unwrap();
    let Screen::Finish { head, .. } = open.continue_to_finish().unwrap() else {
        panic!("not at the end")
    };

    let done = |step: &&StepView| step.state == StepState::Done;
    let done: Vec<StepId> = head.steps.iter().filter(done).map(|step| step.id).collect();
    let expected = [
        StepId::Prepare,
        StepId::SignIn,
        StepId::Realm,
        StepId::Credential,
    ];
    assert_eq!(done, expected);
}

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
            open.continue_to_call().unwrap();
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
        let screen = sign_in(&guide(&again)).await;

        assert_eq!(step(&screen), Some(stop_at));
    }
}

#[tokio::test]
async fn practice_begun_anew_shows_each_step() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "front-desk", "", "Tr0ub4dor &3").await;
    open.continue_to_call().unwrap();
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
async fn practice_can_be_reset_after_its_journey_finished() {
    let machine = Machine::new();
    let begun = |screen| {
        let Screen::Home { practice_begun, .. } = screen else {
            panic!("not at home")
        };
        practice_begun
    };
    assert!(!begun(machine.start().home()), "there is nothing to reset");
    let (app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "front-desk", "", "Tr0ub4dor &3").await;
    open.continue_to_call().unwrap();
    open.continue_to_finish().unwrap();

    assert!(begun(app.finish().unwrap()));
    let port = registrar_port(&app).await;
    assert!(begun(machine.start().home()), "also after the next start");
    drop(open);
    assert!(!begun(app.reset_practice().await.unwrap()));
    assert_eq!(registrar_port(&app).await, port, "phones know it");
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
        let guide = Guide::open(services, Store::open(folder.path()).unwrap(), None).unwrap();
        guide.continue_to_sign_in().unwrap();
        guide
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
    let sign_in = async |guide: &Guide| {
        let secret = SignInSecret::new(sample.client_secret.clone());
        guide.sign_in(draft.clone(), Some(secret)).await.unwrap()
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
    let made = open.clip(Copyable::Password).await.unwrap().text;
    let account = open.key().unwrap();
    assert_eq!(app.unsaved_password().as_deref(), Some("bob"));

    app.leave();
    assert_eq!(app.unsaved_password(), None, "it rests with the journey");
    assert_eq!(app.unsaved_passwords().as_deref(), Some("bob"));
    let screen = app.continue_journey(&account, true).await.unwrap();
    let open = guide(&app);
    let after_home = open.clip(Copyable::Password).await.unwrap().text;
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

#[tokio::test]
async fn stored_hash_proves_a_credential_without_its_password() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "somewhere.com", "secret-1").await;
    drop((open, app));

    let again = machine.start();
    let Screen::Home { continues, .. } = again.home() else {
        panic!("not at home")
    };
    again
        .continue_journey(&continues[0].account, true)
        .await
        .unwrap();
    let open = guide(&again);
    let screen = sign_in(&open).await;
    let Screen::Register { phone, .. } = screen else {
        panic!("not at the registration")
    };
    assert_eq!(
        phone.password_length, None,
        "the password went with the process"
    );
    let query = open.check_registration(CheckKind::Query, TransportName::Tcp, "", &|_| {});
    let check = query.await.unwrap();

    assert_eq!(check.verdict.tone, Tone::Good, "{check:?}");
    assert_eq!(check.unregistered, None, "a query binds nothing");
}

#[tokio::test]
async fn target_shows_the_dns_record_it_came_from() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;

    let check = full_check(&open, TransportName::Tcp).await;

    let [target] = check.targets.as_slice() else {
        panic!("practice has one registrar: {:?}", check.targets)
    };
    assert_eq!(check.target, format!("TCP {}", target.address));
    assert!(
        target.source.contains("_sip._tcp.lobby."),
        "TCP goes by its own record: {}",
        target.source
    );
    assert_eq!(target.tone, Tone::Good, "{target:?}");
    assert!(check.ladder.iter().all(|line| line.target == 0));
    let Screen::Register { phone, .. } = open.screen() else {
        panic!("not at the registration")
    };
    let rows = phone.dns.iter();
    let rows: Vec<(&str, bool, Tone)> = rows
        .map(|row| (row.kind.as_str(), row.account == row.here, row.tone))
        .collect();
    let expected = [
        ("SRV", true, Tone::Good),
        ("SRV", true, Tone::Good),
        ("A", true, Tone::Good),
        // The account lists no address for the host of its services.
        ("A", false, Tone::Plain),
    ];
    assert_eq!(rows, expected, "{:?}", phone.dns);
}

#[tokio::test]
async fn check_finds_a_wrong_password_and_a_new_one_repairs_it() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;

    let refused = open
        .verify_password(SipPassword::new("secret-2"))
        .await
        .unwrap_err();
    open.change_password(
        Some(SipPassword::new("secret-2")),
        &CancellationToken::new(),
    )
    .await
    .unwrap();
    let taken = open.verify_password(SipPassword::new("secret-2")).await;
    let check = full_check(&open, TransportName::Udp).await;

    let problems = refused.failure().problems;
    assert_eq!(problems[0].field, "password");
    assert!(taken.is_ok());
    assert_eq!(check.verdict.tone, Tone::Good, "{check:?}");
}

#[tokio::test]
async fn a_cancelled_realm_says_what_was_asked_for() {
    let machine = Machine::new();
    let (_app, open) = signed_in(&machine).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let draft = registrar_app::ipc::RealmDraft {
        name: "lobby".to_owned(),
        ..Default::default()
    };

    let stopped = open.create_realm(draft, &stop, &|_| {}).await.unwrap_err();

    let failure = stopped.failure();
    assert!(failure.next.contains("lobby"), "{failure:?}");
    open.refresh_realms().await.unwrap();
    let Screen::Realm { realms, .. } = open.screen() else {
        panic!("not at the realms")
    };
    assert!(
        realms.iter().any(|realm| realm.name.starts_with("lobby")),
        "as it says: {realms:?}"
    );
}

#[tokio::test]
async fn a_call_whose_answer_was_lost_may_still_be_going_on() {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(folder.path()).await.unwrap();
    let services = Services::practice(practice, Vault::new(Arc::new(Forgetting::default())));
    let practice = services.practice.clone().unwrap();
    let open = Guide::open(services, Store::open(folder.path()).unwrap(), None).unwrap();
    open.continue_to_sign_in().unwrap();
    sign_in(&open).await;
    make_realm(&open, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    open.continue_to_call().unwrap();
    check_twilio(&open).await;
    practice.set_faults(Faults {
        twilio: WireFault {
            spoiled: Some(Spoiled::CutOff),
            ..WireFault::default()
        },
        ..Faults::default()
    });

    let placed = open
        .place_call(call_draft(&open), &CancellationToken::new(), &|_| {})
        .await;

    let failure = placed.unwrap_err().failure();
    assert!(
        failure.next.contains("may still be going on"),
        "{failure:?}"
    );
}

/// Returns the port of the practice registrar, as the check in practice shows it.
async fn registrar_port(app: &Workspace) -> String {
    let Screen::Check { form, .. } = app.open_check(true).await.unwrap() else {
        panic!("not at the check")
    };
    let address = form.sample.unwrap().address;
    app.leave();
    address
}
