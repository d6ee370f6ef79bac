//! Links that were opened outside of the app, on their way to the window.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use registrar_core::ipc::AskedByLink;
use registrar_core::link;
use tauri::ipc::Channel;

/// Most links that wait for the window: it needs a moment to open.
const MOST: usize = 4;

/// The links. One that comes before the window can be told waits for it.
#[derive(Default)]
pub(crate) struct Links {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    window: Option<Channel<AskedByLink>>,
    waiting: VecDeque<AskedByLink>,
}

impl Links {
    /// Takes the links among the arguments of a start of the app.
    pub(crate) fn take_from(&self, arguments: impl IntoIterator<Item = String>) {
        link::among(arguments).for_each(|text| self.take(&text));
    }

    /// Takes a link, as the system hands it over.
    pub(crate) fn take(&self, text: &str) {
        let asked = link::asked(text);
        let mut held = self.held();
        match &held.window {
            Some(window) => super::commands::tell(window, asked),
            None if held.waiting.len() < MOST => held.waiting.push_back(asked),
            None => {}
        }
    }

    /// Tells the window of every link from here on, and of those that waited for it.
    pub(crate) fn follow(&self, window: Channel<AskedByLink>) {
        let mut held = self.held();
        for asked in held.waiting.drain(..) {
            super::commands::tell(&window, asked);
        }
        held.window = Some(window);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
