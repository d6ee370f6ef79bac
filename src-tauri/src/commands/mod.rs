//! The commands: each unpacks, calls the core, and converts.

pub(crate) mod about;
pub(crate) mod accounts;
pub(crate) mod activity;
pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod credentials;
pub(crate) mod desk;
pub(crate) mod import;
pub(crate) mod jobs;
pub(crate) mod outside;
pub(crate) mod print;
pub(crate) mod realms;
pub(crate) mod save;
pub(crate) mod update;

use registrar_command::command;
use registrar_core::activity::{Exchange, LadderLine};
use registrar_core::explain::{CheckReport, Failure};
use registrar_core::ipc::{
    CancelOperation, CheckRegistration, ChooseRealm, ContinueJourney, Copy, Copyable,
    CreateCredential, CreateRealm, Draft, NewPassword, OpenAccount, Preview, Progress, Refresh,
    Reveal, Screen, SignIn, StartJourney, TypePassword, WatchBindings, WatchReport,
};
use registrar_core::{Error, explain};
use tauri::State;
use tauri::ipc::Channel;

use crate::state::App;

/// Turns a failure into what the window shows. Its chain goes to the log here, once.
fn told(error: Error) -> Failure {
    tracing::warn!(error = %chain(&error), "a command failed");
    explain::failure(&error)
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

/// A closed window is no reason to stop the work, so a message that cannot be sent is dropped.
pub(crate) fn tell<T: tauri::ipc::IpcResponse>(channel: &Channel<T>, message: T) {
    let _ = channel.send(message);
}

fn sentences(channel: &Channel<Progress>) -> impl Fn(&str) + Send + Sync {
    let channel = channel.clone();
    move |sentence: &str| {
        let sentence = sentence.to_owned();
        tell(&channel, Progress { sentence });
    }
}

#[command]
pub(crate) async fn home(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.home())
}

#[command]
pub(crate) async fn start_journey(
    app: State<'_, App>,
    req: StartJourney,
) -> Result<Screen, Failure> {
    app.workspace.start(req.practice).await.map_err(told)
}

#[command]
pub(crate) async fn continue_journey(
    app: State<'_, App>,
    req: ContinueJourney,
) -> Result<Screen, Failure> {
    let ContinueJourney {
        operation,
        account,
        practice,
    } = req;
    let work = app.workspace.go_on(&account, practice);
    app.operations.run(operation, work).await.map_err(told)
}

#[command]
pub(crate) async fn open_account(app: State<'_, App>, req: OpenAccount) -> Result<Screen, Failure> {
    let OpenAccount { operation, account } = req;
    let work = app.workspace.open_account(&account);
    app.operations.run(operation, work).await.map_err(told)
}

#[command]
pub(crate) async fn reset_practice(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.reset_practice().await.map_err(told)
}

#[command]
pub(crate) async fn leave(app: State<'_, App>) -> Result<Screen, Failure> {
    Ok(app.workspace.leave())
}

#[command]
pub(crate) async fn finish_journey(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.finish().map_err(told)
}

#[command]
pub(crate) async fn prepared(app: State<'_, App>) -> Result<Screen, Failure> {
    app.guide()?.prepared().map_err(told)
}

#[command]
pub(crate) async fn go_back(app: State<'_, App>) -> Result<Screen, Failure> {
    app.guide()?.go_back().map_err(told)
}

#[command]
pub(crate) async fn keep_draft(app: State<'_, App>, req: Draft) -> Result<Preview, Failure> {
    app.workspace.keep_draft(req).map_err(told)
}

