//! The pretend Voice API by plain HTTP: the documented shapes, refusals and outcomes.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use md5::{Digest as _, Md5};
use registrar_practice::phone::{PhoneSettings, PretendPhone};
use registrar_practice::{Faults, Practice};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::api::{Answer, Api, send, until};

const CREATED: &str =
    include_str!("../../src-tauri/crates/bandwidth/tests/fixtures/voice/call-created.json");
const STATE: &str =
    include_str!("../../src-tauri/crates/bandwidth/tests/fixtures/voice/call-state.json");
const ERROR: &str =
    include_str!("../../src-tauri/crates/bandwidth/tests/fixtures/voice/error-400.json");
const PASSWORD: &str = "a pass: \"word\" ü@";

#[tokio::test]
async fn answers_have_the_documented_members() {
    let api = Api::start().await;

    let made = create(&api, order("sip:nobody@no.realm.example")).await;
    let id = json(&made)["callId"].as_str().unwrap().to_owned();
    let ended = end(&api, &id).await;
    let refused = create(&api, json!({})).await;

    assert_eq!(made.status, 201);
    assert_eq!(names(&json(&made)), names(&read(CREATED)));
    let location = made.headers["location"].to_str().unwrap();
    assert_eq!(json(&made)["callUrl"], location);
    assert!(location.ends_with(&format!("/calls/{id}")), "{location}");
    assert_eq!(names(&ended), names(&read(STATE)));
    assert_eq!(refused.status, 400);
    assert_eq!(names(&json(&refused)), names(&read(ERROR)));
}

#[tokio::test]
async fn every_documented_refusal_has_its_status_and_type() {
    let api = Api::start().await;
    let base = api.practice.addresses().voice.expose();
    let user = |method, path: &str| as_user(&api, method, path);
    let order = order("+19195550100").to_string();
    let typed = |kind: &str| {
        user(Method::POST, "calls")
            .header("content-type", kind)
            .body(order.clone())
    };
    let account = format!("{base}/accounts/5500123/calls");
    let anybody = api.client.post(&account).basic_auth("x", Some("y"));
    let other = api
        .client
        .get(format!("{base}/accounts/1/calls/c-1"))
        .basic_auth("practice-user", Some("practice-user-password"));

    for (request, status, kind) in [
        (typed("application/json").body("{"), 400, "validation"),
        (anybody, 401, "authentication-error"),
        (other, 401, "authentication-error"),
        (user(Method::GET, "calls/c-nobody"), 404, "validation"),
        (user(Method::GET, "conferences"), 404, "validation"),
        (user(Method::DELETE, "calls"), 405, "validation"),
        (typed("text/plain"), 415, "validation"),
    ] {
        let answer = send(request).await;

        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(json(&answer)["type"], kind, "{answer:?}");
    }
    api.practice.set_faults(Faults {
        voice_role_missing: true,
        ..Faults::default()
    });
    let denied = create(&api, read(&order)).await;
    assert_eq!(denied.status, 403);
    assert_eq!(json(&denied)["type"], "authorization-error");
}

#[tokio::test]
async fn a_token_of_an_api_client_opens_it_too() {
    let api = Api::start().await;
    let token = api.token("practice-client").await;
    let url = format!(
        "{}/accounts/5500123/calls",
        api.practice.addresses().voice.expose()
    );

    let made = api
        .client
        .post(url)
        .bearer_auth(token)
        .header("content-type", "application/json; charset=utf-8")
        .body(order("+19195550100").to_string());

    assert_eq!(send(made).await.status, 201);
}

