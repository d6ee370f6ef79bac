//! A call from its creation to its end, using a dialer whose callees behave as their names say.

use serde_json::{Value, json};

use super::as_account;
use super::scripted_dialer::practice;

#[tokio::test]
async fn a_call_is_followed_to_its_completion() {
    let (practice, _folder) = practice().await;

    let steps = json!([create("answers"), ["to_the_end", {}], ["notifications", {}], ["calls", { "limit": 20 }]]);
    let outcome = as_account(&practice, steps).await;

    let made = &outcome[0];
    assert_eq!(made["status"], "queued");
    assert_eq!(made["from"], "+19195550123");
    assert_eq!(made["direction"], "outbound-api");
    assert_eq!(made["start_time"], Value::Null);
    assert!(
        made["date_created"].is_string(),
        "the client could read the date: {made}"
    );
    let end = &outcome[1];
    let seen: Vec<_> = end["seen"].as_array().unwrap().iter().collect();
    assert_eq!(*seen.last().unwrap(), "completed");
    assert!(seen.contains(&&json!("in-progress")), "{end}");
    assert!(
        end["call"]["start_time"].is_string() && end["call"]["end_time"].is_string(),
        "{end}"
    );
    assert!(
        end["call"]["duration"]
            .as_str()
            .unwrap()
            .parse::<u32>()
            .unwrap()
            >= 1
    );
    assert_eq!(outcome[2], json!([]), "nothing to note");
    assert_eq!(outcome[3], json!([made["sid"]]));
}

#[tokio::test]
async fn calls_at_the_same_time_are_limited() {
    let (practice, _folder) = practice().await;

    let steps: Vec<Value> = (0..101).map(|_| create("talks")).collect();
    let outcome = as_account(&practice, json!(steps)).await;

    assert_eq!(outcome[99]["status"], "queued", "{}", outcome[99]);
    assert_eq!(outcome[100]["code"], 20429, "{}", outcome[100]);
}

#[tokio::test]
async fn a_call_in_progress_can_be_hung_up_once() {
    let (practice, _folder) = practice().await;

    let steps = json!([
        create("talks"),
        ["to_progress", {}],
        ["update", { "status": "canceled" }],
        ["update", { "status": "completed" }],
        ["to_the_end", {}],
        ["update", { "status": "completed" }],
    ]);
    let outcome = as_account(&practice, steps).await;

    assert_eq!(
        outcome[2]["status"], "in-progress",
        "canceled does not touch it"
    );
    assert_eq!(outcome[4]["call"]["status"], "completed");
    assert_eq!(outcome[5]["code"], 21220, "it is over: {outcome}");
}

#[tokio::test]
async fn a_ringing_call_can_be_cancelled() {
    let (practice, _folder) = practice().await;

    let steps = json!([
        create("rings"),
        ["to_ringing", {}],
        ["update", { "status": "canceled" }],
        ["to_the_end", {}],
    ]);
    let outcome = as_account(&practice, steps).await;

    assert_eq!(outcome[3]["call"]["status"], "canceled", "{outcome}");
}

#[tokio::test]
async fn each_end_has_its_status_and_its_notification() {
    let (practice, _folder) = practice().await;

    let ends = [
        ("busy", "busy", None),
        ("nobody-answers", "no-answer", None),
        ("forbids", "failed", Some("32011")),
        ("is-away", "no-answer", Some("32009")),
        ("is-silent", "failed", Some("32011")),
    ];
    let steps = ends.map(|(callee, ..)| {
        [
            create(callee),
            json!(["to_the_end", {}]),
            json!(["notifications", {}]),
        ]
    });

    let outcome = as_account(&practice, json!(steps.concat())).await;

    for (number, (callee, status, note)) in ends.into_iter().enumerate() {
        let (end, notes) = (&outcome[3 * number + 1], &outcome[3 * number + 2]);
        assert_eq!(end["call"]["status"], status, "{callee}: {end}");
        assert_eq!(notes[0]["error_code"].as_str(), note, "{callee}: {notes}");
    }
}

#[tokio::test]
async fn nobody_outside_of_this_computer_is_ever_called() {
    let (practice, _folder) = practice().await;

    let away = ["192.0.2.1", "phones.example", "bandwidth.com"];
    let steps = away.map(|host| {
        let mut order = create("answers");
        order[1]["to"] = json!(format!("sip:answers@{host}"));
        [
            order,
            json!(["to_the_end", {}]),
            json!(["notifications", {}]),
        ]
    });

    let outcome = as_account(&practice, json!(steps.concat())).await;

    for (number, host) in away.into_iter().enumerate() {
        let (end, notes) = (&outcome[3 * number + 1], &outcome[3 * number + 2]);
        assert_eq!(end["call"]["status"], "failed", "{host}: {end}");
        assert_eq!(notes[0]["error_code"], "32011", "{host}: {notes}");
    }
}

fn create(callee: &str) -> Value {
    json!(["create", {
        "to": format!("sip:{callee}@office.1a2b3c.auth.bandwidth.com"),
        "from_": "+19195550123",
        "twiml": "<Response><Say>Hello</Say></Response>",
        "sip_auth_username": "reception",
        "sip_auth_password": "canary-4e1f",
        "timeout": 20,
    }])
}
