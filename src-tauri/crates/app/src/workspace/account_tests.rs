//! The page of all accounts and its form: nothing typed is lost, and no secret goes astray.

use std::path::Path;

use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_http::scripted::{Reply, Scripted};
use registrar_keychain::{Entry, Failure, Forgetting, Keychain, Vault};
use registrar_secret::{Kept as Secret, TwilioSecret};
use tokio_util::sync::CancellationToken;

use super::*;
use crate::ipc::{Draft, SignInMethod};
use crate::journey::saved::{Kept, Saved};
use crate::services::Services;

const REALMS: &str = "<RealmsResponse><Realms><Realm><Id>1</Id><Realm>r.example</Realm>\
    <Default>true</Default><SipCredentialCount>0</SipCredentialCount><Status>ACTIVE</Status></Realm>\
    </Realms></RealmsResponse>";

fn app() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let services = Services {
        keychain: Vault::new(Arc::new(Forgetting::default())),
        ..Services::real()
    };
    let app = Workspace::new(folder.path().to_owned(), services);
    (folder, app)
}

fn draft(number: &str) -> SignInDraft {
    SignInDraft {
        name: "Northwind".to_owned(),
        account_number: number.to_owned(),
        user: "client-1".to_owned(),
        ..SignInDraft::start(EnvironmentName::Production)
    }
}

fn at(api: &Scripted) -> SignInDraft {
    SignInDraft {
        method: SignInMethod::ApiUser,
        environment: EnvironmentName::Own,
        token_address: api.url.to_string(),
        bearer_address: api.url.to_string(),
        basic_address: api.url.to_string(),
        ..draft("5500123")
    }
}

fn save(draft: SignInDraft, secret: Option<&str>, check: bool) -> SaveAccount {
    SaveAccount {
        operation: 1,
        draft,
        secret: secret.map(SignInSecret::new),
        check,
    }
}

async fn add(app: &Workspace, draft: SignInDraft, secret: Option<&str>) -> String {
    app.edit_account(None).unwrap();
    app.save_account(save(draft, secret, false)).await.unwrap();
    app.saved_accounts().unwrap().pop().unwrap().id
}

async fn secret_of(app: &Workspace, id: &str) -> Option<SignInSecret> {
    app.real.keychain.load(id).await.unwrap()
}

fn said(screen: &Screen) -> String {
    let Screen::Accounts { notices, .. } = screen else {
        panic!("not at the accounts: {screen:?}")
    };
    let line = |notice: &Notice| {
        let next = notice.next.clone().unwrap_or_default();
        format!("{} {next}", notice.sentence)
    };
    notices.iter().map(line).collect::<Vec<_>>().join(" ")
}

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
        said(&screen).contains("the account has one realm"),
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
        "stopped set-up",
    ] {
        assert!(said_with_all.contains(part), "{part} in {said_with_all}");
    }
    assert!(
        said_with_none.contains("held no secret"),
        "{said_with_none}"
    );
    assert!(
        !said_with_none.contains("stopped set-up"),
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
    let guide = app.guide().unwrap();
    guide.continue_to_sign_in().unwrap();
    add(&app, draft("5500199"), None).await;

    guide
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
async fn a_list_goes_out_and_comes_in_and_what_is_no_list_is_said() {
    let (folder, app) = app();
    add(&app, draft("5500123"), Some("secret-7f3a")).await;
    let (name, bytes) = app.account_list().unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("secret-7f3a"));
    let path = folder.path().join(&name);
    std::fs::write(&path, &bytes).unwrap();
    let (_other_folder, other) = self::app();

    let screen = other.read_account_list(&path).unwrap();
    assert!(matches!(&screen, Screen::AccountList { rows, .. } if rows.len() == 1));
    let taken = said(&other.import_accounts(&[1]).unwrap());
    assert!(taken.contains("1 account was added."), "{taken}");
    assert!(other.import_accounts(&[1]).is_err(), "a list is taken once");

    std::fs::write(&path, "no list").unwrap();
    for no_list in [
        path.as_path(),
        folder.path(),
        Path::new("/nowhere/list.json"),
    ] {
        let screen = other.read_account_list(no_list).unwrap();
        assert!(!said(&screen).is_empty(), "{no_list:?}");
    }
    assert_eq!(other.saved_accounts().unwrap().len(), 1);
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

#[tokio::test]
async fn work_under_way_keeps_no_journey_of_a_removed_account() {
    let (_folder, app) = app();
    let id = add(&app, draft("5500123"), None).await;
    app.open_account(&id).await.unwrap();
    let under_way = app.guide().unwrap();
    app.leave();

    app.remove_account(&id).await.unwrap();
    under_way.continue_to_sign_in().ok();
    under_way.go_back().ok();

    let kept = Kept::read(&app.real_store().unwrap()).unwrap();
    assert_eq!(kept.journeys, []);
}

fn keep_one(store: &registrar_storage::store::Store, account: Account) {
    saved::update_accounts(store, |kept| {
        kept.push(account);
        Ok(())
    })
    .unwrap();
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
