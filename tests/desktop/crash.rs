//! What Home offers after a crash, and where the app checks for updates.

use std::fs;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;

use crate::walk::Walk;

#[tokio::test]
async fn a_report_of_what_broke_is_shown_on_home_and_deleted_there() {
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let folder = session.folder().join("data/dev.sipregistrar.setup");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("crash-report.txt");
    fs::write(
        &file,
        "Where: crates/storage/src/store.rs:1:2\nThread: main\n",
    )
    .unwrap();
    let walk = Walk::begin(AppWindow::open_in(session).await, "crash").await;
    let text = "document.querySelector('.crash pre').textContent";
    let text = walk.window.evaluate(text).await;
    assert!(text.as_str().unwrap().contains("store.rs:1:2"), "{text}");
    walk.window
        .evaluate("(document.querySelector('.crash details').open = true)")
        .await;
    walk.look("report").await;

    walk.press("delete-crash-report").await;

    walk.window
        .wait_for(
            "document.body.dataset.ready === 'home' && document.querySelector('.crash') === null",
        )
        .await;
    assert!(!file.exists());
}

#[tokio::test]
async fn a_build_without_a_key_says_that_it_does_not_update_itself() {
    let walk = Walk::begin(AppWindow::open().await, "update").await;

    walk.press("about").await;
    walk.window.wait_for_screen("about").await;
    walk.press("check-for-update").await;

    walk.window
        .wait_for("document.querySelector('[data-part=update-says]').textContent.includes('doesn’t update itself')")
        .await;
    let install = "document.querySelector('[data-action=install-update]').hidden";
    assert_eq!(walk.window.evaluate(install).await, true);
    walk.look("off").await;
}
