//! The commands of the desk's jobs.

use guarded_command::command;
use registrar_core::import::Aim;
use registrar_core::ipc::{Failure, JobView, NameJob};
use tauri::{AppHandle, Runtime, State, Window};

use super::{save, told};
use crate::jobs;
use crate::state::App;

#[command]
pub(crate) async fn desk_jobs(app: State<'_, App>) -> Result<Vec<JobView>, Failure> {
    app.desk()?.jobs().map_err(told)
}

#[command]
pub(crate) async fn desk_job(app: State<'_, App>, req: NameJob) -> Result<JobView, Failure> {
    app.desk()?.job(&req.id).map_err(told)
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
