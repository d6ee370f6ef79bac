//! SIP credentials.

use serde_json::json;

use super::super::socket_tests::{account, api_user};
use super::super::*;
use super::{answering, refusal, sample};
use registrar_digest::Hashes;
use registrar_secret::{Hash, SipPassword};

const APPLICATION: &str = "5ba6761d-36bd-4307-8f7b-a6f806c35abf";

fn credential(credential: &Credential) -> serde_json::Value {
    let hashes = credential.hashes.as_ref();
    json!([
        credential.id.0,
        credential.realm_id.0,
        credential.user_name,
        credential.domain,
        credential.realm,
        hashes.map(|hashes| hashes.hash1.expose()),
        hashes.and_then(|hashes| hashes.hash1b.as_ref().map(Hash::expose)),
        credential.application_id,
    ])
}

fn known_credential() -> Credential {
    Credential {
        id: CredentialId(11),
        realm_id: RealmId(3),
        user_name: "John".to_owned(),
        domain: None,
        realm: "realm1.abc123.auth.bandwidth.com".to_owned(),
        hashes: None,
        application_id: Some(APPLICATION.to_owned()),
    }
}

fn new(user_name: &str, domain: Option<&str>, application: Option<&str>) -> NewCredential {
    let realm = "custxx.auth.bandwidth.com";
    let composite = registrar_digest::composite(user_name, domain);
    NewCredential {
        user_name: UserName::parse(user_name).unwrap(),
        domain: domain.map(|domain| Domain::parse(domain).unwrap()),
        realm: realm.to_owned(),
        hashes: Hashes::make(&composite, realm, &SipPassword::new("password")),
        application_id: application.map(|id| ApplicationId::parse(id).unwrap()),
    }
}

#[tokio::test]
async fn an_empty_list_of_credentials_comes_in_three_shapes() {
    for (status, body) in [
        (404, sample!("credentials-none-as-404.xml")),
        (200, sample!("credentials-none.xml")),
        (200, sample!("credentials-none-without-element.xml")),
    ] {
        let (dashboard, server) = answering(status, body).await;

        let found = dashboard
            .credentials(Scope::Realm(RealmId(3)))
            .await
            .unwrap();

        assert!(found.is_empty());
        let line = "GET /accounts/5500123/realms/3/sipcredentials?page=1&size=500";
        assert_eq!(server.lines(), [line]);
    }
}

#[tokio::test]
async fn the_list_of_credentials_is_read() {
    let (dashboard, server) = answering(200, sample!("credentials.xml")).await;

    let found = dashboard.credentials(Scope::Account).await.unwrap();

    let realm = "realm1.abc123.auth.bandwidth.com";
    let other = "7a1626ea-6a3e-11eb-9439-0242ac130002";
    assert_eq!(
        found.iter().map(credential).collect::<Vec<_>>(),
        [
            json!([
                11,
                3,
                "John",
                "bw.com",
                realm,
                "1g32gadgs433dd4",
                "1g32gadgs433d24",
                APPLICATION
            ]),
            json!([
                45,
                3,
                "Mathew@bw.com",
                null,
                realm,
                "43543gggs43g324",
                null,
                other
            ]),
        ]
    );
    assert_eq!(
        server.lines(),
        ["GET /accounts/5500123/sipcredentials?page=1&size=500"]
    );
}

