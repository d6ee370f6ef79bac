//! Closing the window.

use registrar_app::Error;
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use super::failure;
use crate::close_confirmation::CloseConfirmation;

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