#[tokio::test]
async fn registered_phone_rings_answers_and_is_hung_up_once() {
    let api = Api::start().await;
    let (_phone, to) = registered(&api).await;

    let made = create(&api, order(&to)).await;
    let id = json(&made)["callId"].as_str().unwrap().to_owned();
    let hidden = send(as_user(&api, Method::GET, &format!("calls/{id}"))).await;
    until(async || look(&api, &id).await["state"] == "answered").await;
    let ended = hang_up(&api, &id).await;
    let call = end(&api, &id).await;
    let again = hang_up(&api, &id).await;

    assert_eq!(hidden.status, 404, "a call is not found at once");
    assert_eq!(ended.status, 200);
    assert_eq!(call["disconnectCause"], "hangup");
    assert!(call["answerTime"].is_string(), "{call}");
    assert_eq!(call["errorMessage"], Value::Null);
    assert_eq!(again.status, 409);
}

#[tokio::test]
async fn a_phone_that_is_gone_and_a_number_outside_end_as_errors() {
    let api = Api::start().await;
    let (phone, to) = registered(&api).await;
    assert!(phone.stop().await, "it un-registered");

    for to in [to.as_str(), "+19195550100", "sip:bob@192.0.2.1"] {
        let made = create(&api, order(to)).await;
        let id = json(&made)["callId"].as_str().unwrap().to_owned();
        let call = end(&api, &id).await;

        assert_eq!(call["disconnectCause"], "error", "{to}: {call}");
        assert!(call["errorMessage"].is_string(), "{to}: {call}");
        assert_eq!(call["answerTime"], Value::Null, "{to}: {call}");
    }
}

/// Makes a credential and registers a phone with it. Returns also its address.
async fn registered(api: &Api) -> (PretendPhone, String) {
    let realm = "office.1a2b3c.auth.bandwidth.com";
    let hash = |user: &str| {
        let digest = Md5::digest(format!("{user}:{realm}:{PASSWORD}"));
        hex::encode(digest)
    };
    let made = api
        .post(
            "realms/22/sipcredentials",
            &format!(
                "<SipCredentials><SipCredential><UserName>lobby</UserName><Hash1>{}</Hash1>\
                 <Hash1b>{}</Hash1b></SipCredential></SipCredentials>",
                hash("lobby"),
                hash(&format!("lobby@{realm}")),
            ),
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.body);
    let settings = PhoneSettings {
        realm: realm.to_owned(),
        composite: "lobby".to_owned(),
        registrar: SocketAddr::from(([127, 0, 0, 1], api.practice.registrar().port())),
        transport: TransportName::Udp,
    };
    let password = SipPassword::new(PASSWORD);
    let phone = PretendPhone::register(settings, password, "Test phone").await;
    (phone.unwrap(), format!("sip:lobby@{realm}"))
}

fn order(to: &str) -> Value {
    let sample = Practice::sample_voice();
    json!({
        "from": sample.from,
        "to": to,
        "applicationId": sample.application_id,
        "answerUrl": sample.answer_url,
    })
}

fn as_user(api: &Api, method: Method, path: &str) -> RequestBuilder {
    let user = Practice::sample_api_user().unwrap();
    let base = api.practice.addresses().voice.expose();
    api.client
        .request(method, format!("{base}/accounts/5500123/{path}"))
        .basic_auth(user.user, Some(user.password))
}

async fn post(api: &Api, path: &str, body: Value) -> Answer {
    let request = as_user(api, Method::POST, path)
        .header("content-type", "application/json")
        .body(body.to_string());
    send(request).await
}

async fn create(api: &Api, order: Value) -> Answer {
    post(api, "calls", order).await
}

async fn hang_up(api: &Api, id: &str) -> Answer {
    post(api, &format!("calls/{id}"), json!({ "state": "completed" })).await
}

async fn look(api: &Api, id: &str) -> Value {
    json(&send(as_user(api, Method::GET, &format!("calls/{id}"))).await)
}

/// Waits for the end of a call.
async fn end(api: &Api, id: &str) -> Value {
    until(async || look(api, id).await["state"] == "disconnected").await;
    look(api, id).await
}

fn json(answer: &Answer) -> Value {
    read(&answer.body)
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn names(object: &Value) -> BTreeSet<String> {
    object.as_object().unwrap().keys().cloned().collect()
}
