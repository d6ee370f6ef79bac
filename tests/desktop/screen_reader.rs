//! What screen readers and the window's title get: everything that should be read, and no secret.

use std::path::Path;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use acceptance::secret_forms::found_in;

use crate::walk::{PASSWORD, Walk};
use crate::written::hashes;

const REALM: &str = "lobby.1a2b3c.auth.bandwidth.com";
const NAME: &str = "front-desk";

/// Returns what a screen reader can read, and the titles of all windows.
fn told(walk: &Walk) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("desktop/accessible.py");
    let session = walk.window.session();
    // Debian's own Python, which has the bindings.
    let read = session.command("/usr/bin/python3").arg(script).output();
    let read = read.unwrap();
    let errors = String::from_utf8_lossy(&read.stderr);
    assert!(read.status.success(), "{errors}");
    let titles = session
        .command("xdotool")
        .args(["search", "--name", ".*", "getwindowname", "%@"])
        .output()
        .unwrap();
    let told = [read.stdout, titles.stdout].concat();
    String::from_utf8(told).unwrap()
}

fn tells(walk: &Walk, what: &[&str]) {
    let told = told(walk);
    for part in what {
        assert!(told.contains(part), "{part} in {told}");
    }
    let hashes = hashes(NAME, REALM, PASSWORD);
    for secret in [PASSWORD, &hashes[0], &hashes[1]] {
        assert_eq!(found_in(&told, secret), None, "{told}");
    }
}

#[tokio::test]
async fn a_screen_reader_is_told_what_is_to_be_read_and_no_secret() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.start_accessibility();
    let walk = Walk {
        window: AppWindow::open_in(session).await,
        name: None,
        said: std::cell::RefCell::default(),
    };
    walk.sign_in().await;
    tells(&walk, &["SIP Registrar Setup", "Realm"]);
    walk.make_realm("lobby").await;
    walk.fill("userName", NAME).await;
    walk.fill("password", PASSWORD).await;
    walk.window
        .wait_for("document.body.innerText.includes('Hash1b')")
        .await;
    tells(&walk, &[NAME, REALM, "Password", "Hash1b"]);
    // What is looked for would be found: as long as the person has it shown, it is told.
    walk.press("show-password").await;
    assert!(told(&walk).contains(PASSWORD), "{}", told(&walk));
    walk.press("show-password").await;
    tells(&walk, &[NAME]);
    walk.press("create-credential").await;
    walk.window.wait_for_screen("test").await;
    walk.check().await;
    tells(&walk, &[NAME, REALM]);
    walk.register_phone().await;
    walk.call().await;
    tells(&walk, &[NAME, REALM]);
}
