//! Closing the window: asks for confirmation if a password shown only here would be lost.

use parking_lot::{Mutex, MutexGuard};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, Runtime};

use crate::state::App;

/// Which window asks the person, and whether they agreed.
#[derive(Default)]
pub(crate) struct CloseConfirmation {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    window: Option<Channel<String>>,
    agreed: bool,
}

impl CloseConfirmation {
    /// Makes this window ask. It's told whose password would be lost.
    pub(crate) fn subscribe(&self, window: Channel<String>) {
        *self.state() = State {
            window: Some(window),
            agreed: false,
        };
    }

    /// The person agreed to lose the password.
    pub(crate) fn agree(&self) {
        self.state().agreed = true;
    }

    /// Asks, unless there is nothing to lose or no window to ask in. Returns whether the window
    /// must stay open.
    pub(crate) fn is_needed<R: Runtime>(app: &AppHandle<R>) -> bool {
        let (Some(confirmation), Some(app)) = (app.try_state::<Self>(), app.try_state::<App>())
        else {
            return false;
        };
        let state = confirmation.state();
        match (&state.window, app.workspace.unsaved_passwords()) {
            (Some(window), Some(user_name)) if !state.agreed => window.send(user_name).is_ok(),
            _ => false,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}
