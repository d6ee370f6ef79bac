//! Realms at the practice desk in the real window, using only the keyboard.

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use serde_json::json;

use crate::walk::Walk;

async fn open(session: PrivateSession, name: &'static str) -> Walk {
    let walk = Walk::begin(AppWindow::open_in(session).await, name).await;
    walk.press("practice-desk").await;
    walk.window.wait_for_screen("desk").await;
    idle_saying(&walk, "All 2 SIP credentials are loaded.").await;
    walk.press("open-realms").await;
    walk.window.wait_for_screen("realms").await;
    idle_saying(&walk, "office.1a2b3c").await;
    walk
}

async fn idle_saying(walk: &Walk, text: &str) {
    let text = json!(text);
    walk.window
        .wait_for(&format!(
            "document.body.innerText.includes({text}) \
             && document.querySelector('#work[aria-busy]') === null"
        ))
        .await;
}

/// Presses a button of the realm whose name begins so.
async fn press_of(walk: &Walk, realm: &str, action: &str) {
    let realm = json!(realm);
    let mark = format!(
        "[...document.querySelectorAll('.realm-card')].filter((card) => card.querySelector('h2').innerText \
         .startsWith({realm})).map((card) => card.querySelector('[data-action={action}]').id = 'wanted').length"
    );
    assert_eq!(walk.window.evaluate(&mark).await, 1);
    walk.window.tab_to("#wanted").await;
    walk.window.press(fantoccini::key::Key::Enter).await;
    walk.window
        .evaluate("document.querySelector('#wanted')?.removeAttribute('id')")
        .await;
}

#[tokio::test]
async fn realms_are_created_made_default_and_deleted_by_keyboard() {
    let walk = open(
        PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1),
        "realms",
    )
    .await;
    walk.look("1-list").await;

    press_of(&walk, "office", "delete-realm").await;
    idle_saying(&walk, "Bandwidth doesn’t delete the default realm.").await;
    walk.look("2-barred").await;
    walk.press("close-action").await;

    walk.press("new-realm").await;
    walk.fill("name", "Lobby!").await;
    idle_saying(&walk, "lowercase letters").await;
    walk.fill("name", "lobby").await;
    walk.fill("description", "ground floor").await;
    walk.look("3-make").await;
    walk.press("add-realm").await;
    idle_saying(&walk, "was created and is active.").await;
    walk.look("4-made").await;

    press_of(&walk, "lobby", "describe-realm").await;
    walk.fill("description", "first floor").await;
    walk.look("5-describe").await;
    walk.press("save-description").await;
    idle_saying(&walk, "was changed.").await;
    press_of(&walk, "lobby", "default-realm").await;
    walk.look("6-default").await;
    walk.press("save-default").await;
    idle_saying(&walk, "default realm.").await;
    press_of(&walk, "office", "delete-realm").await;
    idle_saying(&walk, "It has 2 SIP credentials").await;
    walk.press("close-action").await;
    press_of(&walk, "office", "default-realm").await;
    walk.press("save-default").await;
    idle_saying(
        &walk,
        "office.1a2b3c.auth.bandwidth.com is now the account’s default realm.",
    )
    .await;

    press_of(&walk, "lobby", "delete-realm").await;
    walk.fill("typed", "lobby").await;
    walk.press("really-delete").await;
    idle_saying(&walk, "Enter the realm’s full name").await;
    walk.look("7-delete").await;
    walk.fill("typed", "lobby.1a2b3c.auth.bandwidth.com").await;
    walk.press("really-delete").await;
    idle_saying(&walk, "was deleted.").await;
    let cards = walk
        .window
        .evaluate("document.querySelectorAll('.realm-card').length");
    assert_eq!(cards.await, 1);
    walk.press("show-credentials").await;
    walk.window.wait_for_screen("desk").await;
}

#[tokio::test]
async fn realms_in_dark_colors_fit_a_small_window_and_large_text() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = open(session, "realms-dark").await;

    walk.press("new-realm").await;
    walk.look("1-make").await;
    walk.window.set_size(900, 640).await;
    walk.look("2-small").await;
    walk.window.set_text_size(200).await;
    walk.look("3-large-text").await;
}
