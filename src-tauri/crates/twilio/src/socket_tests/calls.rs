//! Following a call and hanging one up.

use super::*;

#[tokio::test]
async fn a_call_is_followed_through_an_outage_to_its_end() {
    let server = Scripted::start(vec![
        call("queued"),
        call("queued"),
        Reply::json(503, ""),
        call("ringing"),
        call("in-progress"),
        call("completed"),
    ])
    .await;
    let mut states = Vec::new();

    let (every, limit) = (Duration::from_millis(1), Duration::from_secs(30));
    let ended = twilio(&server)
        .0
        .follow(&sid(), every, limit, |call| {
            states.push(call.status.as_str());
        })
        .await
        .unwrap();

    assert_eq!(states, ["queued", "ringing", "in-progress", "completed"]);
    assert_eq!(ended.duration, Some(Duration::from_secs(12)));
}

#[tokio::test]
async fn following_ends_with_its_limit_and_with_a_refusal() {
    let (every, limit) = (Duration::from_millis(1), Duration::from_millis(20));
    let server = Scripted::start(vec![call("ringing")]).await;
    let error = twilio(&server)
        .0
        .follow(&sid(), every, limit, |_| {})
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            Error::Unreachable {
                silence: Silence::TimedOut,
                ..
            }
        ),
        "{error:?}"
    );

    let server = Scripted::start(vec![Reply::json(404, r#"{"code":20404}"#)]).await;
    let error = twilio(&server)
        .0
        .follow(&sid(), every, limit, |_| {})
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some(20404));
}

#[tokio::test]
async fn hanging_up_asks_for_what_fits_the_state() {
    for (state, asked) in [
        ("queued", "canceled"),
        ("ringing", "canceled"),
        ("in-progress", "completed"),
    ] {
        let server = Scripted::start(vec![call(state), call(asked)]).await;

        let ended = twilio(&server).0.hang_up(&sid()).await.unwrap();

        assert!(ended.status.is_end());
        assert!(
            server.seen()[1].ends_with(&format!("\r\n\r\nStatus={asked}")),
            "{state}"
        );
    }
}

#[tokio::test]
async fn call_answered_while_it_is_hung_up_is_ended() {
    let server = Scripted::start(vec![
        call("ringing"),
        Reply::json(400, r#"{"code":21220,"message":"not in progress"}"#),
        call("in-progress"),
        call("completed"),
    ])
    .await;

    let ended = twilio(&server).0.hang_up(&sid()).await.unwrap();

    assert_eq!(ended.status, CallStatus::Completed);
    assert!(server.seen()[3].ends_with("Status=completed"));
}

#[tokio::test]
async fn a_call_that_is_over_is_left_alone() {
    let server = Scripted::start(vec![call("busy")]).await;

    assert_eq!(
        twilio(&server).0.hang_up(&sid()).await.unwrap().status,
        CallStatus::Busy
    );
    assert_eq!(server.seen().len(), 1);
}
