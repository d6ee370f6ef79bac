//! The client over real sockets: the token, pages and redirects, and what a refused sign-in means.

mod unreadable;
mod waiting;

use std::sync::Arc;
use std::time::Duration;

use super::samples::sample;
use super::*;
use registrar_activity::{Diagnosis, Tone};
use registrar_http::Refusal;
use registrar_http::scripted::{Reply, Scripted};

const TOKEN: &str = r#"{"access_token":"token-7f3a","token_type":"Bearer","expires_in":3600}"#;

#[tokio::test]
async fn a_token_is_asked_for_once_and_used_by_all() {
    let token = Scripted::start(vec![Reply::json(200, TOKEN)]).await;
    let api = Scripted::start(vec![ok()]).await;
    let (dashboard, activity) = client(&token, &api);

    let (one, other) = tokio::join!(dashboard.realms(), dashboard.realms());
    one.unwrap();
    other.unwrap();

    let asked = token.seen();
    assert_eq!(asked.len(), 1, "both waited for the same token");
    assert!(asked[0].contains("authorization: Basic Y2xpZW50OnNlY3JldC03ZjNh\r\n"));
    assert!(asked[0].ends_with("\r\n\r\ngrant_type=client_credentials"));
    for request in api.seen() {
        assert!(
            request.contains("authorization: Bearer token-7f3a\r\n"),
            "{request}"
        );
    }
    let kept = format!("{:?}", activity.exchanges());
    assert!(
        !kept.contains("7f3a") && !kept.contains("Y2xpZW50"),
        "{kept}"
    );
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let newer = TOKEN.replace("token-7f3a", "newer-7f3a");
    let token = Scripted::start(vec![Reply::json(200, TOKEN), Reply::json(200, &newer)]).await;
    let api = Scripted::start(vec![Reply::xml(401, ""), ok()]).await;
    let (dashboard, _) = client(&token, &api);

    assert_eq!(dashboard.realms().await.unwrap().len(), 2);

    assert_eq!(token.seen().len(), 2);
    assert!(api.seen()[1].contains("Bearer newer-7f3a"));

    let api = Scripted::start(vec![Reply::xml(401, "")]).await;
    let (dashboard, _) = client(&token, &api);
    assert!(dashboard.realms().await.is_err());
    assert_eq!(api.seen().len(), 2, "once, not again and again");
}

#[tokio::test]
async fn a_token_is_renewed_a_minute_before_its_end() {
    let short = TOKEN.replace("3600", "60");
    let token = Scripted::start(vec![Reply::json(200, &short)]).await;
    let api = Scripted::start(vec![ok()]).await;
    let (dashboard, _) = client(&token, &api);

    dashboard.realms().await.unwrap();
    dashboard.realms().await.unwrap();

    assert_eq!(
        token.seen().len(),
        2,
        "60 seconds before its end is at once"
    );
}

