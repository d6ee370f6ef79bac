//! The commands of the test call.

use registrar_app::ipc::{
    CallProgress, CallReport, CheckTwilio, LocalCallProgress, PlaceCall, PlaceLocalCall,
    PressDigit, RingPhone, Screen,
};
use registrar_app::journey::session::LocalCall;
use registrar_command::command;
use registrar_explain::{Failure, LocalCallReport};
use tauri::State;
use tauri::ipc::Channel;

use super::{failure, send};
use crate::state::App;

/// Checks the Twilio keys and lists the numbers to call from.
#[command]
pub(crate) async fn check_twilio(app: State<'_, App>, req: CheckTwilio) -> Result<Screen, Failure> {
    let CheckTwilio {
        operation,
        draft,
        secret,
        remember,
    } = req;
    let session = app.journey_session()?;
    app.operations
        .run(operation, session.check_twilio(draft, secret, remember))
        .await
        .map_err(failure)
}

/// Places the test call and reports its states until it ends. Canceling hangs up, and the report
/// still comes.
#[command]
pub(crate) async fn place_call(
    app: State<'_, App>,
    req: PlaceCall,
    progress: Channel<CallProgress>,
) -> Result<CallReport, Failure> {
    let PlaceCall { operation, draft } = req;
    let session = app.journey_session()?;
    let on_state = move |state| send(&progress, state);
    let work = |stop| async move { session.place_call(draft, &stop, &on_state).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Calls the phone from Bandwidth and reports the call's states until it ends. Canceling hangs up,
/// and the report still comes.
#[command]
pub(crate) async fn ring_phone(
    app: State<'_, App>,
    req: RingPhone,
    progress: Channel<CallProgress>,
) -> Result<CallReport, Failure> {
    let RingPhone { operation, draft } = req;
    let session = app.journey_session()?;
    let on_state = move |state| send(&progress, state);
    let work = |stop| async move { session.ring_phone(draft, &stop, &on_state).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Calls from this computer and reports the call's states until it ends. Canceling hangs up, and
/// the report still comes.
#[command]
pub(crate) async fn place_local_call(
    app: State<'_, App>,
    req: PlaceLocalCall,
    progress: Channel<LocalCallProgress>,
) -> Result<LocalCallReport, Failure> {
    let PlaceLocalCall {
        operation,
        to,
        sound,
        transport,
        seconds,
    } = req;
    let session = app.journey_session()?;
    let on_progress = move |news| send(&progress, news);
    let call = LocalCall {
        to,
        sound,
        transport,
        seconds,
    };
    let work = |stop| async move { session.place_local_call(call, &stop, &on_progress).await };
    app.operations
        .run_to_a_stop(operation, work)
        .await
        .map_err(failure)
}

/// Sends a digit in the current call.
#[command]
pub(crate) async fn press_digit(app: State<'_, App>, req: PressDigit) -> Result<(), Failure> {
    app.journey_session()?
        .press_digit(&req.digit)
        .map_err(failure)
}

/// Continues to the last page, with or without a test call.
#[command]
pub(crate) async fn continue_to_finish(app: State<'_, App>) -> Result<Screen, Failure> {
    app.journey_session()?.continue_to_finish().map_err(failure)
}
