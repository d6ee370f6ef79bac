//! The commands for one SIP credential at the desk.

use registrar_app::ipc::{
    AddCredential, DeleteCredential, DeskDiagnosis, DeskIssued, DeskMoved, DiagnosePassword,
    FindCredential, MoveCredential, OpenPhonePage, PhonePage, Progress, RepairHashes,
    ReplacePassword, SetUpPhone,
};
use registrar_command::command;
use registrar_explain::{Failure, Notice};
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, progress_sentences};
use crate::state::App;

/// Creates a SIP credential with the entered or the generated password.
#[command]
pub(crate) async fn add_credential(
    app: State<'_, App>,
    req: AddCredential,
    progress: Channel<Progress>,
) -> Result<DeskIssued, Failure> {
    let AddCredential {
        operation,
        realm,
        draft,
        password,
    } = req;
    let desk = app.desk()?;
    let progress = progress_sentences(&progress);
    let work = |stop| async move {
        desk.add_credential(realm, &draft, password, &stop, &progress)
            .await
    };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Returns Bandwidth's ID of the SIP credential with the form's name.
#[command]
pub(crate) async fn find_credential(
    app: State<'_, App>,
    req: FindCredential,
) -> Result<f64, Failure> {
    let desk = app.desk()?;
    let work = desk.find_credential(req.realm, &req.draft);
    app.operations
        .run(req.operation, work)
        .await
        .map_err(failure)
}

/// Finds the mistake that explains the stored hashes, given the phone's password.
#[command]
pub(crate) async fn diagnose_password(
    app: State<'_, App>,
    req: DiagnosePassword,
) -> Result<DeskDiagnosis, Failure> {
    let desk = app.desk()?;
    let work = desk.diagnose_password(req.id, req.password);
    app.operations
        .run(req.operation, work)
        .await
        .map_err(failure)
}

/// Stores the right hashes of the password that was entered before.
#[command]
pub(crate) async fn repair_hashes(
    app: State<'_, App>,
    req: RepairHashes,
) -> Result<Notice, Failure> {
    let desk = app.desk()?;
    let work = |stop| async move { desk.repair_hashes(req.id, &stop).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Replaces the password of a SIP credential with the entered or the generated one.
#[command]
pub(crate) async fn replace_password(
    app: State<'_, App>,
    req: ReplacePassword,
) -> Result<DeskIssued, Failure> {
    let desk = app.desk()?;
    let work = |stop| async move { desk.replace_password(req.id, req.password, &stop).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Moves a SIP credential to another voice application, or to none.
#[command]
pub(crate) async fn move_credential(
    app: State<'_, App>,
    req: MoveCredential,
) -> Result<DeskMoved, Failure> {
    let desk = app.desk()?;
    let work = |stop| async move { desk.move_credential(req.id, &req.application, &stop).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Deletes a SIP credential whose name was typed to confirm.
#[command]
pub(crate) async fn delete_credential(
    app: State<'_, App>,
    req: DeleteCredential,
) -> Result<Notice, Failure> {
    let desk = app.desk()?;
    let work = |stop| async move { desk.delete_credential(req.id, &req.name, &stop).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Reads a SIP credential, and returns what a phone needs that takes its stored hashes.
#[command]
pub(crate) async fn set_up_phone(
    app: State<'_, App>,
    req: SetUpPhone,
) -> Result<DeskIssued, Failure> {
    let desk = app.desk()?;
    let work = desk.set_up_phone(req.id);
    app.operations
        .run(req.operation, work)
        .await
        .map_err(failure)
}

/// Returns the page of a phone for the SIP credential that is set up at the desk.
#[command]
pub(crate) async fn open_phone_page(
    app: State<'_, App>,
    req: OpenPhonePage,
) -> Result<PhonePage, Failure> {
    app.desk()?.phone_page(&req.choice).map_err(failure)
}

/// Forgets the secrets of the desk's open task.
#[command]
pub(crate) async fn close_task(app: State<'_, App>) -> Result<(), Failure> {
    app.desk()?.close_task();
    Ok(())
}
