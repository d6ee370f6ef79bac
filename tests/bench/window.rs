//! The app's window compared with the hello window: startup time, memory, and program size. Both
//! are built with the same profile and driven in the same way.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use acceptance::app_window::{AppWindow, USUAL_SIZE, start};
use acceptance::owned_process::PATIENCE;
use acceptance::paths::target;
use acceptance::private_session::PrivateSession;
use serde_json::json;

use super::row::Row;
use super::walk::Walk;

/// Starts of each program.
const STARTS: usize = 15;
/// Journeys, and hello windows beside them.
const JOURNEYS: usize = 5;
/// The programs that draw for a window.
const DRAWING: [&str; 3] = [
    "WebKitWebProcess",
    "WebKitNetworkProcess",
    "WebKitGPUProcess",
];

/// From the start of the process to the first screen that can be used.
pub(crate) async fn launch() -> Row {
    let (app, hello) = (released("sip-registrar-setup"), released("hello-window"));
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for round in 0..STARTS {
        // Who begins changes from round to round.
        if round % 2 == 0 {
            ours.push(until_ready(&app).await);
            peers.push(until_ready(&hello).await);
        } else {
            peers.push(until_ready(&hello).await);
            ours.push(until_ready(&app).await);
        }
    }
    Row {
        what: "launch to first usable screen, 15 starts",
        against: "hello window",
        unit: "ms",
        ours,
        peers,
        budget: 1.15,
    }
}

/// The memory of all processes after a whole practice journey.
pub(crate) async fn memory() -> Row {
    let (app, hello) = (released("sip-registrar-setup"), released("hello-window"));
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for _ in 0..JOURNEYS {
        ours.push(after_a_journey(&app).await);
        peers.push(after_a_press(&hello).await);
    }
    Row {
        what: "memory after a whole practice journey, proportional set of all processes",
        against: "hello window",
        unit: "MiB",
        ours,
        peers,
        budget: 1.25,
    }
}

/// The stripped programs.
pub(crate) fn size() -> Row {
    #[allow(clippy::cast_precision_loss, reason = "a program has a few megabytes")]
    let mib = |path: PathBuf| fs::metadata(path).unwrap().len() as f64 / f64::from(1 << 20);
    Row {
        what: "size of the stripped binary",
        against: "hello window, as Tauri builds it where nothing is chosen",
        unit: "MiB",
        ours: vec![mib(released("sip-registrar-setup"))],
        peers: vec![mib(released("hello-window"))],
        budget: 2.0,
    }
}

pub(crate) fn released(name: &str) -> PathBuf {
    let path = target().join("release").join(name);
    assert!(
        path.is_file(),
        "{} is not built: run `cargo xtask bench`",
        path.display()
    );
    path.canonicalize().unwrap()
}

fn desktop() -> PrivateSession {
    PrivateSession::desktop(USUAL_SIZE.0, USUAL_SIZE.1)
}

/// Milliseconds from the start of the process until the page says that it is ready.
async fn until_ready(program: &Path) -> f64 {
    let session = desktop();
    let started = session.folder().join("started");
    let noting = noting_its_start(program, session.folder(), &started);

    let (driver, client) = start(&session, &noting).await;
    let ready = "const mark = performance.getEntriesByName('ready')[0]
        return mark ? performance.timeOrigin + mark.startTime : null";
    let deadline = Instant::now() + PATIENCE;
    let ready = loop {
        assert!(Instant::now() < deadline, "the window is never ready");
        if let Some(at) = client.execute(ready, vec![]).await.unwrap().as_f64() {
            break at;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    drop(driver);

    let started = fs::read_to_string(&started).unwrap();
    ready - started.trim().parse::<f64>().unwrap() / 1e6
}

/// Makes a program that writes down the time, in nanoseconds since 1970, and becomes the other one.
fn noting_its_start(program: &Path, folder: &Path, started: &Path) -> PathBuf {
    let path = folder.join("noting");
    let script = format!(
        "#!/bin/sh\ndate +%s%N > '{}'\nexec '{}' \"$@\"\n",
        started.display(),
        program.display()
    );
    fs::write(&path, script).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

async fn after_a_journey(program: &Path) -> f64 {
    let walk = Walk {
        window: AppWindow::open_program(desktop(), program).await,
        name: None,
        said: std::cell::RefCell::default(),
    };
    walk.sign_in().await;
    walk.make_realm("lobby").await;
    walk.make_credential("front-desk", "somewhere.com").await;
    walk.check().await;
    walk.register_phone().await;
    walk.call().await;
    proportional_set(walk.window.session(), program)
}

async fn after_a_press(program: &Path) -> f64 {
    let session = desktop();
    let (driver, client) = start(&session, program).await;
    let pressed = "const done = arguments[arguments.length - 1]
        document.querySelector('button').click()
        const wait = () => document.querySelector('p').textContent === 'Pressed 2 times'
            ? done(true) : requestAnimationFrame(wait)
        wait()";
    let pressed = client.execute_async(pressed, vec![]).await.unwrap();
    assert_eq!(pressed, json!(true));
    let memory = proportional_set(&session, program);
    drop(driver);
    memory
}

/// MiB of the program and of what draws for it: pages that several processes share count in part.
fn proportional_set(session: &PrivateSession, program: &Path) -> f64 {
    let counts = |id: &u32| {
        let exe = fs::read_link(format!("/proc/{id}/exe")).unwrap_or_default();
        let name = exe.file_name().unwrap_or_default().to_string_lossy();
        exe == program || DRAWING.contains(&name.as_ref())
    };
    let processes: Vec<u32> = session.processes().into_iter().filter(counts).collect();
    assert!(processes.len() > 1, "the program and what draws for it");
    let kib = |id: u32| {
        let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap();
        let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:"));
        let number = line.unwrap().trim().trim_end_matches(" kB");
        number.parse::<f64>().unwrap()
    };
    processes.into_iter().map(kib).sum::<f64>() / 1024.0
}
