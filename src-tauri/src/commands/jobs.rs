//! The commands of the desk's jobs.

use std::sync::Arc;

use registrar_app::desk::SheetsOrder;
use registrar_app::ipc::{
    DeskSelected, JobSheets, JobView, NameJob, Progress, SaveJobSheets, SavedSheets, StartJob,
};
use registrar_command::command;
use registrar_explain::{Failure, broken};
use registrar_jobs::RunGoal;
use tauri::ipc::Channel;
use tauri::{AppHandle, Runtime, State, Window};

use super::{failure, progress_sentences, save};
use crate::state::App;
use crate::{background_jobs, dialogs};

/// Returns the account's jobs, newest first.
#[command]
pub(crate) async fn desk_jobs(app: State<'_, App>) -> Result<Vec<JobView>, Failure> {
    app.desk()?.jobs().map_err(failure)
}

/// Returns how far a job is.
#[command]
pub(crate) async fn desk_job(app: State<'_, App>, req: NameJob) -> Result<JobView, Failure> {
    app.desk()?.job(&req.id).map_err(failure)
}

/// Returns what the last checks of the selected SIP credentials found.
#[command]
pub(crate) async fn selected_credentials(app: State<'_, App>) -> Result<DeskSelected, Failure> {
    Ok(app.desk()?.selected())
}

/// Starts a job on many SIP credentials. Where it generates passwords, the person chooses their
/// file first; returns false if they chose none.
#[command]
pub(crate) async fn start_job<R: Runtime>(
    handle: AppHandle<R>,
    window: Window<R>,
    app: State<'_, App>,
    req: StartJob,
) -> Result<bool, Failure> {
    let desk = app.desk()?;
    let passwords = match desk.new_passwords_name(&req) {
        Some(name) => match dialogs::place(&window, name).await {
            Some(place) => Some(place),
            None => return Ok(false),
        },
        None => None,
    };
    let of = Arc::clone(&desk);
    let work = move || of.start_job(&req, passwords);
    let begun = tauri::async_runtime::spawn_blocking(work).await;
    let name = begun.map_err(|_| broken::failure())?.map_err(failure)?;
    background_jobs::run(handle, desk, &name, RunGoal::All).map_err(failure)?;
    Ok(true)
}

/// Lets the person choose another file for a job's passwords and resumes the job. Returns false if
/// they chose none.
#[command]
pub(crate) async fn move_job_passwords<R: Runtime>(
    handle: AppHandle<R>,
    window: Window<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<bool, Failure> {
    let desk = app.desk()?;
    let Some(place) = dialogs::place(&window, desk.job_passwords_name(&req.id)).await else {
        return Ok(false);
    };
    desk.move_job_passwords(&req.id, &place).map_err(failure)?;
    background_jobs::run(handle, desk, &req.id, RunGoal::All).map_err(failure)?;
    Ok(true)
}

/// Resumes a paused or stopped job.
#[command]
pub(crate) async fn resume_job<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<(), Failure> {
    background_jobs::run(handle, app.desk()?, &req.id, RunGoal::All).map_err(failure)
}

/// Stops a job; the rows to go aren't done.
#[command]
pub(crate) async fn cancel_job<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<(), Failure> {
    background_jobs::run(handle, app.desk()?, &req.id, RunGoal::End).map_err(failure)
}

/// Pauses a job between two requests.
#[command]
pub(crate) async fn pause_job(app: State<'_, App>, req: NameJob) -> Result<(), Failure> {
    app.desk()?.pause_job(&req.id);
    Ok(())
}

/// Saves a job's result where the person chooses. Returns its path, or nothing if they chose none.
#[command]
pub(crate) async fn save_job_result<R: Runtime>(
    window: Window<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<Option<String>, Failure> {
    let (name, bytes) = app.desk()?.job_result(&req.id).map_err(failure)?;
    save::ask_and_write(&window, name, bytes).await
}

/// Returns what setup sheets an ended job can have.
#[command]
pub(crate) async fn job_sheets(app: State<'_, App>, req: NameJob) -> Result<JobSheets, Failure> {
    app.desk()?.job_sheets(&req.id).map_err(failure)
}

/// Saves the setup sheets of an ended job where the person chooses. Returns nothing if they chose
/// none.
#[command]
pub(crate) async fn save_job_sheets<R: Runtime>(
    window: Window<R>,
    app: State<'_, App>,
    req: SaveJobSheets,
    progress: Channel<Progress>,
) -> Result<Option<SavedSheets>, Failure> {
    let desk = app.desk()?;
    let name = desk.job_sheets_name(&req.id).map_err(failure)?;
    let Some(to) = dialogs::place(&window, name).await else {
        return Ok(None);
    };
    let path = to.display().to_string();
    let order = SheetsOrder {
        job: req.id,
        choice: req.choice,
        passwords: req.passwords,
        to,
    };
    let progress = progress_sentences(&progress);
    let work = |stop| async move { desk.write_job_sheets(order, &stop, &progress).await };
    let written = app.operations.run_to_a_stop(req.operation, work).await;
    let pages = written.map_err(failure)?;
    Ok(Some(SavedSheets { path, pages }))
}

/// Deletes a finished job and its result file.
#[command]
pub(crate) async fn delete_job(app: State<'_, App>, req: NameJob) -> Result<(), Failure> {
    app.desk()?.delete_job(&req.id).map_err(failure)
}
