//! The About page, using only the keyboard.

use acceptance::app_window::AppWindow;
use fantoccini::key::Key;
use serde_json::json;

use crate::walk::Walk;

const FOUND: &str = "document.querySelectorAll('[data-part=licenses] > li:not([hidden])').length";

#[tokio::test]
async fn the_license_of_every_part_is_found_by_a_word_and_read() {
    let walk = Walk::begin(AppWindow::open().await, "about").await;

    walk.press("about").await;
    walk.window.wait_for_screen("about").await;
    walk.window.wait_for(&format!("{FOUND} > 100")).await;
    let said = walk.window.text().await;
    assert!(said.contains(env!("CARGO_PKG_VERSION")), "{said}");
    assert!(
        said.contains("dev.sipregistrar.setup"),
        "the folder: {said}"
    );
    walk.look("1-about").await;

    walk.fill("find-license", "Inter (font)").await;
    walk.window.wait_for(&format!("{FOUND} === 1")).await;
    walk.window.press(Key::Tab).await;
    walk.window.press(Key::Enter).await;
    let opened = "document.querySelector('details[open] pre')?.textContent.includes('SIL OPEN FONT LICENSE')";
    walk.window.wait_for(opened).await;
    walk.look("2-one-license").await;

    walk.window.set_size(900, 640).await;
    walk.fill("find-license", "").await;
    walk.window.wait_for(&format!("{FOUND} > 100")).await;
    walk.look("3-small").await;
    walk.window.set_text_size(200).await;
    walk.look("4-large-text").await;

    walk.fill("find-license", "no such word anywhere").await;
    walk.window.wait_for(&format!("{FOUND} === 0")).await;
    let count = "document.querySelector('#licenses-found').textContent.startsWith('0 of ')";
    assert_eq!(walk.window.evaluate(count).await, json!(true));
}
