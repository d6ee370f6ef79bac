//! The commands of a phone's page.

use registrar_app::ipc::{ComparePassword, CopyPhoneField, SavePhoneFile, TypedPassword};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;

use super::failure;
use super::save::write_where_chosen;
use crate::state::App;

/// Copies a field of a phone's page to the clipboard.
#[command]
pub(crate) async fn copy_phone_field(
    app: State<'_, App>,
    req: CopyPhoneField,
) -> Result<(), Failure> {
    let copied = app
        .workspace
        .phone_field(&req.choice, &req.label)
        .map_err(failure)?;
    let is_password = copied.secret;
    app.clipboard.take(copied).map_err(failure)?;
    if is_password {
        app.workspace.password_is_kept();
    }
    Ok(())
}

/// Saves the file of a phone where the person chooses. Returns its path, or nothing if they chose none.
#[command]
pub(crate) async fn save_phone_file<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
    req: SavePhoneFile,
) -> Result<Option<String>, Failure> {
    let (name, bytes) = (app.workspace.phone_file(&req.choice).await).map_err(failure)?;
    let Some(file) = write_where_chosen(&window, name, bytes).await? else {
        return Ok(None);
    };
    let shown = file.path().display().to_string();
    app.workspace.phone_file_is_saved(file).map_err(failure)?;
    Ok(Some(shown))
}

/// Compares what was typed into the phone with the password.
#[command]
pub(crate) async fn compare_password(
    app: State<'_, App>,
    req: ComparePassword,
) -> Result<TypedPassword, Failure> {
    app.workspace.compare_password(&req.typed).map_err(failure)
}
