//! Ensures that one copy of the app runs at a time, and that it has a display.

#[cfg(target_os = "linux")]
use std::env;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use registrar_app::terminal;
use registrar_storage::instance::{self, Claim};
use tauri::plugin::Plugin;
#[cfg(not(target_os = "macos"))]
use tauri::plugin::TauriPlugin;
use tauri::{App, AppHandle, Manager as _, Runtime};

use crate::dialogs::{self, Said, Tone};
#[cfg(not(target_os = "macos"))]
use crate::{deep_links, window};

const OPEN_ALREADY: &str = "SIP Registrar Setup is already open. Go to its other window. This one \
closes, because two would write to the same files.";

/// How long a start waits for a copy that is shutting down: longer than that one may take.
const LONGEST_WAIT: Duration = Duration::from_secs(8);
const RETRY_INTERVAL: Duration = Duration::from_millis(100);

/// Ends a second instance, and brings the first one's window to the front.
///
/// Not on macOS: there, the plugin listens at a socket in /tmp, which any user can occupy first,
/// and the system itself brings a running app to the front. [`claim`] suffices.
///
/// A first instance that is shutting down may accept the message and exit before it answers. So
/// this retries for a moment and then continues: [`claim`] decides whether it may.
pub(crate) struct SingleInstance<R: Runtime> {
    #[cfg(not(target_os = "macos"))]
    inner: Option<TauriPlugin<R>>,
    #[cfg(target_os = "macos")]
    inner: std::marker::PhantomData<fn() -> R>,
}

impl<R: Runtime> SingleInstance<R> {
    pub(crate) fn new() -> Self {
        Self {
            #[cfg(not(target_os = "macos"))]
            inner: None,
            #[cfg(target_os = "macos")]
            inner: std::marker::PhantomData,
        }
    }

    /// Releases the claim, so that a later start opens a window of its own.
    pub(crate) fn release(app: &AppHandle<R>) {
        #[cfg(not(target_os = "macos"))]
        tauri_plugin_single_instance::destroy(app);
        #[cfg(target_os = "macos")]
        let _ = app;
    }
}

impl<R: Runtime> Plugin<R> for SingleInstance<R> {
    fn name(&self) -> &'static str {
        "single-instance"
    }

    #[cfg(target_os = "macos")]
    fn initialize(
        &mut self,
        _app: &AppHandle<R>,
        _config: serde_json::Value,
    ) -> Result<(), Box<dyn std::error::Error>> {
        Ok(())
    }

    #[cfg(not(target_os = "macos"))]
    fn initialize(
        &mut self,
        app: &AppHandle<R>,
        config: serde_json::Value,
    ) -> Result<(), Box<dyn std::error::Error>> {
        let ends = Instant::now() + LONGEST_WAIT;
        loop {
            let mut plugin = tauri_plugin_single_instance::init(|app, arguments, _folder| {
                window::bring_to_front(app);
                app.state::<deep_links::DeepLinks>().open_all(arguments);
            });
            match plugin.initialize(app, config.clone()) {
                Ok(()) => {
                    self.inner = Some(plugin);
                    return Ok(());
                }
                Err(_) if Instant::now() > ends => return Ok(()),
                Err(_) => thread::sleep(RETRY_INTERVAL),
            }
        }
    }
}

/// Claims the app's data folder for as long as the app runs. If another instance has it and doesn't
/// end, this one says so and exits: it was started where the first one can't be reached.
pub(crate) fn claim<R: Runtime>(app: &App<R>, folder: &Path) -> bool {
    let ends = Instant::now() + LONGEST_WAIT;
    loop {
        match instance::claim(folder) {
            Claim::Ours(claim) => {
                app.manage(claim);
                return true;
            }
            Claim::Unknown => return true,
            Claim::Taken if Instant::now() > ends => break,
            Claim::Taken => thread::sleep(RETRY_INTERVAL),
        }
    }
    let message = Said {
        tone: Tone::Note,
        title: "Already open",
        text: OPEN_ALREADY.to_owned(),
    };
    end_with(app, message);
    false
}

/// Says why this instance has no window, and exits.
pub(crate) fn end_with<R: Runtime>(app: &App<R>, why: Said) {
    terminal::say(&why.text);
    let handle = app.handle().clone();
    let ends = handle.clone();
    if dialogs::say(app.handle(), why, move || ends.exit(1)).is_err() {
        handle.exit(1);
    }
}

/// Forwards this start's arguments to a copy that is already open. Returns whether one accepted them.
///
/// It calls what the plugin behind [`SingleInstance`] serves, which still handles two simultaneous
/// starts. But the plugin runs when GTK's threads already work, and a process that exits beside
/// them can crash; here, there are none yet.
#[cfg(target_os = "linux")]
pub(crate) fn forward_arguments(identifier: &str) -> bool {
    let name = format!("{identifier}.SingleInstance");
    let path = format!("/{}", name.replace('.', "/").replace('-', "_"));
    let arguments: Vec<_> = env::args_os()
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let folder = env::current_dir().unwrap_or_default();
    let body = (arguments, folder.to_string_lossy().into_owned());
    zbus::blocking::Connection::session().is_ok_and(|bus| {
        let interface = Some("org.SingleInstance.DBus");
        bus.call_method(Some(name), path, interface, "ExecuteCallback", &body)
            .is_ok()
    })
}

/// Returns why no window can be shown, in a sentence; `None` if one can.
pub(crate) fn missing_display() -> Option<&'static str> {
    #[cfg(target_os = "linux")]
    if gtk::init().is_err() {
        return Some(
            "SIP Registrar Setup found no desktop to open its window on. Start it from the \
             desktop’s menu, or set DISPLAY or WAYLAND_DISPLAY to a running desktop.",
        );
    }
    None
}
