//! The commands of the page of all accounts.

use registrar_core::ipc::{Failure, ForgetAccount, Screen};
use tauri::State;

use super::told;
use crate::state::App;

#[tauri::command]
pub(crate) async fn open_accounts(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.open_accounts())
}

#[tauri::command]
pub(crate) async fn forget_account(
    app: State<'_, App>,
    req: ForgetAccount,
) -> Result<Screen, Failure> {
    app.workspace
        .forget_account(&req.account)
        .await
        .map_err(told)
}
