use super::*;

fn realm() -> ChosenRealm {
    ChosenRealm {
        id: 22,
        name: "office.1a2b3c.auth.bandwidth.com".to_owned(),
    }
}

fn credential() -> ChosenCredential {
    ChosenCredential {
        user_name: "bob".to_owned(),
        domain: Some("somewhere.com".to_owned()),
        application_id: None,
    }
}

fn forwards() -> Vec<Event> {
    vec![
        Event::Prepared,
        Event::SignedIn {
            account: "a1".to_owned(),
        },
        Event::RealmChosen(realm()),
        Event::CredentialReady(credential()),
        Event::TestDone,
        Event::PhoneSetUp,
        Event::RegistrationDone(Registration::default()),
        Event::CallDone(None),
    ]
}

fn every_step() -> Vec<Journey> {
    let mut steps = vec![Journey::Prepare];
    for event in forwards() {
        let next = steps.last().unwrap().clone().apply(event).unwrap();
        steps.push(next);
    }
    steps
}

#[test]
fn the_events_lead_from_the_checklist_to_the_finish() {
    let ids: Vec<StepId> = every_step().iter().map(Journey::id).collect();

    assert_eq!(
        ids,
        [
            StepId::Prepare,
            StepId::SignIn,
            StepId::Realm,
            StepId::Credential,
            StepId::Register,
            StepId::Register,
            StepId::Register,
            StepId::Call,
            StepId::Finish
        ]
    );
}

#[test]
fn going_back_from_each_step_opens_the_one_before() {
    let steps = every_step();

    for pair in steps.windows(2) {
        let back = pair[1].clone().apply(Event::WentBack).unwrap();

        assert_eq!((back.id(), back.part()), (pair[0].id(), pair[0].part()));
    }
    assert_eq!(Journey::Prepare.apply(Event::WentBack), Err(OutOfStep));
}

#[test]
fn an_event_that_does_not_fit_is_refused() {
    for step in every_step() {
        for event in forwards() {
            let fits = step.clone().apply(event.clone());
            let expected = every_step()
                .iter()
                .zip(forwards())
                .any(|(at, next)| *at == step && next == event);

            assert_eq!(fits.is_ok(), expected, "{event:?} at {step:?}");
        }
    }
}

#[test]
fn another_phone_keeps_account_and_realm() {
    let finish = every_step().pop().unwrap();

    let again = finish.apply(Event::AnotherPhone).unwrap();

    assert_eq!(
        again,
        Journey::Credential {
            account: "a1".to_owned(),
            realm: realm()
        }
    );
}

#[test]
fn each_step_survives_being_saved() {
    for step in every_step() {
        let saved = serde_json::to_string(&step).unwrap();

        assert_eq!(serde_json::from_str::<Journey>(&saved).unwrap(), step);
    }
}

#[test]
fn the_phones_name_is_the_composite_user_name() {
    assert_eq!(credential().composite(), "bob@somewhere.com");
}

#[test]
fn registration_opens_test_then_phone_then_wait() {
    let parts: Vec<RegisterPart> = every_step().iter().filter_map(Journey::part).collect();

    assert_eq!(
        parts,
        [RegisterPart::Test, RegisterPart::Phone, RegisterPart::Wait]
    );
}

#[test]
fn journey_saved_without_a_part_opens_at_the_test() {
    let saved = r#"{"step":"register","account":"a1",
        "realm":{"id":22,"name":"office.1a2b3c.auth.bandwidth.com"},
        "credential":{"user_name":"bob","domain":"somewhere.com","application_id":null}}"#;

    let journey: Journey = serde_json::from_str(saved).unwrap();

    assert_eq!(journey.part(), Some(RegisterPart::Test));
    assert_eq!(journey.subject().unwrap().credential, credential());
}
