//! The pretend token endpoint, and what its tokens give access to.

use acceptance::practice_addresses::exposed;
use reqwest::Method;

use crate::api::{Api, send};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_client_gets_a_token_for_an_hour_that_opens_the_realms() {
    let api = Api::start().await;

    let answer = send(token_request(&api, "practice-client-secret")).await;

    assert_eq!(answer.status, 200);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["token_type"], "Bearer");
    assert_eq!(json["expires_in"], 3600);
    let token = json["access_token"].as_str().unwrap();
    assert_eq!(get(&api, token, "5500123", "realms").await.0, 200);
}

#[tokio::test]
async fn a_wrong_secret_is_401_in_json() {
    let api = Api::start().await;

    let answer = send(token_request(&api, "wrong")).await;

    assert_eq!(answer.status, 401);
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["error"], "invalid_client");
}

#[tokio::test]
async fn any_other_grant_is_refused() {
    let api = Api::start().await;

    for (body, error) in [
        ("grant_type=password", "unsupported_grant_type"),
        ("", "invalid_request"),
        (
            "grant_type=client_credentials&grant_type=x",
            "invalid_request",
        ),
    ] {
        let request = token_request(&api, "practice-client-secret").body(body);
        let answer = send(request).await;

        assert_eq!(answer.status, 400, "{body}");
        assert!(answer.body.contains(error), "{body}: {}", answer.body);
    }
}

#[tokio::test]
async fn the_doors_tell_apart_what_the_sign_in_must_tell_apart() {
    let api = Api::start().await;
    let good = api.token("practice-client").await;
    let without_role = api.token("practice-client-without-role").await;
    let not_enabled = api.token("practice-client-not-enabled").await;
    let settings = "products/edgemanagement/settings";

    for (token, account, path, expected) in [
        ("made-up", "5500123", "realms", (401, None)),
        (&good, "5500199", "realms", (404, Some(4022))),
        (&without_role, "5500123", "realms", (403, None)),
        (&without_role, "5500123", settings, (200, None)),
        (&not_enabled, "5500124", "realms", (400, Some(33004))),
        (&not_enabled, "5500124", settings, (200, None)),
        (&good, "5500123", "nowhere", (404, None)),
    ] {
        assert_eq!(
            get(&api, token, account, path).await,
            expected,
            "{account}/{path}"
        );
    }
}

#[tokio::test]
async fn token_and_password_each_open_only_their_own_path() {
    let api = Api::start().await;
    let addresses = exposed(&api.practice);
    let token = api.token("practice-client").await;
    let path = "accounts/5500123/realms";

    let crossed = [
        api.client
            .get(format!("{}/{path}", addresses.basic))
            .bearer_auth(&token),
        api.client
            .get(format!("{}/{path}", addresses.bearer))
            .basic_auth("practice-user", Some("practice-user-password")),
        api.client
            .get(format!("{}/{path}", addresses.basic))
            .basic_auth("practice-user", Some("wrong")),
        api.client.get(format!("{}/{path}", addresses.bearer)),
    ];

    for request in crossed {
        assert_eq!(send(request).await.status, 401);
    }
    assert_eq!(api.get("realms").await.status, 200);
}

fn token_request(api: &Api, secret: &str) -> reqwest::RequestBuilder {
    api.client
        .post(exposed(&api.practice).token)
        .basic_auth("practice-client", Some(secret))
        .header("content-type", FORM)
        .body("grant_type=client_credentials")
}

async fn get(api: &Api, token: &str, account: &str, path: &str) -> (u16, Option<u32>) {
    let base = exposed(&api.practice).bearer;
    let url = format!("{base}/accounts/{account}/{path}");
    let answer = send(api.client.request(Method::GET, url).bearer_auth(token)).await;
    (answer.status, answer.code())
}
