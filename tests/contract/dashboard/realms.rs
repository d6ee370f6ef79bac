//! Realms: all documented responses, and the time it takes to create one.

use std::time::{Duration, Instant};

use registrar_sip::TransportName;
use registrar_user_agent::resolve::locate;

use super::{assert_refused, assert_sample};
use crate::api::{Answer, Api, until};

#[tokio::test]
async fn listed_made_and_changed_realms_have_the_documented_shapes() {
    let api = Api::start().await;

    let listed = api.get("realms").await;
    let made = make(&api, "branch2", "A <branch> & \"more\"", false).await;
    let path = format!("realms/{}", made.text("Id").unwrap());
    let one = api.get(&path).await;
    let changed = api
        .put(
            &path,
            "<Realm><Default>true</Default><Description>New</Description></Realm>",
        )
        .await;

    assert_sample(&listed, 200, "realms");
    assert_sample(&made, 201, "realm");
    assert_sample(&one, 200, "realm");
    assert_sample(&changed, 200, "realm-changed");
    assert_eq!(made.text("Status"), Some("CREATE_PENDING"));
    assert_eq!(
        made.text("Description"),
        Some("A &lt;branch&gt; &amp; \"more\"")
    );
    let full_name = "<Realm>branch2.1a2b3c.auth.bandwidth.com</Realm>";
    assert!(made.body.contains(full_name), "{}", made.body);
    assert_eq!(changed.text("Default"), Some("true"));
    let office = api.get("realms/22").await;
    assert_eq!(
        office.text("Default"),
        Some("false"),
        "one realm alone is the default"
    );
}

#[tokio::test]
async fn a_new_realm_becomes_active_and_only_then_appears_in_the_dns() {
    let api = Api::start().await;
    let began = Instant::now();
    let made = make(&api, "branch2", "", false).await;
    let path = format!("realms/{}", made.text("Id").unwrap());
    let name = "branch2.1a2b3c.auth.bandwidth.com";
    let dns = api.practice.dns();
    let in_dns = || async { locate(&dns, name, None, TransportName::Udp).await.is_ok() };
    assert!(!in_dns().await);

    let active = until(|| async { api.get(&path).await.text("Status") == Some("ACTIVE") }).await;
    let early = in_dns().await && began.elapsed() < Duration::from_millis(2_500);
    let listed = until(|| async {
        let settings = api
            .get("products/edgemanagement/settings/sipauthentication")
            .await;
        settings.body.contains(name)
    })
    .await;

    assert!(active.duration_since(began) >= Duration::from_millis(1_490));
    assert!(listed.duration_since(began) >= Duration::from_millis(2_490));
    assert!(
        !early,
        "an early question would be answered with 'no such name'"
    );
    assert!(in_dns().await);
}

#[tokio::test]
async fn every_rule_for_a_realms_name_has_its_number() {
    let api = Api::start().await;
    let long = "a".repeat(31);

    for (body, status, code) in [
        (
            "<Realm><Default>true</Default></Realm>".to_owned(),
            400,
            1003,
        ),
        ("<Realm><Realm>x</Realm></Realm>".to_owned(), 400, 1003),
        (realm(&long, false), 400, 33003),
        (realm("with-hyphen", false), 400, 33013),
        (realm("Capital", false), 400, 33013),
        (realm("office", false), 409, 33002),
    ] {
        assert_refused(&api.post("realms", &body).await, status, code);
    }
    assert_sample(
        &api.post("realms", &realm(&long, false)).await,
        400,
        "realm-refused",
    );
    assert_eq!(make(&api, &"a".repeat(30), "", false).await.status, 201);
}

