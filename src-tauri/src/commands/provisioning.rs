//! The commands of a phone's QR code, and of the file that is served to a phone.

use registrar_app::ipc::{LocalNetwork, QrDrawing, RevealQrCode, ServePhoneFile, ServingEvent};
use registrar_command::command;
use registrar_explain::{Failure, Notice};
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, send};
use crate::state::App;

/// Returns the QR code of a phone, to show it. It may be as secret as the password.
#[command]
pub(crate) async fn reveal_qr_code(
    app: State<'_, App>,
    req: RevealQrCode,
) -> Result<QrDrawing, Failure> {
    let drawn = app.workspace.qr_code(&req.choice, req.cloud.as_ref());
    Ok((&drawn.map_err(failure)?).into())
}

/// Returns the networks on which a file can be served.
#[command]
pub(crate) async fn local_networks(app: State<'_, App>) -> Result<Vec<LocalNetwork>, Failure> {
    app.workspace.local_networks().map_err(failure)
}

/// Serves the file of a phone on a network, until it is canceled or ends. Returns why it ended.
#[command]
pub(crate) async fn serve_phone_file(
    app: State<'_, App>,
    req: ServePhoneFile,
    progress: Channel<ServingEvent>,
) -> Result<Notice, Failure> {
    let ServePhoneFile {
        operation,
        choice,
        network,
        secret,
    } = req;
    let on_event = move |event| send(&progress, event);
    let serving = app
        .workspace
        .serve_phone_file(&choice, &network, secret, &on_event);
    app.operations
        .run(operation, serving)
        .await
        .map_err(failure)
}
