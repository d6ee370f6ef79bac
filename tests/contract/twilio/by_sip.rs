//! Calls over real SIP to the practice registrar. Whatever is wrong fails without a scripted fault.

use std::process::Command;

use registrar_practice::{ANSWERS, BUSY, MISSING, Practice, UNANSWERED};
use serde_json::{Value, json};

use super::as_account;
use crate::api::Api;

const REALM: &str = "office.1a2b3c.auth.bandwidth.com";
const PASSWORD: &str = "a pass: \"word\" ü@";

#[tokio::test]
async fn a_call_with_the_right_password_is_answered_and_completed() {
    let api = with_credential().await;
    let steps = json!([
        order(&api, ANSWERS),
        ["to_the_end", {}],
        ["notifications", {}]
    ]);

    let outcome = as_account(&api.practice, steps).await;

    let seen = outcome[1]["seen"].as_array().unwrap();
    assert!(seen.contains(&json!("ringing")), "{outcome}");
    assert!(seen.contains(&json!("in-progress")), "{outcome}");
    assert_eq!(outcome[1]["call"]["status"], "completed", "{outcome}");
    assert_eq!(outcome[2], json!([]));
}

#[tokio::test]
async fn a_wrong_password_fails_as_407_from_the_registrar() {
    let api = with_credential().await;
    let mut order = order(&api, ANSWERS);
    order[1]["sip_auth_password"] = json!("wrong");

    assert_failed_with(&api.practice, order, "407").await;
}

#[tokio::test]
async fn a_password_that_was_hashed_for_another_name_fails_too() {
    let api = with_credential().await;
    let mut order = order(&api, ANSWERS);
    order[1]["sip_auth_username"] = json!("Caller");

    assert_failed_with(&api.practice, order, "407").await;
}

#[tokio::test]
async fn no_credential_at_all_fails_as_407() {
    let api = with_credential().await;
    let mut order = order(&api, ANSWERS);
    let form = order[1].as_object_mut().unwrap();
    form.retain(|name, _| !name.starts_with("sip_auth"));

    assert_failed_with(&api.practice, order, "407").await;
}

#[tokio::test]
async fn a_wrong_port_gets_no_answer() {
    let api = with_credential().await;
    // Bound and let go: nobody listens there.
    let free = std::net::UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let mut order = order(&api, ANSWERS);
    order[1]["to"] = json!(format!("sip:{ANSWERS}@{REALM}:{free}"));

    assert_failed_with(&api.practice, order, "no SIP response").await;
}

#[tokio::test]
async fn the_numbers_of_practice_end_as_their_names_say() {
    let api = with_credential().await;

    let busy = json!([order(&api, BUSY), ["to_the_end", {}]]);
    let outcome = as_account(&api.practice, busy).await;
    assert_eq!(outcome[1]["call"]["status"], "busy", "{outcome}");

    assert_failed_with(&api.practice, order(&api, MISSING), "404").await;

    let mut unanswered = order(&api, UNANSWERED);
    unanswered[1]["timeout"] = json!(1);
    let outcome = as_account(&api.practice, json!([unanswered, ["to_the_end", {}]])).await;
    assert_eq!(outcome[1]["call"]["status"], "no-answer", "{outcome}");
}

#[tokio::test]
async fn a_call_can_be_hung_up_while_it_rings_and_while_it_talks() {
    let api = with_credential().await;

    let ringing = json!([
        order(&api, UNANSWERED),
        ["to_ringing", {}],
        ["update", { "status": "completed" }],
        ["to_the_end", {}],
    ]);
    let outcome = as_account(&api.practice, ringing).await;
    assert_eq!(outcome[3]["call"]["status"], "canceled", "{outcome}");

    let talking = json!([
        order(&api, ANSWERS),
        ["to_progress", {}],
        ["update", { "status": "completed" }],
        ["to_the_end", {}],
    ]);
    let outcome = as_account(&api.practice, talking).await;
    assert_eq!(outcome[3]["call"]["status"], "completed", "{outcome}");
}

async fn assert_failed_with(practice: &Practice, order: Value, words: &str) {
    let steps = json!([order, ["to_the_end", {}], ["notifications", {}]]);

    let outcome = as_account(practice, steps).await;

    assert_eq!(outcome[1]["call"]["status"], "failed", "{outcome}");
    assert_eq!(outcome[2][0]["error_code"], "32011", "{outcome}");
    let text = outcome[2][0]["message"].as_str().unwrap();
    assert!(text.contains(words), "{text}");
    assert!(
        !outcome.to_string().contains(PASSWORD),
        "no password comes back"
    );
}

/// Hashes by Python's own MD5, so that the app's and this one must agree.
fn md5(text: &str) -> String {
    let program = "import hashlib, sys; print(hashlib.md5(sys.argv[1].encode()).hexdigest())";
    let run = Command::new("python3")
        .args(["-c", program, text])
        .output()
        .unwrap();
    assert!(run.status.success());
    String::from_utf8(run.stdout).unwrap().trim().to_owned()
}

/// A practice with the credential `caller`, made through the dashboard from its hashes alone.
async fn with_credential() -> Api {
    let api = Api::start().await;
    let hash1 = md5(&format!("caller:{REALM}:{PASSWORD}"));
    let hash1b = md5(&format!("caller@{REALM}:{REALM}:{PASSWORD}"));
    let body = format!(
        "<SipCredentials><SipCredential><UserName>caller</UserName><Hash1>{hash1}</Hash1>\
         <Hash1b>{hash1b}</Hash1b></SipCredential></SipCredentials>"
    );
    let answer = api.post("realms/22/sipcredentials", &body).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    api
}

fn order(api: &Api, number: &str) -> Value {
    let port = api.practice.registrar().port();
    json!(["create", {
        "to": format!("sip:{number}@{REALM}:{port}"),
        "from_": "+19195550123",
        "twiml": "<Response><Say>Hello</Say></Response>",
        "sip_auth_username": "caller",
        "sip_auth_password": PASSWORD,
        "timeout": 20,
    }])
}
