//! The commands of an import: choosing its files, its plan, its start.

use registrar_app::ipc::{
    FileDrag, ListPlan, PlanProgress, PlanRows, PlanView, ReadImport, Screen,
};
use registrar_command::command;
use registrar_explain::{Failure, broken};
use registrar_jobs::RunGoal;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, State, Window};

use super::{failure, send};
use crate::file_drops::FileDrops;
use crate::state::App;
use crate::{background_jobs, dialogs};

/// Opens the import of the open desk, where it was left.
#[command]
pub(crate) async fn open_import(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.open_import().map_err(failure)
}

/// Discards the prepared import and returns to the desk.
#[command]
pub(crate) async fn leave_import(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.leave_import().map_err(failure)
}

/// Lets the person choose the file to import. Returns its name, or nothing if they chose none.
#[command]
pub(crate) async fn choose_import<R: Runtime>(
    window: Window<R>,
    app: State<'_, App>,
) -> Result<Option<String>, Failure> {
    let desk = app.desk()?;
    let path = dialogs::file(&window, None).await;
    Ok(path.map(|path| desk.choose_import(path)))
}

/// Notifies the window of files dragged over it, without their paths.
#[command]
pub(crate) async fn subscribe_file_drops(
    drops: State<'_, FileDrops>,
    drags: Channel<FileDrag>,
) -> Result<(), Failure> {
    drops.subscribe(drags);
    Ok(())
}

/// Chooses the file that was dropped for the import. Returns its name, or nothing if there is none.
#[command]
pub(crate) async fn choose_dropped_file(
    app: State<'_, App>,
    drops: State<'_, FileDrops>,
) -> Result<Option<String>, Failure> {
    let desk = app.desk()?;
    Ok(drops.take().map(|path| desk.choose_import(path)))
}

/// Reads the chosen file and plans its import.
#[command]
pub(crate) async fn read_import(
    app: State<'_, App>,
    req: ReadImport,
    progress: Channel<PlanProgress>,
) -> Result<PlanView, Failure> {
    let desk = app.desk()?;
    let on_progress = move |now| send(&progress, now);
    let work = |stop| async move { desk.read_import(&stop, &on_progress).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Returns the visible rows of the plan.
#[command]
pub(crate) async fn plan_rows(app: State<'_, App>, req: ListPlan) -> Result<PlanRows, Failure> {
    let desk = app.desk()?;
    let rows = tauri::async_runtime::spawn_blocking(move || desk.plan_rows(&req)).await;
    rows.map_err(|_| broken::failure())?.map_err(failure)
}

/// Lets the person choose the file for generated passwords. Returns the plan with it, or nothing if
/// they chose none.
#[command]
pub(crate) async fn choose_passwords<R: Runtime>(
    window: Window<R>,
    app: State<'_, App>,
) -> Result<Option<PlanView>, Failure> {
    let desk = app.desk()?;
    let path = dialogs::place(&window, desk.usual_passwords_name()).await;
    let chosen = path.map(|path| desk.choose_passwords(path));
    chosen.transpose().map_err(failure)
}

/// Starts the plan as a job and returns to the desk.
#[command]
pub(crate) async fn start_import<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
) -> Result<Screen, Failure> {
    let desk = app.desk()?;
    let name = desk.start_import().await.map_err(failure)?;
    background_jobs::run(handle, desk, &name, RunGoal::All).map_err(failure)?;
    app.workspace.desk_screen().map_err(failure)
}
