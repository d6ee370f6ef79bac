//! Files that are dropped on the window. Their paths stay here: the window is told that there is one,
//! and asks for it to be taken.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use registrar_core::ipc::FileDrag;
use tauri::DragDropEvent;
use tauri::ipc::Channel;

/// The last file that was dropped, and who is told of it.
#[derive(Default)]
pub(crate) struct Drops {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    window: Option<Channel<FileDrag>>,
    file: Option<PathBuf>,
}

impl Drops {
    /// Takes what the system says of files that are dragged.
    #[allow(clippy::match_same_arms, reason = "there may be more kinds of events")]
    pub(crate) fn happened(&self, event: &DragDropEvent) {
        let mut held = self.held();
        let told = match event {
            DragDropEvent::Enter { .. } => {
                held.file = None;
                FileDrag::Over
            }
            DragDropEvent::Leave => FileDrag::Left,
            DragDropEvent::Drop { paths, .. } => {
                held.file = paths.first().filter(|_| paths.len() == 1).cloned();
                match paths.len() {
                    0 => FileDrag::Left,
                    1 => FileDrag::File,
                    _ => FileDrag::Files,
                }
            }
            // It is told again and again where they are, which is of no use here.
            DragDropEvent::Over { .. } => return,
            _ => return,
        };
        if let Some(window) = &held.window {
            super::commands::tell(window, told);
        }
    }

    /// Tells this window from here on.
    pub(crate) fn follow(&self, window: Channel<FileDrag>) {
        *self.held() = Held {
            window: Some(window),
            file: None,
        };
    }

    /// Hands the dropped file over, once.
    pub(crate) fn take(&self) -> Option<PathBuf> {
        self.held().file.take()
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_dropped_file_is_handed_over_once_and_several_are_not() {
        let drops = Drops::default();
        let dropped = |names: &[&str]| DragDropEvent::Drop {
            paths: names.iter().map(PathBuf::from).collect(),
            position: tauri::PhysicalPosition::default(),
        };

        drops.happened(&dropped(&["/people.csv"]));
        assert_eq!(drops.take(), Some(PathBuf::from("/people.csv")));
        assert_eq!(drops.take(), None);
        drops.happened(&dropped(&["/one.csv", "/two.csv"]));
        assert_eq!(drops.take(), None);
        drops.happened(&dropped(&["/people.csv"]));
        drops.happened(&DragDropEvent::Enter {
            paths: Vec::new(),
            position: tauri::PhysicalPosition::default(),
        });
        assert_eq!(drops.take(), None, "another one is over the window");
    }
}