#[tokio::test]
async fn one_credential_is_read_in_both_forms() {
    let key = CredentialKey::InRealm(RealmId(3), CredentialId(11));
    let (dashboard, server) = answering(200, sample!("credential.xml")).await;
    let apart = dashboard.credential(&key).await.unwrap().unwrap();
    assert_eq!(apart.composite(), "John@bw.com");
    assert_eq!(
        server.lines(),
        ["GET /accounts/5500123/realms/3/sipcredentials/11"]
    );

    let key = CredentialKey::Composite("Bill@bw.com/..?".to_owned());
    let (dashboard, server) = answering(200, sample!("credential-in-one.xml")).await;
    let in_one = dashboard.credential(&key).await.unwrap().unwrap();
    assert_eq!(in_one.composite(), "Bill@bw.com");
    assert_eq!(
        server.lines(),
        ["GET /accounts/5500123/sipcredentials/Bill@bw.com%2F..%3F"]
    );

    for body in [
        sample!("credential-missing-in-realm.xml"),
        sample!("credential-missing-in-account.xml"),
    ] {
        let (dashboard, _server) = answering(404, body).await;
        assert!(dashboard.credential(&key).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_partial_success_names_both_halves() {
    let (dashboard, _server) = answering(201, sample!("credentials-created-partly.xml")).await;

    let created = dashboard
        .create_credentials(Scope::Account, &[new("bill", None, None)])
        .await
        .unwrap();

    let made: Vec<_> = created.made.iter().map(Credential::composite).collect();
    assert_eq!(made, ["Bill@bw.com", "Jane@bw.com"]);
    assert_eq!(created.refused.len(), 1);
    assert_eq!(created.refused[0].refusal.code, Some(1003));
    assert_eq!(created.refused[0].user_name, "");
}

#[tokio::test]
async fn a_201_with_errors_alone_made_nothing_and_keeps_no_hash() {
    let (dashboard, _server) = answering(201, sample!("credentials-created-none.xml")).await;

    let created = dashboard
        .create_credentials(Scope::Realm(RealmId(3)), &[new("Bill", None, None)])
        .await
        .unwrap();

    assert!(created.made.is_empty());
    let refused = &created.refused[0];
    assert_eq!(
        (refused.user_name.as_str(), refused.refusal.code),
        ("Bill", Some(23026))
    );
    let words = refused.refusal.description.as_deref().unwrap();
    assert!(words.ends_with("ID = 41: ••••••"), "{words}");
}

#[tokio::test]
async fn a_400_names_each_refused_credential() {
    let (dashboard, _server) = answering(400, sample!("credentials-refused.xml")).await;

    let created = dashboard
        .create_credentials(Scope::Account, &[new("bill", None, None)])
        .await
        .unwrap();

    let refused = created.refused.iter();
    let refused: Vec<_> = refused
        .map(|one| {
            (
                one.user_name.as_str(),
                one.domain.as_deref(),
                one.refusal.code,
            )
        })
        .collect();
    assert_eq!(
        refused,
        [
            ("", None, Some(1003)),
            ("Bill@bw.com", None, Some(23026)),
            ("Jane", Some("bw.com"), Some(23018)),
            ("Abe@bw.com", None, Some(23019)),
        ]
    );
}

#[tokio::test]
async fn a_request_that_is_refused_whole_is_a_refusal() {
    let (dashboard, _server) = answering(400, sample!("not-enabled.xml")).await;

    let outcome = dashboard
        .create_credentials(Scope::Account, &[new("bill", None, None)])
        .await;

    assert_eq!(refusal(outcome).code, Some(33004));
}

#[tokio::test]
async fn credentials_are_sent_in_the_documented_order() {
    let (dashboard, server) = answering(201, sample!("credentials-created-partly.xml")).await;
    let realm = RealmId(3);
    let with_domain = new("bob", Some("somewhere.com"), Some(APPLICATION));
    let without = new("sipauthtest", None, None);
    assert_eq!(with_domain.scope(realm), Scope::Account);
    assert_eq!(without.scope(realm), Scope::Realm(realm));

    for new in [with_domain, without] {
        dashboard
            .create_credentials(new.scope(realm), &[new])
            .await
            .unwrap();
    }

    let seen = server.seen();
    let bodies = [
        sample!("sent-create-credential-in-account.xml"),
        sample!("sent-create-credential-in-realm.xml"),
    ];
    for (sent, body) in seen.iter().zip(bodies) {
        assert!(sent.ends_with(body.trim_end()), "{sent}");
    }
    assert_eq!(
        server.lines(),
        [
            "POST /accounts/5500123/sipcredentials",
            "POST /accounts/5500123/realms/3/sipcredentials",
        ]
    );
}

#[tokio::test]
async fn new_hashes_are_sent_without_a_user_name() {
    let (dashboard, server) = answering(200, sample!("credential.xml")).await;
    let hashes = new("sipauthtest", None, None).hashes;

    dashboard
        .replace_credential(&known_credential(), &hashes, None)
        .await
        .unwrap();

    let sent = &server.seen()[0];
    assert!(
        sent.ends_with(sample!("sent-replace-credential.xml").trim_end()),
        "{sent}"
    );
    assert!(
        sent.starts_with("PUT /accounts/5500123/realms/3/sipcredentials/11 "),
        "{sent}"
    );
}

#[tokio::test]
async fn a_deletion_needs_no_body() {
    for status in [200, 202] {
        let (dashboard, server) = answering(status, "").await;

        dashboard
            .delete_credential(&known_credential())
            .await
            .unwrap();
        dashboard.delete_realm(RealmId(22)).await.unwrap();

        assert_eq!(
            server.lines(),
            [
                "DELETE /accounts/5500123/realms/3/sipcredentials/11",
                "DELETE /accounts/5500123/realms/22",
            ]
        );
    }
}

#[test]
fn a_hash_of_the_api_is_the_same_in_capitals() {
    let made = new("sipauthtest", None, None).hashes;
    let stored = wire::WireCredential {
        id: Some("1".to_owned()),
        realm_id: Some("1".to_owned()),
        user_name: Some("sipauthtest".to_owned()),
        realm: Some("custxx.auth.bandwidth.com".to_owned()),
        hash1: Some(made.hash1.expose().to_uppercase()),
        ..wire::WireCredential::default()
    };

    let stored = credentials::parse(stored).unwrap().hashes.unwrap();

    assert!(
        stored.matches(&made),
        "Hash1 is the same, and no Hash1b is stored"
    );
    let other = Hashes {
        hash1: Hash::new("0"),
        ..made
    };
    assert!(!stored.matches(&other));
}

#[test]
fn unclosed_realm_of_the_guide_is_never_written() {
    let guide = sample!("never-sent.xml");
    assert!(guard::root(guide).is_err());
    assert!(wire::read::<wire::Credentials>(guide).is_err());

    let dashboard = Dashboard::new(
        Environment::production(),
        account(),
        api_user(),
        std::sync::Arc::default(),
    )
    .unwrap();
    let bob = new("bob", Some("somewhere.com"), None);
    let shown = dashboard
        .preview_create_credentials(Scope::Account, &[bob])
        .unwrap();

    let text = shown.text();
    let (_, body) = text.split_once("\n\n").unwrap();
    assert_eq!(guard::root(body), Ok("SipCredentials".to_owned()));
    assert!(
        body.contains("<Realm>custxx.auth.bandwidth.com</Realm>"),
        "{body}"
    );
}