#[command]
pub(crate) async fn sign_in(app: State<'_, App>, req: SignIn) -> Result<Screen, Failure> {
    let SignIn {
        operation,
        draft,
        secret,
    } = req;
    let guide = app.guide()?;
    app.operations
        .run(operation, guide.sign_in(draft, secret))
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn sign_in_again(app: State<'_, App>) -> Result<Screen, Failure> {
    app.guide()?.sign_in_again().map_err(told)
}

#[command]
pub(crate) async fn refresh_realms(app: State<'_, App>, req: Refresh) -> Result<Screen, Failure> {
    let guide = app.guide()?;
    app.operations
        .run(req.operation, guide.refresh_realms())
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn create_realm(
    app: State<'_, App>,
    req: CreateRealm,
    progress: Channel<Progress>,
) -> Result<Screen, Failure> {
    let CreateRealm { operation, draft } = req;
    let guide = app.guide()?;
    let tell = sentences(&progress);
    let work = |stop| async move { guide.create_realm(draft, &stop, &tell).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn choose_realm(app: State<'_, App>, req: ChooseRealm) -> Result<Screen, Failure> {
    let guide = app.guide()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number came from the list; another one is not found in it"
    )]
    let id = req.id.map(|id| id as u64);
    app.operations
        .run(req.operation, guide.choose_realm(id))
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn make_password(app: State<'_, App>) -> Result<usize, Failure> {
    app.workspace.make_password().map_err(told)
}

#[command]
pub(crate) async fn create_credential(
    app: State<'_, App>,
    req: CreateCredential,
    progress: Channel<Progress>,
) -> Result<Screen, Failure> {
    let CreateCredential {
        operation,
        draft,
        password,
        existing,
    } = req;
    let guide = app.guide()?;
    let tell = sentences(&progress);
    let work = |stop| async move {
        guide
            .create_credential(draft, password, existing, &stop, &tell)
            .await
    };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn new_password(app: State<'_, App>, req: NewPassword) -> Result<Screen, Failure> {
    let guide = app.guide()?;
    let work = |stop| async move { guide.new_password(req.password, &stop).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn type_password(
    app: State<'_, App>,
    req: TypePassword,
) -> Result<Screen, Failure> {
    let guide = app.guide()?;
    app.operations
        .run(req.operation, guide.type_password(req.password))
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn check_registration(
    app: State<'_, App>,
    req: CheckRegistration,
    progress: Channel<LadderLine>,
) -> Result<CheckReport, Failure> {
    let CheckRegistration {
        operation,
        kind,
        transport,
        address,
    } = req;
    let guide = app.guide()?;
    let on_message = move |line: &LadderLine| tell(&progress, line.clone());
    let check = guide.check_registration(kind, transport, &address, &on_message);
    app.operations
        .run_saying(operation, guide.stopped(kind), Box::pin(check))
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn watch_bindings(
    app: State<'_, App>,
    req: WatchBindings,
    progress: Channel<WatchReport>,
) -> Result<(), Failure> {
    let guide = app.guide()?;
    let on_look = move |look| tell(&progress, look);
    app.operations
        .run(req.operation, Box::pin(guide.watch_bindings(&on_look)))
        .await
        .map_err(told)
}

#[command]
pub(crate) async fn register_practice_phone(app: State<'_, App>) -> Result<(), Failure> {
    app.guide()?.register_practice_phone().await.map_err(told)
}

#[command]
pub(crate) async fn registration_done(app: State<'_, App>) -> Result<Screen, Failure> {
    app.guide()?.registration_done().map_err(told)
}

#[command]
pub(crate) async fn another_phone(app: State<'_, App>) -> Result<Screen, Failure> {
    app.guide()?.another_phone().map_err(told)
}

#[command]
pub(crate) async fn reveal(app: State<'_, App>, req: Reveal) -> Result<String, Failure> {
    let Reveal { what, typed, draft } = req;
    let shown = app
        .workspace
        .reveal(what, typed, draft)
        .await
        .map_err(told)?;
    Ok(shown.to_string())
}

#[command]
pub(crate) async fn copy(app: State<'_, App>, req: Copy) -> Result<(), Failure> {
    let clip = app.workspace.clip(req.what).await.map_err(told)?;
    app.clipboard.take(clip).map_err(told)?;
    if req.what == Copyable::Password {
        app.workspace.password_is_kept();
    }
    Ok(())
}

/// Returns whose password was made here and would be lost by leaving what is open.
#[command]
pub(crate) async fn password_at_risk(app: State<'_, App>) -> Result<Option<String>, Failure> {
    Ok(app.workspace.password_at_risk())
}

/// Returns the same for all that ends with the app.
#[command]
pub(crate) async fn passwords_at_risk(app: State<'_, App>) -> Result<Option<String>, Failure> {
    Ok(app.workspace.passwords_at_risk())
}

#[command]
pub(crate) async fn exchanges(app: State<'_, App>) -> Result<Vec<Exchange>, Failure> {
    app.workspace.exchanges().map_err(told)
}

#[command]
pub(crate) async fn cancel_operation(
    app: State<'_, App>,
    req: CancelOperation,
) -> Result<(), Failure> {
    app.operations.cancel(req.operation);
    Ok(())
}
