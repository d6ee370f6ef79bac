//! An import in practice in the real window, using only the keyboard: from the file to the result.

use std::fmt::Write as _;
use std::fs;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use serde_json::json;

use crate::clipboard_and_files::{choose_place, open_file, save_as};
use crate::dragging::drop_files;
use crate::jobs::window_of;
use crate::walk::Walk;
use crate::written;

/// A password of the file: it may be nowhere afterwards.
const CANARY: &str = "canary-7f3a-Pw";
/// Rows of the file that are like each other.
const MORE: usize = 150;

/// A file with something of everything, as Excel writes it in much of Europe.
fn people() -> Vec<u8> {
    let mut text = format!(
        "User name;Domain;Realm;Password;Department\r\n\
         import-1;;;{CANARY};Sales\r\n\
         import-2;;;;\"Sales; North\"\r\n\
         reception;;;;Lobby\r\n\
         Anna;phones.example;;{CANARY};\r\n\
         bad name;;;{CANARY};\r\n\
         IMPORT-1;;;{CANARY};\r\n\
         import-3;;nowhere;{CANARY};\r\n"
    );
    for row in 0..MORE {
        write!(text, "many-{row};;;{CANARY}-{row};K\u{fc}che\r\n").unwrap();
    }
    // Windows-1252: each letter of this text is a byte of it.
    text.chars().map(|letter| letter as u8).collect()
}

pub(crate) async fn open_import(walk: &Walk) {
    walk.press("practice-desk").await;
    walk.window.wait_for_screen("desk").await;
    idle(walk).await;
    walk.press("open-import").await;
    walk.window.wait_for_screen("import").await;
}

async fn idle(walk: &Walk) {
    walk.window
        .wait_for("document.querySelector('#work[aria-busy]') === null")
        .await;
}

pub(crate) async fn planned(walk: &Walk) {
    walk.window
        .wait_for(
            "document.querySelector('#work[aria-busy]') === null \
             && document.querySelector('#plan-title')?.offsetParent != null \
             && document.querySelectorAll('.plan-grid .grid-row').length > 0",
        )
        .await;
}

async fn counts(walk: &Walk) -> serde_json::Value {
    let counts = "[...document.querySelectorAll('[data-count]')].map((count) => count.textContent)";
    walk.window.evaluate(counts).await
}

