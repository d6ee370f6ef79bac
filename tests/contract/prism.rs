//! The app's Twilio requests, validated by Prism against Twilio's own `OpenAPI` description.
//!
//! Both come from npm as development dependencies of `tests/ui`.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use acceptance::free_port::free_port;
use acceptance::owned_process::OwnedProcess;
use registrar_activity::Activity;
use registrar_practice::Practice;
use registrar_secret::{SipPassword, TwilioSecret};
use registrar_twilio::{AccountSid, Key, KeySid, NewCall, PhoneNumber, Twilio, target};
use reqwest::{Client, Method, Url};

use crate::api::{choose_ring, send};

const MODULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/node_modules");
/// Prism reads 3 MB of description before it listens.
const START: Duration = Duration::from_mins(2);

#[tokio::test]
async fn the_apps_requests_are_as_twilios_own_description_wants_them() {
    let (_prism, port) = start().await;
    let base = format!("http://127.0.0.1:{port}");
    let account = AccountSid::parse(&Practice::sample_twilio().account_sid).unwrap();
    let (key_sid, secret) = Practice::sample_twilio_key();
    let number = PhoneNumber::parse("+19195550123").unwrap();
    let order = NewCall::test(
        target(&number, "office.1a2b3c.auth.bandwidth.com", 5006),
        number.clone(),
        "reception+1".to_owned(),
        SipPassword::new("a pass+word & \"more\""),
    );
    let keys = [
        Key::AuthToken(TwilioSecret::new("token")),
        Key::ApiKey {
            sid: KeySid::parse(key_sid).unwrap(),
            secret: TwilioSecret::new(secret),
        },
    ];

    assert_prism_judges(&base, account.as_str()).await;
    for key in keys {
        let activity = Arc::new(Activity::default());
        let base = Url::parse(&base).unwrap();
        let twilio = Twilio::new(base, account.clone(), key, Arc::clone(&activity)).unwrap();

        twilio.check().await.unwrap();
        let call = twilio.call(&order).await.unwrap();
        twilio.fetch(&call.sid).await.unwrap();
        twilio.notifications(&call.sid).await.unwrap();
        twilio.numbers().await.unwrap();

        let exchanges = activity.exchanges();
        assert!(exchanges.len() >= 6, "numbers are two lists");
        for exchange in exchanges {
            let answer = exchange
                .response
                .lines()
                .next()
                .unwrap_or_default()
                .to_owned();
            let good = ["200", "201"].iter().any(|status| answer.contains(status));
            assert!(good, "{}: {answer}", exchange.title);
        }
    }
}

/// Fails unless a good request is 201, and each request with a mistake is not.
async fn assert_prism_judges(base: &str, account: &str) {
    let calls = format!("{base}/2010-04-01/Accounts/{account}/Calls.json");
    let good = "To=sip%3Aa%40b.example&From=%2B19195550123&Twiml=%3CResponse%2F%3E";
    let client = Client::builder().no_proxy().build().unwrap();
    let post = |url: &str, form: &str| {
        client
            .request(Method::POST, url)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned())
    };
    let signed = |url: &str, form: &str| post(url, form).basic_auth(account, Some("token"));

    assert_eq!(send(signed(&calls, good)).await.status, 201);
    assert_eq!(
        send(post(&calls, good)).await.status,
        401,
        "nobody signed it"
    );
    for (url, form) in [
        (&calls, good.replace("&From=%2B19195550123", "")),
        (&calls, format!("{good}&Timeout=soon")),
        (&calls.replace(account, "AC1"), good.to_owned()),
    ] {
        let answer = send(signed(url, &form)).await;
        assert_eq!(answer.status, 422, "{form}: {}", answer.body);
    }
}

/// Starts Prism and waits until it listens.
async fn start() -> (OwnedProcess, u16) {
    choose_ring();
    let program = format!("{MODULES}/@stoplight/prism-cli/dist/index.js");
    assert!(
        Path::new(&program).exists(),
        "Prism is missing: run `npm ci` in tests/ui, or `cargo xtask test contract`"
    );
    let port = free_port();
    let description = "@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json";
    let mut prism = OwnedProcess::start(
        Command::new("node")
            .arg(program)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(format!("{MODULES}/{description}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null()),
    );
    let listens = async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port))
            .await
            .is_err()
        {
            assert!(!prism.has_ended(), "Prism ended by itself");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    assert!(
        tokio::time::timeout(START, listens).await.is_ok(),
        "Prism never listened"
    );
    (prism, port)
}
