//! Saving a file where the person chooses.

use std::path::PathBuf;

use guarded_command::command;
use registrar_core::Error;
use registrar_core::export;
use registrar_core::ipc::{Failure, Save};
use tauri::State;
use tauri_plugin_dialog::DialogExt as _;
use tokio::sync::oneshot;

use super::told;
use crate::state::App;

/// Opens the system's save dialog. Returns where the file was saved, or nothing when the person
/// closed the dialog.
#[command]
pub(crate) async fn save<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
    req: Save,
) -> Result<Option<String>, Failure> {
    let (name, bytes) = app.workspace.file(req.what).await.map_err(told)?;
    ask_and_write(&window, name, bytes).await
}

/// Asks by the system's dialog where a file is to be written. Returns nothing when the person closed
/// it.
pub(super) async fn ask<R: tauri::Runtime>(
    window: &tauri::Window<R>,
    name: String,
) -> Option<PathBuf> {
    let (chosen, choice) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(window);
    let dialog = dialog.set_file_name(name);
    dialog.save_file(move |path| drop(chosen.send(path)));
    choice.await.ok().flatten()?.into_path().ok()
}

/// Asks where a file is to be saved, and writes it there. Returns where, or nothing when the person
/// closed the dialog.
pub(super) async fn ask_and_write<R: tauri::Runtime>(
    window: &tauri::Window<R>,
    name: String,
    bytes: Vec<u8>,
) -> Result<Option<String>, Failure> {
    let Some(path) = ask(window, name).await else {
        return Ok(None);
    };
    let saved = path.display().to_string();
    let written = tauri::async_runtime::spawn_blocking(move || export::write(&path, &bytes));
    written
        .await
        .map_err(|_| told(Error::OutOfStep))?
        .map_err(told)
        .map(|()| Some(saved))
}
