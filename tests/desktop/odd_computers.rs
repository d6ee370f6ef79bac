//! Unusual computers: their clocks, names and users.

use std::fs;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::false_clock::FalseClock;
use acceptance::owned_process::wait_until;
use acceptance::private_session::PrivateSession;

use crate::jobs::close_window;
use crate::starting::start_again;
use crate::walk::Walk;

async fn is_accepted(walk: &Walk) {
    walk.check().await;
    walk.window
        .wait_for("document.querySelector('.verdict[data-tone=good]') !== null")
        .await;
}

#[tokio::test]
async fn practice_works_with_a_clock_in_1970_and_one_that_jumps() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let clock = FalseClock::begin(session.folder(), "@1970-01-01 00:10:00");
    for (name, value) in clock.environment() {
        session.set(name, value);
    }
    let walk = Walk::begin(AppWindow::open_in(session).await, "odd-clock").await;
    let year = walk.window.evaluate("new Date().getFullYear()").await;
    assert_eq!(year, 1970);

    walk.sign_in().await;
    walk.make_realm("lobby").await;
    clock.set("+20y");
    walk.make_credential("front-desk", "").await;
    is_accepted(&walk).await;
    clock.set("@1970-01-01 00:10:00");
    is_accepted(&walk).await;
    walk.register_phone().await;
}

#[tokio::test]
async fn a_home_with_spaces_and_letters_of_other_scripts_is_a_home() {
    let session = PrivateSession::in_folder_named("Анна Müller 張三 ");
    let session = session.with_desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let mut walk = Walk::begin(AppWindow::open_in(session).await, "odd-home").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    is_accepted(&walk).await;

    walk.window.kill_and_open_again().await;

    walk.press("continue-journey").await;
    walk.window.wait_for_screen("sign_in").await;
    walk.press("fill-in").await;
    walk.press("sign-in").await;
    walk.window.wait_for_screen("test").await;
    let said = walk.window.text().await;
    assert!(said.contains("front-desk"), "{said}");
}

#[tokio::test]
async fn unwritable_home_is_reported_and_the_rest_works() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let temporary = session.folder().join("tmp");
    fs::create_dir(&temporary).unwrap();
    session.set("TMPDIR", &temporary);
    for name in [
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
    ] {
        // Nobody can make a folder there, not even the administrator.
        session.set(name, format!("/sys/{name}"));
    }
    let walk = Walk::begin(AppWindow::open_in(session).await, "odd-read-only").await;
    let said = walk.window.text().await;
    assert_eq!(said.matches("couldn’t read or save").count(), 1, "{said}");
    assert!(said.contains("ask your administrator"), "{said}");

    walk.press("start-practice").await;
    walk.fails("1-practice", &["ask your administrator"]).await;
    walk.press("open-check").await;
    walk.window.wait_for_screen("check").await;

    close_window(walk.window.session());
    wait_until("the app has ended", || !walk.window.runs());
    let left: Vec<_> = fs::read_dir(temporary).unwrap().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_folder_of_a_newer_version_is_only_read_and_practice_works() {
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let folder = session.folder().join("data/dev.sipregistrar.setup");
    fs::create_dir_all(&folder).unwrap();
    let newer = r#"{"version":900,"data":[]}"#;
    fs::write(folder.join("journeys.json"), newer).unwrap();
    let walk = Walk::begin(AppWindow::open_in(session).await, "odd-newer").await;
    let said = walk.window.text().await;
    let only_reads = "This version opened it read-only and saves nothing.";
    assert_eq!(said.matches(only_reads).count(), 1, "{said}");
    walk.look("1-home").await;

    walk.press("start-journey").await;
    walk.window.wait_for_screen("prepare").await;
    walk.press("continue-to-sign-in").await;
    walk.window.wait_for_screen("sign_in").await;
    let said = walk.window.text().await;
    assert!(said.contains("Use the newer version"), "{said}");
    walk.look("2-sign-in").await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("start-practice").await;
    walk.window.wait_for_screen("prepare").await;

    let kept = fs::read_to_string(folder.join("journeys.json")).unwrap();
    assert_eq!(kept, newer);
    assert!(!folder.join("accounts.json").exists());
}

#[tokio::test]
async fn two_users_of_one_computer_have_an_app_each() {
    let one = AppWindow::open().await;
    let other = AppWindow::open().await;

    let (status, said) = start_again(other.session(), &["sipregistrar://practice"]);

    assert!(status.success(), "{said}");
    other.wait_for_screen("prepare").await;
    assert_eq!(one.evaluate("document.body.dataset.ready").await, "home");
    let kept = |window: &AppWindow| {
        let data = window.session().folder().join("data");
        let folders = fs::read_dir(data).unwrap();
        folders.count()
    };
    assert!(kept(&one) >= 1 && kept(&other) >= 1, "each in its own home");
}
