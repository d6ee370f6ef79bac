//! What reaches the app from outside of its window.

use registrar_command::command;
use registrar_core::Error;
use registrar_core::explain::Failure;
use registrar_core::ipc::{AskedByLink, Screen};
use tauri::State;
use tauri::ipc::Channel;

use super::told;
use crate::closing::Closing;
use crate::links::Links;
use crate::state::App;

/// Tells the window of links that were opened outside, for as long as it is open.
#[command]
pub(crate) async fn follow_links(
    links: State<'_, Links>,
    opened: Channel<AskedByLink>,
) -> Result<(), Failure> {
    links.follow(opened);
    Ok(())
}

/// Has the window asked, for as long as it is open, before it closes and a password is lost with it.
#[command]
pub(crate) async fn follow_closing(
    closing: State<'_, Closing>,
    asked: Channel<String>,
) -> Result<(), Failure> {
    closing.follow(asked);
    Ok(())
}

/// Closes the window once the person agreed to lose the password.
#[command]
pub(crate) async fn close_window<R: tauri::Runtime>(
    window: tauri::Window<R>,
    closing: State<'_, Closing>,
) -> Result<(), Failure> {
    closing.agree();
    window.close().map_err(|_| told(Error::OutOfStep))
}

#[command]
pub(crate) async fn delete_crash_report(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.delete_crash_report().map_err(told)
}
