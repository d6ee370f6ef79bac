//! The account form: no input is lost, and no secret leaks.

use registrar_http::scripted::{Reply, Scripted};
use tokio_util::sync::CancellationToken;

use super::super::fixture::{REALMS, add, app, at, draft, keep_one, said, save, secret_of};
use super::*;
use crate::ipc::Draft;

#[tokio::test]
async fn account_is_added_without_the_journey_once_sign_in_works() {
    let (_folder, app) = app();
    let api = Scripted::start(vec![Reply::xml(200, REALMS)]).await;
    app.edit_account(None).unwrap();

    let screen = app
        .save_account(save(at(&api), Some("secret-7f3a"), true))
        .await;

    let screen = screen.unwrap();
    assert!(
        said(&screen).contains("The account has 1 realm"),
        "{screen:?}"
    );
    let Screen::Accounts { accounts, .. } = &screen else {
        panic!()
    };
    assert_eq!(accounts.len(), 1);
    assert!(accounts[0].signed_in, "the desk asks for nothing again");
    assert!(accounts[0].own_addresses.is_some());
    assert!(secret_of(&app, &accounts[0].id).await.is_some());
    assert!(!format!("{screen:?}").contains("secret-7f3a"));
}

#[tokio::test]
async fn a_sign_in_that_fails_adds_nothing_and_keeps_what_was_typed() {
    let (_folder, app) = app();
    let api = Scripted::start(vec![Reply::xml(401, ""), Reply::xml(401, "")]).await;
    app.edit_account(None).unwrap();
    let draft = at(&api);
    app.save_draft(Draft::Account {
        draft: draft.clone(),
    })
    .unwrap();

    let failed = app
        .save_account(save(draft, Some("wrong-7f3a"), true))
        .await;

    assert!(failed.is_err());
    assert_eq!(app.saved_accounts().unwrap(), []);
    app.leave();
    let Screen::Account { form, .. } = app.edit_account(None).unwrap() else {
        panic!()
    };
    assert_eq!(
        form.name, "Northwind",
        "it is there when the form is opened again"
    );
}

#[tokio::test]
async fn account_is_signed_in_once_bandwidth_accepts_it() {
    let (_folder, app) = app();
    let refusals = || Reply::xml(401, "");
    let api = Scripted::start(vec![refusals(), refusals(), Reply::xml(200, REALMS)]).await;
    app.edit_account(None).unwrap();
    let saved = app.save_account(save(at(&api), Some("wrong-7f3a"), false));
    saved.await.unwrap();
    let id = app.saved_accounts().unwrap()[0].id.clone();
    let signed_in = || {
        let Screen::Accounts { accounts, .. } = app.open_accounts() else {
            panic!("not at the accounts")
        };
        accounts[0].signed_in
    };

    app.open_desk(&id).await.unwrap();
    let desk = app.desk().unwrap();
    assert!(!signed_in(), "nothing was sent yet");
    let loaded = desk.load(&CancellationToken::new(), &|_| {}).await;
    assert!(loaded.is_err());
    assert!(!signed_in(), "it was refused");

    app.open_desk(&id).await.unwrap();
    desk.sign_out();
    app.sign_in_at_desk(SignInSecret::new("secret-7f3a"))
        .await
        .unwrap();
    assert!(signed_in());
    desk.sign_out();
    assert!(!signed_in());
}

#[tokio::test]
async fn a_saved_secret_never_goes_to_another_address() {
    let (_folder, app) = app();
    let id = add(&app, draft("5500123"), Some("secret-7f3a")).await;
    let api = Scripted::start(vec![Reply::xml(200, REALMS)]).await;
    app.edit_account(Some(&id)).unwrap();

    let refused = app.save_account(save(at(&api), None, true)).await;

    assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
    assert_eq!(api.seen().len(), 0, "nothing was sent");
    let kept = app.save_account(save(at(&api), None, false)).await.unwrap();
    assert!(said(&kept).contains("was changed"));
    assert!(
        secret_of(&app, &id).await.is_none(),
        "the secret of the old sign-in is gone"
    );
}

