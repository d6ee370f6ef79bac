//! The Voice client over real sockets: a call from start to end.

use std::sync::Arc;
use std::time::Duration;

use super::*;
use crate::dashboard::{AccountNumber, ApplicationId, Environment, SignIn};
use registrar_activity::{Activity, Silence};
use registrar_http::Refusal;
use registrar_http::scripted::{Reply, Scripted};
use registrar_names::PhoneNumber;
use registrar_secret::SignInSecret;

const CREATE: &str = include_str!("../../tests/fixtures/voice/create-call.json");
const CREATED: &str = include_str!("../../tests/fixtures/voice/call-created.json");
const STATE: &str = include_str!("../../tests/fixtures/voice/call-state.json");
const CALL: &str = "c-95ac8d6e-1a31c52e-b38f-4198-93c1-51633ec68f8d";
const SOON: Duration = Duration::from_millis(1);
const LIMIT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let server = Scripted::start(vec![Reply::json(201, CREATED)]).await;
    let (voice, activity) = as_user(&server);
    let new = new_call("https://voice.example.com/answer");

    let call = voice.call(&new).await.unwrap();

    assert_eq!(server.lines(), ["POST /api/v2/accounts/5500123/calls"]);
    let sent = server.seen().remove(0);
    assert!(
        sent.contains("content-type: application/json; charset=utf-8\r\n"),
        "{sent}"
    );
    // `jo:canary-password`
    assert!(
        sent.contains("authorization: Basic am86Y2FuYXJ5LXBhc3N3b3Jk"),
        "{sent}"
    );
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    assert_eq!(value(body(&sent)), value(CREATE));
    assert_eq!((&call.id, call.state), (&id(), CallState::Queued));
    assert!(!call.answered);
    let shown = voice.preview_call(&new).text();
    assert_eq!(activity.exchanges()[0].request, shown);
    assert!(shown.ends_with(body(&sent)), "{shown}");
    let kept = format!("{:?}", activity.exchanges());
    assert!(!kept.contains("canary"), "{kept}");
}

#[tokio::test]
async fn a_query_of_the_answer_address_is_sent_and_never_shown() {
    let url = "https://voice.example.com/answer?token=canary-7f3a";
    let answer = CREATED.replace("https://voice.example.com/answer", url);
    let server = Scripted::start(vec![Reply::json(201, &answer)]).await;
    let (voice, activity) = as_user(&server);

    voice.call(&new_call(url)).await.unwrap();

    assert!(body(&server.seen()[0]).contains("?token=canary-7f3a"));
    let shown = voice.preview_call(&new_call(url));
    let all = format!("{:?}{}{}", activity.exchanges(), shown.text(), shown.curl());
    assert!(!all.contains("canary-7f3a"), "{all}");
    assert!(shown.curl().contains("$ANSWER_URL"), "{}", shown.curl());
}

#[tokio::test]
async fn an_api_client_brings_the_token_of_the_dashboard() {
    let token = r#"{"access_token":"token-7f3a","expires_in":3600,"token_type":"Bearer"}"#;
    let server = Scripted::start(vec![Reply::json(200, token), Reply::json(201, CREATED)]).await;
    let sign_in = SignIn::ApiClient {
        client_id: "client".to_owned(),
        secret: SignInSecret::new("secret"),
    };
    let (voice, activity) = voice(&server, sign_in);

    voice.call(&new_call("https://a.example")).await.unwrap();

    let seen = server.seen();
    assert!(seen[0].starts_with("POST /token "), "{}", seen[0]);
    assert!(
        seen[1].contains("authorization: Bearer token-7f3a\r\n"),
        "{}",
        seen[1]
    );
    assert!(!format!("{:?}", activity.exchanges()).contains("token-7f3a"));
}

#[tokio::test]
async fn an_environment_without_an_address_makes_no_client() {
    let server = Scripted::start(vec![Reply::Silence]).await;
    let base = server.url.as_str();
    let own = Environment::own(base, base, base).unwrap();
    let sign_in = SignIn::ApiUser {
        name: "jo".to_owned(),
        password: SignInSecret::new("x"),
    };
    let number = AccountNumber::parse("5500123").unwrap();
    let dashboard = Dashboard::new(own, number, sign_in, Arc::default()).unwrap();

    assert!(Voice::of(&dashboard).is_none());
}

