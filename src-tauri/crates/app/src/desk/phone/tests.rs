use registrar_bandwidth::discovery::Ways;

use super::*;
use crate::desk::credential_tests::{id_of, put, stop, stored};
use crate::desk::fixture::{fill, load, practice};
use crate::ipc::FileSecret;

fn listed(phone: &str, dialect: &str) -> PhoneChoice {
    PhoneChoice::Listed {
        phone: phone.to_owned(),
        dialect: dialect.to_owned(),
    }
}

/// A practice desk, and the ID of a credential there whose password nobody knows.
async fn desk() -> (tempfile::TempDir, Desk, f64) {
    let (folder, desk) = practice().await;
    let realms = desk.dashboard().unwrap().realms().await.unwrap();
    fill(&desk, &realms[0], 1).await;
    load(&desk).await;
    let id = id_of(&desk, &format!("{}-00000", realms[0].id));
    (folder, desk, id)
}

/// Gives a credential another password, as somebody else.
async fn change(desk: &Desk, id: f64) {
    let there = stored(desk, id).await;
    let other = SipPassword::new("other");
    let other = Hashes::make(&there.composite(), &there.realm, &other);
    put(desk, id, &other.into()).await;
}

#[tokio::test]
async fn a_phone_is_set_up_by_hash_without_a_password() {
    let (_folder, desk, id) = desk().await;

    let issued = desk.set_up_phone(id).await.unwrap();

    assert_eq!(issued.phone.password_length, None);
    assert!(issued.phone.port.is_some());
    assert_eq!(desk.unsaved_password(), None);
    let linphone = desk.phone_page(&listed("linphone", "any")).unwrap();
    assert!(linphone.replaces_accounts, "it is asked as in the journey");
    let file = linphone.file.unwrap();
    assert_eq!(
        (file.contains, file.refusal),
        (Some(FileSecret::Hash), None)
    );
    let (name, bytes) = desk.phone_file(&listed("linphone", "any")).await.unwrap();
    assert!(name.starts_with("linphone-"), "{name}");
    let text = String::from_utf8(bytes).unwrap();
    assert!(
        text.contains("name=\"ha1\"") && !text.contains("passwd"),
        "{text}"
    );

    let yealink = desk.phone_page(&listed("yealink", "current")).unwrap();
    assert_eq!(
        yealink.file.unwrap().contains,
        None,
        "it needs the password"
    );
    assert!(
        desk.phone_file(&listed("yealink", "current"))
            .await
            .is_err()
    );
    assert!(matches!(
        desk.setup_sheet(None, true),
        Err(Error::OutOfStep)
    ));
    let (_, sheet) = desk
        .setup_sheet(Some(&listed("snom", "v8")), false)
        .unwrap();
    assert!(
        String::from_utf8(sheet)
            .unwrap()
            .contains("Authentication Username")
    );
    desk.close_task();
    assert!(desk.phone_page(&listed("linphone", "any")).is_err());
}

#[tokio::test]
async fn a_credential_that_changed_meanwhile_gets_no_old_hash() {
    let (_folder, desk, id) = desk().await;
    desk.set_up_phone(id).await.unwrap();
    change(&desk, id).await;

    let refused = desk
        .phone_file(&listed("linphone", "any"))
        .await
        .unwrap_err();
    assert!(matches!(refused, Error::Changed { .. }), "{refused:?}");

    let again = desk.set_up_phone(id).await.unwrap();
    assert_eq!(again.notices, [], "the list already has the new hashes");
    assert!(desk.phone_file(&listed("linphone", "any")).await.is_ok());

    let there = stored(&desk, id).await;
    let dashboard = desk.dashboard().unwrap();
    dashboard.delete_credential(&there).await.unwrap();
    assert!(desk.phone_file(&listed("linphone", "any")).await.is_err());
    assert!(desk.set_up_phone(id).await.is_err(), "it is gone");
}

#[tokio::test]
async fn a_change_since_the_list_was_loaded_is_said() {
    let (_folder, desk, id) = desk().await;
    change(&desk, id).await;

    let issued = desk.set_up_phone(id).await.unwrap();

    assert_eq!(issued.notices.len(), 1, "{:?}", issued.notices);
    assert!(
        issued.notices[0]
            .sentence
            .contains("password has been changed")
    );
    assert!(desk.phone_file(&listed("linphone", "any")).await.is_ok());
}

#[tokio::test]
async fn missing_hashes_and_registrar_are_said() {
    let (_folder, desk, id) = desk().await;
    desk.set_up_phone(id).await.unwrap();
    {
        let mut secrets = desk.secrets();
        let issued = secrets.issued.as_mut().unwrap();
        issued.credential.hashes = None;
        issued.registrar.ways = Ways::default();
    }

    let page = desk.phone_page(&listed("linphone", "any")).unwrap();

    assert!(!page.port_known);
    let refusal = page.file.unwrap().refusal.unwrap().sentence;
    assert!(refusal.contains("Generate a new password"), "{refusal}");
    assert!(desk.phone_file(&listed("linphone", "any")).await.is_err());
    let (_, sheet) = desk.setup_sheet(None, false).unwrap();
    assert!(
        String::from_utf8(sheet)
            .unwrap()
            .contains("Ask Bandwidth support")
    );
}

#[tokio::test]
async fn a_new_password_makes_a_file_for_any_phone() {
    let (_folder, desk, id) = desk().await;
    desk.generate_password().unwrap();
    let issued = desk.replace_password(id, None, &stop()).await.unwrap();
    assert_eq!(issued.phone.password_length, Some(22));
    assert!(desk.unsaved_password().is_some());

    let yealink = listed("yealink", "current");
    let (_, file) = desk.phone_file(&yealink).await.unwrap();
    let password = desk.reveal(crate::ipc::Copyable::Password).unwrap();
    assert!(String::from_utf8(file).unwrap().contains(&*password));
    let (_, sheet) = desk.setup_sheet(Some(&yealink), true).unwrap();
    let sheet = String::from_utf8(sheet).unwrap();
    assert!(sheet.contains("class=\"tiles\"") && sheet.contains("Register Name"));
}
