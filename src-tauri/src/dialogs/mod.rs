//! The system's file dialogs, opened from Rust so that the window learns only what was chosen, and
//! not where other files are.

#[cfg(target_os = "linux")]
#[path = "gtk.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "rfd.rs"]
mod system;

use std::path::PathBuf;

use tauri::{AppHandle, Runtime, Window};
use tokio::sync::oneshot;

/// What a dialog asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    /// An existing file; with `ending`, one of this kind.
    File { ending: Option<&'static str> },
    /// A path for a new file, with the proposed name.
    Place { name: String },
}

/// A message shown if there is no window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) tone: Tone,
    pub(crate) title: &'static str,
    pub(crate) text: String,
}

/// The message's icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Information.
    Note,
    /// An error.
    Failure,
}

/// Asks for an existing file. Returns `None` if the person closed the dialog.
pub(crate) async fn file<R: Runtime>(
    window: &Window<R>,
    ending: Option<&'static str>,
) -> Option<PathBuf> {
    ask(window, Asked::File { ending }).await
}

/// Asks where to save a file. Returns `None` if the person closed the dialog.
pub(crate) async fn place<R: Runtime>(window: &Window<R>, name: String) -> Option<PathBuf> {
    ask(window, Asked::Place { name }).await
}

/// Shows a message, then runs `after`.
pub(crate) fn say<R: Runtime>(
    app: &AppHandle<R>,
    said: Said,
    after: impl FnOnce() + Send + 'static,
) -> tauri::Result<()> {
    app.run_on_main_thread(move || system::say(&said, after))
}

/// Every system requires dialogs to be created in the windows' thread.
async fn ask<R: Runtime>(window: &Window<R>, asked: Asked) -> Option<PathBuf> {
    let (chosen, choice) = oneshot::channel();
    let parent = window.clone();
    let asks = window.run_on_main_thread(move || system::ask(&parent, asked, chosen));
    asks.ok()?;
    choice.await.ok().flatten()
}
