//! Records the window's calls and their responses during a walk, for the group `chromium`, which
//! replays them in another engine.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::{fs, thread};

use acceptance::app_window::AppWindow;
use acceptance::paths::{target, workspace};
use registrar_practice::Practice;

/// The walks that are played, each with its test.
fn played() -> BTreeMap<String, String> {
    serde_json::from_str(include_str!("../chromium/walks.json")).unwrap()
}

/// Begins to write down a walk at Home, where it is one that is played.
pub(crate) async fn begin(window: &AppWindow, walk: &str) {
    let Some(test) = played().remove(walk) else {
        return;
    };
    let name = thread::current().name().unwrap_or_default().to_owned();
    assert_eq!(
        test, name,
        "tests/chromium/walks.json names the test of {walk}"
    );
    let recorder = fs::read_to_string(workspace().join("tests/chromium/recorder.js")).unwrap();
    window.client().execute(&recorder, vec![]).await.unwrap();
    window.wait_for("window.recordedFirst !== undefined").await;
}

/// Writes `target/recordings/WALK.json` with all that happened until this look, where the window was
/// not opened anew since.
pub(crate) async fn mark(window: &AppWindow, walk: &str, look: &str) {
    let look = serde_json::json!(look);
    let recorded = format!("window.recorded?.({look}) ?? null");
    let recorded = window.evaluate(&recorded).await;
    let Some(recorded) = recorded.as_str() else {
        return;
    };
    let folder = folder();
    write_page(&folder);
    fs::write(
        folder.join(format!("{walk}.json")),
        without_secrets(recorded),
    )
    .unwrap();
}

/// Puts the window's files together as the app's build does, once for all walks.
fn write_page(folder: &Path) {
    static WRITTEN: Once = Once::new();
    WRITTEN.call_once(|| {
        let page = folder.join("page");
        let _none = fs::remove_dir_all(&page);
        fs::create_dir_all(&page).unwrap();
        registrar_bundler::write(&workspace().join("ui"), &page).unwrap();
    });
}

fn folder() -> PathBuf {
    target().join("recordings")
}

/// Replaces what opens the practice services, and what has the form of a hash or of their addresses,
/// by as many letters that open nothing.
fn without_secrets(recorded: &str) -> String {
    let mut text = recorded.to_owned();
    for secret in [
        Practice::sample_sign_in().client_secret.as_str(),
        Practice::sample_twilio().auth_token.as_str(),
    ] {
        text = text.replace(secret, &"x".repeat(secret.len()));
    }
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for letter in text.chars() {
        if letter.is_ascii_hexdigit() {
            digits.push(letter);
            continue;
        }
        flush(&mut digits, &mut out);
        out.push(letter);
    }
    flush(&mut digits, &mut out);
    out
}

fn flush(digits: &mut String, out: &mut String) {
    if digits.len() == 32 {
        out.push_str(&"0".repeat(32));
    } else {
        out.push_str(digits);
    }
    digits.clear();
}

#[test]
fn a_recording_holds_no_practice_secret() {
    let secret = Practice::sample_sign_in().client_secret;
    let hash = "0123456789abcdef".repeat(2);

    let text = without_secrets(&format!("\"{}\" /{hash}/ cafe", secret.as_str()));

    let hidden = "x".repeat(secret.as_str().len());
    assert_eq!(text, format!("\"{hidden}\" /{}/ cafe", "0".repeat(32)));
}
