//! The app's own clients against practice: two implementations of one wire format must agree.

use std::sync::Arc;
use std::time::Duration;

use acceptance::practice_addresses::exposed;
use registrar_activity::Activity;
use registrar_bandwidth::dashboard::{
    AccountNumber, Dashboard, Description, Domain, EchoDifference, Environment, NewCredential,
    NewRealm, Realm, RealmName, Scope, SignIn, UserName,
};
use registrar_digest::{Hashes, composite};
use registrar_http as http;
use registrar_practice::{ANSWERS, Faults, Practice};
use registrar_secret::{SignInSecret, SipPassword, TwilioSecret};
use registrar_sip::TransportName;
use registrar_twilio::{AccountSid, CallStatus, Key, NewCall, PhoneNumber, Twilio, target};
use registrar_user_agent::resolve::locate;
use reqwest::Url;

use crate::api::{Api, until};

const PASSWORD: &str = "a pass: \"word\" ü@";
const EVERY: Duration = Duration::from_millis(50);
const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test]
async fn the_app_walks_from_the_sign_in_to_an_answered_call() {
    let api = Api::start().await;
    let dashboard = signed_in(&api.practice, "practice-client");
    let listed = dashboard.check().await.unwrap();
    assert_eq!(listed.len(), 1);
    let new = NewRealm {
        name: RealmName::parse("branch2").unwrap(),
        description: Description::parse("R&D <west> \"1\"").unwrap(),
        default: false,
    };

    let made = dashboard.create_realm(&new).await.unwrap();
    let realm = dashboard
        .wait_until_active(made.id, EVERY, PATIENCE)
        .await
        .unwrap();
    let (credential, sent) = make(&dashboard, &realm, Some("phones.example")).await;
    let call = call(&api.practice, &realm, &sent.composite(), PASSWORD).await;

    assert_eq!(realm.description, "R&D <west> \"1\"");
    assert!(credential.echo_differences(&sent).is_empty());
    let found = dashboard
        .find_credential(realm.id, "phone1@phones.example")
        .await
        .unwrap();
    assert_eq!(found.unwrap().id, credential.id);
    assert_eq!(call, CallStatus::Completed);
    let settings = dashboard.sip_authentication().await.unwrap();
    let registrar = settings.registrar(&realm.name).unwrap();
    assert_eq!(registrar.port, api.practice.registrar().port());
}

#[tokio::test]
async fn a_new_password_takes_the_place_of_the_old_one() {
    let api = Api::start().await;
    let dashboard = signed_in(&api.practice, "practice-client");
    let realm = dashboard.realms().await.unwrap().remove(0);
    let (credential, _) = make(&dashboard, &realm, None).await;
    let hashes = Hashes::make("phone1", &realm.name, &SipPassword::new("new"));

    let replaced = dashboard
        .replace_credential(&credential, &hashes, None)
        .await
        .unwrap();

    assert_eq!(replaced.id, credential.id);
    assert!(replaced.hashes.unwrap().matches(&hashes));
    assert_eq!(
        call(&api.practice, &realm, "phone1", PASSWORD).await,
        CallStatus::Failed
    );
    assert_eq!(
        call(&api.practice, &realm, "phone1", "new").await,
        CallStatus::Completed
    );
    dashboard.delete_credential(&credential).await.unwrap();
    assert_eq!(
        call(&api.practice, &realm, "phone1", "new").await,
        CallStatus::Failed
    );
}

#[tokio::test]
async fn changed_letter_case_is_seen_and_makes_the_password_useless() {
    let api = Api::start().await;
    let dashboard = signed_in(&api.practice, "practice-client");
    let realm = dashboard.realms().await.unwrap().remove(0);
    api.practice.set_faults(Faults {
        letter_case_changed: true,
        ..Faults::default()
    });

    let (credential, sent) = make(&dashboard, &realm, None).await;

    let differences = credential.echo_differences(&sent);
    assert!(
        differences.iter().any(EchoDifference::makes_hashes_useless),
        "{differences:?}"
    );
    for name in ["phone1", "Phone1"] {
        let status = call(&api.practice, &realm, name, PASSWORD).await;
        assert_eq!(status, CallStatus::Failed, "{name}");
    }
}

