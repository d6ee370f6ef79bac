//! What reaches the app from outside of its window.

use guarded_command::command;
use registrar_core::ipc::{AskedByLink, Failure, Screen};
use tauri::State;
use tauri::ipc::Channel;

use super::told;
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

#[command]
pub(crate) async fn delete_crash_report(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.delete_crash_report().map_err(told)
}
