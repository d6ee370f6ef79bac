//! Starting the app: a second time, from a link, without a session bus, without a display.

use std::fs;
use std::io::Read as _;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::owned_process::{OwnedProcess, PATIENCE, wait_until};
use acceptance::paths::app;
use acceptance::private_session::PrivateSession;
use serde_json::json;

use super::walk::Walk;

/// Starts the app once more in the session, with these arguments. Returns how it ended and what it
/// said.
pub(crate) fn start_again(session: &PrivateSession, arguments: &[&str]) -> (ExitStatus, String) {
    ended(session.command(app()).args(arguments))
}

/// Runs a program to its end, and fails where that does not come.
fn ended(command: &mut Command) -> (ExitStatus, String) {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().unwrap();
            panic!("it never ended");
        }
        thread::sleep(Duration::from_millis(20));
    }
    let mut said = String::new();
    let mut stderr = child.stderr.take().unwrap();
    stderr.read_to_string(&mut said).unwrap();
    (child.wait().unwrap(), said)
}

/// Returns how many windows of this name are on the session's display.
pub(crate) fn windows(session: &PrivateSession, name: &str) -> usize {
    let search = session
        .command("xdotool")
        .args(["search", "--onlyvisible", "--name", name])
        .output()
        .unwrap();
    String::from_utf8_lossy(&search.stdout).lines().count()
}

#[tokio::test]
async fn a_second_start_gives_the_first_window_the_keyboard_and_ends() {
    let window = AppWindow::open().await;
    let away = window
        .session()
        .command("xdotool")
        .args(["search", "--maxdepth", "0", ".*", "windowfocus"])
        .status()
        .unwrap();
    assert!(away.success());
    window.wait_for("!document.hasFocus()").await;

    let (status, said) = start_again(window.session(), &[]);

    assert!(status.success(), "{said}");
    window.wait_for("document.hasFocus()").await;
    assert_eq!(windows(window.session(), "SIP Registrar Setup"), 1);
}

/// Tells whether the other screens' style sheet is there, and which elements look different without it.
const DIFFERS: &str = "(() => {
    const { sheet } = document.querySelector('link[href$=\"other-screens.css\"]')
    const elements = [...document.querySelectorAll('body, body *')]
    const look = () => elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        const style = getComputedStyle(element)
        const shown = width * height > 0 ? [...style].map((name) => style.getPropertyValue(name)) : []
        return JSON.stringify([x, y, width, height, shown])
    })
    const whole = look()
    sheet.disabled = true
    const early = look()
    sheet.disabled = false
    const differ = elements.filter((element, at) => whole[at] !== early[at])
    return [sheet.cssRules.length > 0, ...differ.map((element) => element.outerHTML.slice(0, 200))]
})()";

#[tokio::test]
async fn what_is_loaded_after_home_does_not_change_how_home_looks() {
    let window = AppWindow::open().await;
    let walk = Walk::begin(window, "first-screen").await;
    let loaded = "document.querySelector('link[href$=\"other-screens.css\"]')?.sheet != null";
    walk.window.wait_for(loaded).await;
    let differs = walk.window.evaluate(DIFFERS).await;
    assert_eq!(differs, json!([true]), "nothing was begun yet");

    walk.press("start-practice").await;
    walk.window.wait_for_screen("prepare").await;
    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    let differs = walk.window.evaluate(DIFFERS).await;
    assert_eq!(differs, json!([true]), "with what was begun");
}

#[tokio::test]
async fn a_link_opens_practice_in_the_app_that_runs() {
    let window = AppWindow::open().await;

    let (status, said) = start_again(window.session(), &["sipregistrar://practice"]);

    assert!(status.success(), "{said}");
    window.wait_for_screen("prepare").await;
    window
        .wait_for("!document.querySelector('#practice').hidden")
        .await;
}

#[tokio::test]
async fn a_link_asks_before_it_leaves_what_is_open() {
    let window = AppWindow::open().await;
    window
        .evaluate("document.querySelector('[data-action=start-journey]').click()")
        .await;
    window.wait_for_screen("prepare").await;

    start_again(window.session(), &["sipregistrar://practice"]);

    let asked = "document.querySelector('#confirm').open";
    window.wait_for(asked).await;
    window.picture("link-asks").await;
    assert_eq!(window.axe().await, "");
    let hidden = window.evaluate("document.querySelector('#practice').hidden");
    assert_eq!(hidden.await, json!(true), "nothing opened yet");
    window
        .evaluate("document.querySelector('[data-action=confirm-yes]').click()")
        .await;
    window
        .wait_for("!document.querySelector('#practice').hidden")
        .await;
}

