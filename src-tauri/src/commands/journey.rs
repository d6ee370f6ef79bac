//! The commands of the journey's steps.

use registrar_activity::MessageChartLine;
use registrar_app::ipc::{
    ChangePassword, CheckRegistration, ChoosePhone, ChooseRealm, CreateCredential, CreateRealm,
    DeletedFile, KeepTestDetails, Progress, Refresh, Screen, ShowPhoneField, SignIn,
    VerifyPassword, WatchBindings, WatchReport,
};
use registrar_command::command;
use registrar_explain::{CheckReport, Failure};
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, progress_sentences, send};
use crate::state::App;

/// Continues from the checklist to the sign-in.
#[command]
pub(crate) async fn continue_to_sign_in(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?
        .continue_to_sign_in()
        .map_err(failure)
}

/// Goes back one step, or from an intermediate sign-in to the step that opened it.
#[command]
pub(crate) async fn go_back(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?.go_back().map_err(failure)
}

/// Signs in, saves the account, lists its realms, and opens the next step.
#[command]
pub(crate) async fn sign_in(app: State<'_, App>, req: SignIn) -> Result<Screen, Failure> {
    let SignIn {
        operation,
        draft,
        secret,
    } = req;
    let session = app.journey_session()?;
    app.operations
        .run(operation, session.sign_in(draft, secret))
        .await
        .map_err(failure)
}

/// Opens the sign-in, which leads back to the step that is open.
#[command]
pub(crate) async fn sign_in_again(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?.sign_in_again().map_err(failure)
}

/// Lists the realms again.
#[command]
pub(crate) async fn refresh_realms(app: State<'_, App>, req: Refresh) -> Result<Screen, Failure> {
    let session = app.journey_session()?;
    app.operations
        .run(req.operation, session.refresh_realms())
        .await
        .map_err(failure)
}

/// Creates a realm and waits until it's active.
#[command]
pub(crate) async fn create_realm(
    app: State<'_, App>,
    req: CreateRealm,
    progress: Channel<Progress>,
) -> Result<Screen, Failure> {
    let CreateRealm { operation, draft } = req;
    let session = app.journey_session()?;
    let progress = progress_sentences(&progress);
    let work = |stop| async move { session.create_realm(draft, &stop, &progress).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Continues with a realm that exists: the one of that number, or the one whose name was taken.
#[command]
pub(crate) async fn choose_realm(app: State<'_, App>, req: ChooseRealm) -> Result<Screen, Failure> {
    let session = app.journey_session()?;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the number came from the list; another one is not found in it"
    )]
    let id = req.id.map(|id| id as u64);
    app.operations
        .run(req.operation, session.choose_realm(id))
        .await
        .map_err(failure)
}

/// Creates the SIP credential with the entered or the generated password.
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
    let session = app.journey_session()?;
    let progress = progress_sentences(&progress);
    let work = |stop| async move {
        session
            .create_credential(draft, password, existing, &stop, &progress)
            .await
    };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Replaces the password of the SIP credential that is being set up.
#[command]
pub(crate) async fn change_password(
    app: State<'_, App>,
    req: ChangePassword,
) -> Result<Screen, Failure> {
    let session = app.journey_session()?;
    let work = |stop| async move { session.change_password(req.password, &stop).await };
    app.operations
        .run_to_a_stop(req.operation, work)
        .await
        .map_err(failure)
}

/// Accepts the password of an existing SIP credential if it produces the stored hash.
#[command]
pub(crate) async fn verify_password(
    app: State<'_, App>,
    req: VerifyPassword,
) -> Result<Screen, Failure> {
    let session = app.journey_session()?;
    app.operations
        .run(req.operation, session.verify_password(req.password))
        .await
        .map_err(failure)
}

/// Checks the registration with the SIP credential that is being set up.
#[command]
pub(crate) async fn check_registration(
    app: State<'_, App>,
    req: CheckRegistration,
    progress: Channel<MessageChartLine>,
) -> Result<CheckReport, Failure> {
    let CheckRegistration {
        operation,
        kind,
        transport,
        address,
    } = req;
    let session = app.journey_session()?;
    let on_message = move |line: &MessageChartLine| send(&progress, line.clone());
    let check = session.check_registration(kind, transport, &address, &on_message);
    app.operations
        .run_saying(operation, session.stopped(kind), Box::pin(check))
        .await
        .map_err(failure)
}

/// Keeps whether the test's details are open.
#[command]
pub(crate) async fn keep_test_details(
    app: State<'_, App>,
    req: KeepTestDetails,
) -> Result<(), Failure> {
    app.journey_session()?
        .keep_test_details(req.open)
        .map_err(failure)
}

/// Continues to the phone, whether the test passed or not.
#[command]
pub(crate) async fn continue_to_phone(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?.continue_to_phone().map_err(failure)
}

/// Chooses the phone to set up, or none, to choose again.
#[command]
pub(crate) async fn choose_phone(app: State<'_, App>, req: ChoosePhone) -> Result<Screen, Failure> {
    app.journey_session()?
        .choose_phone(req.choice)
        .map_err(failure)
}

/// Continues to the wait for the phone.
#[command]
pub(crate) async fn continue_to_wait(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?.continue_to_wait().map_err(failure)
}

/// Goes back from the wait to a field of the phone's page.
#[command]
pub(crate) async fn show_phone_field(
    app: State<'_, App>,
    req: ShowPhoneField,
) -> Result<Screen, Failure> {
    app.journey_session()?
        .show_phone_field(req.label)
        .map_err(failure)
}

/// Polls for the phone's binding until there is one, less often over time.
#[command]
pub(crate) async fn watch_bindings(
    app: State<'_, App>,
    req: WatchBindings,
    progress: Channel<WatchReport>,
) -> Result<(), Failure> {
    let session = app.journey_session()?;
    let on_look = move |look| send(&progress, look);
    app.operations
        .run(req.operation, Box::pin(session.watch_bindings(&on_look)))
        .await
        .map_err(failure)
}

/// Deletes the files that were saved for the phone, if they are still as they were written.
#[command]
pub(crate) async fn delete_phone_files(app: State<'_, App>) -> Result<Vec<DeletedFile>, Failure> {
    app.journey_session()?
        .delete_phone_files()
        .await
        .map_err(failure)
}

/// Registers the practice phone with the shown settings.
#[command]
pub(crate) async fn register_practice_phone(app: State<'_, App>) -> Result<(), Failure> {
    app.journey_session()?
        .register_practice_phone()
        .await
        .map_err(failure)
}

/// Continues to the test call, whether the phone registered or not.
#[command]
pub(crate) async fn continue_to_call(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?.continue_to_call().map_err(failure)
}

/// Sets up another phone in the same realm.
#[command]
pub(crate) async fn set_up_another_phone(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?
        .set_up_another_phone()
        .map_err(failure)
}

/// Ends the open journey and forgets its secrets.
#[command]
pub(crate) async fn finish_journey(app: State<'_, App>) -> Result<Screen, Failure> {
    app.workspace.finish().map_err(failure)
}
