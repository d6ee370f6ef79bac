//! The list of phones, and each phone's own page.

use std::fmt::Write as _;
use std::fs;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::owned_process::wait_until;
use acceptance::paths::target;
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use registrar_phones::phones;

use crate::clipboard_and_files::clipboard;
use crate::walk::{PASSWORD, Walk};

/// High enough for the longest page.
const HIGH: u32 = 2000;

const PAGE: &str = "document.querySelector('.phone-page') !== null";
const TILES: &str = "document.querySelector('.letter-tiles .letter-tile') !== null";
const NO_TILES: &str = "document.querySelector('.letter-tiles .letter-tile') === null";

/// Makes a credential with a generated password, and opens the list of phones.
async fn to_phones(walk: &Walk) {
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.fill("userName", "front-desk").await;
    walk.press("generate-password").await;
    walk.press("create-credential").await;
    walk.window.wait_for_screen("test").await;
    walk.check().await;
    walk.to_phone().await;
}

#[tokio::test]
async fn every_phone_has_a_page_of_its_own() {
    let session = PrivateSession::desktop(USUAL_SIZE.0, HIGH);
    let window = AppWindow::open_in(session).await;
    window.set_size(USUAL_SIZE.0, HIGH).await;
    let walk = Walk {
        window,
        name: Some("phones"),
        said: std::cell::RefCell::default(),
    };
    to_phones(&walk).await;
    walk.look("0-list").await;

    let mut sheet =
        String::from("<!doctype html><title>Phones</title><style>img{width:24%}</style>");
    for phone in phones() {
        walk.choose_phone(phone.name).await;
        let title = walk
            .window
            .evaluate("document.querySelector('h1').innerText");
        assert_eq!(title.await, format!("Set up {}", phone.name));
        let fine = "[...document.querySelectorAll('[data-tone=bad], .problem')]
            .every((problem) => !problem.checkVisibility())";
        assert_eq!(walk.window.evaluate(fine).await, true, "{}", phone.id);
        let asks = "document.querySelector('#account-yes')?.checkVisibility() === true";
        if walk.window.evaluate(asks).await == true {
            walk.choose("account", "account-yes").await;
        }
        walk.look(phone.id).await;
        let _ = write!(sheet, "<img src=\"phones-{0}.png\" alt=\"{0}\">", phone.id);
        walk.press("choose-another").await;
        let list = "document.querySelector('.picker') !== null";
        walk.window.wait_for(list).await;
        walk.window.wait_for_screen("phone").await;
    }
    fs::write(target().join("screens/phones.html"), sheet).unwrap();
}

#[tokio::test]
async fn password_is_read_hidden_and_compared_on_the_page() {
    let walk = Walk::begin(AppWindow::open().await, "phone-page").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    walk.look("1-list").await;
    walk.fill("phone-search", "mitel 6867").await;
    walk.look("2-none").await;
    walk.window.press(Key::Escape).await;
    walk.choose_phone("snom d785").await;
    walk.window.wait_for(TILES).await;
    walk.look("3-snom").await;

    walk.window.press(Key::Escape).await;
    walk.window.wait_for(NO_TILES).await;
    walk.look("4-hidden").await;
    walk.press("toggle-password").await;
    walk.window.wait_for(TILES).await;
    walk.press("spell-password").await;
    walk.window
        .wait_for("document.body.innerText.includes('capital T')")
        .await;

    walk.press("check-typed").await;
    for (typed, says) in [
        ("tr0ub4dor", "Character 1 is wrong: you typed a small t."),
        ("Tr0ub4dor & ?", "Character 13 is wrong: you typed ?."),
        ("Tr0ub", "Right so far: 5 of 17 characters."),
        (PASSWORD, "That’s the password."),
    ] {
        walk.fill("typed-password", typed).await;
        let said = serde_json::json!(says);
        walk.window
            .wait_for(&format!("document.body.innerText.includes({said})"))
            .await;
    }
    walk.look("5-compared").await;

    walk.press("copy-field").await;
    walk.window
        .wait_for("document.querySelector('[data-action=copy-field][data-state=done]') !== null")
        .await;
    wait_until("the next field is in the clipboard", || {
        clipboard(&walk) == "lobby.1a2b3c.auth.bandwidth.com"
    });
    select(&walk, "v8").await;
    walk.window
        .wait_for("document.body.innerText.includes('Choose Identity 1, then Login.')")
        .await;
    walk.window.wait_for(TILES).await;
    walk.look("6-older").await;
}

#[tokio::test]
async fn password_that_a_phone_cannot_hold_is_refused_on_its_page() {
    let walk = Walk::begin(AppWindow::open().await, "phone-refused").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;

    walk.choose_phone("GXP2170").await;
    walk.says(&["The password has a space, which this phone can’t hold."])
        .await;
    walk.look("grandstream").await;
    walk.window.tab_to("[data-action=new-password]").await;
    walk.press("choose-another").await;
    walk.choose_phone("baresip").await;
    walk.says(&["The password has “\"”, which this phone can’t hold."])
        .await;
    let save = "document.querySelector('[data-action=save-phone-file]') === null";
    assert_eq!(walk.window.evaluate(save).await, true, "nothing to save");
    walk.look("baresip").await;
}

#[tokio::test]
async fn a_page_that_is_left_holds_no_password() {
    let walk = Walk::begin(AppWindow::open().await, "phone-left").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    walk.choose_phone("T46U").await;
    walk.window.wait_for(TILES).await;

    // What showed it is held, to see that leaving empties it and not only its place.
    let hold =
        "(() => { globalThis.shown = document.querySelector('.letter-tiles'); return true })()";
    walk.window.evaluate(hold).await;
    let blur = "window.dispatchEvent(new Event('blur'))";
    walk.window.evaluate(blur).await;
    walk.window.wait_for(NO_TILES).await;
    let focus = "window.dispatchEvent(new Event('focus'))";
    walk.window.evaluate(focus).await;
    walk.window.wait_for(TILES).await;
    walk.to_wait().await;

    let left = "globalThis.shown.querySelector('.letter-tile') === null";
    assert_eq!(walk.window.evaluate(left).await, true);
    walk.press("back").await;
    walk.window.wait_for_screen("phone").await;
    assert_eq!(walk.window.evaluate(PAGE).await, true, "it is still chosen");
    walk.press("choose-another").await;
    walk.window.tab_to("#phone-search").await;
    walk.window.press(Key::Escape).await;
    walk.window
        .wait_for("document.body.innerText.includes('Used before')")
        .await;
    walk.look("used").await;
}

/// Chooses a dialect as a person does.
async fn select(walk: &Walk, dialect: &str) {
    let chosen = format!(
        "(() => {{ const select = document.querySelector('#dialect'); select.value = '{dialect}'; \
         select.dispatchEvent(new Event('change', {{ bubbles: true }})); return select.value }})()"
    );
    assert_eq!(walk.window.evaluate(&chosen).await, dialect);
}
