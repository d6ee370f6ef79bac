//! The activity of all accounts.

use registrar_activity::Exchange;
use registrar_app::ipc::{
    ActivityEntry, ActivityRows, ListActivity, SaveEvidence, Screen, ShowActivity,
};
use registrar_command::command;
use registrar_evidence::Machine;
use registrar_explain::Failure;
use tauri::State;

use super::failure;
use super::save::ask_and_write;
use crate::state::App;
use crate::system;

/// Leaves what is open and opens the activity of all accounts.
#[command]
pub(crate) async fn open_activity(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.open_activity().await.map_err(failure)
}

/// Returns the visible rows of the activity, newest first.
#[command]
pub(crate) async fn activity_rows(
    app: State<'_, App>,
    req: ListActivity,
) -> Result<ActivityRows, Failure> {
    app.workspace.activity_rows(req).await.map_err(failure)
}

/// Returns everything about one exchange.
#[command]
pub(crate) async fn activity_entry(
    app: State<'_, App>,
    req: ShowActivity,
) -> Result<ActivityEntry, Failure> {
    app.workspace.activity_entry(req.id).await.map_err(failure)
}

/// Deletes the activity of all accounts.
#[command]
pub(crate) async fn clear_activity(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.clear_activity().await.map_err(failure)
}

/// Returns the exchanges of the open journey, desk, or check, newest last.
#[command]
pub(crate) async fn exchanges(app: State<'_, App>) -> Result<Vec<Exchange>, Failure> {
    app.workspace.exchanges().map_err(failure)
}

/// Saves a page of evidence where the person chooses. Returns its path, or nothing if they chose
/// none.
#[command]
pub(crate) async fn save_evidence<R: tauri::Runtime>(
    window: tauri::Window<R>,
    app: State<'_, App>,
    req: SaveEvidence,
) -> Result<Option<String>, Failure> {
    let machine = machine();
    let page = app.workspace.evidence(req.of, &machine).await;
    let (name, bytes) = page.map_err(failure)?;
    ask_and_write(&window, name, bytes).await
}

fn machine() -> Machine {
    Machine {
        app: env!("CARGO_PKG_VERSION").to_owned(),
        system: system::name(),
        webview: tauri::webview_version().unwrap_or_default(),
    }
}
