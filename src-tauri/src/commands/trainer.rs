//! The commands of the trainer's panel. They are all that its window may call.

use registrar_app::ipc::{FaultPanel, SwitchFault, WatchFaults};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;

use super::failure;
use crate::state::App;

/// Returns all faults as soon as they differ from what is shown. Fails once practice is closed.
#[command]
pub(crate) async fn watch_faults(
    app: State<'_, App>,
    req: WatchFaults,
) -> Result<FaultPanel, Failure> {
    let watched = app.workspace.watch_faults(req.shown);
    watched.await.map_err(failure)
}

/// Switches a fault of practice on or off.
#[command]
pub(crate) async fn switch_fault(app: State<'_, App>, req: SwitchFault) -> Result<(), Failure> {
    app.workspace.switch_fault(req).await.map_err(failure)
}

/// Switches all faults of practice off.
#[command]
pub(crate) async fn reset_faults(app: State<'_, App>) -> Result<(), Failure> {
    app.workspace.reset_faults().await.map_err(failure)
}
