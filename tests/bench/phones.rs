//! A phone's page: from the key that chooses the phone until its page is drawn.

use acceptance::app_window::{AppWindow, USUAL_SIZE};
use acceptance::private_session::PrivateSession;
use fantoccini::key::Key;
use registrar_phones::phones;

use super::row::Row;
use super::walk::Walk;
use super::window::released;

/// Measurements, each with its own 95th percentile over all phones.
const ROUNDS: usize = 7;
/// The budget in milliseconds: two frames of the screen.
const TWO_FRAMES: f64 = 33.0;

/// Notes how long it was from each Enter in the search until the page that it opens was painted: the
/// task behind the first frame with the page runs once that frame is out.
const WATCH: &str = "(() => {
    window.opened = []
    let at = null
    addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && event.target.id === 'phone-search') {
            at = performance.now()
        }
    }, { capture: true })
    new MutationObserver(() => {
        if (at !== null && document.querySelector('.phone-page')) {
            const began = at
            at = null
            requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel()
                port1.onmessage = () => window.opened.push(performance.now() - began)
                port2.postMessage(null)
            })
        }
    }).observe(document.querySelector('#screen'), { childList: true, subtree: true })
    return true
})()";

/// From the choice of a phone to its page.
pub(crate) async fn measure() -> Row {
    let session = PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1);
    let walk = Walk {
        window: AppWindow::open_program(session, &released("sip-registrar-setup")).await,
        name: None,
        said: std::cell::RefCell::default(),
    };
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "").await;
    walk.to_phone().await;
    assert_eq!(walk.window.evaluate(WATCH).await, true);

    let mut ours = Vec::new();
    for _ in 0..ROUNDS {
        walk.window.evaluate("window.opened = []").await;
        for (opened, phone) in (1..).zip(phones()) {
            walk.fill("phone-search", phone.name).await;
            walk.window.press(Key::Enter).await;
            let noted = format!("window.opened.length === {opened}");
            walk.window.wait_for(&noted).await;
            walk.press("choose-another").await;
            let list = "document.querySelector('.picker') !== null";
            walk.window.wait_for(list).await;
        }
        ours.push(percentile(&walk).await);
    }
    Row {
        what: "a phone’s page, from the key that chooses the phone until it is drawn, 95th percentile",
        against: "33 ms, two frames of the screen",
        unit: "ms",
        peers: vec![TWO_FRAMES; ours.len()],
        ours,
        budget: 1.0,
    }
}

async fn percentile(walk: &Walk) -> f64 {
    let times = walk.window.evaluate("window.opened").await;
    let times = times.as_array().unwrap().iter();
    let mut times: Vec<f64> = times.map(|time| time.as_f64().unwrap()).collect();
    times.sort_by(f64::total_cmp);
    let at = (times.len() * 95).div_ceil(100).saturating_sub(1);
    times[at]
}
