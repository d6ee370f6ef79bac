//! Fixtures for the account tests.

use std::sync::Arc;

use registrar_bandwidth::dashboard::EnvironmentName;
use registrar_explain::Notice;
use registrar_http::scripted::Scripted;
use registrar_keychain::{Forgetting, Vault};
use registrar_secret::SignInSecret;
use registrar_storage::store::Store;

use super::Workspace;
use crate::account::Account;
use crate::ipc::{SaveAccount, Screen, SignInDraft, SignInMethod};
use crate::journey::saved;
use crate::services::Services;

/// An answer with one realm.
pub(super) const REALMS: &str = "<RealmsResponse><Realms><Realm><Id>1</Id><Realm>r.example</Realm>\
    <Default>true</Default><SipCredentialCount>0</SipCredentialCount><Status>ACTIVE</Status></Realm>\
    </Realms></RealmsResponse>";

/// Opens the app in an empty folder, with a keychain that forgets.
pub(super) fn app() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let services = Services {
        keychain: Vault::new(Arc::new(Forgetting::default())),
        ..Services::real()
    };
    let app = Workspace::new(folder.path().to_owned(), services);
    (folder, app)
}

/// An account of Bandwidth.
pub(super) fn draft(number: &str) -> SignInDraft {
    SignInDraft {
        name: "Northwind".to_owned(),
        account_number: number.to_owned(),
        user: "client-1".to_owned(),
        ..SignInDraft::start(EnvironmentName::Production)
    }
}

/// The same account at an API of the test.
pub(super) fn at(api: &Scripted) -> SignInDraft {
    SignInDraft {
        method: SignInMethod::ApiUser,
        environment: EnvironmentName::Own,
        token_address: api.url.to_string(),
        bearer_address: api.url.to_string(),
        basic_address: api.url.to_string(),
        ..draft("5500123")
    }
}

/// What the form of an account sends.
pub(super) fn save(draft: SignInDraft, secret: Option<&str>, check: bool) -> SaveAccount {
    SaveAccount {
        operation: 1,
        draft,
        secret: secret.map(SignInSecret::new),
        check,
    }
}

/// Adds an account, and returns its ID.
pub(super) async fn add(app: &Workspace, draft: SignInDraft, secret: Option<&str>) -> String {
    app.edit_account(None).unwrap();
    app.save_account(save(draft, secret, false)).await.unwrap();
    app.saved_accounts().unwrap().pop().unwrap().id
}

/// Returns the secret of a sign-in that the keychain holds.
pub(super) async fn secret_of(app: &Workspace, id: &str) -> Option<SignInSecret> {
    app.real.keychain.load(id).await.unwrap()
}

/// Returns what the page of all accounts says.
pub(super) fn said(screen: &Screen) -> String {
    let Screen::Accounts { notices, .. } = screen else {
        panic!("not at the accounts: {screen:?}")
    };
    let line = |notice: &Notice| {
        let next = notice.next.clone().unwrap_or_default();
        format!("{} {next}", notice.sentence)
    };
    notices.iter().map(line).collect::<Vec<_>>().join(" ")
}

/// Keeps one account more.
pub(super) fn keep_one(store: &Store, account: Account) {
    saved::update_accounts(store, |kept| {
        kept.push(account);
        Ok(())
    })
    .unwrap();
}
