//! The commands of the desk's jobs.

use std::sync::Arc;

use registrar_command::command;
use registrar_core::explain::{Failure, broken};
use registrar_core::import::Aim;
use registrar_core::ipc::{BeginMany, DeskSelected, JobView, NameJob};
use tauri::{AppHandle, Runtime, State, Window};

use super::{save, told};
use crate::state::App;
use crate::{dialogs, jobs};

#[command]
pub(crate) async fn desk_jobs(app: State<'_, App>) -> Result<Vec<JobView>, Failure> {
    app.desk()?.jobs().map_err(told)
}

#[command]
pub(crate) async fn desk_job(app: State<'_, App>, req: NameJob) -> Result<JobView, Failure> {
    app.desk()?.job(&req.id).map_err(told)
}

#[command]
pub(crate) async fn selected_credentials(app: State<'_, App>) -> Result<DeskSelected, Failure> {
    Ok(app.desk()?.selected())
}

/// Begins a job on many SIP credentials. Where it makes passwords, the system's dialog asks for their
/// file first. Returns whether it began: it does not when the person closed the dialog.
#[command]
pub(crate) async fn begin_many<R: Runtime>(
    handle: AppHandle<R>,
    window: Window<R>,
    app: State<'_, App>,
    req: BeginMany,
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
    let work = move || of.begin_many(&req, passwords);
    let begun = tauri::async_runtime::spawn_blocking(work).await;
    let name = begun.map_err(|_| broken::failure())?.map_err(told)?;
    jobs::work(handle, desk, &name, Aim::All).map_err(told)?;
    Ok(true)
}

/// Asks by the system's dialog for another file of a job's passwords, and goes on with the job.
/// Returns whether one was chosen.
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
    desk.move_job_passwords(&req.id, &place).map_err(told)?;
    jobs::work(handle, desk, &req.id, Aim::All).map_err(told)?;
    Ok(true)
}

#[command]
pub(crate) async fn go_on_with_job<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<(), Failure> {
    jobs::work(handle, app.desk()?, &req.id, Aim::All).map_err(told)
}

#[command]
pub(crate) async fn end_job<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<(), Failure> {
    jobs::work(handle, app.desk()?, &req.id, Aim::End).map_err(told)
}

#[command]
pub(crate) async fn pause_job(app: State<'_, App>, req: NameJob) -> Result<(), Failure> {
    app.desk()?.pause_job(&req.id);
    Ok(())
}

#[command]
pub(crate) async fn save_job_result<R: Runtime>(
    window: Window<R>,
    app: State<'_, App>,
    req: NameJob,
) -> Result<Option<String>, Failure> {
    let (name, bytes) = app.desk()?.job_result(&req.id).map_err(told)?;
    save::ask_and_write(&window, name, bytes).await
}

#[command]
pub(crate) async fn forget_job(app: State<'_, App>, req: NameJob) -> Result<(), Failure> {
    app.desk()?.forget_job(&req.id).map_err(told)
}
