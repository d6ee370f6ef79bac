//! Links that open the app.

use registrar_app::ipc::DeepLinkRequest;
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use crate::deep_links::DeepLinks;

/// Tells the window of links that are opened outside, for as long as it is open.
#[command]
pub(crate) async fn subscribe_deep_links(
    links: State<'_, DeepLinks>,
    opened: Channel<DeepLinkRequest>,
) -> Result<(), Failure> {
    links.subscribe(opened);
    Ok(())
}
