//! Waiting for a realm.

use super::*;

#[tokio::test]
async fn waiting_goes_on_through_an_outage_until_the_realm_is_active() {
    let api = Scripted::start(vec![
        Reply::xml(200, sample!("realm-created.xml")),
        Reply::xml(503, sample!("realm-unavailable.xml")),
        Reply::Bytes(Vec::new()),
        Reply::xml(200, sample!("realm.xml")),
    ])
    .await;

    let realm = user(&api)
        .wait_until_active(
            RealmId(22),
            Duration::from_millis(1),
            Duration::from_secs(30),
        )
        .await
        .unwrap();

    assert_eq!(realm.status, RealmStatus::Active);
    assert_eq!(api.seen().len(), 4);
}

#[tokio::test]
async fn a_realm_that_does_not_become_active_says_why() {
    let pending = sample!("realm-created.xml");
    for (status, body, diagnosis) in [
        (
            200,
            pending.replace("CREATE_PENDING", "CREATE_FAILED"),
            Diagnosis::RealmFailed,
        ),
        (
            200,
            pending.replace("CREATE_PENDING", "DELETE_PENDING"),
            Diagnosis::RealmGone,
        ),
        (
            404,
            sample!("realm-missing.xml").to_owned(),
            Diagnosis::RealmGone,
        ),
        (200, pending.to_owned(), Diagnosis::RealmSlow),
    ] {
        let api = Scripted::start(vec![Reply::xml(status, &body)]).await;

        let (every, limit) = (Duration::from_millis(1), Duration::from_millis(20));
        let outcome = user(&api)
            .wait_until_active(RealmId(22), every, limit)
            .await;

        match outcome {
            Err(Error::Refused(refusal)) => {
                assert_eq!(refusal.diagnosis, Some(diagnosis));
            }
            other => panic!("{other:?}"),
        }
    }
}
