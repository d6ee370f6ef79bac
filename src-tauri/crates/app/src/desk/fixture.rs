//! Fixtures for the desk's tests: a desk opened against the practice services, and one against an
//! API whose responses the test scripts.

use std::fmt::Write as _;

use registrar_bandwidth::dashboard::{EnvironmentName, NewCredential, Realm, Scope, UserName};
use registrar_digest::Hashes;
use registrar_http::scripted::{Reply, Scripted};
use registrar_keychain::{Forgetting, Vault};
use registrar_practice::Practice;
use registrar_secret::{SignInSecret, SipPassword};

use super::*;
use crate::account::Account;
use crate::ipc::{
    DeskApplicationFilter, DeskCheckReport, DeskChecked, DeskResultFilter, DeskSort, DeskWhich,
    SignInDraft,
};

/// Requests the first rows that contain this text.
pub(super) fn shown(find: &str) -> ListRows {
    ListRows {
        offset: 0,
        count: 200,
        realm: None,
        find: find.to_owned(),
        sort: DeskSort::UserName,
        descending: false,
        result: DeskResultFilter::Any,
        application: DeskApplicationFilter::Any,
    }
}

/// Opens a desk against the practice services.
pub(super) async fn practice() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let practice = Practice::start(folder.path()).await.unwrap();
    let services = Services::practice(practice, Vault::new(Arc::new(Forgetting::default())));
    let sample = Practice::sample_sign_in();
    let draft = SignInDraft {
        account_number: sample.account_number,
        user: sample.client_id,
        ..SignInDraft::start(EnvironmentName::Practice)
    };
    let account = Account::from_draft(PRACTICE.to_owned(), &draft).unwrap();
    let jobs = Jobs::at(folder.path().join("jobs"));
    let desk = Desk::open(services, account, jobs);
    desk.sign_in_by_itself().await;
    assert_eq!(desk.asks_for(), None);
    (folder, desk)
}

/// Creates this many SIP credentials in a realm.
pub(super) async fn fill(desk: &Desk, realm: &Realm, count: usize) {
    let dashboard = desk.dashboard().unwrap();
    let password = SipPassword::new("secret-7f3a");
    let new = |number: usize| {
        let name = format!("{}-{number:05}", realm.id);
        NewCredential {
            hashes: Hashes::make(&name, &realm.name, &password),
            user_name: UserName::parse(&name).unwrap(),
            domain: None,
            realm: realm.name.clone(),
            application_id: None,
        }
    };
    let all: Vec<NewCredential> = (0..count).map(new).collect();
    for batch in all.chunks(1000) {
        let made = dashboard.create_credentials(Scope::Realm(realm.id), batch);
        assert_eq!(made.await.unwrap().made.len(), batch.len());
    }
}

pub(super) async fn check(
    desk: &Desk,
    which: DeskWhich,
    on_progress: &(dyn Fn(DeskChecked) + Send + Sync),
) -> DeskCheckReport {
    let stop = CancellationToken::new();
    desk.check(which, 50, &stop, on_progress).await.unwrap()
}

pub(super) async fn load(desk: &Desk) -> DeskState {
    let stop = CancellationToken::new();
    desk.load(&stop, &|_| {}).await.unwrap()
}

const REALM: &str = "r.example";

/// Responds with one realm that reports this many SIP credentials.
pub(super) fn realms(count: u32) -> Reply {
    Reply::xml(
        200,
        &format!(
            "<RealmsResponse><Realms><Realm><Id>1</Id><Realm>{REALM}</Realm><Default>true</Default>\
             <SipCredentialCount>{count}</SipCredentialCount><Status>ACTIVE</Status></Realm></Realms>\
             </RealmsResponse>"
        ),
    )
}

/// Responds with a page of SIP credentials.
pub(super) fn page(ids: std::ops::Range<u32>, next: Option<u32>) -> Reply {
    let mut body = "<SipCredentialsResponse><Links>".to_owned();
    if let Some(next) = next {
        let link = format!("Link=&lt;http://x.example/?page={next}&amp;size=500&gt;;rel=\"next\";");
        write!(body, "<next>{link}</next>").unwrap();
    }
    body += "</Links><SipCredentials>";
    for id in ids {
        write!(
            body,
            "<SipCredential><Id>{id}</Id><UserName>u{id}</UserName><RealmId>1</RealmId>\
             <Realm>{REALM}</Realm></SipCredential>"
        )
        .unwrap();
    }
    body += "</SipCredentials></SipCredentialsResponse>";
    Reply::xml(200, &body)
}

/// Loads a desk from an API with these responses.
pub(super) async fn against(replies: Vec<Reply>) -> (DeskState, Desk) {
    let api = Scripted::start(replies).await;
    let draft = SignInDraft {
        account_number: "5500123".to_owned(),
        method: SignInMethod::ApiUser,
        user: "user".to_owned(),
        token_address: api.url.to_string(),
        bearer_address: api.url.to_string(),
        basic_address: api.url.to_string(),
        remember: false,
        ..SignInDraft::start(EnvironmentName::Own)
    };
    let account = Account::from_draft("a".to_owned(), &draft).unwrap();
    let desk = Desk::open(Services::real(), account, jobs());
    desk.sign_in_by_itself().await;
    assert_eq!(desk.asks_for(), Some(SignInMethod::ApiUser));
    desk.sign_in(SignInSecret::new("password-7f3a"))
        .await
        .unwrap();
    (load(&desk).await, desk)
}

/// A folder that no test here writes to.
fn jobs() -> Jobs {
    Jobs::at(std::env::temp_dir().join("never-made"))
}
