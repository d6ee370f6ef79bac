//! Strangers are refused by the practice services: other users of this computer, and pages in its
//! browsers.

use registrar_http::service_url::ServiceUrl;
use registrar_practice::{Practice, PracticeAddresses};
use reqwest::{Method, RequestBuilder};

use crate::api::{Api, send};

#[tokio::test]
async fn only_the_whole_address_opens_a_service() {
    let api = Api::start().await;
    let token = api.token("practice-client").await;
    let [secret_of_token, ..] = each(api.practice.addresses()).map(ServiceUrl::expose);
    let secret_of_token = secret_of_token.split('/').nth(3).unwrap().to_owned();

    for address in each(api.practice.addresses()) {
        let (whole, shown) = (below(&address.expose()), below(address.url().as_str()));
        let host = address.url()[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        let path = &address.url()[url::Position::BeforePath..];
        let elsewhere = below(&format!("http://{host}/{secret_of_token}{path}"));
        let ask = |url: &str, method| signed(&api, &token, method, url);
        let foreign = |header, value| ask(&whole, Method::GET).header(header, value);
        let is_token = address.expose().contains(&secret_of_token);

        for (what, request, status) in [
            ("no secret", ask(&shown, Method::GET), 404),
            ("no path", ask(&format!("http://{host}/"), Method::GET), 404),
            ("a foreign host", foreign("host", "attacker.example"), 421),
            ("its name", foreign("host", "localhost"), 421),
            ("a page", foreign("origin", "https://attacker.example"), 403),
            ("a page of a file", foreign("origin", "null"), 403),
            (
                "its own page",
                foreign("origin", &format!("http://{host}")),
                403,
            ),
            (
                "a question before a request",
                ask(&whole, Method::OPTIONS).header("origin", "https://attacker.example"),
                403,
            ),
        ] {
            let answer = send(request).await;

            assert_eq!(answer.status, status, "{what} at {host}");
            assert_eq!(answer.body, "", "{what} at {host}");
        }
        let other = send(ask(&elsewhere, Method::GET)).await;
        assert!(
            is_token || other.status == 404,
            "the secret of another service"
        );
        let own = send(ask(&whole, Method::GET)).await;
        assert!(![403, 421].contains(&own.status), "{own:?}");
        assert!(own.status != 404 || !own.body.is_empty(), "{own:?}");
    }
}

#[tokio::test]
async fn each_start_has_new_secrets_on_loopback() {
    let (first, second) = (Api::start().await, Api::start().await);
    let secrets = |practice: &Practice| {
        each(practice.addresses()).map(|address| {
            assert_eq!(address.url().host_str(), Some("127.0.0.1"));
            let whole = address.expose();
            let secret = whole.split('/').nth(3).unwrap().to_owned();
            assert_eq!(secret.len(), 32, "128 bits");
            secret
        })
    };

    for secret in secrets(&first.practice) {
        assert!(!secrets(&second.practice).contains(&secret));
    }
}

fn each(addresses: &PracticeAddresses) -> [&ServiceUrl; 5] {
    let PracticeAddresses {
        token,
        bearer,
        basic,
        twilio,
        voice,
    } = addresses;
    [token, bearer, basic, twilio, voice]
}

/// A path that each service has something to say about.
fn below(base: &str) -> String {
    let account = Practice::sample_sign_in().account_number;
    if base.ends_with("/token") {
        base.to_owned()
    } else {
        format!(
            "{}/accounts/{account}/sipcredentials?page=1",
            base.trim_end_matches('/')
        )
    }
}

fn signed(api: &Api, token: &str, method: Method, url: &str) -> RequestBuilder {
    api.client.request(method, url).bearer_auth(token)
}
