//! The final state of the practice account, queried directly.

use std::collections::{BTreeSet, HashMap};
use std::net::Ipv4Addr;
use std::sync::Arc;

use acceptance::practice_addresses::exposed;
use registrar_activity::Activity;
use registrar_bandwidth::dashboard::{
    AccountNumber, Credential, Dashboard, Environment, Scope, SignIn,
};
use registrar_digest::Hashes;
use registrar_http::trust::Trust;
use registrar_practice::Practice;
use registrar_secret::SignInSecret;
use registrar_sip::answer::Proof;
use registrar_sip::{CheckKind, TransportName};
use registrar_user_agent::check::{CheckRequest, Limits, check};
use registrar_user_agent::resolve::Target;

use crate::walk::password;

/// All realms by their full names, each with its SIP credentials by composite user name.
pub(crate) type Content = HashMap<String, HashMap<String, Credential>>;

/// Signs in to the practice account.
pub(crate) fn dashboard(practice: &Practice) -> Dashboard {
    let sample = Practice::sample_sign_in();
    let addresses = exposed(practice);
    Dashboard::new(
        Environment::own(&addresses.token, &addresses.bearer, &addresses.basic).unwrap(),
        AccountNumber::parse(&sample.account_number).unwrap(),
        SignIn::ApiClient {
            client_id: sample.client_id,
            secret: SignInSecret::new(sample.client_secret),
        },
        Arc::new(Activity::default()),
    )
    .unwrap()
}

/// Lists everything. A name that is there twice is a failure.
pub(crate) async fn content(practice: &Practice) -> Content {
    let dashboard = dashboard(practice);
    let mut content = Content::new();
    for realm in dashboard.realms().await.unwrap() {
        let listed = dashboard.credentials(Scope::Realm(realm.id)).await.unwrap();
        let mut credentials = HashMap::new();
        for credential in listed {
            let name = credential.composite();
            let other = credentials.insert(name.clone(), credential);
            assert!(other.is_none(), "{name} is there twice");
        }
        let other = content.insert(realm.name.clone(), credentials);
        assert!(other.is_none(), "{} is there twice", realm.name);
    }
    content
}

/// The names of all realms.
pub(crate) fn realms(content: &Content) -> BTreeSet<&str> {
    content.keys().map(String::as_str).collect()
}

/// Makes sure that a credential has the hashes of its journey's password.
pub(crate) fn assert_right(content: &Content, realm: &str, user: &str) {
    let stored = content[realm].get(user);
    let stored = stored.unwrap_or_else(|| panic!("{user} is not in {realm}"));
    let made = Hashes::make(user, realm, &password(user));
    assert!(
        stored
            .hashes
            .as_ref()
            .is_some_and(|hashes| hashes.are(&made)),
        "{user} has other hashes"
    );
}

/// Returns the Contacts of a credential that are registered.
pub(crate) async fn registered(port: u16, realm: &str, user: &str) -> Vec<String> {
    let request = CheckRequest {
        realm: realm.to_owned(),
        composite: user.to_owned(),
        proof: Proof::Password(password(user)),
        kind: CheckKind::Query,
        transport: TransportName::Tcp,
        targets: vec![Target::typed((Ipv4Addr::LOCALHOST, port).into())],
        target_name: realm.to_owned(),
        trust: Trust::default(),
    };
    let outcome = check(&request, Limits::default(), &|_| {}).await;
    assert!(outcome.verdict.proved(), "{outcome:?}");
    outcome
        .bindings
        .into_iter()
        .map(|one| one.address)
        .collect()
}
