//! Realms and their settings.

use super::super::*;
use super::{answering, refusal, sample};

#[tokio::test]
async fn the_list_of_realms_is_read() {
    let (dashboard, server) = answering(200, sample!("realms.xml")).await;

    let realms = dashboard.realms().await.unwrap();

    assert_eq!(
        realms,
        [
            Realm {
                id: RealmId(22),
                name: "myrealm123.abc123.auth.bandwidth.com".to_owned(),
                description: "Test Realm 123".to_owned(),
                default: true,
                credential_count: 3,
                status: RealmStatus::Active,
            },
            Realm {
                id: RealmId(31),
                name: "myrealm234-3efeaa.auth.bandwidth.com".to_owned(),
                description: "R&D <west>".to_owned(),
                default: false,
                credential_count: 6,
                status: RealmStatus::CreatePending,
            },
        ]
    );
    assert_eq!(server.lines(), ["GET /accounts/5500123/realms"]);
}

#[tokio::test]
async fn an_empty_list_of_realms_is_no_failure() {
    for body in [sample!("realms-none.xml"), "<RealmsResponse/>"] {
        let (dashboard, _server) = answering(200, body).await;

        assert_eq!(dashboard.realms().await.unwrap(), []);
    }
}

#[tokio::test]
async fn a_realm_that_was_made_is_read() {
    let (dashboard, server) = answering(201, sample!("realm-created.xml")).await;
    let new = NewRealm {
        name: RealmName::parse("realm123").unwrap(),
        description: Description::parse("This is realm #123").unwrap(),
        default: true,
    };

    let realm = dashboard.create_realm(&new).await.unwrap();

    assert_eq!(realm.name, "realm123.abc123.auth.bandwidth.com");
    assert_eq!(realm.status, RealmStatus::CreatePending);
    let sent = &server.seen()[0];
    assert!(
        sent.ends_with(sample!("sent-create-realm.xml").trim_end()),
        "{sent}"
    );
    let content_type = "content-type: application/xml; charset=utf-8\r\n";
    assert!(
        sent.contains(content_type) && sent.contains("accept: application/xml\r\n"),
        "{sent}"
    );
    let shown = dashboard.preview_create_realm(&new).unwrap().text();
    assert!(
        shown.ends_with(sample!("sent-create-realm.xml").trim_end()),
        "{shown}"
    );
}

#[tokio::test]
async fn a_description_with_markup_survives_the_way_out() {
    let (dashboard, server) = answering(201, sample!("realm-created.xml")).await;
    let awkward = r#"R&D <west> "1" 'ä' ]]> 𝄞"#;
    let new = NewRealm {
        name: RealmName::parse("a").unwrap(),
        description: Description::parse(awkward).unwrap(),
        default: false,
    };

    dashboard.create_realm(&new).await.unwrap();

    let sent = server.seen().remove(0);
    let (_, body) = sent.split_once("\r\n\r\n").unwrap();
    let read: wire::WireRealm = wire::read(body).unwrap();
    assert_eq!(read.description.as_deref(), Some(awkward));
}

#[tokio::test]
async fn a_missing_realm_is_none_with_a_code_and_without() {
    for body in [
        sample!("realm-missing.xml"),
        sample!("realm-missing-without-code.xml"),
    ] {
        let (dashboard, _server) = answering(404, body).await;

        assert_eq!(dashboard.realm(RealmId(5)).await.unwrap(), None);
    }
    let (dashboard, _server) = answering(404, "<html>Not here</html>").await;
    assert_eq!(refusal(dashboard.realm(RealmId(5)).await).status, 404);
    let (dashboard, _server) = answering(404, sample!("account-unknown.xml")).await;
    assert_eq!(refusal(dashboard.realm(RealmId(5)).await).code, Some(4022));
}

#[tokio::test]
async fn the_port_and_the_records_of_a_realm_are_read() {
    let (dashboard, server) = answering(200, sample!("sip-authentication.xml")).await;

    let settings = dashboard.sip_authentication().await.unwrap();

    let realm = "CUST27.auth.bandwidth.com.";
    let srv = settings.registrar(realm).unwrap();
    assert_eq!((srv.priority, srv.weight, srv.port), (5, 50, 5000));
    assert_eq!(srv.target, "test.host1");
    assert_eq!(settings.addresses(realm, realm).len(), 2);
    assert!(settings.lists(realm) && !settings.lists("other.auth.bandwidth.com"));
    assert_eq!(settings.zone_ports, [1]);
    let line = "GET /accounts/5500123/products/edgemanagement/settings/sipauthentication";
    assert_eq!(server.lines(), [line]);
}

#[tokio::test]
async fn the_edge_management_settings_are_read() {
    let (dashboard, _server) = answering(200, sample!("edge-management.xml")).await;

    let settings = dashboard.edge_management().await.unwrap();

    assert_eq!(settings.enabled, Some(true));
    assert_eq!(settings.kind.as_deref(), Some("REGISTRAR"));
    assert_eq!(settings.errors[1].0, Some(27002));
}