#[tokio::test]
async fn client_without_the_role_is_refused_but_can_read_settings() {
    let api = Api::start().await;
    let dashboard = signed_in(&api.practice, "practice-client-without-role");

    let refused = dashboard.check().await.unwrap_err();

    let http::Error::Refused(refusal) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(refusal.status, 403);
    assert_eq!(
        dashboard.edge_management().await.unwrap().enabled,
        Some(true)
    );
}

#[tokio::test]
async fn every_page_of_a_long_list_is_read() {
    let api = Api::start().await;
    let dashboard = signed_in(&api.practice, "practice-client");
    let realm = dashboard.realms().await.unwrap().remove(0);
    for batch in 0..2 {
        let many: Vec<_> = (0..600)
            .map(|number| credential(&realm, &format!("p{batch}-{number}"), None))
            .collect();
        let created = dashboard
            .create_credentials(Scope::Realm(realm.id), &many)
            .await;
        assert_eq!(created.unwrap().made.len(), 600);
    }

    let in_realm = dashboard.credentials(Scope::Realm(realm.id)).await.unwrap();
    let on_account = dashboard.credentials(Scope::Account).await.unwrap();

    assert_eq!(in_realm.len(), 1_202);
    assert_eq!(on_account.len(), 1_202);
}

fn signed_in(practice: &Practice, client_id: &str) -> Dashboard {
    let addresses = exposed(practice);
    let sample = Practice::sample_sign_in();
    Dashboard::new(
        Environment::own(&addresses.token, &addresses.bearer, &addresses.basic).unwrap(),
        AccountNumber::parse(&sample.account_number).unwrap(),
        SignIn::ApiClient {
            client_id: client_id.to_owned(),
            secret: SignInSecret::new(sample.client_secret),
        },
        Arc::new(Activity::default()),
    )
    .unwrap()
}

fn credential(realm: &Realm, user_name: &str, domain: Option<&str>) -> NewCredential {
    let name = composite(user_name, domain);
    NewCredential {
        user_name: UserName::parse(user_name).unwrap(),
        domain: domain.map(|domain| Domain::parse(domain).unwrap()),
        realm: realm.name.clone(),
        hashes: Hashes::make(&name, &realm.name, &SipPassword::new(PASSWORD)),
        application_id: None,
    }
}

async fn make(
    dashboard: &Dashboard,
    realm: &Realm,
    domain: Option<&str>,
) -> (registrar_bandwidth::dashboard::Credential, NewCredential) {
    let new = credential(realm, "phone1", domain);
    let sent = std::slice::from_ref(&new);
    let mut created = dashboard
        .create_credentials(new.scope(realm.id), sent)
        .await
        .unwrap();
    assert!(created.refused.is_empty(), "{:?}", created.refused);
    (created.made.remove(0), new)
}

/// Places a call by the app's Twilio client, and returns how it ended.
async fn call(practice: &Practice, realm: &Realm, user: &str, password: &str) -> CallStatus {
    let sample = Practice::sample_twilio();
    let twilio = Twilio::new(
        Url::parse(&practice.addresses().twilio.expose()).unwrap(),
        AccountSid::parse(&sample.account_sid).unwrap(),
        Key::AuthToken(TwilioSecret::new(sample.auth_token)),
        Arc::new(Activity::default()),
    )
    .unwrap();
    let from = twilio.numbers().await.unwrap().remove(0);
    let to = PhoneNumber::parse(ANSWERS).unwrap();
    let order = NewCall::test(
        target(&to, &realm.name, practice.registrar().port()),
        from,
        user.to_owned(),
        SipPassword::new(password),
    );

    // The name of a new realm is unknown for a second after the realm is active.
    until(|| async {
        let found = locate(&practice.dns(), &realm.name, None, TransportName::Udp).await;
        found.is_ok()
    })
    .await;
    let call = twilio.call(&order).await.unwrap();
    let end = twilio
        .follow(&call.sid, EVERY, PATIENCE, |_| {})
        .await
        .unwrap();
    let notes = twilio.notifications(&call.sid).await.unwrap();
    assert_eq!(
        end.status == CallStatus::Failed,
        !notes.is_empty(),
        "{notes:?}"
    );
    end.status
}