#[tokio::test]
async fn import_is_planned_and_finished_by_keyboard() {
    let walk = Walk::begin(AppWindow::open().await, "import-light").await;
    let folder = walk.window.session().folder().to_owned();
    let file = folder.join("people.csv");
    fs::write(&file, people()).unwrap();
    open_import(&walk).await;
    walk.look("1-open").await;

    walk.press("choose-import").await;
    open_file(&walk, &file).await;
    planned(&walk).await;
    assert_eq!(
        counts(&walk).await,
        json!(["157", "152", "1", "1", "3"]),
        "all, to make, to change, already right, refused"
    );
    walk.look("2-plan").await;
    let said = walk.window.text().await;
    for part in [
        "Windows-1252",
        "semicolon",
        "Department",
        "working the next time",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    walk.choose("outcome", "outcome-refused").await;
    walk.window
        .wait_for("document.querySelectorAll('.plan-grid .grid-row').length === 3")
        .await;
    walk.look("3-refused").await;
    let said = walk.window.text().await;
    for part in ["letters a to z", "Lines 2 and 7", "no realm with this name"] {
        assert!(said.contains(part), "{part} in {said}");
    }

    walk.fill("find", "no REALM with").await;
    walk.window
        .wait_for("[...document.querySelectorAll('.plan-grid .grid-row .cell-name')].map((cell) => cell.textContent).join() === 'import-3'")
        .await;
    walk.look("3-found").await;

    let plan = folder.join("plan.csv");
    walk.press("save-plan").await;
    save_as(&walk, &plan).await;
    let passwords = folder.join("passwords.csv");
    walk.press("choose-passwords").await;
    choose_place(&walk, &passwords).await;
    walk.window
        .wait_for("document.body.innerText.includes('passwords.csv')")
        .await;
    walk.press("start-import").await;
    walk.agree().await;
    walk.window.wait_for_screen("desk").await;
    walk.window
        .wait_for("document.querySelector('.job[data-stage=finished]') !== null")
        .await;
    idle(&walk).await;
    walk.look("4-finished").await;
    let said = walk.window.text().await;
    for part in ["152 created", "1 changed", "3 refused", "passwords.csv"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let result = folder.join("result.csv");
    walk.press("save-job-result").await;
    save_as(&walk, &result).await;

    let lines = fs::read_to_string(&result).unwrap();
    assert_eq!(lines.lines().count(), 158, "{lines}");
    let made = fs::read_to_string(&passwords).unwrap();
    assert!(made.contains("import-2") && !made.contains("import-1"));
    let plan = fs::read_to_string(&plan).unwrap();
    assert!(plan.contains("import-2"), "{plan}");
    let behind = format!("{:?}", walk.request_panel().await);
    for text in [&lines, &made, &plan, &walk.said.borrow(), &behind] {
        assert!(!text.contains("canary"), "{text}");
    }
    // Beside the files that the person chose nothing holds a password, and once the job has ended only
    // the pretend Bandwidth holds the hashes.
    let made = csv::Reader::from_reader(made.as_bytes()).records().next();
    let made = made.unwrap().unwrap();
    assert_eq!(&made[0], "import-2");
    fs::remove_file(&file).unwrap();
    fs::remove_file(&passwords).unwrap();
    for (name, password) in [("import-1", CANARY), ("import-2", &made[3])] {
        written::holds_none_of(&walk, name, &made[2], password);
    }
    walk.press("delete-job").await;
    walk.window
        .wait_for("document.querySelector('.job') === null")
        .await;
    the_activity_has_its_requests(&walk).await;
}

/// Finds the requests of an import by their kind, and opens one.
async fn the_activity_has_its_requests(walk: &Walk) {
    walk.press("activity").await;
    walk.window.wait_for_screen("activity").await;
    let kinds =
        "[...document.querySelectorAll('.grid-row .cell-kind')].map((cell) => cell.textContent)";
    walk.window
        .wait_for(&format!("{kinds}.includes('Request')"))
        .await;
    walk.window.tab_to("#kind").await;
    walk.window.type_text("Import").await;
    walk.window
        .wait_for(&format!(
            "new Set({kinds}).size === 1 && {kinds}[0] === 'Import'"
        ))
        .await;
    let count = walk.window.evaluate(&format!("{kinds}.length")).await;
    assert!(
        count.as_u64() >= Some(3),
        "two batches and a change: {count}"
    );

    walk.fill("find", "POST").await;
    walk.window
        .wait_for("document.querySelectorAll('.grid-row').length === 2")
        .await;
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::Down).await;
    walk.window.press(Key::Enter).await;
    walk.window
        .wait_for("document.activeElement.id === 'details-title'")
        .await;
    walk.window
        .wait_for("document.querySelector('[data-part=bodies] [data-token=tag]') !== null")
        .await;
    walk.look("5-activity").await;
    let parts = [
        "What this means",
        "Import",
        "POST",
        "/sipcredentials",
        "Duration",
        "<Hash1>",
    ];
    walk.says(&parts).await;
}

#[tokio::test]
async fn an_import_in_dark_colors_fits_a_small_window_and_large_text() {
    let mut session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    session.prefer_dark();
    let walk = Walk::begin(AppWindow::open_in(session).await, "import-dark").await;
    let file = walk.window.session().folder().join("people.csv");
    fs::write(&file, people()).unwrap();
    open_import(&walk).await;

    walk.press("choose-import").await;
    open_file(&walk, &file).await;
    planned(&walk).await;
    walk.look("1-plan").await;
    walk.window.set_size(900, 640).await;
    walk.look("2-small").await;
    walk.window.set_text_size(200).await;
    walk.look("3-large-text").await;
}

/// Rows with the longest reasons and remarks that there are.
fn damaged() -> String {
    "User name,Domain,Realm,Password\n\
     0049,,,Kk4-aaaa-1\n\
     0049,,,Kk4-aaaa-1\n\
     m\u{fc}ller60,,,Kk4-aaaa-1\n\
     1.55512E+10,,,Kk4-aaaa-1\n\
     bert,,,#NAME?\n\
     carl,,,Kk4\u{200b}aaaa\n\
     User name,Domain,Realm,Password\n\
     \"dora\",,,\"Kk4\"aaaa\"\n\
     \"emil\",,,\"Kk4-aaaa\"\"\n\
     \"fred\",,,\"x\"\n\
     gina,,nowhere,Kk4-aaaa-1\n\
     hugo,,,hugo\n\
     irma,,,\n"
        .to_owned()
}

#[tokio::test]
async fn a_missing_passwords_file_is_linked_and_reasons_are_whole() {
    const CUT: &str = "[...document.querySelectorAll('.plan-grid .grid-row .cell-detail')]\
        .filter((cell) => cell.scrollHeight > cell.clientHeight + 1 \
            || cell.scrollWidth > cell.clientWidth + 1)\
        .map((cell) => cell.textContent)";
    let walk = Walk::begin(AppWindow::open().await, "import-damaged").await;
    let file = walk.window.session().folder().join("people.csv");
    fs::write(&file, damaged()).unwrap();
    walk.window.set_size(900, 640).await;
    open_import(&walk).await;
    walk.press("choose-import").await;
    open_file(&walk, &file).await;
    planned(&walk).await;

    walk.press("start-import").await;
    walk.fails("1-no-file", &["Choose where to save the passwords"])
        .await;
    let link = "document.querySelector('.failure-problems a')";
    walk.window.evaluate(&format!("{link}.click()")).await;
    let focused = "document.activeElement.dataset.action === 'choose-passwords'";
    walk.window.wait_for(focused).await;
    let in_sight = "(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); \
        return top >= 0 && bottom <= innerHeight })()";
    walk.window.wait_for(in_sight).await;
    walk.look("2-linked").await;

    walk.choose("outcome", "outcome-refused").await;
    walk.window
        .wait_for("document.querySelectorAll('.plan-grid .grid-row').length > 7")
        .await;
    assert_eq!(walk.window.evaluate(CUT).await, json!([]));
    let to_grid = "document.querySelector('.plan-grid').scrollIntoView({ block: 'center' })";
    walk.window.evaluate(to_grid).await;
    walk.look("3-refused").await;
    walk.window.set_text_size(200).await;
    walk.window.evaluate(to_grid).await;
    walk.look("4-large-text").await;
    assert_eq!(walk.window.evaluate(CUT).await, json!([]));
}

#[tokio::test]
async fn a_dropped_file_is_planned_and_several_at_once_are_not_taken() {
    let walk = Walk::begin(AppWindow::open().await, "import-dropped").await;
    let session = walk.window.session();
    let file = session.folder().join("people & more.csv");
    fs::write(&file, people()).unwrap();
    open_import(&walk).await;
    let window = window_of(session);

    drop_files(session, window, &[&file, &file]);
    walk.window
        .wait_for("document.querySelector('#stage').textContent.includes('Drop one at a time')")
        .await;
    drop_files(session, window, &[&file]);
    planned(&walk).await;

    let said = walk.window.text().await;
    assert!(said.contains("people & more.csv"), "{said}");
    assert_eq!(counts(&walk).await, json!(["157", "152", "1", "1", "3"]));
    let still = walk.window.evaluate("location.protocol").await;
    assert_eq!(still, json!("tauri:"), "the window went nowhere");
}

#[tokio::test]
async fn a_file_that_is_no_csv_is_named_with_what_to_do() {
    let walk = Walk::begin(AppWindow::open().await, "import-wrong").await;
    let file = walk.window.session().folder().join("people.xlsx");
    fs::write(&file, b"PK\x03\x04 a workbook").unwrap();
    open_import(&walk).await;

    walk.press("choose-import").await;
    open_file(&walk, &file).await;
    walk.fails("1-workbook", &["CSV UTF-8"]).await;
}

#[tokio::test]
async fn missing_password_folder_can_be_replaced_at_the_start() {
    let walk = Walk::begin(AppWindow::open().await, "import-place").await;
    let folder = walk.window.session().folder().to_owned();
    let (file, drive) = (folder.join("people.csv"), folder.join("drive"));
    fs::write(&file, "User name\nimport-1\nimport-2\n").unwrap();
    fs::create_dir(&drive).unwrap();
    open_import(&walk).await;
    walk.press("choose-import").await;
    open_file(&walk, &file).await;
    planned(&walk).await;
    walk.press("choose-passwords").await;
    choose_place(&walk, &drive.join("passwords.csv")).await;
    walk.window
        .wait_for("document.body.innerText.includes('passwords.csv')")
        .await;
    fs::remove_dir(&drive).unwrap();

    walk.press("start-import").await;
    let parts = [
        "couldn’t read or save the passwords file",
        "its folder is missing",
        "Choose another folder",
        "import-2",
    ];
    walk.fails("1-gone", &parts).await;

    walk.window
        .tab_to("[data-recovery-option=other_place]")
        .await;
    walk.window.press(Key::Enter).await;
    let place = folder.join("elsewhere.csv");
    choose_place(&walk, &place).await;
    walk.window
        .wait_for("document.body.innerText.includes('elsewhere.csv')")
        .await;
    walk.press("start-import").await;
    walk.window.wait_for_screen("desk").await;
    walk.window
        .wait_for("document.querySelector('.job[data-stage=finished]') !== null")
        .await;
    let made = fs::read_to_string(&place).unwrap();
    assert_eq!(made.lines().count(), 3, "a heading and two passwords");
}
