//! The commands of the open form and of its secrets.

use registrar_app::ipc::{Copy, Copyable, Draft, Preview, Reveal};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;

use super::failure;
use crate::state::App;

/// Saves the open form's values, and returns what it would create and send.
#[command]
pub(crate) async fn save_draft(app: State<'_, App>, req: Draft) -> Result<Preview, Failure> {
    app.workspace.save_draft(req).map_err(failure)
}

/// Generates a password, which stays in the app, and returns its length.
#[command]
pub(crate) async fn generate_password(app: State<'_, App>) -> Result<usize, Failure> {
    app.workspace.generate_password().map_err(failure)
}

/// Returns a secret of what is open, to show it.
#[command]
pub(crate) async fn reveal(app: State<'_, App>, req: Reveal) -> Result<String, Failure> {
    let Reveal { what, typed, draft } = req;
    let shown = app
        .workspace
        .reveal(what, typed, draft)
        .await
        .map_err(failure)?;
    Ok(shown.to_string())
}

/// Copies a value of what is open to the clipboard.
#[command]
pub(crate) async fn copy(app: State<'_, App>, req: Copy) -> Result<(), Failure> {
    let copied = app
        .workspace
        .clipboard_text(req.what)
        .await
        .map_err(failure)?;
    app.clipboard.take(copied).map_err(failure)?;
    if req.what == Copyable::Password {
        app.workspace.password_is_kept();
    }
    Ok(())
}

/// Returns the user name whose generated password would be lost by leaving what is open.
#[command]
pub(crate) async fn unsaved_password(app: State<'_, App>) -> Result<Option<String>, Failure> {
    Ok(app.workspace.unsaved_password())
}

/// Returns the user name whose generated password would be lost by closing the app.
#[command]
pub(crate) async fn unsaved_passwords(app: State<'_, App>) -> Result<Option<String>, Failure> {
    Ok(app.workspace.unsaved_passwords())
}
