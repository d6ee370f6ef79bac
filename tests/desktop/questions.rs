//! What a check asks before it continues, in the real window and using only the keyboard.

use std::sync::Arc;

use acceptance::app_window::AppWindow;
use fantoccini::key::Key;
use registrar_digest::ha1;
use registrar_practice::registrar::{Directory, Faults, Options, Registrar};
use registrar_secret::{Hash, SipPassword};

use crate::walk::Walk;

const PASSWORD: &str = "blue-Kettle-40";
const OTHER_REALM: &str = "pbx.example";

/// A PBX with one user, whose realm is its own.
struct Pbx;

impl Directory for Pbx {
    fn realms(&self) -> Vec<String> {
        vec![OTHER_REALM.to_owned()]
    }

    fn ha1(&self, realm: &str, name: &str) -> Option<Hash> {
        (name == "frontdesk").then(|| ha1(name, realm, &SipPassword::new(PASSWORD)))
    }
}

#[tokio::test]
async fn another_realm_is_answered_only_after_a_yes() {
    let pbx = Registrar::start(Arc::new(Pbx), Options::default());
    let pbx = pbx.await.unwrap();
    let walk = Walk::begin(AppWindow::open().await, "question").await;
    walk.press("open-check").await;
    walk.window.wait_for_screen("check").await;
    walk.fill("realm", "office.example").await;
    walk.fill("userName", "frontdesk").await;
    walk.fill("secret", PASSWORD).await;
    walk.window.tab_to("[data-part=options] summary").await;
    walk.window.press(Key::Enter).await;
    walk.fill("address", &format!("127.0.0.1:{}", pbx.port()))
        .await;

    walk.press("check-registration").await;
    asked(&walk).await;
    walk.look("other-realm").await;
    walk.says(&[OTHER_REALM, "can try to guess it"]).await;
    walk.window.press(Key::Escape).await;
    walk.window.wait_for(SETTLED).await;
    walk.look("other-realm-refused").await;
    walk.says(&["Not checked: the address asked for"]).await;

    walk.press("check-registration").await;
    asked(&walk).await;
    walk.press("confirm-yes").await;
    walk.window.wait_for(SETTLED).await;
    walk.look("other-realm-answered").await;
    walk.says(&["accepted the password for it"]).await;
}

#[tokio::test]
async fn a_403_to_a_check_asks_before_it_registers() {
    let pbx = Registrar::start(Arc::new(Pbx), Options::default());
    let pbx = pbx.await.unwrap();
    pbx.set_faults(Faults {
        status: Some(403),
        ..Faults::default()
    });
    let walk = Walk::begin(AppWindow::open().await, "question-403").await;
    walk.press("open-check").await;
    walk.window.wait_for_screen("check").await;
    walk.fill("realm", OTHER_REALM).await;
    walk.fill("userName", "frontdesk").await;
    walk.fill("secret", PASSWORD).await;
    walk.window.tab_to("[data-part=options] summary").await;
    walk.window.press(Key::Enter).await;
    walk.fill("address", &format!("127.0.0.1:{}", pbx.port()))
        .await;
    walk.choose("kind", "kind-full").await;

    walk.press("check-registration").await;
    asked(&walk).await;
    walk.look("forbidden").await;
    walk.says(&["answered 403 before it asked for the password"])
        .await;
    walk.press("confirm-yes").await;
    walk.window.wait_for(SETTLED).await;
    walk.look("forbidden-again").await;
    walk.says(&["The registrar doesn’t allow this registration (403)."])
        .await;
}

#[tokio::test]
async fn a_registered_phone_is_named_before_a_full_check() {
    let walk = Walk::begin(AppWindow::open().await, "question-phone").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    walk.to_wait().await;
    walk.practice_phone_registers().await;
    for screen in ["phone", "test"] {
        walk.press("back").await;
        walk.window.wait_for_screen(screen).await;
    }
    walk.open_details().await;
    walk.window.tab_to("[data-part=options] summary").await;
    walk.window.press(Key::Enter).await;
    walk.choose("kind", "kind-full").await;

    walk.press("check-registration").await;
    asked(&walk).await;
    walk.look("replace").await;
    walk.says(&["These are registered now", "@127.0.0.1:"])
        .await;
    walk.window.press(Key::Escape).await;
    walk.window.wait_for(SETTLED).await;
    walk.look("replace-refused").await;

    walk.press("check-again").await;
    asked(&walk).await;
    walk.press("confirm-yes").await;
    let good = "document.querySelector('.verdict[data-tone=good]')?.offsetParent != null";
    walk.window.wait_for(&format!("{SETTLED} && {good}")).await;
    walk.look("replace-agreed").await;
}

/// No question is open, no work runs, and a verdict stands there.
const SETTLED: &str = "!document.querySelector('#confirm').open \
                       && document.querySelector('#work[aria-busy]') === null \
                       && document.querySelector('.verdict[data-tone]')?.offsetParent != null";

async fn asked(walk: &Walk) {
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
}
