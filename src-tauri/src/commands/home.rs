//! The commands of Home and of opening what it lists.

use registrar_app::ipc::{ContinueJourney, OpenAccount, Screen, StartJourney};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::{AppHandle, Runtime, State};

use super::failure;
use crate::state::App;
use crate::window;

/// Returns Home.
#[command]
pub(crate) async fn open_home(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.home())
}

/// Starts a new journey.
#[command]
pub(crate) async fn start_journey(
    app: State<'_, App>,
    req: StartJourney,
) -> Result<Screen, Failure> {
    app.workspace.start(req.practice).await.map_err(failure)
}

/// Continues a stopped journey at the step where it stopped.
#[command]
pub(crate) async fn continue_journey(
    app: State<'_, App>,
    req: ContinueJourney,
) -> Result<Screen, Failure> {
    let ContinueJourney {
        operation,
        account,
        practice,
    } = req;
    let work = app.workspace.continue_journey(&account, practice);
    app.operations.run(operation, work).await.map_err(failure)
}

/// Sets up another phone on a saved account, in its stopped journey or a new one.
#[command]
pub(crate) async fn open_account(app: State<'_, App>, req: OpenAccount) -> Result<Screen, Failure> {
    let OpenAccount { operation, account } = req;
    let work = app.workspace.open_account(&account);
    app.operations.run(operation, work).await.map_err(failure)
}

/// Deletes all practice data, and closes the trainer's panel.
#[command]
pub(crate) async fn reset_practice<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
) -> Result<Screen, Failure> {
    window::trainer::close(&handle);
    app.workspace.reset_practice().await.map_err(failure)
}

/// Leaves the open screen for Home. A journey or desk keeps its state; a check forgets its secret.
#[command]
pub(crate) async fn leave(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.leave())
}

/// Deletes the crash report.
#[command]
pub(crate) async fn delete_crash_report(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.delete_crash_report().map_err(failure)
}
