//! Canceling long-running commands.

use registrar_app::ipc::CancelOperation;
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;

use crate::state::App;

/// Cancels the operation of this number. If it hasn't started yet, it won't.
#[command]
pub(crate) async fn cancel_operation(
    app: State<'_, App>,
    req: CancelOperation,
) -> Result<(), Failure> {
    app.operations.cancel(req.operation);
    Ok(())
}
