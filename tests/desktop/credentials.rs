//! A single SIP credential at the practice desk in the real window, using only the keyboard:
//! created, diagnosed, repaired, given a new password, moved and deleted.

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use registrar_practice::Practice;
use registrar_practice::phone::{PhoneSettings, PretendPhone};
use registrar_secret::SipPassword;
use registrar_sip::TransportName;
use serde_json::json;

use crate::desk::{find, open_desk, shown, until_checked};
use crate::walk::{PASSWORD, Walk};
use crate::{pretend_api, written};

/// Waits until no work runs and the window says this.
async fn says(walk: &Walk, text: &str) {
    let text = json!(text);
    walk.window
        .wait_for(&format!(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('#main').innerText.includes({text})"
        ))
        .await;
}

/// Opens the details of the one row that a name finds.
async fn open(walk: &Walk, name: &str) {
    find(walk, name).await;
    shown(walk, "1", "0").await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Home).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement?.id === 'details-title'")
        .await;
}

/// Waits until the registrar was asked which phones are registered.
async fn until_asked(walk: &Walk) {
    walk.window
        .wait_for(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('[data-asked]') !== null",
        )
        .await;
}

/// A value of the phone's settings.
async fn setting(walk: &Walk, name: &str) -> String {
    let value = format!("document.querySelector('[data-setting={name}] .value').textContent");
    walk.window
        .evaluate(&value)
        .await
        .as_str()
        .unwrap()
        .to_owned()
}

async fn until_handed(walk: &Walk) {
    walk.window
        .wait_for(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('[data-setting=port]') !== null",
        )
        .await;
}

async fn request_panel_holds_no_secret(walk: &Walk) {
    let exchanges = serde_json::to_string(&walk.request_panel().await).unwrap();
    walk.said.borrow_mut().push_str(&exchanges);
}

#[tokio::test]
async fn credential_and_new_password_are_created_by_keyboard() {
    let walk = Walk::begin(AppWindow::open().await, "credential-light").await;
    open_desk(&walk).await;
    walk.look("1-desk").await;

    walk.press("add-credential").await;
    walk.press("task-submit").await;
    says(&walk, "fields need a different value").await;
    walk.look("2-new-problems").await;
    walk.fill("userName", "front-desk").await;
    walk.fill("password", PASSWORD).await;
    walk.look("3-new-filled").await;
    walk.press("task-submit").await;
    until_handed(&walk).await;
    walk.look("4-handed").await;
    let (realm, port) = (setting(&walk, "realm").await, setting(&walk, "port").await);
    assert_eq!(setting(&walk, "user_name").await, "front-desk");
    walk.press("task-done").await;
    walk.window
        .wait_for("document.activeElement?.id === 'details-title'")
        .await;
    walk.press("check-one").await;
    until_checked(&walk, "1 credential was checked and accepted.").await;
    walk.look("5-details").await;

    let settings = PhoneSettings {
        realm: realm.clone(),
        composite: "front-desk".to_owned(),
        registrar: format!("127.0.0.1:{port}").parse().unwrap(),
        transport: TransportName::Udp,
    };
    let phone = PretendPhone::register(settings, SipPassword::new(PASSWORD), "Phone").await;
    let phone = phone.unwrap();
    walk.press("desk-new-password").await;
    until_asked(&walk).await;
    says(&walk, "stops working the next time it registers").await;
    walk.press("generate-password").await;
    walk.window
        .wait_for("document.querySelector('#password-note').innerText.includes('22 characters')")
        .await;
    walk.look("6-new-password").await;
    walk.press("task-submit").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    says(&walk, "stops working the next time it registers").await;
    walk.look("6-new-password-asks").await;
    walk.agree().await;
    until_handed(&walk).await;
    says(&walk, "The SIP credential has the new password.").await;
    walk.look("7-handed-again").await;
    walk.press("show-password").await;
    walk.window
        .wait_for("document.querySelectorAll('[data-setting=password] .four').length === 6")
        .await;
    walk.press("close-task").await;
    // It was looked at, and neither copied nor saved.
    walk.agree().await;
    walk.window
        .wait_for("!document.querySelector('[data-part=list]').hidden")
        .await;
    drop(phone);

    request_panel_holds_no_secret(&walk).await;
    // The pretend Bandwidth holds the hashes of the made password by now.
    let said = walk.said.borrow().clone();
    for secret in written::hashes("front-desk", &realm, PASSWORD) {
        assert!(!said.contains(&secret), "the window said a hash");
    }
    assert!(!said.contains(PASSWORD), "the window said the password");
}

