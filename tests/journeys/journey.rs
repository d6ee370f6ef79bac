//! From Home to Finish, and from a stop at any step.

use registrar_core::ipc::{CheckKind, Screen, StepId, Tone, TransportName};
use registrar_core::secret::SipPassword;
use tokio_util::sync::CancellationToken;

use acceptance::practice_journey::{
    Machine, call_draft, check_twilio, full_check, guide, make_credential, make_realm, sign_in,
    step,
};

#[tokio::test]
async fn a_newcomer_walks_from_home_to_finish_in_practice() {
    let machine = Machine::new();
    let app = machine.start();

    app.start(true).await.unwrap();
    let open = guide(&app);
    open.prepared().unwrap();
    sign_in(&open).await;
    make_realm(&open, "lobby").await;
    make_credential(&open, "front-desk", "", "Tr0ub4dor &3").await;
    let check = full_check(&open, TransportName::Udp).await;
    assert_eq!(check.verdict.tone, Tone::Good, "{check:?}");
    assert!(
        check.unregistered.is_some(),
        "the check leaves no binding behind"
    );
    open.register_practice_phone().await.unwrap();
    open.watch_bindings(&|_| {}).await.unwrap();
    open.registration_done().unwrap();
    check_twilio(&open).await;
    let call = open
        .place_call(call_draft(&open), &CancellationToken::new(), &|_| {})
        .await
        .unwrap();
    assert_eq!(call.verdict.tone, Tone::Good, "{call:?}");
    let finish = open.call_done().unwrap();

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
async fn a_journey_goes_on_after_a_stop_at_each_step() {
    let machine = Machine::new();
    for stop_at in [
        StepId::Realm,
        StepId::Credential,
        StepId::Register,
        StepId::Call,
    ] {
        let name = format!("lobby{}", stop_at as u8);
        let app = machine.start();
        app.start(true).await.unwrap();
        let open = guide(&app);
        open.prepared().unwrap();
        sign_in(&open).await;
        if stop_at != StepId::Realm {
            make_realm(&open, &name).await;
        }
        if matches!(stop_at, StepId::Register | StepId::Call) {
            make_credential(&open, "bob", "", "secret-1").await;
        }
        if stop_at == StepId::Call {
            open.registration_done().unwrap();
        }
        drop(open);
        drop(app);

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
        let asked = again.go_on(&continues[0].account, true).await.unwrap();
        let Screen::SignIn { form, .. } = &asked else {
            panic!("practice forgets its secret")
        };
        assert_eq!(form.continues_at, Some(stop_at));
        let screen = sign_in(&guide(&again)).await;

        assert_eq!(step(&screen), Some(stop_at));
    }
}

#[tokio::test]
async fn a_stored_hash_proves_a_credential_whose_password_nobody_typed() {
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = guide(&app);
    open.prepared().unwrap();
    sign_in(&open).await;
    make_realm(&open, "lobby").await;
    make_credential(&open, "bob", "somewhere.com", "secret-1").await;
    drop((open, app));

    let again = machine.start();
    let Screen::Home { continues, .. } = again.home() else {
        panic!("not at home")
    };
    again.go_on(&continues[0].account, true).await.unwrap();
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
async fn a_wrong_password_is_found_by_the_check_and_a_new_one_repairs_it() {
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = guide(&app);
    open.prepared().unwrap();
    sign_in(&open).await;
    make_realm(&open, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;

    let refused = open
        .type_password(SipPassword::new("secret-2"))
        .await
        .unwrap_err();
    open.new_password(Some(SipPassword::new("secret-2")))
        .await
        .unwrap();
    let taken = open.type_password(SipPassword::new("secret-2")).await;
    let check = full_check(&open, TransportName::Udp).await;

    let problems = registrar_core::explain::failure(&refused).problems;
    assert_eq!(problems[0].field, "password");
    assert!(taken.is_ok());
    assert_eq!(check.verdict.tone, Tone::Good, "{check:?}");
}

#[tokio::test]
async fn a_cancelled_realm_says_what_was_asked_for() {
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = guide(&app);
    open.prepared().unwrap();
    sign_in(&open).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let draft = registrar_core::ipc::RealmDraft {
        name: "lobby".to_owned(),
        ..Default::default()
    };

    let stopped = open.create_realm(draft, &stop, &|_| {}).await.unwrap_err();

    let failure = registrar_core::explain::failure(&stopped);
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
