//! The Activity screen in the real window, using only the keyboard.

use std::path::Path;

use acceptance::app_window::{AppWindow, USUAL_SIZE, browse};
use acceptance::paths;
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use registrar_practice::Faults;
use serde_json::json;

use crate::clipboard_and_files::save_as;
use crate::external_api::ExternalApi;
use crate::walk::Walk;

/// Waits until the line under the list says how many are shown.
async fn shown(walk: &Walk, begins: &str) {
    let begins = json!(begins);
    walk.window
        .wait_for(&format!(
            "document.querySelector('[data-part=shown]')?.textContent.startsWith({begins})"
        ))
        .await;
}

/// Practises at the desk and checks, so that there is something to see.
async fn practice(walk: &Walk) {
    walk.press("practice-desk").await;
    walk.window.wait_for_screen("desk").await;
    let loaded = "document.body.innerText.includes('All 2 SIP credentials are loaded.') \
                  && document.querySelector('#work[aria-busy]') === null";
    walk.window.wait_for(loaded).await;
    walk.press("check-shown").await;
    let checked = "document.querySelector('#work[aria-busy]') === null \
                   && document.querySelector('[data-part=checking]').innerText.includes('accepted')";
    walk.window.wait_for(checked).await;
}

async fn open(walk: &Walk) {
    walk.press("activity").await;
    walk.window.wait_for_screen("activity").await;
}

async fn kinds(walk: &Walk) -> serde_json::Value {
    let kinds = "[...new Set([...document.querySelectorAll('.grid-row .cell-kind')]\
                 .map((cell) => cell.textContent))].sort()";
    walk.window.evaluate(kinds).await
}

#[tokio::test]
async fn what_was_sent_is_found_opened_and_cleared_by_keyboard() {
    let walk = Walk::begin(AppWindow::open().await, "activity").await;
    open(&walk).await;
    shown(&walk, "0 of 0 shown").await;
    walk.look("1-empty").await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    practice(&walk).await;

    open(&walk).await;
    walk.window
        .wait_for("document.querySelectorAll('.grid-row').length > 5")
        .await;
    assert_eq!(kinds(&walk).await, json!(["Check", "Request"]));
    walk.look("2-list").await;

    walk.fill("find", "REGISTER sip:").await;
    shown(&walk, "2 of ").await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement.id === 'details-title'")
        .await;
    let colored = "document.querySelectorAll('[data-part=bodies] [data-token=header]').length > 5";
    walk.window.wait_for(colored).await;
    walk.look("3-check").await;
    walk.window.press(Key::Escape).await;
    walk.window
        .wait_for("document.activeElement.matches('[role=grid]')")
        .await;

    walk.fill("find", "sipcredentials").await;
    walk.window
        .wait_for("document.querySelectorAll('.grid-row .cell-kind').length > 0 && [...document.querySelectorAll('.grid-row .cell-kind')].every((cell) => cell.textContent === 'Request')")
        .await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Space).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.querySelector('[data-part=bodies] [data-token=tag]') !== null")
        .await;
    walk.look("4-request").await;
    walk.fill("find", "nothing holds this").await;
    shown(&walk, "0 of ").await;
    walk.look("5-nothing-fits").await;

    walk.press("clear-activity").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("6-clear").await;
    walk.press("confirm-yes").await;
    shown(&walk, "0 of 0 shown").await;
}

#[tokio::test]
async fn activity_fits_dark_colors_small_windows_and_large_text() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "activity-dark").await;
    practice(&walk).await;
    open(&walk).await;
    walk.window
        .wait_for("document.querySelectorAll('.grid-row').length > 5")
        .await;
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement.id === 'details-title'")
        .await;
    walk.look("1-open").await;

    walk.window.set_size(900, 640).await;
    walk.look("2-small").await;
    walk.window.set_text_size(200).await;
    walk.look("3-large").await;
}

/// Opens a saved page in another browser, and pictures it. Nothing in it may run or be fetched.
async fn read_elsewhere(walk: &Walk, page: &Path, picture: &str) -> String {
    let (_driver, browser) = browse(walk.window.session(), page).await;
    let look = "return {
        scripts: document.scripts.length,
        fetched: performance.getEntriesByType('resource').length,
        leading: document.querySelectorAll('[src], [href], iframe, object, form').length,
        handlers: [...document.querySelectorAll('*')].filter((element) =>
            element.getAttributeNames().some((name) => name.startsWith('on'))).length,
        mode: document.compatMode,
        wider: document.documentElement.scrollWidth - innerWidth,
        text: document.body.innerText }";
    let seen = browser.execute(look, vec![]).await.unwrap();
    let png = browser.screenshot().await.unwrap();
    let path = paths::target()
        .join("screens")
        .join(format!("{picture}.png"));
    std::fs::write(path, png).unwrap();
    browser.close().await.unwrap();
    for nothing in ["scripts", "fetched", "leading", "handlers"] {
        assert_eq!(seen[nothing], 0, "{nothing}");
    }
    assert_eq!(seen["mode"], "CSS1Compat");
    assert!(seen["wider"].as_f64().unwrap() <= 0.0, "it is not cut off");
    seen["text"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_saved_from_its_box_and_read_in_the_dark() {
    let api = ExternalApi::start().await;
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "evidence-failure").await;
    api.open_desk(&walk).await;
    api.practice.set_faults(Faults {
        account_not_enabled: true,
        ..Faults::default()
    });

    walk.press("refresh").await;
    walk.window
        .wait_for("document.querySelector('[data-action=save-failure]')?.offsetParent != null")
        .await;
    walk.look("1-failed").await;
    let sentence = "document.querySelector('#failure-sentence').textContent";
    let sentence = walk.window.evaluate(sentence).await;
    let page = walk.window.session().folder().join("failure.html");
    walk.press("save-failure").await;
    save_as(&walk, &page).await;

    let text = read_elsewhere(&walk, &page, "evidence-dark").await;
    for part in [sentence.as_str().unwrap(), "Northwind", "/realms", "HTTP "] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let secret = registrar_practice::Practice::sample_sign_in().client_secret;
    assert!(!text.contains(&secret));
}

#[tokio::test]
async fn evidence_opens_in_other_browsers() {
    let walk = Walk::begin(AppWindow::open().await, "evidence").await;
    practice(&walk).await;
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement.id === 'details-title'")
        .await;
    let of_one = walk.window.session().folder().join("one.html");
    walk.press("save-credential").await;
    save_as(&walk, &of_one).await;
    open(&walk).await;
    walk.window
        .wait_for("document.querySelectorAll('.grid-row').length > 5")
        .await;
    let of_all = walk.window.session().folder().join("all.html");
    walk.press("save-evidence").await;
    save_as(&walk, &of_all).await;

    let one = read_elsewhere(&walk, &of_one, "evidence-one").await;
    let all = read_elsewhere(&walk, &of_all, "evidence-all").await;

    for part in [
        "Practice: nothing here is real.",
        "The registrar accepted",
        "SIP Registrar Setup",
        "DNS answers",
        "REGISTER",
        "200 OK",
    ] {
        assert!(one.contains(part), "{part} in {one}");
    }
    for part in ["GET", "HTTP 200", "WebView", "sipcredentials"] {
        assert!(all.contains(part), "{part} in {all}");
    }
}
