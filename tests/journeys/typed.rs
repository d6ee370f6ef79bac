//! Typing mistakes: each is reported in a sentence beside its field, and the input is kept.

use acceptance::practice_journey::{
    Machine, call_draft, check_twilio, journey_session, make_credential, make_realm, sign_in_draft,
    signed_in, step, to_call, with_realm,
};
use registrar_app::ipc::{
    CallDraft, CallMessage, CredentialDraft, Draft, Existing, RealmDraft, Screen, SignInDraft,
};
use registrar_secret::SipPassword;
use tokio_util::sync::CancellationToken;

fn fields(error: &registrar_app::Error) -> Vec<String> {
    error
        .failure()
        .problems
        .into_iter()
        .map(|problem| problem.field)
        .collect()
}

#[tokio::test]
async fn a_wrong_sign_in_is_named_beside_its_fields() {
    let machine = Machine::new();
    let app = machine.start();
    app.start(true).await.unwrap();
    let open = journey_session(&app);
    open.continue_to_sign_in().unwrap();
    let (right, secret) = sign_in_draft(&open.screen());
    let wrong = SignInDraft {
        account_number: "55001x".to_owned(),
        user: "a:b".to_owned(),
        ..right.clone()
    };

    let error = open.sign_in(wrong, Some(secret)).await.unwrap_err();
    let Screen::SignIn { form, .. } = open.screen() else {
        panic!("still at the sign-in")
    };
    let no_secret = open.sign_in(right, None).await.unwrap_err();

    assert_eq!(fields(&error), ["accountNumber", "user"]);
    assert_eq!(fields(&no_secret), ["secret"]);
    let stays = (form.user.as_str(), form.account_number.as_str());
    assert_eq!(stays, ("a:b", "55001x"), "what was typed stays");
}

#[tokio::test]
async fn a_wrong_realm_name_is_named_as_one_types_and_when_one_sends() {
    let machine = Machine::new();
    let (_app, open) = signed_in(&machine).await;

    for name in [
        "Lobby",
        "front-desk",
        &"x".repeat(31),
        &"x".repeat(10_000),
        "a b",
    ] {
        let draft = RealmDraft {
            name: name.to_owned(),
            ..RealmDraft::default()
        };
        let preview = open
            .save_draft(Draft::Realm {
                draft: draft.clone(),
            })
            .unwrap();
        let stop = CancellationToken::new();
        let error = open.create_realm(draft, &stop, &|_| {}).await.unwrap_err();

        assert_eq!(preview.problems[0].field, "name", "{name:.40}");
        assert_eq!(preview.request, None, "nothing would be sent");
        assert_eq!(fields(&error), ["name"]);
    }
}

#[tokio::test]
async fn a_wrong_credential_is_named_beside_its_fields() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    let wrong = CredentialDraft {
        user_name: "bob@x:y".to_owned(),
        domain: "d".repeat(33),
        application_id: "no-uuid".to_owned(),
    };

    let stop = CancellationToken::new();
    let password = Some(SipPassword::new(""));
    let sent = open
        .create_credential(wrong, password, Existing::Refuse, &stop, &|_| {})
        .await;

    let named = fields(&sent.unwrap_err());
    for field in ["userName", "domain", "applicationId", "password"] {
        assert!(
            named.iter().any(|name| name == field),
            "{field} in {named:?}"
        );
    }
}

#[tokio::test]
async fn pasted_spaces_and_line_breaks_do_not_matter() {
    let machine = Machine::new();
    let (_app, open) = signed_in(&machine).await;

    make_realm(&open, " lobby\n").await;
    let screen = make_credential(&open, "\tbob\r\n", " somewhere.com ", "secret-1\r\n").await;

    let Screen::Test { phone, .. } = &screen else {
        panic!("at {:?}", step(&screen))
    };
    assert_eq!(phone.user_name, "bob@somewhere.com");
    assert_eq!(phone.password_length, Some(8));
}

