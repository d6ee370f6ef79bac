//! The client over real sockets: API keys, numbers, and the requests of a call.

mod calls;

use std::sync::Arc;
use std::time::Duration;

use super::*;
use registrar_activity::Silence;
use registrar_http::Refusal;
use registrar_http::scripted::{Reply, Scripted};
use registrar_secret::SipPassword;

const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const KEY: &str = "SK0123456789abcdef0123456789abcdef";
const CALL: &str = "CA0123456789abcdef0123456789abcdef";
const COMPLETED: &str = include_str!("../tests/fixtures/call.json");
const PASSWORD: &str = "canary &=+%7f3a";

#[tokio::test]
async fn the_keys_are_checked_by_what_every_key_may_read() {
    let server = Scripted::start(vec![Reply::json(200, r#"{"calls":[]}"#)]).await;
    let key = Key::ApiKey {
        sid: KeySid::parse(KEY).unwrap(),
        secret: TwilioSecret::new("secret"),
    };

    twilio(&server).0.check().await.unwrap();
    with_key(&server, key).0.check().await.unwrap();

    let line = format!("GET /2010-04-01/Accounts/{ACCOUNT}/Calls.json?PageSize=1");
    assert_eq!(server.lines(), [line.clone(), line]);
    // `AC…:token-7f3a` and `SK…:secret`
    let seen = server.seen();
    assert!(
        seen[0].contains("authorization: Basic QUMwMTIz"),
        "{}",
        seen[0]
    );
    assert!(
        seen[1].contains("authorization: Basic U0swMTIz"),
        "{}",
        seen[1]
    );
}

#[tokio::test]
async fn wrong_keys_are_refused_with_twilios_number() {
    let body = r#"{"code":20003,"message":"Authenticate","more_info":"","status":401}"#;
    let server = Scripted::start(vec![Reply::json(401, body)]).await;

    match twilio(&server).0.check().await {
        Err(Error::Refused(Refusal {
            status: 401,
            code: Some(20003),
            ..
        })) => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn numbers_of_both_lists_come_once_and_without_short_codes() {
    let server = Scripted::start(vec![
        Reply::json(
            200,
            include_str!("../tests/fixtures/incoming-phone-numbers.json"),
        ),
        Reply::json(
            200,
            include_str!("../tests/fixtures/outgoing-caller-ids.json"),
        ),
    ])
    .await;

    let numbers = twilio(&server).0.numbers().await.unwrap();

    let numbers: Vec<_> = numbers.iter().map(PhoneNumber::as_str).collect();
    assert_eq!(numbers, ["+15553334444", "+442071234567"]);
}

#[tokio::test]
async fn one_list_is_enough_where_the_key_may_not_read_the_other() {
    let ids = include_str!("../tests/fixtures/outgoing-caller-ids.json");
    let server = Scripted::start(vec![Reply::json(403, "{}"), Reply::json(200, ids)]).await;

    assert_eq!(twilio(&server).0.numbers().await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_call_carries_what_twilio_needs_and_the_record_no_password() {
    let server = Scripted::start(vec![call("queued")]).await;
    let (twilio, activity) = twilio(&server);

    let placed = twilio.call(&new_call()).await.unwrap();

    assert_eq!((placed.sid, placed.status), (sid(), CallStatus::Queued));
    let sent = server.seen().remove(0);
    let (_, form) = sent.split_once("\r\n\r\n").unwrap();
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(form.as_bytes())
        .into_owned()
        .collect();
    let field = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    assert_eq!(
        field("To"),
        Some("sip:+17778889999@desk.abc123.auth.example:5006")
    );
    assert_eq!(field("From"), Some("+15553334444"));
    assert_eq!(field("SipAuthUsername"), Some("bob@somewhere.com"));
    assert_eq!(field("SipAuthPassword"), Some(PASSWORD));
    assert_eq!(field("Timeout"), Some("30"));
    assert!(field("Twiml").unwrap().starts_with("<Response><Say>"));
    assert_eq!(field("Url"), None);
    assert!(!form.contains('+'), "a plus sign would be read as a space");

    let preview = twilio.preview_call(&new_call()).unwrap();
    let kept = &activity.exchanges()[0];
    assert_eq!(
        kept.request,
        preview.text(),
        "what was shown is what is kept"
    );
    assert!(kept.request.contains("SipAuthPassword=••••••"));
    assert!(
        preview
            .curl()
            .contains(r#"'SipAuthPassword='"$SIP_PASSWORD""#)
    );
    assert!(preview.curl().contains(r#":'"$TWILIO_AUTH_TOKEN""#));
    let all = format!("{kept:?}{preview:?}{}", preview.curl());
    assert!(!all.contains("7f3a"), "{all}");
}

#[tokio::test]
async fn address_of_twiml_goes_in_place_of_twiml() {
    let server = Scripted::start(vec![call("queued")]).await;
    let (twilio, activity) = twilio(&server);
    let with = |url: &str| NewCall {
        message: Message::url(url).unwrap(),
        ..new_call()
    };

    twilio
        .call(&with("http://example.com/zolm8azo"))
        .await
        .unwrap();
    twilio
        .call(&with("https://example.com/x?sig=canary-91c4"))
        .await
        .unwrap();

    let seen = server.seen();
    assert!(
        seen[0].contains("&Url=http%3A%2F%2Fexample.com%2Fzolm8azo&"),
        "{}",
        seen[0]
    );
    assert!(!seen[0].contains("Twiml="), "{}", seen[0]);
    assert!(seen[1].contains("sig%3Dcanary-91c4"), "{}", seen[1]);
    let kept = activity.exchanges();
    assert!(
        kept[0]
            .request
            .contains("Url=http%3A%2F%2Fexample.com%2Fzolm8azo")
    );
    assert!(!format!("{kept:?}").contains("canary-91c4"), "{kept:?}");
}

#[tokio::test]
async fn what_twilio_would_refuse_is_not_sent() {
    let server = Scripted::start(vec![call("queued")]).await;
    let (twilio, _) = twilio(&server);
    let long = "x".repeat(256);
    for new in [
        NewCall {
            to: "tel:+1".to_owned(),
            ..new_call()
        },
        NewCall {
            to: format!("sip:{long}"),
            ..new_call()
        },
        NewCall {
            to: "sip:a@b c".to_owned(),
            ..new_call()
        },
        NewCall {
            sip_user: String::new(),
            ..new_call()
        },
        NewCall {
            sip_password: SipPassword::new(""),
            ..new_call()
        },
        NewCall {
            sip_password: SipPassword::new(long.clone()),
            ..new_call()
        },
        NewCall {
            message: Message::Twiml("x".repeat(4001)),
            ..new_call()
        },
        NewCall {
            message: Message::Twiml("<Response><Say>x</Response>".to_owned()),
            ..new_call()
        },
        NewCall {
            message: Message::Url(Url::parse("ftp://example.com/x").unwrap()),
            ..new_call()
        },
    ] {
        let error = twilio.call(&new).await.unwrap_err();
        assert!(matches!(error, CallError::Call(_)), "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn notifications_are_read_and_decoded() {
    let body = include_str!("../tests/fixtures/notifications.json");
    let server = Scripted::start(vec![Reply::json(200, body)]).await;

    let notes = twilio(&server).0.notifications(&sid()).await.unwrap();

    assert_eq!(notes[0].code, Some(32011));
    assert_eq!(notes[0].message, "SIP: Remote host returned 403 Forbidden");
}

#[tokio::test]
async fn answers_of_another_shape_are_malformed() {
    for body in [
        "<html>",
        "[]",
        "{}",
        r#"{"sid":"x/../y","status":"queued"}"#,
        &"[".repeat(100_000),
    ] {
        let server = Scripted::start(vec![Reply::json(200, body)]).await;

        let error = twilio(&server).0.fetch(&sid()).await.unwrap_err();

        assert!(matches!(error, Error::Malformed { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn password_that_a_later_answer_repeats_is_nowhere() {
    let form = "ErrorCode=32011&Msg=SipAuthPassword+canary+%26%3D%2B%257f3a+refused&sipUser=bob%3Acanary%20%26%3D%2B%257f3a";
    let noted = serde_json::json!({ "notifications": [
        { "error_code": "32011", "message_text": form, "more_info": null },
    ]});
    let refused = serde_json::json!({
        "code": 20003, "status": 401,
        "message": "Basic QUMwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjp0b2tlbi03ZjNh, canary &=+%7f3a",
    });
    let server = Scripted::start(vec![
        call("queued"),
        Reply::json(200, &noted.to_string()),
        Reply::json(401, &refused.to_string()),
    ])
    .await;
    let (twilio, activity) = twilio(&server);

    twilio.call(&new_call()).await.unwrap();
    let noted = twilio.notifications(&sid()).await.unwrap();
    let error = twilio.fetch(&sid()).await.unwrap_err();

    let all = format!("{noted:?} {error:?} {:?}", activity.exchanges());
    for secret in ["canary", "7f3a", "b2tlbi03ZjNh"] {
        assert!(!all.contains(secret), "{secret}: {all}");
    }
    assert_eq!(noted[0].code, Some(32011));
}

fn with_key(server: &Scripted, key: Key) -> (Twilio, Arc<Activity>) {
    let activity = Arc::new(Activity::default());
    let account = AccountSid::parse(ACCOUNT).unwrap();
    let twilio = Twilio::new(server.url.clone(), account, key, Arc::clone(&activity));
    (twilio.unwrap(), activity)
}

fn twilio(server: &Scripted) -> (Twilio, Arc<Activity>) {
    with_key(server, Key::AuthToken(TwilioSecret::new("token-7f3a")))
}

fn call(status: &str) -> Reply {
    Reply::json(
        200,
        &COMPLETED.replace("\"completed\"", &format!("\"{status}\"")),
    )
}

fn new_call() -> NewCall {
    let number = |number| PhoneNumber::parse(number).unwrap();
    NewCall::test(
        target(&number("+17778889999"), "desk.abc123.auth.example", 5006),
        number("+15553334444"),
        "bob@somewhere.com".to_owned(),
        SipPassword::new(PASSWORD),
    )
}

fn sid() -> CallSid {
    CallSid::parse(CALL).unwrap()
}
