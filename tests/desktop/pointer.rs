//! Pointer input: a double click, and a click that follows fast typing.

use acceptance::app_window::AppWindow;

use crate::walk::Walk;

/// Milliseconds between the two halves of a double click.
const HALVES: &str = "120";

#[tokio::test]
async fn double_click_stays_out_of_the_next_screen() {
    let walk = Walk::begin(AppWindow::open().await, "pointer").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.fill("userName", "front-desk").await;
    walk.press("generate-password").await;

    double_click(&walk, "create-credential").await;
    walk.window.wait_for_screen("test").await;
    settle(&walk).await;
    assert_eq!(walk.window.evaluate(SCREEN).await, "test");

    for (button, next) in [
        ("continue-without-test", "phone"),
        ("continue-to-wait", "wait"),
        ("continue-to-call", "call"),
    ] {
        if next == "wait" {
            walk.choose_phone("T46U").await;
            settle(&walk).await;
        }
        double_click(&walk, button).await;
        walk.window.wait_for_screen(next).await;
        settle(&walk).await;
        assert_eq!(walk.window.evaluate(SCREEN).await, next);
    }
    let calls = "document.querySelector('[data-part=live]').hidden === false \
                 || document.querySelector('#work[aria-busy]') !== null";
    assert_eq!(
        walk.window.evaluate(calls).await,
        false,
        "no call is placed"
    );

    walk.press("home").await;
    walk.window.wait_for_screen("home").await;
    double_click(&walk, "reset-practice").await;
    walk.window.wait_for(DIALOG).await;
    settle(&walk).await;
    assert_eq!(walk.window.evaluate(DIALOG).await, true, "it still asks");
}

#[tokio::test]
async fn keys_typed_before_a_click_are_not_lost() {
    let walk = Walk::begin(AppWindow::open().await, "fast-typing").await;
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.press("generate-password").await;
    walk.window.tab_to("#userName").await;
    let button = place(&walk, "create-credential").await;

    // The window is busy while all of this comes in.
    let busy = "setTimeout(() => { const ends = performance.now() + 800
        while (performance.now() < ends); }) > 0";
    walk.window.evaluate(busy).await;
    xdotool(&walk, &["type", "--delay", "0", "front-desk"]);
    xdotool(&walk, &["mousemove", &button.0, &button.1, "click", "1"]);

    walk.window.wait_for_screen("test").await;
    walk.says(&["front-desk"]).await;
}

const SCREEN: &str = "document.body.dataset.screen";
const DIALOG: &str = "document.querySelector('#confirm').open";

async fn double_click(walk: &Walk, action: &str) {
    let (x, y) = place(walk, action).await;
    let twice = ["click", "--repeat", "2", "--delay", HALVES, "1"];
    xdotool(walk, &[&["mousemove", &x, &y], &twice[..]].concat());
}

/// Waits as long as the second half of a double click could have any effect.
async fn settle(walk: &Walk) {
    let done = "const done = arguments[arguments.length - 1]; setTimeout(done, 600)";
    walk.window
        .client()
        .execute_async(done, vec![])
        .await
        .unwrap();
}

/// Where a button is on the display, which the window fills.
async fn place(walk: &Walk, action: &str) -> (String, String) {
    let of_button = format!(
        "(() => {{
            const button = document.querySelector('[data-action=\"{action}\"]')
            button.scrollIntoView({{ block: 'nearest' }})
            const {{ x, y, width, height }} = button.getBoundingClientRect()
            return [String(Math.round(x + width / 2)), String(Math.round(y + height / 2))]
        }})()"
    );
    let place = walk.window.evaluate(&of_button).await;
    let of = |at: usize| place[at].as_str().unwrap().to_owned();
    (of(0), of(1))
}

fn xdotool(walk: &Walk, arguments: &[&str]) {
    let status = walk
        .window
        .session()
        .command("xdotool")
        .args(arguments)
        .status();
    assert!(status.unwrap().success(), "{arguments:?}");
}
