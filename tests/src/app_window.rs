//! The built app in its real window, used by keyboard through `WebDriver`.

use std::fmt::Write as _;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::free_port::free_port;
use crate::owned_process::{OwnedProcess, PATIENCE, kill, wait_until};
use crate::paths::{app, target, workspace};
use crate::private_session::PrivateSession;

/// The window's size as the app opens it.
pub const USUAL_SIZE: (u32, u32) = (1180, 800);
/// Most times that a picture is taken again: something that turns is never like before.
const LOOKS: usize = 3;

/// Changes a point that is as good as invisible, again and again. Without a graphics card the engine
/// gives no picture before it next draws, and it draws nothing where nothing changes.
const BEGIN_TO_DRAW: &str = "const point = document.createElement('i')
    Object.assign(point.style, { position: 'fixed', top: 0, left: 0, width: '1px', height: '1px' })
    document.documentElement.append(point)
    let turn = 0
    const timer = setInterval(() => {
        point.style.backgroundColor = `rgb(0 0 0 / 0.00${turn++ % 2 + 1})`
    }, 10)
    window.endToDraw = () => {
        clearInterval(timer)
        point.remove()
    }";
const END_TO_DRAW: &str = "window.endToDraw()";

/// The app, its window and the session that both live in.
#[derive(Debug)]
pub struct AppWindow {
    // Ends before the session's display and bus do.
    driver: OwnedProcess,
    client: Client,
    app: PathBuf,
    session: PrivateSession,
}

impl AppWindow {
    /// Opens the app in a desktop of its own.
    pub async fn open() -> Self {
        let (width, height) = USUAL_SIZE;
        Self::open_in(PrivateSession::desktop(width, height)).await
    }

    /// Opens the app in this session, which has a display.
    pub async fn open_in(session: PrivateSession) -> Self {
        Self::open_program(session, &app()).await
    }

    /// Opens this build of the app in this session, which has a display.
    pub async fn open_program(session: PrivateSession, app: &Path) -> Self {
        let app = app.canonicalize().unwrap();
        let (driver, client) = start(&session, &app).await;
        let window = Self {
            driver,
            client,
            app,
            session,
        };
        window.wait_for_screen("home").await;
        window.focus().await;
        window
    }

    /// Ends the app as `kill -9` does, and opens it again with the same home folder.
    pub async fn kill_and_open_again(&mut self) {
        let killed = self.app_processes();
        assert!(!killed.is_empty(), "the app runs");
        for &id in &killed {
            kill(id);
        }
        self.open_again().await;
    }

    /// Opens the app again, with the same home folder, once it has ended.
    pub async fn open_again(&mut self) {
        wait_until("the app is gone", || self.app_processes().is_empty());
        let (driver, client) = start(&self.session, &self.app).await;
        self.driver = driver;
        self.client = client;
        self.wait_for_screen("home").await;
        self.focus().await;
    }

    /// Returns whether the app runs, with a window or without.
    #[must_use]
    pub fn runs(&self) -> bool {
        !self.app_processes().is_empty()
    }

    /// The session, to look at what the app wrote.
    #[must_use]
    pub fn session(&self) -> &PrivateSession {
        &self.session
    }

    /// The `WebDriver` client, for what has no method here.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Waits until `body[data-ready]` has this value: the screen of that name can be used.
    pub async fn wait_for_screen(&self, name: &str) {
        self.wait_for(&format!("document.body.dataset.ready === {}", json!(name)))
            .await;
    }