#[tokio::test]
async fn a_new_name_leaves_the_secret_the_desk_and_its_place() {
    let (_folder, app) = app();
    let id = add(&app, draft("5500123"), Some("secret-7f3a")).await;
    app.open_desk(&id).await.unwrap();
    app.edit_account(Some(&id)).unwrap();
    let renamed = SignInDraft {
        name: "Northwind Dental".to_owned(),
        ..draft("5500123")
    };

    app.save_account(save(renamed, None, false)).await.unwrap();

    assert_eq!(app.saved_account(&id).unwrap().name, "Northwind Dental");
    assert!(secret_of(&app, &id).await.is_some());
    let desk = app.desks().get(&id).unwrap();
    assert_eq!(desk.account().name, "Northwind Dental");
    assert_eq!(desk.asks_for(), None, "it is still signed in");
}

#[tokio::test]
async fn the_same_sign_in_is_in_the_list_once() {
    let (_folder, app) = app();
    add(&app, draft("5500123"), None).await;
    app.edit_account(None).unwrap();

    let refused = app.save_account(save(draft("5500123"), None, false)).await;

    let Err(Error::Invalid { problems }) = refused else {
        panic!("{refused:?}")
    };
    assert!(problems[0].sentence.contains("Northwind"), "{problems:?}");
}

#[tokio::test]
async fn an_account_removed_during_its_check_stays_removed() {
    let (_folder, app) = app();
    let (api, arrived, answer) = Scripted::waiting(Reply::xml(200, REALMS)).await;
    let id = add(&app, at(&api), Some("secret-7f3a")).await;
    app.edit_account(Some(&id)).unwrap();

    let check = app.save_account(save(at(&api), Some("secret-7f3b"), true));
    let removal = async {
        arrived.notified().await;
        app.remove_account(&id).await.unwrap();
        answer.notify_one();
    };
    let (checked, ()) = tokio::join!(check, removal);

    assert!(matches!(checked, Err(Error::OutOfStep)), "{checked:?}");
    assert_eq!(app.saved_accounts().unwrap(), []);
    assert!(secret_of(&app, &id).await.is_none());
}

#[tokio::test]
async fn twilio_keys_kept_during_a_check_stay() {
    let (_folder, app) = app();
    let (api, arrived, answer) = Scripted::waiting(Reply::xml(200, REALMS)).await;
    let id = add(&app, at(&api), Some("secret-7f3a")).await;
    app.edit_account(Some(&id)).unwrap();
    let renamed = SignInDraft {
        name: "Renamed".to_owned(),
        ..at(&api)
    };

    let check = app.save_account(save(renamed, None, true));
    let twilio = async {
        arrived.notified().await;
        saved::update_accounts(&app.real_store().unwrap(), |kept| {
            kept[0].twilio_remembered = true;
            Ok(())
        })
        .unwrap();
        answer.notify_one();
    };
    let (checked, ()) = tokio::join!(check, twilio);

    checked.unwrap();
    let kept = app.saved_accounts().unwrap();
    assert_eq!(kept[0].name, "Renamed");
    assert!(kept[0].twilio_remembered);
}

#[tokio::test]
async fn the_same_sign_in_added_during_a_check_is_kept_once() {
    let (_folder, app) = app();
    let (api, arrived, answer) = Scripted::waiting(Reply::xml(200, REALMS)).await;
    app.edit_account(None).unwrap();

    let check = app.save_account(save(at(&api), Some("secret-7f3a"), true));
    let adding = async {
        arrived.notified().await;
        let twin = Account::from_draft("twin".to_owned(), &at(&api)).unwrap();
        keep_one(&app.real_store().unwrap(), twin);
        answer.notify_one();
    };
    let (checked, ()) = tokio::join!(check, adding);

    assert!(matches!(checked, Err(Error::Invalid { .. })), "{checked:?}");
    assert_eq!(app.saved_accounts().unwrap().len(), 1);
}
