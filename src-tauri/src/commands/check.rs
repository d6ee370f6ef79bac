//! The check without an account.

use registrar_activity::MessageChartLine;
use registrar_app::ipc::{
    AllowRealm, CheckTyped, OpenCheck, PingRegistrar, Screen, WatchRegistration,
};
use registrar_command::command;
use registrar_explain::{CheckReport, Failure, PingReport, WatchTick};
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, send};
use crate::state::App;

/// Opens the check without an account.
#[command]
pub(crate) async fn open_check(app: State<'_, App>, req: OpenCheck) -> Result<Screen, Failure> {
    app.workspace
        .open_check(req.practice)
        .await
        .map_err(failure)
}

/// Allows answering for a realm at a host with the entered password, until the app quits.
#[command]
pub(crate) async fn allow_realm(app: State<'_, App>, req: AllowRealm) -> Result<(), Failure> {
    app.workspace.allow_realm(&req.host, &req.realm);
    Ok(())
}

/// Checks the registration with the form's values, without an account.
#[command]
pub(crate) async fn check_typed(
    app: State<'_, App>,
    req: CheckTyped,
    progress: Channel<MessageChartLine>,
) -> Result<CheckReport, Failure> {
    let CheckTyped {
        operation,
        draft,
        secret,
    } = req;
    let standalone_check = app.standalone_check()?;
    let stopped = standalone_check.stopped(draft.kind);
    let on_message = move |line: &MessageChartLine| send(&progress, line.clone());
    let check = standalone_check.check(draft, secret, &on_message);
    app.operations
        .run_saying(operation, stopped, Box::pin(check))
        .await
        .map_err(failure)
}

/// Pings the registrar by OPTIONS.
#[command]
pub(crate) async fn ping_registrar(
    app: State<'_, App>,
    req: PingRegistrar,
) -> Result<PingReport, Failure> {
    let standalone_check = app.standalone_check()?;
    app.operations
        .run(req.operation, Box::pin(standalone_check.ping(req.draft)))
        .await
        .map_err(failure)
}

/// Checks again and again until it is canceled.
#[command]
pub(crate) async fn watch_registration(
    app: State<'_, App>,
    req: WatchRegistration,
    progress: Channel<WatchTick>,
) -> Result<(), Failure> {
    let WatchRegistration {
        operation,
        draft,
        secret,
        every,
    } = req;
    let standalone_check = app.standalone_check()?;
    let on_tick = move |tick: &WatchTick| send(&progress, tick.clone());
    let watch = standalone_check.watch(draft, secret, every, &on_tick);
    app.operations
        .run(operation, Box::pin(watch))
        .await
        .map_err(failure)
}
