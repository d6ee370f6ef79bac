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
    /// A file that is there; where `ending` is said, one of this kind.
    File { ending: Option<&'static str> },
    /// A place for a file that is written later, with the name that is proposed.
    Place { name: String },
}

/// What is said where there is no window to say it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) tone: Tone,
    pub(crate) title: &'static str,
    pub(crate) text: String,
}

/// The sign beside what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Something to know.
    Note,
    /// Something went wrong.
    Failure,
}

/// Asks for a file that is there. Returns nothing when the person closed the dialog.
pub(crate) async fn file<R: Runtime>(
    window: &Window<R>,
    ending: Option<&'static str>,
) -> Option<PathBuf> {
    ask(window, Asked::File { ending }).await
}

/// Asks where a file is to be written. Returns nothing when the person closed the dialog.
pub(crate) async fn place<R: Runtime>(window: &Window<R>, name: String) -> Option<PathBuf> {
    ask(window, Asked::Place { name }).await
}

/// Says something, then does what comes `after`.
pub(crate) fn say<R: Runtime>(
    app: &AppHandle<R>,
    said: Said,
    after: impl FnOnce() + Send + 'static,
) -> tauri::Result<()> {
    app.run_on_main_thread(move || system::say(&said, after))
}

/// Every system wants its dialogs made in the thread that has the windows.
async fn ask<R: Runtime>(window: &Window<R>, asked: Asked) -> Option<PathBuf> {
    let (chosen, choice) = oneshot::channel();
    let parent = window.clone();
    let asks = window.run_on_main_thread(move || system::ask(&parent, asked, chosen));
    asks.ok()?;
    choice.await.ok().flatten()
}