#[tokio::test]
async fn mistake_is_named_and_repaired_and_outside_change_reported() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "why-dark").await;
    open_desk(&walk).await;
    let api = pretend_api::sign_in(&walk).await;
    open(&walk, "reception").await;
    let realm = "document.querySelector('.list-details dl').children[3].textContent";
    let realm = walk.window.evaluate(realm).await;
    let realm = realm.as_str().unwrap().to_owned();
    let short = realm.split('.').next().unwrap().to_owned();
    let by_echo = written::hashes("reception", &realm, &format!("{PASSWORD}\n"));
    api.give_hashes(&short, "reception", &by_echo).await;
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.type_text("c").await;
    until_checked(&walk, "1 credential was checked and not accepted.").await;
    walk.look("0-not-accepted").await;

    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.type_text("f").await;
    walk.fill("password", "not the password").await;
    walk.press("task-submit").await;
    says(&walk, "The stored hashes don’t match this password.").await;
    walk.look("1-wrong").await;
    walk.fill("password", PASSWORD).await;
    walk.press("task-submit").await;
    says(
        &walk,
        "A newline followed the password, which the echo command adds.",
    )
    .await;
    walk.look("2-newline").await;
    walk.press("show-typed").await;
    let shown = "document.querySelector('#password').type === 'text'";
    assert_eq!(walk.window.evaluate(shown).await, true, "it can be read");
    walk.press("show-typed").await;
    walk.press("repair-hashes").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("2-replace-asks").await;
    walk.agree().await;
    says(&walk, "The stored password was replaced").await;
    walk.look("3-repaired").await;
    walk.press("check-it").await;
    until_checked(&walk, "1 credential was checked and accepted.").await;

    api.give_another_password(&short, "reception").await;
    walk.press("desk-new-password").await;
    until_asked(&walk).await;
    walk.fill("password", PASSWORD).await;
    walk.press("task-submit").await;
    walk.agree().await;
    says(
        &walk,
        "Someone else changed this SIP credential in the meantime.",
    )
    .await;
    walk.look("4-changed-meanwhile").await;
    walk.window.press(Key::Escape).await;
    walk.window
        .wait_for("!document.querySelector('[data-part=list]').hidden")
        .await;

    walk.press("desk-new-password").await;
    until_asked(&walk).await;
    walk.look("5-phones-known-again").await;
    walk.fill("password", PASSWORD).await;
    walk.press("task-submit").await;
    walk.agree().await;
    until_handed(&walk).await;

    request_panel_holds_no_secret(&walk).await;
    written::holds_none_of(&walk, "reception", &realm, PASSWORD);
}

#[tokio::test]
async fn credential_is_moved_and_deleted_in_a_small_window() {
    let walk = Walk::begin(AppWindow::open().await, "credential-small").await;
    walk.window.set_size(900, 640).await;
    open_desk(&walk).await;
    open(&walk, "anna").await;
    walk.look("1-details").await;

    walk.press("move-credential").await;
    walk.fill("applicationId", "none").await;
    walk.press("task-submit").await;
    says(&walk, "An application ID looks like").await;
    walk.look("2-move-problem").await;
    walk.fill("applicationId", Practice::sample_application())
        .await;
    walk.press("task-submit").await;
    says(&walk, "Its ID, password, and registrations stay the same.").await;
    walk.look("3-moved").await;
    walk.press("close-task").await;

    walk.press("delete-credential").await;
    until_asked(&walk).await;
    walk.fill("name", "anna").await;
    walk.press("task-submit").await;
    says(&walk, "Enter anna@phones.example to delete it.").await;
    walk.look("4-delete").await;
    walk.window.set_text_size(200).await;
    walk.look("5-delete-large-text").await;
    walk.window.set_text_size(100).await;
    walk.fill("name", "anna@phones.example").await;
    walk.press("task-submit").await;
    says(&walk, "1 SIP credential is loaded.").await;
    shown(&walk, "0", "0").await;
    walk.look("6-deleted").await;
    walk.press("add-credential").await;
    walk.window.set_text_size(200).await;
    walk.look("7-new-large-text").await;
}
