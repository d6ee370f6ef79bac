//! Closing the window: asks first where a password would be lost that was shown only here.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::ipc::Channel;
use tauri::{AppHandle, Manager as _, Runtime};

use crate::state::App;

/// Who asks the person, and whether they agreed.
#[derive(Default)]
pub(crate) struct Closing {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    window: Option<Channel<String>>,
    agreed: bool,
}

impl Closing {
    /// Asks this window from here on. It is told whose password would be lost.
    pub(crate) fn follow(&self, window: Channel<String>) {
        *self.held() = Held {
            window: Some(window),
            agreed: false,
        };
    }

    /// The person agreed to lose the password.
    pub(crate) fn agree(&self) {
        self.held().agreed = true;
    }

    /// Asks, unless there is nothing to lose or nobody to ask. Returns whether the window has to stay
    /// open for it.
    pub(crate) fn asks<R: Runtime>(app: &AppHandle<R>) -> bool {
        let (Some(closing), Some(state)) = (app.try_state::<Self>(), app.try_state::<App>()) else {
            return false;
        };
        let held = closing.held();
        match (&held.window, state.workspace.passwords_at_risk()) {
            (Some(window), Some(user_name)) if !held.agreed => window.send(user_name).is_ok(),
            _ => false,
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