#[tokio::test]
async fn what_is_no_request_is_refused_without_a_number() {
    let api = Api::start().await;
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
                <Realm><Realm>&b;</Realm><Default>true</Default></Realm>";

    for body in [
        "",
        "not xml",
        "<Realm><Realm>unclosed<Realm></Realm>",
        "<Other><Realm>x</Realm><Default>true</Default></Other>",
        "<Realm><Realm>x</Realm><Default>perhaps</Default></Realm>",
        bomb,
    ] {
        let answer = api.post("realms", body).await;

        assert_eq!(
            (answer.status, answer.code()),
            (400, None),
            "{body}: {}",
            answer.body
        );
    }
    assert!(!api.get("realms").await.body.contains("aaaa"));
}

#[tokio::test]
async fn short_name_of_a_realm_cannot_change_but_may_be_repeated() {
    let api = Api::start().await;
    let with_name =
        |name: &str| format!("<Realm><Realm>{name}</Realm><Description>d</Description></Realm>");

    assert_refused(&api.put("realms/22", &with_name("other")).await, 400, 33005);
    assert_eq!(api.put("realms/22", &with_name("office")).await.status, 200);
}

#[tokio::test]
async fn a_realm_in_use_or_the_default_one_is_not_deleted() {
    let api = Api::start().await;

    assert_refused(&api.delete("realms/22").await, 409, 33006);
    make(&api, "branch2", "", true).await;
    assert_refused(&api.delete("realms/22").await, 409, 12666);
}

#[tokio::test]
async fn a_deleted_realm_is_pending_and_then_gone() {
    let api = Api::start().await;
    let made = make(&api, "branch2", "", false).await;
    let path = format!("realms/{}", made.text("Id").unwrap());

    let deleted = api.delete(&path).await;

    assert_eq!((deleted.status, deleted.body.as_str()), (202, ""));
    assert_eq!(api.get(&path).await.text("Status"), Some("DELETE_PENDING"));
    until(|| async { api.get(&path).await.status == 404 }).await;
    assert_sample(&api.get(&path).await, 404, "realm-missing");
    assert_refused(&api.delete(&path).await, 404, 33001);
    assert_eq!(
        make(&api, "branch2", "", false).await.status,
        201,
        "the name is free again"
    );
}

#[tokio::test]
async fn realm_is_found_by_number_and_full_name_only() {
    let api = Api::start().await;

    assert_eq!(
        api.get("realms/office.1a2b3c.auth.bandwidth.com")
            .await
            .status,
        200
    );
    assert_sample(&api.get("realms/office").await, 404, "realm-missing");
}

#[tokio::test]
async fn a_fragment_narrows_the_list_and_needs_three_letters() {
    let api = Api::start().await;
    make(&api, "branch2", "", false).await;

    let short = api.get("realms?realmfragment=of").await;
    let narrowed = api.get("realms?realmfragment=anch").await;
    let none = api.get("realms?realmfragment=nothing").await;

    assert_sample(&short, 400, "realms-refused");
    assert_refused(&short, 400, 33011);
    assert_eq!(narrowed.body.matches("<Id>").count(), 1);
    assert_eq!(none.body.matches("<Id>").count(), 0);
}

#[tokio::test]
async fn created_items_survive_a_restart_until_practice_is_reset() {
    let api = Api::start().await;
    make(&api, "branch2", "", false).await;
    let Api {
        practice,
        client,
        folder,
    } = api;
    drop(practice);

    let practice = registrar_practice::Practice::start(folder.path())
        .await
        .unwrap();

    let api = Api {
        practice,
        client,
        folder,
    };
    assert!(api.get("realms").await.body.contains("branch2"));
    api.practice.reset().await.unwrap();
    assert!(!api.get("realms").await.body.contains("branch2"));
}

fn realm(name: &str, default: bool) -> String {
    format!("<Realm><Realm>{name}</Realm><Default>{default}</Default></Realm>")
}

pub(super) async fn make(api: &Api, name: &str, description: &str, default: bool) -> Answer {
    let description = description.replace('&', "&amp;").replace('<', "&lt;");
    let body = format!(
        "<Realm><Realm>{name}</Realm><Description>{description}</Description>\
         <Default>{default}</Default></Realm>"
    );
    api.post("realms", &body).await
}
