//! The three parts of the registration step: moving between them, and what survives that.

use acceptance::practice_journey::{
    Machine, full_check, journey_session, make_credential, sign_in, to_call, to_wait, with_realm,
};
use registrar_app::Error;
use registrar_app::ipc::{PartView, PhoneChoice, RegisterPart, Screen, StepState};
use registrar_sip::TransportName;

fn choice(phone: &str, dialect: &str) -> PhoneChoice {
    PhoneChoice::Listed {
        phone: phone.to_owned(),
        dialect: dialect.to_owned(),
    }
}

/// Returns the parts that stand in the list beside the journey.
fn parts(screen: &Screen) -> Vec<(RegisterPart, StepState)> {
    let (Screen::Test { head, .. } | Screen::Phone { head, .. } | Screen::Wait { head, .. }) =
        screen
    else {
        panic!("not at the registration: {screen:?}")
    };
    let shown = head.steps.iter().flat_map(|step| &step.parts);
    shown.map(|PartView { id, state }| (*id, *state)).collect()
}

#[tokio::test]
async fn what_is_known_survives_moving_between_parts() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    let report = full_check(&open, TransportName::Tcp).await;
    open.continue_to_phone().unwrap();
    open.choose_phone(Some(choice("yealink", "current")))
        .unwrap();
    to_call(&open);

    let Screen::Wait {
        phone, phone_name, ..
    } = open.go_back().unwrap()
    else {
        panic!("the call leads back to the wait")
    };
    assert_eq!(phone_name.as_deref(), Some("Yealink T2 to T8"));
    assert_eq!(phone.password_length, Some(8));
    assert!(phone.port.is_some(), "the registrar is still known");
    assert_eq!(phone.transport, TransportName::Tcp);
    let Screen::Phone { choice, .. } = open.go_back().unwrap() else {
        panic!("the wait leads back to the phone")
    };
    assert_eq!(choice, Some(self::choice("yealink", "current")));
    let Screen::Test { last_check, .. } = open.go_back().unwrap() else {
        panic!("the phone leads back to the test")
    };
    assert_eq!(last_check, Some(report));
}

#[tokio::test]
async fn each_move_fits_only_its_own_part() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    let out_of_step = |moved: Result<Screen, Error>| {
        assert!(matches!(moved, Err(Error::OutOfStep)), "{moved:?}");
    };

    out_of_step(open.continue_to_wait());
    out_of_step(open.continue_to_call());
    out_of_step(open.choose_phone(None));
    open.continue_to_phone().unwrap();
    // The second half of a double click.
    out_of_step(open.continue_to_phone());
    out_of_step(open.show_phone_field("Port".to_owned()));
    open.continue_to_wait().unwrap();
    out_of_step(open.continue_to_wait());
    out_of_step(open.choose_phone(None));
}

#[tokio::test]
async fn skipped_parts_are_not_marked_as_done() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    to_wait(&open);

    assert_eq!(
        parts(&open.screen()),
        [
            (RegisterPart::Test, StepState::Todo),
            (RegisterPart::Phone, StepState::Done),
            (RegisterPart::Wait, StepState::Now),
        ]
    );
    open.go_back().unwrap();
    open.go_back().unwrap();
    full_check(&open, TransportName::Udp).await;
    let screen = open.continue_to_phone().unwrap();
    assert_eq!(parts(&screen)[0], (RegisterPart::Test, StepState::Done));
}

#[tokio::test]
async fn part_and_phone_are_there_after_a_restart() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    open.continue_to_phone().unwrap();
    open.choose_phone(Some(choice("yealink", "current")))
        .unwrap();
    drop((open, app));

    let again = machine.start();
    let Screen::Home { continues, .. } = again.home() else {
        panic!("not at home")
    };
    let account = &continues[0].account;
    again.continue_journey(account, true).await.unwrap();
    let screen = sign_in(&journey_session(&again)).await;

    let Screen::Phone { choice, .. } = &screen else {
        panic!("not at the phone: {screen:?}")
    };
    assert_eq!(*choice, Some(self::choice("yealink", "current")));
}

#[tokio::test]
async fn phone_that_is_not_listed_is_refused_and_dropped() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    open.continue_to_phone().unwrap();

    for unknown in [choice("tin-can", "string"), choice("yealink", "string")] {
        let refused = open.choose_phone(Some(unknown)).unwrap_err();
        assert!(matches!(refused, Error::OutOfStep), "{refused:?}");
    }
    let saved = r#"{"phone":{"kind":"listed","phone":"tin-can","dialect":"string"}}"#;
    let drafts: registrar_app::journey::saved::Drafts = serde_json::from_str(saved).unwrap();
    assert_eq!(drafts.phone, None);
}

#[tokio::test]
async fn show_me_leads_to_the_field_once() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    to_wait(&open);

    let Screen::Phone { field, .. } = open.show_phone_field("Port".to_owned()).unwrap() else {
        panic!("not at the phone")
    };
    assert_eq!(field.as_deref(), Some("Port"));
    open.continue_to_wait().unwrap();
    let Screen::Phone { field, .. } = open.go_back().unwrap() else {
        panic!("not at the phone")
    };
    assert_eq!(field, None);
}

#[tokio::test]
async fn open_details_of_the_test_are_remembered() {
    let machine = Machine::new();
    let (app, open) = with_realm(&machine, "lobby").await;
    let screen = make_credential(&open, "bob", "", "secret-1").await;
    let is_open = |screen: &Screen| {
        let Screen::Test { details_open, .. } = screen else {
            panic!("not at the test: {screen:?}")
        };
        *details_open
    };
    assert!(!is_open(&screen), "they start closed");

    open.keep_test_details(true).unwrap();
    drop((open, app));

    let again = machine.start();
    let Screen::Home { continues, .. } = again.home() else {
        panic!("not at home")
    };
    let account = &continues[0].account;
    again.continue_journey(account, true).await.unwrap();
    assert!(is_open(&sign_in(&journey_session(&again)).await));
}
