//! Prints the window's content.

use registrar_app::Error;
use registrar_command::command;
use registrar_explain::Failure;

use super::failure;

/// Opens the system's print dialog for what the window shows.
///
/// Not by the page's own `window.print`, which does nothing on macOS.
#[command]
pub(crate) async fn print<R: tauri::Runtime>(
    window: tauri::WebviewWindow<R>,
) -> Result<(), Failure> {
    window.print().map_err(|error| {
        tracing::warn!(%error, "the print dialog did not open");
        failure(Error::Printing)
    })
}
