//! Files dropped on the window. Their paths stay here: the window is notified that there is one and
//! then requests it.

use std::path::PathBuf;

use parking_lot::{Mutex, MutexGuard};
use registrar_app::ipc::FileDrag;
use tauri::DragDropEvent;
use tauri::ipc::Channel;

/// The last file that was dropped, and who is told of it.
#[derive(Default)]
pub(crate) struct FileDrops {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    window: Option<Channel<FileDrag>>,
    file: Option<PathBuf>,
}

impl FileDrops {
    /// Handles what the system reports about dragged files.
    #[allow(clippy::match_same_arms, reason = "there may be more kinds of events")]
    pub(crate) fn handle(&self, event: &DragDropEvent) {
        let mut state = self.state();
        let drag = match event {
            DragDropEvent::Enter { .. } => {
                state.file = None;
                FileDrag::Over
            }
            DragDropEvent::Leave => FileDrag::Left,
            DragDropEvent::Drop { paths, .. } => {
                state.file = paths.first().filter(|_| paths.len() == 1).cloned();
                match paths.len() {
                    0 => FileDrag::Left,
                    1 => FileDrag::File,
                    _ => FileDrag::Files,
                }
            }
            // Sent repeatedly while files move; not needed.
            DragDropEvent::Over { .. } => return,
            _ => return,
        };
        if let Some(window) = &state.window {
            super::commands::send(window, drag);
        }
    }

    /// Sends all later drags to this window.
    pub(crate) fn subscribe(&self, window: Channel<FileDrag>) {
        *self.state() = State {
            window: Some(window),
            file: None,
        };
    }

    /// Returns the dropped file, once.
    pub(crate) fn take(&self) -> Option<PathBuf> {
        self.state().file.take()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_dropped_file_is_taken_once_and_several_are_not() {
        let drops = FileDrops::default();
        let dropped = |names: &[&str]| DragDropEvent::Drop {
            paths: names.iter().map(PathBuf::from).collect(),
            position: tauri::PhysicalPosition::default(),
        };

        drops.handle(&dropped(&["/people.csv"]));
        assert_eq!(drops.take(), Some(PathBuf::from("/people.csv")));
        assert_eq!(drops.take(), None);
        drops.handle(&dropped(&["/one.csv", "/two.csv"]));
        assert_eq!(drops.take(), None);
        drops.handle(&dropped(&["/people.csv"]));
        drops.handle(&DragDropEvent::Enter {
            paths: Vec::new(),
            position: tauri::PhysicalPosition::default(),
        });
        assert_eq!(drops.take(), None, "another one is over the window");
    }
}
