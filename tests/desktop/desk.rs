//! The practice desk in the real window, using only the keyboard.

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use serde_json::json;

use crate::walk::Walk;

/// How many SIP credentials are made beside the two of every practice account.
const MADE: usize = 1_200;

pub(crate) async fn open_desk(walk: &Walk) {
    walk.press("practice-desk").await;
    walk.window.wait_for_screen("desk").await;
    all_loaded(walk, "All 2 SIP credentials are loaded.").await;
}

pub(crate) async fn all_loaded(walk: &Walk, sentence: &str) {
    let says = json!(sentence);
    walk.window
        .wait_for(&format!(
            "document.body.innerText.includes({says}) \
             && document.querySelector('#work[aria-busy]') === null"
        ))
        .await;
}

/// Waits until the line under the list says how many are shown and selected.
pub(crate) async fn shown(walk: &Walk, shown: &str, selected: &str) {
    let line = format!("{shown} shown · {selected} selected");
    let line = json!(line);
    walk.window
        .wait_for(&format!(
            "document.querySelector('[data-part=shown]')?.textContent === {line}"
        ))
        .await;
}

pub(crate) async fn find(walk: &Walk, text: &str) {
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.type_text("/").await;
    walk.window
        .wait_for("document.activeElement?.id === 'find'")
        .await;
    walk.window
        .press_together(&[Key::Control.into(), 'a'])
        .await;
    walk.window.type_text(text).await;
}

/// Waits until a check has ended and says this.
pub(crate) async fn until_checked(walk: &Walk, sentence: &str) {
    let says = json!(sentence);
    walk.window
        .wait_for(&format!(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('[data-part=checking]').innerText.includes({says})"
        ))
        .await;
}

/// Waits until the list shows results of these tones: it asks for its rows once a check has ended.
async fn until_tones(walk: &Walk, tones: &[&str]) {
    let tones = json!(tones).to_string();
    walk.window
        .wait_for(&format!(
            "JSON.stringify([...document.querySelectorAll('.result-tag')]\
               .map((tag) => tag.dataset.tone)) === '{tones}'"
        ))
        .await;
}

/// Makes SIP credentials as another client of the practice API would.
async fn make_many(walk: &Walk) {
    let api = crate::pretend_api::sign_in(walk).await;
    api.make_credentials(22, MADE).await;
}

#[tokio::test]
async fn list_is_opened_searched_selected_and_checked_by_keyboard() {
    let walk = Walk::begin(AppWindow::open().await, "desk-light").await;
    open_desk(&walk).await;
    shown(&walk, "2", "0").await;
    walk.look("1-open").await;

    find(&walk, "ANNA").await;
    shown(&walk, "1", "0").await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Space).await;
    shown(&walk, "1", "1").await;
    walk.press("check-selected").await;
    until_checked(&walk, "1 credential was checked and accepted.").await;
    until_tones(&walk, &["good"]).await;
    walk.look("2-found-and-checked").await;

    find(&walk, " ").await;
    shown(&walk, "2", "1").await;
    walk.press("check-shown").await;
    until_checked(&walk, "All 2 checked credentials were accepted.").await;
    until_tones(&walk, &["good", "good"]).await;
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::Home).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement?.id === 'details-title'")
        .await;
    walk.look("3-details").await;
    let details = "document.querySelector('[data-part=details]').innerText";
    let said = walk.window.evaluate(details).await.to_string();
    for part in [
        "anna@phones.example",
        "stored hash",
        "Hash1 and Hash1b",
        "None: no phone",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }

    walk.window.set_size(900, 640).await;
    walk.look("4-small").await;
    walk.window.set_text_size(200).await;
    walk.look("5-large-text").await;
}

#[tokio::test]
async fn list_keeps_its_place_while_another_screen_is_open() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "desk-dark").await;
    open_desk(&walk).await;
    find(&walk, "reception").await;
    walk.press("check-shown").await;
    until_checked(&walk, "1 credential was checked and accepted.").await;
    walk.look("1-checked").await;

    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("practice-desk").await;
    walk.window.wait_for_screen("desk").await;

    shown(&walk, "1", "0").await;
    let found = walk
        .window
        .evaluate("document.querySelector('#find').value");
    assert_eq!(found.await, "reception");
    // The result is still there.
    until_tones(&walk, &["good"]).await;
}

#[tokio::test]
async fn the_window_holds_few_rows_of_many_and_a_check_is_stopped() {
    let walk = Walk::begin(AppWindow::open().await, "desk-many").await;
    open_desk(&walk).await;
    make_many(&walk).await;

    walk.window.press(Key::F5).await;
    all_loaded(&walk, "All 1,202 SIP credentials are loaded.").await;
    shown(&walk, "1,202", "0").await;
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::End).await;
    walk.window
        .wait_for("document.querySelector('.grid-row[data-active]')?.getAttribute('aria-rowindex') === '1203'")
        .await;
    let held = walk
        .window
        .evaluate("document.querySelectorAll('.grid-row').length");
    assert!(held.await.as_u64().unwrap() < 60, "only those in sight");
    walk.look("1-end").await;
    walk.window
        .press_together(&[Key::Shift.into(), Key::PageUp.into()])
        .await;
    walk.window
        .wait_for("document.querySelectorAll('.grid-row[aria-selected=true]').length > 3")
        .await;
    walk.window
        .press_together(&[Key::Control.into(), 'a'])
        .await;
    shown(&walk, "1,202", "1,202").await;

    walk.press("check-selected").await;
    walk.window
        .wait_for(
            "document.querySelectorAll('.result-tag').length > 0 || \
                   document.querySelector('[data-part=checking]')?.innerText.includes('to go')",
        )
        .await;
    walk.look("2-checking").await;
    walk.press("stop-check").await;
    until_checked(&walk, "weren’t checked.").await;
    let said = walk.window.text().await;
    assert!(said.contains("Stopped. "), "{said}");
    walk.look("3-stopped").await;

    walk.press("check-selected").await;
    walk.window
        .wait_for("document.querySelector('[data-part=checking]').innerText.includes('to go')")
        .await;
    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;
    walk.press("desk").await;
    walk.window.wait_for_screen("desk").await;
    until_checked(&walk, "weren’t checked.").await;
    shown(&walk, "1,202", "1,202").await;
}