#[tokio::test]
async fn call_that_bandwidth_does_not_know_yet_is_followed() {
    let unknown = r#"{"type":"validation","description":"Call [c-1] not found","id":null}"#;
    let server = Scripted::start(vec![
        Reply::json(404, unknown),
        Reply::json(404, unknown),
        Reply::json(404, unknown),
        Reply::json(404, unknown),
        Reply::json(404, unknown),
        Reply::json(404, unknown),
        Reply::json(404, unknown),
        state("queued", false, None),
        state("initiated", false, None),
        Reply::json(503, "{}"),
        state("initiated", false, None),
        state("answered", true, None),
        state("something new", true, None),
        state("disconnected", true, Some("hangup")),
    ])
    .await;
    let mut states = Vec::new();

    let (voice, _) = as_user(&server);
    let end = voice
        .follow(&id(), SOON, LIMIT, |call| states.push(call.state))
        .await
        .unwrap();

    assert_eq!(
        states,
        [
            CallState::Queued,
            CallState::Initiated,
            CallState::Answered,
            CallState::Unknown,
            CallState::Disconnected
        ]
    );
    assert_eq!(end.cause, Some(DisconnectCause::Hangup));
    assert!(end.answered);
    assert_eq!(
        server.lines()[0],
        format!("GET /api/v2/accounts/5500123/calls/{CALL}")
    );
}

#[tokio::test]
async fn an_answer_that_was_seen_is_not_forgotten_at_the_end() {
    let server = Scripted::start(vec![
        state("answered", false, None),
        state("disconnected", false, Some("unknown")),
    ])
    .await;

    let (voice, _) = as_user(&server);
    let end = voice.follow(&id(), SOON, LIMIT, |_| {}).await.unwrap();

    assert!(end.answered);
}

#[tokio::test]
async fn following_ends_at_its_limit_and_at_an_answer_that_stays_bad() {
    let forever = Scripted::start(vec![state("initiated", false, None)]).await;
    let lost = Scripted::start(vec![
        state("initiated", false, None),
        Reply::json(404, "{}"),
    ])
    .await;
    let broken = Scripted::start(vec![Reply::json(500, "{}")]).await;
    let page = Scripted::start(vec![Reply::json(200, "<html>")]).await;
    let limit = Duration::from_millis(100);

    let follow = async |server: &Scripted, limit| {
        let (voice, _) = as_user(server);
        voice.follow(&id(), SOON, limit, |_| {}).await.unwrap_err()
    };

    assert!(matches!(
        follow(&forever, limit).await,
        Error::Unreachable {
            service: Service::Voice,
            silence: Silence::TimedOut
        }
    ));
    for (server, expected) in [(&lost, 404), (&broken, 500)] {
        let error = follow(server, LIMIT).await;
        assert!(
            matches!(&error, Error::Refused(Refusal { status, .. }) if *status == expected),
            "{error:?}"
        );
    }
    assert_eq!(broken.lines().len(), 6, "five failed looks are waited out");
    assert!(matches!(
        follow(&page, LIMIT).await,
        Error::Malformed { .. }
    ));
}

#[tokio::test]
async fn hanging_up_is_asked_again_until_bandwidth_lets_it() {
    let busy = r#"{"type":"validation","description":"Call cannot be modified","id":""}"#;
    let server = Scripted::start(vec![
        state("initiated", false, None),
        Reply::json(409, busy),
        state("initiated", false, None),
        Reply::new(200, &[], b""),
        state("initiated", false, None),
        state("disconnected", false, Some("cancel")),
    ])
    .await;

    let (voice, _) = as_user(&server);
    let end = voice.hang_up(&id(), SOON, LIMIT).await.unwrap();

    assert_eq!(end.cause, Some(DisconnectCause::Cancel));
    let call = format!("/api/v2/accounts/5500123/calls/{CALL}");
    let methods = ["GET", "POST", "GET", "POST", "GET", "GET"];
    assert_eq!(
        server.lines(),
        methods.map(|method| format!("{method} {call}")),
        "once it was taken it is not asked again"
    );
    let sent: serde_json::Value = serde_json::from_str(body(&server.seen()[1])).unwrap();
    assert_eq!(sent, serde_json::json!({ "state": "completed" }));
}