    /// Waits until a JavaScript expression is true.
    pub async fn wait_for(&self, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.evaluate(expression).await != json!(true) {
            if Instant::now() > deadline {
                let ready = self.evaluate("document.body.dataset.ready").await;
                let text = self.text().await;
                panic!("waited in vain for {expression}; the screen is {ready} and says: {text}");
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Returns the value of a JavaScript expression.
    pub async fn evaluate(&self, expression: &str) -> Value {
        let script = format!("return ({expression})");
        self.client.execute(&script, vec![]).await.unwrap()
    }

    /// Returns the window's visible text.
    pub async fn text(&self) -> String {
        let text = self.evaluate("document.body.innerText").await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Presses a key and lets it go.
    pub async fn press(&self, key: Key) {
        self.keys(&[char::from(key)]).await;
    }

    /// Presses keys together, such as Shift and Tab: all down in their order, then all up.
    pub async fn press_together(&self, keys: &[char]) {
        let down = keys.iter().map(|&value| KeyAction::Down { value });
        let up = keys.iter().rev().map(|&value| KeyAction::Up { value });
        self.perform(down.chain(up)).await;
    }

    /// Types text, letter by letter, into whatever has the focus.
    pub async fn type_text(&self, text: &str) {
        self.keys(&text.chars().collect::<Vec<_>>()).await;
    }

    /// Presses Tab until the element that has the focus matches a selector.
    ///
    /// Panics when the focus has been everywhere and never there: no keyboard reaches it.
    pub async fn tab_to(&self, selector: &str) {
        let expression = format!(
            "document.activeElement?.matches({}) === true",
            json!(selector)
        );
        for _ in 0..200 {
            if self.evaluate(&expression).await == json!(true) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab does not lead to {selector}");
    }

    /// Saves a picture of the window as `target/screens/NAME.png`.
    pub async fn picture(&self, name: &str) -> PathBuf {
        let folder = target().join("screens");
        fs::create_dir_all(&folder).unwrap();
        // Drawn after the change that the caller waited for.
        let drawn = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.client.execute_async(drawn, vec![]).await.unwrap();
        self.client.execute(BEGIN_TO_DRAW, vec![]).await.unwrap();
        // The engine draws in layers, each in its own time: two pictures that are alike are whole.
        let mut picture = self.client.screenshot().await.unwrap();
        for _ in 0..LOOKS {
            let again = self.client.screenshot().await.unwrap();
            if again == picture {
                break;
            }
            picture = again;
        }
        self.client.execute(END_TO_DRAW, vec![]).await.unwrap();
        let path = folder.join(format!("{name}.png"));
        fs::write(&path, picture).unwrap();
        path
    }

    /// Returns what axe-core finds wrong with the screen's accessibility, a line for each finding.
    pub async fn axe(&self) -> String {
        let source = workspace().join("tests/ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&source)
            .unwrap_or_else(|error| panic!("{}: {error}; run npm ci there", source.display()));
        self.client.execute(&source, vec![]).await.unwrap();
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] })
                .then((found) => done(found.violations), (error) => done([{ id: String(error) }]))";
        let violations = self.client.execute_async(run, vec![]).await.unwrap();
        let mut lines = String::new();
        for violation in violations.as_array().unwrap() {
            let nodes = violation["nodes"].as_array().into_iter().flatten();
            let targets: Vec<_> = nodes.map(|node| node["target"].to_string()).collect();
            let _ = writeln!(
                lines,
                "{}: {} at {}",
                violation["id"],
                violation["help"],
                targets.join(" ")
            );
        }
        lines
    }

    /// Sets the window's size, and waits until the content has it.
    pub async fn set_size(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
        self.wait_for(&format!(
            "innerWidth === {width} && innerHeight === {height}"
        ))
        .await;
    }

    /// Sets the size of text in per cent of the usual, as a person's browser setting does.
    pub async fn set_text_size(&self, per_cent: u32) {
        self.evaluate(&format!(
            "document.documentElement.style.fontSize = '{per_cent}%'"
        ))
        .await;
    }

    /// Gives the window the keyboard, which no window manager does here. A window that was only just
    /// mapped may lose it again, so this is asked for until the window says that it has it.
    pub async fn focus(&self) {
        let deadline = Instant::now() + PATIENCE;
        while self.evaluate("document.hasFocus()").await != json!(true) {
            assert!(
                Instant::now() < deadline,
                "the window never had the keyboard"
            );
            self.session
                .command("xdotool")
                .args(["search", "--onlyvisible", "--name", "SIP Registrar Setup"])
                .args(["windowfocus"])
                .stdout(self.session.log())
                .stderr(self.session.log())
                .status()
                .unwrap();
            sleep(Duration::from_millis(20)).await;
        }
    }

    async fn keys(&self, keys: &[char]) {
        let strokes = keys
            .iter()
            .flat_map(|&value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        self.perform(strokes).await;
    }

    async fn perform(&self, actions: impl Iterator<Item = KeyAction>) {
        let keyboard = KeyActions::new("keyboard".to_owned());
        let keyboard = actions.fold(keyboard, KeyActions::then);
        self.client.perform_actions(keyboard).await.unwrap();
    }

    /// The app's own processes, without those that draw for it.
    fn app_processes(&self) -> Vec<u32> {
        let mut ids = self.session.processes();
        ids.retain(|id| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == self.app));
        ids
    }
}

/// Starts the driver, which starts the app. The app ends with the driver.
pub async fn start(session: &PrivateSession, app: &Path) -> (OwnedProcess, Client) {
    let (driver, port) = start_driver(session);
    let mut capabilities = Capabilities::new();
    capabilities.insert(
        "webkitgtk:browserOptions".to_owned(),
        json!({ "binary": app, "args": [] }),
    );
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap();
    (driver, client)
}

/// Starts the driver with its own browser, which shows a file as somebody else would see it.
pub async fn browse(session: &PrivateSession, file: &Path) -> (OwnedProcess, Client) {
    let (driver, port) = start_driver(session);
    let client = ClientBuilder::new(HttpConnector::new())
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap();
    client
        .goto(&format!("file://{}", file.display()))
        .await
        .unwrap();
    (driver, client)
}

/// Starts `WebKitWebDriver` on a free port; another one, where somebody was quicker.
fn start_driver(session: &PrivateSession) -> (OwnedProcess, u16) {
    loop {
        let port = free_port();
        let mut driver = OwnedProcess::start(
            session
                .command("WebKitWebDriver")
                .args([&format!("--port={port}"), "--host=127.0.0.1"])
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .stdout(session.log())
                .stderr(session.log()),
        );
        let mut listens = false;
        wait_until("the driver listens", || {
            listens = TcpStream::connect(("127.0.0.1", port)).is_ok();
            listens || driver.has_ended()
        });
        if listens && !driver.has_ended() {
            return (driver, port);
        }
    }
}
