//! Passes links opened outside the app on to the window.

use std::collections::VecDeque;

use parking_lot::{Mutex, MutexGuard};
use registrar_app::ipc::DeepLinkRequest;
use registrar_app::link;
use tauri::ipc::Channel;

/// Maximum number of links that wait for the window to open.
const MOST: usize = 4;

/// The links. Those that arrive before the window listens wait for it.
#[derive(Default)]
pub(crate) struct DeepLinks {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    window: Option<Channel<DeepLinkRequest>>,
    waiting: VecDeque<DeepLinkRequest>,
}

impl DeepLinks {
    /// Opens the links among the arguments of a start of the app.
    pub(crate) fn open_all(&self, arguments: impl IntoIterator<Item = String>) {
        link::among(arguments).for_each(|text| self.open(&text));
    }

    /// Opens a link, as the system gives it.
    pub(crate) fn open(&self, text: &str) {
        let asked = link::asked(text);
        let mut state = self.state();
        match &state.window {
            Some(window) => super::commands::send(window, asked),
            None if state.waiting.len() < MOST => state.waiting.push_back(asked),
            None => {}
        }
    }

    /// Sends the waiting links and all later ones to the window.
    pub(crate) fn subscribe(&self, window: Channel<DeepLinkRequest>) {
        let mut state = self.state();
        for asked in state.waiting.drain(..) {
            super::commands::send(&window, asked);
        }
        state.window = Some(window);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}
