//! What reaches the app from outside of its window.

use registrar_core::ipc::{AskedByLink, Failure};
use tauri::State;
use tauri::ipc::Channel;

use crate::links::Links;

/// Tells the window of links that were opened outside, for as long as it is open.
#[tauri::command]
pub(crate) async fn follow_links(
    links: State<'_, Links>,
    opened: Channel<AskedByLink>,
) -> Result<(), Failure> {
    links.follow(opened);
    Ok(())
}
