//! From Home to Finish.

use std::sync::Arc;

use acceptance::practice_journey::{
    Machine, call_draft, check_twilio, full_check, journey_session, make_credential, make_realm,
    register_phone, sign_in, signed_in, step, to_call, with_realm,
};
use registrar_activity::Tone;
use registrar_app::ipc::{Screen, StepId, StepState, StepView};
use registrar_app::journey::session::JourneySession;
use registrar_app::services::Services;
use registrar_app::workspace::Workspace;
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::{Faults, Practice, Spoiled, WireFault};
use registrar_secret::SipPassword;
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
    register_phone(&open).await;
    to_call(&open);
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

    to_call(&open);
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
    to_call(&open);
    open.continue_to_finish().unwrap();

    assert!(begun(app.finish().unwrap()));
    let port = registrar_port(&app).await;
    assert!(begun(machine.start().home()), "also after the next start");
    drop(open);
    assert!(!begun(app.reset_practice().await.unwrap()));
    assert_eq!(registrar_port(&app).await, port, "phones know it");
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
    let open = journey_session(&again);
    let screen = sign_in(&open).await;
    let Screen::Test { phone, .. } = screen else {
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
    assert!(check.message_chart.iter().all(|line| line.target == 0));
    let Screen::Test { phone, .. } = open.screen() else {
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
    let open = JourneySession::open(services, Store::open(folder.path()).unwrap(), None).unwrap();
    open.continue_to_sign_in().unwrap();
    sign_in(&open).await;
    make_realm(&open, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    to_call(&open);
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