#[tokio::test]
async fn a_wrong_secret_is_told_by_the_token_endpoint() {
    let token = Scripted::start(vec![Reply::json(401, r#"{"error":"invalid_client"}"#)]).await;
    let api = Scripted::start(vec![ok()]).await;
    let (dashboard, _) = client(&token, &api);

    assert_eq!(diagnosed(&dashboard).await, Some(Diagnosis::SignInWrong));
    assert!(api.seen().is_empty());
}

#[tokio::test]
async fn the_edge_settings_tell_why_the_realms_are_refused() {
    let edge = sample!("edge-management.xml");
    let off = edge.replace("<Enabled>true</Enabled>", "<Enabled>false</Enabled>");
    for (status, body, as_client, as_user) in [
        (200, edge, Diagnosis::RoleMissing, Diagnosis::RoleMissing),
        (200, &off[..], Diagnosis::NotEnabled, Diagnosis::NotEnabled),
        (401, "", Diagnosis::RoleOrAccount, Diagnosis::SignInWrong),
        (403, "", Diagnosis::RoleOrAccount, Diagnosis::RoleOrAccount),
        (
            404,
            sample!("account-unknown.xml"),
            Diagnosis::AccountUnknown,
            Diagnosis::AccountUnknown,
        ),
    ] {
        let token = Scripted::start(vec![Reply::json(200, TOKEN)]).await;
        let replies = || vec![Reply::xml(403, ""), Reply::xml(status, body)];

        let api = Scripted::start(replies()).await;
        assert_eq!(
            diagnosed(&client(&token, &api).0).await,
            Some(as_client),
            "{status}"
        );
        assert_eq!(
            api.lines()[1],
            "GET /accounts/5500123/products/edgemanagement/settings"
        );

        let api = Scripted::start(replies()).await;
        assert_eq!(diagnosed(&user(&api)).await, Some(as_user), "{status}");
    }
}

#[tokio::test]
async fn a_check_names_what_the_code_says() {
    for (status, body, diagnosis) in [
        (400, sample!("not-enabled.xml"), Diagnosis::NotEnabled),
        (
            404,
            sample!("account-unknown.xml"),
            Diagnosis::AccountUnknown,
        ),
    ] {
        let api = Scripted::start(vec![Reply::xml(status, body)]).await;

        assert_eq!(diagnosed(&user(&api)).await, Some(diagnosis));
        assert_eq!(api.seen().len(), 1, "no second question is needed");
    }
}

#[tokio::test]
async fn all_pages_are_read_by_the_apis_own_links() {
    let api = Scripted::start(vec![
        Reply::xml(200, sample!("credentials-first-page.xml")),
        Reply::xml(200, sample!("credentials.xml")),
    ])
    .await;

    let found = user(&api)
        .credentials(Scope::Realm(RealmId(3)))
        .await
        .unwrap();

    assert_eq!(found.len(), 4);
    assert_eq!(
        api.lines()[1],
        "GET /accounts/5500123/realms/3/sipcredentials?page=501&size=500",
        "the link's host and path are not followed"
    );
}

#[tokio::test]
async fn pages_that_go_round_in_a_circle_have_an_end() {
    let api = Scripted::start(vec![Reply::xml(200, sample!("credentials-first-page.xml"))]).await;

    let error = user(&api).credentials(Scope::Account).await.unwrap_err();

    assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
    assert_eq!(api.seen().len(), 2);
}

#[tokio::test]
async fn a_303_is_followed_on_the_same_host_and_for_the_list_only() {
    let path = "/api/accounts/5500123/sipcredentials?page=1&size=500";
    let api = Scripted::start(vec![
        Reply::redirect(303, path),
        Reply::xml(200, sample!("credentials.xml")),
    ])
    .await;
    assert_eq!(
        user(&api).credentials(Scope::Account).await.unwrap().len(),
        2
    );
    assert_eq!(api.lines()[1], format!("GET {path}"));

    let api = Scripted::start(vec![Reply::redirect(303, path)]).await;
    assert!(matches!(
        user(&api).realms().await,
        Err(Error::Malformed { .. })
    ));
    assert_eq!(api.seen().len(), 1);

    let endless = user(&api).credentials(Scope::Account).await;
    assert!(matches!(endless, Err(Error::Malformed { .. })));
}

#[tokio::test]
async fn a_303_to_another_host_does_not_carry_the_sign_in_there() {
    let elsewhere = Scripted::start(vec![Reply::xml(200, sample!("credentials.xml"))]).await;
    let api = Scripted::start(vec![Reply::redirect(303, elsewhere.url.as_str())]).await;

    let error = user(&api).credentials(Scope::Account).await.unwrap_err();

    assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_credential_is_found_whatever_its_letter_case() {
    let api = Scripted::start(vec![Reply::xml(200, sample!("credentials.xml"))]).await;
    let dashboard = user(&api);
    let find = async |composite| {
        let found = dashboard
            .find_credential(RealmId(3), composite)
            .await
            .unwrap();
        found.map(|credential| credential.id.0)
    };

    assert_eq!(find("John@bw.com").await, Some(11));
    assert_eq!(find("mathew@BW.com").await, Some(45));
    assert_eq!(find("John").await, None);
    assert!(api.lines()[0].ends_with("&userNamefragment=John"));
}

#[tokio::test]
async fn a_realm_is_changed_as_a_whole() {
    let api = Scripted::start(vec![
        Reply::xml(200, sample!("realm.xml")),
        Reply::xml(400, sample!("realm-name-change.xml")),
        Reply::xml(200, sample!("realm.xml")),
    ])
    .await;
    let dashboard = user(&api);
    let mut realm = dashboard.realm(RealmId(22)).await.unwrap().unwrap();
    realm.description = "New".to_owned();
    realm.default = true;

    dashboard.update_realm(&realm).await.unwrap();

    let seen = api.seen();
    assert!(seen[1].contains("<Realm>\n  <Realm>realm123</Realm>\n  <Description>New</Description>\n  <Default>true</Default>\n</Realm>"));
    assert!(
        seen[2].contains("<Realm>\n  <Description>New</Description>"),
        "without the name"
    );
}

#[tokio::test]
async fn sign_in_that_an_answer_repeats_is_nowhere_in_a_failure() {
    let client_secret = "Basic Y2xpZW50OnNlY3JldC03ZjNh";
    let in_json = r#"{"message":"got Bearer token\u002d7f3a, secret%2D7f3a"}"#;
    let in_secret = r#"{"error_description":"secret\u002d7f3a is wrong"}"#;
    let in_xml = "<RealmsResponse><ResponseStatus><ErrorCode>1</ErrorCode><Description>got token&#45;7f3a</Description></ResponseStatus></RealmsResponse>";
    for (token_status, status, body) in [
        (200, 403, in_json),
        (200, 400, in_xml),
        (200, 200, in_xml),
        (401, 200, in_secret),
        (401, 200, client_secret),
    ] {
        let echo = Reply::json(token_status, if token_status == 200 { TOKEN } else { body });
        let token = Scripted::start(vec![echo]).await;
        let api = Scripted::start(vec![Reply::new(status, &[], body.as_bytes())]).await;
        let (dashboard, activity) = client(&token, &api);

        let error = dashboard.realms().await.unwrap_err();

        let all = format!("{error} {error:?} {:?}", activity.exchanges());
        assert!(!all.contains("7f3a") && !all.contains("Y2xpZW50"), "{all}");
    }
}

#[tokio::test]
async fn redirect_that_repeats_the_sign_in_does_not_show_it() {
    let token = Scripted::start(vec![Reply::json(200, TOKEN)]).await;
    let location = "?page=1&size=500&token=token%2D7f3a";
    let list = Reply::xml(200, "<SipCredentialsResponse/>");
    let api = Scripted::start(vec![Reply::redirect(303, location), list]).await;
    let (dashboard, activity) = client(&token, &api);

    dashboard.credentials(Scope::Account).await.unwrap();

    assert_eq!(api.lines().len(), 2);
    let kept = format!("{:?}", activity.exchanges());
    assert!(!kept.contains("7f3a"), "{kept}");
}

#[tokio::test]
async fn refused_credentials_are_not_marked_as_worked() {
    let refused = "<Errors><Error><ErrorCode>23026</ErrorCode><Description>exists</Description><SipCredential><UserName>anna</UserName></SipCredential></Error></Errors>";
    let made = "<ValidSipCredentials><SipCredential><Id>1</Id><RealmId>1</RealmId><UserName>ben</UserName><Realm>r</Realm></SipCredential></ValidSipCredentials>";
    for (status, inside, tone) in [
        (400, refused.to_owned(), Tone::Bad),
        (201, refused.to_owned(), Tone::Bad),
        (201, format!("{refused}{made}"), Tone::Wait),
        (201, made.to_owned(), Tone::Good),
    ] {
        let body = format!("<SipCredentialsResponse>{inside}</SipCredentialsResponse>");
        let api = Scripted::start(vec![Reply::xml(status, &body)]).await;
        let (dashboard, activity) = signed_in(&api, &api, api_user());
        let scope = Scope::Realm(RealmId(1));

        dashboard.create_credentials(scope, &[]).await.unwrap();

        assert_eq!(activity.exchanges()[0].tone, tone, "{status} {inside}");
    }
}

#[tokio::test]
async fn gateway_404_is_not_taken_for_gone() {
    for body in [
        r#"{"message":"no route matched"}"#,
        "<Error><Message>no route</Message></Error>",
        "<html>not found</html>",
        "",
    ] {
        let api = Scripted::start(vec![Reply::new(404, &[], body.as_bytes())]).await;
        let dashboard = user(&api);

        assert!(dashboard.realm(RealmId(1)).await.is_err(), "{body}");
        let credential = dashboard.same_credential(&sample_credential()).await;
        assert!(credential.is_err(), "{body}");
    }
}

pub(super) fn account() -> AccountNumber {
    AccountNumber::parse("5500123").unwrap()
}

pub(super) fn api_user() -> SignIn {
    SignIn::ApiUser {
        name: "user".to_owned(),
        password: SignInSecret::new("password-7f3a"),
    }
}

fn signed_in(token: &Scripted, api: &Scripted, sign_in: SignIn) -> (Dashboard, Arc<Activity>) {
    let api = api.url.as_str();
    let environment = Environment::own(token.url.as_str(), api, api).unwrap();
    let activity = Arc::new(Activity::default());
    let dashboard = Dashboard::new(environment, account(), sign_in, Arc::clone(&activity));
    (dashboard.unwrap(), activity)
}

/// A client that signs in as an API user.
pub(super) fn user(api: &Scripted) -> Dashboard {
    signed_in(api, api, api_user()).0
}

/// A client that signs in as an API client.
fn client(token: &Scripted, api: &Scripted) -> (Dashboard, Arc<Activity>) {
    let sign_in = SignIn::ApiClient {
        client_id: "client".to_owned(),
        secret: SignInSecret::new("secret-7f3a"),
    };
    signed_in(token, api, sign_in)
}

fn ok() -> Reply {
    Reply::xml(200, sample!("realms.xml"))
}

async fn diagnosed(dashboard: &Dashboard) -> Option<Diagnosis> {
    match dashboard.check().await {
        Err(Error::Refused(Refusal { diagnosis, .. })) => diagnosis,
        other => panic!("{other:?}"),
    }
}

fn sample_credential() -> Credential {
    Credential {
        id: CredentialId(7),
        realm_id: RealmId(1),
        user_name: "anna".to_owned(),
        domain: None,
        realm: "lobby.abc123.auth.example".to_owned(),
        hashes: None,
        application_id: None,
    }
}