#[tokio::test]
async fn call_with_an_end_or_a_cause_has_ended() {
    for (fields, answered) in [
        (r#""state":"active","endTime":"2026-11-30T14:00:00Z""#, true),
        (
            r#""state":"initiated","endTime":"2026-11-30T14:00:00Z""#,
            false,
        ),
        (r#""state":"answered","disconnectCause":"hangup""#, true),
        (r#""state":"ringing","disconnectCause":"busy""#, false),
        (r#""disconnectCause":"timeout""#, false),
        (r#""state":"anew","endTime":1764511200"#, false),
    ] {
        let body = format!(r#"{{"callId":"{CALL}",{fields}}}"#);
        let server = Scripted::start(vec![Reply::json(200, &body)]).await;
        let (voice, _) = as_user(&server);

        let end = voice.follow(&id(), SOON, LIMIT, |_| {}).await.unwrap();

        assert_eq!(end.state, CallState::Disconnected, "{fields}");
        assert_eq!(end.answered, answered, "{fields}");
        assert!(voice.hang_up(&id(), SOON, LIMIT).await.is_ok(), "{fields}");
        assert_eq!(server.lines().len(), 2, "{fields}: asked once each");
    }
    for running in [r#""endTime":null"#, r#""endTime":"","disconnectCause":"""#] {
        let body = format!(r#"{{"callId":"{CALL}","state":"answered",{running}}}"#);
        let server = Scripted::start(vec![Reply::json(200, &body)]).await;
        let (voice, _) = as_user(&server);

        let call = voice.fetch(&id()).await.unwrap();

        assert_eq!(call.state, CallState::Answered, "{running}");
    }
}

#[tokio::test]
async fn a_call_that_is_over_is_left_as_it_is() {
    let server = Scripted::start(vec![state("disconnected", false, Some("busy"))]).await;

    let (voice, _) = as_user(&server);
    let end = voice.hang_up(&id(), SOON, LIMIT).await.unwrap();

    assert_eq!(end.cause, Some(DisconnectCause::Busy));
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test]
async fn only_the_id_of_a_call_is_needed() {
    let odd = format!(
        r#"{{"callId":"{CALL}","state":7,"answerTime":null,"disconnectCause":"{}","errorMessage":["x"]}}"#,
        "fe438bddfc087dda89d29e637f5684ab"
    );
    let server = Scripted::start(vec![
        Reply::json(200, &odd),
        Reply::json(200, r#"{"callId":"../../realms"}"#),
        Reply::json(200, "{}"),
    ])
    .await;

    let (voice, _) = as_user(&server);
    let call = voice.fetch(&id()).await.unwrap();

    assert_eq!(
        (call.state, call.answered),
        (CallState::Disconnected, false)
    );
    assert_eq!(call.error, None);
    let hidden = DisconnectCause::Other(registrar_secret::redact::DOTS.to_owned());
    assert_eq!(call.cause, Some(hidden), "a run of digits may be a hash");
    for _ in 0..2 {
        let error = voice.fetch(&id()).await.unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
    }
}

fn as_user(server: &Scripted) -> (Voice, Arc<Activity>) {
    let sign_in = SignIn::ApiUser {
        name: "jo".to_owned(),
        password: SignInSecret::new("canary-password"),
    };
    voice(server, sign_in)
}

fn voice(server: &Scripted, sign_in: SignIn) -> (Voice, Arc<Activity>) {
    let base = server.url.as_str();
    let environment = Environment::own(&format!("{base}token"), base, base).unwrap();
    let environment = environment.with_voice(server.url.join("api/v2").unwrap());
    let activity = Arc::new(Activity::default());
    let number = AccountNumber::parse("5500123").unwrap();
    let dashboard = Dashboard::new(environment, number, sign_in, Arc::clone(&activity)).unwrap();
    (Voice::of(&dashboard).unwrap(), activity)
}

fn new_call(answer_url: &str) -> NewCall {
    NewCall {
        to: "sip:lobby@desk.abc123.auth.example".to_owned(),
        from: PhoneNumber::parse("+15554443333").unwrap(),
        application: ApplicationId::parse("7fc9698a-b04a-468b-9e8f-91238c0d0086").unwrap(),
        answer_url: AnswerUrl::parse(answer_url).unwrap(),
        ring: Duration::from_secs(30),
    }
}

fn id() -> CallId {
    CallId::parse(CALL).unwrap()
}

fn state(word: &str, answered: bool, cause: Option<&str>) -> Reply {
    let mut state: serde_json::Value = serde_json::from_str(STATE).unwrap();
    state["state"] = word.into();
    state["disconnectCause"] = cause.into();
    if word != "disconnected" {
        state["endTime"] = serde_json::Value::Null;
    }
    if !answered {
        state["answerTime"] = serde_json::Value::Null;
    }
    Reply::json(200, &state.to_string())
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}
