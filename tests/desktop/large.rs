//! A plan and an activity of tens of thousands of rows in the real window: only visible rows are
//! drawn, and requested rows arrive.

use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use registrar_activity::{Activity, ActivityKind, End, Entry, Log, Tone, clock};
use serde_json::{Value, json};

use crate::clipboard_and_files::open_file;
use crate::import::{open_import, planned};
use crate::walk::Walk;

const ROWS: usize = 100_000;
const EXCHANGES: u32 = 30_000;

/// Scrolls a list by seven rows a frame for some seconds. Gives how many frames there were, the
/// longest and the 95th percentile of the times between them in milliseconds, how often less than all
/// of the list's height had rows, and where it came to.
async fn scroll(walk: &Walk, grid: &str) -> Value {
    let script = format!(
        "const done = arguments[arguments.length - 1];
        const grid = document.querySelector('{grid}');
        const times = [];
        const began = performance.now();
        let before = began;
        let gaps = 0;
        const step = () => {{
            const now = performance.now();
            times.push(now - before);
            before = now;
            const edge = grid.getBoundingClientRect();
            const rows = [...grid.querySelectorAll('.grid-row')].map((row) => row.getBoundingClientRect());
            const covered = rows.some(({{ top }}) => top <= edge.top + 60) &&
                rows.some(({{ bottom }}) => bottom >= edge.bottom - 60);
            gaps += covered ? 0 : 1;
            grid.scrollTop += 300;
            if (now - began < 5000) {{
                requestAnimationFrame(step);
                return;
            }}
            times.sort((one, other) => one - other);
            done({{
                frames: times.length,
                longest: times[times.length - 1],
                most: times[Math.floor(times.length * 0.95)],
                gaps,
                top: grid.scrollTop
            }});
        }};
        requestAnimationFrame(step);"
    );
    let client = walk.window.client();
    client.execute_async(&script, vec![]).await.unwrap()
}

async fn drawn(walk: &Walk) -> u64 {
    let drawn = "document.querySelectorAll('.grid-row').length";
    walk.window.evaluate(drawn).await.as_u64().unwrap()
}

#[tokio::test]
async fn plan_of_100000_rows_can_be_opened_scrolled_and_searched() {
    let walk = Walk::begin(AppWindow::open().await, "large-plan").await;
    let file = walk.window.session().folder().join("many.csv");
    let mut text = String::from("User name,Realm,Password\n");
    for row in 0..ROWS {
        writeln!(text, "phone-{row:06},,secret-{row}").unwrap();
    }
    text.push_str("bad name,,secret\n");
    fs::write(&file, text).unwrap();
    open_import(&walk).await;
    walk.press("choose-import").await;
    open_file(&walk, &file).await;
    let began = Instant::now();
    planned(&walk).await;
    eprintln!(
        "the plan of {ROWS} rows was there after {:?}",
        began.elapsed()
    );
    walk.look("1-plan").await;

    let scrolled = scroll(&walk, ".plan-grid").await;
    eprintln!("scrolled: {scrolled}");
    assert!(scrolled["top"].as_f64().unwrap() > 3_000.0, "{scrolled}");
    assert!(drawn(&walk).await < 60, "only those in sight");
    walk.window.tab_to(".plan-grid").await;
    walk.window.press(Key::End).await;
    walk.window
        .wait_for("document.querySelector('.plan-grid .grid-row[data-active] .cell-name')?.textContent === 'bad name'")
        .await;
    walk.fill("find", "PHONE-0777").await;
    let typed = Instant::now();
    walk.window
        .wait_for("document.querySelector('.plan-grid').getAttribute('aria-rowcount') === '101'")
        .await;
    eprintln!("100 rows were found after {:?}", typed.elapsed());
    walk.look("2-found").await;
    walk.fill("find", "letters a to z").await;
    walk.window
        .wait_for("[...document.querySelectorAll('.plan-grid .cell-name')].map((cell) => cell.textContent).join() === 'User name,bad name'")
        .await;
}

/// Fills the app's activity before it starts, as a month of work does.
fn fill_activity(session: &PrivateSession) {
    let folder = session
        .folder()
        .join("data/dev.sipregistrar.setup/activity");
    let log = Log::in_folder(folder);
    let activity = Activity::kept_in(&log, true);
    for number in 0..EXCHANGES {
        let refused = number % 10 == 0;
        activity.record_aside(Entry {
            kind: ActivityKind::Request,
            title: format!("List page {number}"),
            at_ms: clock::now_ms() - u64::from(EXCHANGES - number) * 60_000 / 2,
            took_ms: 40,
            method: "GET".to_owned(),
            address: format!("http://127.0.0.1/api/accounts/1/realms/{number}/sipcredentials"),
            request: format!("GET /{number} HTTP/1.1\nAccept: application/xml\n\n"),
            response: format!("HTTP/1.1 200\n\n<Answer><Number>{number}</Number></Answer>"),
            messages: Vec::new(),
            end: End::Done { status: 200 },
            tone: if refused { Tone::Bad } else { Tone::Good },
        });
        if number % 500 == 0 {
            log.settle();
        }
    }
    log.settle();
}

#[tokio::test]
async fn large_activity_can_be_opened_scrolled_and_filtered() {
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    fill_activity(&session);
    let walk = Walk::begin(AppWindow::open_in(session).await, "large-activity").await;
    let shown = async |text: &str| {
        let text = json!(text);
        let says =
            format!("document.querySelector('[data-part=shown]')?.textContent.startsWith({text})");
        let began = Instant::now();
        walk.window.wait_for(&says).await;
        began.elapsed()
    };

    walk.press("activity").await;
    eprintln!(
        "{EXCHANGES} exchanges were listed after {:?}",
        shown("30,000 of 30,000 shown").await
    );
    walk.look("1-all").await;
    let scrolled = scroll(&walk, "#main [data-part=grid]").await;
    eprintln!("scrolled: {scrolled}");
    assert!(drawn(&walk).await < 60, "only those in sight");

    walk.fill("find", "page 2999").await;
    eprintln!(
        "11 were found after {:?}",
        shown("11 of 30,000 shown").await
    );
    walk.fill("find", "").await;
    shown("30,000 of 30,000 shown").await;
    let choose = "(() => {
        const choice = document.querySelector('#outcome')
        choice.value = 'bad'
        choice.dispatchEvent(new Event('change', { bubbles: true }))
        return true })()";
    walk.window.evaluate(choose).await;
    eprintln!(
        "3,000 were filtered after {:?}",
        shown("3,000 of 30,000 shown").await
    );
    walk.look("2-filtered").await;
}
