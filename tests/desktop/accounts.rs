//! The places outside of a journey and the page of all accounts, by keyboard alone.

use acceptance::app_window::AppWindow;
use serde_json::json;

use crate::walk::Walk;

/// The place that the rail marks as the open one.
async fn marked(walk: &Walk) -> serde_json::Value {
    let marked = "document.querySelector('#places [aria-current]')?.dataset.action ?? null";
    walk.window.evaluate(marked).await
}

#[tokio::test]
async fn every_place_is_one_press_away_and_the_open_one_is_marked() {
    let walk = Walk::begin(AppWindow::open().await, "places").await;
    assert_eq!(marked(&walk).await, json!("home"));

    walk.press("desk").await;
    walk.window.wait_for_screen("accounts").await;
    let said = walk.window.text().await;
    assert!(said.contains("there is none yet"), "{said}");
    assert_eq!(marked(&walk).await, json!("accounts"));
    walk.look("1-no-accounts").await;
    walk.press("practise-desk").await;
    walk.window.wait_for_screen("desk").await;
    assert_eq!(marked(&walk).await, json!("desk"));
    walk.window
        .wait_for("document.body.innerText.includes('All 2 SIP credentials are loaded.')")
        .await;
    walk.look("2-desk").await;

    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("desk").await;
    walk.window.wait_for_screen("desk").await;
    walk.window.set_size(900, 640).await;
    walk.look("3-small").await;
    walk.window.set_text_size(200).await;
    walk.look("4-large-text").await;
}
