//! Jobs in the real window: paused, resumed and canceled, killed with the app, running without a
//! window, and given another place for their passwords.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::owned_process::wait_until;
use acceptance::private_session::PrivateSession;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, EventMask};

use crate::clipboard_and_files::choose_place;
use crate::external_api::{ExternalApi, FROM_BEFORE};
use crate::many::{job_is, no_job, says, select_all};
use crate::notifications::Notifications;
use crate::starting::{start_again, windows};
use crate::walk::Walk;

/// SIP credentials beside the two of every practice account.
const MADE: usize = 60;
/// All of them.
const ALL: usize = MADE + 2;
/// Most rows that a job has under way: one for each connection, and those that wait for one.
const UNDER_WAY: usize = 7;
/// How long an answer takes while a job is to be caught at work: over its four connections that is
/// some ten seconds.
const SLOW: Duration = Duration::from_millis(250);

const TITLE: &str = "SIP Registrar Setup";

/// A desk with all of them selected.
async fn selected(window: AppWindow, name: &'static str) -> (ExternalApi, Walk) {
    let api = ExternalApi::start().await;
    api.make_credentials(MADE).await;
    let walk = Walk::begin(window, name).await;
    api.open_desk(&walk).await;
    select_all(&walk, &ALL.to_string()).await;
    (api, walk)
}

/// Begins to delete all of them, slowly, and waits until some are deleted.
async fn delete_slowly(api: &ExternalApi, walk: &Walk) {
    walk.press("many-delete").await;
    walk.fill("count", &ALL.to_string()).await;
    api.answers_after(SLOW);
    walk.press("task-submit").await;
    at_work(walk, "deleted").await;
}

/// Begins to give all of them new passwords, slowly, and waits until some have theirs.
async fn replace_slowly(api: &ExternalApi, walk: &Walk, file: &Path) {
    walk.press("many-passwords").await;
    api.answers_after(SLOW);
    walk.press("task-submit").await;
    choose_place(walk, file).await;
    at_work(walk, "changed").await;
}

async fn at_work(walk: &Walk, done: &str) {
    walk.window
        .wait_for(&format!(
            "document.querySelector('.job[data-stage=running]')?.innerText.includes(' {done}')"
        ))
        .await;
}

/// The number before these words in a job's strip.
async fn number_before(walk: &Walk, words: &str) -> usize {
    let strip = walk
        .window
        .evaluate("document.querySelector('.job').innerText");
    let strip = strip.await.as_str().unwrap().to_owned();
    let before = strip.split(words).next().unwrap();
    let number = before.split_whitespace().next_back().unwrap();
    number
        .parse()
        .unwrap_or_else(|_| panic!("no number before {words} in {strip}"))
}

/// The number of the app's window on the session's display.
pub(crate) fn window_of(session: &PrivateSession) -> u32 {
    let search = session
        .command("xdotool")
        .args(["search", "--onlyvisible", "--name", TITLE])
        .output()
        .unwrap();
    let window = String::from_utf8_lossy(&search.stdout);
    window.trim().parse().unwrap()
}

/// Closes the window as a window manager does when the person presses its cross.
pub(crate) fn close_window(session: &PrivateSession) {
    let window = window_of(session);
    let (display, _) = x11rb::connect(session.display()).unwrap();
    let atom = |name: &[u8]| {
        let asked = display.intern_atom(false, name).unwrap();
        asked.reply().unwrap().atom
    };
    let (protocols, delete) = (atom(b"WM_PROTOCOLS"), atom(b"WM_DELETE_WINDOW"));
    let event = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
    let sent = display.send_event(false, window, EventMask::NO_EVENT, event);
    sent.unwrap().check().unwrap();
}

