//! What leaves the window: copies and files, made in Rust.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use acceptance::app_window::AppWindow;
use acceptance::owned_process::{PATIENCE, wait_until};

use crate::walk::{PASSWORD, Walk};

/// What the clipboard of the session holds, as another program reads it.
fn clipboard(walk: &Walk) -> String {
    let output = walk
        .window
        .session()
        .command("xclip")
        .args(["-o", "-selection", "clipboard"])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Types a path into the system's save dialog, which `WebDriver` does not see.
fn save_as(walk: &Walk, path: &Path) {
    let session = walk.window.session();
    let xdotool = |arguments: &[&str]| {
        let output = session.command("xdotool").args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut dialog = String::new();
    wait_until("the save dialog is there", || {
        let windows = xdotool(&["search", "--onlyvisible", "--name", "^Save"]);
        windows
            .lines()
            .last()
            .unwrap_or_default()
            .clone_into(&mut dialog);
        !dialog.is_empty()
    });
    let deadline = Instant::now() + PATIENCE;
    while !path.exists() {
        assert!(Instant::now() < deadline, "the dialog saved nothing");
        xdotool(&["windowfocus", "--sync", &dialog]);
        xdotool(&["key", "--window", &dialog, "ctrl+a"]);
        xdotool(&["type", "--window", &dialog, &path.display().to_string()]);
        xdotool(&["key", "--window", &dialog, "Return"]);
        let written = Instant::now() + Duration::from_secs(3);
        while !path.exists() && Instant::now() < written {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[tokio::test]
async fn a_password_is_copied_from_rust_and_a_file_is_saved_where_the_dialog_says() {
    let walk = Walk::begin(AppWindow::open().await, "handing-out").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;

    walk.press("copy-password").await;
    wait_until("the password is in the clipboard", || {
        clipboard(&walk) == PASSWORD
    });
    walk.press("copy-realm").await;
    wait_until("the realm is", || {
        clipboard(&walk) == "lobby.1a2b3c.auth.bandwidth.com"
    });
    walk.press("save-linphone").await;
    let path = walk.window.session().folder().join("phone.xml");
    save_as(&walk, &path);

    let file = fs::read_to_string(&path).unwrap();
    assert!(file.contains("reg_proxy") && file.contains("ha1"), "{file}");
    assert!(!file.contains(PASSWORD));
    let shown = path.display().to_string();
    walk.window
        .wait_for(&format!("document.body.innerText.includes('{shown}')"))
        .await;
}

#[tokio::test]
async fn a_shown_password_is_hidden_by_a_second_press_and_by_leaving() {
    let walk = Walk::begin(AppWindow::open().await, "shown").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;

    walk.press("show-password").await;

    walk.window
        .wait_for("document.body.innerText.includes('Tr0u')")
        .await;
    walk.look("5-register-shown").await;
    walk.press("show-password").await;
    walk.window
        .wait_for("!document.body.innerText.includes('Tr0u')")
        .await;
    walk.press("show-password").await;
    walk.window
        .wait_for("document.body.innerText.includes('Tr0u')")
        .await;
    // The element that showed it is held, to see that leaving empties it and not only its place.
    let hold = "(() => { globalThis.shown = document.querySelector('.four').parentElement; return true })()";
    walk.window.evaluate(hold).await;
    walk.press("registration-done").await;
    walk.window.wait_for_screen("call").await;
    let left = walk.window.evaluate("globalThis.shown.textContent").await;
    assert!(!left.as_str().unwrap().contains("Tr0u"), "{left}");
}
