//! Saves a file to a place that the person chooses.

use registrar_app::ipc::{Save, SaveSetupSheet};
use registrar_command::command;
use registrar_explain::{Failure, broken};
use registrar_storage::export;
use registrar_storage::written::Written;
use tauri::State;

use super::failure;
use crate::dialogs;
use crate::state::App;

/// Saves a file where the person chooses. Returns its path, or nothing if they chose none.
#[command]
pub(crate) async fn save<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
    req: Save,
) -> Result<Option<String>, Failure> {
    let (name, bytes) = app.workspace.file(req.what).map_err(failure)?;
    ask_and_write(&window, name, bytes).await
}

/// Saves the setup sheet of what is open where the person chooses. Returns its path, or nothing if
/// they chose none.
#[command]
pub(crate) async fn save_setup_sheet<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
    req: SaveSetupSheet,
) -> Result<Option<String>, Failure> {
    let SaveSetupSheet { choice, password } = req;
    let sheet = app.workspace.setup_sheet(choice.as_ref(), password).await;
    let (name, bytes) = sheet.map_err(failure)?;
    let saved = ask_and_write(&window, name, bytes).await?;
    if saved.is_some() && password {
        app.workspace.password_is_kept();
    }
    Ok(saved)
}

/// Asks where to save a file, and writes it. Returns its path for display, or `None` if the person
/// closed the dialog.
pub(super) async fn ask_and_write<R: tauri::Runtime>(
    window: &tauri::Window<R>,
    name: String,
    bytes: Vec<u8>,
) -> Result<Option<String>, Failure> {
    let saved = write_where_chosen(window, name, bytes).await?;
    Ok(saved.map(|file| file.path().display().to_string()))
}

/// Asks where to save a file, and writes it. Returns its path, or `None` if the person closed the
/// dialog.
pub(super) async fn write_where_chosen<R: tauri::Runtime>(
    window: &tauri::Window<R>,
    name: String,
    bytes: Vec<u8>,
) -> Result<Option<Written>, Failure> {
    let Some(path) = dialogs::place(window, name).await else {
        return Ok(None);
    };
    let saved = Written::new(path.clone(), &bytes);
    let written = tauri::async_runtime::spawn_blocking(move || export::write(&path, &bytes));
    written
        .await
        .map_err(|_| broken::failure())?
        .map_err(|error| failure(error.into()))
        .map(|()| Some(saved))
}
