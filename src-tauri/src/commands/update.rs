//! Checking for updates, and installing one.

use registrar_app::ipc::{CheckForUpdate, InstallUpdate, UpdateOffer};
use registrar_command::command;
use registrar_explain::Failure;
use registrar_http::trust::Trust;
use tauri::{AppHandle, Runtime, State};

use super::failure;
use crate::state::App;
use crate::updates::{self, Found, Source};

/// Checks for a newer version, in builds with an update key.
#[command]
pub(crate) async fn check_for_update<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
    found: State<'_, Found>,
    req: CheckForUpdate,
) -> Result<UpdateOffer, Failure> {
    if Source::of_this_build().is_none() {
        let version = handle.package_info().version.to_string();
        return Ok(UpdateOffer::Off { version });
    }
    let look = async { Ok(found.look(&handle, Trust::default()).await) };
    app.operations
        .run(req.operation, look)
        .await
        .map_err(failure)?
}

/// Downloads the update that was found, verifies its signature, installs it, and restarts.
#[command]
pub(crate) async fn install_update<R: Runtime>(
    handle: AppHandle<R>,
    app: State<'_, App>,
    found: State<'_, Found>,
    req: InstallUpdate,
) -> Result<(), Failure> {
    if updates::by_hand().is_some() {
        return Err(registrar_explain::broken::out_of_step());
    }
    let fetch = async { Ok(found.fetch().await) };
    let (update, file) = (app.operations.run(req.operation, fetch).await).map_err(failure)??;
    let installed = tauri::async_runtime::spawn_blocking(move || updates::install(&update, &file));
    installed
        .await
        .map_err(|_| registrar_explain::broken::failure())??;
    handle.request_restart();
    Ok(())
}
