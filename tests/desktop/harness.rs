//! What the journeys rely on: keys arrive, images are displayed, and nothing is left behind.

use std::fs;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::owned_process::wait_until;
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;

/// Draws a small form in the app's own window. It is markup from a string, because no template of the app
/// has such a form, and nothing but this text goes into it.
const FORM: &str = r#"(() => {
    document.body.innerHTML = `<label for="name">Name</label><input id="name">
        <input id="box" type="checkbox" aria-label="Box"><button id="go">Go</button><p></p>`
    const line = document.querySelector('p')
    document.querySelector('#go').addEventListener('click', () => { line.textContent += 'went ' })
    document.body.dataset.ready = 'form'
    return true
})()"#;

#[tokio::test]
async fn the_window_is_used_by_keyboard_alone() {
    let window = AppWindow::open().await;
    window.evaluate(FORM).await;
    window.wait_for_screen("form").await;

    window.tab_to("#name").await;
    window.type_text("Zoë: \"a\"@b\\7").await;
    window.tab_to("#box").await;
    window.press(Key::Space).await;
    window.tab_to("#go").await;
    window.press(Key::Enter).await;
    window
        .press_together(&[Key::Shift.into(), Key::Tab.into()])
        .await;

    let name = window.evaluate("document.querySelector('#name').value");
    assert_eq!(name.await, "Zoë: \"a\"@b\\7");
    let form = window
        .evaluate("[document.querySelector('#box').checked, document.activeElement.id]")
        .await;
    assert_eq!(form, serde_json::json!([true, "box"]));
    assert!(window.text().await.contains("went"));
}

#[tokio::test]
async fn a_picture_shows_the_window_in_the_size_that_it_was_given() {
    let window = AppWindow::open().await;
    window.evaluate(FORM).await;
    let (width, height) = USUAL_SIZE;
    let usual = fs::read(window.picture("harness-usual").await).unwrap();

    window.set_size(900, 640).await;
    window.set_text_size(200).await;
    let small = fs::read(window.picture("harness-small").await).unwrap();

    assert_eq!(size_of_png(&usual), (width, height));
    assert_eq!(size_of_png(&small), (900, 640));
}

#[tokio::test]
async fn what_is_not_accessible_is_named() {
    let window = AppWindow::open().await;
    window.evaluate(FORM).await;
    let unnamed = "document.querySelector('#name').labels[0].remove()";

    window.evaluate(unnamed).await;

    let found = window.axe().await;
    assert!(found.contains("#name"), "{found}");
    assert!(!found.contains("#go"), "{found}");
}

#[tokio::test]
async fn a_person_who_prefers_dark_colors_is_seen_by_the_window() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();

    let dark = AppWindow::open_in(session).await;
    let light = AppWindow::open().await;

    let query = "matchMedia('(prefers-color-scheme: dark)').matches";
    assert_eq!(dark.evaluate(query).await, true);
    assert_eq!(light.evaluate(query).await, false);
}

#[tokio::test]
async fn app_reopens_after_a_kill_and_leaves_no_process_behind() {
    let mut window = AppWindow::open().await;

    window.kill_and_open_again().await;

    let left_behind = window.session().processes();
    assert!(!left_behind.is_empty());
    drop(window);
    for id in left_behind {
        wait_until("it has ended", || {
            fs::read(format!("/proc/{id}/environ")).map_or(true, |environ| environ.is_empty())
        });
    }
}

/// Reads the size that a PNG file begins with.
fn size_of_png(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
