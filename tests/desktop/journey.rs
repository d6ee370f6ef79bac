//! The practice journey in the real window, from Home to Finish, using only the keyboard.

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;

use crate::pretend_api;
use crate::walk::{PASSWORD, Walk};
use crate::written;

async fn from_home_to_finish(walk: &Walk) {
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "somewhere.com").await;
    walk.check().await;
    assert_eq!(tone(walk).await, "good", "{}", walk.window.text().await);
    walk.look("5-test-checked").await;
    walk.register_phone().await;
    walk.call().await;

    let page = walk.window.text().await;
    for part in [
        "lobby",
        "front-desk@somewhere.com",
        "A phone is registered from 127.0.0.1",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert!(
        page.contains("mergency"),
        "what was not tested is said: {page}"
    );
    let exchanges = serde_json::to_string(&walk.request_panel().await).unwrap();
    walk.said.borrow_mut().push_str(&exchanges);
    walk.press("finish-journey").await;
    walk.window.wait_for_screen("home").await;
}

async fn tone(walk: &Walk) -> String {
    let tone = "document.querySelector('.verdict[data-tone]').dataset.tone";
    walk.window
        .evaluate(tone)
        .await
        .as_str()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn journey_is_finished_by_keyboard_in_light_colors() {
    let walk = Walk::begin(AppWindow::open().await, "light").await;

    from_home_to_finish(&walk).await;
    written::holds_no_secret(&walk);
}

#[tokio::test]
async fn journey_is_finished_by_keyboard_in_dark_colors() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "dark").await;

    from_home_to_finish(&walk).await;
}

#[tokio::test]
async fn a_journey_goes_on_where_it_was_killed() {
    let mut walk = Walk::begin(AppWindow::open().await, "killed").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;

    walk.window.kill_and_open_again().await;

    walk.window.wait_for_screen("home").await;
    walk.look("home-again").await;
    walk.press("continue-journey").await;
    walk.window.wait_for_screen("sign_in").await;
    walk.look("sign-in-again").await;
    walk.press("fill-in").await;
    walk.press("sign-in").await;
    walk.window.wait_for_screen("test").await;
    walk.look("test-again").await;
    walk.check().await;
    assert_eq!(tone(&walk).await, "good", "{}", walk.window.text().await);
    walk.to_phone().await;
    walk.choose_phone("T46U").await;
    walk.look("password-unknown").await;
    walk.fill("password", "not the password").await;
    walk.press("verify-password").await;
    walk.window
        .wait_for("!!document.querySelector('#password-problem')?.innerText")
        .await;
    walk.look("wrong-password-typed").await;
    walk.fill("password", PASSWORD).await;
    walk.press("verify-password").await;
    walk.window
        .wait_for("document.querySelector('[data-action=verify-password]')?.offsetParent == null")
        .await;
    walk.to_wait().await;
    walk.practice_phone_registers().await;
    walk.press("continue-to-call").await;
    walk.window.wait_for_screen("call").await;
    walk.call().await;
}

#[tokio::test]
async fn a_wrong_password_at_the_check_is_explained_and_repaired() {
    let walk = Walk::begin(AppWindow::open().await, "wrong").await;
    walk.sign_in().await;
    let api = pretend_api::sign_in(&walk).await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    api.give_another_password("lobby", "front-desk").await;

    walk.check().await;

    assert_eq!(tone(&walk).await, "bad", "{}", walk.window.text().await);
    walk.look("password-at-the-check").await;
    walk.open_details().await;
    walk.look("password-details").await;
    walk.press("fix-new_password").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("password-confirm").await;
    walk.press("confirm-yes").await;
    walk.window
        .wait_for("document.body.innerText.includes('has a new password')")
        .await;
    walk.look("password-repaired").await;
    walk.check().await;
    assert_eq!(tone(&walk).await, "good", "{}", walk.window.text().await);
}

#[tokio::test]
async fn every_screen_fits_a_small_window() {
    let window = AppWindow::open().await;
    window.set_size(900, 640).await;
    let walk = Walk::begin(window, "small").await;

    from_home_to_finish(&walk).await;
}

#[tokio::test]
async fn every_screen_fits_a_small_dark_window_with_large_letters() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let window = AppWindow::open_in(session).await;
    window.set_size(900, 640).await;
    window.set_text_size(200).await;
    let walk = Walk::begin(window, "large").await;

    from_home_to_finish(&walk).await;
}
