//! Support's work in the real window, using only the keyboard: checking a typed credential, and a
//! call from this computer.

use acceptance::app_window::AppWindow;

use crate::walk::Walk;

/// A verdict of this tone stands there, and no work runs.
fn verdict(tone: &str) -> String {
    format!(
        "document.querySelector('#work[aria-busy]') === null \
         && document.querySelector('.verdict[data-tone={tone}]')?.offsetParent != null"
    )
}

#[tokio::test]
async fn typed_credential_is_checked_pinged_and_watched_in_practice() {
    let walk = Walk::begin(AppWindow::open().await, "support").await;
    walk.press("open-check").await;
    walk.window.wait_for_screen("check").await;
    walk.look("check").await;
    walk.press("check-practice").await;
    walk.window
        .wait_for("!document.querySelector('#practice').hidden")
        .await;

    walk.press("fill-in").await;
    walk.press("check-registration").await;
    walk.window.wait_for(&verdict("good")).await;
    walk.look("check-good").await;
    walk.press("ping-registrar").await;
    walk.window
        .wait_for("document.querySelectorAll('.ping-time[data-tone=good]').length > 1")
        .await;
    walk.fill("every", "5").await;
    walk.press("watch-registration").await;
    walk.window
        .wait_for("document.querySelectorAll('.mark[data-tone=good]').length > 0")
        .await;
    walk.look("check-watch").await;
    walk.fill("secret", "not the password").await;
    walk.window
        .wait_for("document.querySelectorAll('.mark[data-tone=good]').length > 1")
        .await;
    let typed = walk
        .window
        .evaluate("document.querySelector('#secret').value")
        .await;
    assert_eq!(typed, "not the password", "a look takes nothing away");
    walk.press("stop-watch").await;
    walk.window
        .wait_for("document.activeElement.dataset.action === 'watch-registration'")
        .await;

    walk.press("check-registration").await;
    walk.window.wait_for(&verdict("bad")).await;
    walk.look("check-bad").await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
}

#[tokio::test]
async fn a_call_from_this_computer_shows_the_sound_that_comes_back() {
    let walk = Walk::begin(AppWindow::open().await, "local-call").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.check().await;
    walk.to_call().await;

    walk.press("place-local-call").await;
    walk.window
        .wait_for("document.querySelector('.keypad')?.offsetParent != null")
        .await;
    let heard = "Number(document.querySelector('[data-part=level-back] [role=meter]').getAttribute('aria-valuenow')) > -60";
    walk.window.wait_for(heard).await;
    walk.window.type_text("5#").await;
    walk.window
        .wait_for("document.querySelector('[data-part=pressed]').textContent === '5#'")
        .await;
    walk.look("talking").await;
    walk.press("local-hang-up").await;

    walk.window.wait_for(&verdict("good")).await;
    walk.look("call-done").await;
}
