use std::sync::Arc;

use registrar_http::scripted::{Reply, Scripted};
use registrar_keychain::{Entry, Failure, Keychain, Vault};
use registrar_secret::{Kept as Secret, TwilioSecret};

use super::super::fixture::{REALMS, add, app, at, draft, keep_one, said, secret_of};
use super::*;
use crate::ipc::SignInDraft;
use crate::journey::saved::Saved;
use crate::services::Services;

#[tokio::test]
async fn signing_out_removes_the_secret_and_keeps_the_account() {
    let (_folder, app) = app();
    let id = add(&app, draft("5500123"), Some("secret-7f3a")).await;
    app.open_desk(&id).await.unwrap();

    let screen = app.sign_out(&id).await.unwrap();

    assert!(said(&screen).contains("signed out of Northwind"));
    assert!(secret_of(&app, &id).await.is_none());
    assert!(app.desks().get(&id).unwrap().asks_for().is_some());
    assert_eq!(app.saved_accounts().unwrap().len(), 1);
}

#[tokio::test]
async fn forgetting_an_account_says_exactly_what_went() {
    let (_folder, app) = app();
    let id = add(&app, draft("5500123"), Some("secret-7f3a")).await;
    let other = add(&app, draft("5500124"), Some("secret-9c1b")).await;
    let twilio = TwilioSecret::new("twilio-7f3a");
    app.real.keychain.save(&id, &twilio).await.unwrap();
    saved::keep(&app.real_store().unwrap(), &Saved::at_realms(&id)).unwrap();

    let said_with_all = said(&app.remove_account(&id).await.unwrap());
    app.real
        .keychain
        .forget::<SignInSecret>(&other)
        .await
        .unwrap();
    let said_with_none = said(&app.remove_account(&other).await.unwrap());

    for part in [
        "account 5500123",
        "client secret",
        "Twilio secret",
        "stopped setup",
    ] {
        assert!(said_with_all.contains(part), "{part} in {said_with_all}");
    }
    assert!(
        said_with_none.contains("held no secret"),
        "{said_with_none}"
    );
    assert!(
        !said_with_none.contains("stopped setup"),
        "{said_with_none}"
    );
    assert!(secret_of(&app, &id).await.is_none());
    assert_eq!(app.saved_accounts().unwrap(), []);
}

#[tokio::test]
async fn signing_in_keeps_an_account_added_by_another_journey() {
    let (_folder, app) = app();
    let api = Scripted::start(vec![Reply::xml(200, REALMS)]).await;
    app.start(false).await.unwrap();
    let session = app.journey_session().unwrap();
    session.continue_to_sign_in().unwrap();
    add(&app, draft("5500199"), None).await;

    session
        .sign_in(at(&api), Some(SignInSecret::new("secret-7f3a")))
        .await
        .unwrap();

    let accounts = app.saved_accounts().unwrap();
    let numbers: Vec<String> = accounts
        .iter()
        .map(|kept| kept.number.to_string())
        .collect();
    assert_eq!(numbers, ["5500199", "5500123"]);
}

#[tokio::test]
async fn accounts_with_an_api_user_are_listed_with_the_way_on() {
    let (_folder, app) = app();
    let user = SignInDraft {
        method: SignInMethod::ApiUser,
        ..draft("5500123")
    };
    let id = add(&app, user, Some("secret-7f3a")).await;
    add(&app, draft("5500124"), None).await;

    let Screen::Home { accounts: home, .. } = app.home() else {
        panic!("not at Home")
    };
    let Screen::Accounts { accounts, .. } = app.open_accounts() else {
        panic!("not at the accounts")
    };
    let form = app.set_up_api_client(&id).unwrap();

    let at_home: Vec<bool> = home.iter().map(|one| one.api_user.is_some()).collect();
    let listed: Vec<bool> = accounts.iter().map(|one| !one.notices.is_empty()).collect();
    assert_eq!((at_home, listed), (vec![true, false], vec![true, false]));
    assert!(accounts[0].notices[0].sentence.contains("December 2, 2026"));
    let Screen::Account { form, notices, .. } = form else {
        panic!("not at the form")
    };
    assert_eq!(form.method, SignInMethod::ApiClient);
    assert_eq!(form.user, "");
    assert_eq!(form.account_number, "5500123");
    assert!(!form.secret_saved, "the saved one is the API user's");
    assert!(notices.is_empty());
}

#[tokio::test]
async fn an_account_added_during_a_removal_stays() {
    let (folder, keychain) = (tempfile::tempdir().unwrap(), Hesitating::default());
    let services = Services {
        keychain: Vault::new(Arc::new(keychain.clone())),
        ..Services::real()
    };
    let app = Workspace::new(folder.path().to_owned(), services);
    let store = app.real_store().unwrap();
    let account = |number: &str| Account::from_draft(number.to_owned(), &draft(number)).unwrap();
    keep_one(&store, account("5500123"));

    let removal = app.remove_account("5500123");
    let adding = async {
        keychain.asked.notified().await;
        keep_one(&store, account("5500124"));
        saved::keep(&store, &Saved::at_realms("5500124")).unwrap();
        keychain.goes_on.send_replace(true);
    };
    let (removed, ()) = tokio::join!(removal, adding);

    removed.unwrap();
    let kept = Kept::read(&store).unwrap();
    assert_eq!(kept.accounts, [account("5500124")]);
    assert_eq!(kept.journeys.len(), 1);
}

#[tokio::test]
async fn work_under_way_keeps_no_journey_of_a_removed_account() {
    let (_folder, app) = app();
    let id = add(&app, draft("5500123"), None).await;
    app.open_account(&id).await.unwrap();
    let under_way = app.journey_session().unwrap();
    app.leave();

    app.remove_account(&id).await.unwrap();
    under_way.continue_to_sign_in().ok();
    under_way.go_back().ok();

    let kept = Kept::read(&app.real_store().unwrap()).unwrap();
    assert_eq!(kept.journeys, []);
}

/// A keychain that says when it's asked to remove something, and waits with it until it may go on.
#[derive(Clone, Debug)]
struct Hesitating {
    asked: Arc<tokio::sync::Notify>,
    goes_on: Arc<tokio::sync::watch::Sender<bool>>,
}

impl Default for Hesitating {
    fn default() -> Self {
        Self {
            asked: Arc::default(),
            goes_on: Arc::new(tokio::sync::watch::Sender::new(false)),
        }
    }
}

impl Keychain for Hesitating {
    fn save(&self, _entry: &Entry, _secret: &Secret) -> Result<(), Failure> {
        Ok(())
    }

    fn load(&self, _entry: &Entry) -> Result<Option<Secret>, Failure> {
        Ok(None)
    }

    fn forget(&self, _entry: &Entry) -> Result<(), Failure> {
        self.asked.notify_one();
        let mut goes_on = self.goes_on.subscribe();
        // This runs on a thread of the vault's own, outside of the runtime.
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let waits = goes_on.wait_for(|&goes_on| goes_on);
        runtime
            .map_err(|_| Failure::Refused)?
            .block_on(waits)
            .map(drop)
            .map_err(|_| Failure::Refused)
    }
}
