//! A single SIP credential at the desk while someone else changes it, responses get lost, and the
//! API doesn't do what it says; and the exported list.

use registrar_activity::Tone;
use registrar_digest::{Hashes, StoredHashes};
use registrar_explain::FailureKind;
use registrar_practice::{Faults, Practice};

use super::credential_tests::{
    CANARY, cut_off, id_of, is_accepted, password, practice_of, put, puts, stop, stored,
};
use super::fixture::{load, practice, shown};
use super::*;
use crate::ipc::Savable;

#[tokio::test]
async fn change_by_someone_else_is_reported_and_not_overwritten() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");
    let there = stored(&desk, anna).await;
    let others = Hashes::make(&there.composite(), &there.realm, &password("others"));
    let others = StoredHashes::from(others);
    put(&desk, anna, &others).await;
    let before = puts(&desk);

    let given = desk
        .replace_password(anna, Some(password(CANARY)), &stop())
        .await;

    let told = given.unwrap_err().failure();
    assert_eq!(
        told.sentence,
        "Someone else changed this SIP credential in the meantime."
    );
    let difference = "Its password has been changed since.";
    assert!(told.next.starts_with(difference), "{told:?}");
    assert_eq!(told.kind, FailureKind::Refused);
    assert_eq!(puts(&desk), before, "nothing was sent");
    assert!(stored(&desk, anna).await.hashes.unwrap().same_as(&others));

    let dashboard = desk.dashboard().unwrap();
    let application = Some(Practice::sample_application());
    let there = stored(&desk, anna).await;
    let moved = dashboard.put_credential(&there, &others, application);
    moved.await.unwrap();
    let name = there.composite();
    let Err(Error::Changed { differences }) = desk.delete_credential(anna, &name, &stop()).await
    else {
        panic!("it was deleted unseen")
    };
    assert!(
        differences[0].contains("now has the voice application"),
        "{differences:?}"
    );

    let seen = desk
        .replace_password(anna, Some(password(CANARY)), &stop())
        .await;
    assert!(
        seen.is_ok(),
        "once it was shown, it may be replaced: {seen:?}"
    );
    let kept = stored(&desk, anna).await.application_id;
    assert_eq!(kept.as_deref(), application, "and the rest stays");
}

#[tokio::test]
async fn password_with_a_lost_answer_is_looked_up_before_a_resend() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");
    let there = stored(&desk, anna).await;
    let practice = practice_of(&desk);
    // The PUT is carried out, but the responses to it and to the lookup are lost.
    let dashboard = desk.dashboard().unwrap();
    practice.set_faults(cut_off());
    let hashes = Hashes::make(&there.composite(), &there.realm, &password(CANARY));
    let sent = StoredHashes::from(hashes.clone());
    let lost = dashboard.put_credential(&there, &sent, None);
    assert!(lost.await.unwrap_err().answer_is_unknown());
    practice.set_faults(Faults::default());
    let before = puts(&desk);

    let given = desk
        .replace_password(anna, Some(password(CANARY)), &stop())
        .await;

    assert!(
        given.is_ok(),
        "it is there already, so nobody else changed it: {given:?}"
    );
    assert_eq!(puts(&desk), before, "nothing was sent twice");
    assert!(stored(&desk, anna).await.hashes.unwrap().are(&hashes));
}

#[tokio::test]
async fn voice_application_is_read_back_and_no_change_is_reported() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");
    let before = stored(&desk, anna).await;
    let application = Practice::sample_application();
    let move_it = async |to: &str| desk.move_credential(anna, to, &stop()).await.unwrap();
    let keep = |application_kept| {
        practice_of(&desk).set_faults(Faults {
            application_kept,
            ..Faults::default()
        });
    };

    keep(true);
    let stayed = move_it(application).await;
    assert!(!stayed.moved && stayed.anew, "{stayed:?}");
    assert!(stayed.notice.next.unwrap().contains("ID changes"));

    keep(false);
    let moved = move_it(application).await;
    assert!(
        !moved.anew && moved.moved && moved.notice.tone == Tone::Good,
        "{moved:?}"
    );
    let after = stored(&desk, anna).await;
    assert_eq!(after.application_id.as_deref(), Some(application));
    assert!(after.hashes.unwrap().same_as(&before.hashes.unwrap()));
    assert!(is_accepted(&desk, anna).await);

    keep(true);
    let stayed = move_it("").await;
    assert!(!stayed.moved, "{stayed:?}");
    assert!(stayed.notice.sentence.contains(application));
    let next = stayed.notice.next.unwrap();
    assert!(
        !stayed.anew && next.contains("without a voice application"),
        "{next}"
    );

    keep(false);
    assert!(move_it("").await.moved);
    assert_eq!(stored(&desk, anna).await.application_id, None);
    let wrong = desk.move_credential(anna, "no-uuid", &stop()).await;
    assert!(matches!(wrong, Err(Error::Invalid { .. })));
}

#[tokio::test]
async fn a_credential_is_deleted_by_its_name_alone() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");

    let wrong = desk.delete_credential(anna, "anna", &stop()).await;
    assert!(matches!(wrong, Err(Error::Invalid { .. })), "{wrong:?}");
    let gone = desk
        .delete_credential(anna, "anna@phones.example", &stop())
        .await
        .unwrap();

    assert_eq!(gone.sentence, "anna@phones.example was deleted.");
    assert_eq!(desk.rows(&shown("")).total, 1);
    assert_eq!(load(&desk).await.sentence, "1 SIP credential is loaded.");
    assert!(desk.credential(anna).is_err());
}

#[tokio::test]
async fn deletion_by_someone_else_is_reported_and_leaves_the_list() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let anna = id_of(&desk, "anna");
    let there = stored(&desk, anna).await;
    let dashboard = desk.dashboard().unwrap();
    dashboard.delete_credential(&there).await.unwrap();

    let given = desk
        .replace_password(anna, Some(password(CANARY)), &stop())
        .await;

    let Err(Error::Changed { differences }) = given else {
        panic!("{given:?}")
    };
    assert_eq!(differences, ["It has been deleted."]);
    assert_eq!(desk.rows(&shown("")).total, 1);
}

#[tokio::test]
async fn whole_shown_or_selected_list_is_exported_without_secrets() {
    let (_folder, desk) = practice().await;
    load(&desk).await;
    let lines = |what| {
        let (name, bytes) = desk.file(what).unwrap();
        assert_eq!(name, "sip-credentials-5500123.csv");
        let text = String::from_utf8(bytes).unwrap();
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };

    let _ = desk.rows(&shown("anna"));
    assert_eq!(lines(Savable::CredentialsAll).len(), 2);
    let anna = lines(Savable::CredentialsShown);
    assert!(anna.len() == 1 && anna[0].starts_with("anna,phones.example,office."));
    assert!(desk.file(Savable::CredentialsSelected).is_err(), "none is");
    let _ = desk.rows(&shown("reception"));
    desk.select(SelectRows::All);
    let _ = desk.rows(&shown("anna"));
    assert!(lines(Savable::CredentialsSelected)[0].starts_with("reception,,office."));
    let hash = stored(&desk, id_of(&desk, "anna"))
        .await
        .hashes
        .unwrap()
        .hash1;
    let (_, all) = desk.file(Savable::CredentialsAll).unwrap();
    assert!(!String::from_utf8(all).unwrap().contains(hash.expose()));
}
