//! Links that open the app.

use registrar_app::ipc::DeepLinkRequest;
use registrar_command::command;
use registrar_explain::Failure;
use tauri::State;
use tauri::ipc::Channel;

use crate::deep_links::DeepLinks;

/// Sends links that are opened outside to the window, for as long as it's open.
#[command]
pub(crate) async fn subscribe_deep_links(
    links: State<'_, DeepLinks>,
    opened: Channel<DeepLinkRequest>,
) -> Result<(), Failure> {
    links.subscribe(opened);
    Ok(())
}
