//! The commands of the page about the app.

use registrar_app::ipc::Screen;
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;

use crate::state::App;

/// Opens the page about the app.
#[command]
pub(crate) async fn open_about(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.open_about())
}