#[tokio::test]
async fn an_empty_field_is_not_told_off_before_it_is_sent() {
    let machine = Machine::new();
    let (_app, open) = signed_in(&machine).await;

    let preview = open
        .save_draft(Draft::Realm {
            draft: RealmDraft::default(),
        })
        .unwrap();

    assert_eq!(preview.problems, []);
}

#[tokio::test]
async fn a_number_that_is_not_e164_is_named() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    to_call(&open);
    check_twilio(&open).await;

    let draft = CallDraft {
        from: "555".to_owned(),
        to: "call me".to_owned(),
        ..CallDraft::default()
    };
    let error = open
        .place_call(draft, &CancellationToken::new(), &|_| {})
        .await
        .unwrap_err();

    assert_eq!(fields(&error), ["from", "to"]);
}

#[tokio::test]
async fn what_a_call_plays_is_checked_before_it_is_sent() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    to_call(&open);
    check_twilio(&open).await;
    let good = call_draft(&open);
    let place = async |draft: &CallDraft| {
        let stop = CancellationToken::new();
        open.place_call(draft.clone(), &stop, &|_| {}).await
    };

    let sent_before = open.exchanges().len();
    for (message, url, twiml, field) in [
        (
            CallMessage::Twiml,
            "",
            "<Response>\n<Say>x</Response>",
            "twiml",
        ),
        (CallMessage::Twiml, "", "", "twiml"),
        (CallMessage::Url, "ftp://example.com/x", "", "url"),
        (CallMessage::Url, "", "<Response/>", "url"),
    ] {
        let draft = CallDraft {
            message,
            url: url.to_owned(),
            twiml: twiml.to_owned(),
            ..good.clone()
        };
        let error = place(&draft).await.unwrap_err();
        assert_eq!(fields(&error), [field], "{twiml}{url}");
    }
    assert_eq!(open.exchanges().len(), sent_before, "nothing was sent");

    let by_address = CallDraft {
        message: CallMessage::Url,
        url: "http://example.com/twiml.xml".to_owned(),
        ..good.clone()
    };
    let own = CallDraft {
        message: CallMessage::Twiml,
        twiml: "<Response><Say>Hello</Say></Response>".to_owned(),
        ..good
    };
    for (draft, sent) in [
        (by_address, "Url=http%3A%2F%2Fexample.com%2Ftwiml.xml"),
        (own, "Twiml=%3CResponse%3E%3CSay%3EHello"),
    ] {
        let before = open.exchanges().len();
        place(&draft).await.unwrap();
        let request = &open.exchanges()[before].request;
        assert!(request.contains(sent), "{request}");
    }
}

#[tokio::test]
async fn a_name_that_exists_offers_recovery_options_and_each_works() {
    let machine = Machine::new();
    let (_app, open) = with_realm(&machine, "lobby").await;
    make_credential(&open, "bob", "", "secret-1").await;
    open.go_back().unwrap();
    let draft = CredentialDraft {
        user_name: "bob".to_owned(),
        ..CredentialDraft::default()
    };
    let stop = CancellationToken::new();
    let send = async |password: Option<&str>, existing| {
        let password = password.map(SipPassword::new);
        open.create_credential(draft.clone(), password, existing, &stop, &|_| {})
            .await
    };

    let refused = send(Some("secret-2"), Existing::Refuse).await.unwrap_err();
    let used = send(None, Existing::Use).await.unwrap();
    open.go_back().unwrap();
    let replaced = send(Some("secret-2"), Existing::Replace).await.unwrap();

    let failure = refused.failure();
    assert_eq!(
        failure.kind,
        registrar_explain::FailureKind::CredentialExists
    );
    assert_eq!(failure.recovery_options.len(), 3, "{failure:?}");
    let known = |screen: &Screen| {
        let Screen::Test { phone, .. } = screen else {
            panic!("at {:?}", step(screen))
        };
        phone.password_length
    };
    assert_eq!(
        known(&used),
        None,
        "its password is not known to anybody here"
    );
    assert_eq!(known(&replaced), Some(8));
}
