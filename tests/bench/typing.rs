//! Key latency with a list of 100,000 SIP credentials open.
//!
//! It is measured with the window's own clock from the key to the second animation frame after it.
//! The same keys in a field without listeners show how long the two frames take on their own;
//! anything beyond that is our code.

use std::iter;
use std::time::{Duration, Instant};

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use serde_json::json;
use tokio::time::sleep;

use super::big_account::BigAccount;
use super::row::Row;
use super::walk::Walk;
use super::window::released;

/// Measurements, each with its own 95th percentile.
const ROUNDS: usize = 7;
/// What is typed into each field in a round. What is looked for finds all, some, one, and all again.
const AT_THE_LIST: [(&str, &str); 2] = [("find", "phone-0999"), ("rate", "50")];
/// The same in a form over the list. The first name is one that is there already.
const IN_A_FORM: [(&str, &str); 3] = [
    ("userName", "phone-09990"),
    ("domain", "phones.example"),
    ("applicationId", "5ba6761d-36bd"),
];
/// What is typed into the field that nobody listens to.
const UNHEARD: &str = "quiet";
/// Pages down the list in a round, and as many up again.
const PAGES: usize = 10;
/// Longest that loading the list may take.
const LOADING: Duration = Duration::from_mins(3);
/// The budgets, in milliseconds.
const TO_THE_SECOND_FRAME: f64 = 33.0;
const OWN_WORK: f64 = 8.0;

/// Notes for each key how long it was until the second frame, under the id of its field.
const WATCH: &str = "(() => {
    const quiet = document.createElement('input')
    quiet.id = 'quiet'
    quiet.setAttribute('aria-label', 'quiet')
    document.querySelector('#screen').prepend(quiet)
    window.typed = {}
    addEventListener('keydown', (event) => {
        const at = performance.now()
        const field = event.target.id || event.target.dataset.part
        requestAnimationFrame(() => requestAnimationFrame(() =>
            (window.typed[field] ??= []).push(performance.now() - at)))
    }, { capture: true })
    return true
})()";

/// The key to the second frame, our own work in it, and the same for pages of the list.
pub(crate) async fn measure() -> [Row; 3] {
    let account = BigAccount::start().await;
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    account.put_into_the_list_of(&session);
    let program = released("sip-registrar-setup");
    let walk = Walk {
        window: AppWindow::open_program(session, &program).await,
        name: None,
        said: std::cell::RefCell::default(),
    };
    open_the_list(&walk).await;
    assert_eq!(walk.window.evaluate(WATCH).await, true);

    let (mut ours, mut own, mut pages) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let quiet = typed(&walk, "quiet", UNHEARD).await;
        let mut worst = f64::NEG_INFINITY;
        for (field, text) in AT_THE_LIST {
            worst = worst.max(typed(&walk, field, text).await);
        }
        walk.press("add-credential").await;
        for (field, text) in IN_A_FORM {
            worst = worst.max(typed(&walk, field, text).await);
        }
        walk.press("close-task").await;
        ours.push(worst);
        own.push((worst - quiet).max(0.0));
        pages.push(paged(&walk).await);
    }
    let budgets = |budget| vec![budget; ROUNDS];
    [
        Row {
            what: "key typed in any field, 100,000 credentials open, to the second frame, 95th percentile",
            against: "33 ms, two frames of the screen",
            unit: "ms",
            ours,
            peers: budgets(TO_THE_SECOND_FRAME),
            budget: 1.0,
        },
        Row {
            what: "our own work in that: above a field that nobody listens to",
            against: "8 ms",
            unit: "ms",
            ours: own,
            peers: budgets(OWN_WORK),
            budget: 1.0,
        },
        Row {
            what: "Page Up and Page Down in a list of 100,000, to the second frame, 95th percentile",
            against: "33 ms, two frames of the screen",
            unit: "ms",
            ours: pages,
            peers: budgets(TO_THE_SECOND_FRAME),
            budget: 1.0,
        },
    ]
}

async fn open_the_list(walk: &Walk) {
    walk.press("desk").await;
    walk.window.wait_for_screen("desk").await;
    walk.fill("secret", "secret-7f3a").await;
    walk.press("desk-sign-in").await;
    let whole = json!("All 100,000 SIP credentials are loaded.");
    let whole = format!("document.body.innerText.includes({whole})");
    let deadline = Instant::now() + LOADING;
    while walk.window.evaluate(&whole).await != json!(true) {
        assert!(Instant::now() < deadline, "the list is never whole");
        sleep(Duration::from_millis(200)).await;
    }
}

/// Goes down the list page by page, and up again; each page is there before the next key. Returns
/// the 95th percentile.
async fn paged(walk: &Walk) -> f64 {
    walk.window.tab_to("#main [data-part=grid]").await;
    walk.window.press(Key::Home).await;
    begin_noting(walk, "grid").await;
    let keys = iter::repeat_n(Key::PageDown, PAGES).chain(iter::repeat_n(Key::PageUp, PAGES));
    for (pressed, key) in (1..).zip(keys) {
        walk.window.press(key).await;
        let shown = format!(
            "window.typed.grid.length === {pressed} \
             && document.querySelector('.grid-row[data-active]') !== null"
        );
        walk.window.wait_for(&shown).await;
    }
    percentile(walk, "grid").await
}

/// Types a text into a field key by key, and takes it away again. Returns the 95th percentile.
async fn typed(walk: &Walk, field: &str, text: &str) -> f64 {
    walk.fill(field, "").await;
    begin_noting(walk, field).await;
    let keys: Vec<char> = text
        .chars()
        .chain(text.chars().map(|_| Key::Backspace.into()))
        .collect();
    for (pressed, key) in (1..).zip(&keys) {
        walk.window.press_together(&[*key]).await;
        let noted = format!("window.typed[{}].length === {pressed}", json!(field));
        walk.window.wait_for(&noted).await;
    }
    percentile(walk, field).await
}

async fn begin_noting(walk: &Walk, field: &str) {
    // The keys that led here are noted before the notes begin afresh.
    let drawn = "const done = arguments[arguments.length - 1];
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))";
    let client = walk.window.client();
    client.execute_async(drawn, vec![]).await.unwrap();
    walk.window
        .evaluate(&format!("window.typed[{}] = []", json!(field)))
        .await;
}

async fn percentile(walk: &Walk, field: &str) -> f64 {
    let times = format!("window.typed[{}]", json!(field));
    let times = walk.window.evaluate(&times).await;
    let times = times.as_array().unwrap().iter();
    let mut times: Vec<f64> = times.map(|time| time.as_f64().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    let at = (times.len() * 95).div_ceil(100).saturating_sub(1);
    times[at]
}
