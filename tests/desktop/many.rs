//! Bulk work on SIP credentials in the real window, using only the keyboard: new passwords,
//! deletion, and the move that the API doesn't offer.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use registrar_digest::composite;
use registrar_practice::{Faults, Practice};
use serde_json::json;

use crate::clipboard_and_files::{choose_no_place, choose_place, save_as};
use crate::desk::{find, open_desk, shown};
use crate::external_api::ExternalApi;
use crate::walk::Walk;
use crate::written;

/// Waits until no work runs and the window says this.
pub(crate) async fn says(walk: &Walk, text: &str) {
    let text = json!(text);
    walk.window
        .wait_for(&format!(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('#work').innerText.includes({text})"
        ))
        .await;
}

/// Selects all that are shown.
pub(crate) async fn select_all(walk: &Walk, count: &str) {
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window
        .press_together(&[Key::Control.into(), 'a'])
        .await;
    shown(walk, count, count).await;
}

/// Waits until a job is at this stage and no work runs.
pub(crate) async fn job_is(walk: &Walk, stage: &str) {
    walk.window
        .wait_for(&format!(
            "document.querySelector('.job[data-stage={stage}]') !== null \
             && document.querySelector('#work[aria-busy]') === null"
        ))
        .await;
}

pub(crate) async fn no_job(walk: &Walk) {
    walk.window
        .wait_for("document.querySelector('.job') === null")
        .await;
}

#[tokio::test]
async fn new_passwords_in_the_chosen_file_are_those_stored() {
    let walk = Walk::begin(AppWindow::open().await, "many-light").await;
    open_desk(&walk).await;
    select_all(&walk, "2").await;
    walk.look("1-selected").await;
    let folder = walk.window.session().folder().to_owned();

    walk.press("many-passwords").await;
    walk.window
        .wait_for("document.querySelector('[data-unknown=\"2\"]') !== null")
        .await;
    walk.look("2-passwords-unchecked").await;
    walk.press("check-first").await;
    walk.window
        .wait_for("document.querySelector('[data-unknown=\"0\"]') !== null")
        .await;
    says(&walk, "2 of them have no registered phones.").await;
    walk.look("3-passwords-checked").await;
    walk.press("task-submit").await;
    choose_no_place(&walk).await;
    says(&walk, "nothing was started").await;
    walk.look("4-nothing-begun").await;
    no_job(&walk).await;

    let file = folder.join("new passwords.csv");
    walk.press("task-submit").await;
    choose_place(&walk, &file).await;
    job_is(&walk, "finished").await;
    walk.look("5-finished").await;

    says(&walk, "2 changed").await;
    let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "only this user reads it");
    let written = fs::read_to_string(&file).unwrap();
    let mut lines = csv::Reader::from_reader(written.as_bytes());
    let lines: Vec<_> = lines.records().map(Result::unwrap).collect();
    assert_eq!(lines.len(), 2, "a line for each");
    for line in &lines {
        find(&walk, &line[0]).await;
        shown(&walk, "1", "2").await;
        walk.window.press(Key::Down).await;
        walk.window.press(Key::Home).await;
        walk.window.press(Key::Enter).await;
        walk.window
            .wait_for("document.activeElement?.id === 'details-title'")
            .await;
        walk.look(&format!("6-details-of-{}", &line[0])).await;
        walk.press("diagnose-password").await;
        walk.fill("password", &line[3]).await;
        walk.press("task-submit").await;
        says(&walk, "The password is correct").await;
        walk.press("close-task").await;
    }
    let result = folder.join("result.csv");
    walk.press("save-job-result").await;
    save_as(&walk, &result).await;
    let result = fs::read_to_string(&result).unwrap();
    assert_eq!(result.lines().count(), 3, "{result}");
    let behind = serde_json::to_string(&walk.request_panel().await).unwrap();
    for line in &lines {
        for text in [&result, &behind, &walk.said.borrow()] {
            assert!(!text.contains(&line[3]), "no password is told");
        }
    }
    // Beside the file that was chosen nothing holds them: no journal, no result, no activity.
    fs::remove_file(&file).unwrap();
    for line in &lines {
        let domain = (!line[1].is_empty()).then_some(&line[1]);
        written::holds_none_of(&walk, &composite(&line[0], domain), &line[2], &line[3]);
    }
    walk.press("delete-job").await;
    no_job(&walk).await;
}

#[tokio::test]
async fn many_are_deleted_in_the_dark_once_their_number_was_typed() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "many-dark").await;
    open_desk(&walk).await;
    select_all(&walk, "2").await;
    walk.look("1-selected").await;

    walk.press("many-delete").await;
    walk.fill("count", "3").await;
    walk.press("task-submit").await;
    says(&walk, "Enter 2 to delete them.").await;
    walk.look("2-wrong-number").await;
    walk.window.set_size(900, 640).await;
    walk.look("3-small").await;
    walk.window.set_text_size(200).await;
    walk.look("4-large-text").await;
    walk.window.set_text_size(100).await;
    walk.fill("count", "2").await;
    walk.press("task-submit").await;
    job_is(&walk, "finished").await;

    says(&walk, "2 deleted").await;
    says(&walk, "There are no SIP credentials").await;
    shown(&walk, "0", "0").await;
    walk.look("5-deleted").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn ignored_move_recreates_the_credential_after_a_warning() {
    let api = ExternalApi::start().await;
    let walk = Walk::begin(AppWindow::open().await, "many-anew").await;
    api.open_desk(&walk).await;
    let before = api.credentials().await;
    let of = |all: &[registrar_bandwidth::dashboard::Credential]| {
        let anna = all.iter().find(|one| one.user_name == "anna");
        anna.unwrap().clone()
    };
    api.practice.set_faults(Faults {
        application_kept: true,
        ..Faults::default()
    });
    find(&walk, "anna").await;
    shown(&walk, "1", "0").await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement?.id === 'details-title'")
        .await;
    walk.press("move-credential").await;
    walk.fill("applicationId", Practice::sample_application())
        .await;
    walk.press("task-submit").await;
    says(&walk, "accepted the change but didn’t make it").await;
    walk.look("1-not-moved").await;

    walk.press("make-anew").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("2-asks").await;
    walk.press("confirm-yes").await;
    job_is(&walk, "finished").await;

    says(&walk, "1 moved").await;
    // What was open beside the list had the Id that is gone.
    walk.window
        .wait_for("document.querySelector('[data-part=details]').hidden")
        .await;
    walk.look("3-moved").await;
    let (before, after) = (of(&before), of(&api.credentials().await));
    assert_ne!(after.id, before.id, "it is another one");
    assert_eq!(
        after.application_id.as_deref(),
        Some(Practice::sample_application())
    );
    assert!(after.hashes.unwrap().same_as(&before.hashes.unwrap()));
}
