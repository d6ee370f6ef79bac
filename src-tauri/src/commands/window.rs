//! Closing the window, and opening the trainer's panel.

use registrar_app::Error;
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use super::failure;
use crate::close_confirmation::CloseConfirmation;
use crate::state::App;
use crate::window;

/// Tells the window, before it closes, whose password would be lost with it.
#[command]
pub(crate) async fn subscribe_close_requests(
    closing: State<'_, CloseConfirmation>,
    asked: Channel<String>,
) -> Result<(), Failure> {
    closing.subscribe(asked);
    Ok(())
}

/// Closes the window once the person agreed to lose the password.
#[command]
pub(crate) async fn close_window<R: tauri::Runtime>(
    window: tauri::Window<R>,
    closing: State<'_, CloseConfirmation>,
) -> Result<(), Failure> {
    closing.agree();
    window.close().map_err(|_| failure(Error::OutOfStep))
}

/// Opens the trainer's panel while practice is open, or brings it to the front.
#[command]
pub(crate) async fn open_trainer<R: tauri::Runtime>(
    handle: tauri::AppHandle<R>,
    app: State<'_, App>,
) -> Result<(), Failure> {
    app.workspace.running_practice().await.map_err(failure)?;
    window::trainer::open(&handle).map_err(|_| failure(Error::OutOfStep))
}
