//! Samples of every documented request and response.

mod credentials;
mod realms;

use super::socket_tests::user;
use super::*;
use registrar_http::scripted::{Reply, Scripted};

macro_rules! sample {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/dashboard/",
            $name
        ))
    };
}
pub(super) use sample;

async fn answering(status: u16, body: &str) -> (Dashboard, Scripted) {
    let server = Scripted::start(vec![Reply::xml(status, body)]).await;
    (user(&server), server)
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> registrar_http::Refusal {
    match outcome {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_refusal_keeps_its_code() {
    for (status, body, code) in [
        (400, sample!("realm-name-too-long.xml"), Some(33003)),
        (400, sample!("realm-name-change.xml"), Some(33005)),
        (400, sample!("realm-default-delete.xml"), Some(33006)),
        (409, sample!("realm-default-delete.xml"), Some(33006)),
        (400, sample!("realms-fragment-too-short.xml"), Some(33011)),
        (400, sample!("not-enabled.xml"), Some(33004)),
        (200, sample!("not-enabled.xml"), Some(33004)),
        (404, sample!("account-unknown.xml"), Some(4022)),
        (400, sample!("credential-name-change.xml"), Some(23004)),
        (503, sample!("unavailable-with-code.xml"), Some(13566)),
        (503, sample!("realm-unavailable.xml"), None),
    ] {
        let (dashboard, _server) = answering(status, body).await;

        let refusal = refusal(dashboard.delete_realm(RealmId(1)).await);

        assert_eq!((refusal.status, refusal.code), (status, code), "{body}");
        assert!(refusal.description.is_some(), "{body}");
    }
}

#[tokio::test]
async fn what_a_required_element_misses_is_named() {
    for (body, named) in [
        ("<RealmResponse/>", "Realm"),
        (
            "<RealmResponse><Realm><Realm>a</Realm><Status>ACTIVE</Status></Realm></RealmResponse>",
            "Id",
        ),
        (
            "<RealmResponse><Realm><Id>x</Id><Realm>a</Realm><Status>ACTIVE</Status></Realm></RealmResponse>",
            "Id",
        ),
        (
            "<RealmResponse><Realm><Id>1</Id><Status>ACTIVE</Status></Realm></RealmResponse>",
            "name",
        ),
        (
            "<RealmResponse><Realm><Id>1</Id><Realm>a</Realm></Realm></RealmResponse>",
            "Status",
        ),
        ("<Other/>", "root"),
        ("<html><body/></html>", "web page"),
        (
            "<!DOCTYPE r [<!ENTITY a 'b'>]><RealmResponse>&a;</RealmResponse>",
            "DTD",
        ),
        ("", "nothing"),
    ] {
        let (dashboard, _server) = answering(200, body).await;

        match dashboard.realm(RealmId(1)).await {
            Err(Error::Malformed { what, .. }) => {
                assert!(what.contains(named), "{body}: {what}");
            }
            other => panic!("{body}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_not_known_is_passed_over() {
    let body = "<x:RealmResponse xmlns:x='urn:x' a='b'><Extra><Realm>no</Realm></Extra><Realm kind='1'><Id>1</Id><New/><Realm>a.b</Realm><Status>ODD</Status></Realm></x:RealmResponse>";
    let (dashboard, _server) = answering(200, body).await;

    let realm = dashboard.realm(RealmId(1)).await.unwrap().unwrap();

    assert_eq!(
        (realm.name.as_str(), realm.status),
        ("a.b", RealmStatus::Unknown)
    );
}
