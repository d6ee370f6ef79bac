//! The pretend Twilio, driven by Twilio's own client.

mod by_sip;
mod calls;
mod official_client;
mod scripted_dialer;

use registrar_practice::Practice;
use serde_json::{Value, json};

use self::official_client::drive;
use self::scripted_dialer::practice;

const ANY_CALL: &str = "CA00000000000000000000000000000000";
const KEY_OF_NOBODY: &str = "SK00000000000000000000000000000000";

#[tokio::test]
async fn a_wrong_token_is_what_the_client_knows_as_20003() {
    let (practice, _folder) = practice().await;
    let account = Practice::sample_twilio().account_sid;
    let (key, secret) = Practice::sample_twilio_key();

    for (user, secret, step) in [
        (
            account.as_str(),
            "wrong",
            json!(["fetch", { "sid": ANY_CALL }]),
        ),
        (key, "wrong", json!(["fetch", { "sid": ANY_CALL }])),
        (KEY_OF_NOBODY, secret, json!(["fetch", { "sid": ANY_CALL }])),
        (key, secret, json!(["account", {}])),
    ] {
        let outcome = drive(&practice, user, secret, json!([step])).await;

        assert_eq!(outcome[0]["status"], 401, "{user}: {outcome}");
        assert_eq!(outcome[0]["code"], 20003, "{user}: {outcome}");
    }
}

#[tokio::test]
async fn the_token_and_a_key_both_open_the_calls_and_numbers() {
    let (practice, _folder) = practice().await;
    let sample = Practice::sample_twilio();
    let (key, secret) = Practice::sample_twilio_key();

    for (user, secret) in [
        (sample.account_sid.as_str(), sample.auth_token.as_str()),
        (key, secret),
    ] {
        let steps = json!([["calls", {}], ["numbers", {}]]);
        let outcome = drive(&practice, user, secret, steps).await;

        assert_eq!(outcome[0], json!([]));
        assert_eq!(outcome[1], json!(["+19195550123", "+19195550199"]));
    }
    let outcome = as_account(&practice, json!([["account", {}]])).await;
    assert_eq!(outcome[0], "active");
}

#[tokio::test]
async fn what_twilio_refuses_reaches_the_client_with_its_number() {
    let (practice, _folder) = practice().await;
    let good = json!({
        "to": "sip:answers@office.1a2b3c.auth.bandwidth.com",
        "from_": "+19195550123",
        "twiml": "<Response/>",
    });

    let refusals = [
        ("to", json!(""), 21201),
        ("from_", json!(""), 21213),
        ("twiml", Value::Null, 21205),
        ("to", json!("nobody"), 21211),
        ("to", json!("sip:no host"), 13243),
        ("from_", json!("+12025550100"), 21210),
        ("sip_auth_username", json!("alone"), 21225),
    ];
    let mut steps: Vec<Value> = Vec::new();
    for (field, value, _) in &refusals {
        let mut form = good.clone();
        form[field] = value.clone();
        form.as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        steps.push(json!(["create", form]));
    }
    steps.push(json!(["calls", {}]));
    steps.push(json!(["fetch", { "sid": ANY_CALL }]));

    let outcome = as_account(&practice, Value::Array(steps)).await;

    for (number, (field, value, code)) in refusals.iter().enumerate() {
        let refusal = &outcome[number];
        assert_eq!(refusal["status"], 400, "{field}={value}: {refusal}");
        assert_eq!(refusal["code"], *code, "{field}={value}: {refusal}");
    }
    assert_eq!(outcome[7], json!([]), "no call was made");
    assert_eq!(outcome[8]["status"], 404);
    assert_eq!(outcome[8]["code"], 20404);
}

/// Drives with the account's own token.
async fn as_account(practice: &Practice, steps: Value) -> Value {
    let sample = Practice::sample_twilio();
    drive(practice, &sample.account_sid, &sample.auth_token, steps).await
}
