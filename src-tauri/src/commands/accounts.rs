//! The commands of the page of all accounts.

use registrar_app::ipc::{
    EditAccount, ImportAccounts, RemoveAccount, SaveAccount, Screen, SetUpApiClient, SignOutAccount,
};
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;

use super::failure;
use super::save::ask_and_write;
use crate::dialogs;
use crate::state::App;

/// Leaves what is open and opens the page of all accounts.
#[command]
pub(crate) async fn open_accounts(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.open_accounts())
}

/// Opens the form of an account or a new one, with the values entered before.
#[command]
pub(crate) async fn edit_account(app: State<'_, App>, req: EditAccount) -> Result<Screen, Failure> {
    app.workspace
        .edit_account(req.account.as_deref())
        .map_err(failure)
}

/// Opens the form of an account that has an API user, with an API client chosen.
#[command]
pub(crate) async fn set_up_api_client(
    app: State<'_, App>,
    req: SetUpApiClient,
) -> Result<Screen, Failure> {
    app.workspace
        .set_up_api_client(&req.account)
        .map_err(failure)
}

/// Saves an account as entered, after a successful sign-in if one is requested.
#[command]
pub(crate) async fn save_account(app: State<'_, App>, req: SaveAccount) -> Result<Screen, Failure> {
    let operation = req.operation;
    let work = app.workspace.save_account(req);
    app.operations.run(operation, work).await.map_err(failure)
}

/// Removes an account's secret from memory and from the keychain.
#[command]
pub(crate) async fn sign_out_account(
    app: State<'_, App>,
    req: SignOutAccount,
) -> Result<Screen, Failure> {
    app.workspace.sign_out(&req.account).await.map_err(failure)
}

/// Removes an account, its journey and its secrets from this computer.
#[command]
pub(crate) async fn remove_account(
    app: State<'_, App>,
    req: RemoveAccount,
) -> Result<Screen, Failure> {
    app.workspace
        .remove_account(&req.account)
        .await
        .map_err(failure)
}

/// Saves the list of accounts where the person chooses. Returns its path, or nothing if they chose
/// none.
#[command]
pub(crate) async fn save_account_list<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
) -> Result<Option<String>, Failure> {
    let (name, bytes) = app.workspace.account_list().map_err(failure)?;
    ask_and_write(&window, name, bytes).await
}

/// Lets the person choose a list of accounts. Returns the screen that shows it, or nothing if they
/// chose none.
#[command]
pub(crate) async fn choose_account_list<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
) -> Result<Option<Screen>, Failure> {
    let Some(path) = dialogs::file(&window, Some("json")).await else {
        return Ok(None);
    };
    let read = app.workspace.read_account_list(&path);
    read.map(Some).map_err(failure)
}

/// Imports the chosen accounts of the list that was read.
#[command]
pub(crate) async fn import_accounts(
    app: State<'_, App>,
    req: ImportAccounts,
) -> Result<Screen, Failure> {
    app.workspace.import_accounts(&req.places).map_err(failure)
}