#[tokio::test]
async fn unknown_link_is_ignored_without_repeating_it() {
    let window = AppWindow::open().await;

    for link in [
        "sipregistrar://practice/../reset?canary=1",
        "sipregistrar:<b>canary</b>",
        "file:///canary",
    ] {
        let (status, said) = start_again(window.session(), &[link]);
        assert!(status.success(), "{said}");
        window
            .wait_for("document.querySelector('[data-link=ignored]') !== null")
            .await;
        let text = window.text().await;
        assert!(!text.contains("canary"), "{text}");
        let screen = window.evaluate("document.body.dataset.ready").await;
        assert_eq!(screen, json!("home"));
        window
            .evaluate("document.querySelector('[data-link=ignored]').remove()")
            .await;
    }
}

#[tokio::test]
async fn second_copy_without_session_bus_says_that_the_app_is_open() {
    let mut session = PrivateSession::new();
    session.start_display(USUAL_SIZE.0, USUAL_SIZE.1);
    let window = AppWindow::open_in(session).await;
    let session = window.session();

    let mut second = session.command(app());
    let mut second = OwnedProcess::start(second.stdout(session.log()).stderr(session.log()));

    wait_until("it says so", || {
        session.printed().contains("is already open")
    });
    wait_until("its message shows", || {
        windows(session, "Already open") == 1
    });
    assert_eq!(
        windows(session, "SIP Registrar Setup"),
        1,
        "it has no window of its own"
    );
    let pressed = session
        .command("xdotool")
        .args(["search", "--onlyvisible", "--name", "Already open"])
        .args(["windowfocus", "--sync", "key", "Return"])
        .status()
        .unwrap();
    assert!(pressed.success());
    wait_until("the second copy ends", || second.has_ended());
    window.wait_for_screen("home").await;
}

#[test]
fn without_a_display_the_app_says_what_it_needs_and_ends() {
    let session = PrivateSession::new();
    for display in [None, Some(":99999"), Some("not a display")] {
        let mut command = session.command(app());
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }

        let (status, said) = ended(&mut command);

        assert_eq!(status.code(), Some(1), "{display:?}: {said}");
        assert!(said.contains("found no desktop"), "{display:?}: {said}");
        assert!(!said.contains("panicked"), "{display:?}: {said}");
    }
}

#[test]
fn without_a_display_a_closed_stderr_is_no_crash() {
    let session = PrivateSession::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);

    let ended = session.command(app()).stderr(writer).status().unwrap();

    // A panic ends with 101.
    assert_eq!(ended.code(), Some(1), "{ended}");
}

#[tokio::test]
async fn crashed_process_leaves_no_memory_behind() {
    let window = AppWindow::open().await;

    let drawing = |name: &str| name.starts_with("WebKitWebProces");
    let (mut own, mut drawn) = (0, 0);
    for id in window.session().processes() {
        let about =
            |file: &str| fs::read_to_string(format!("/proc/{id}/{file}")).unwrap_or_default();
        let name = about("comm");
        let is_app = name.starts_with("sip-registrar");
        if !is_app && !drawing(&name) {
            continue;
        }
        own += usize::from(is_app);
        drawn += usize::from(drawing(&name));
        let limits = about("limits");
        let core = limits
            .lines()
            .find(|line| line.starts_with("Max core file size"));
        let words: Vec<_> = core.unwrap().split_whitespace().collect();
        assert_eq!(words[4..6], ["1", "1"], "{name}: {core:?}");
    }
    assert!(own >= 1 && drawn >= 1, "{own} and {drawn} were looked at");
}

/// How much memory of the app is locked in kilobytes, once its window is there. `before` is what starts
/// it.
fn locked(before: &[&str]) -> u64 {
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let mut command = session.command("env");
    command.args(before).arg(app());
    let app = OwnedProcess::start(command.stdout(session.log()).stderr(session.log()));
    wait_until("its window shows", || {
        windows(&session, "SIP Registrar Setup") == 1
    });
    let status = fs::read_to_string(format!("/proc/{}/status", app.id())).unwrap();
    let kilobytes = word_of(&status, "VmLck:", 1);
    kilobytes.parse().unwrap()
}

/// A word of the line of `/proc` that begins like this.
fn word_of(about: &str, line: &str, word: usize) -> String {
    let line = about.lines().find(|one| one.starts_with(line)).unwrap();
    line.split_whitespace().nth(word).unwrap().to_owned()
}

#[test]
fn memory_is_locked_when_permitted() {
    let own = |file: &str| fs::read_to_string(format!("/proc/self/{file}")).unwrap();
    let rights = u64::from_str_radix(&word_of(&own("status"), "CapEff:", 1), 16).unwrap();
    // CAP_IPC_LOCK and CAP_SETPCAP, capabilities(7).
    let (may_lock, may_drop) = (rights & (1 << 14) != 0, rights & (1 << 8) != 0);
    let is_unlimited = word_of(&own("limits"), "Max locked memory", 4) == "unlimited";

    assert_eq!(locked(&[]) > 1024, may_lock || is_unlimited);
    if may_lock && may_drop && !is_unlimited {
        assert_eq!(locked(&["setpriv", "--bounding-set=-ipc_lock"]), 0);
    }
}