/// Returns whether a file of this name is anywhere below a folder.
fn holds(folder: &Path, name: &str) -> bool {
    fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        let is_folder = path.is_dir() && !path.is_symlink();
        entry.file_name() == name || is_folder && holds(&path, name)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn account_with_a_running_job_is_removed_after_a_warning() {
    let (api, walk) = selected(AppWindow::open().await, "jobs-forgotten").await;
    delete_slowly(&api, &walk).await;
    let folder = walk.window.session().folder().to_owned();
    assert!(holds(&folder, "journal"), "the job lies on the disk");

    walk.press("accounts").await;
    walk.window.wait_for_screen("accounts").await;
    walk.press("remove-account").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("1-asks").await;
    let asked = walk
        .window
        .evaluate("document.querySelector('#confirm').innerText");
    let asked = asked.await.as_str().unwrap().to_owned();
    assert!(asked.contains("isn’t finished"), "{asked}");
    assert!(asked.contains("Cancel jobs and remove account"), "{asked}");
    walk.press("confirm-yes").await;
    says(&walk, "was removed from this computer").await;

    walk.look("2-forgotten").await;
    assert!(!holds(&folder, "journal"), "nothing is left of the job");
    let left = api.credentials().await.len();
    assert!(left > 0 && left < ALL, "it was stopped on its way: {left}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_paused_goes_on_and_is_ended_from_its_strip() {
    let (api, walk) = selected(AppWindow::open().await, "jobs").await;
    delete_slowly(&api, &walk).await;
    // Pictures take their time, and it is to be paused twice.
    api.answers_after(3 * SLOW);
    walk.look("1-running").await;

    walk.press("pause-job").await;
    job_is(&walk, "paused").await;
    walk.look("2-paused").await;
    let to_go = number_before(&walk, " rows to go").await;
    let there = api.credentials().await.len();
    // What was under way may be done, and is looked up when it goes on.
    let least = to_go - UNDER_WAY;
    assert!((least..=to_go).contains(&there), "{there} and {to_go}");

    // It mustn't come to its end before the second press, however slow this computer is.
    api.answers_after(6 * SLOW);
    walk.press("resume-job").await;
    walk.window
        .wait_for(&format!(
            "Number(document.querySelector('.job').innerText.match(/([0-9]+) to go/)?.[1] ?? {ALL}) < {to_go}"
        ))
        .await;
    walk.press("pause-job").await;
    job_is(&walk, "paused").await;
    walk.press("cancel-job").await;
    walk.window
        .wait_for("document.querySelector('#confirm').open")
        .await;
    walk.look("3-end").await;
    api.answers_after(Duration::ZERO);
    walk.press("confirm-yes").await;
    job_is(&walk, "finished").await;

    walk.look("4-ended").await;
    let deleted = number_before(&walk, " deleted").await;
    let not_done = number_before(&walk, " not done").await;
    assert_eq!(deleted + not_done, ALL);
    assert_eq!(api.credentials().await.len(), not_done);
}

#[tokio::test(flavor = "multi_thread")]
async fn job_of_a_killed_app_waits_at_the_next_start_and_finishes() {
    let (api, mut walk) = selected(AppWindow::open().await, "jobs-killed").await;
    let file = walk.window.session().folder().join("made.csv");
    replace_slowly(&api, &walk, &file).await;

    walk.window.kill_and_open_again().await;
    api.answers_after(Duration::ZERO);
    walk.look("1-home").await;
    says(&walk, "Northwind has a job that isn’t finished").await;
    api.open_desk_again(&walk).await;
    job_is(&walk, "paused").await;
    walk.look("2-paused").await;
    walk.press("resume-job").await;
    job_is(&walk, "finished").await;

    says(&walk, &format!("{ALL} changed")).await;
    walk.look("3-finished").await;
    let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600, "only this user reads it");
    let written = fs::read_to_string(&file).unwrap();
    assert_eq!(written.lines().count(), ALL + 1, "one line for each");
    assert_eq!(api.holds_passwords(&written).await.len(), ALL);
}

#[tokio::test(flavor = "multi_thread")]
async fn job_without_a_window_finishes_reports_and_ends_the_app() {
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let told = Notifications::of(&session);
    let (api, walk) = selected(AppWindow::open_in(session).await, "jobs-hidden").await;
    delete_slowly(&api, &walk).await;
    let session = walk.window.session();

    close_window(session);
    wait_until("the window is gone", || windows(session, TITLE) == 0);
    assert!(walk.window.runs(), "the job is at work");

    let (status, said) = start_again(session, &[]);
    assert!(status.success(), "{said}");
    wait_until("the window is back", || windows(session, TITLE) == 1);
    at_work(&walk, "deleted").await;
    assert_eq!(told.shown(), []);

    close_window(session);
    wait_until("the window is gone", || windows(session, TITLE) == 0);
    api.answers_after(Duration::ZERO);
    wait_until("the app has ended", || !walk.window.runs());
    assert_eq!(
        told.shown(),
        [(
            format!("Delete {ALL} SIP credentials"),
            format!("{ALL} deleted.")
        )]
    );
    assert_eq!(api.credentials().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_without_a_job_ends_the_app_when_it_is_closed() {
    let window = AppWindow::open().await;

    close_window(window.session());

    wait_until("the app has ended", || !window.runs());
}

#[tokio::test(flavor = "multi_thread")]
async fn unwritable_password_file_blocks_start_until_moved() {
    let (api, walk) = selected(AppWindow::open().await, "jobs-unwritable").await;

    walk.press("many-passwords").await;
    walk.press("task-submit").await;
    // Nobody can make a file there, not even the administrator.
    choose_place(&walk, Path::new("/proc/passwords.csv")).await;
    says(&walk, "couldn’t read or save the passwords file").await;
    walk.look("1-refused").await;
    no_job(&walk).await;
    let mut before = "user name,domain,realm,password\n".to_owned();
    for number in 0..MADE {
        writeln!(before, "phone-{number:04},,,{FROM_BEFORE}").unwrap();
    }
    let names = api.holds_passwords(&before).await;
    assert_eq!(names.len(), MADE, "each has its password from before");

    walk.press("task-submit").await;
    let file = walk.window.session().folder().join("made.csv");
    choose_place(&walk, &file).await;
    job_is(&walk, "finished").await;
    says(&walk, &format!("{ALL} changed")).await;
    let made = fs::read_to_string(&file).unwrap();
    assert_eq!(api.holds_passwords(&made).await.len(), ALL);
}

#[tokio::test(flavor = "multi_thread")]
async fn job_with_its_password_file_gone_asks_for_another_place() {
    let (api, walk) = selected(AppWindow::open().await, "jobs-place").await;
    let folder = walk.window.session().folder().to_owned();
    let (file, taken) = (folder.join("made.csv"), folder.join("taken.csv"));
    replace_slowly(&api, &walk, &file).await;
    walk.press("pause-job").await;
    job_is(&walk, "paused").await;
    api.answers_after(Duration::ZERO);
    fs::rename(&file, &taken).unwrap();

    walk.press("resume-job").await;
    walk.window
        .wait_for(
            "document.querySelector('[data-action=move-job-passwords]')?.offsetParent != null",
        )
        .await;
    says(&walk, "couldn’t read or save the passwords file").await;
    walk.look("1-gone").await;
    walk.press("move-job-passwords").await;
    let other = folder.join("more.csv");
    choose_place(&walk, &other).await;
    job_is(&walk, "finished").await;

    says(&walk, &format!("{ALL} changed")).await;
    walk.look("2-finished").await;
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let heading = "user name";
    let later: Vec<String> = read(&other).lines().skip(1).map(str::to_owned).collect();
    let name = |line: &str| line.split(',').next().unwrap().to_owned();
    let in_later = |line: &str| later.iter().any(|other| name(other) == name(line));
    let earlier = read(&taken);
    let earlier = earlier.lines().filter(|line| !in_later(line));
    let all: Vec<&str> = earlier.chain(later.iter().map(String::as_str)).collect();
    assert!(all[0].starts_with(heading), "{}", all[0]);
    let names = api.holds_passwords(&all.join("\n")).await;
    assert_eq!(
        names.len(),
        ALL,
        "each has its password in one of the files"
    );
}
