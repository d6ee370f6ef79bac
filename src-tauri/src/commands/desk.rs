//! The desk's commands.

use registrar_app::ipc::{
    CheckCredentials, DeskCheckReport, DeskChecked, DeskCredential, DeskRows, DeskSignIn,
    DeskState, ListRows, LoadDesk, OpenDesk, Screen, SelectRows, ShowCredential,
};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, send};
use crate::state::App;

/// Opens the desk of an account; `practice` is the practice account's.
#[command]
pub(crate) async fn open_desk(app: State<'_, App>, req: OpenDesk) -> Result<Screen, Failure> {
    let work = app.workspace.open_desk(&req.account);
    app.operations
        .run(req.operation, work)
        .await
        .map_err(failure)
}

/// Opens the desk that was open last, or the accounts if there is none.
#[command]
pub(crate) async fn open_last_desk(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.open_last_desk().await.map_err(failure)
}

/// Signs in at the open desk with an entered secret.
#[command]
pub(crate) async fn sign_in_at_desk(
    app: State<'_, App>,
    req: DeskSignIn,
) -> Result<Screen, Failure> {
    let work = app.workspace.sign_in_at_desk(req.secret);
    app.operations
        .run(req.operation, work)
        .await
        .map_err(failure)
}

/// Signs out of the open desk, which then asks for the secret.
#[command]
pub(crate) async fn sign_out_at_desk(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.sign_out_at_desk().map_err(failure)
}

/// Loads the SIP credentials of the open desk.
#[command]
pub(crate) async fn load_desk(
    app: State<'_, App>,
    req: LoadDesk,
    progress: Channel<DeskState>,
) -> Result<DeskState, Failure> {
    let desk = app.desk()?;
    let on_progress = move |state| send(&progress, state);
    let work = |stop| async move { desk.load(&stop, &on_progress).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Returns the visible rows of the desk's list.
#[command]
pub(crate) async fn desk_rows(app: State<'_, App>, req: ListRows) -> Result<DeskRows, Failure> {
    Ok(app.desk()?.rows(&req))
}

/// Returns what the desk has loaded.
#[command]
pub(crate) async fn desk_state(app: State<'_, App>) -> Result<DeskState, Failure> {
    Ok(app.desk()?.state())
}

/// Changes the selection, and returns how many rows are selected.
#[command]
pub(crate) async fn select_rows(app: State<'_, App>, req: SelectRows) -> Result<u32, Failure> {
    Ok(app.desk()?.select(req))
}

/// Returns everything about one SIP credential except its hashes.
#[command]
pub(crate) async fn desk_credential(
    app: State<'_, App>,
    req: ShowCredential,
) -> Result<DeskCredential, Failure> {
    app.desk()?.credential(req.id).map_err(failure)
}

/// Checks many SIP credentials, limited to a rate per second.
#[command]
pub(crate) async fn check_credentials(
    app: State<'_, App>,
    req: CheckCredentials,
    progress: Channel<DeskChecked>,
) -> Result<DeskCheckReport, Failure> {
    let CheckCredentials {
        operation,
        which,
        rate,
    } = req;
    let desk = app.desk()?;
    let on_progress = move |one| send(&progress, one);
    let work = |stop| async move { desk.check(which, rate, &stop, &on_progress).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}
