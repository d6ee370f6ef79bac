//! Practice: started afresh, reset after its journey finished, and its hints.

use acceptance::app_window::AppWindow;

use crate::walk::{PASSWORD, Walk};

const RESET: &str = "document.querySelector('[data-action=reset-practice]')?.offsetParent != null";

#[tokio::test]
async fn practice_begins_anew_and_is_reset_after_finish() {
    let mut walk = Walk::begin(AppWindow::open().await, "practice").await;
    assert_eq!(walk.window.evaluate(RESET).await, false, "nothing was done");
    walk.says(&["Practice first"]).await;
    let name = walk.name.take();
    to_the_credential(&walk).await;
    walk.fill("userName", "reception").await;
    walk.fill("password", PASSWORD).await;
    walk.press("create-credential").await;
    walk.window
        .tab_to(".failure [data-recovery-option=new_password]")
        .await;
    walk.window.press(fantoccini::key::Key::Enter).await;
    walk.agree().await;
    walk.window.wait_for_screen("test").await;
    walk.to_call().await;

    // It stopped at step 6.
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    to_the_credential(&walk).await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("continue-journey").await;
    walk.window.wait_for_screen("credential").await;
    walk.fill("userName", "lobby").await;
    walk.fill("password", PASSWORD).await;
    walk.press("create-credential").await;
    walk.window.wait_for_screen("test").await;
    walk.to_call().await;
    walk.press("continue-to-finish").await;
    walk.window.wait_for_screen("finish").await;
    walk.press("finish-journey").await;
    walk.window.wait_for_screen("home").await;

    walk.name = name;
    assert_eq!(walk.window.evaluate(RESET).await, true, "it was practiced");
    walk.look("1-finished").await;
    let address = hint(&walk).await;
    walk.says(&["The one you replaced it with"]).await;
    walk.look("2-password-replaced").await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("reset-practice").await;
    walk.agree().await;
    walk.window.wait_for(&format!("!({RESET})")).await;
    walk.look("3-reset").await;

    assert_eq!(hint(&walk).await, address, "phones know its port");
    walk.says(&["practice-phone-password"]).await;
}

/// From Home by 'Practice first' over each step to the credential.
async fn to_the_credential(walk: &Walk) {
    walk.sign_in().await;
    walk.press("choose-realm").await;
    walk.window.wait_for_screen("credential").await;
}

/// Opens the check in practice, and returns the address that it names.
async fn hint(walk: &Walk) -> String {
    walk.press("open-check").await;
    walk.window.wait_for_screen("check").await;
    let shown = "document.querySelector('[data-part=sample]')?.offsetParent != null";
    if walk.window.evaluate(shown).await == false {
        walk.press("check-practice").await;
        walk.window.wait_for(shown).await;
    }
    let address = "document.querySelector('[data-part=sample-values] > :last-child').textContent";
    let address = walk.window.evaluate(address).await;
    let address = address.as_str().unwrap().to_owned();
    assert!(address.contains("127.0.0.1:"), "{address}");
    address
}
