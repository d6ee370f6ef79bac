//! The commands of the realms at the desk.

use registrar_app::ipc::{
    AddRealm, ChangeRealm, DeleteRealm, ListRealms, Progress, RealmsReport, Screen,
};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, progress_sentences};
use crate::state::App;

/// Opens the realms of the open desk.
#[command]
pub(crate) async fn open_realms(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.open_realms().map_err(failure)
}

/// Returns to the list of SIP credentials of the open desk.
#[command]
pub(crate) async fn open_credentials(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.open_credentials().map_err(failure)
}

/// Lists the realms again.
#[command]
pub(crate) async fn list_realms(
    app: State<'_, App>,
    req: ListRealms,
) -> Result<RealmsReport, Failure> {
    let desk = app.desk()?;
    app.operations
        .run(req.operation, desk.list_realms())
        .await
        .map_err(failure)
}

/// Creates a realm and waits until it's active.
#[command]
pub(crate) async fn add_realm(
    app: State<'_, App>,
    req: AddRealm,
    progress: Channel<Progress>,
) -> Result<RealmsReport, Failure> {
    let AddRealm { operation, draft } = req;
    let desk = app.desk()?;
    let progress = progress_sentences(&progress);
    let work = |stop| async move { desk.add_realm(draft, &stop, &progress).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Changes a realm's description, or makes it the account's default.
#[command]
pub(crate) async fn change_realm(
    app: State<'_, App>,
    req: ChangeRealm,
) -> Result<RealmsReport, Failure> {
    let desk = app.desk()?;
    let operation = req.operation;
    let work = |_| async move { desk.change_realm(req).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Deletes a realm whose name was typed to confirm, and waits until it's gone.
#[command]
pub(crate) async fn delete_realm(
    app: State<'_, App>,
    req: DeleteRealm,
    progress: Channel<Progress>,
) -> Result<RealmsReport, Failure> {
    let desk = app.desk()?;
    let operation = req.operation;
    let progress = progress_sentences(&progress);
    let work = |stop| async move { desk.delete_realm(req, &stop, &progress).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}
