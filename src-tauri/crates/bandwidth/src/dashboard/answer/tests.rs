//! Which responses of the dashboard and the token endpoint are errors.

use std::time::Duration;

use zeroize::Zeroizing;

use super::*;

fn answer(status: u16, body: &str) -> Answer {
    Answer {
        status,
        body: Zeroizing::new(body.to_owned()),
        ..Answer::default()
    }
}

fn refused(status: u16, body: &str) -> Refusal {
    match done(&answer(status, body), &["R"], 0) {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_shape_of_error_is_read_whatever_the_status() {
    let status = "<R><ResponseStatus><ErrorCode>33004</ErrorCode><Description>no</Description></ResponseStatus></R>";
    let items = "<R><Errors><Error><ErrorCode>1003</ErrorCode><Description>no</Description></Error></Errors></R>";
    let orders =
        "<R><ErrorList><Error><Code>5</Code><Description>no</Description></Error></ErrorList></R>";
    let bare = "<ErrorList><Error><Code>5</Code><Description>no</Description></Error></ErrorList>";
    let direct = "<R><Errors><Code>5</Code><Description>no</Description></Errors></R>";

    for (body, code) in [
        (status, 33004),
        (items, 1003),
        (orders, 5),
        (bare, 5),
        (direct, 5),
    ] {
        for http in [200, 201, 400, 409, 500] {
            let refusal = refused(http, body);
            assert_eq!(refusal.code, Some(code), "{body}");
            assert_eq!(refusal.status, http);
            assert_eq!(refusal.description.as_deref(), Some("no"));
        }
    }
}

#[test]
fn a_status_alone_is_a_refusal_without_a_code() {
    let description = "<RealmResponse><ResponseStatus><Description>The resource does not exist</Description></ResponseStatus></RealmResponse>";

    assert_eq!(refused(404, description).code, None);
    assert!(refused(404, description).description.is_some());
    for body in [
        "",
        "<html>",
        "Forbidden",
        "<a",
        r#"{"message":"Forbidden"}"#,
    ] {
        assert_eq!(refused(403, body).code, None, "{body}");
    }
    assert_eq!(
        refused(403, r#"{"message":"Forbidden"}"#)
            .description
            .as_deref(),
        Some("Forbidden")
    );
}

#[test]
fn a_good_answer_is_no_refusal() {
    for body in [
        "",
        "<R/>",
        "<R><ResponseStatus><ErrorCode>0</ErrorCode></ResponseStatus></R>",
    ] {
        assert!(done(&answer(200, body), &["R"], 0).is_ok(), "{body}");
    }
}

#[test]
fn unreadable_or_foreign_body_is_never_done() {
    for body in [
        "<html><body>Sign in</body></html>",
        "<!DOCTYPE html><html></html>",
        "OK",
        r#"{"status":"ok"}"#,
        "<R><Realm>",
        "<R></Q>",
        "<Q/>",
        "<R/><R/>",
        "<R/>and more",
        "<R><ResponseStatus><Description>Service is Unavailable</Description></ResponseStatus></R>",
    ] {
        let outcome = done(&answer(200, body), &["R"], 0);

        assert!(
            matches!(outcome, Err(Error::Malformed { .. })),
            "{body}: {outcome:?}"
        );
        assert!(outcome.unwrap_err().answer_is_unknown(), "{body}");
    }
}

#[test]
fn list_with_something_else_inside_is_not_empty() {
    let read =
        |body| read_list::<wire::RealmsResponse>(&answer(200, body), "RealmsResponse", "Realms", 0);

    for body in [
        "<RealmsResponse/>",
        "<RealmsResponse><Realms/></RealmsResponse>",
        "<RealmsResponse><Links><first>x</first></Links></RealmsResponse>",
    ] {
        assert!(
            read(body)
                .unwrap()
                .realms
                .unwrap_or_default()
                .realm
                .is_empty()
        );
    }
    for body in [
        "",
        "<RealmsResponse><Item/></RealmsResponse>",
        "<RealmsResponse><Realm/></RealmsResponse>",
        "<SipCredentialsResponse/>",
        "<RealmsResponse><ResponseStatus><Description>busy</Description></ResponseStatus></RealmsResponse>",
    ] {
        assert!(matches!(read(body), Err(Error::Malformed { .. })), "{body}");
    }
}

#[test]
fn too_many_requests_say_how_long_to_wait() {
    let limited = Answer {
        reset_at: Some(1_700_000_010),
        ..answer(429, "")
    };

    let Err(Error::Refused(refusal)) = done(&limited, &[], 1_700_000_000_000) else {
        panic!("429 is a refusal");
    };

    assert_eq!(refusal.retry_after, Some(Duration::from_secs(10)));
    assert_eq!(refused(429, "").retry_after, None);
    let Err(Error::Refused(refusal)) = token(&limited, 1_700_000_000_000) else {
        panic!("429 is a refusal");
    };
    assert_eq!(refusal.retry_after, Some(Duration::from_secs(10)));
}

#[test]
fn refused_item_says_what_is_wrong_by_its_code() {
    for (code, diagnosis) in [
        ("4022", Some(Diagnosis::AccountUnknown)),
        ("23013", Some(Diagnosis::NotEnabled)),
        ("33004", Some(Diagnosis::NotEnabled)),
        ("23026", None),
    ] {
        let error = WireError {
            error_code: Some(code.to_owned()),
            ..WireError::default()
        };

        let refusal = item_refusal(&answer(400, ""), &error);

        assert_eq!(refusal.code, code.parse().ok());
        assert_eq!(refusal.diagnosis, diagnosis, "{code}");
    }
}

#[test]
fn a_redirect_is_not_an_answer() {
    assert!(matches!(
        done(&answer(302, ""), &[], 0),
        Err(Error::Malformed { .. })
    ));
}

#[test]
fn description_is_cut_at_300_letters() {
    let body = format!(r#"{{"message":"{}"}}"#, "é".repeat(301));

    let description = refused(400, &body).description.unwrap();

    assert_eq!(description, format!("{}…", "é".repeat(300)));
}

#[test]
fn echoed_hashes_do_not_reach_a_description() {
    let body = format!(
        "<R><ResponseStatus><ErrorCode>23026</ErrorCode><Description>exists {}</Description></ResponseStatus></R>",
        "ab12".repeat(8)
    );

    assert_eq!(
        refused(400, &body).description.as_deref(),
        Some("exists ••••••")
    );
}

#[test]
fn a_token_answer_is_read_strictly() {
    let read = |body: &str| token(&answer(200, body), 0);

    assert_eq!(
        read(r#"{"access_token":"a","expires_in":3600}"#).unwrap().1,
        3600
    );
    assert_eq!(
        read(r#"{"access_token":"a","expires_in":"60"}"#).unwrap().1,
        60
    );
    assert_eq!(read(r#"{"access_token":"a"}"#).unwrap().1, USUAL_LIFE);
    let most = format!(r#"{{"access_token":"a","expires_in":{}}}"#, u64::MAX);
    assert_eq!(read(&most).unwrap().1, 86_400);
    let of_length = |length| format!(r#"{{"access_token":"{}"}}"#, "a".repeat(length));
    assert!(read(&of_length(16_384)).is_ok());
    assert!(read(&of_length(16_385)).is_err());
    for bad in [
        "",
        "<a/>",
        "[]",
        "{}",
        r#"{"access_token":7}"#,
        r#"{"access_token":"a\nb"}"#,
    ] {
        assert!(matches!(read(bad), Err(Error::Malformed { .. })), "{bad}");
    }
}

#[test]
fn a_refused_token_is_a_wrong_sign_in() {
    let refused = |status| match token(&answer(status, r#"{"error":"invalid_client"}"#), 0) {
        Err(Error::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };

    assert_eq!(refused(401).diagnosis, Some(Diagnosis::SignInWrong));
    assert_eq!(refused(400).description.as_deref(), Some("invalid_client"));
    assert_eq!(
        refused(503).diagnosis,
        None,
        "an outage says nothing about the secret"
    );
}
