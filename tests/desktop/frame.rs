//! Properties of the window on every screen: only its content scrolls, no password is lost, and it
//! doesn't behave like a page in a browser.

use acceptance::app_window::AppWindow;
use acceptance::owned_process::wait_until;
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use serde_json::json;

use crate::jobs::{close_window, window_of};
use crate::walk::Walk;

/// How far anything but the content is scrolled.
const SCROLLED: &str = "[document.documentElement, document.body, document.querySelector('#app')]
    .map((each) => each.scrollTop + each.scrollLeft)";
const ASKS: &str = "document.querySelector('#confirm').open";

#[tokio::test]
async fn only_the_content_scrolls() {
    let walk = Walk::begin(AppWindow::open().await, "scrolls").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.check().await;

    walk.window.tab_to("#screen [data-action]").await;
    for key in [Key::End, Key::End, Key::PageDown, Key::Home, Key::End] {
        walk.window.press(key).await;
        assert_eq!(walk.window.evaluate(SCROLLED).await, json!([0, 0, 0]));
    }
    walk.window
        .evaluate("[...document.querySelectorAll('button')].at(-1).focus()")
        .await;
    drag_down(&walk);

    assert_eq!(walk.window.evaluate(SCROLLED).await, json!([0, 0, 0]));
    let fits = "document.documentElement.scrollHeight === innerHeight";
    assert_eq!(
        walk.window.evaluate(fits).await,
        true,
        "no second scroll bar"
    );
}

#[tokio::test]
async fn password_shown_once_is_not_lost_silently() {
    let walk = Walk::begin(AppWindow::open().await, "password-loss").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.fill("userName", "front-desk").await;
    walk.press("generate-password").await;
    walk.press("create-credential").await;
    walk.window.wait_for_screen("test").await;
    walk.to_call().await;
    walk.press("continue-to-finish").await;
    walk.window.wait_for_screen("finish").await;

    walk.press("set-up-another-phone").await;
    walk.window.wait_for(ASKS).await;
    walk.says(&["front-desk", "haven’t copied or saved it"])
        .await;
    walk.look("asks").await;
    walk.press("confirm-no").await;
    close_window(walk.window.session());
    walk.window.wait_for(ASKS).await;
    walk.press("confirm-no").await;
    assert_eq!(
        walk.window.evaluate("document.body.dataset.screen").await,
        "finish"
    );

    walk.press("copy-password").await;
    walk.window
        .wait_for("document.querySelector('#stage').textContent !== ''")
        .await;
    close_window(walk.window.session());
    wait_until("the window is closed without a question", || {
        !walk.window.runs()
    });
}

#[tokio::test]
async fn window_does_not_behave_as_a_browser() {
    let walk = Walk::begin(AppWindow::open().await, "native").await;
    walk.press("start-practice").await;
    walk.window.wait_for_screen("prepare").await;
    walk.press("continue-to-sign-in").await;
    walk.window.wait_for_screen("sign_in").await;

    walk.fill("name", "Northwind").await;
    walk.window
        .press_together(&[Key::Control.into(), 'z'])
        .await;
    let name = "document.querySelector('#name').value";
    walk.window.wait_for(&format!("{name} === ''")).await;
    walk.window
        .press_together(&[Key::Control.into(), Key::Shift.into(), 'z'])
        .await;
    walk.window
        .wait_for(&format!("{name} === 'Northwind'"))
        .await;

    walk.window.evaluate("window.isTheSame = true").await;
    walk.window.press(Key::F5).await;
    walk.window
        .press_together(&[Key::Control.into(), 'r'])
        .await;
    let menus = "['h1', '#name'].map((each) => document.querySelector(each).dispatchEvent(
        new MouseEvent('contextmenu', { bubbles: true, cancelable: true })))";
    assert_eq!(
        walk.window.evaluate(menus).await,
        json!([false, true]),
        "only fields have a menu"
    );
    let same = "window.isTheSame === true && document.body.dataset.screen === 'sign_in'";
    assert_eq!(walk.window.evaluate(same).await, true, "nothing reloads it");
}

#[tokio::test]
async fn failed_sign_in_keeps_what_was_typed() {
    let walk = Walk::begin(AppWindow::open().await, "typed-secret").await;
    walk.press("start-practice").await;
    walk.window.wait_for_screen("prepare").await;
    walk.press("continue-to-sign-in").await;
    walk.window.wait_for_screen("sign_in").await;
    walk.press("fill-in").await;
    walk.fill("accountNumber", "5500999").await;

    walk.press("sign-in").await;

    walk.window
        .wait_for("document.querySelector('#failure .failure') !== null")
        .await;
    let secret = "document.querySelector('#secret').value !== ''";
    assert_eq!(walk.window.evaluate(secret).await, true);
}

#[tokio::test]
async fn window_opens_where_it_was_closed() {
    let session = PrivateSession::desktop(1280, 720);
    let mut window = AppWindow::open_in(session).await;
    let size = "[innerWidth, innerHeight]";
    assert_eq!(
        window.evaluate(size).await,
        json!([1180, 720]),
        "it is as high as its screen"
    );
    let id = window_of(window.session()).to_string();
    xdotool(&window, &["windowsize", &id, "1000", "600"]);
    xdotool(&window, &["windowmove", &id, "70", "50"]);
    window
        .wait_for("innerWidth === 1000 && innerHeight === 600")
        .await;

    close_window(window.session());
    window.open_again().await;

    assert_eq!(window.evaluate(size).await, json!([1000, 600]));
    let id = window_of(window.session()).to_string();
    let place = xdotool(&window, &["getwindowgeometry", &id]);
    assert!(place.contains("Position: 70,50"), "{place}");
}

/// Selects from the content down to below the window, as a hand does.
fn drag_down(walk: &Walk) {
    let steps = [
        ["mousemove", "500", "300"],
        ["mousedown", "1", ""],
        ["mousemove", "520", "700"],
        ["mousemove", "520", "799"],
        ["mouseup", "1", ""],
    ];
    for step in steps {
        let arguments = step.iter().filter(|argument| !argument.is_empty());
        let arguments: Vec<&str> = arguments.copied().collect();
        xdotool(&walk.window, &arguments);
    }
}

fn xdotool(window: &AppWindow, arguments: &[&str]) -> String {
    let mut xdotool = window.session().command("xdotool");
    let output = xdotool.args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}
