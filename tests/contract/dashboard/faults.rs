//! Injected faults take effect, and stop when they are withdrawn.

use std::time::{Duration, Instant};

use registrar_practice::{Faults, Spoiled, WireFault};
use reqwest::Method;

use super::realms::make;
use super::{assert_refused, assert_sample};
use crate::api::{Api, send, until};

const ONE: &str = "<SipCredentials><SipCredential><UserName>one</UserName><Hash1>ab</Hash1>\
                   </SipCredential></SipCredentials>";

#[tokio::test]
async fn the_sign_in_faults_refuse_as_the_real_ones() {
    let api = Api::start().await;

    for (faults, status, code) in [
        (
            Faults {
                secret_refused: true,
                ..Faults::default()
            },
            401,
            None,
        ),
        (
            Faults {
                role_missing: true,
                ..Faults::default()
            },
            403,
            None,
        ),
        (
            Faults {
                account_not_enabled: true,
                ..Faults::default()
            },
            400,
            Some(33004),
        ),
        (Faults::default(), 200, None),
    ] {
        api.practice.set_faults(faults.clone());

        let answer = api.get("realms").await;

        assert_eq!((answer.status, answer.code()), (status, code), "{faults:?}");
    }
}

#[tokio::test]
async fn the_realm_faults_hold_a_realm_back() {
    let api = Api::start().await;
    api.practice.set_faults(Faults {
        realm_name_taken: true,
        ..Faults::default()
    });
    assert_refused(&make(&api, "free", "", false).await, 409, 33002);

    api.practice.set_faults(Faults {
        realm_fails: true,
        ..Faults::default()
    });
    let made = make(&api, "fails", "", false).await;
    let path = format!("realms/{}", made.text("Id").unwrap());
    until(|| async { api.get(&path).await.text("Status") == Some("CREATE_FAILED") }).await;

    api.practice.set_faults(Faults {
        realm_stuck: true,
        ..Faults::default()
    });
    let made = make(&api, "stuck", "", false).await;
    let path = format!("realms/{}", made.text("Id").unwrap());
    assert_eq!(api.get(&path).await.text("Status"), Some("CREATE_PENDING"));
    api.practice.set_faults(Faults::default());
    until(|| async { api.get(&path).await.text("Status") == Some("ACTIVE") }).await;
}

#[tokio::test]
async fn the_credential_faults_refuse_or_change_the_first() {
    let api = Api::start().await;
    let path = "realms/22/sipcredentials";

    api.practice.set_faults(Faults {
        letter_case_changed: true,
        ..Faults::default()
    });
    let changed = api.post(path, ONE).await;
    assert_eq!(changed.text("UserName"), Some("One"));

    api.practice.set_faults(Faults {
        credential_refused: Some(23019),
        ..Faults::default()
    });
    assert_refused(&api.post(path, ONE).await, 400, 23019);

    api.practice.set_faults(Faults {
        refusals_as_created: true,
        ..Faults::default()
    });
    let nameless = ONE.replace("<UserName>one</UserName>", "");
    assert_sample(
        &api.post(path, &nameless).await,
        201,
        "credentials-only-errors",
    );
}

#[tokio::test]
async fn an_answer_can_be_spoiled_on_its_way() {
    let api = Api::start().await;
    let spoil = |spoiled| {
        let dashboard = WireFault {
            spoiled: Some(spoiled),
            ..WireFault::default()
        };
        api.practice.set_faults(Faults {
            dashboard,
            ..Faults::default()
        });
    };

    spoil(Spoiled::Html);
    let html = send(api.as_user(Method::GET, "realms")).await;
    spoil(Spoiled::ServerError);
    let error = send(api.as_user(Method::GET, "realms")).await;
    spoil(Spoiled::TooMany);
    let wait = send(api.as_user(Method::GET, "realms")).await;
    spoil(Spoiled::CutOff);
    let cut = api.as_user(Method::GET, "realms").send().await.unwrap();

    assert!(
        html.status == 200 && html.body.starts_with("<!DOCTYPE html>"),
        "{html:?}"
    );
    assert_eq!((error.status, error.body.as_str()), (500, ""));
    assert_eq!((wait.status, wait.body.as_str()), (429, ""));
    let reset: u64 = wait.headers["x-ratelimit-reset"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    let now = registrar_activity::clock::now_ms() / 1_000;
    assert!(
        (now..=now + 3).contains(&reset),
        "{reset} is soon after {now}"
    );
    assert!(cut.content_length().unwrap() > 100);
    assert!(cut.text().await.is_err(), "it ended in its middle");
}

#[tokio::test]
async fn what_was_asked_for_happens_although_its_answer_is_cut_off() {
    let api = Api::start().await;
    let dashboard = WireFault {
        spoiled: Some(Spoiled::CutOff),
        ..WireFault::default()
    };
    api.practice.set_faults(Faults {
        dashboard,
        ..Faults::default()
    });
    let request = api
        .as_user(Method::POST, "realms/22/sipcredentials")
        .header("content-type", "application/xml")
        .body(ONE);

    let answer = request.send().await.unwrap();

    assert!(answer.text().await.is_err());
    api.practice.set_faults(Faults::default());
    assert_eq!(api.get("sipcredentials/one").await.status, 200);
}

#[tokio::test]
async fn a_slow_answer_takes_its_time() {
    let api = Api::start().await;
    let slow = Duration::from_millis(120);
    let dashboard = WireFault {
        slow,
        ..WireFault::default()
    };
    api.practice.set_faults(Faults {
        dashboard,
        ..Faults::default()
    });
    let began = Instant::now();

    send(api.as_user(Method::GET, "realms")).await;

    assert!(began.elapsed() >= slow);
}
