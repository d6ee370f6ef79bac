//! Phones set up at the desk without anybody knowing the password, and setup sheets, in the real
//! window, using only the keyboard.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::paths;
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;

use crate::clipboard_and_files::{choose_place, save_as};
use crate::desk::open_desk;
use crate::many::{job_is, select_all};
use crate::walk::{PASSWORD, Walk};

/// Opens the details of the first row, and the list of phones for it.
async fn open_phones(walk: &Walk) {
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Home).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement?.id === 'details-title'")
        .await;
    walk.press("set-up-phone").await;
    walk.window
        .wait_for("document.activeElement?.id === 'phone-search'")
        .await;
}

/// Searches for a phone and opens its page.
async fn choose_phone(walk: &Walk, query: &str) {
    walk.fill("phone-search", query).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.querySelector('.desk-task .phone-page') !== null")
        .await;
}

/// Ticks a box by the keyboard.
async fn tick(walk: &Walk, id: &str) {
    walk.window.tab_to(&format!("#{id}")).await;
    walk.window.press(Key::Space).await;
    let ticked = format!("document.querySelector('#{id}').checked");
    walk.window.wait_for(&ticked).await;
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Returns a sheet's text without its markup and white space.
fn seen(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    let parts = body.split('<').skip(1);
    let text: String = parts
        .filter_map(|part| part.split_once('>'))
        .map(|(_, text)| text)
        .collect();
    text.split_whitespace().collect()
}

/// Keeps a sheet, so that Chromium prints it.
fn keep(sheet: &Path, name: &str) {
    let folder = paths::target().join("recordings/saved-sheets");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(sheet, folder.join(name)).unwrap();
}

#[tokio::test]
async fn phone_is_set_up_by_hash_or_gets_a_new_password() {
    let walk = Walk::begin(AppWindow::open().await, "set-up-light").await;
    open_desk(&walk).await;
    let folder = walk.window.session().folder().to_owned();
    open_phones(&walk).await;
    walk.look("1-phones").await;
    let first = "document.querySelector('.picker-title').textContent";
    let first = walk.window.evaluate(first).await;
    assert_eq!(first, "Set up without the password");

    choose_phone(&walk, "Linphone").await;
    walk.look("2-linphone-asks").await;
    walk.window.tab_to("input[name=account]").await;
    walk.window.press(Key::Space).await;
    walk.window
        .wait_for("document.querySelector('[data-action=save-phone-file]')?.checkVisibility()")
        .await;
    walk.look("3-linphone").await;
    let file = folder.join("linphone.xml");
    walk.press("save-phone-file").await;
    save_as(&walk, &file).await;
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.contains("ha1") && !written.contains("passwd"));
    assert_eq!(mode(&file), 0o600, "only this user reads it");

    walk.press("choose-another").await;
    choose_phone(&walk, "T46U").await;
    let says = walk.window.text().await;
    assert!(
        says.contains("This phone needs the password itself"),
        "{says}"
    );
    walk.look("4-yealink-needs-the-password").await;
    walk.press("generate-new").await;
    walk.window
        .wait_for(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('[data-asked]') !== null",
        )
        .await;
    walk.press("generate-password").await;
    walk.press("task-submit").await;
    walk.agree().await;
    walk.window
        .wait_for("document.querySelector('.desk-task .letter-tile') !== null")
        .await;
    walk.look("5-yealink").await;

    let sheet = folder.join("sheet.html");
    tick(&walk, "sheet-password").await;
    walk.press("save-setup-sheet").await;
    save_as(&walk, &sheet).await;
    let html = fs::read_to_string(&sheet).unwrap();
    assert!(html.contains("Register Name") && html.contains("class=\"tiles\""));
    assert_eq!(mode(&sheet), 0o600);
    keep(&sheet, "desk.html");
    walk.press("task-done").await;
    walk.window
        .wait_for("document.activeElement?.id === 'details-title'")
        .await;
}

#[tokio::test]
async fn sheets_of_a_job_have_each_phones_own_password() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "sheets-dark").await;
    open_desk(&walk).await;
    let folder = walk.window.session().folder().to_owned();
    select_all(&walk, "2").await;
    walk.press("many-passwords").await;
    walk.window
        .wait_for("document.querySelector('[data-unknown=\"2\"]') !== null")
        .await;
    walk.press("task-submit").await;
    let passwords = folder.join("passwords.csv");
    choose_place(&walk, &passwords).await;
    job_is(&walk, "finished").await;

    walk.press("save-job-sheets").await;
    walk.press("choose-phone").await;
    walk.window
        .wait_for("document.activeElement?.id === 'phone-search'")
        .await;
    walk.fill("phone-search", "T46U").await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.querySelector('[data-part=chosen-phone]').innerText.includes('T46U')")
        .await;
    tick(&walk, "sheet-passwords").await;
    walk.look("1-sheets").await;
    let sheets = folder.join("sheets.html");
    walk.press("task-submit").await;
    save_as(&walk, &sheets).await;
    walk.window
        .wait_for(
            "document.querySelector('[data-part=sheets-saved]').innerText.includes('2 pages')",
        )
        .await;
    walk.look("2-saved").await;

    let html = fs::read_to_string(&sheets).unwrap();
    let text = seen(&html);
    assert_eq!(html.matches("<main class=\"page\">").count(), 2);
    let known = fs::read_to_string(&passwords).unwrap();
    let mut lines = csv::Reader::from_reader(known.as_bytes());
    for line in lines.records().map(Result::unwrap) {
        assert!(text.contains(&line[3]), "each password has its box");
        let said = walk.said.borrow();
        assert!(!said.contains(&line[3]), "the window said a password");
    }
    assert_eq!(mode(&sheets), 0o600);
    keep(&sheets, "job.html");
}

#[tokio::test]
async fn last_page_saves_a_sheet_with_the_password_if_asked() {
    let walk = Walk::begin(AppWindow::open().await, "sheet-light").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_call().await;
    walk.press("continue-to-finish").await;
    walk.window.wait_for_screen("finish").await;
    let folder = walk.window.session().folder().to_owned();
    let password: String = PASSWORD.replace(' ', "space");

    let without = folder.join("without.html");
    walk.press("save-setup-sheet").await;
    save_as(&walk, &without).await;
    let html = fs::read_to_string(&without).unwrap();
    assert!(html.contains("Not included. Share it separately."));
    assert!(!html.contains("class=\"tiles\""));

    tick(&walk, "sheet-password").await;
    walk.look("1-with-password").await;
    let with = folder.join("with.html");
    walk.press("save-setup-sheet").await;
    save_as(&walk, &with).await;
    let html = fs::read_to_string(&with).unwrap();
    let shown = seen(&html).replace("&amp;", "&").replace("&quot;", "\"");
    assert!(shown.contains(&password), "{shown}");
    assert!(!walk.said.borrow().contains(PASSWORD));
    keep(&with, "journey.html");
}
