//! The trainer's panel: a window of its own that switches faults of practice.

use std::time::{Duration, Instant};

use acceptance::app_window::AppWindow;
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use tokio::time::sleep;

use crate::walk::Walk;

const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn trainer_makes_the_sign_in_and_the_check_fail() {
    let walk = Walk::begin(AppWindow::open().await, "trainer").await;
    let offered = "document.querySelector('[data-action=open-trainer]').offsetParent != null";
    assert_eq!(walk.window.evaluate(offered).await, false, "at Home");
    walk.press("start-practice").await;
    walk.window.wait_for_screen("prepare").await;
    walk.look("1-practice").await;
    let main = walk.window.client().window().await.unwrap();

    open_by_key(&walk).await;
    let panel = other(&walk, &main).await;
    show(&walk, &panel).await;
    walk.window
        .wait_for("document.querySelectorAll('.fault').length === 64")
        .await;
    walk.look("2-panel").await;
    foreign_commands_are_refused(&walk).await;
    switch(&walk, "#sign_in-wrong_secret").await;

    show(&walk, &main).await;
    walk.press("continue-to-sign-in").await;
    walk.window.wait_for_screen("sign_in").await;
    walk.press("fill-in").await;
    walk.press("sign-in").await;
    walk.fails(
        "3-wrong-secret",
        &["didn’t accept the client ID and secret"],
    )
    .await;
    // Opening it again focuses the same panel.
    open_by_key(&walk).await;
    assert_eq!(windows(&walk).await.len(), 2);

    show(&walk, &panel).await;
    walk.press("reset").await;
    on(&walk, 0).await;
    walk.choose("lasts", "lasts-once").await;
    switch(&walk, "#registrar-forbidden").await;
    walk.look("4-one-time").await;
    show(&walk, &main).await;
    walk.press("sign-in").await;
    walk.window.wait_for_screen("realm").await;
    walk.press("choose-realm").await;
    walk.window.wait_for_screen("credential").await;
    walk.make_credential("frontdesk", "").await;
    walk.check().await;
    walk.says(&["doesn’t allow this check (403)"]).await;
    walk.look("5-forbidden").await;
    walk.press("fix-try_again").await;
    walk.window
        .wait_for("document.querySelector('.verdict[data-tone=good]') !== null")
        .await;
    show(&walk, &panel).await;
    on(&walk, 0).await;

    show(&walk, &main).await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    walk.press("reset-practice").await;
    walk.agree().await;
    let deadline = Instant::now() + PATIENCE;
    while windows(&walk).await.len() > 1 {
        assert!(
            Instant::now() < deadline,
            "closing practice closes the panel"
        );
        sleep(Duration::from_millis(20)).await;
    }
}

async fn open_by_key(walk: &Walk) {
    walk.window
        .press_together(&[Key::Control.into(), 't'])
        .await;
}

async fn windows(walk: &Walk) -> Vec<WindowHandle> {
    walk.window.client().windows().await.unwrap()
}

/// Waits for a second window.
async fn other(walk: &Walk, main: &WindowHandle) -> WindowHandle {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let other = windows(walk).await.into_iter().find(|one| one != main);
        if let Some(other) = other {
            return other;
        }
        assert!(Instant::now() < deadline, "no panel opens");
        sleep(Duration::from_millis(20)).await;
    }
}

async fn show(walk: &Walk, window: &WindowHandle) {
    let client = walk.window.client();
    client.switch_to_window(window.clone()).await.unwrap();
}

/// Goes to a switch in the panel by the keyboard, and turns it.
async fn switch(walk: &Walk, control: &str) {
    walk.window.tab_to(control).await;
    walk.window.type_text(" ").await;
    on(walk, 1).await;
}

/// Waits until so many faults are on.
async fn on(walk: &Walk, count: usize) {
    let on = "new Set([...document.querySelectorAll('.fault[data-on]')].map((each) => each.dataset.fault)).size";
    walk.window.wait_for(&format!("{on} === {count}")).await;
}

async fn foreign_commands_are_refused(walk: &Walk) {
    let call = "const done = arguments[arguments.length - 1]
        window.__TAURI__.core.invoke('open_home').then(() => done('taken'), (error) => done(String(error)))";
    let client = walk.window.client();
    let said = client.execute_async(call, vec![]).await.unwrap();
    assert!(said.as_str().unwrap().contains("not allowed"), "{said}");
}
