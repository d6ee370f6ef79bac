//! Data that leaves the window: copies and files, written by Rust.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use acceptance::app_window::AppWindow;
use acceptance::owned_process::{PATIENCE, wait_until};
use acceptance::paths;
use fantoccini::key::Key;

use crate::walk::{PASSWORD, Walk};

/// What the clipboard of the session holds, as another program reads it.
pub(crate) fn clipboard(walk: &Walk) -> String {
    let output = walk
        .window
        .session()
        .command("xclip")
        .args(["-o", "-selection", "clipboard"])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn xdotool(walk: &Walk, arguments: &[&str]) -> String {
    let mut command = walk.window.session().command("xdotool");
    let output = command.args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Waits for a dialog of the system, which `WebDriver` does not see, and returns its window.
fn dialog(walk: &Walk, title: &str) -> String {
    let mut dialog = String::new();
    wait_until("the dialog is there", || {
        let windows = xdotool(walk, &["search", "--onlyvisible", "--name", title]);
        windows
            .lines()
            .last()
            .unwrap_or_default()
            .clone_into(&mut dialog);
        !dialog.is_empty()
    });
    dialog
}

/// Whether a dialog is open. A search ends with nothing where any window is closed under it, such as
/// a list of names that was just drawn: three in a row do not.
fn is_open(walk: &Walk, title: &str) -> bool {
    (0..3).any(|_| !xdotool(walk, &["search", "--onlyvisible", "--name", title]).is_empty())
}

/// Types a path into the system's dialog for a file that is there, until the dialog has closed.
pub(crate) async fn open_file(walk: &Walk, path: &Path) {
    answer_dialog(walk, "^Open", path, || true).await;
}

/// Types a path into the system's dialog for a file that is written later, until the dialog has
/// closed.
pub(crate) async fn choose_place(walk: &Walk, path: &Path) {
    answer_dialog(walk, "^Save", path, || true).await;
}

/// Types a path into the system's save dialog, until the file is there.
pub(crate) async fn save_as(walk: &Walk, path: &Path) {
    answer_dialog(walk, "^Save", path, || path.exists()).await;
}

/// Closes the system's dialog for a file that is written later.
pub(crate) async fn choose_no_place(walk: &Walk) {
    let dialog = dialog(walk, "^Save");
    answer(
        walk,
        "^Save",
        || true,
        || {
            xdotool(walk, &["windowfocus", "--sync", &dialog]);
            xdotool(walk, &["key", "Escape"]);
        },
    )
    .await;
}

async fn answer_dialog(walk: &Walk, title: &str, path: &Path, done: impl Fn() -> bool) {
    let dialog = dialog(walk, title);
    let xdotool = |arguments: &[&str]| xdotool(walk, arguments);
    answer(walk, title, done, || {
        xdotool(&["windowfocus", "--sync", &dialog]);
        if title == "^Open" {
            xdotool(&["key", "ctrl+l"]);
        }
        xdotool(&["key", "ctrl+a"]);
        xdotool(&["type", &path.display().to_string()]);
        xdotool(&["key", "Return"]);
    })
    .await;
}

/// Types until the dialog has closed and what it was to do is done, then gives the app's window the
/// keyboard: the page takes no key without it. Keys may be lost on a dialog that is not ready, so they
/// are typed again after a while. They go to whatever has the keyboard: xdotool ends where a window
/// that was named to it closes at a key, before it lets go of the key, and the X server repeats that
/// one from then on.
async fn answer(walk: &Walk, title: &str, done: impl Fn() -> bool, keys: impl Fn()) {
    let deadline = Instant::now() + PATIENCE;
    let answered = || !is_open(walk, title) && done();
    while !answered() {
        assert!(Instant::now() < deadline, "the dialog did not close");
        keys();
        let again = Instant::now() + PATIENCE / 6;
        while !answered() && Instant::now() < again {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    walk.window.focus().await;
}

#[tokio::test]
async fn password_is_copied_and_file_saved_where_the_dialog_says() {
    let walk = Walk::begin(AppWindow::open().await, "clipboard-and-files").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    walk.choose_phone("no such phone").await;

    walk.press("copy-password").await;
    wait_until("the password is in the clipboard", || {
        clipboard(&walk) == PASSWORD
    });
    walk.press("copy-realm").await;
    wait_until("the realm is", || {
        clipboard(&walk) == "lobby.1a2b3c.auth.bandwidth.com"
    });
    walk.press("choose-another").await;
    walk.choose_phone("linphone").await;
    walk.look("5-phone-asks").await;
    walk.window.tab_to("#account-no").await;
    walk.window.press(Key::Space).await;
    walk.look("5-phone-new").await;
    walk.press("save-phone-file").await;
    let path = walk.window.session().folder().join("phone.xml");
    save_as(&walk, &path).await;

    let file = fs::read_to_string(&path).unwrap();
    assert!(file.contains("reg_proxy") && file.contains("ha1"), "{file}");
    assert!(!file.contains(PASSWORD));
    let shown = path.display().to_string();
    walk.window
        .wait_for(&format!("document.body.innerText.includes('{shown}')"))
        .await;
}

#[tokio::test]
async fn the_hand_over_sheet_is_printed_from_the_window() {
    let walk = Walk::begin(AppWindow::open().await, "printed").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_call().await;
    walk.press("continue-to-finish").await;
    walk.window.wait_for_screen("finish").await;

    walk.press("print").await;
    let dialog = dialog(&walk, "^Print");
    let printed = walk.window.session().home().join("output.pdf");
    let deadline = Instant::now() + PATIENCE;
    // Where no printer is set up, the first one in the list writes this file.
    while !printed.exists() {
        assert!(Instant::now() < deadline, "the dialog printed nothing");
        xdotool(&walk, &["windowfocus", "--sync", &dialog]);
        let first = ["mousemove", "--window", &dialog, "84", "87", "click", "1"];
        xdotool(&walk, &first);
        xdotool(&walk, &["key", "alt+p"]);
        let written = Instant::now() + Duration::from_secs(3);
        while !printed.exists() && Instant::now() < written {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    let text = |path: &Path| {
        let mut command = walk.window.session().command("pdftotext");
        let output = command
            .args(["-layout"])
            .arg(path)
            .arg("-")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    wait_until("the whole sheet is there", || {
        text(&printed).contains("mergency")
    });
    let sheet = text(&printed);
    for part in ["front-desk", "lobby.1a2b3c.auth.bandwidth.com"] {
        assert!(sheet.contains(part), "{part} in {sheet}");
    }
    for part in [PASSWORD, "Behind the scenes"] {
        assert!(!sheet.contains(part), "{part} in {sheet}");
    }
    let kept = paths::target().join("screens/printed.pdf");
    fs::copy(&printed, kept).unwrap();
}

#[tokio::test]
async fn a_shown_password_is_hidden_by_a_second_press_and_by_leaving() {
    let walk = Walk::begin(AppWindow::open().await, "shown").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    walk.choose_phone("no such phone").await;

    walk.press("show-password").await;

    walk.window
        .wait_for("document.body.innerText.includes('Tr0u')")
        .await;
    walk.look("5-phone-shown").await;
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
    walk.to_wait().await;
    let left = walk.window.evaluate("globalThis.shown.textContent").await;
    assert!(!left.as_str().unwrap().contains("Tr0u"), "{left}");
}
