//! Responses that must never be taken for success.

use super::*;

/// For each call of this API, a response that a service or gateway may send in place of a valid
/// one.
const UNREADABLE: [(&str, &str); 8] = [
    (
        "text/html",
        "<html><body>Sign in to the network</body></html>",
    ),
    ("text/html", "<!DOCTYPE html><html><head></head></html>"),
    ("application/xml", "<RealmResponse><Realm><Id>1</Id>"),
    ("application/xml", "<SipCredentialResponse><SipCredential>"),
    ("application/xml", "<Order><Id>1</Id></Order>"),
    ("application/json", r#"{"realm":{"id":1},"status":"ok"}"#),
    ("text/plain", "OK"),
    (
        "application/xml",
        "<RealmResponse><ResponseStatus><Description>Try later</Description></ResponseStatus></RealmResponse>",
    ),
];

#[tokio::test]
async fn no_call_takes_an_unreadable_answer_for_success() {
    for status in [200, 201, 202] {
        for (content_type, body) in UNREADABLE {
            let reply = Reply::new(status, &[("Content-Type", content_type)], body.as_bytes());
            let api = Scripted::start(vec![reply]).await;

            for (call, outcome) in each_call(&user(&api)).await {
                assert!(
                    matches!(outcome, Err(Error::Malformed { .. })),
                    "{call}: {status} {body}: {outcome:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn empty_answer_is_success_only_for_a_deletion() {
    let api = Scripted::start(vec![Reply::xml(200, "")]).await;

    for (call, outcome) in each_call(&user(&api)).await {
        assert_eq!(outcome.is_ok(), call.starts_with("delete"), "{call}");
    }
}

#[tokio::test]
async fn no_call_takes_an_error_inside_a_2xx_for_success() {
    for errors in [
        "<Errors><Code>12666</Code><Description>in use</Description></Errors>",
        "<Errors><ErrorCode>12666</ErrorCode><Description>in use</Description></Errors>",
        "<Errors><Error><Code>12666</Code><Description>in use</Description></Error></Errors>",
        "<ResponseStatus><ErrorCode>12666</ErrorCode><Description>in use</Description></ResponseStatus>",
    ] {
        for root in [
            "RealmResponse",
            "RealmsResponse",
            "SipCredentialResponse",
            "SipCredentialsResponse",
        ] {
            let body = format!("<{root}>{errors}</{root}>");
            let api = Scripted::start(vec![Reply::xml(200, &body)]).await;

            for (call, outcome) in each_call(&user(&api)).await {
                let Err(Error::Refused(refusal)) = outcome else {
                    panic!("{call}: {body}: {outcome:?}");
                };
                assert_eq!(refusal.code, Some(12666), "{call}: {body}");
                assert_eq!(refusal.description.as_deref(), Some("in use"));
            }
        }
    }
}

/// Makes each call of this API, and returns the results by name.
async fn each_call(dashboard: &Dashboard) -> Vec<(&'static str, Result<(), Error>)> {
    let realm = sample_realm();
    let credential = sample_credential();
    let hashes = registrar_digest::Hashes::make("a", "r", &registrar_secret::SipPassword::new("p"));
    let new = NewCredential {
        user_name: UserName::parse("anna").unwrap(),
        domain: None,
        realm: realm.name.clone(),
        hashes: hashes.clone(),
        application_id: None,
    };
    let new_realm = NewRealm {
        name: RealmName::parse("lobby").unwrap(),
        description: Description::parse("").unwrap(),
        default: false,
    };
    let in_realm = Scope::Realm(realm.id);
    let done = |outcome: Result<Option<()>, Error>| outcome.map(drop);
    vec![
        ("realms", dashboard.realms().await.map(drop)),
        (
            "realm",
            done(dashboard.realm(realm.id).await.map(|one| one.map(drop))),
        ),
        (
            "create realm",
            dashboard.create_realm(&new_realm).await.map(drop),
        ),
        (
            "update realm",
            dashboard.update_realm(&realm).await.map(drop),
        ),
        ("delete realm", dashboard.delete_realm(realm.id).await),
        (
            "credentials",
            dashboard.credentials(in_realm).await.map(drop),
        ),
        (
            "credential",
            dashboard.same_credential(&credential).await.map(drop),
        ),
        (
            "create credential",
            dashboard
                .create_credentials(in_realm, &[new])
                .await
                .map(drop),
        ),
        (
            "replace credential",
            dashboard
                .replace_credential(&credential, &hashes, None)
                .await
                .map(drop),
        ),
        (
            "delete credential",
            dashboard.delete_credential(&credential).await,
        ),
        ("port", dashboard.sip_authentication().await.map(drop)),
        ("settings", dashboard.edge_management().await.map(drop)),
    ]
}

fn sample_realm() -> Realm {
    Realm {
        id: RealmId(1),
        name: "lobby.abc123.auth.example".to_owned(),
        description: String::new(),
        default: false,
        credential_count: 0,
        status: RealmStatus::Active,
    }
}
